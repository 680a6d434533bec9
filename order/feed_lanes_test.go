package order_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// slow is a shop as a mall with bare lists is: a second for each call, which lists 1,000 numbers or
// reads batch orders.
type slow struct {
	*ledger
	mu    sync.Mutex
	quota chan struct{} // one call at a time
	count map[string]int
	rows  int // of a page
	batch int
}

func newSlow(l *ledger) *slow {
	return &slow{ledger: l, quota: make(chan struct{}, 1), count: map[string]int{}, rows: 1000, batch: 100}
}

func (s *slow) call(ctx context.Context, kind string) error {
	select {
	case s.quota <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-s.quota }()
	s.mu.Lock()
	s.count[kind]++
	s.mu.Unlock()
	select {
	case <-time.After(time.Second):
	case <-ctx.Done():
	}
	return ctx.Err()
}

// calls since the last time.
func (s *slow) calls() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	got := s.count
	s.count = map[string]int{}
	return got
}

// between are the orders that were placed in a stretch of time, oldest first.
func (s *slow) between(from, to time.Time) []order.Order {
	s.ledger.mu.Lock()
	var all []order.Order
	for _, o := range s.orders {
		if !o.Placed.Before(from) && o.Placed.Before(to) {
			all = append(all, o)
		}
	}
	s.ledger.mu.Unlock()
	slices.SortFunc(all, func(a, b order.Order) int { return a.Placed.Compare(b.Placed) })
	return all
}

func (s *slow) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return func(yield func(order.Order, error) bool) {
		if err := q.Validate(); err != nil {
			yield(order.Order{}, &order.Error{Class: order.ErrInvalid, Err: err})
			return
		}
		ids := q.IDs
		if len(ids) == 0 {
			found := s.between(q.From, q.To)
			for page := 0; page == 0 || page < len(found); page += s.rows {
				if err := s.call(ctx, "list"); err != nil {
					yield(order.Order{}, err)
					return
				}
			}
			for _, o := range found {
				if !q.Known(order.Ref{ID: o.ID}) {
					ids = append(ids, o.ID)
				}
			}
		}
		for batch := range slices.Chunk(ids, s.batch) {
			s.ledger.mu.Lock()
			read := map[string]order.Order{}
			for _, id := range batch {
				if o, there := s.orders[id]; there {
					read[id] = o
				}
			}
			s.ledger.mu.Unlock()
			if err := s.call(ctx, "read"); err != nil {
				yield(order.Order{}, err)
				return
			}
			for _, id := range batch {
				o, there := read[id]
				var err error
				if !there {
					err = &order.Error{Class: order.ErrNotFound, Order: id}
				}
				if !yield(o, err) {
					return
				}
			}
		}
	}
}

// lists is a slow shop whose list tells the status.
type lists struct{ *slow }

func (l lists) Mark(o order.Order) string { return o.Status.String() }

func (l lists) List(ctx context.Context, from, to time.Time) iter.Seq2[order.Row, error] {
	return func(yield func(order.Row, error) bool) {
		found := l.between(from, to)
		for page := 0; page == 0 || page < len(found); page += l.rows {
			if err := l.call(ctx, "list"); err != nil {
				yield(order.Row{}, err)
				return
			}
		}
		for _, o := range found {
			if !yield(order.Row{ID: o.ID, Mark: o.Status.String()}, nil) {
				return
			}
		}
	}
}

// fill makes n orders of the last 60 days, 0 the newest.
func fill(l *ledger, n int) {
	for i := range n {
		l.put(fmt.Sprint(i), time.Now().Add(-time.Duration(float64(60*day)*float64(i+1)/float64(n+1))), "r1")
	}
}

// arrivals notes when each order in each revision was handled.
type arrivals struct {
	mu    sync.Mutex
	at    map[string]time.Time
	times map[string]int
	last  map[string]string
}

