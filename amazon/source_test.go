package amazon_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func TestSeededShopIsVaried(t *testing.T) {
	m := newMall(t, amazontest.Options{})
	c := newClient(t, config(m))
	got, errs := all(t, c, order.Query{From: time.Now().AddDate(0, 0, -15)})
	require.Empty(t, errs)
	require.Len(t, got, 40)
	statuses, slots, unresolved := map[order.Status]int{}, map[timeslot.Slot]int{}, 0
	for _, o := range got {
		statuses[o.Status]++
		for _, p := range o.Parcels {
			slots[p.Delivery.Slot]++
		}
		if o.Unresolved() {
			unresolved++
		}
		require.NotEqual(t, order.AddsUp, o.Reconcile().Verdict)
	}
	for _, s := range []order.Status{order.Unknown, order.Reserved, order.AwaitingPayment, order.OnHold,
		order.ReadyToShip, order.PartiallyShipped,
		order.Shipped, order.CancelRequested, order.Cancelled} {
		require.NotZero(t, statuses[s], "no order is %s", s)
	}
	require.Positive(t, unresolved)
	require.Greater(t, len(slots), 5)
}

// crowd is a mall with n orders of which nothing but their being there matters.
func crowd(o amazontest.Options, n int) *amazontest.Mall {
	o.Orders = -1
	m := amazontest.New(o)
	for i := range n {
		m.AddOrder(amazontest.Order{Placed: time.Now().Add(-time.Hour - time.Duration(i)*time.Minute),
			Status: "SHIPPED"})
	}
	return m
}

func TestQueryByUpdatedFindsChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMall(t, amazontest.Options{})
		c := newClient(t, config(m))
		id := m.Numbers()[3]
		start := time.Now()
		time.Sleep(time.Hour)
		require.True(t, m.ChangeOrder(id, func(o *amazontest.Order) { o.Status = "CANCELLED" }))
		time.Sleep(3 * time.Minute) // Amazon's data lag by two
		got, errs := all(t, c, order.Query{From: start, By: order.ByUpdated})
		require.Empty(t, errs)
		require.Len(t, got, 1)
		require.Equal(t, id, got[0].ID)
		require.Equal(t, order.Cancelled, got[0].Status)
		m.Close()
	})
}

func TestWindowEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMall(t, amazontest.Options{Orders: -1})
		defer m.Close()
		c := newClient(t, config(m))
		now := time.Now()
		ids := make(map[string]time.Duration)
		for _, ago := range []time.Duration{72 * time.Hour, 48 * time.Hour, 24 * time.Hour, time.Hour} {
			ids[m.AddOrder(amazontest.Order{Placed: now.Add(-ago), Status: "UNSHIPPED"})] = ago
		}
		read := func(q order.Query) (found []time.Duration) {
			got, errs := all(t, c, q)
			require.Empty(t, errs)
			for _, o := range got {
				found = append(found, ids[o.ID])
			}
			return found
		}
		require.ElementsMatch(t, []time.Duration{48 * time.Hour},
			read(order.Query{From: now.Add(-48 * time.Hour), To: now.Add(-24 * time.Hour)}),
			"From is inclusive, To is not, although Amazon's both are")
		require.NotEmpty(t, m.Calls("searchOrders")[0].Query.Get("createdBefore"))
		require.ElementsMatch(t, []time.Duration{time.Hour}, read(order.Query{From: now.Add(-2 * time.Hour), To: now}))
		require.Empty(t, m.Calls("searchOrders")[1].Query.Get("createdBefore"),
			"an end within two minutes would be refused, so it is left out")
		require.Len(t, read(order.Query{From: now.AddDate(0, 0, -100)}), 4)
		require.Equal(t, 6, m.Count("searchOrders"), "windows of 30 days")
	})
}

