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

// TestFeedByUpdatedReachesBackByAPage: as far as 60 orders lie, between eight minutes and six
// hours, and gives nothing twice.
func TestFeedByUpdatedReachesBackByAPage(t *testing.T) {
	const every = 390 * time.Second
	for name, c := range map[string]struct {
		pause time.Duration // between two orders
		run   time.Duration
		want  time.Duration // from where a look begins to where it ends
	}{
		"a quiet shop": {3 * time.Hour, 12 * time.Hour, 6*time.Hour + every},
		"a shop":       {30 * time.Second, 4 * time.Hour, 30 * time.Minute},
		"a big shop":   {4 * time.Second, time.Hour, 8*time.Minute + every},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				shop, in := newLedger("a"), newArrivals()
				feed := feedOver(t, order.NewMemoryFeedStore(), nil, order.FeedSource{Source: shop,
					From: time.Now().Add(-time.Hour), By: order.ByUpdated, Every: every,
					Window: 12 * time.Hour})
				stop := running(t, feed, in.handle)
				for end := time.Now().Add(c.run); time.Now().Before(end); time.Sleep(c.pause) {
					shop.put(fmt.Sprint(time.Now().Unix()), time.Now(), "r1")
				}
				stop()
				last := shop.spans[len(shop.spans)-1]
				require.InDelta(t, c.want, last.To.Sub(last.From), float64(time.Minute))
				require.Greater(t, in.len(), 3)
				for key, n := range in.times {
					require.Equal(t, 1, n, key)
				}
			})
		})
	}
}

// TestFeedByPlacedReachesBack: each look for new orders begins fifteen minutes before the end of
// the one before.
func TestFeedByPlacedReachesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop := newLedger("a")
		feed := feedOver(t, order.NewMemoryFeedStore(), nil,
			order.FeedSource{Source: shop, From: time.Now().Add(-day)})
		stop := running(t, feed, (&inbox{}).handle)
		time.Sleep(30*time.Minute + time.Second)
		stop()
		looks := 0
		for _, q := range shop.spans {
			if q.To.Sub(q.From) == 16*time.Minute {
				looks++
			}
		}
		require.Equal(t, 30, looks, "one a minute, after the first")
	})
}

// TestFeedBackfillsBehindTheNewest: what was placed long before the window is given as well.
func TestFeedBackfillsBehindTheNewest(t *testing.T) {
	for _, by := range []order.Instant{order.ByPlaced, order.ByUpdated} {
		synctest.Test(t, func(t *testing.T) {
			shop, in, start := newLedger("a"), newArrivals(), time.Now()
			time.Sleep(120 * day)
			for i := range 119 {
				id := fmt.Sprint(i)
				shop.put(id, start.Add(time.Duration(i)*day), "r1")
				o := shop.orders[id]
				o.Updated = o.Placed
				shop.orders[id] = o
			}
			feed := feedOver(t, order.NewMemoryFeedStore(), nil,
				order.FeedSource{Source: shop, From: start, By: by, Window: 10 * day})
			stop := running(t, feed, in.handle)
			time.Sleep(30 * time.Minute)
			require.Equal(t, 119, in.len())
			stop()
		})
	}
}

// days are how long the queries by time are.
func days(spans []order.Query) (lengths []float64) {
	for _, q := range spans {
		lengths = append(lengths, q.To.Sub(q.From).Hours()/24)
	}
	return lengths
}

// TestFeedCutsItsPassToTime: a slice that took long is followed by one half as long, a quick one by
// one eight times as long, within the window.
func TestFeedCutsItsPassToTime(t *testing.T) {
	for name, c := range map[string]struct {
		window time.Duration
		takes  time.Duration // an order; there is one a day
		want   []float64
	}{
		"slow":           {400 * day, 20 * time.Second, []float64{7, 3.5, 1.75, 0.875}},
		"neither":        {400 * day, 3 * time.Second, []float64{7, 7, 7, 7}},
		"quick":          {400 * day, 0, []float64{7, 56, 60, 60}},
		"a short window": {30 * day, 0, []float64{7, 30, 30, 30}},
		"a tiny window":  {day, 0, []float64{7, 7, 7, 7}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				shop, start := newLedger("a"), time.Now()
				for i := range 300 {
					shop.put(fmt.Sprint(1000+i), start.Add(-time.Duration(i)*day-time.Hour), "r1")
				}
				var began time.Time
				feed := feedOver(t, order.NewMemoryFeedStore(),
					func(e order.FeedEvent) { began = e.Began },
					order.FeedSource{Source: shop, From: start.Add(-300 * day), Window: c.window})
				require.NoError(t, feed.Once(t.Context(), func(context.Context, order.Order) error {
					time.Sleep(c.takes)
					return nil
				}))
				require.Equal(t, c.want, days(shop.spans)[:4])
				require.True(t, start.Equal(began), "%s", began)
			})
		})
	}
}

// TestFeedShortensWhatAJobCannotEnd: also when it is cut off in the first slice each time.
func TestFeedShortensWhatAJobCannotEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, store, start := newLedger("a"), order.NewMemoryFeedStore(), time.Now()
		for i := range 40 {
			shop.put(fmt.Sprint(10+i), start.Add(-time.Duration(i+1)*12*time.Hour), "r1")
		}
		source := order.FeedSource{Source: shop, From: start.Add(-20 * day)}
		handled := 0
		for i, want := range []float64{7, 3.5, 1.75} {
			shop.spans = nil
			ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
			err := feedOver(t, store, nil, source).Due(ctx,
				func(ctx context.Context, _ order.Order) error {
					select {
					case <-time.After(25 * time.Second):
						handled++
					case <-ctx.Done():
					}
					return ctx.Err()
				})
			stop()
			require.ErrorIs(t, err, context.DeadlineExceeded)
			require.Equal(t, want, days(shop.spans)[1], "after the look for new orders")
			require.Equal(t, i+1, handled)
		}
	})
}

// TestFeedRemembersTheFirstSecondOfTheWindow: an order of the second in which the window begins.
func TestFeedRemembersTheFirstSecondOfTheWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in, store := newLedger("a"), &inbox{}, order.NewMemoryFeedStore()
		source := order.FeedSource{Source: shop, From: time.Now().Add(-day), Window: time.Hour}
		shop.put("1", time.Now().Add(100*time.Millisecond), "r1")
		time.Sleep(time.Hour)
		require.Equal(t, []string{"a/1@r1"}, once(t, store, in, source),
			"it lies 0.1 s after the window's beginning")
		time.Sleep(time.Second)
		require.Empty(t, once(t, store, in, source))
	})
}
