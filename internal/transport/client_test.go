package transport_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

var getOrder = transport.Operation{Name: "getOrder", Method: "POST", Path: "/es/2.0/order/getOrder",
	Retry: transport.Read}

func TestDo(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Request-Id", "req-1")
		w.Write([]byte(r.Method + " " + r.URL.String() + " " + r.Header.Get("Authorization") + " " + string(body)))
	}))
	defer server.Close()
	c, err := transport.New(transport.Config{
		Mall: order.Rakuten, Shop: "example", BaseURL: server.URL + "/relay/",
		Operations: []transport.Operation{getOrder},
		Sign: func(_ context.Context, r *http.Request, _ []byte) error {
			r.Header.Set("Authorization", "ESA abc")
			return nil
		},
		RequestID: func(h http.Header) string { return h.Get("X-Request-Id") },
	})
	require.NoError(t, err)
	defer c.CloseIdleConnections()
	r, err := c.Do(t.Context(), transport.Call{Operation: getOrder, Body: []byte(`{}`),
		ContentType: "application/json"})
	require.NoError(t, err)
	require.Equal(t, "POST /relay/es/2.0/order/getOrder ESA abc {}", string(r.Body))
	require.Equal(t, "req-1", r.RequestID)
	require.Equal(t, 1, r.Attempts)
}
