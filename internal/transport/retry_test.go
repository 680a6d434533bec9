package transport_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/transport/transporttest"
	"github.com/jpmall/jpmall/order"
)

// The class of the table is what happens on the wire, whatever the verb is.
func TestRetryClassOnTheWire(t *testing.T) {
	var cases []transporttest.Case
	for _, op := range []transport.Operation{search, detail, memo, ship, cancel} {
		cases = append(cases, transporttest.Case{Name: op.Name, Retry: op.Retry,
			Call: func(ctx context.Context, hc *http.Client) error {
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

// A pooled connection that dies under a request makes net/http itself send a GET again. An unsafe
// one must not be.
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

// While no connection was to be had nothing can have been applied: even an unsafe write is tried
// again.
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
		c, err := transport.New(config(&http.Client{
			Transport: roundTripper(func(*http.Request) (*http.Response, error) {
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

// A caller's RoundTripper that knows better says so with an error of ours, unless the caller has
// given up.
func TestRoundTripperChoosesTheClass(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		gone := false
		c, err := transport.New(config(&http.Client{
			Transport: roundTripper(func(*http.Request) (*http.Response, error) {
				if gone {
					cancel()
				}
				return nil, &order.Error{Class: order.ErrNotFound, Message: "not on the tape"}
			})}))
		require.NoError(t, err)
		_, err = c.Do(ctx, transport.Call{Operation: search})
		require.ErrorIs(t, err, order.ErrNotFound)
		require.ErrorContains(t, err, "not on the tape")
		gone = true
		_, err = c.Do(ctx, transport.Call{Operation: search})
		require.ErrorIs(t, err, order.ErrLocalLimit)
		require.ErrorIs(t, err, context.Canceled)
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
			bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
				c.RequestID = func(http.Header) string { return "req-1" }
			}, func(t *testing.T, c *transport.Client) {
				r, err := c.Do(t.Context(), transport.Call{Operation: test.op, Order: "100-1"})
				require.ErrorIs(t, err, test.class)
				require.NotContains(t, err.Error(), "redirect")
				e := asError(t, err)
				require.Equal(t, "req-1", e.RequestID)
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
		require.ErrorContains(t, err, "the reply broke off")
		require.True(t, transport.Unsettled(err))
		require.Equal(t, 1, s.count())
	})
}

// An idempotent write whose first answer was lost may have been applied, even when the second
// answer is a refusal.
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
	alias, verb := search, search
	alias.Path, verb.Method = "/order/ship", "PUT"
	for name, test := range map[string]struct {
		call transport.Call
		sent int
	}{
		"proves itself safer":          {transport.Call{Operation: ship, Retry: &read}, 4},
		"is more dangerous":            {transport.Call{Operation: search, Retry: &unsafe}, 1},
		"raw is unsafe":                {transport.Call{Operation: raw}, 1},
		"raw stays unsafe":             {transport.Call{Operation: raw, Retry: &read}, 1},
		"a known name is not the row":  {transport.Call{Operation: alias}, 1},
		"nor with another method":      {transport.Call{Operation: verb}, 1},
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
