package transport_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/transport/transporttest"
	"github.com/jpmall/jpmall/order"
)

// The class of the table is what happens on the wire, whatever the verb is.
func TestRetryClassOnTheWire(t *testing.T) {
	var cases []transporttest.Case
	for _, op := range []transport.Operation{search, detail, memo, ship, cancel} {
		cases = append(cases, transporttest.Case{Name: op.Name, Retry: op.Retry, Call: func(ctx context.Context, hc *http.Client) error {
			c, err := transport.New(config(hc))
			if err != nil {
				return err
			}
			call := transport.Call{Operation: op, Body: []byte(`{"a":1}`)}
			if op.Method == http.MethodGet {
				call.Body = nil
			}
			if op.Name == detail.Name {
				call.Vars = map[string]string{"id": "100"}
			}
			_, err = c.Do(ctx, call)
			return err
		}})
	}
	transporttest.ProveRetry(t, cases, nil)
}

// A pooled connection that dies under a request makes net/http itself send a GET again. An unsafe one must not be.
func TestUnsafeGetOnAPooledConnectionIsSentOnce(t *testing.T) {
	for _, test := range []struct {
		op   transport.Operation
		call transport.Call
		want int32
	}{
		{op: cancel, want: 1},
		{op: ship, want: 1, call: transport.Call{Body: []byte("x"), Header: http.Header{"Idempotency-Key": {"k"}}}},
		{op: detail, want: 8, call: transport.Call{Vars: map[string]string{"id": "1"}}}, // four tries
	} {
		t.Run(test.op.Name, func(t *testing.T) {
			var seen atomic.Int32
			bubble(t, func() *transporttest.Memory {
				return transporttest.Dropping(func(r *http.Request) (int, string, bool) {
					if r.URL.Path == "/api/order/search" {
						return 200, "{}", true
					}
					seen.Add(1)
					return 0, "", false
				})
			}, nil, func(t *testing.T, c *transport.Client) {
				_, err := c.Do(t.Context(), transport.Call{Operation: search})
				require.NoError(t, err) // leaves a connection in the pool
				synctest.Wait()
				test.call.Operation = test.op
				_, err = c.Do(t.Context(), test.call)
				require.ErrorIs(t, err, order.ErrTemporary)
				if test.want == 1 {
					require.EqualValues(t, 1, seen.Load())
				} else {
					require.GreaterOrEqual(t, seen.Load(), int32(4))
				}
			})
		})
	}
}

// While no connection was to be had nothing can have been applied: even an unsafe write is tried again.
func TestUnsafeIsTriedAgainWhenNothingLeft(t *testing.T) {
	var dials atomic.Int32
	bubble(t, func() *transporttest.Memory {
		m := transporttest.Serve(answer(200, "done"))
		m.Dial = func(string) error {
			if dials.Add(1) < 3 {
				return syscall.ECONNREFUSED
			}
			return nil
		}
		return m
	}, nil, func(t *testing.T, c *transport.Client) {
		r, err := c.Do(t.Context(), transport.Call{Operation: ship, Body: []byte("x")})
		require.NoError(t, err)
		require.EqualValues(t, 3, dials.Load())
		require.Equal(t, 1, r.Attempts, "only one was sent")
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// A caller's RoundTripper that says nothing to httptrace may have sent.
func TestSilentRoundTripperCountsAsSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		c, err := transport.New(config(&http.Client{Transport: roundTripper(func(*http.Request) (*http.Response, error) {
			calls++
			return nil, errors.New("relay said no to customer Yamada")
		})}))
		require.NoError(t, err)
		_, err = c.Do(t.Context(), transport.Call{Operation: ship})
		require.Equal(t, 1, calls)
		require.True(t, transport.Unsettled(err))
		require.NotContains(t, err.Error(), "Yamada")
		_, err = c.Do(t.Context(), transport.Call{Operation: search})
		require.Equal(t, 5, calls)
		require.Equal(t, 4, asError(t, err).Attempts)
	})
}