func newArrivals() *arrivals {
	return &arrivals{at: map[string]time.Time{}, times: map[string]int{}, last: map[string]string{}}
}

func (a *arrivals) handle(_ context.Context, o order.Order) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	key := o.Shop + "/" + o.ID + "@" + o.Revision
	a.at[key] = time.Now()
	a.times[key]++
	a.last[o.Shop+"/"+o.ID] = o.Revision
	return nil
}

func (a *arrivals) when(key string) time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.at[key]
}

// soon requires that an order came within some time.
func (a *arrivals) soon(t *testing.T, key string, since time.Time, most time.Duration) {
	t.Helper()
	when := a.when(key)
	require.False(t, when.IsZero(), "%s did not come", key)
	require.Less(t, when.Sub(since), most, key)
}

func (a *arrivals) len() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.at)
}

// running runs a feed until the test ends.
func running(t *testing.T, feed *order.Feed, handle order.Handler) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- feed.Run(ctx, handle) }()
	return func() {
		t.Helper()
		cancel()
		require.ErrorIs(t, <-ended, context.Canceled)
	}
}

func (l *ledger) set(id, revision string, status order.Status) {
	l.mu.Lock()
	defer l.mu.Unlock()
	o := l.orders[id]
	o.Revision, o.Status, o.Updated = revision, status, time.Now()
	l.orders[id] = o
}

// TestFeedOfABigShopIsFresh: while a backfill or a pass over thousands of orders goes on for
// minutes, a new order is seen in a minute, and a change of status in some; any change in time,
// with most of the quota left.
func TestFeedOfABigShopIsFresh(t *testing.T) {
	for name, c := range map[string]struct {
		listed      bool
		rows, batch int // of a mall that is as much smaller as its shop
		status, any time.Duration
		share       float64
	}{
		"20,000 orders":                {true, 100, 10, 7 * time.Minute, 3 * time.Hour, 0.25},
		"20,000 orders without a list": {false, 100, 10, 3 * time.Hour, 3 * time.Hour, 0.25},
		"100,000 orders":               {true, 20, 2, 10 * time.Minute, 6 * time.Hour, 0.4},
	} {
		synctest.Test(t, func(t *testing.T) {
			shop := newSlow(newLedger("a"))
			start := time.Now()
			shop.rows, shop.batch = c.rows, c.batch // 2,000 orders there are as so many at a mall with pages of 1,000
			fill(shop.ledger, 2000)
			var source order.Source = shop
			if c.listed {
				source = lists{shop}
			}
			in := newArrivals()
			feed := feedOver(t, order.NewMemoryFeedStore(), nil,
				order.FeedSource{Source: source, From: start.Add(-61 * day), Window: 63 * day})
			stop := running(t, feed, in.handle)

			time.Sleep(30 * time.Second) // the backfill takes 220 calls or more
			shop.put("new", time.Now(), "r1")
			placed := time.Now()
			time.Sleep(70 * time.Second)
			require.False(t, in.when("a/new@r1").IsZero(), "a new order does not wait for the backfill")
			require.Less(t, in.len(), 2000)
			time.Sleep(6 * time.Hour)
			require.Equal(t, 2001, in.len())
			in.soon(t, "a/new@r1", placed, 65*time.Second)

			shop.calls()
			var worst [3]time.Duration
			changed := [3]map[string]time.Time{{}, {}, {}}
			const hours = 6
			for i := range hours * 4 {
				time.Sleep(15 * time.Minute)
				shop.put(fmt.Sprint("n", i), time.Now(), "r1")
				changed[0][fmt.Sprint("a/n", i, "@r1")] = time.Now()
				shop.set(fmt.Sprint(i*8), "r2", order.Shipped) // of the last 12 days
				changed[1][fmt.Sprint("a/", i*8, "@r2")] = time.Now()
				shop.set(fmt.Sprint(1999-i*20), "r3", 0) // the older half
				changed[2][fmt.Sprint("a/", 1999-i*20, "@r3")] = time.Now()
			}
			time.Sleep(7 * time.Hour)
			calls := shop.calls()
			for kind, keys := range changed {
				for key, at := range keys {
					require.False(t, in.when(key).IsZero(), key)
					worst[kind] = max(worst[kind], in.when(key).Sub(at))
				}
			}
			share := float64(calls["list"]+calls["read"]) / ((hours + 7) * 3600)
			t.Logf("%s: new %s, status %s, any %s at worst; %.0f %% of the quota", name, worst[0], worst[1], worst[2],
				100*share)
			require.Less(t, worst[0], 70*time.Second)
			require.Less(t, worst[1], c.status)
			require.Less(t, worst[2], c.any)
			require.Less(t, share, c.share)
			for key, n := range in.times {
				require.Equal(t, 1, n, key)
			}
			stop()
		})
	}
}

