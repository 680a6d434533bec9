package rakuten_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/transport/transporttest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

// TestOperationTable keeps the table of the package documentation and the operations together.
func TestOperationTable(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	require.Contains(t, string(doc), "// # Operations\n//\n"+transporttest.Table(rakuten.Operations()))
	for _, op := range rakuten.Operations() {
		require.Regexp(t, `^https://webservice\.rms\.rakuten\.co\.jp/.+`, op.Doc)
		require.NotEmpty(t, op.Title)
	}
}

// TestRetryClass walks all operations against a mall that handles the request and drops the
// connection: an unsafe write arrives once, everything else is sent again.
func TestRetryClass(t *testing.T) {
	for _, op := range rakuten.Operations() {
		synced(t, op.Name, func(t *testing.T) {
			mall, client := start(t, rakutentest.Options{Orders: 1}, nil)
			require.NoError(t, mall.Inject(rakutentest.Fault{Kind: rakutentest.ReplyLost, Times: -1}))
			raw := rakuten.Operation{Name: op.Name}
			if strings.Contains(op.Path, "{") {
				raw.Vars = map[string]string{"manageNumber": "mihon-01", "variantId": "a"}
			}
			_, err := client.Do(t.Context(), raw, []byte(`{}`))
			require.ErrorIs(t, err, order.ErrTemporary)
			require.Equal(t, op.Retry != transport.Read, transport.Unsettled(err))
			if op.Retry == transport.Unsafe {
				require.Equal(t, 1, mall.Count(""))
			} else {
				require.Equal(t, 4, mall.Count(""))
			}
		})
	}
}
