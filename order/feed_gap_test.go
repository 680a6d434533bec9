package order_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// TestFeedReadsTheNewestFirstAfterAPause: what was placed in three days of standstill is read
// beside, and none of it is left out.
func TestFeedReadsTheNewestFirstAfterAPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in, store := newSlow(newLedger("a")), newArrivals(), order.NewMemoryFeedStore()
		shop.batch = 1
		source := order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour)}
		stop := running(t, feedOver(t, store, nil, source), in.handle)
		time.Sleep(time.Hour)
		stop()
		const n = 900
		for i := range n {
			time.Sleep(3 * day / n)
			shop.put(fmt.Sprint(i), time.Now(), "r1")
		}
		feed := feedOver(t, store, nil, source)
		stop = running(t, feed, in.handle)
		time.Sleep(30 * time.Second)
		shop.put("new", time.Now(), "r1")
		placed := time.Now()
		require.Greater(t, time.Since(feed.Status()[0].Until), 2*day, "the gap is told")
		time.Sleep(75 * time.Second)
		in.soon(t, "a/new@r1", placed, 70*time.Second)
		require.Less(t, in.len(), n/2)
		time.Sleep(time.Hour)
		require.Equal(t, n+1, in.len())
		require.Less(t, time.Since(feed.Status()[0].Until), 2*time.Minute, "the gap is closed")
		stop()
	})
}

// TestFeedSeesLateArrivals: an order that the mall shows minutes after it was placed is found by
// the next look, in the middle of a backfill and after it.
func TestFeedSeesLateArrivals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in := newSlow(newLedger("a")), newArrivals()
		shop.batch = 1
		fill(shop.ledger, 900)
		feed := feedOver(t, order.NewMemoryFeedStore(), nil,
			order.FeedSource{Source: shop, From: time.Now().Add(-61 * day), Window: 63 * day})
		stop := running(t, feed, in.handle)
		for i, after := range []time.Duration{90 * time.Second, 3 * time.Minute, 2 * time.Hour, 2 * time.Minute} {
			time.Sleep(after)
			id := fmt.Sprint("late", i)
			shop.put(id, time.Now().Add(-10*time.Minute), "r1")
			shown := time.Now()
			time.Sleep(70 * time.Second)
			in.soon(t, "a/"+id+"@r1", shown, 66*time.Second)
		}
		stop()
	})
}

// TestFeedByUpdatedForgets: and does not write where it is each minute.
func TestFeedByUpdatedForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in, store := newLedger("a"), newArrivals(), &sizes{FeedStore: order.NewMemoryFeedStore()}
		feed := feedOver(t, store, nil, order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour),
			By: order.ByUpdated})
		stop := running(t, feed, in.handle)
		for i := range 50 {
			shop.put(fmt.Sprint(i), time.Now(), "r1")
			time.Sleep(2 * time.Hour)
		}
		require.Equal(t, 50, in.len())
		require.Less(t, feed.Status()[0].Orders, 12, "what lies before the overlap, give or take half a day")
		before := store.count()
		time.Sleep(2 * time.Hour)
		stop()
		require.LessOrEqual(t, store.count()-before, 2*60/5+2)
		require.Positive(t, store.count()-before)
	})
}

// TestFeedLeavesAShopInTroubleAlone: it is asked as rarely as its trouble wants, by one look at a
// time.
func TestFeedLeavesAShopInTroubleAlone(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		most int // calls in two hours
	}{
		"closed for an hour": {&order.Error{Class: order.ErrMaintenance, RetryAfter: time.Hour}, 2},
		"too many calls":     {&order.Error{Class: order.ErrRateLimited, RetryAfter: 30 * time.Minute}, 4},
		"no answer":          {&order.Error{Class: order.ErrTemporary}, 8},
		"a dead key":         {&order.Error{Class: order.ErrCredentialExpired}, 8},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				shop := newLedger("a")
				feed := feedOver(t, order.NewMemoryFeedStore(), nil,
					order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour)})
				stop := running(t, feed, (&inbox{}).handle)
				time.Sleep(time.Hour + 30*time.Second)
				shop.fail(c.err)
				before := shop.called()
				for range 12 {
					require.NoError(t, feed.Nudge("example", "a", "1"))
					time.Sleep(10 * time.Minute)
				}
				require.LessOrEqual(t, shop.called()-before, c.most+2)
				require.Positive(t, shop.called()-before)
				stop()
			})
		})
	}
}

// TestFeedDoesNotPassOverTheWindowForARestart: a process that is started anew each ten minutes does
// not spend the quota on passes.
func TestFeedDoesNotPassOverTheWindowForARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in, store := lists{newSlow(newLedger("a"))}, newArrivals(), order.NewMemoryFeedStore()
		shop.rows, shop.batch = 10, 1
		fill(shop.ledger, 200)
		source := order.FeedSource{Source: shop, From: time.Now().Add(-61 * day), Window: 63 * day}
		stop := running(t, feedOver(t, store, nil, source), in.handle)
		time.Sleep(2 * time.Hour)
		stop()
		shop.calls()
		for range 12 {
			stop := running(t, feedOver(t, store, nil, source), in.handle)
			time.Sleep(10 * time.Minute)
			stop()
		}
		require.LessOrEqual(t, shop.calls()["read"], 3*200, "two hours with a pass in somewhat more than one")
	})
}

// TestFeedListsTheWholeWindow: a change of status of an order that is older than fourteen days is
// seen long before the next pass.
func TestFeedListsTheWholeWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in := lists{newSlow(newLedger("a"))}, newArrivals()
		shop.rows, shop.batch = 4, 1
		fill(shop.ledger, 400)
		feed := feedOver(t, order.NewMemoryFeedStore(), nil,
			order.FeedSource{Source: shop, From: time.Now().Add(-61 * day), Window: 63 * day})
		stop := running(t, feed, in.handle)
		time.Sleep(8 * time.Hour)
		require.Greater(t, feed.Status()[0].EveryAny, 150*time.Minute)
		for i := range 6 {
			id := fmt.Sprint(399 - i)
			shop.set(id, "r2", order.Shipped)
			time.Sleep(50 * time.Minute)
			require.False(t, in.when("a/"+id+"@r2").IsZero(), "change %d", i)
		}
		stop()
	})
}

// TestFeedLooksForNewOrdersBesideAHugeShop: with one slot for each, a backfill of minutes holds up
// no look for new orders.
func TestFeedLooksForNewOrdersBesideAHugeShop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		huge, small, in := newSlow(newLedger("huge")), newLedger("small"), newArrivals()
		huge.batch = 1
		fill(huge.ledger, 1800)
		feed, err := order.NewFeed(order.FeedConfig{Store: order.NewMemoryFeedStore(), Concurrency: 1,
			Sources: []order.FeedSource{
				{Source: huge, From: time.Now().Add(-61 * day), Window: 63 * day}, {Source: small, From: time.Now().Add(-time.Hour)}}})
		require.NoError(t, err)
		stop := running(t, feed, in.handle)
		for i := range 8 {
			time.Sleep(45 * time.Second)
			id := fmt.Sprint("new", i)
			small.put(id, time.Now(), "r1")
			placed := time.Now()
			time.Sleep(75 * time.Second)
			in.soon(t, "small/"+id+"@r1", placed, 70*time.Second)
		}
		require.Less(t, in.len(), 1800, "the backfill goes on")
		stop()
	})
}
