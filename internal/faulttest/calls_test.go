package faulttest_test

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// TestBackfillCalls holds the first pass of a Feed to what the mall's own batches allow for a
// thousand orders, and one slice more at most: it reads seven days first, to learn how much a slice
// of the window costs, and then the rest at once.
func TestBackfillCalls(t *testing.T) {
	least := map[order.Mall]int{
		order.Rakuten: 11, order.Yahoo: 1001, order.Amazon: 10,
		order.AuPay: 3, // two windows of 31 days, and a full page is followed by another
	}
	for i := range openers {
		synctest.Test(t, func(t *testing.T) {
			m := openMall(t, i, 1, 1000)
			wire := &counter{RoundTripper: m.wire}
			feed, err := order.NewFeed(order.FeedConfig{Store: order.NewMemoryFeedStore(),
				Sources: []order.FeedSource{{Source: m.source(t, wire), From: time.Now().AddDate(0, 0, -60)}}})
			require.NoError(t, err)
			orders := 0
			require.NoError(t, feed.Once(t.Context(),
				func(context.Context, order.Order) error { orders++; return nil }))
			require.Equal(t, 1000, orders)
			t.Logf("%-8s %d calls, %d at least", m.name, wire.calls, least[m.name])
			require.LessOrEqual(t, wire.calls, least[m.name]+2, m.name)
		})
	}
}

// counter counts calls but those for a token.
type counter struct {
	http.RoundTripper
	calls int
}

func (c *counter) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Path != "/auth/o2/token" && r.URL.Path != "/yconnect/v2/token" {
		c.calls++
	}
	return c.RoundTripper.RoundTrip(r)
}
