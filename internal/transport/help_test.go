package transport_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/transport/transporttest"
	"github.com/jpmall/jpmall/order"
)

// The operations of an invented mall: reads are POSTs, as at Rakuten and Yahoo!.
var (
	search = transport.Operation{Name: "searchOrder", Method: "POST", Path: "/order/search", Retry: transport.Read}
	detail = transport.Operation{Name: "getOrder", Method: "GET", Path: "/orders/{id}", Retry: transport.Read}
	memo   = transport.Operation{Name: "updateMemo", Method: "POST", Path: "/order/memo", Retry: transport.Idempotent}
	ship   = transport.Operation{Name: "updateShipping", Method: "POST", Path: "/order/ship", Retry: transport.Unsafe}
	cancel = transport.Operation{Name: "cancelOrder", Method: "GET", Path: "/order/cancel", Retry: transport.Unsafe}
	slow   = transport.Operation{Name: "slow", Method: "POST", Path: "/slow", Retry: transport.Read,
		Quota: transport.Quota{Every: 10 * time.Second, Burst: 2}}
)

func config(client *http.Client) transport.Config {
	return transport.Config{
		Mall: order.Rakuten, Shop: "example-shop", BaseURL: "http://mall.invalid/api", PlainHTTP: true,
		HTTPClient: client,
		Operations: []transport.Operation{search, detail, memo, ship, cancel, slow},
	}
}

// bubble runs a test in simulated time with a client on an in-memory network.
func bubble(
	t *testing.T, network func() *transporttest.Memory, change func(*transport.Config),
	test func(t *testing.T, c *transport.Client),
) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		m := network()
		hc := m.Client()
		cfg := config(hc)
		if change != nil {
			change(&cfg)
		}
		c, err := transport.New(cfg)
		require.NoError(t, err)
		test(t, c)
		hc.CloseIdleConnections()
		m.Close()
	})
}

func serve(h http.HandlerFunc) func() *transporttest.Memory {
	return func() *transporttest.Memory { return transporttest.Serve(h) }
}

// script answers with one handler after the other, the last one for ever, and notes when each
// request came.
type script struct {
	mu    sync.Mutex
	steps []http.HandlerFunc
	at    []time.Time
}

func (s *script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.at = append(s.at, time.Now())
	step := s.steps[0]
	if len(s.steps) > 1 {
		s.steps = s.steps[1:]
	}
	s.mu.Unlock()
	step(w, r)
}

func (s *script) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.at)
}

func answer(status int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

// events collects what an Observer hears.
type events struct {
	mu  sync.Mutex
	all []order.Event
}

func (e *events) Observe(_ context.Context, event order.Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.all = append(e.all, event)
}

func (e *events) of(kind order.EventKind) []order.Event {
	e.mu.Lock()
	defer e.mu.Unlock()
	var found []order.Event
	for _, event := range e.all {
		if event.Kind == kind {
			found = append(found, event)
		}
	}
	return found
}

func asError(t *testing.T, err error) *order.Error {
	t.Helper()
	var e *order.Error
	require.ErrorAs(t, err, &e)
	return e
}

type memory = transporttest.Memory
