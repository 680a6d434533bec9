package transport_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

func TestResolve(t *testing.T) {
	c, err := transport.New(transport.Config{Mall: order.Amazon, BaseURL: "https://mall.example",
		Operations: []transport.Operation{
			{Name: "getOrder", Method: "GET", Path: "/orders/{orderId}", Retry: transport.Read, Doc: "https://mall.example/doc"},
		}})
	require.NoError(t, err)
	for name, row := range map[string]struct {
		raw    transport.Raw
		path   string
		id     string
		listed bool
	}{
		"by name":          {transport.Raw{Name: "getOrder", Vars: map[string]string{"orderId": "1"}}, "/orders/{orderId}", "1", true},
		"complete path":    {transport.Raw{Name: "getOrder", Path: "/orders/1%2F2"}, "/orders/{orderId}", "1/2", true},
		"another path":     {transport.Raw{Name: "getOrder", Path: "/v0/orders/1"}, "/v0/orders/1", "", false},
		"another verb":     {transport.Raw{Name: "getOrder", Method: "POST", Path: "/orders/1"}, "/orders/{orderId}", "1", false},
		"no placeholder":   {transport.Raw{Name: "getOrder", Path: "/orders/"}, "/orders/", "", false},
		"not in the table": {transport.Raw{Name: "x", Method: "POST", Path: "/x"}, "/x", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			call := c.Resolve(row.raw, nil)
			require.Equal(t, row.path, call.Operation.Path)
			require.Equal(t, row.id, call.ID)
			require.Equal(t, row.listed, call.Operation.Doc != "", "only a row of the table has its retry class")
		})
	}
}