// TestFeedGivesLastHowAnOrderStands: a page that was read before a nudge and given after it does
// not bring the order back to how it was.
func TestFeedGivesLastHowAnOrderStands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in := newSlow(newLedger("a")), newArrivals()
		start := time.Now()
		for i := range 100 {
			shop.put(fmt.Sprint(100+i), start.Add(time.Duration(i-200)*time.Hour), "r1")
		}
		feed := feedOver(t, order.NewMemoryFeedStore(), nil, order.FeedSource{Source: shop, From: start.Add(-20 * day)})
		stop := running(t, feed, func(ctx context.Context, o order.Order) error {
			time.Sleep(time.Second) // the first page of the backfill is given for 100 s
			return in.handle(ctx, o)
		})
		time.Sleep(10 * time.Second)
		shop.set("199", "r2", order.Cancelled)
		require.NoError(t, feed.Nudge("example", "a", "199"))
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		require.False(t, in.when("a/199@r2").IsZero())
		require.Equal(t, "r2", in.last["a/199"], "the page of the backfill held r1")
		require.Equal(t, 100, len(in.last))
		require.Zero(t, in.times["a/199@r1"], "which was read before and comes after")
		require.Equal(t, 1, in.times["a/199@r2"])
		stop()
	})
}

// TestFeedNudge: the orders are read now, whatever else is read, and given if they are news.
func TestFeedNudge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in := newSlow(newLedger("a")), newArrivals()
		start := time.Now()
		fill(shop.ledger, 4000)
		var mu sync.Mutex
		var unread []string
		feed := feedOver(t, order.NewMemoryFeedStore(), func(e order.FeedEvent) {
			mu.Lock()
			defer mu.Unlock()
			if e.Kind == order.FeedUnread {
				unread = append(unread, e.Order)
			}
		}, order.FeedSource{Source: shop, From: start.Add(-61 * day), Window: 63 * day, Every: 10 * time.Minute})
		require.ErrorContains(t, feed.Nudge("example", "b", "1"), "does not follow shop b")
		require.ErrorContains(t, feed.Nudge("example", "a", "1", ""), "empty")
		require.ErrorContains(t, feed.Nudge("example", "a", make9(10_001)...), "wait already")
		require.NoError(t, feed.Nudge("example", "a", "3999"), "before it runs")
		stop := running(t, feed, in.handle)
		time.Sleep(5 * time.Second)
		require.False(t, in.when("a/3999@r1").IsZero(), "the first of all")
		for i, wait := range []time.Duration{time.Minute, time.Hour, 10 * time.Hour} { // in the backfill and after it
			time.Sleep(wait)
			id := fmt.Sprint(100 + i)
			shop.set(id, "r2", order.Shipped)
			shop.put("new"+id, time.Now(), "r1")
			require.NoError(t, feed.Nudge("example", "a", id, "new"+id, id, "1", "unheard-of"))
			nudged := time.Now()
			time.Sleep(5 * time.Second)
			in.soon(t, "a/"+id+"@r2", nudged, 4*time.Second)
			in.soon(t, "a/new"+id+"@r1", nudged, 4*time.Second)
			require.Positive(t, in.when("a/new"+id+"@r1").Sub(nudged))
		}
		mu.Lock()
		require.Equal(t, []string{"unheard-of", "unheard-of", "unheard-of"}, unread,
			"told once each, and not tried again")
		mu.Unlock()
		require.Equal(t, 1, in.times["a/1@r1"], "no news")
		stop()
	})
}

