package order_test

import (
	"context"
	"fmt"
	"iter"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// costly is a shop of which each order in a window takes its time, known or not.
type costly struct {
	*ledger
	each time.Duration
}

func (c costly) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	n := 0
	c.mu.Lock()
	for _, o := range c.orders {
		if !o.Placed.Before(q.From) && o.Placed.Before(q.To) {
			n++
		}
	}
	c.mu.Unlock()
	time.Sleep(time.Duration(n) * c.each)
	return c.ledger.Orders(ctx, q)
}

// TestFeedPaceFollowsTheCost: the longer the orders take to read, the more seldom they are read
// again.
func TestFeedPaceFollowsTheCost(t *testing.T) {
	for takes, want := range map[time.Duration]struct{ changed, any time.Duration }{
		10 * time.Second:   {5 * time.Minute, 5 * time.Minute},
		30 * time.Second:   {5 * time.Minute, 10 * time.Minute},
		50 * time.Second:   {400 * time.Second, 1000 * time.Second},
		80 * time.Second:   {8 * time.Minute, 1600 * time.Second},
		150 * time.Second:  {10 * time.Minute, 50 * time.Minute},
		1000 * time.Second: {4000 * time.Second, 5 * time.Hour},
		5000 * time.Second: {20000 * time.Second, 20000 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			shop := costly{newLedger("a"), takes / 10}
			for i := range 10 {
				shop.put(fmt.Sprint(i), time.Now().Add(-time.Duration(i)*time.Hour-5*time.Hour),
					"r1")
			}
			feed := feedOver(t, order.NewMemoryFeedStore(), nil,
				order.FeedSource{Source: shop, From: time.Now().Add(-10 * day)})
			stop := running(t, feed, (&inbox{}).handle)
			time.Sleep(6 * time.Hour)
			st := feed.Status()[0]
			require.Equal(t, want.changed, st.EveryChanged, "%s", takes)
			require.Equal(t, want.any, st.EveryAny, "%s", takes)
			require.Equal(t, time.Minute, st.EveryNew)
			stop()
		})
	}
}

// TestFeedDueEndsThePassItBegan: with the pauses between slices that leave half of the quota, and
// without waiting for one that failed.
func TestFeedDueEndsThePassItBegan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in, store := newSlow(newLedger("a")), newArrivals(), order.NewMemoryFeedStore()
		shop.batch = 1
		fill(shop.ledger, 300)
		source := order.FeedSource{Source: shop, From: time.Now().Add(-61 * day), Window: 63 * day}
		require.NoError(t, feedOver(t, store, nil, source).Due(t.Context(), in.handle))
		require.Equal(t, 300, in.len())
		for i := range 30 {
			shop.set(fmt.Sprint(10*i), "r2", order.Shipped)
		}
		time.Sleep(8 * time.Hour)
		require.NoError(t, feedOver(t, store, nil, source).Due(t.Context(), in.handle))
		require.Equal(t, 330, in.len())
	})
	synctest.Test(t, func(t *testing.T) {
		shop, in := newLedger("a"), newArrivals()
		for i := range 60 {
			shop.put(fmt.Sprint(10+i), time.Now().Add(-time.Duration(i)*day-5*time.Hour), "r1")
		}
		feed := feedOver(t, order.NewMemoryFeedStore(), nil,
			order.FeedSource{Source: failing{shop, 3}, From: time.Now().Add(-61 * day)})
		require.ErrorContains(t, feed.Due(t.Context(), in.handle), "connection reset")
		failed := time.Now()
		require.NoError(t, feed.Due(t.Context(), in.handle))
		require.Zero(t, time.Since(failed), "the next job tries it again")
		time.Sleep(time.Minute)
		require.NoError(t, feed.Due(t.Context(), in.handle))
		require.Equal(t, 60, in.len())
	})
}

// TestFeedByUpdatedClosesAGap: what changed in three days of standstill is given, and nothing but
// looks for what changed since follows.
func TestFeedByUpdatedClosesAGap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in, store := newLedger("a"), newArrivals(), order.NewMemoryFeedStore()
		source := order.FeedSource{Source: costly{shop, time.Second},
			From: time.Now().Add(-time.Hour), By: order.ByUpdated}
		stop := running(t, feedOver(t, store, nil, source), in.handle)
		time.Sleep(time.Hour)
		stop()
		for i := range 90 {
			time.Sleep(3 * day / 90)
			shop.put(fmt.Sprint(i), time.Now(), "r1")
		}
		feed := feedOver(t, store, nil, source)
		stop = running(t, feed, in.handle)
		time.Sleep(30 * time.Minute)
		require.Equal(t, 90, in.len())
		require.Less(t, time.Since(feed.Status()[0].Until), 2*time.Minute)
		shop.mu.Lock()
		shop.spans = nil
		shop.mu.Unlock()
		time.Sleep(3 * time.Hour)
		stop()
		for _, span := range days(shop.spans) {
			require.Less(t, span, 0.3)
		}
	})
}