func TestStatusesAreAskedForWhereThatIsPossible(t *testing.T) {
	m := newMall(t, amazontest.Options{})
	c := newClient(t, config(m))
	from := time.Now().AddDate(0, 0, -15)
	tests := []struct {
		want []order.Status
		sent string
	}{
		{[]order.Status{order.ReadyToShip}, "UNSHIPPED"},
		{[]order.Status{order.Shipped, order.Cancelled}, "SHIPPED,CANCELLED"},
		{[]order.Status{order.CancelRequested}, "PENDING_AVAILABILITY,PENDING,UNSHIPPED,PARTIALLY_SHIPPED,UNFULFILLABLE"},
		{[]order.Status{order.Unknown}, ""},
		{nil, ""},
	}
	for i, test := range tests {
		got, errs := all(t, c, order.Query{From: from, Statuses: test.want})
		require.Empty(t, errs)
		require.NotEmpty(t, got)
		require.Equal(t, test.sent, m.Calls("searchOrders")[i].Query.Get("fulfillmentStatuses"))
		for _, o := range got {
			require.True(t, order.Query{Statuses: test.want}.Wants(o.Status))
		}
	}
}

func TestKnownOrdersAreLeftOut(t *testing.T) {
	m := newMall(t, amazontest.Options{})
	c := newClient(t, config(m))
	q := order.Query{From: time.Now().AddDate(0, 0, -15)}
	before, _ := all(t, c, q)
	known := make(map[order.Ref]bool)
	for _, o := range before[1:] {
		known[o.Ref()] = true
	}
	q.Known = func(r order.Ref) bool { return known[r] }
	got, errs := all(t, c, q)
	require.Empty(t, errs)
	require.Len(t, got, 1)
	require.Equal(t, before[0].ID, got[0].ID)
}

func TestOrdersByNumber(t *testing.T) {
	m := newMall(t, amazontest.Options{})
	c := newClient(t, config(m))
	there := m.Numbers()[0]
	got, errs := all(t, c, order.Query{IDs: []string{"250-9999999-9999999", there, "not a number"}})
	require.Len(t, got, 1)
	require.Equal(t, there, got[0].ID)
	require.Len(t, errs, 2)
	require.ErrorIs(t, errs[0], order.ErrNotFound)
	require.Equal(t, "250-9999999-9999999", order.Concerns(errs[0]))
	require.ErrorIs(t, errs[1], order.ErrInvalid)

	_, err := c.Order(t.Context(), "250-9999999-9999999")
	require.ErrorIs(t, err, order.ErrNotFound)
	o, err := c.Order(t.Context(), there)
	require.NoError(t, err)
	require.Equal(t, got[0].Ref(), o.Ref())
}

func TestKeepBody(t *testing.T) {
	m := newMall(t, amazontest.Options{})
	cfg := config(m)
	cfg.KeepBody = true
	c := newClient(t, cfg)
	got, errs := all(t, c, order.Query{From: time.Now().AddDate(0, 0, -15)})
	require.Empty(t, errs)
	for _, o := range got {
		require.Contains(t, string(o.Body()), `"orderId":"`+o.ID+`"`)
		require.Less(t, len(o.Body()), 8000, "the order's own part, not the page")
		_, ok := amazon.Raw(o)
		require.True(t, ok)
	}
}

// A page token lives 24 hours. A consumer that is slower loses it, and must see neither a gap nor
// an order twice.
func TestPageTokenOutlived(t *testing.T) {
	for name, life := range map[string]time.Duration{"by our clock": 0, "by Amazon's refusal": time.Hour} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := crowd(amazontest.Options{PageTokenLife: life}, 350)
				defer m.Close()
				c := newClient(t, config(m))
				seen := make(map[string]int)
				for o, err := range c.Orders(t.Context(), order.Query{From: time.Now().AddDate(0, 0, -15)}) {
					require.NoError(t, err)
					if seen[o.ID]++; len(seen) == 150 {
						time.Sleep(25 * time.Hour)
					}
				}
				require.Len(t, seen, 350)
				for id, n := range seen {
					require.Equal(t, 1, n, "order %s", id)
				}
			})
		})
	}
}