func TestStatusesAndRetry(t *testing.T) {
	for _, test := range []struct {
		op        transport.Operation
		status    int
		sent      int
		class     order.Class
		unsettled bool
	}{
		{search, 500, 4, order.ErrTemporary, false},
		{search, 503, 4, order.ErrTemporary, false},
		{search, 429, 4, order.ErrRateLimited, false},
		{search, 400, 1, order.ErrInvalid, false},
		{search, 401, 1, order.ErrUnauthorized, false},
		{search, 403, 1, order.ErrForbidden, false},
		{search, 404, 1, order.ErrNotFound, false},
		{search, 409, 1, order.ErrConflict, false},
		{memo, 502, 4, order.ErrTemporary, true},
		{memo, 409, 1, order.ErrConflict, false},
		{ship, 500, 1, order.ErrTemporary, true},
		{ship, 504, 1, order.ErrTemporary, true},
		{ship, 429, 4, order.ErrRateLimited, false},
		{ship, 400, 1, order.ErrInvalid, false},
	} {
		t.Run(fmt.Sprintf("%s %d", test.op.Name, test.status), func(t *testing.T) {
			s := &script{steps: []http.HandlerFunc{answer(test.status, "sorry")}}
			bubble(t, serve(s.ServeHTTP), nil, func(t *testing.T, c *transport.Client) {
				r, err := c.Do(t.Context(), transport.Call{Operation: test.op, Order: "100-1"})
				require.ErrorIs(t, err, test.class)
				e := asError(t, err)
				require.Equal(t, test.sent, s.count())
				require.Equal(t, test.sent, e.Attempts)
				require.Equal(t, test.status, e.HTTPStatus)
				require.Equal(t, order.Rakuten, e.Mall)
				require.Equal(t, "example-shop", e.Shop)
				require.Equal(t, test.op.Name, e.Operation)
				require.Equal(t, "100-1", e.Order)
				require.Equal(t, test.unsettled, transport.Unsettled(err))
				require.Equal(t, "sorry", string(r.Body), "the reply comes with the error")
			})
		})
	}
}

func TestTruncatedBodyIsAskedForAgain(t *testing.T) {
	torn := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = w.Write([]byte("half"))
	}
	s := &script{steps: []http.HandlerFunc{torn, torn, answer(200, "whole")}}
	bubble(t, serve(s.ServeHTTP), nil, func(t *testing.T, c *transport.Client) {
		r, err := c.Do(t.Context(), transport.Call{Operation: search})
		require.NoError(t, err)
		require.Equal(t, "whole", string(r.Body))
		require.Equal(t, 3, r.Attempts)
	})
	s = &script{steps: []http.HandlerFunc{torn}}
	bubble(t, serve(s.ServeHTTP), nil, func(t *testing.T, c *transport.Client) {
		_, err := c.Do(t.Context(), transport.Call{Operation: ship})
		require.ErrorIs(t, err, order.ErrTemporary)
		require.True(t, transport.Unsettled(err))
		require.Equal(t, 1, s.count())
	})
}

// An idempotent write whose first answer was lost may have been applied, even when the second answer is a refusal.
func TestLostAnswerIsRemembered(t *testing.T) {
	s := &script{steps: []http.HandlerFunc{answer(502, ""), answer(409, "already shipped")}}
	bubble(t, serve(s.ServeHTTP), nil, func(t *testing.T, c *transport.Client) {
		_, err := c.Do(t.Context(), transport.Call{Operation: memo})
		require.ErrorIs(t, err, order.ErrConflict)
		require.True(t, transport.Unsettled(err))
		require.Contains(t, err.Error(), "may have been applied")
	})
}

