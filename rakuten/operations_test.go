package rakuten_test

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

// TestOperationTable keeps the table of the package documentation and the operations together.
func TestOperationTable(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	_, table, ok := strings.Cut(string(doc), "// # Operations\n")
	require.True(t, ok)
	var want, got []string
	blanks := regexp.MustCompile(` {2,}`)
	for line := range strings.Lines(table) {
		if row, ok := strings.CutPrefix(line, "//\t"); ok {
			want = append(want, blanks.ReplaceAllString(strings.TrimSpace(row), "  "))
		}
	}
	for _, op := range rakuten.Operations() {
		row := []string{op.Name, op.Title, strings.Replace(op.Retry.String(), " write", "", 1)}
		if op.Quota.Every > 0 {
			row = append(row, strconv.Itoa(int(time.Second/op.Quota.Every))+"/s")
		}
		if op.Batch > 0 {
			row = append(row, "batch "+strconv.Itoa(op.Batch))
		}
		got = append(got, strings.Join(row, "  "))
		require.Regexp(t, `^https://webservice\.rms\.rakuten\.co\.jp/.+`, op.Doc)
		require.NotEmpty(t, op.Title)
	}
	require.Equal(t, want, got)
}

// TestRetryClass walks all operations against a mall that handles the request and drops the connection: an unsafe write arrives
// once, everything else is sent again.
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
