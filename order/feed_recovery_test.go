package order_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

const day = 24 * time.Hour

func once(t *testing.T, store order.FeedStore, in *inbox, source order.FeedSource) []string {
	t.Helper()
	require.NoError(t, feedOver(t, store, nil, source).Once(t.Context(), in.handle))
	return in.take()
}

// TestFeedSeesWhatChangedWhileItWasDown: an order that was inside the window when it changed, and
// is not when the feed is back.
func TestFeedSeesWhatChangedWhileItWasDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in, store := newLedger("a"), &inbox{}, order.NewMemoryFeedStore()
		start := time.Now()
		source := order.FeedSource{Source: shop, From: start.Add(-29 * day), Window: 30 * day}
		shop.put("1", start.Add(-25*day), "r1")
		require.Equal(t, []string{"a/1@r1"}, once(t, store, in, source))
		time.Sleep(day)
		shop.put("1", start.Add(-25*day), "r2-cancelled")
		time.Sleep(40 * day)
		source.From = time.Now().Add(-day) // as of a program that reckons it from its own start
		require.Equal(t, []string{"a/1@r2-cancelled"}, once(t, store, in, source))
	})
}

func TestFeedKeepsItsPlaceWhenFromMoves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, by := range []order.Instant{order.ByPlaced, order.ByUpdated} {
			shop, in, store := newLedger("a"), &inbox{}, order.NewMemoryFeedStore()
			source := order.FeedSource{Source: shop, From: time.Now().Add(-day), By: by, Window: day}
			require.Empty(t, once(t, store, in, source))
			shop.put("1", time.Now(), "r1")
			time.Sleep(10 * day)
			source.From = time.Now().Add(-day)
			require.Equal(t, []string{"a/1@r1"}, once(t, store, in, source))
		}
	})
}

// TestFeedSurvivesAClockThatWasWrong: state written by a clock far ahead must not stop the feed
// until the clock gets there.
func TestFeedSurvivesAClockThatWasWrong(t *testing.T) {
	for _, by := range []order.Instant{order.ByPlaced, order.ByUpdated} {
		store := order.NewMemoryFeedStore()
		var right time.Time
		synctest.Test(t, func(t *testing.T) { right = time.Now() })
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(400 * day) // this machine's clock is ahead
			source := order.FeedSource{Source: newLedger("a"), From: time.Now().Add(-day), By: by}
			require.Empty(t, once(t, store, &inbox{}, source))
		})
		synctest.Test(t, func(t *testing.T) {
			shop, in := newLedger("a"), &inbox{}
			shop.put("1", right.Add(time.Minute), "r1")
			time.Sleep(time.Hour)
			source := order.FeedSource{Source: shop, From: time.Now().Add(-day), By: by}
			require.Equal(t, []string{"a/1@r1"}, once(t, store, in, source))
			time.Sleep(time.Hour)
			require.Empty(t, once(t, store, in, source), "the clock is believed again")
		})
	}
}

// TestFeedReadsOnAfterAClockThatWasWrong: a pass that takes longer than the looks for new orders
// are apart comes to its end.
func TestFeedReadsOnAfterAClockThatWasWrong(t *testing.T) {
	store := order.NewMemoryFeedStore()
	var right time.Time
	synctest.Test(t, func(t *testing.T) { right = time.Now() })
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(400 * day)
		source := order.FeedSource{Source: newLedger("a"), From: right.Add(-28 * day)}
		require.Empty(t, once(t, store, &inbox{}, source))
	})
	synctest.Test(t, func(t *testing.T) {
		shop, in, caught := costly{newLedger("a"), time.Minute}, newArrivals(), 0
		for i := range 28 {
			shop.put(fmt.Sprint(i), right.Add(-time.Duration(i)*day-time.Hour), "r1")
		}
		feed := feedOver(t, store, func(e order.FeedEvent) {
			if e.Kind == order.FeedCaughtUp {
				caught++
			}
		}, order.FeedSource{Source: shop, From: right.Add(-28 * day)})
		stop := running(t, feed, in.handle)
		time.Sleep(3 * time.Hour)
		stop()
		require.Equal(t, 28, in.len())
		require.Positive(t, caught)
	})
}