func TestRetryOfACall(t *testing.T) {
	read, unsafe := transport.Read, transport.Unsafe
	raw := transport.Operation{Name: "undocumented", Method: "POST", Path: "/x", Retry: transport.Read}
	alias := search
	alias.Path = "/order/ship"
	for name, test := range map[string]struct {
		call transport.Call
		sent int
	}{
		"proves itself safer":          {transport.Call{Operation: ship, Retry: &read}, 4},
		"is more dangerous":            {transport.Call{Operation: search, Retry: &unsafe}, 1},
		"raw is unsafe":                {transport.Call{Operation: raw}, 1},
		"raw stays unsafe":             {transport.Call{Operation: raw, Retry: &read}, 1},
		"a known name is not the row":  {transport.Call{Operation: alias}, 1},
		"a row counts as in the table": {transport.Call{Operation: transport.Operation{Name: "searchOrder", Method: "POST", Path: "/order/search"}}, 4},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{steps: []http.HandlerFunc{answer(500, "")}}
			bubble(t, serve(s.ServeHTTP), nil, func(t *testing.T, c *transport.Client) {
				_, err := c.Do(t.Context(), test.call)
				require.ErrorIs(t, err, order.ErrTemporary)
				require.Equal(t, test.sent, s.count())
			})
		})
	}
}

func TestRetryAfter(t *testing.T) {
	date := func(d time.Duration) string { return time.Now().UTC().Add(d).Format(http.TimeFormat) }
	for name, test := range map[string]struct {
		value func() string
		wait  time.Duration // between the first and the second; 0 = refused
		asked time.Duration
	}{
		"seconds":                            {func() string { return "7" }, 7 * time.Second, 0},
		"date":                               {func() string { return date(9 * time.Second) }, 9 * time.Second, 0},
		"at the cap":                         {func() string { return "60" }, time.Minute, 0},
		"above the cap":                      {func() string { return "61" }, 0, 61 * time.Second},
		"an hour, a date":                    {func() string { return date(time.Hour) }, 0, time.Hour},
		"more than an hour":                  {func() string { return "86400" }, 0, time.Hour},
		"more digits than there are seconds": {func() string { return strings.Repeat("9", 400) }, 0, time.Hour},
		"the year 9999":                      {func() string { return "Fri, 31 Dec 9999 23:59:59 GMT" }, 0, time.Hour},
		"an instant in seconds":              {func() string { return strconv.FormatInt(time.Now().Unix()+20, 10) }, 20 * time.Second, 0},
		"in milliseconds":                    {func() string { return strconv.FormatInt(time.Now().UnixMilli()+20_000, 10) }, 20 * time.Second, 0},
		"an instant far away":                {func() string { return strconv.FormatInt(time.Now().Unix()+400*86400, 10) }, 0, time.Hour},
		"a fraction":                         {func() string { return "1.5" }, 1500 * time.Millisecond, 0},
	} {
		t.Run(name, func(t *testing.T) {
			var s *script
			bubble(t, func() *transporttest.Memory {
				s = &script{steps: []http.HandlerFunc{answer(429, "", "Retry-After", test.value()), answer(200, "ok")}}
				return transporttest.Serve(s)
			}, nil, func(t *testing.T, c *transport.Client) {
				begin := time.Now()
				_, err := c.Do(t.Context(), transport.Call{Operation: search})
				if test.asked == 0 {
					require.NoError(t, err)
					require.Equal(t, test.wait, s.at[1].Sub(s.at[0]))
					return
				}
				require.ErrorIs(t, err, order.ErrRateLimited)
				require.Equal(t, test.asked, asError(t, err).RetryAfter)
				require.Contains(t, err.Error(), "server asks to wait")
				require.Zero(t, time.Since(begin), "told at once")
			})
		})
	}
}

// What is no time to wait is not said: the client's own backoff holds.
func TestRetryAfterThatIsNone(t *testing.T) {
	for _, value := range []string{"1e300", "Inf", "-Inf", "NaN", "-5", "0", "soon", "0x10", "+7", "1_000", ".", "1.2.3",
		"Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 99 Foo 2026 00:00:00 GMT"} {
		var s *script
		bubble(t, func() *transporttest.Memory {
			s = &script{steps: []http.HandlerFunc{answer(429, "", "Retry-After", value), answer(200, "ok")}}
			return transporttest.Serve(s)
		}, nil, func(t *testing.T, c *transport.Client) {
			_, err := c.Do(t.Context(), transport.Call{Operation: search})
			require.NoError(t, err, value)
			require.LessOrEqual(t, s.at[1].Sub(s.at[0]), 2*time.Second, value)
		})
	}
}

