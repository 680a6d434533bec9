package main

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// BenchmarkList reports the time to the first byte of the list with 10,000 orders.
func BenchmarkList(b *testing.B) {
	a, err := open(b.Context(), options{addr: "127.0.0.1:0", days: 30, calm: true, orders: few,
		db: filepath.Join(b.TempDir(), "orders.db")})
	require.NoError(b, err)
	defer a.Close()
	var pattern order.Order
	for o, err := range a.shops[0].Orders(b.Context(), order.Query{From: daysAgo(30)}) {
		require.NoError(b, err)
		pattern = o
	}
	for i := range 10_000 {
		pattern.ID = fmt.Sprintf("%s-%05d", pattern.ID[:10], i)
		pattern.Placed = time.Now().Add(-time.Duration(i) * time.Minute)
		_, err := a.store.put(b.Context(), pattern)
		require.NoError(b, err)
	}
	ctx, stop := context.WithCancel(b.Context())
	server := &http.Server{Handler: a.handler()}
	go func() { _ = server.Serve(a.listener) }()
	defer func() { stop(); _ = server.Shutdown(ctx) }()
	for _, path := range []string{"/orders", "/orders?page=199", "/orders?stage=ready_to_ship&mall=rakuten",
		"/orders?q=09999", "/"} {
		b.Run(path, func(b *testing.B) {
			for b.Loop() {
				answer, err := http.Get(a.url + path)
				require.NoError(b, err)
				_, err = answer.Body.Read(make([]byte, 1))
				require.NoError(b, err)
				require.NoError(b, answer.Body.Close())
				require.Equal(b, http.StatusOK, answer.StatusCode)
			}
		})
	}
}
