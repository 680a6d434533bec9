package transport_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/transport/transporttest"
	"github.com/jpmall/jpmall/order"
)

// The overhead of the client over bare net/http: compare the two of each pair. "memory" is a whole
// exchange with a server over an in-memory connection, noisy for its goroutines; "stub" answers in
// the RoundTripper and leaves the client's own cost alone.
func BenchmarkCall(b *testing.B) {
	payload := bytes.Repeat([]byte("0123456789abcdef"), 256)
	network := transporttest.Serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = w.Write(payload)
	}))
	defer network.Close()
	memory := network.Client()
	defer memory.CloseIdleConnections()
	stub := &http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
		_, _ = io.Copy(io.Discard, r.Body)
		return &http.Response{StatusCode: 200, Header: http.Header{"X-Request-Id": {"1"}}, Request: r,
			ContentLength: int64(len(payload)), Body: io.NopCloser(bytes.NewReader(payload))}, nil
	})}
	b.Run("memory/net-http", func(b *testing.B) { bare(b, memory) })
	b.Run("memory/transport", func(b *testing.B) { ours(b, memory) })
	b.Run("stub/net-http", func(b *testing.B) { bare(b, stub) })
	b.Run("stub/transport", func(b *testing.B) { ours(b, stub) })
}

var benchBody = []byte(`{"orderNumberList":["100001-20261101-0000000001"],"version":10}`)

func bare(b *testing.B, hc *http.Client) {
	b.ReportAllocs()
	for b.Loop() {
		req, err := http.NewRequestWithContext(b.Context(), "POST", "http://mall.invalid/api/order/search",
			bytes.NewReader(benchBody))
		require.NoError(b, err)
		req.Header.Set("Authorization", "ESA key")
		resp, err := hc.Do(req)
		require.NoError(b, err)
		_, err = io.ReadAll(resp.Body)
		require.NoError(b, err)
		resp.Body.Close()
	}
}

func ours(b *testing.B, hc *http.Client) {
	cfg := config(hc)
	cfg.Sign = func(_ context.Context, r *http.Request, _ []byte) error {
		r.Header.Set("Authorization", "ESA key")
		return nil
	}
	cfg.Observer = order.ObserverFunc(func(context.Context, order.Event) {})
	cfg.Operations[0].Quota = transport.Quota{Every: 1, Burst: 10_000}
	c, err := transport.New(cfg)
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		_, err := c.Do(b.Context(), transport.Call{Operation: search, Body: benchBody, ContentType: "application/json"})
		require.NoError(b, err)
	}
}
