package order_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// TestFeedDueCostsWhatIsDue: jobs that begin each minute, each in a process of its own and cut off
// after 40 seconds, follow a big shop as Run does: the backfill and each pass over the window go on
// where the last job was, new orders and changes come as soon, and most of the quota is left.
func TestFeedDueCostsWhatIsDue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in, store := newSlow(newLedger("a")), newArrivals(), order.NewMemoryFeedStore()
		shop.rows, shop.batch = 100, 10
		fill(shop.ledger, 2000)
		source := order.FeedSource{Source: lists{shop}, From: time.Now().Add(-61 * day), Window: 63 * day}
		job := func() {
			next := time.Now().Add(time.Minute)
			ctx, stop := context.WithTimeout(t.Context(), 40*time.Second)
			defer stop()
			if err := feedOver(t, store, nil, source).Due(ctx, in.handle); err != nil {
				require.ErrorIs(t, err, context.DeadlineExceeded)
			}
			time.Sleep(time.Until(next))
		}
		for range 30 {
			job()
		}
		require.Equal(t, 2000, in.len(), "the backfill")
		require.Less(t, shop.calls()["read"], 400, "200 calls, and what was in hand when a job was cut off")

		for range 6 * 60 {
			job()
		}
		shop.calls()
		changed := [3]map[string]time.Time{{}, {}, {}}
		for i := range 24 {
			shop.put(fmt.Sprint("n", i), time.Now(), "r1")
			shop.set(fmt.Sprint(i*8), "r2", order.Shipped)
			shop.set(fmt.Sprint(1999-i*20), "r3", 0)
			changed[0][fmt.Sprint("a/n", i, "@r1")] = time.Now()
			changed[1][fmt.Sprint("a/", i*8, "@r2")] = time.Now()
			changed[2][fmt.Sprint("a/", 1999-i*20, "@r3")] = time.Now()
			for range 15 {
				job()
			}
		}
		for range 3 * 60 {
			job()
		}
		calls := shop.calls()
		share := float64(calls["list"]+calls["read"]) / (9 * 3600)
		require.Less(t, share, 0.25, "%v", calls)
		for kind, most := range []time.Duration{2 * time.Minute, 7 * time.Minute, 3 * time.Hour} {
			for key, at := range changed[kind] {
				in.soon(t, key, at, most)
			}
		}
		for key, n := range in.times {
			require.Equal(t, 1, n, key)
		}
	})
}

// TestFeedDueAtNight: a job that is seldom started reads all that is due, which is everything.
func TestFeedDueAtNight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in, store := newSlow(newLedger("a")), newArrivals(), order.NewMemoryFeedStore()
		shop.rows, shop.batch = 100, 10
		fill(shop.ledger, 2000)
		source := order.FeedSource{Source: lists{shop}, From: time.Now().Add(-61 * day), Window: 63 * day}
		require.NoError(t, feedOver(t, store, nil, source).Due(t.Context(), in.handle))
		require.Equal(t, 2000, in.len())
		time.Sleep(day)
		shop.put("new", time.Now().Add(-time.Hour), "r1")
		shop.set("1000", "r2", 0)
		shop.set("1001", "r2", order.Shipped)
		shop.calls()
		require.NoError(t, feedOver(t, store, nil, source).Due(t.Context(), in.handle))
		require.Equal(t, 2003, in.len())
		require.Greater(t, shop.calls()["read"], 200)

		require.NoError(t, feedOver(t, store, nil, source).Due(t.Context(), in.handle))
		require.Equal(t, map[string]int{"list": 1}, shop.calls(), "at once again: new orders alone")
	})
}

// TestFeedDueTellsWhatFails: once, and what the next job can read it reads.
func TestFeedDueTellsWhatFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in := newLedger("a"), newArrivals()
		shop.put("1", time.Now().Add(-time.Hour), "r1")
		var events []order.FeedEventKind
		hear := func(e order.FeedEvent) { events = append(events, e.Kind) }
		feed := feedOver(t, order.NewMemoryFeedStore(), hear,
			order.FeedSource{Source: shop, From: time.Now().Add(-day)})
		shop.fail(&order.Error{Class: order.ErrMaintenance})
		require.ErrorIs(t, feed.Due(t.Context(), in.handle), order.ErrMaintenance)
		require.Equal(t, []order.FeedEventKind{order.FeedFailed}, events)
		shop.fail(nil)
		require.NoError(t, feed.Due(t.Context(), in.handle))
		want := []order.FeedEventKind{order.FeedFailed, order.FeedResumed, order.FeedCaughtUp}
		require.Equal(t, want, events)
		require.Equal(t, 1, in.len())
	})
}
