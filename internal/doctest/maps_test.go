package doctest_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// row is a line of a map: names, then what they are.
var row = regexp.MustCompile(`^\t([A-Z]\w+)(?:, [A-Z]\w+)*(?: …)?  +\S`)

// TestDocsBeginWithAMap: the comment of each public package says, after its first paragraph, what
// is in it.
func TestDocsBeginWithAMap(t *testing.T) {
	for _, dir := range []string{
		"order", "order/cassette", "order/label", "order/ordertest", "order/otelorder", "timeslot",
		"credential", "credential/credentialtest", "credential/mail", "credential/webhook",
		"rakuten", "yahoo", "amazon", "aupay",
		"rakuten/rakutentest", "yahoo/yahootest", "amazon/amazontest", "aupay/aupaytest",
	} {
		p := newPack()
		files, err := filepath.Glob(filepath.Join("../..", dir, "*.go"))
		require.NoError(t, err)
		var comment *ast.CommentGroup
		for _, name := range files {
			source, err := os.ReadFile(name)
			require.NoError(t, err)
			file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ParseComments)
			require.NoError(t, err)
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			p.declare(file)
			if file.Doc != nil {
				comment = file.Doc
			}
		}
		require.NotNil(t, comment, dir)
		paragraphs := strings.Split(comment.Text(), "\n\n")
		require.Greater(t, len(paragraphs), 1, dir)
		rows := 0
		for line := range strings.Lines(paragraphs[1]) {
			if m := row.FindStringSubmatch(line); m != nil {
				require.True(t, p.names[m[1]], "%s: there is no %s", dir, m[1])
				rows++
			}
		}
		require.GreaterOrEqual(t, rows, 3, "%s: the second paragraph is no map of its types", dir)
	}
}
