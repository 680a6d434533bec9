package main

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// slow is a shop that knows what became of a report after a minute.
type slow struct {
	order.Source // nothing is read
	from         time.Time
}

func (slow) Mall() order.Mall { return "invented" }
func (slow) Shop() string     { return "mihon" }

func (s slow) Settle(_ context.Context, results []order.Result) ([]order.Result, error) {
	for i := range results {
		if time.Since(s.from) >= time.Minute {
			results[i].Outcome, results[i].Err = order.Done, nil
		} else {
			results[i].Wait = 30 * time.Second
		}
	}
	return results, nil
}

func TestSettleAsksUntilItIsTold(t *testing.T) {
	for patience, want := range map[time.Duration]order.Outcome{2 * time.Minute: order.Done,
		10 * time.Second: order.Unsettled} {
		synctest.Test(t, func(t *testing.T) {
			shop := slow{from: time.Now()}
			actor, err := order.NewActor(shop)
			require.NoError(t, err)
			open := []order.Result{{Mall: shop.Mall(), Shop: shop.Shop(), Order: "1", Wait: 5 * time.Second}}
			var out strings.Builder
			results, err := settle(t.Context(), actor, open, patience, &out)
			require.Equal(t, want, results[0].Outcome)
			require.Equal(t, want == order.Done, err == nil)
			require.Contains(t, out.String(), "asking again in 5s")
		})
	}
}
