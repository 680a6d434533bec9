package main

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/ordertest"
)

// TestFeedStore is the whole contract of order.FeedStore.
func TestFeedStore(t *testing.T) {
	t.Parallel()
	rules, err := openRules("")
	require.NoError(t, err)
	ordertest.TestFeedStore(t, func() (*ordertest.Store, error) {
		file := filepath.Join(t.TempDir(), "orders.db")
		st, err := openStore(t.Context(), file, rules)
		return &ordertest.Store{
			Store: st,
			Reopen: func() (order.FeedStore, error) {
				if err := st.Close(); err != nil {
					return nil, err
				}
				st, err = openStore(t.Context(), file, rules)
				return st, err
			},
			Close: func() { _ = st.Close() },
		}, err
	})
}