func make9(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprint("x", i)
	}
	return ids
}

// TestFeedKeepsNudgesOfAShopInTrouble: what was nudged while the mall was closed is read when it is
// open.
func TestFeedKeepsNudgesOfAShopInTrouble(t *testing.T) {
	for name, trouble := range map[string]error{
		"closed": &order.Error{Class: order.ErrMaintenance}, "dead key": &order.Error{Class: order.ErrUnauthorized},
		"network": &order.Error{Class: order.ErrTemporary},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				shop, in := newLedger("a"), &inbox{}
				feed := feedOver(t, order.NewMemoryFeedStore(), nil,
					order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour)})
				stop := running(t, feed, in.handle)
				time.Sleep(time.Minute + time.Second)
				shop.fail(trouble)
				shop.put("old", time.Now().Add(-day), "r1") // no look finds it: it was placed before From
				require.NoError(t, feed.Nudge("example", "a", "old"))
				time.Sleep(10 * time.Minute)
				require.Less(t, shop.called(), 20, "a shop in trouble is not hammered")
				require.Equal(t, 1, feed.Status()[0].Nudged)
				shop.fail(nil)
				time.Sleep(time.Hour)
				synctest.Wait()
				require.Equal(t, []string{"a/old@r1"}, in.take())
				require.Zero(t, feed.Status()[0].Nudged)
				stop()
			})
		})
	}
}

func TestFeedNudgeReadsOneByOneWhatSpoilsABatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in := newLedger("a"), &inbox{}
		feed := feedOver(t, order.NewMemoryFeedStore(), nil,
			order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour)})
		for _, id := range []string{"1", "2", "3"} {
			shop.put(id, time.Now().Add(-day), "r1")
		}
		shop.spoiler = "2"
		require.NoError(t, feed.Nudge("example", "a", "1", "2", "3"))
		time.Sleep(time.Second)
		require.NoError(t, feed.Once(t.Context(), in.handle))
		require.Equal(t, []string{"a/1@r1", "a/3@r1"}, in.take())
		shop.spoiler = ""
		require.NoError(t, feed.Once(t.Context(), in.handle))
		require.Equal(t, []string{"a/2@r1"}, in.take(), "it is in trouble, and tried again")
	})
}

// TestFeedStatus: what an operator sees of a shop that is well, of one whose mall is closed, and of
// one that cannot be loaded.
func TestFeedStatus(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		well, closed, lost := newLedger("well"), newLedger("closed"), newLedger("lost")
		start := time.Now()
		well.put("1", start.Add(-time.Minute), "r1")
		well.put("2", start.Add(-time.Minute), "r1")
		well.broken["2"] = &order.Error{Class: order.ErrUndecodable, Order: "2"}
		closed.fail(&order.Error{Class: order.ErrMaintenance, RetryAfter: 40 * time.Minute})
		store := order.NewMemoryFeedStore()
		require.NoError(t, store.Save(t.Context(), "example", "lost", 0, put("cursor", "{")))
		from := start.Add(-time.Hour)
		feed := feedOver(t, store, nil, order.FeedSource{Source: well, From: from},
			order.FeedSource{Source: closed, From: from},
			order.FeedSource{Source: lost, From: from})
		require.False(t, feed.Status()[0].Loaded)
		stop := running(t, feed, (&inbox{}).handle)
		time.Sleep(30*time.Minute + 30*time.Second)
		synctest.Wait()
		got := feed.Status()
		require.Len(t, got, 3)
		require.Equal(t, order.FeedStatus{Mall: "example", Shop: "well", Loaded: true, New: 30 * time.Second,
			Changed: 30 * time.Second, Any: 30 * time.Second,
			Until: got[0].Until, Orders: 1, Trouble: 1, EveryNew: time.Minute, EveryChanged: 5 * time.Minute,
			EveryAny: 5 * time.Minute}, got[0])
		require.WithinDuration(t, time.Now().Add(-30*time.Second), got[0].Until, 0)

		require.True(t, got[1].Loaded)
		require.Equal(t, order.FeedFailed, got[1].Problem)
		require.ErrorIs(t, got[1].Err, order.ErrMaintenance)
		require.Less(t, got[1].Next, 10*time.Minute)
		require.Positive(t, got[1].Next)
		require.True(t, got[1].Until.IsZero())

		require.Equal(t, "lost", got[2].Shop)
		require.False(t, got[2].Loaded)
		require.ErrorContains(t, got[2].Err, "damaged")
		stop()
	})
}

