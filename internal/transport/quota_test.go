package transport_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

func offsets(s *script) []time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	var d []time.Duration
	for _, at := range s.at {
		d = append(d, at.Sub(s.at[0]))
	}
	return d
}

func seconds(s ...float64) []time.Duration {
	var d []time.Duration
	for _, v := range s {
		d = append(d, time.Duration(v*float64(time.Second)))
	}
	return d
}

func TestQuotaSpacingIsExact(t *testing.T) {
	for name, test := range map[string]struct {
		quota transport.Quota
		want  []time.Duration
	}{
		"one per second":       {transport.Quota{Every: time.Second}, seconds(0, 1, 2, 3, 4)},
		"a third of a second":  {transport.Quota{Every: time.Second / 3}, []time.Duration{0, time.Second / 3, 2 * (time.Second / 3), 3 * (time.Second / 3), 4 * (time.Second / 3)}},
		"burst, then the rate": {transport.Quota{Every: 178 * time.Second, Burst: 3}, seconds(0, 0, 0, 178, 356)},
		"one per millisecond":  {transport.Quota{Every: time.Millisecond}, seconds(0, .001, .002)},
		"none":                 {transport.Quota{}, seconds(0, 0, 0, 0, 0)},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{steps: []http.HandlerFunc{answer(200, "")}}
			seen := &events{}
			bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
				c.Operations[0].Quota = test.quota
				c.Observer = seen
			}, func(t *testing.T, c *transport.Client) {
				var group sync.WaitGroup
				for range test.want {
					group.Go(func() {
						_, err := c.Do(t.Context(), transport.Call{Operation: search})
						require.NoError(t, err)
					})
				}
				group.Wait()
				require.Equal(t, test.want, offsets(s))
				waits := seen.of(order.EventWait)
				waited := slices.DeleteFunc(test.want, func(d time.Duration) bool { return d == 0 })
				require.Len(t, waits, len(waited))
				for _, e := range waits {
					require.Equal(t, "quota", e.Reason)
					require.Equal(t, "searchOrder", e.Operation)
				}
			})
		})
	}
}

func TestQuotaRefillsWhileIdle(t *testing.T) {
	s := &script{steps: []http.HandlerFunc{answer(200, "")}}
	bubble(t, serve(s.ServeHTTP), nil, func(t *testing.T, c *transport.Client) { // slow: one per 10 s, burst 2
		do := func() {
			_, err := c.Do(t.Context(), transport.Call{Operation: slow})
			require.NoError(t, err)
		}
		do()
		do()
		time.Sleep(15 * time.Second) // one and a half tokens
		do()
		do()
		time.Sleep(time.Hour) // never more than the burst
		do()
		do()
		do()
		require.Equal(t, seconds(0, 0, 15, 20, 3620, 3620, 3630), offsets(s))
	})
}

func TestGroupSharesOneBucket(t *testing.T) {
	quota := transport.Quota{Every: time.Second, Group: "order"}
	s := &script{steps: []http.HandlerFunc{answer(200, "")}}
	bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
		c.Operations[0].Quota, c.Operations[2].Quota = quota, quota
	}, func(t *testing.T, c *transport.Client) {
		for _, op := range []transport.Operation{search, memo, search, ship} {
			_, err := c.Do(t.Context(), transport.Call{Operation: op})
			require.NoError(t, err)
		}
		require.Equal(t, seconds(0, 1, 2, 2), offsets(s), "ship has no quota")
	})
	cfg := config(nil)
	cfg.Operations[0].Quota, cfg.Operations[2].Quota = quota, transport.Quota{Every: time.Minute, Group: "order"}
	_, err := transport.New(cfg)
	require.ErrorIs(t, err, order.ErrInvalid)
}

