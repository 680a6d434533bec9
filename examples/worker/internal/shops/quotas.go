package shops

import (
	"cmp"
	"context"
	"sync"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo"

	"example.com/jpmall-worker/pgstore"
)

// Pace is the usual Clients.Pace: a little slower than the malls' one call a second. Of two calls
// that were let through on time the first may reach the mall late, and many processes are less
// exact than one.
const Pace = 1100 * time.Millisecond

// amazonRates are the documented ones of the operations that a worker uses; Amazon's answers
// correct them. The rest of its operations goes at the pace of the slowest that is usual.
var amazonRates = map[string]pgstore.Rate{
	"searchOrders":    {Every: 180 * time.Second, Burst: 20},
	"getOrder":        {Every: 2 * time.Second, Burst: 30},
	"confirmShipment": {Every: 500 * time.Millisecond, Burst: 10},
}

func (c *Clients) pace() time.Duration { return cmp.Or(c.Pace, Pace) }

// limiters are a shop's quotas, kept in the database: Rakuten's and au's by shop, Yahoo!'s by
// application and URL with 50,000 calls a day for the application, Amazon's by seller and
// operation.
func (c *Clients) limiters(s Row) order.Limiters {
	if c.Quotas == nil {
		return order.Unlimited
	}
	shop := string(s.Mall) + "/" + s.Shop
	switch s.Mall {
	case order.Amazon:
		return func(operation string) order.Limiter {
			rate, ok := amazonRates[operation]
			if !ok {
				rate = pgstore.Rate{Every: time.Minute, Burst: 10}
			}
			return c.Quotas.Limiter(shop+"/"+operation, rate)
		}
	case order.Yahoo:
		application := read(c, s, func(_ Row, k Keys) (credential.Source[string], error) {
			return credential.Static(k["client_id"]), nil
		})
		return func(operation string) order.Limiter {
			return &yahooLimiter{quotas: c.Quotas, application: application, operation: operation,
				pace: c.pace()}
		}
	}
	return func(string) order.Limiter {
		return c.Quotas.Limiter(shop, pgstore.Rate{Every: c.pace()})
	}
}

// yahooLimiter finds the application of a store, which its keys name, and keeps that one's quota.
// There is one for each call.
type yahooLimiter struct {
	quotas      *pgstore.Quotas
	application credential.Source[string]
	operation   string
	pace        time.Duration

	mu    sync.Mutex
	found order.LearningLimiter // nil before the first Wait
}

var _ order.LearningLimiter = (*yahooLimiter)(nil)

// Wait implements order.Limiter.
func (y *yahooLimiter) Wait(ctx context.Context) error {
	id, err := y.application.Current(ctx)
	if err != nil {
		return err
	}
	key := "yahoo/" + id
	l := y.quotas.Limiter(key+"/"+y.operation,
		pgstore.Rate{Every: y.pace, Day: yahoo.CallsPerDay, DayKey: key})
	y.mu.Lock()
	y.found = l
	y.mu.Unlock()
	return l.Wait(ctx)
}

func (y *yahooLimiter) limiter() order.LearningLimiter {
	y.mu.Lock()
	defer y.mu.Unlock()
	return y.found
}

// Learn implements order.LearningLimiter.
func (y *yahooLimiter) Learn(callsPerSecond float64) {
	if l := y.limiter(); l != nil {
		l.Learn(callsPerSecond)
	}
}

// Pause implements order.LearningLimiter.
func (y *yahooLimiter) Pause(until time.Time) {
	if l := y.limiter(); l != nil {
		l.Pause(until)
	}
}