// TestFeedStatusWaitsForNothing: nor does Nudge, while the store does not answer.
func TestFeedStatusWaitsForNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop := newLedger("a")
		shop.put("1", time.Now(), "r1")
		stuck := make(chan struct{})
		store := &moody{FeedStore: order.NewMemoryFeedStore(), save: func(string) error { <-stuck; return nil }}
		feed := feedOver(t, store, nil, order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour)})
		stop := running(t, feed, (&inbox{}).handle)
		time.Sleep(time.Minute)
		require.Len(t, feed.Status(), 1)
		require.NoError(t, feed.Nudge("example", "a", "1"))
		require.Equal(t, 1, feed.Status()[0].Nudged)
		close(stuck)
		time.Sleep(time.Minute)
		stop()
	})
}

// TestFeedRemembersWhatWasReadAgain: also when the reading again ends early.
func TestFeedRemembersWhatWasReadAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, store, in := newLedger("a"), order.NewMemoryFeedStore(), &inbox{err: errors.New("database is down")}
		source := order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour)}
		for i := range 5 {
			shop.put(fmt.Sprint(1+i), time.Now(), "r1")
		}
		time.Sleep(time.Second)
		require.Empty(t, once(t, store, in, source))
		in.err = nil
		shop.breaksAfter, shop.breaksWith = 2, &order.Error{Class: order.ErrRateLimited}
		require.ErrorIs(t, feedOver(t, store, nil, source).Once(t.Context(), in.handle), order.ErrRateLimited)
		require.Len(t, in.take(), 2)
		require.Len(t, once(t, store, in, source), 3, "after a restart")
	})
}

// TestFeedByUpdatedSeesWhatShowsLate: a mall may show a change hours after it happened. Where a
// look has few orders, it reaches back that far, and gives nothing twice.
func TestFeedByUpdatedSeesWhatShowsLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in := newLedger("a"), &inbox{}
		feed := feedOver(t, order.NewMemoryFeedStore(), nil, order.FeedSource{
			Source: shop, From: time.Now().Add(-time.Hour), By: order.ByUpdated, Every: 390 * time.Second})
		var life sync.WaitGroup
		ctx, stop := context.WithCancel(t.Context())
		life.Go(func() { _ = feed.Run(ctx, in.handle) })
		for i := range 24 { // an order each half an hour
			shop.put(fmt.Sprint(100+i), time.Now(), "r1")
			time.Sleep(30 * time.Minute)
		}
		require.Len(t, in.take(), 24)
		shop.put("late", time.Now(), "r1")
		shop.mu.Lock()
		o := shop.orders["late"]
		o.Updated = time.Now().Add(-5 * time.Hour)
		shop.orders["late"] = o
		shop.mu.Unlock()
		time.Sleep(10 * time.Minute)
		require.Equal(t, []string{"a/late@r1"}, in.take())
		stop()
		life.Wait()
	})
}
