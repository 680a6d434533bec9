package faulttest_test

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

var (
	freshSize  = flag.Int("fresh", 100, "orders inside the window in TestFresh")
	freshHours = flag.Int("fresh-hours", 0, "hours measured; 0 is 1 in TestFresh, 6 in BenchmarkFresh")
	freshMall  = flag.String("fresh-mall", "", "the one mall of both; empty is all")
	freshSizes = flag.String("fresh-sizes", "100,1000", "sizes of BenchmarkFresh, with commas")
)

// BenchmarkFresh prints one table of how soon new orders, changes of status and other changes reach
// the handler, at what share of the quota, in some simulated hours of shops of several sizes.
//
//	go test ./internal/faulttest -run '^$' -bench Fresh
//	go test ./internal/faulttest -run '^$' -bench Fresh -timeout 0 -fresh-sizes 1000,10000,100000
//
// The first takes a minute or two, the second an hour.
//
// Simulated time needs a test, so it runs this binary's TestFresh.
func BenchmarkFresh(b *testing.B) {
	self, err := os.Executable()
	require.NoError(b, err)
	for b.Loop() {
		fmt.Println()
		head := ""
		for _, size := range strings.Split(*freshSizes, ",") {
			out, err := exec.CommandContext(b.Context(), self,
				"-test.run", "^TestFresh$", "-test.v", "-test.timeout", "0", "-fresh", size,
				"-fresh-hours", fmt.Sprint(cmp.Or(*freshHours, 6)), "-fresh-mall", *freshMall).CombinedOutput()
			require.NoError(b, err, "%s", out)
			for line := range strings.Lines(string(out)) {
				_, row, found := strings.Cut(line, "| ")
				if found && row != head {
					fmt.Print("| ", row)
				}
				head = cmp.Or(head, row)
			}
		}
	}
}

// dayOf are calls a day that a mall allows for what the feed does: the quota.
var dayOf = map[order.Mall]float64{order.Rakuten: 86_400, order.Yahoo: 50_000, order.AuPay: 86_400, order.Amazon: 484}

// freshMalls are the malls of openers.
var freshMalls = []order.Mall{order.Rakuten, order.Yahoo, order.Amazon, order.AuPay}

// goal is the worst 99th percentile of new orders, of changes of status, and of other changes.
type goal [3]time.Duration

// TestFresh follows one shop of each mall by polling alone, 2 % new orders a day, three changes in
// each order's first ten days (one of status), one in a thousand later.
func TestFresh(t *testing.T) {
	t.Logf("| %-8s | %7s | %-24s | %-24s | %-24s | %s", "mall", "orders", "new (median p99 worst)", "status", "other",
		"quota, calls a day")
	for i, open := range openers {
		if *freshMall != "" && string(freshMalls[i]) != *freshMall {
			continue
		}
		synctest.Test(t, func(t *testing.T) {
			m := open(1, 20, true)
			defer m.close()
			if m.documented != nil {
				m.documented()
			}
			f := &fresh{T: t, mall: m, pending: map[string]want{}, dice: rand.New(rand.NewPCG(1, uint64(*freshSize)))}
			f.run(*freshSize, time.Duration(cmp.Or(*freshHours, 1))*time.Hour)
			limits := goal{90 * time.Second, 10 * time.Minute, 6 * time.Hour}
			if m.name == order.Amazon {
				limits[0] = 9 * time.Minute
			}
			var cells []string
			for kind, lags := range f.lags {
				slices.Sort(lags)
				require.NotEmpty(t, lags, "nothing was measured")
				p99 := lags[min(len(lags)-1, len(lags)*99/100)]
				cells = append(cells, fmt.Sprintf("%7s %7s %8s", short(lags[len(lags)/2]), short(p99),
					short(lags[len(lags)-1])))
				require.LessOrEqual(t, p99, limits[kind], "%s, kind %d", m.name, kind)
			}
			share := f.perDay / dayOf[m.name]
			t.Logf("| %-8s | %7d | %s | %s | %s | %3.0f %%, %.0f", m.name, *freshSize, cells[0], cells[1], cells[2],
				100*share, f.perDay)
			require.Less(t, share, 0.5, m.name)
			require.InDelta(t, share, f.told, 0.1, "the share that Feed.Status tells")
			require.Positive(t, f.told)
			require.Empty(t, f.pending, "%s: not seen", m.name)
		})
	}
}

