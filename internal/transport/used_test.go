package transport_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// What has no quota takes nothing of one, and begins no hour.
func TestReadShareOfQuotasAlone(t *testing.T) {
	bubble(t, serve(func(http.ResponseWriter, *http.Request) {}), func(c *transport.Config) {
		c.Operations[0].Quota = transport.Quota{Every: 30 * time.Second}
		c.Limiters = func(operation string) order.Limiter {
			if operation == detail.Name {
				return order.Unlimited(operation)
			}
			return nil
		}
	}, func(t *testing.T, c *transport.Client) {
		_, err := c.Do(t.Context(), transport.Call{Operation: detail, Vars: map[string]string{"id": "1"}})
		require.NoError(t, err)
		time.Sleep(30 * time.Minute)
		for range 2 {
			_, err = c.Do(t.Context(), transport.Call{Operation: search})
			require.NoError(t, err)
		}
		time.Sleep(90 * time.Second)
		require.InDelta(t, 0.5, c.ReadShare(), 0.001, "a minute of two")
	})
}

// The share is that of reads, of the most used quota, in the last hour.
func TestReadShare(t *testing.T) {
	bubble(t, serve(func(http.ResponseWriter, *http.Request) {}), func(c *transport.Config) {
		c.PerDay = 24 * 60 // a call a minute
		for i := range c.Operations {
			c.Operations[i].Quota = transport.Quota{Every: 30 * time.Second}
		}
	}, func(t *testing.T, c *transport.Client) {
		do := func(op transport.Operation, n int) {
			for range n {
				_, err := c.Do(t.Context(), transport.Call{Operation: op})
				require.NoError(t, err)
			}
		}
		require.Zero(t, c.ReadShare())
		do(ship, 5)
		require.Zero(t, c.ReadShare(), "writes do not count")
		do(search, 1)
		time.Sleep(10 * time.Minute)
		require.InDelta(t, 0.1, c.ReadShare(), 0.001, "since the first read")
		time.Sleep(110 * time.Minute)
		require.Zero(t, c.ReadShare(), "nothing in the last hour")
		do(search, 30)
		time.Sleep(45*time.Minute + 30*time.Second)
		require.InDelta(t, 0.5, c.ReadShare(), 0.01,
			"30 calls of 60 that the day has for an hour, of 120 that the operation has")
		time.Sleep(30 * time.Minute)
		require.InDelta(t, 0.25, c.ReadShare(), 0.01, "half of the hour before has gone by")
	})
}