// Every wait ends with the context, at once.
func TestContextEndsEveryWait(t *testing.T) {
	hang := func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	half := func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("half"))
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}
	for name, test := range map[string]struct {
		op      transport.Operation
		handler http.HandlerFunc
		change  func(*transport.Config)
	}{
		"backoff": {search, answer(500, ""), func(c *transport.Config) {
			c.Limits = transport.Limits{BackoffMin: time.Hour, BackoffMax: time.Hour, MaxElapsed: 24 * time.Hour, MaxAttempts: 99}
		}},
		"Retry-After": {search, answer(429, "", "Retry-After", "50"), nil},
		"quota":       {slow, answer(200, ""), nil},
		"the answer":  {search, hang, nil},
		"the body":    {search, half, nil},
		"signing": {search, hang, func(c *transport.Config) {
			c.Sign = func(ctx context.Context, _ *http.Request, _ []byte) error { <-ctx.Done(); return ctx.Err() }
		}},
		"a caller's limiter": {search, hang, func(c *transport.Config) {
			c.Limiters = func(string) order.Limiter { return stuck{} }
		}},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, serve(test.handler), test.change, func(t *testing.T, c *transport.Client) {
				for _, by := range []error{context.Canceled, context.DeadlineExceeded} {
					ctx, cancel := context.WithCancel(t.Context())
					if errors.Is(by, context.DeadlineExceeded) {
						ctx, cancel = context.WithTimeout(t.Context(), 3*time.Second)
					} else {
						time.AfterFunc(3*time.Second, cancel)
					}
					begin := time.Now()
					var err error
					for err == nil { // the quota's burst lets some through
						_, err = c.Do(ctx, transport.Call{Operation: test.op})
					}
					cancel()
					require.ErrorIs(t, err, by)
					asError(t, err)
					require.LessOrEqual(t, time.Since(begin), 3*time.Second)
				}
			})
		})
	}
}

type stuck struct{}

func (stuck) Wait(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }

// A time limit that is not the caller's context must not pass for it.
func TestClientTimeoutIsNoContextError(t *testing.T) {
	bubble(t, serve(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }), func(c *transport.Config) {
		c.HTTPClient.Timeout = 20 * time.Second
	}, func(t *testing.T, c *transport.Client) {
		begin := time.Now()
		_, err := c.Do(t.Context(), transport.Call{Operation: ship})
		require.ErrorIs(t, err, order.ErrTemporary)
		require.NotErrorIs(t, err, context.DeadlineExceeded)
		require.True(t, transport.Unsettled(err))
		require.Equal(t, 20*time.Second, time.Since(begin))
	})
}

func TestMaxElapsed(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"silent server":  func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"failing server": answer(503, "", "Retry-After", "40"),
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, serve(h), func(c *transport.Config) {
				c.Limits = transport.Limits{MaxElapsed: 90 * time.Second, MaxAttempts: 1000}
			}, func(t *testing.T, c *transport.Client) {
				begin := time.Now()
				_, err := c.Do(t.Context(), transport.Call{Operation: search})
				require.ErrorIs(t, err, order.ErrTemporary)
				require.NotErrorIs(t, err, context.DeadlineExceeded)
				require.InDelta(t, 85, time.Since(begin).Seconds(), 6)
			})
		})
	}
}

func TestBackoffGrowsWithinItsCeilings(t *testing.T) {
	for range 20 {
		s := &script{steps: []http.HandlerFunc{answer(500, "")}}
		bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
			c.Limits = transport.Limits{BackoffMin: time.Second, BackoffMax: 3 * time.Second, MaxAttempts: 6}
		}, func(t *testing.T, c *transport.Client) {
			_, err := c.Do(t.Context(), transport.Call{Operation: search})
			require.Error(t, err)
			for i, ceiling := range []time.Duration{1, 2, 3, 3, 3} {
				wait := s.at[i+1].Sub(s.at[i])
				require.Positive(t, wait)
				require.LessOrEqual(t, wait, ceiling*time.Second)
			}
		})
	}
}
