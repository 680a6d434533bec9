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
	quotas  map[string]string // header and value that tell a quota
	calls   map[string]Call   // by operation
}

// Call is how one operation of the mall answered last.
type Call struct {
	Operation string `json:"operation"`
	Status    int    `json:"http_status,omitempty"` // 0: no reply
	Class     string `json:"class,omitempty"`       // empty: it went well
}

// watch sees the calls of all shops.
type watch struct {
	mu      sync.Mutex
	traffic map[key]*traffic
}

func (w *watch) of(k key) *traffic {
	t := w.traffic[k]
	if t == nil {
		t = &traffic{quotas: map[string]string{}, calls: map[string]Call{}}
		w.traffic[k] = t
	}
	return t
}

// Observe notes which operation answered how.
func (w *watch) Observe(_ context.Context, e order.Event) {
	if e.Kind != order.EventAttempt {
		return
	}
	c := Call{Operation: e.Operation, Status: e.HTTPStatus}
	if e.Class != 0 {
		c.Class = e.Class.Error()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.of(key{e.Mall, e.Shop}).calls[e.Operation] = c
}

// quotaHeaders tell a quota.
var quotaHeaders = []string{"X-Amzn-Ratelimit-Limit", "X-Ratelimit-Limit", "X-Ratelimit-Remaining", "X-Ratelimit-Reset", "Retry-After"}

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
		for _, name := range quotaHeaders {
			if value := resp.Header.Get(name); value != "" {
				t.quotas[name] = value
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
	t.quotas, t.calls = maps.Clone(t.quotas), maps.Clone(t.calls)
	return t
}

func (t traffic) operations() []Call {
	all := make([]Call, 0, len(t.calls))
	for _, name := range slices.Sorted(maps.Keys(t.calls)) {
		all = append(all, t.calls[name])
	}
	return all
}
