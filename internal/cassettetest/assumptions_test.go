package cassettetest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/yahoo"
)

// Every assumption says all that it must in both languages, and names code that is there.
func TestAssumptionsAreComplete(t *testing.T) {
	for mall, all := range map[string][]order.Assumption{"rakuten": rakuten.Assumptions(), "yahoo": yahoo.Assumptions(),
		"amazon": amazon.Assumptions(), "aupay": aupay.Assumptions()} {
		source := code(t, mall)
		seen := map[string]bool{}
		require.NotEmpty(t, all, mall)
		for _, a := range all {
			require.Regexp(t, `^[a-z0-9]+(-[a-z0-9]+)*$`, a.ID)
			require.False(t, seen[a.ID], "%s %s twice", mall, a.ID)
			seen[a.ID] = true
			require.Contains(t, []order.Certainty{order.Reported, order.OneWord, order.Inferred, order.NotSaid}, a.Sure)
			for _, text := range []order.Text{a.Taken, a.Source, a.Confirms, a.Contradicts} {
				require.NotEmpty(t, text.EN, a.ID)
				require.NotEmpty(t, text.JA, a.ID)
				require.NotContains(t, text.EN+text.JA, "|", "a table is made of it")
			}
			require.NotEmpty(t, a.Code, a.ID)
			for _, name := range a.Code {
				require.Regexp(t, `\b`+regexp.QuoteMeta(name)+`\b`, source, "%s %s names code that is not there", mall,
					a.ID)
			}
		}
	}
}

// code is the mall's package without tests and the assumptions themselves.
func code(t *testing.T, mall string) string {
	t.Helper()
	names, err := filepath.Glob("../../" + mall + "/*.go")
	require.NoError(t, err)
	var all strings.Builder
	for _, name := range names {
		if base := filepath.Base(name); base == "assumptions.go" || strings.HasSuffix(base, "_test.go") {
			continue
		}
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		all.Write(data)
	}
	return all.String()
}
