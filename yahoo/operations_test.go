package yahoo

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport/transporttest"
)

// TestOperationTable keeps the table of the package documentation and the operations together.
func TestOperationTable(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	require.Contains(t, string(doc), "// # Operations\n//\n"+transporttest.Table(operations()))
	for _, op := range operations() {
		require.Equal(t, perURL, op.Quota, op.Name)
		require.Equal(t, docs+op.Name+".html", op.Doc)
	}
}
