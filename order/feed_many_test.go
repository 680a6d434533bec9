package order_test

import (
	"context"
	"flag"
	"fmt"
	"iter"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// crowd counts what many shops do at once.
type crowd struct {
	mu       sync.Mutex
	now      int
	most     int
	perTick  map[int64]int // calls that begin in each tenth of a second
	dead     map[string]bool
	latency  time.Duration
	deadline time.Duration
}

// member is a shop of a crowd: a call takes its time, and that of a dead shop ends when the client
// gives up.
type member struct {
	*ledger
	crowd *crowd
}

func (m member) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return func(yield func(order.Order, error) bool) {
		c := m.crowd
		c.mu.Lock()
		c.now++
		c.most = max(c.most, c.now)
		c.perTick[time.Now().UnixMilli()/100]++
		dead := c.dead[m.name]
		c.mu.Unlock()
		wait := c.latency
		if dead {
			wait = c.deadline
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
		}
		c.mu.Lock()
		c.now--
		c.mu.Unlock()
		if dead {
			yield(order.Order{}, &order.Error{Class: order.ErrTemporary, Message: "timeout"})
			return
		}
		for o, err := range m.ledger.Orders(ctx, q) {
			if !yield(o, err) {
				return
			}
		}
	}
}

var feedShops = flag.Int("feed-shops", 1000, "shops of TestFeedOfManyShops; 5000 takes some minutes")

// TestFeedOfManyShops: a thousand shops in one process, or more by hand. Dead ones, one whose
// handler hangs and one that is huge hold nobody up; nothing comes all at once, neither at the
// start nor after a restart.
func TestFeedOfManyShops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := *feedShops
		c := &crowd{perTick: map[int64]int{}, dead: map[string]bool{}, latency: 300 * time.Millisecond,
			deadline: time.Minute}
		var shops []*ledger
		var sources []order.FeedSource
		for i := range n {
			shop := newLedger(fmt.Sprint(i))
			shops = append(shops, shop)
			c.dead[shop.name] = i%100 == 1
			sources = append(sources, order.FeedSource{Source: member{shop, c}, From: time.Now().Add(-time.Hour)})
		}
		huge := newSlow(newLedger("huge"))
		fill(huge.ledger, 1000)
		huge.rows, huge.batch = 10, 1
		sources = append(sources, order.FeedSource{Source: huge, From: time.Now().Add(-100 * day)})
		shops[0].put("hangs", time.Now().Add(-time.Minute), "r1")

		in, store := newArrivals(), order.NewMemoryFeedStore()
		handle := func(ctx context.Context, o order.Order) error {
			if o.ID == "hangs" {
				<-ctx.Done()
				return ctx.Err()
			}
			return in.handle(ctx, o)
		}
		for range 2 {
			c.mu.Lock()
			c.most, c.perTick = 0, map[int64]int{}
			c.mu.Unlock()
			stop := running(t, feedOver(t, store, nil, sources...), handle)
			time.Sleep(5 * time.Minute)
			worst := time.Duration(0)
			for i := 2; i < n; i += 7 {
				if c.dead[shops[i].name] {
					continue
				}
				placed := time.Now()
				id := fmt.Sprint("new", placed.Unix())
				shops[i].put(id, placed, "r1")
				time.Sleep(66 * time.Second)
				seen := in.when(shops[i].name + "/" + id + "@r1")
				require.False(t, seen.IsZero(), "shop %d", i)
				worst = max(worst, seen.Sub(placed))
				if i > 100 {
					break
				}
			}
			stop()
			busiest := 0
			for _, calls := range c.perTick {
				busiest = max(busiest, calls)
			}
			t.Logf("worst %s, at most %d at once, %d begun in a tenth of a second", worst, c.most, busiest)
			require.Less(t, worst, 62*time.Second)
			require.LessOrEqual(t, c.most, 2*64)
			require.Less(t, busiest, 40*max(n/1000, 1), "1,000 shops a minute are 2 in a tenth of a second")
		}
	})
}

// TestFeedConcurrencyIsPerMall: a mall that does not answer holds up no other.
func TestFeedConcurrencyIsPerMall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &crowd{perTick: map[int64]int{}, dead: map[string]bool{}, latency: time.Second, deadline: time.Hour}
		var sources []order.FeedSource
		from := time.Now().Add(-time.Hour)
		for i := range 10 {
			shop := newLedger(fmt.Sprint("dead", i))
			c.dead[shop.name] = true
			sources = append(sources, order.FeedSource{Source: member{shop, c}, From: from})
		}
		alive := newLedger("alive")
		sources = append(sources, order.FeedSource{Source: elsewhere{member{alive, c}}, From: from})
		in := newArrivals()
		feed, err := order.NewFeed(order.FeedConfig{Sources: sources, Store: order.NewMemoryFeedStore(),
			Concurrency: 2})
		require.NoError(t, err)
		stop := running(t, feed, in.handle)
		time.Sleep(2 * time.Minute)
		c.mu.Lock()
		require.LessOrEqual(t, c.most, 2+2)
		c.mu.Unlock()
		alive.put("1", time.Now(), "r1")
		time.Sleep(65 * time.Second)
		require.False(t, in.when("alive/1@r1").IsZero())
		stop()
		_, err = order.NewFeed(order.FeedConfig{Sources: sources, Store: order.NewMemoryFeedStore(), Concurrency: -1})
		require.ErrorContains(t, err, "Concurrency")
	})
}

// elsewhere is the shop at another mall.
type elsewhere struct{ member }

func (elsewhere) Mall() order.Mall { return "elsewhere" }

// BenchmarkFeedShops prints what an idle shop costs in memory and goroutines.
func BenchmarkFeedShops(b *testing.B) {
	for _, n := range []int{100, 1000, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				before, goroutines := heap(), runtime.NumGoroutine()
				var sources []order.FeedSource
				for i := range n {
					sources = append(sources, order.FeedSource{Source: newLedger(fmt.Sprint(i)),
						From: time.Now().Add(-time.Hour), Every: 3 * time.Second})
				}
				feed, err := order.NewFeed(order.FeedConfig{Sources: sources, Store: openFolder(b, b.TempDir())})
				require.NoError(b, err)
				ctx, stop := context.WithCancel(b.Context())
				done := make(chan error, 1)
				go func() { done <- feed.Run(ctx, newArrivals().handle) }()
				for loaded := 0; loaded < n; time.Sleep(50 * time.Millisecond) {
					loaded = 0
					for _, s := range feed.Status() {
						if s.Loaded {
							loaded++
						}
					}
				}
				var m runtime.MemStats
				after := heap()
				runtime.ReadMemStats(&m)
				b.ReportMetric((after-before)/float64(n), "heap-B/shop")
				b.ReportMetric(float64(m.StackInuse)/float64(n), "stack-B/shop")
				b.ReportMetric(float64(runtime.NumGoroutine()-goroutines)/float64(n), "goroutines/shop")
				stop()
				<-done
			}
		})
	}
}
