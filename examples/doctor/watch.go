package main

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/jpmall/jpmall/order"
)

// key names a shop.
type key struct {
	mall order.Mall
	shop string
}

// traffic is what was seen of one shop.
type traffic struct {
	replied bool
	skew    time.Duration // this machine's clock less the mall's
	dated   bool
	quotas  map[string]string // operation and header, and the value that tells a quota
	stated  map[string]string // headers of the last reply: a shop is called once at a time
	calls   map[string]Call   // by operation
	drift   []Drift
	told    map[string]map[order.DriftKind]bool // of assumptions, by their ids
}

// Call is how one operation of the mall answered last.
type Call struct {
	Operation string `json:"operation"`
	Status    int    `json:"http_status,omitempty"` // 0: no reply
	Class     string `json:"class,omitempty"`       // empty: it went well
}

// Drift is a place at which replies are not what is expected of the mall.
type Drift struct {
	Operation string          `json:"operation"`
	Kind      order.DriftKind `json:"kind"`
	Path      string          `json:"path"`
}

// watch sees the calls of all shops.
type watch struct {
	mu      sync.Mutex
	traffic map[key]*traffic
}

func (w *watch) of(k key) *traffic {
	t := w.traffic[k]
	if t == nil {
		t = &traffic{quotas: map[string]string{}, calls: map[string]Call{},
			told: map[string]map[order.DriftKind]bool{}}
		w.traffic[k] = t
	}
	return t
}

// Observe notes which operation answered how, and what was told of its replies.
func (w *watch) Observe(_ context.Context, e order.Event) {
	if e.Kind != order.EventAttempt && e.Kind != order.EventDrift {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.of(key{e.Mall, e.Shop})
	switch {
	case e.Kind == order.EventDrift && e.Assumption == "":
		t.drift = append(t.drift, Drift{e.Operation, e.Drift, e.Path})
		return
	case e.Kind == order.EventDrift:
		if t.told[e.Assumption] == nil {
			t.told[e.Assumption] = map[order.DriftKind]bool{}
		}
		t.told[e.Assumption][e.Drift] = true
		return
	}
	c := Call{Operation: e.Operation, Status: e.HTTPStatus}
	if e.Class != 0 {
		c.Class = e.Class.Error()
	}
	t.calls[e.Operation] = c
	for name, value := range t.stated {
		t.quotas[e.Operation+" "+name] = value
	}
	t.stated = nil
}

// quotaHeaders tell a quota.
var quotaHeaders = []string{"X-Amzn-Ratelimit-Limit", "X-Ratelimit-Limit", "X-Ratelimit-Remaining",
	"X-Ratelimit-Reset", "Retry-After"}

// transport notes what replies' headers tell.
func (w *watch) transport(m order.Mall, shop string, next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		resp, err := next.RoundTrip(req)
		if err != nil {
			return resp, err
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		t := w.of(key{m, shop})
		t.replied = true
		if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
			t.skew, t.dated = time.Since(date), true
		}
		t.stated = map[string]string{}
		for _, name := range quotaHeaders {
			if value := resp.Header.Get(name); value != "" {
				t.stated[name] = value
			}
		}
		return resp, nil
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// seen is a copy of what was seen of a shop.
func (w *watch) seen(k key) traffic {
	w.mu.Lock()
	defer w.mu.Unlock()
	t := *w.of(k)
	t.quotas = maps.Clone(t.quotas)
	t.calls = maps.Clone(t.calls)
	t.drift = slices.Clone(t.drift)
	t.told = maps.Clone(t.told)
	return t
}

func (t traffic) operations() []Call {
	all := make([]Call, 0, len(t.calls))
	for _, name := range slices.Sorted(maps.Keys(t.calls)) {
		all = append(all, t.calls[name])
	}
	return all
}
