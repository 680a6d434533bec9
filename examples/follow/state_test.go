package main

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/ordertest"
)

// TestStateKeepsTheContract: what order.FeedStore promises, for two programs over one database as well.
func TestStateKeepsTheContract(t *testing.T) {
	ordertest.TestFeedStore(t, func() (*ordertest.Store, error) {
		file := filepath.Join(t.TempDir(), "orders.db")
		one, err := openTables(t.Context(), file, io.Discard)
		if err != nil {
			return nil, err
		}
		other, err := openTables(t.Context(), file, io.Discard)
		return &ordertest.Store{
			Store:  one,
			Reopen: func() (order.FeedStore, error) { return other, nil }, // sees at once what the first has saved
			Close:  func() { require.NoError(t, errors.Join(one.Close(), other.Close())) },
		}, err
	})
}

// TestStateOfBeforeIsMovedOn: a database of an earlier version is read once and then kept as rows.
func TestStateOfBeforeIsMovedOn(t *testing.T) {
	fakes, args := startFakes(t, 1)
	tables, err := openTables(t.Context(), args[3], io.Discard)
	require.NoError(t, err)
	now := time.Now().UTC().Format(time.RFC3339)
	_, err = tables.db.Exec(`INSERT INTO feed_state VALUES (?, ?, ?)`, fakes[0].entry["mall"], fakes[0].entry["shop"],
		`{"format":1,"by":0,"from":"`+now+`","until":"`+now+`","passed":"`+now+`","seen":{}}`)
	require.NoError(t, err)
	require.NoError(t, tables.Close())
	out, messages, err := follow(t, append(args, "-once")...)
	require.NoError(t, err, messages)
	require.Empty(t, out, "the old state says that all before now was read")
	tables, err = openTables(t.Context(), args[3], io.Discard)
	require.NoError(t, err)
	for table, want := range map[string]int{"feed_state": 0, "feed_rows": 1, "feed_shops": 1} {
		var n int
		require.NoError(t, tables.db.QueryRowContext(context.Background(), `SELECT COUNT(*) FROM `+table).Scan(&n))
		require.Equal(t, want, n, table)
	}
	require.NoError(t, tables.Close())
}
