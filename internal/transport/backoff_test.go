package transport_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/transport/transporttest"
	"github.com/jpmall/jpmall/order"
)

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
				require.Contains(t, err.Error(), "asks to wait")
				require.Zero(t, time.Since(begin), "told at once")
			})
		})
	}
}

// A date is measured by the server's own clock, where it tells one that can be read.
func TestRetryAfterByTheServersClock(t *testing.T) {
	at := func(d time.Duration) string { return time.Now().UTC().Add(d).Format(http.TimeFormat) }
	for name, test := range map[string]struct {
		date, after func() string
		wait        time.Duration
	}{
		"an hour ahead": {func() string { return at(time.Hour) }, func() string { return at(time.Hour + 9*time.Second) }, 9 * time.Second},
		"an hour late":  {func() string { return at(-time.Hour) }, func() string { return at(9*time.Second - time.Hour) }, 9 * time.Second},
		"no clock":      {func() string { return "noon" }, func() string { return at(9 * time.Second) }, 9 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{}
			bubble(t, func() *memory {
				s.steps = []http.HandlerFunc{
					answer(429, "", "Date", test.date(), "Retry-After", test.after()), answer(200, "")}
				return transporttest.Serve(s)
			}, nil, func(t *testing.T, c *transport.Client) {
				_, err := c.Do(t.Context(), transport.Call{Operation: search})
				require.NoError(t, err)
				require.Equal(t, []time.Duration{0, test.wait}, offsets(s))
			})
		})
	}
}

// What is no time to wait is not said: the client's own backoff holds.
func TestRetryAfterThatIsNone(t *testing.T) {
	for _, value := range []string{"1e300", "Inf", "-Inf", "NaN", "-5", "0", "soon", "0x10", "+7", "1_000", ".",
		"1.2.3",
		"100000000", "10000000000", // instants long over: in 1973, and in 1970 in milliseconds
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

// The least wait is one, so that a loop never spins.
func TestShortestBackoff(t *testing.T) {
	s := &script{steps: []http.HandlerFunc{answer(500, "")}}
	bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
		c.Limits = transport.Limits{BackoffMin: time.Hour, BackoffMax: time.Nanosecond}
	}, func(t *testing.T, c *transport.Client) {
		_, err := c.Do(t.Context(), transport.Call{Operation: search})
		require.ErrorIs(t, err, order.ErrTemporary)
		require.Equal(t, []time.Duration{0, 1, 2, 3}, offsets(s))
	})
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