// Without a group each operation has a bucket of its own, also one whose name looks like a group's.
func TestNoGroupNoSharedBucket(t *testing.T) {
	other := transport.Operation{Name: "group order", Method: "POST", Path: "/other", Retry: transport.Read,
		Quota: transport.Quota{Every: time.Second}}
	s := &script{steps: []http.HandlerFunc{answer(200, "")}}
	bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
		c.Operations[0].Quota = other.Quota
		c.Operations[2].Quota = other.Quota
		c.Operations[3].Quota = transport.Quota{Every: time.Second, Group: "order"}
		c.Operations = append(c.Operations, other)
	}, func(t *testing.T, c *transport.Client) {
		for range 2 {
			for _, op := range []transport.Operation{search, memo, ship, other} {
				_, err := c.Do(t.Context(), transport.Call{Operation: op})
				require.NoError(t, err)
			}
		}
		require.Equal(t, seconds(0, 0, 0, 0, 1, 1, 1, 1), offsets(s))
	})
}

// Who gives up in the queue takes no token and leaves no hole.
func TestGivingUpLeavesNoHole(t *testing.T) {
	s := &script{steps: []http.HandlerFunc{answer(200, "")}}
	bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
		c.Operations[0].Quota = transport.Quota{Every: 10 * time.Second}
	}, func(t *testing.T, c *transport.Client) {
		var group sync.WaitGroup
		for i := range 6 {
			group.Go(func() {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if i%2 == 1 {
					time.AfterFunc(5*time.Second, cancel)
				}
				_, err := c.Do(ctx, transport.Call{Operation: search})
				if i%2 == 1 {
					require.ErrorIs(t, err, context.Canceled)
					require.ErrorIs(t, err, order.ErrLocalLimit)
				} else {
					require.NoError(t, err)
				}
			})
			synctest.Wait()
		}
		group.Wait()
		require.Equal(t, seconds(0, 10, 20), offsets(s))
	})
}

func TestQuotaBeyondTheDeadlineIsToldAtOnce(t *testing.T) {
	bubble(t, serve(answer(200, "")), func(c *transport.Config) {
		c.Operations[0].Quota = transport.Quota{Every: 178 * time.Second}
	}, func(t *testing.T, c *transport.Client) {
		_, err := c.Do(t.Context(), transport.Call{Operation: search})
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		begin := time.Now()
		_, err = c.Do(ctx, transport.Call{Operation: search})
		require.Zero(t, time.Since(begin))
		require.ErrorIs(t, err, order.ErrLocalLimit)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.ErrorContains(t, err, "2m58s")
	})
}

type limiterFunc func(context.Context) error

func (f limiterFunc) Wait(ctx context.Context) error { return f(ctx) }

func TestLimitersOfTheCaller(t *testing.T) {
	s := &script{steps: []http.HandlerFunc{answer(200, "")}}
	waits := 0
	bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
		c.Limiters = func(operation string) order.Limiter {
			switch operation {
			case "slow":
				return order.Unlimited(operation)
			case "updateMemo":
				return limiterFunc(func(context.Context) error { waits++; return errors.New("redis is away") })
			}
			return nil
		}
	}, func(t *testing.T, c *transport.Client) {
		for range 5 {
			_, err := c.Do(t.Context(), transport.Call{Operation: slow})
			require.NoError(t, err)
		}
		require.Equal(t, seconds(0, 0, 0, 0, 0), offsets(s))
		_, err := c.Do(t.Context(), transport.Call{Operation: memo})
		require.ErrorIs(t, err, order.ErrLocalLimit)
		require.ErrorContains(t, err, "redis is away")
		require.Equal(t, 1, waits)
		require.Equal(t, 5, s.count())
	})
}

// Several clients can share one quota.
func TestSharedLimiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := transport.NewLimiter(transport.Quota{Every: time.Second, Burst: 2})
		start := time.Now()
		for range 4 {
			require.NoError(t, l.Wait(t.Context()))
		}
		require.Equal(t, 2*time.Second, time.Since(start))
		free := transport.NewLimiter(transport.Quota{})
		require.NoError(t, free.Wait(t.Context()))
	})
}
