package rakuten_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

// TestOfABrokenReplyNothingIsKept: what stands before the break is no order, however much of it is
// there.
func TestOfABrokenReplyNothingIsKept(t *testing.T) {
	synced(t, "in simulated time", func(t *testing.T) {
		mall, client := start(t, rakutentest.Options{Orders: 3}, nil)
		whole, ok := mall.JSON(mall.Numbers()[0])
		require.True(t, ok)
		for _, kind := range []string{rakutentest.Malformed, rakutentest.Custom} {
			for _, status := range []int{200, 400} {
				for _, part := range []float64{0.1, 0.5, 0.9, 0.999} {
					body := `{"OrderModelList":[` + string(whole[:int(part*float64(len(whole)))])
					require.NoError(t, mall.Inject(rakutentest.Fault{Kind: kind, Operation: "getOrder", Status: status,
						Body: body, Times: -1}))
					out, err := client.GetOrder(t.Context(), rakuten.GetOrderRequest{OrderNumberList: mall.Numbers()})
					require.Error(t, err)
					require.Empty(t, out.OrderModelList, "%s %d", kind, status)
					orders, errs := all(t, client, order.Query{})
					require.Empty(t, orders)
					require.NotEmpty(t, errs)
					mall.ClearFaults()
				}
			}
		}
	})
}
