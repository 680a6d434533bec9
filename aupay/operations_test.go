package aupay

import (
	"context"
	"net/http"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/transport/transporttest"
	"github.com/jpmall/jpmall/order"
)

// TestRetryClassIsWhatHappensOnTheWire sends every row of the operation table, and one that is not
// in it, to a mall that does what is asked and drops the connection: a read is sent again, an
// unsafe write never.
func TestRetryClassIsWhatHappensOnTheWire(t *testing.T) {
	rows := append(operations(), transport.Operation{Name: "notInTheTable", Retry: transport.Unsafe})
	for _, row := range rows {
		t.Run(row.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				mall := aupaytest.New(aupaytest.Options{Orders: 1})
				defer mall.Close()
				client, err := New(Config{
					Shop: mall.Shop(), Keys: credential.Static(Keys{APIKey: credential.NewSecret(mall.APIKey())}),
					Limiter: order.Unlimited, HTTPClient: &http.Client{Transport: mall.Transport()},
				})
				require.NoError(t, err)
				require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.ReplyLost, Times: -1}))
				_, err = client.Do(context.Background(), Operation{Name: row.Name}, []byte("<request/>"))
				require.ErrorIs(t, err, order.ErrTemporary)
				if row.Retry == transport.Unsafe {
					require.Equal(t, 1, mall.Count(row.Name))
					require.True(t, transport.Unsettled(err))
				} else {
					require.Equal(t, 4, mall.Count(row.Name))
					require.Equal(t, row.Retry == transport.Idempotent, transport.Unsettled(err))
				}
			})
		})
	}
}

// TestOperationTable keeps the table of the package documentation and the operations together.
func TestOperationTable(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	require.Contains(t, string(doc), "// # Operations\n//\n"+transporttest.Table(operations()))
	for _, op := range operations() {
		require.Equal(t, transport.Quota{Every: time.Second, Burst: 1, Group: "shop"}, op.Quota)
		require.NotEmpty(t, op.Doc)
	}
}
