package rakuten_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

// A relay that puts the request's headers into the message about one order does not put them into
// the error.
func TestMessagesAboutOneOrderAreRedacted(t *testing.T) {
	_, client := start(t, rakutentest.Options{Orders: -1}, func(c *rakuten.Config) {
		c.Header = http.Header{"X-Relay-Key": {"relay-key-0123456789"}}
		c.HTTPClient = &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			said := r.Header.Get("Authorization") + " " + r.Header.Get("X-Relay-Key")
			body := `{"MessageModelList":[{"messageType":"INFO","messageCode":"A","message":"a","orderNumber":"n-2"},{"messageType":"ERROR","messageCode":"` +
				r.Header.Get("X-Relay-Key") + `","message":"` + said + `","orderNumber":"n-1"}],"OrderModelList":[]}`
			return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)),
				Request: r}, nil
		})}
	})
	_, err := client.GetOrder(t.Context(), rakuten.GetOrderRequest{OrderNumberList: []string{"n-1", "n-2"}})
	require.Error(t, err)
	require.Equal(t, "n-1", order.Concerns(err))
	require.NotContains(t, err.Error(), "relay-key")
	require.Contains(t, err.Error(), "[redacted]")
	require.NotContains(t, err.Error(), "RVNB")
	for _, word := range strings.Fields(err.Error()) {
		require.Less(t, len(word), 60, "no Base64 text is left")
	}
}
