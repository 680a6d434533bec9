package faulttest_test

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/yahoo"
)

// shared is a caller's own limiter, as several workers share one.
type shared struct {
	rates  []float64
	pauses []time.Duration
}

func (s *shared) Wait(ctx context.Context) error { return ctx.Err() }
func (s *shared) Learn(rate float64)             { s.rates = append(s.rates, rate) }
func (s *shared) Pause(until time.Time)          { s.pauses = append(s.pauses, time.Until(until)) }

// deaf is one that cannot learn: nothing is told, nothing breaks.
type deaf struct{}

func (deaf) Wait(ctx context.Context) error { return ctx.Err() }

// A limiter of the caller's own learns what the mall says of its speed, in every form in which a
// mall says it, and so does whoever looks at the events.
func TestAnOwnLimiterLearns(t *testing.T) {
	for name, c := range map[string]struct {
		header func() http.Header
		asked  time.Duration
	}{
		"seconds": {func() http.Header { return http.Header{"Retry-After": {"30"}} }, 30 * time.Second},
		"a date": {func() http.Header {
			return http.Header{"Retry-After": {time.Now().UTC().Add(45 * time.Second).Format(http.TimeFormat)}}
		}, 45 * time.Second},
		"an instant":        {func() http.Header { return http.Header{"Retry-After": {strconv.FormatInt(time.Now().Unix()+20, 10)}} }, 20 * time.Second},
		"the year 9999":     {func() http.Header { return http.Header{"Retry-After": {"Fri, 31 Dec 9999 23:59:59 GMT"}} }, time.Hour},
		"no time":           {func() http.Header { return nil }, 0},
		"nonsense":          {func() http.Header { return http.Header{"Retry-After": {"1e300"}} }, 0},
		"the rate, as well": {func() http.Header { return http.Header{"X-Amzn-Ratelimit-Limit": {"0.5"}, "Retry-After": {"30"}} }, 30 * time.Second},
	} {
		for _, mall := range []order.Mall{order.Rakuten, order.Yahoo, order.Amazon, order.AuPay} {
			t.Run(fmt.Sprint(name, " ", mall), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					l, own := &literal{status: 429, body: "slow down", header: c.header()}, &shared{}
					asked := make([]time.Duration, 0)
					watch := order.ObserverFunc(func(_ context.Context, e order.Event) {
						if e.Kind == order.EventAttempt {
							asked = append(asked, e.RetryAfter)
						}
					})
					err := check(t, mall, l, func(string) order.Limiter { return own }, watch)
					require.ErrorIs(t, err, order.ErrRateLimited)
					require.NotEmpty(t, own.pauses)
					require.Equal(t, c.asked, asked[0])
					if c.asked > 0 {
						require.Equal(t, c.asked, own.pauses[0])
					} else {
						require.Positive(t, own.pauses[0], "the time of one call")
						require.LessOrEqual(t, own.pauses[0], 2*time.Minute)
					}
					require.Empty(t, own.rates, "a refusal's rate is not believed")
					err = check(t, mall, l, func(string) order.Limiter { return deaf{} }, watch)
					require.ErrorIs(t, err, order.ErrRateLimited)
				})
			})
		}
	}
	own := &shared{}
	l := &literal{status: 200,
		body:   `{"payload":[{"marketplace":{"id":"A1VC38T7YXB528"},"participation":{"isParticipating":true}}]}`,
		header: http.Header{"X-Amzn-Ratelimit-Limit": {"0.5"}}}
	require.NoError(t, check(t, order.Amazon, l, func(string) order.Limiter { return own }, nil))
	require.Equal(t, []float64{0.5}, own.rates)
}

// check makes the cheapest call of a mall.
func check(t *testing.T, mall order.Mall, l *literal, limiters order.Limiters, o order.Observer) error {
	hc := &http.Client{Transport: l}
	var c interface{ Check(context.Context) error }
	var err error
	switch mall {
	case order.Rakuten:
		c, err = rakuten.New(rakuten.Config{Shop: "mihon", HTTPClient: hc, Limiter: limiters, Observer: o,
			Keys: credential.Static(rakuten.Keys{
				ServiceSecret: credential.NewSecret("SP0000000000"),
				LicenseKey:    credential.NewSecret("SL0000000000")})})
	case order.Yahoo:
		c, err = yahoo.New(yahoo.Config{Shop: "mihon", HTTPClient: hc, Limiter: limiters, Observer: o,
			Tokens: literalToken{}, Keys: credential.Static(yahoo.Keys{})})
	case order.Amazon:
		c, err = amazon.New(amazon.Config{Shop: "A0MIHON", HTTPClient: hc, Limiter: limiters, Observer: o,
			Tokens: literalToken{}})
	case order.AuPay:
		c, err = aupay.New(aupay.Config{Shop: "10000001", HTTPClient: hc, Limiter: limiters, Observer: o,
			Keys: credential.Static(aupay.Keys{APIKey: credential.NewSecret("key-0000000000")})})
	}
	require.NoError(t, err)
	return c.Check(t.Context())
}
