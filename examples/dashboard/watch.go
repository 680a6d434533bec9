package main

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// hub tells the open pages that something has changed.
type hub struct {
	mu   sync.Mutex
	ears map[chan string]struct{}
}

func newHub() *hub { return &hub{ears: map[chan string]struct{}{}} }

// tell says "new" or "changed", and nothing about the order. Who is busy misses it and is told with
// the next.
func (h *hub) tell(kind string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for ear := range h.ears {
		select {
		case ear <- kind:
		default:
		}
	}
}

func (h *hub) listen() (ear chan string, leave func()) {
	ear = make(chan string, 4)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ears[ear] = struct{}{}
	return ear, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.ears, ear)
	}
}

// trouble is something that went wrong at a shop.
type trouble struct {
	At time.Time
	order.FeedEvent
}

// Said is what the mall answered, or nil where it never came to that.
func (t trouble) Said() *order.Error {
	e, _ := asError(t.Err)
	return e
}

// troubles keeps what the feed told last, and since when a shop has been failing.
type troubles struct {
	mu    sync.Mutex
	last  []trouble // the youngest first, at most 20
	since map[order.Ref]time.Time
}

func (a *app) notify(_ context.Context, e order.FeedEvent) {
	t, name := a.troubles, order.Ref{Mall: e.Mall, Shop: e.Shop}
	t.mu.Lock()
	defer t.mu.Unlock()
	switch e.Kind {
	case order.FeedCaughtUp:
		return
	case order.FeedResumed:
		delete(t.since, name)
	case order.FeedParked, order.FeedFailed:
		if _, failing := t.since[name]; !failing {
			t.since[name] = time.Now()
		}
	}
	t.last = slices.Insert(t.last, 0, trouble{time.Now(), e})
	t.last = t.last[:min(len(t.last), 20)]
	a.news.tell("changed")
}

func (t *troubles) of(mall order.Mall, shop string) (since time.Time, last []trouble) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, e := range t.last {
		if e.Mall == mall && e.Shop == shop && e.Err != nil {
			last = append(last, e)
		}
	}
	return t.since[order.Ref{Mall: mall, Shop: shop}], last
}

// callMeter counts the calls of one shop, minute by minute, over the last hour.
type callMeter struct {
	mu      sync.Mutex
	minutes [60]struct {
		at     int64
		calls  int
		waited time.Duration
	}
}

// Observe implements order.Observer.
func (m *callMeter) Observe(_ context.Context, e order.Event) {
	if e.Kind != order.EventAttempt && (e.Kind != order.EventWait || e.Reason != "quota") {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now().Unix() / 60
	minute := &m.minutes[now%60]
	if minute.at != now {
		minute.at, minute.calls, minute.waited = now, 0, 0
	}
	if e.Kind == order.EventAttempt {
		minute.calls++
	} else {
		minute.waited += e.Duration
	}
}

// lastHour is how many calls went out, and how long they waited for the quota.
func (m *callMeter) lastHour() (calls int, waited time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now().Unix() / 60
	for _, minute := range m.minutes {
		if now-minute.at < 60 {
			calls, waited = calls+minute.calls, waited+minute.waited
		}
	}
	return calls, waited
}

// keyWatch asks the malls each hour how their keys stand.
type keyWatch struct {
	monitor *credential.Monitor
	again   chan struct{}
	mu      sync.Mutex
	report  credential.Report
}

func newKeyWatch(shops []*shop) (*keyWatch, error) {
	var probers credential.Probers
	for _, s := range shops {
		probers = append(probers, s.prober)
	}
	monitor, err := credential.NewMonitor(credential.MonitorConfig{
		Records: credential.SourceFunc[[]credential.Record](
			func(ctx context.Context) (all []credential.Record, err error) {
				for _, s := range shops {
					known, err := s.known(ctx)
					if err != nil {
						return nil, err
					}
					all = append(all, known...)
				}
				return all, nil
			}),
		// the page shows it
		Notifier: credential.NotifierFunc(
			func(context.Context, credential.Notice) error { return nil }),
		Store: new(credential.Memory), Prober: probers,
	})
	return &keyWatch{monitor: monitor, again: make(chan struct{}, 1)}, err
}

func (k *keyWatch) run(ctx context.Context) {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		// what failed stands in the assessments
		if report, _ := k.monitor.Run(ctx); len(report.Assessments) > 0 {
			k.mu.Lock()
			k.report = report
			k.mu.Unlock()
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-k.again:
		}
	}
}

// key is how one key stands now.
type key struct {
	credential.Assessment
	Shop *shop
	Max  int // days of a whole life, for the bar
}

// standing returns all keys, what ends first in front.
func (k *keyWatch) standing(shops []*shop, now time.Time) (all []key) {
	k.mu.Lock()
	report := k.report
	k.mu.Unlock()
	for _, a := range report.Assessments {
		a.Expiry = credential.Assess(a.Rule, a.Record, now)
		one := key{Assessment: a, Max: 90}
		if start := a.Record.Start; !start.IsZero() && a.Expiry.End.After(start) {
			one.Max = max(int(a.Expiry.End.Sub(start).Hours()/24), 1)
		}
		for _, s := range shops {
			if s.Mall() == a.Record.Mall && s.Shop() == a.Record.Shop {
				one.Shop = s
			}
		}
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(x, y key) int {
		return cmp.Or(cmp.Compare(urgency(x), urgency(y)), x.Expiry.End.Compare(y.Expiry.End))
	})
	return all
}

// urgency puts keys without an end last, those of which nobody knows it before them.
func urgency(k key) int {
	switch {
	case k.Expiry.Never:
		return 2
	case k.Expiry.End.IsZero():
		return 1
	}
	return 0
}
