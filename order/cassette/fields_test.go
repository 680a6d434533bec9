package cassette

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// A list knows every member of the malls' JSON documents: it would take the names for values.
func TestListsKnowEveryMember(t *testing.T) {
	for mall, data := range map[order.Mall]string{order.Rakuten: rakutenFields, order.Amazon: amazonFields} {
		files, err := filepath.Glob("../../" + string(mall) + "/*.go")
		require.NoError(t, err)
		known, found := parse(data), 0
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			for _, tag := range regexp.MustCompile("json:\"([A-Za-z0-9]+)[\",]").FindAllSubmatch(text, -1) {
				found++
				assert.True(t, known.known(string(tag[1])), "%s: %s", mall, tag[1])
			}
		}
		require.Greater(t, found, 200)
	}
}

// A list keeps only fields that the mall's package, its fake or its tests' payloads know: a name
// that is misspelt keeps nothing.
func TestListsNameFieldsThatThereAre(t *testing.T) {
	for mall, data := range map[order.Mall]string{order.Rakuten: rakutenFields, order.Yahoo: yahooFields,
		order.Amazon: amazonFields, order.AuPay: aupayFields} {
		var source strings.Builder
		for _, pattern := range []string{"/*.go", "/*test/*.go", "/testdata/*"} {
			names, err := filepath.Glob("../../" + string(mall) + pattern)
			require.NoError(t, err)
			for _, name := range names {
				if info, err := os.Stat(name); err == nil && !info.IsDir() {
					text, err := os.ReadFile(name)
					require.NoError(t, err)
					source.Write(text)
				}
			}
		}
		words := map[string]bool{}
		for _, word := range regexp.MustCompile(`[A-Za-z0-9]+`).FindAllString(source.String(), -1) {
			words[word] = true
		}
		own := parse(data)
		for name := range parse("").fields {
			delete(own.fields, name)
		}
		require.Greater(t, len(own.fields), 80, mall)
		for name := range own.fields {
			_, field, nested := strings.Cut(name, "/")
			if !nested {
				field = name
			}
			assert.True(t, words[field], "%s: %s", mall, name)
		}
	}
}
