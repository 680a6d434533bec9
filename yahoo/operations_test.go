package yahoo

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The table of the package documentation and the operation table are one.
func TestDocumentedOperations(t *testing.T) {
	source, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	_, table, found := strings.Cut(string(source), "# Operations\n")
	require.True(t, found)
	var documented []string
	for line := range strings.Lines(table) {
		words := strings.Fields(strings.TrimPrefix(line, "//"))
		if len(words) > 4 && strings.HasSuffix(words[len(words)-1], ".html") {
			documented = append(documented, strings.Join([]string{words[0], words[1], words[2], words[len(words)-1]}, " "))
		}
	}
	var want []string
	for _, op := range operations() {
		want = append(want, strings.Join([]string{op.Name, op.Title, strings.Fields(op.Retry.String())[0], strings.TrimPrefix(op.Doc, docs)}, " "))
		require.Equal(t, perURL, op.Quota, op.Name)
	}
	require.Equal(t, want, documented)
}
