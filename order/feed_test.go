package order_test

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// ledger is a shop whose orders the test changes; it can fail like a mall does.
type ledger struct {
	mu       sync.Mutex
	name     string
	orders   map[string]order.Order
	err      error            // a whole call fails
	broken   map[string]error // one order fails
	byNumber error            // a query by numbers fails as a whole

	numbers     []error // what the next queries by numbers fail with
	spoiler     string  // an order with which a query by numbers fails as a whole
	breaksAfter int     // orders after which the next query by numbers breaks off
	breaksWith  error   // and with what
	calls       int
	spans       []order.Query
}

func newLedger(name string) *ledger {
	return &ledger{name: name, orders: map[string]order.Order{}, broken: map[string]error{}}
}

func (l *ledger) Mall() order.Mall { return "example" }
func (l *ledger) Shop() string     { return l.name }

func (l *ledger) put(id string, placed time.Time, revision string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.orders[id] = order.Order{Mall: "example", Shop: l.name, ID: id, Revision: revision, Placed: placed,
		Updated: time.Now()}
}

func (l *ledger) fail(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.err = err
}

func (l *ledger) called() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.calls
}

func (l *ledger) Order(context.Context, string) (order.Order, error) { return order.Order{}, nil }

func (l *ledger) Orders(_ context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return func(yield func(order.Order, error) bool) {
		l.mu.Lock()
		if err := q.Validate(); err != nil {
			l.mu.Unlock()
			yield(order.Order{}, &order.Error{Class: order.ErrInvalid, Err: err})
			return
		}
		l.calls++
		l.spans = append(l.spans, q)
		all, failure, broken := maps.Clone(l.orders), l.err, maps.Clone(l.broken)
		l.mu.Unlock()
		breaks := 0
		if len(q.IDs) > 0 {
			breaks, l.breaksAfter = l.breaksAfter, 0
			switch {
			case l.byNumber != nil:
				failure = l.byNumber
			case len(l.numbers) > 0:
				failure, l.numbers = l.numbers[0], l.numbers[1:]
			case slices.Contains(q.IDs, l.spoiler):
				failure = &order.Error{Class: order.ErrInvalid, Message: "one of the numbers"}
			}
		}
		if failure != nil {
			yield(order.Order{}, failure)
			return
		}
		for _, id := range slices.Sorted(maps.Keys(all)) {
			o := all[id]
			at := o.Placed
			if q.By == order.ByUpdated {
				at = o.Updated
			}
			if len(q.IDs) == 0 && (at.Before(q.From) || !at.Before(q.To)) || len(q.IDs) > 0 &&
				!slices.Contains(q.IDs, id) {
				continue
			}
			if q.Known != nil && q.Known(o.Ref()) {
				continue
			}
			if err := broken[id]; err != nil {
				if !yield(order.Order{ID: id}, err) {
					return
				}
				continue
			}
			if !yield(o, nil) {
				return
			}
			if breaks--; breaks == 0 {
				yield(order.Order{}, cmp.Or[error](l.breaksWith,
					&order.Error{Class: order.ErrTemporary, Message: "connection reset"}))
				return
			}
		}
	}
}

type inbox struct {
	mu  sync.Mutex
	got []string
	err error
}

func (b *inbox) handle(_ context.Context, o order.Order) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.err != nil {
		return b.err
	}
	b.got = append(b.got, o.Shop+"/"+o.ID+"@"+o.Revision)
	return nil
}

func (b *inbox) take() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	got := slices.Sorted(slices.Values(b.got))
	b.got = nil
	return got
}

func feedOver(
	t *testing.T, store order.FeedStore, notify func(order.FeedEvent), sources ...order.FeedSource,
) *order.Feed {
	t.Helper()
	f, err := order.NewFeed(order.FeedConfig{Sources: sources, Store: store,
		Notify: func(_ context.Context, e order.FeedEvent) {
			if notify != nil {
				notify(e)
			}
		}})
	require.NoError(t, err)
	return f
}

func TestFeedGivesNewAndChangedOrdersOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in, store := newLedger("a"), &inbox{}, order.NewMemoryFeedStore()
		start := time.Now()
		shop.put("1", start.AddDate(0, 0, -20), "r1")
		shop.put("2", start.AddDate(0, 0, -1), "r1")
		source := order.FeedSource{Source: shop, From: start.AddDate(0, 0, -30)}

		feed := feedOver(t, store, nil, source)
		require.NoError(t, feed.Once(t.Context(), in.handle))
		require.Equal(t, []string{"a/1@r1", "a/2@r1"}, in.take())
		require.Len(t, shop.spans, 2, "30 days in slices of 7 and 23")
		for i, q := range shop.spans[1:] {
			require.Equal(t, shop.spans[i].To, q.From, "no gap, no overlap between slices")
		}

		require.NoError(t, feed.Once(t.Context(), in.handle))
		require.Empty(t, in.take(), "nothing has changed")

		shop.put("1", start.AddDate(0, 0, -20), "r2-cancelled")
		shop.put("3", time.Now(), "r1")
		time.Sleep(time.Minute)
		restarted := feedOver(t, store, nil, source)
		require.NoError(t, restarted.Once(t.Context(), in.handle))
		require.Equal(t, []string{"a/1@r2-cancelled", "a/3@r1"}, in.take())

		time.Sleep(40 * 24 * time.Hour)
		require.NoError(t, restarted.Once(t.Context(), in.handle))
		rows, _, err := table(store, "example", "a")
		require.NoError(t, err)
		require.NotContains(t, rows, "o:1", "what has left the window is forgotten")
	})
}

