package order_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// TestFeedSavesEachFiftyOrders: and what a look found at once.
func TestFeedSavesEachFiftyOrders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, store := newLedger("a"), order.NewMemoryFeedStore()
		for i := range 120 {
			shop.put(fmt.Sprint(100+i), time.Now(), "r1")
		}
		saved := func() (n int) {
			rows, _, err := table(store, "example", "a")
			require.NoError(t, err)
			for key := range rows {
				if strings.HasPrefix(key, "o:") {
					n++
				}
			}
			return n
		}
		var seen []int // rows in the store when the n-th order came
		time.Sleep(time.Second)
		feed := feedOver(t, store, nil,
			order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour)})
		stop := running(t, feed, func(context.Context, order.Order) error {
			seen = append(seen, saved())
			return nil
		})
		synctest.Wait()
		require.Equal(t, []int{0, 0, 50, 50, 100},
			[]int{seen[0], seen[49], seen[50], seen[99], seen[100]})
		require.Equal(t, 120, saved(), "the look is over")
		time.Sleep(10 * time.Second)
		shop.put("new", time.Now(), "r1")
		time.Sleep(time.Minute)
		require.Equal(t, 121, saved())
		stop()
	})
}

// TestFeedWritesNothingOfAPassThatFoundNothing: neither the orders of a list that tells of changes
// nor those of one that does not.
func TestFeedWritesNothingOfAPassThatFoundNothing(t *testing.T) {
	for _, listed := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			shop, store := newSlow(newLedger("a")), &sizes{FeedStore: order.NewMemoryFeedStore()}
			fill(shop.ledger, 200)
			var source order.Source = shop
			if listed {
				source = lists{shop}
			}
			feed := feedOver(t, store, nil,
				order.FeedSource{Source: source, From: time.Now().Add(-61 * day), Window: 63 * day})
			require.NoError(t, feed.Once(t.Context(), (&inbox{}).handle))
			before, saves := store.bytes, store.saves
			time.Sleep(time.Minute)
			require.NoError(t, feed.Once(t.Context(), (&inbox{}).handle))
			require.Less(t, store.bytes-before, 800, "where it is, a few times")
			require.LessOrEqual(t, store.saves-saves, 6)
		})
	}
}

// stamped notes when it is asked.
type stamped struct {
	*ledger
	asked []time.Time
}

func (s *stamped) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	s.asked = append(s.asked, time.Now())
	return s.ledger.Orders(ctx, q)
}

// TestFeedBeginsWithOneShopAfterAnother: at most a tenth of a second apart, and all within Every;
// after a restart the looks for changes are spread as well.
func TestFeedBeginsWithOneShopAfterAnother(t *testing.T) {
	for name, c := range map[string]struct {
		shops int
		every time.Duration
		apart time.Duration
	}{
		"few":            {4, time.Minute, 100 * time.Millisecond},
		"many, and fast": {20, time.Second, 50 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var shops []*stamped
				var sources []order.FeedSource
				start := time.Now()
				for i := range c.shops {
					shops = append(shops, &stamped{ledger: newLedger(fmt.Sprint(i))})
					sources = append(sources, order.FeedSource{Source: shops[i],
						From: start.Add(-day), Every: c.every})
				}
				store := order.NewMemoryFeedStore()
				stop := running(t, feedOver(t, store, nil, sources...), (&inbox{}).handle)
				time.Sleep(10 * c.every)
				stop()
				for i, shop := range shops {
					require.Equal(t, time.Duration(i)*c.apart, shop.asked[0].Sub(start), "shop %d",
						i)
					shop.asked, shop.spans = nil, nil
				}
				time.Sleep(time.Hour) // all is due
				start = time.Now()
				stop = running(t, feedOver(t, store, nil, sources...), (&inbox{}).handle)
				time.Sleep(10 * c.every)
				stop()
				look := min(5*c.every, 5*time.Minute)
				for i, shop := range shops {
					whole := slices.IndexFunc(shop.spans,
						func(q order.Query) bool { return q.To.Sub(q.From) > 20*time.Hour })
					require.GreaterOrEqual(t, whole, 0)
					late := shop.asked[whole].Sub(start) - time.Duration(i)*c.apart
					require.Equal(t, time.Duration(i)*look/time.Duration(c.shops), late, "shop %d",
						i)
				}
			})
		})
	}
}
