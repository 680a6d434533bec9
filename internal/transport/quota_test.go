package transport_test

import (
	"context"
	"errors"
	"net/http"
	"strconv"
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
				for _, e := range seen.of(order.EventWait) {
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
	other := transport.Operation{Name: "group order", Method: "POST", Path: "/other", Retry: transport.Read, Quota: transport.Quota{Every: time.Second}}
	s := &script{steps: []http.HandlerFunc{answer(200, "")}}
	bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
		c.Operations[0].Quota, c.Operations[2].Quota, c.Operations[3].Quota = other.Quota, other.Quota, transport.Quota{Every: time.Second, Group: "order"}
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

// Amazon says its rate in a header. A waiting caller profits from a faster one at once.
func TestQuotaIsLearned(t *testing.T) {
	s := &script{steps: []http.HandlerFunc{answer(200, "", "X-Rate", "0.5")}}
	bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
		c.Learn = func(_ transport.Operation, r *transport.Response) (transport.Quota, bool) {
			rate, err := strconv.ParseFloat(r.Header.Get("X-Rate"), 64)
			return transport.Quota{Every: time.Duration(float64(time.Second) / rate)}, err == nil
		}
	}, func(t *testing.T, c *transport.Client) {
		for range 5 {
			_, err := c.Do(t.Context(), transport.Call{Operation: slow})
			require.NoError(t, err)
		}
		require.Equal(t, seconds(0, 0, 2, 4, 6), offsets(s), "one per 2 s, no longer per 10 s; the burst stays")
	})
}

func TestLearningWakesTheWaiting(t *testing.T) {
	release := make(chan struct{})
	s := &script{steps: []http.HandlerFunc{
		func(http.ResponseWriter, *http.Request) {},
		func(http.ResponseWriter, *http.Request) { <-release }, answer(200, ""),
	}}
	synctestRelease := func(d time.Duration) { time.AfterFunc(d, func() { close(release) }) }
	learned := 0
	bubble(t, func() *memory { release = make(chan struct{}); return serve(s.ServeHTTP)() }, func(c *transport.Config) {
		c.Learn = func(transport.Operation, *transport.Response) (transport.Quota, bool) {
			learned++
			return transport.Quota{Every: time.Second}, learned == 2
		}
	}, func(t *testing.T, c *transport.Client) {
		synctestRelease(3 * time.Second)
		var group sync.WaitGroup
		for range 3 {
			group.Go(func() {
				_, err := c.Do(t.Context(), transport.Call{Operation: slow})
				require.NoError(t, err)
			})
			synctest.Wait()
		}
		group.Wait()
		require.Equal(t, seconds(0, 0, 3.7), offsets(s), "7 of 10 s were missing, so 0.7 of 1 s is left")
	})
}

// A refusal for speed empties the bucket for everybody, and nobody goes before the time that the mall named.
func TestRefusalEmptiesTheBucket(t *testing.T) {
	for name, test := range map[string]struct {
		header []string
		want   []time.Duration
	}{
		"without a hint": {nil, seconds(0, 10, 20)},
		"with one":       {[]string{"Retry-After", "30"}, seconds(0, 30, 30)},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{steps: []http.HandlerFunc{answer(429, "", test.header...), answer(200, "")}}
			bubble(t, serve(s.ServeHTTP), nil, func(t *testing.T, c *transport.Client) {
				for range 2 {
					_, err := c.Do(t.Context(), transport.Call{Operation: slow})
					require.NoError(t, err)
				}
				require.Equal(t, test.want, offsets(s))
			})
		})
	}
}

// The time that the mall named holds for others too, who have not been refused themselves and would have a token sooner.
func TestRefusalHoldsBackOthers(t *testing.T) {
	s := &script{steps: []http.HandlerFunc{answer(429, "", "Retry-After", "30"), answer(200, "")}}
	bubble(t, serve(s.ServeHTTP), nil, func(t *testing.T, c *transport.Client) {
		var group sync.WaitGroup
		for range 3 {
			group.Go(func() {
				_, err := c.Do(t.Context(), transport.Call{Operation: slow})
				require.NoError(t, err)
			})
			time.Sleep(time.Second)
		}
		group.Wait()
		require.Equal(t, seconds(0, 30, 30, 40), offsets(s))
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

// A limiter of the caller's that learns hears of the pause that the mall named, or of the operation's own rate: it may stand for clients
// that were not refused themselves.
func TestRefusalPausesTheCallersLimiter(t *testing.T) {
	for name, test := range map[string]struct {
		header []string
		want   time.Duration
	}{
		"without a hint": {nil, 10 * time.Second},
		"with one":       {[]string{"Retry-After", "30"}, 30 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{steps: []http.HandlerFunc{answer(429, "", test.header...), answer(200, "")}}
			var shared order.Limiter
			bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
				shared = transport.NewLimiter(transport.Quota{Every: time.Millisecond, Burst: 1})
				c.Limiters = func(string) order.Limiter { return shared }
			}, func(t *testing.T, c *transport.Client) {
				var group sync.WaitGroup
				group.Go(func() {
					_, err := c.Do(t.Context(), transport.Call{Operation: slow})
					require.NoError(t, err)
				})
				start := time.Now()
				time.Sleep(5 * time.Millisecond) // the refusal is there
				require.NoError(t, shared.Wait(t.Context()))
				require.GreaterOrEqual(t, time.Since(start), test.want)
				group.Wait()
			})
		})
	}
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
