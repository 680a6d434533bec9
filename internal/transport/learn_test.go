package transport_test

import (
	"context"
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

// Another burst is learned as well; what no mall can mean is not.
func TestWhatIsLearned(t *testing.T) {
	for name, test := range map[string]struct {
		learned transport.Quota
		want    []time.Duration
	}{
		"nothing new":       {transport.Quota{Every: 10 * time.Second, Burst: 2}, seconds(0, 0, 10, 20)},
		"a burst":           {transport.Quota{Every: 10 * time.Second, Burst: 3}, seconds(0, 0, 0, 10)},
		"no rate":           {transport.Quota{Burst: 9}, seconds(0, 0, 10, 20)},
		"a rate of years":   {transport.Quota{Every: 25 * time.Hour}, seconds(0, 0, 10, 20)},
		"less than nothing": {transport.Quota{Every: time.Second, Burst: -1}, seconds(0, 0, 10, 20)},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{steps: []http.HandlerFunc{answer(200, "")}}
			bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
				c.Learn = func(transport.Operation, *transport.Response) (transport.Quota, bool) {
					return test.learned, true
				}
			}, func(t *testing.T, c *transport.Client) {
				for range test.want {
					_, err := c.Do(t.Context(), transport.Call{Operation: slow})
					require.NoError(t, err)
				}
				require.Equal(t, test.want, offsets(s))
			})
		})
	}
}

// learner is a limiter of the caller's that notes what it is told.
type learner struct {
	rates  []float64
	pauses []time.Time
}

func (l *learner) Wait(context.Context) error { return nil }

func (l *learner) Learn(callsPerSecond float64) { l.rates = append(l.rates, callsPerSecond) }

func (l *learner) Pause(until time.Time) { l.pauses = append(l.pauses, until) }

// A limiter of the caller's learns in calls per second, and of a pause only where one is known.
func TestCallersLimiterLearns(t *testing.T) {
	var l learner
	every := 4 * time.Second
	bubble(t, serve(answer(429, "")), func(c *transport.Config) {
		c.Limits.MaxAttempts = 1
		c.Limiters = func(string) order.Limiter { return &l }
		c.Learn = func(transport.Operation, *transport.Response) (transport.Quota, bool) {
			return transport.Quota{Every: every}, true
		}
	}, func(t *testing.T, c *transport.Client) {
		for _, op := range []transport.Operation{search, slow} { // of search no quota is known
			_, err := c.Do(t.Context(), transport.Call{Operation: op})
			require.ErrorIs(t, err, order.ErrRateLimited)
			every = 0
		}
		require.Equal(t, []float64{0.25}, l.rates)
		require.Equal(t, []time.Time{time.Now().Add(10 * time.Second)}, l.pauses)
	})
}

func TestLimiterLearns(t *testing.T) {
	for rate, want := range map[float64]time.Duration{0.5: 2 * time.Second, 0: time.Second, -1: time.Second,
		1e-9: 24 * time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			l := transport.NewLimiter(transport.Quota{Every: time.Second}).(order.LearningLimiter)
			l.Learn(rate)
			begin := time.Now()
			for range 2 {
				require.NoError(t, l.Wait(t.Context()))
			}
			require.Equal(t, want, time.Since(begin), "%g", rate)
		})
	}
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

// A refusal for speed empties the bucket for everybody, and nobody goes before the time that the
// mall named.
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

// The time that the mall named holds for others too, who have not been refused themselves and would
// have a token sooner.
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

// A limiter of the caller's that learns hears of the pause that the mall named, or of the
// operation's own rate: it may stand for clients that were not refused themselves.
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