// lastUpdatedTime may be in whole seconds: of two updates within one second the revision tells what
// was read between them.
func TestRevisionOfTwoUpdatesInOneSecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := crowd(amazontest.Options{}, 1)
		defer m.Close()
		c := newClient(t, config(m))
		id := m.Numbers()[0]
		read := func() string {
			o, err := c.Order(t.Context(), id)
			require.NoError(t, err)
			return o.Revision
		}
		update := func(reason string) {
			require.True(t, m.ChangeOrder(id, func(o *amazontest.Order) {
				o.Updated, o.CancelReason = time.Now().Truncate(time.Second), reason
			}))
		}
		time.Sleep(time.Hour)
		update("間違えて注文した")
		between := read()
		time.Sleep(500 * time.Millisecond)
		update("他で買った")
		time.Sleep(time.Minute)
		later := read()
		require.NotEqual(t, between, later)
		time.Sleep(time.Hour)
		require.Equal(t, later, read())
	})
}

// The token would end before the quota lets it be used: the wait is not begun.
func TestPageTokenEndsInTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := crowd(amazontest.Options{}, 250)
		defer m.Close()
		cfg := config(m)
		slow := &pacer{every: 30 * time.Hour}
		cfg.Limiter = func(operation string) order.Limiter {
			if operation == "searchOrders" {
				return slow
			}
			return order.Unlimited(operation)
		}
		c := newClient(t, cfg)
		seen := make(map[string]bool)
		var last error
		for o, err := range c.Orders(t.Context(), order.Query{From: time.Now().AddDate(0, 0, -15)}) {
			if err != nil {
				last = err
				break
			}
			require.False(t, seen[o.ID])
			seen[o.ID] = true
		}
		require.Len(t, seen, 100, "page 2 can never be reached at this pace")
		require.ErrorIs(t, last, order.ErrLocalLimit)
		require.Positive(t, m.Count("searchOrders"))
	})
}

// pacer is a limiter that grants one call per period.
type pacer struct {
	every time.Duration
	next  time.Time
}

func (p *pacer) Wait(ctx context.Context) error {
	now := time.Now()
	if p.next.IsZero() || !now.Before(p.next) {
		p.next = now.Add(p.every)
		return nil
	}
	if end, ok := ctx.Deadline(); ok && end.Before(p.next) {
		return errors.New("would exceed the context's deadline")
	}
	timer := time.NewTimer(p.next.Sub(now))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		p.next = p.next.Add(p.every)
		return nil
	}
}

// 2,500 orders are 25 pages: 20 from the full bucket, then one every 180 seconds.
func TestReadingKeepsThePaceOfTheQuota(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := crowd(amazontest.Options{Quotas: true}, 2500)
		defer m.Close()
		cfg := config(m)
		cfg.Limiter = nil
		c := newClient(t, cfg)
		start := time.Now()
		got, errs := all(t, c, order.Query{From: time.Now().AddDate(0, 0, -15)})
		require.Empty(t, errs)
		require.Len(t, got, 2500)
		require.Equal(t, 25, m.Count("searchOrders"))
		allowed := 5 / 0.0056 // seconds
		require.InDelta(t, allowed, time.Since(start).Seconds(), 0.02*allowed)
		for _, call := range m.Calls("searchOrders") {
			require.Equal(t, 200, call.Status, "no call is refused for quota")
		}
	})
}

// A seller with many orders gets a higher rate, which only the header tells.
func TestRateIsLearned(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := crowd(amazontest.Options{Quotas: true}, 2500)
		defer m.Close()
		m.SetRate("searchOrders", 0.1, 20)
		cfg := config(m)
		cfg.Limiter = nil
		c := newClient(t, cfg)
		start := time.Now()
		got, errs := all(t, c, order.Query{From: time.Now().AddDate(0, 0, -15)})
		require.Empty(t, errs)
		require.Len(t, got, 2500)
		require.InDelta(t, 50, time.Since(start).Seconds(), 1)
	})
}

func TestEmptyBucketElsewhereIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMall(t, amazontest.Options{})
		defer m.Close()
		require.NoError(t, m.Inject(amazontest.Fault{Kind: amazontest.RateLimited, Operation: "searchOrders"}))
		cfg := config(m)
		cfg.Limiter = nil
		c := newClient(t, cfg)
		start := time.Now()
		got, errs := all(t, c, order.Query{From: time.Now().AddDate(0, 0, -15)})
		require.Empty(t, errs)
		require.Len(t, got, 40)
		require.GreaterOrEqual(t, time.Since(start), 180*time.Second, "a refusal means that the bucket is empty")
	})
}

// One client serves many goroutines, which share one token and one refresh.
func TestClientIsSharedByGoroutines(t *testing.T) {
	m := newMall(t, amazontest.Options{})
	c := newClient(t, config(m))
	done := make(chan int)
	for range 8 {
		go func() {
			n := 0
			for _, err := range c.Orders(context.Background(), order.Query{From: time.Now().AddDate(0, 0, -15)}) {
				if err == nil {
					n++
				}
			}
			done <- n
		}()
	}
	for range 8 {
		require.Equal(t, 40, <-done)
	}
	require.Equal(t, 1, m.Count("token"))
}

func TestObserverSeesPagesAttemptsAndRefreshes(t *testing.T) {
	m := newMall(t, amazontest.Options{Orders: 150})
	cfg := config(m)
	var mu sync.Mutex
	seen, rows := map[order.EventKind]int{}, 0
	cfg.Observer = order.ObserverFunc(func(_ context.Context, e order.Event) {
		mu.Lock()
		defer mu.Unlock()
		seen[e.Kind]++
		rows += e.Items
		require.Equal(t, order.Amazon, e.Mall)
		require.Equal(t, m.Shop(), e.Shop)
	})
	_, errs := all(t, newClient(t, cfg), order.Query{From: time.Now().AddDate(0, 0, -15)})
	require.Empty(t, errs)
	mu.Lock()
	defer mu.Unlock()
	require.Equal(t, 2, seen[order.EventPage])
	require.Equal(t, 150, rows)
	require.GreaterOrEqual(t, seen[order.EventAttempt], 3)
	require.Equal(t, 1, seen[order.EventRefresh])
}

// A header that allows one call a day does not put a followed shop to sleep; one that is merely
// slow is kept to.
func TestAnAbsurdRateStopsNoFeed(t *testing.T) {
	for name, c := range map[string]struct {
		rate   float64
		within time.Duration
	}{
		"a call a day":             {0.0000116, time.Hour},
		"a call in two hours":      {0.00014, time.Hour},
		"a call in half an hour":   {0.00056, 12 * time.Hour},
		"as documented":            {0.0056, time.Hour},
		"less than can be counted": {1e-300, time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := newMall(t, amazontest.Options{Orders: -1})
				for _, operation := range []string{"searchOrders", "getOrder"} {
					m.SetRate(operation, c.rate, 20)
				}
				cfg := config(m)
				cfg.Limiter = nil
				feed, err := order.NewFeed(order.FeedConfig{Store: order.NewMemoryFeedStore(),
					Sources: []order.FeedSource{{Source: newClient(t, cfg), From: time.Now().AddDate(0, 0, -1)}}})
				require.NoError(t, err)
				var mu sync.Mutex
				given := map[string]bool{}
				ctx, stop := context.WithCancel(t.Context())
				var life sync.WaitGroup
				life.Go(func() {
					_ = feed.Run(ctx, func(_ context.Context, o order.Order) error {
						mu.Lock()
						defer mu.Unlock()
						given[o.ID] = true
						return nil
					})
				})
				for range 4 {
					time.Sleep(12 * time.Hour)
					id := m.AddOrder(amazontest.Order{Placed: time.Now(), Status: "UNSHIPPED"})
					time.Sleep(c.within)
					mu.Lock()
					require.True(t, given[id])
					mu.Unlock()
				}
				stop()
				life.Wait()
			})
		})
	}
}