// TestFeedIsNotHeldUpByOrdersThatFail: orders of which each read alone ends the query, and a shop
// that cannot read by number.
func TestFeedIsNotHeldUpByOrdersThatFail(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in, store := newLedger("a"), &inbox{}, order.NewMemoryFeedStore()
		source := order.FeedSource{Source: shop, From: time.Now().Add(-day)}
		for i := range 5 {
			id := fmt.Sprint(i)
			shop.put(id, time.Now(), "r1")
			shop.broken[id] = &order.Error{Class: order.ErrTemporary, Order: id}
		}
		time.Sleep(time.Second)
		require.Empty(t, once(t, store, in, source))
		// the query as a whole is refused
		shop.byNumber = &order.Error{Class: order.ErrInvalid, Message: "no such number"}
		shop.put("good", time.Now(), "r1")
		time.Sleep(time.Second)
		require.Equal(t, []string{"a/good@r1"}, once(t, store, in, source))
		clear(shop.broken)
		shop.byNumber = nil
		require.Len(t, once(t, store, in, source), 5)
		require.Empty(t, once(t, store, in, source))
	})
}

func TestFeedGivesUpWhatFailsTooLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in, store := newLedger("a"), &inbox{}, order.NewMemoryFeedStore()
		shop.put("1", time.Now(), "r1")
		shop.broken["1"] = &order.Error{Class: order.ErrUndecodable, Order: "1"}
		time.Sleep(time.Second)
		var gone []order.FeedEvent
		feed := feedOver(t, store, func(e order.FeedEvent) {
			if e.Kind == order.FeedGaveUp {
				gone = append(gone, e)
			}
		}, order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour), Window: 2 * day})
		for range 5 {
			require.NoError(t, feed.Once(t.Context(), in.handle))
			time.Sleep(day)
		}
		require.Len(t, gone, 1)
		require.Equal(t, "1", gone[0].Order)
		require.ErrorContains(t, gone[0].Err, "undecodable")
	})
}

// TestFeedStopsWhenTheConsumerIsInTrouble: a database that is down must not turn a backfill into
// one long list of refused orders.
func TestFeedStopsWhenTheConsumerIsInTrouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, store := newLedger("a"), order.NewMemoryFeedStore()
		for i := range 100 {
			shop.put(fmt.Sprint(100+i), time.Now(), "r1")
		}
		time.Sleep(time.Second)
		calls := 0
		source := order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour)}
		err := feedOver(t, store, nil, source).Once(t.Context(), func(context.Context, order.Order) error {
			calls++
			return errors.New("database is down")
		})
		require.ErrorContains(t, err, "refused 10 orders in a row")
		require.ErrorContains(t, err, "database is down")
		require.Equal(t, 10, calls)
		require.Len(t, once(t, store, &inbox{}, source), 100)
	})
}

// TestFeedForgetsDuringABackfill: memory and store grow with the window, not with what was read.
func TestFeedForgetsDuringABackfill(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, store := newLedger("a"), &sizes{FeedStore: order.NewMemoryFeedStore()}
		for i := range 3000 {
			shop.put(fmt.Sprint(10_000+i), time.Now().Add(-time.Duration(i)*6*time.Hour), "r1") // two years
		}
		in, source := &inbox{}, order.FeedSource{Source: shop, From: time.Now().Add(-760 * day), Window: 10 * day}
		require.Len(t, once(t, store, in, source), 2999, "all but the one of this instant")
		rows, _, err := table(store, "example", "a")
		require.NoError(t, err)
		require.Less(t, len(rows), 100, "a window's orders")
		require.Less(t, store.bytes, 3000*(100+30), "each order is written once and removed once")
		require.Less(t, store.saves, 200)
		before, written := store.saves, store.bytes
		time.Sleep(time.Minute)
		require.Len(t, once(t, store, in, source), 1)
		require.LessOrEqual(t, store.saves-before, 2, "an idle pass does not write the state again and again")
		require.Less(t, store.bytes-written, 400, "nor more than where it is")
	})
}

// sizes counts what is written.
type sizes struct {
	order.FeedStore
	mu           sync.Mutex
	bytes, saves int
}

func (s *sizes) Save(
	ctx context.Context, mall order.Mall, shop string, version int64, changes []order.FeedChange,
) error {
	s.mu.Lock()
	for _, c := range changes {
		s.bytes += len(c.Key) + len(c.Value) + 3
	}
	s.saves++
	s.mu.Unlock()
	return s.FeedStore.Save(ctx, mall, shop, version, changes)
}