func TestFeedByUpdatedReadsFromWhereItEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in := newLedger("a"), &inbox{}
		feed := feedOver(t, order.NewMemoryFeedStore(), nil,
			order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour), By: order.ByUpdated})
		shop.put("1", time.Now().AddDate(-1, 0, 0), "r1") // an old order that changes today
		time.Sleep(time.Second)
		require.NoError(t, feed.Once(t.Context(), in.handle))
		require.Equal(t, []string{"a/1@r1"}, in.take())
		before := time.Now()
		time.Sleep(time.Hour)
		require.NoError(t, feed.Once(t.Context(), in.handle))
		require.Empty(t, in.take())
		require.Equal(t, before.Add(-8*time.Minute), shop.spans[len(shop.spans)-1].From,
			"with the overlap for late arrivals")
	})
}

func TestFeedGivesAgainWhatWasNotAcknowledged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in, store := newLedger("a"), &inbox{err: errors.New("database is down")}, order.NewMemoryFeedStore()
		source := order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour), By: order.ByUpdated}
		shop.put("1", time.Now(), "r1")
		shop.put("2", time.Now(), "r1")
		shop.broken["2"] = &order.Error{Class: order.ErrUndecodable, Order: "2"}
		time.Sleep(time.Second)
		var events []order.FeedEventKind
		var began time.Time
		hear := func(e order.FeedEvent) { events, began = append(events, e.Kind), e.Began }
		feed := feedOver(t, store, hear, source)
		started := time.Now()
		require.NoError(t, feed.Once(t.Context(), in.handle))
		require.Equal(t, []order.FeedEventKind{order.FeedRejected, order.FeedUnread, order.FeedCaughtUp}, events)
		require.True(t, started.Equal(began), "a shop is caught up with how it stood when the pass began")

		time.Sleep(24 * time.Hour) // far beyond the overlap, and after a restart
		in.err = nil
		delete(shop.broken, "2")
		require.NoError(t, feedOver(t, store, nil, source).Once(t.Context(), in.handle))
		require.Equal(t, []string{"a/1@r1", "a/2@r1"}, in.take())
	})
}

func TestFeedParksAShopWhoseCredentialDied(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dead, alive, in := newLedger("dead"), newLedger("alive"), &inbox{}
		var mu sync.Mutex
		events := map[order.FeedEventKind]int{}
		notify := func(e order.FeedEvent) {
			mu.Lock()
			defer mu.Unlock()
			if e.Shop == "dead" {
				events[e.Kind]++
			}
		}
		from := time.Now().Add(-time.Hour)
		feed := feedOver(t, order.NewMemoryFeedStore(), notify,
			order.FeedSource{Source: dead, From: from, Every: time.Minute},
			order.FeedSource{Source: alive, From: from, Every: time.Minute})
		dead.fail(&order.Error{Class: order.ErrCredentialExpired})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- feed.Run(ctx, in.handle) }()

		time.Sleep(3*time.Hour + time.Second)
		synctest.Wait()
		require.Equal(t, 13, dead.called(), "one try per quarter of an hour, not one per minute")
		require.Greater(t, alive.called(), 150, "nobody else is held up")
		dead.put("1", time.Now(), "r1")
		dead.fail(nil)
		time.Sleep(time.Hour)
		synctest.Wait()
		require.Equal(t, []string{"dead/1@r1"}, in.take(), "goes on by itself after renewal")
		mu.Lock()
		require.Equal(t, 13, events[order.FeedParked])
		require.Equal(t, 1, events[order.FeedResumed])
		mu.Unlock()
		stop()
		require.ErrorIs(t, <-ended, context.Canceled)
	})
}

type brokenStore struct{ order.FeedStore }

func (brokenStore) Save(context.Context, order.Mall, string, int64, []order.FeedChange) error {
	return errors.New("disk full")
}

func TestFeedEndsWhenTheStoreFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop := newLedger("a")
		shop.put("1", time.Now().Add(-time.Minute), "r1")
		feed := feedOver(t, brokenStore{order.NewMemoryFeedStore()}, nil,
			order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour)})
		require.ErrorContains(t, feed.Run(t.Context(), (&inbox{}).handle), "disk full")
	})
}

func TestFeedRefusesABadConfiguration(t *testing.T) {
	good := order.FeedSource{Source: newLedger("a"), From: time.Unix(1, 0)}
	store := order.NewMemoryFeedStore()
	for want, cfg := range map[string]order.FeedConfig{
		"Store is nil":               {Sources: []order.FeedSource{good}},
		"Sources is empty":           {Store: store},
		"Sources[0].Source is nil":   {Store: store, Sources: []order.FeedSource{{}}},
		"Sources[0].From is zero":    {Store: store, Sources: []order.FeedSource{{Source: newLedger("a")}}},
		"shop a of example is there": {Store: store, Sources: []order.FeedSource{good, good}},
		"Sources[0].Every is negat":  {Store: store, Sources: []order.FeedSource{{Source: newLedger("a"), From: time.Unix(1, 0), Every: -1}}},
	} {
		_, err := order.NewFeed(cfg)
		require.ErrorContains(t, err, want)
	}
}
