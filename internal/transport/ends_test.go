package transport_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/transport/transporttest"
	"github.com/jpmall/jpmall/order"
)

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
		class   order.Class
		change  func(*transport.Config)
	}{
		"backoff": {search, answer(500, ""), order.ErrTemporary, func(c *transport.Config) {
			c.Limits = transport.Limits{BackoffMin: time.Hour, BackoffMax: time.Hour, MaxElapsed: 24 * time.Hour,
				MaxAttempts: 99}
		}},
		"Retry-After": {search, answer(429, "", "Retry-After", "50"), order.ErrRateLimited, nil},
		"quota":       {slow, answer(200, ""), order.ErrLocalLimit, nil},
		"the answer":  {search, hang, order.ErrLocalLimit, nil},
		"the body":    {search, half, order.ErrLocalLimit, nil},
		"signing": {search, hang, order.ErrLocalLimit, func(c *transport.Config) {
			c.Sign = func(ctx context.Context, _ *http.Request, _ []byte) error { <-ctx.Done(); return ctx.Err() }
		}},
		"a caller's limiter": {search, hang, order.ErrLocalLimit, func(c *transport.Config) {
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
					for n := 0; err == nil && n < 9; n++ { // the quota's burst lets some through
						_, err = c.Do(ctx, transport.Call{Operation: test.op})
					}
					cancel()
					require.ErrorIs(t, err, by)
					require.ErrorIs(t, err, test.class)
					require.NotEmpty(t, asError(t, err).Hint.EN)
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
	silent := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	late := func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(50 * time.Second)
		w.WriteHeader(503)
	}
	for name, steps := range map[string][]http.HandlerFunc{
		"silent server":     {silent},
		"failing server":    {answer(503, "", "Retry-After", "40")},
		"late, then silent": {late, silent},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{steps: steps}
			bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
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

// Waits for quota do not count, and a wait that just fits is waited.
func TestMaxElapsedLeavesOutTheQuota(t *testing.T) {
	s := &script{steps: []http.HandlerFunc{answer(200, ""), answer(200, ""),
		answer(503, "", "Retry-After", "4")}}
	bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
		c.Limits.MaxElapsed = 4 * time.Second
	}, func(t *testing.T, c *transport.Client) { // slow: one per 10 s, burst 2
		for range 2 {
			_, err := c.Do(t.Context(), transport.Call{Operation: slow})
			require.NoError(t, err)
		}
		_, err := c.Do(t.Context(), transport.Call{Operation: slow})
		require.ErrorIs(t, err, order.ErrTemporary)
		require.Equal(t, seconds(0, 0, 10, 20), offsets(s))
	})
}

// A credential that fails for a reason of its own has that reason, although nobody waits any more.
func TestCredentialFailsAfterTheEnd(t *testing.T) {
	bubble(t, serve(answer(200, "")), func(c *transport.Config) {
		c.Sign = func(ctx context.Context, _ *http.Request, _ []byte) error {
			<-ctx.Done()
			return errors.New("no key for this shop")
		}
	}, func(t *testing.T, c *transport.Client) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := c.Do(ctx, transport.Call{Operation: search})
		require.ErrorIs(t, err, order.ErrUnauthorized)
		require.ErrorContains(t, err, "no key for this shop")
		require.ErrorIs(t, err, context.DeadlineExceeded)
	})
}

// A credential that does not come within the limit is no end of the caller's context.
func TestSlowCredential(t *testing.T) {
	bubble(t, serve(answer(200, "")), func(c *transport.Config) {
		c.Limits.MaxElapsed = 20 * time.Second
		c.Sign = func(ctx context.Context, _ *http.Request, _ []byte) error {
			<-ctx.Done()
			return ctx.Err()
		}
	}, func(t *testing.T, c *transport.Client) {
		_, err := c.Do(t.Context(), transport.Call{Operation: search})
		require.ErrorIs(t, err, order.ErrTemporary)
		require.ErrorContains(t, err, "no credential in time")
		require.NotErrorIs(t, err, context.DeadlineExceeded)
	})
}

// A write on its way when the caller's context ends may have been applied; one that still looks for
// a connection has not.
func TestContextEndsAWrite(t *testing.T) {
	for name, test := range map[string]struct {
		op        transport.Operation
		connected bool
		class     order.Class
		unsettled bool
	}{
		"a read":                         {search, true, order.ErrLocalLimit, false},
		"a write":                        {ship, true, order.ErrTemporary, true},
		"an idempotent write":            {memo, true, order.ErrTemporary, true},
		"a write that has no connection": {ship, false, order.ErrLocalLimit, false},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func() *memory {
				m := transporttest.Serve(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
					<-r.Context().Done()
				}))
				m.Dial = func(string) error {
					if !test.connected {
						time.Sleep(time.Minute)
					}
					return nil
				}
				return m
			}, nil, func(t *testing.T, c *transport.Client) {
				ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
				defer cancel()
				_, err := c.Do(ctx, transport.Call{Operation: test.op})
				require.ErrorIs(t, err, test.class)
				require.ErrorIs(t, err, context.DeadlineExceeded)
				require.Equal(t, test.unsettled, transport.Unsettled(err))
				if test.unsettled {
					require.ErrorContains(t, err, "no answer came")
				} else {
					require.ErrorContains(t, err, "the caller's context, or a limit of this client")
				}
				time.Sleep(time.Minute) // the dial ends
			})
		})
	}
}
