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
)

func load(t *testing.T, store order.FeedStore, shop string) (map[string]string, int64) {
	t.Helper()
	rows := map[string]string{}
	version, err := store.Load(t.Context(), order.Yahoo, shop, func(c order.FeedChange) error {
		rows[c.Key] = string(c.Value)
		return nil
	})
	require.NoError(t, err)
	return rows, version
}

// TestStateKeepsTheContract: what order.FeedStore promises, and that a program which lost its shop to another one is told so.
func TestStateKeepsTheContract(t *testing.T) {
	file := filepath.Join(t.TempDir(), "orders.db")
	one, err := openTables(t.Context(), file, io.Discard)
	require.NoError(t, err)
	other, err := openTables(t.Context(), file, io.Discard)
	require.NoError(t, err)
	save := func(on *tables, version int64, changes ...order.FeedChange) error {
		return on.Save(t.Context(), order.Yahoo, "mihon-store", version, changes)
	}
	rows, version := load(t, one, "mihon-store")
	require.Empty(t, rows)
	require.Zero(t, version)
	require.ErrorIs(t, save(one, 1), order.ErrFeedConflict)
	require.NoError(t, save(one, 0, order.FeedChange{Key: "a", Value: []byte("1")}, order.FeedChange{Key: "b", Value: []byte{}}))
	require.ErrorIs(t, save(other, 0), order.ErrFeedConflict)
	require.NoError(t, save(other, 1, order.FeedChange{Key: "a", Value: []byte("2")}, order.FeedChange{Key: "b"}))
	require.ErrorIs(t, save(one, 1, order.FeedChange{Key: "a", Value: []byte("lost")}), order.ErrFeedConflict)
	require.NoError(t, save(one, 2))
	rows, version = load(t, other, "mihon-store")
	require.Equal(t, map[string]string{"a": "2"}, rows)
	require.Equal(t, int64(3), version)
	rows, version = load(t, other, "mihon-store-2")
	require.Empty(t, rows)
	require.Zero(t, version)
	mine := errors.New("mine")
	_, err = one.Load(t.Context(), order.Yahoo, "mihon-store", func(order.FeedChange) error { return mine })
	require.ErrorIs(t, err, mine)
	require.NoError(t, errors.Join(one.Close(), other.Close()))
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
