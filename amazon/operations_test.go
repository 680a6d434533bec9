package amazon_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/internal/transport/transporttest"
)

// TestOperationTable keeps the table of the package documentation and the operations together.
func TestOperationTable(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	require.Contains(t, string(doc), "// # Operations\n//\n"+transporttest.Table(amazon.Table()))
	for _, op := range amazon.Table() {
		require.True(t, strings.HasPrefix(op.Doc, "https://"), op.Name)
		require.NotEmpty(t, op.Title)
	}
}

func TestCapabilities(t *testing.T) {
	caps := amazon.Capabilities()
	for _, row := range caps.Rows {
		if !row.Yes {
			require.NotEmpty(t, row.Note.EN, "a no says why: %s", row.Ability)
			require.NotEmpty(t, row.Note.JA)
		}
	}
}