func short(d time.Duration) string { return d.Round(time.Second).String() }

// want is a state of an order that the handler has not seen yet.
type want struct {
	truth string
	since time.Time
	kind  int // 0 new, 1 status, 2 other
}

type fresh struct {
	*testing.T
	mall *mall
	dice *rand.Rand

	mu      sync.Mutex
	calls   int
	pending map[string]want // by order
	handled int
	lags    [3][]time.Duration
	perDay  float64
	told    float64 // share of the quota by Feed.Status
}

func (f *fresh) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.Contains(r.URL.Path, "token") { // access tokens have a quota of their own
		f.mu.Lock()
		f.calls++
		f.mu.Unlock()
	}
	return f.mall.wire.RoundTrip(r)
}

func (f *fresh) handle(_ context.Context, o order.Order) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.handled++
	if w, there := f.pending[o.ID]; there && f.mall.marked(o) == w.truth {
		f.lags[w.kind] = append(f.lags[w.kind], time.Since(w.since))
		delete(f.pending, o.ID)
	}
	return nil
}

// expect notes that an order has changed just now. Only one change of an order is waited for at a
// time.
func (f *fresh) expect(id string, kind int) {
	truth := f.mall.truth(id)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pending[id] = want{truth, time.Now(), kind}
}

func (f *fresh) waits(id string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, there := f.pending[id]
	return there
}

func (f *fresh) waiting() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.pending) > 0
}

func (f *fresh) run(n int, length time.Duration) {
	const day = 24 * time.Hour
	start := time.Now()
	days := 50 // over which the orders lie: 2 % a day
	window := time.Duration(days) * day
	if f.mall.name == order.Yahoo || f.mall.name == order.AuPay {
		window = 30 * day
	}
	for i := range n - 20 {
		f.mall.add(start.Add(-time.Duration(float64(window) * float64(n-i) / float64(n+1))))
	}
	feed, err := order.NewFeed(order.FeedConfig{Store: order.NewMemoryFeedStore(),
		Sources: []order.FeedSource{{Source: f.mall.source(f.T, f), From: start.Add(-window - day)}}})
	require.NoError(f, err)
	ctx, stop := context.WithCancel(f.Context())
	ended := make(chan error, 1)
	go func() { ended <- feed.Run(ctx, f.handle) }()
	for f.count() < n { // the backfill
		time.Sleep(time.Minute)
	}
	time.Sleep(30 * time.Minute) // until the pace is found
	f.mu.Lock()
	f.calls = 0
	f.mu.Unlock()

	perDay := max(float64(n)*0.02, 150)
	ids := f.mall.ids()
	begin := time.Now()
	for time.Since(begin) < length {
		time.Sleep(time.Duration(f.dice.ExpFloat64() * float64(day) / (perDay * 4)))
		var id string
		kind := f.dice.IntN(4)
		switch kind {
		case 0:
			at := time.Now()
			if f.mall.name == order.Amazon {
				at = at.Add(7 * time.Minute) // which the test's orders lie back there
			}
			id = f.mall.add(at)
			ids = append(ids, id)
		default:
			young := ids[len(ids)-max(len(ids)/5, 1):]
			id = young[f.dice.IntN(len(young))]
			if f.dice.IntN(1000) == 0 {
				id = ids[f.dice.IntN(len(ids))]
			}
			if kind == 3 {
				kind = 2
			}
			if f.waits(id) || kind == 1 && strings.HasSuffix(f.mall.truth(id), "true") {
				continue
			}
			f.mall.change(id, fmt.Sprintf("変更 %d", time.Now().UnixNano()), kind == 1)
		}
		f.expect(id, kind)
	}
	f.mu.Lock()
	f.perDay = float64(f.calls) / time.Since(begin).Hours() * 24
	f.told = feed.Status()[0].ReadShare
	f.mu.Unlock()
	for end := time.Now().Add(8 * time.Hour); f.waiting() && time.Now().Before(end); {
		time.Sleep(time.Minute)
	}
	stop()
	require.ErrorIs(f, <-ended, context.Canceled)
}

func (f *fresh) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.handled
}