func (s *sizes) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.saves
}

// TestFeedGoesOnFromTheMiddle: a source that ends early with an error, and a slice that was read,
// is not read from the start again.
func TestFeedGoesOnFromTheMiddle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in, store := newLedger("a"), &inbox{}, order.NewMemoryFeedStore()
		start := time.Now()
		for i := range 20 {
			shop.put(fmt.Sprint(10+i), start.Add(time.Duration(i-95)*day), "r1")
		}
		source := order.FeedSource{Source: failing{shop, 2}, From: start.Add(-100 * day)}
		require.ErrorContains(t, feedOver(t, store, nil, source).Once(t.Context(), in.handle), "connection reset")
		first := in.take()
		require.Len(t, first, 3, "one slice and one order of the second")
		shop.spans, source.Source = nil, shop
		rest := once(t, store, in, source)
		require.Len(t, append(first, rest...), 20, "nothing twice, nothing missing")
		require.Equal(t, start.Add(-100*day+7*day-15*time.Minute), shop.spans[0].From.In(start.Location()),
			"after the slice that was whole")
	})
}

// failing breaks off the iteration of its n-th query after one order.
type failing struct {
	*ledger
	n int
}

func (f failing) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return func(yield func(order.Order, error) bool) {
		for o, err := range f.ledger.Orders(ctx, q) {
			if !yield(o, err) {
				return
			}
			if f.called() == f.n {
				yield(order.Order{}, &order.Error{Class: order.ErrTemporary, Message: "connection reset"})
				return
			}
		}
	}
}

// able is a shop that says what its mall can do.
type able struct {
	*ledger
	updated bool
	every   time.Duration
}

func (a able) Capabilities() order.Capabilities {
	return order.Capabilities{Rows: []order.Capability{
		{Ability: order.CanReadUpdated, Yes: a.updated},
		{Ability: order.CanFollow, Yes: true, Window: 63 * day, Every: a.every},
	}}
}

type wrapped struct{ order.Source }

func (w wrapped) Unwrap() order.Source { return w.Source }

func TestFeedTakesDefaultsFromCapabilities(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		long := time.Now().Add(-500 * day)
		second := func(source order.FeedSource, shop *ledger) order.Query {
			feed := feedOver(t, order.NewMemoryFeedStore(), nil, source)
			require.NoError(t, feed.Once(t.Context(), (&inbox{}).handle))
			shop.spans = nil
			require.NoError(t, feed.Once(t.Context(), (&inbox{}).handle))
			return shop.spans[0]
		}
		shop := newLedger("a")
		q := second(order.FeedSource{Source: wrapped{able{ledger: shop}}, From: long}, shop)
		require.Equal(t, order.ByPlaced, q.By)
		require.Equal(t, time.Now().Add(-63*day), q.From)
		q = second(order.FeedSource{Source: able{ledger: shop}, From: long, Window: 5 * day}, shop)
		require.Equal(t, time.Now().Add(-5*day), q.From, "an explicit field wins")
		q = second(order.FeedSource{Source: able{ledger: shop, updated: true}, From: long}, shop)
		require.Equal(t, order.ByUpdated, q.By)
		require.Equal(t, time.Now().Add(-8*time.Minute), q.From)
		for want, every := range map[time.Duration]struct{ own, able time.Duration }{
			time.Minute:     {},
			7 * time.Minute: {able: 7 * time.Minute},
			2 * time.Minute: {own: 2 * time.Minute, able: 7 * time.Minute},
		} {
			feed := feedOver(t, order.NewMemoryFeedStore(), nil, order.FeedSource{
				Source: able{ledger: newLedger("a"), every: every.able},
				From:   time.Now().Add(-day), Every: every.own})
			stop := running(t, feed, (&inbox{}).handle)
			time.Sleep(time.Second)
			require.Equal(t, want, feed.Status()[0].EveryNew)
			stop()
		}
		_, err := order.NewFeed(order.FeedConfig{Store: order.NewMemoryFeedStore(),
			Sources: []order.FeedSource{{Source: able{ledger: shop}, From: long, By: order.ByUpdated}}})
		require.ErrorContains(t, err, "cannot search by the last change")
	})
}
