package order_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// flaky lets one call in five fail, for a reason that passes.
type flaky struct {
	lists
	well atomic.Bool
	luck sync.Mutex
	dice *rand.Rand
}

func (f *flaky) fails() error {
	f.luck.Lock()
	defer f.luck.Unlock()
	if f.well.Load() || f.dice.IntN(5) > 0 {
		return nil
	}
	return &order.Error{Class: []order.Class{order.ErrTemporary, order.ErrRateLimited, order.ErrMaintenance,
		order.ErrUndecodable}[f.dice.IntN(4)]}
}

// Orders fails at its beginning or in the middle.
func (f *flaky) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return func(yield func(order.Order, error) bool) {
		n := 0
		err := f.fails()
		for o, failed := range f.lists.Orders(ctx, q) {
			if n++; err != nil && n > 5 {
				yield(order.Order{}, err)
				return
			}
			if !yield(o, failed) {
				return
			}
		}
		if err != nil {
			yield(order.Order{}, err)
		}
	}
}

func (f *flaky) List(ctx context.Context, from, to time.Time) iter.Seq2[order.Row, error] {
	return func(yield func(order.Row, error) bool) {
		n := 0
		err := f.fails()
		for row, failed := range f.lists.List(ctx, from, to) {
			if n++; err != nil && n > 50 {
				yield(order.Row{}, err)
				return
			}
			if !yield(row, failed) {
				return
			}
		}
	}
}

// TestFeedThatListsLosesNothing: a big shop whose calls fail, whose orders change in what the list
// tells and in what it does not, and whose process is started anew again and again, has in the end
// been given as it stands.
func TestFeedThatListsLosesNothing(t *testing.T) {
	for seed := range uint64(2) {
		synctest.Test(t, func(t *testing.T) {
			dice := rand.New(rand.NewPCG(seed, 1))
			shop := &flaky{lists: lists{newSlow(newLedger("a"))}, dice: rand.New(rand.NewPCG(seed, 2))}
			shop.rows, shop.batch = 20, 2
			const n = 300
			start := time.Now()
			fill(shop.ledger, n)
			in, store := newArrivals(), order.NewMemoryFeedStore()
			source := order.FeedSource{Source: shop, From: start.Add(-61 * day), Window: 63 * day}
			total := n
			follow := func(d time.Duration) {
				stop := running(t, feedOver(t, store, nil, source), in.handle)
				for end := time.Now().Add(d); time.Now().Before(end); {
					time.Sleep(time.Duration(dice.Int64N(int64(10 * time.Minute))))
					id := fmt.Sprint(dice.IntN(total))
					switch dice.IntN(4) {
					case 0:
						shop.put(fmt.Sprint(total), time.Now(), "r1")
						total++
					case 1:
						shop.set(id, fmt.Sprint("r", time.Since(start)), 0)
					default:
						shop.set(id, fmt.Sprint("r", time.Since(start)),
							order.Statuses()[dice.IntN(len(order.Statuses()))])
					}
				}
				stop()
			}
			for range 12 {
				follow(time.Duration(dice.Int64N(int64(6 * time.Hour))))
				time.Sleep(time.Duration(dice.Int64N(int64(2 * time.Hour))))
			}
			shop.well.Store(true)
			stop := running(t, feedOver(t, store, nil, source), in.handle)
			time.Sleep(10 * time.Hour)
			stop()
			require.Len(t, in.last, total)
			for id, o := range shop.orders {
				require.Equal(t, o.Revision, in.last["a/"+id], "order %s, seed %d", id, seed)
			}
		})
	}
}

// TestFeedReadsOnceWhatTheListTells: a mark that changes without the revision costs one reading,
// not one for each look.
func TestFeedReadsOnceWhatTheListTells(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in := lists{newSlow(newLedger("a"))}, newArrivals()
		shop.rows, shop.batch = 10, 1 // so small that the pass over the window is rare
		fill(shop.ledger, 200)
		feed := feedOver(t, order.NewMemoryFeedStore(), nil,
			order.FeedSource{Source: shop, From: time.Now().Add(-61 * day), Window: 63 * day})
		stop := running(t, feed, in.handle)
		time.Sleep(3 * time.Hour)
		require.Greater(t, feed.Status()[0].EveryAny, 50*time.Minute)
		require.Equal(t, 5*time.Minute, feed.Status()[0].EveryChanged)
		shop.set("3", "r1", order.Shipped)
		before := shop.calls()
		require.NotEmpty(t, before)
		time.Sleep(40 * time.Minute)
		reads := shop.calls()["read"]
		require.Contains(t, []int{1, 201}, reads, "with or without a pass over the window")
		require.Equal(t, 1, in.times["a/3@r1"])
		stop()
	})
}

