package yahoo_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// TestWritesInTheFirstTenMinutes says how long the buyer can still cancel, and succeeds after
// that. Annotate does not read the order first: the mall itself refuses it.
func TestWritesInTheFirstTenMinutes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := newMall(t)
		c := newClient(t, mall)
		id := mall.AddOrder(yahootest.Order{Placed: time.Now().Add(-3 * time.Minute)})
		confirm := []order.Confirmation{{Order: id}}
		results, err := c.Confirm(t.Context(), confirm, order.WriteOptions{})
		require.ErrorIs(t, err, order.ErrConflict)
		require.Equal(t, order.Refused, results[0].Outcome)
		require.InDelta(t, 7*time.Minute, results[0].Wait, float64(10*time.Second))
		require.Contains(t, results[0].Next.EN, "first ten minutes")
		require.Contains(t, results[0].Next.JA, "10分")
		require.Contains(t, results[0].Reason(order.Japanese), "10分間")

		noted, err := c.Annotate(t.Context(), []order.Annotation{{Order: id, Memo: "見本"}}, order.WriteOptions{})
		require.ErrorIs(t, err, order.ErrConflict)
		require.Equal(t, results[0].Next, noted[0].Next)

		time.Sleep(results[0].Wait)
		results, err = c.Confirm(t.Context(), confirm, order.WriteOptions{})
		require.NoError(t, err)
		require.Equal(t, order.Done, results[0].Outcome)
	})
}
