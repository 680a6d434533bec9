package amazon_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
)

// The table in the package documentation says what operations.go does.
func TestDocListsEveryOperation(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	lines := make(map[string]string)
	for line := range strings.Lines(string(doc)) {
		if cells := strings.Fields(strings.TrimPrefix(line, "//\t")); len(cells) > 4 {
			lines[cells[0]] = strings.Join(cells[1:], " ")
		}
	}
	for _, row := range amazon.Table() {
		every := strconv.FormatFloat(row.Quota.Every.Seconds(), 'f', -1, 64) + "s"
		want := strings.Join([]string{row.Title, row.Retry.String(), every, strconv.Itoa(row.Quota.Burst)}, " ")
		require.Equal(t, want, lines[row.Name], "doc.go, operation %s", row.Name)
		require.True(t, strings.HasPrefix(row.Doc, "https://"))
	}
}

func TestCapabilities(t *testing.T) {
	caps := amazon.Capabilities()
	for _, row := range caps.Rows {
		if !row.Yes {
			require.NotEmpty(t, row.Note, "a no says why: %s", row.Ability)
			require.NotEmpty(t, row.NoteJa)
		}
	}
}