// TestFeedEndsTroubleWithWhatIsKnown: an order that changed, could not be read, and is again as it
// was given, is tried no more.
func TestFeedEndsTroubleWithWhatIsKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, store, in := newLedger("a"), order.NewMemoryFeedStore(), &inbox{}
		source := order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour)}
		shop.put("1", time.Now(), "r1")
		time.Sleep(time.Second)
		require.Equal(t, []string{"a/1@r1"}, once(t, store, in, source))
		shop.put("1", time.Now().Add(-time.Second), "r2")
		shop.broken["1"] = &order.Error{Class: order.ErrNotFound, Order: "1"}
		require.Empty(t, once(t, store, in, source))
		shop.put("1", time.Now().Add(-time.Second), "r1")
		clear(shop.broken)
		require.Empty(t, once(t, store, in, source))
		shop.spans = nil
		require.Empty(t, once(t, store, in, source))
		for _, q := range shop.spans {
			require.Empty(t, q.IDs)
		}
	})
}

// TestFeedTriesAgainWhatAListNamedAndNobodyFound: unlike an order that was only nudged.
func TestFeedTriesAgainWhatAListNamedAndNobodyFound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, store, in := newLedger("a"), order.NewMemoryFeedStore(), &inbox{}
		source := order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour), By: order.ByUpdated}
		shop.put("1", time.Now(), "r1")
		shop.broken["1"] = &order.Error{Class: order.ErrNotFound, Order: "1"}
		for range 3 { // beyond what a look reaches back
			time.Sleep(time.Hour)
			require.Empty(t, once(t, store, in, source))
		}
		clear(shop.broken)
		require.Equal(t, []string{"a/1@r1"}, once(t, store, in, source))
	})
}

// TestFeedHoldsNothingWhileAHandlerWorks: with one slot, a handler that hangs, or refuses, holds up
// no other shop.
func TestFeedHoldsNothingWhileAHandlerWorks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		from := time.Now().Add(-time.Hour)
		var sources []order.FeedSource
		var shops []*ledger
		for i := range 3 {
			shop := newLedger(fmt.Sprint(i))
			shop.put("old", time.Now().Add(-time.Minute), "r1")
			shops = append(shops, shop)
			sources = append(sources, order.FeedSource{Source: shop, From: from})
		}
		in := newArrivals()
		feed, err := order.NewFeed(order.FeedConfig{Sources: sources, Store: order.NewMemoryFeedStore(),
			Concurrency: 1})
		require.NoError(t, err)
		stop := running(t, feed, func(ctx context.Context, o order.Order) error {
			switch o.Shop {
			case "0":
				<-ctx.Done()
				return ctx.Err()
			case "1":
				return errors.New("refused")
			}
			return in.handle(ctx, o)
		})
		time.Sleep(10 * time.Minute)
		require.False(t, in.when("2/old@r1").IsZero())
		shops[2].put("new", time.Now(), "r1")
		time.Sleep(65 * time.Second)
		require.False(t, in.when("2/new@r1").IsZero())
		stop()
	})
}

// TestFeedPaysForANewOrderOnce: the looks for new orders reach back, but read no order again that
// they know.
func TestFeedPaysForANewOrderOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in := newSlow(newLedger("a")), newArrivals()
		feed := feedOver(t, order.NewMemoryFeedStore(), nil,
			order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour)})
		stop := running(t, feed, in.handle)
		time.Sleep(10 * time.Second)
		shop.put("1", time.Now(), "r1")
		shop.calls()
		time.Sleep(12 * time.Minute)
		calls := shop.calls()
		require.GreaterOrEqual(t, calls["list"], 12)
		require.LessOrEqual(t, calls["read"], 1+3, "once, and in the passes over the window")
		require.Len(t, in.at, 1)
		stop()
	})
}
