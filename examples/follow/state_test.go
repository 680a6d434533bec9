package main

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/ordertest"
)

// TestStateKeepsTheContract: what order.FeedStore promises, for two programs over one database as
// well.
func TestStateKeepsTheContract(t *testing.T) {
	ordertest.TestFeedStore(t, func() (*ordertest.Store, error) {
		file := filepath.Join(t.TempDir(), "orders.db")
		one, err := openTables(t.Context(), file, io.Discard)
		if err != nil {
			return nil, err
		}
		other, err := openTables(t.Context(), file, io.Discard)
		return &ordertest.Store{
			Store: one,
			Reopen: func() (order.FeedStore, error) {
				if err := one.Close(); err != nil {
					return nil, err
				}
				again, err := openTables(t.Context(), file, io.Discard)
				if err == nil {
					one = again
				}
				return again, err
			},
			Crash: func() (order.FeedStore, error) { return other, nil }, // sees at once what the first has saved
			Close: func() { require.NoError(t, errors.Join(one.Close(), other.Close())) },
		}, err
	})
}

// TestStateOfBeforeIsMovedOn: a database of an earlier version is read once and then kept as rows.
func TestStateOfBeforeIsMovedOn(t *testing.T) {
	fakes, args := startFakes(t, 1)
	tables, err := openTables(t.Context(), args[3], io.Discard)
	require.NoError(t, err)
	now := time.Now().UTC().Format(time.RFC3339)
	_, err = tables.db.Exec(`INSERT INTO feed_state VALUES (?, ?, ?)`, fakes[0].settings["mall"],
		fakes[0].settings["shop"],
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

// TestOrdersAndStateAreWrittenTogether: what was taken and not saved, because the program was
// killed in between or somebody else has the shop, is in no table, and is given again.
func TestOrdersAndStateAreWrittenTogether(t *testing.T) {
	file := filepath.Join(t.TempDir(), "orders.db")
	var out strings.Builder
	open := func() *tables {
		tables, err := openTables(t.Context(), file, &out)
		require.NoError(t, err)
		return tables
	}
	count := func(tables *tables) (n [3]int) {
		for i, table := range []string{"orders", "revisions", "feed_rows"} {
			row := tables.db.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM `+table)
			require.NoError(t, row.Scan(&n[i]))
		}
		return n
	}
	sample := func(shop, id string) order.Order {
		return order.Order{Mall: order.Rakuten, Shop: shop, ID: id, Revision: "r1", Status: order.New}
	}
	row := []order.FeedChange{{Key: "o:1", Value: []byte("x")}}

	one := open()
	require.NoError(t, one.Put(t.Context(), sample("123456", "1")))
	require.NoError(t, one.Put(t.Context(), sample("234567", "2")))
	require.Equal(t, [3]int{}, count(one))
	require.NoError(t, one.Close())
	one = open()
	require.NoError(t, one.Save(t.Context(), order.Rakuten, "123456", 0, nil))
	require.Equal(t, [3]int{}, count(one), "who took it was killed")
	require.Empty(t, out.String())

	require.NoError(t, one.Put(t.Context(), sample("123456", "1")))
	require.NoError(t, one.Put(t.Context(), sample("234567", "2")))
	require.ErrorIs(t, one.Save(t.Context(), order.Rakuten, "123456", 7, row), order.ErrFeedConflict)
	over, stop := context.WithCancel(t.Context())
	stop()
	require.ErrorIs(t, one.Save(over, order.Rakuten, "123456", 1, row), context.Canceled)
	require.Equal(t, [3]int{}, count(one))
	require.NoError(t, one.Save(t.Context(), order.Rakuten, "123456", 1, row))
	require.Equal(t, [3]int{1, 1, 1}, count(one), "of this shop alone")
	require.Equal(t, 1, strings.Count(out.String(), "\n"))

	nothing := func(order.FeedChange) error { return nil }
	_, err := one.Load(t.Context(), order.Rakuten, "234567", nothing)
	require.NoError(t, err)
	require.NoError(t, one.Save(t.Context(), order.Rakuten, "234567", 0, nil))
	require.Equal(t, [3]int{1, 1, 1}, count(one), "what was taken before a Load is given again")
	require.NoError(t, one.Close())
}
