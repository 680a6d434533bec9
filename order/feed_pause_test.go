package order_test

import (
	"context"
	"fmt"
	"iter"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// TestFeedPausesAfterFailures: a minute, and twice as long after each failure, an hour at most; or
// as long as the mall asks for, which is an hour at most as well. Each event says how long.
func TestFeedPausesAfterFailures(t *testing.T) {
	minutes := func(ns ...int) (all []time.Duration) {
		for _, n := range ns {
			all = append(all, time.Duration(n)*time.Minute)
		}
		return all
	}
	asks := func(c order.Class, d time.Duration) error {
		return &order.Error{Class: c, RetryAfter: d}
	}
	for name, c := range map[string]struct {
		every time.Duration
		err   error
		want  []time.Duration
	}{
		"no answer": {0, asks(order.ErrTemporary, 0),
			minutes(1, 2, 4, 8, 16, 32, 60, 60)},
		"a shop seldom read": {2 * time.Hour, asks(order.ErrTemporary, 0),
			minutes(120, 120, 120)},
		"asks for little":   {0, asks(order.ErrRateLimited, 10*time.Second), minutes(1, 2, 4)},
		"asks for more":     {0, asks(order.ErrRateLimited, 3*time.Minute), minutes(3, 3, 4)},
		"asks for an hour":  {0, asks(order.ErrMaintenance, time.Hour), minutes(60, 60)},
		"asks for more yet": {0, asks(order.ErrMaintenance, time.Hour+1), minutes(60, 60)},
		"asks for the past": {0, asks(order.ErrRateLimited, -time.Hour), minutes(1, 2, 4)},
		"a dead key":        {0, asks(order.ErrUnauthorized, 0), minutes(15, 15, 15)},
		"a dead key, seldom": {30 * time.Minute, asks(order.ErrForbidden, 0),
			minutes(30, 30, 30)},
		"a dead key, at night": {day, asks(order.ErrCredentialExpired, 0), minutes(60, 60, 60)},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				shop := newLedger("a")
				shop.fail(c.err)
				var next []time.Duration
				feed := feedOver(t, order.NewMemoryFeedStore(),
					func(e order.FeedEvent) { next = append(next, e.Next) },
					order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour),
						Every: c.every})
				stop := running(t, feed, (&inbox{}).handle)
				for _, pause := range c.want {
					synctest.Wait()
					require.Equal(t, pause, next[len(next)-1])
					require.Equal(t, len(next), shop.called())
					time.Sleep(pause)
				}
				synctest.Wait()
				require.Len(t, next, len(c.want)+1, "and no call between")
				stop()
			})
		})
	}
}

// TestFeedOnceTellsWhatFails: but not that the caller ended it.
func TestFeedOnceTellsWhatFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop := newLedger("a")
		shop.put("1", time.Now().Add(-time.Minute), "r1")
		var events []order.FeedEventKind
		feed := feedOver(t, order.NewMemoryFeedStore(),
			func(e order.FeedEvent) { events = append(events, e.Kind) },
			order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour)})
		shop.fail(&order.Error{Class: order.ErrMaintenance})
		require.ErrorIs(t, feed.Once(t.Context(), (&inbox{}).handle), order.ErrMaintenance)
		require.Equal(t, []order.FeedEventKind{order.FeedFailed}, events)
		shop.fail(nil)
		ctx, stop := context.WithCancel(t.Context())
		require.ErrorIs(t, feed.Once(ctx,
			func(context.Context, order.Order) error { stop(); return ctx.Err() }),
			context.Canceled)
		require.Len(t, events, 1)
	})
}

// TestFeedDueTellsWhatFailsBeside: the pass over the window, and the last save.
func TestFeedDueTellsWhatFailsBeside(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in := newLedger("a"), &inbox{}
		for i := range 20 {
			shop.put(fmt.Sprint(10+i), time.Now().Add(time.Duration(i-20)*day), "r1")
		}
		var short atomic.Bool
		store := &moody{FeedStore: order.NewMemoryFeedStore(), save: func(string) error {
			if short.Load() {
				return errDisk
			}
			return nil
		}}
		source := order.FeedSource{Source: failing{shop, 2}, From: time.Now().Add(-21 * day)}
		require.ErrorContains(t, feedOver(t, store, nil, source).Due(t.Context(), in.handle),
			"connection reset")
		source.Source = shop
		feed := feedOver(t, store, nil, source)
		require.NoError(t, feed.Due(t.Context(), in.handle))
		require.Len(t, in.take(), 20)
		time.Sleep(time.Minute)
		short.Store(true)
		require.ErrorIs(t, feed.Due(t.Context(), in.handle), errDisk,
			"that nothing was new could not be noted")
	})
}

// TestFeedGivesUpForTheLastReason: which may have changed since the order was first in trouble.
func TestFeedGivesUpForTheLastReason(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in, store := newLedger("a"), &inbox{}, order.NewMemoryFeedStore()
		source := order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour), Window: 2 * day}
		shop.put("1", time.Now(), "r1")
		var gone []order.FeedEvent
		for _, class := range []order.Class{order.ErrUndecodable, order.ErrNotFound,
			order.ErrTemporary} {
			shop.broken["1"] = &order.Error{Class: class, Order: "1"}
			time.Sleep(day - time.Hour)
			require.NoError(t, feedOver(t, store, func(e order.FeedEvent) {
				if e.Kind == order.FeedGaveUp {
					gone = append(gone, e)
				}
			}, source).Once(t.Context(), in.handle))
		}
		require.Empty(t, gone)
		clear(shop.orders)
		time.Sleep(3 * time.Hour)
		rows, _, err := table(store, "example", "a")
		require.NoError(t, err)
		require.Contains(t, rows["t:1"], "temporary")
		require.NotContains(t, rows["t:1"], "undecodable")
	})
}

// unlisted is a shop whose list of a window fails when told so, and nothing else.
type unlisted struct {
	lists
	closed atomic.Bool
}

var errList = &order.Error{Class: order.ErrUndecodable, Message: "the list"}

func (u *unlisted) List(ctx context.Context, from, to time.Time) iter.Seq2[order.Row, error] {
	if u.closed.Load() {
		return func(yield func(order.Row, error) bool) { yield(order.Row{}, errList) }
	}
	return u.lists.List(ctx, from, to)
}

// bare is the same shop of which no list tells anything.
type bare struct{ source *unlisted }

func (b bare) Mall() order.Mall { return b.source.Mall() }
func (b bare) Shop() string     { return b.source.Shop() }
func (b bare) Order(ctx context.Context, id string) (order.Order, error) {
	return b.source.Order(ctx, id)
}
func (b bare) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	if b.source.closed.Load() && len(q.IDs) == 0 && q.To.Sub(q.From) > 10*day {
		return func(yield func(order.Order, error) bool) { yield(order.Order{}, errList) }
	}
	return b.source.Orders(ctx, q)
}

// TestFeedStatusTellsOfTheLooksForChanges: how old an unseen change can be grows when the looks
// fail, and only then.
func TestFeedStatusTellsOfTheLooksForChanges(t *testing.T) {
	for _, listed := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			shop, in := &unlisted{lists: lists{newSlow(newLedger("a"))}}, newArrivals()
			shop.rows, shop.batch = 1000, 1
			fill(shop.ledger, 300)
			var source order.Source = shop
			if !listed {
				source = bare{shop}
				shop.batch = 5
			}
			feed := feedOver(t, order.NewMemoryFeedStore(), nil,
				order.FeedSource{Source: source, From: time.Now().Add(-61 * day), Window: 63 * day})
			stop := running(t, feed, in.handle)
			time.Sleep(30 * time.Minute)
			require.Equal(t, 300, in.len())
			st := feed.Status()[0]
			require.Greater(t, st.EveryAny, st.EveryChanged)
			for range 20 {
				time.Sleep(time.Minute)
				require.Less(t, feed.Status()[0].Changed, st.EveryChanged+time.Minute)
			}
			shop.closed.Store(true)
			time.Sleep(12 * time.Minute)
			st = feed.Status()[0]
			require.Greater(t, st.Changed, 10*time.Minute)
			require.ErrorIs(t, st.Err, order.ErrUndecodable)
			require.Less(t, st.New, 2*time.Minute)
			stop()
		})
	}
}

// TestFeedReadsAllThatTheListTells: of more changes than one query holds none waits for the next
// look.
func TestFeedReadsAllThatTheListTells(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in := lists{newSlow(newLedger("a"))}, newArrivals()
		shop.batch = 5
		const n = 1200 // three queries by number
		for i := range n {
			shop.put(fmt.Sprint(i), time.Now().Add(-time.Duration(i)*10*time.Minute-time.Hour),
				"r1")
		}
		feed := feedOver(t, order.NewMemoryFeedStore(), nil,
			order.FeedSource{Source: shop, From: time.Now().Add(-61 * day), Window: 63 * day})
		stop := running(t, feed, in.handle)
		time.Sleep(10 * time.Minute)
		require.Equal(t, n, in.len())
		require.Greater(t, feed.Status()[0].EveryAny, 40*time.Minute)
		for i := range n {
			shop.set(fmt.Sprint(i), "r2", order.Shipped)
		}
		time.Sleep(15 * time.Minute)
		require.Equal(t, 2*n, in.len())
		first, last := time.Now(), time.Time{}
		for i := range n {
			when := in.when(fmt.Sprint("a/", i, "@r2"))
			if when.Before(first) {
				first = when
			}
			if when.After(last) {
				last = when
			}
		}
		require.Less(t, last.Sub(first), n/5*time.Second+5*time.Second,
			"240 calls one after another")
		stop()
	})
}
