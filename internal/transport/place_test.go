package transport_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
)

// A token that takes long to be had does not use up the pause before the next call: what the mall
// sees keeps the quota.
func TestACredentialIsHadBeforeThePlace(t *testing.T) {
	s := &script{steps: []http.HandlerFunc{answer(200, "{}")}}
	signed := 0
	bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
		c.Sign = func(context.Context, *http.Request, []byte) error {
			if signed++; signed == 1 {
				time.Sleep(8 * time.Second)
			}
			return nil
		}
	}, func(t *testing.T, c *transport.Client) {
		for range 4 { // two at once, and one in ten seconds
			_, err := c.Do(t.Context(), transport.Call{Operation: slow})
			require.NoError(t, err)
		}
		for i := range 2 {
			require.GreaterOrEqual(t, s.at[i+2].Sub(s.at[i]), 10*time.Second)
		}
		require.Equal(t, 6, signed, "what waited ten seconds is signed anew")
	})
}

func TestADeadKeyCostsNoQuota(t *testing.T) {
	s := &script{steps: []http.HandlerFunc{answer(200, "{}")}}
	dead := errors.New("no key")
	bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
		c.Sign = func(context.Context, *http.Request, []byte) error { return dead }
	}, func(t *testing.T, c *transport.Client) {
		began := time.Now()
		for range 5 {
			_, err := c.Do(t.Context(), transport.Call{Operation: slow})
			require.ErrorIs(t, err, dead)
		}
		require.Zero(t, time.Since(began))
		dead = nil
		for range 2 {
			_, err := c.Do(t.Context(), transport.Call{Operation: slow})
			require.NoError(t, err)
		}
		require.Zero(t, time.Since(began), "both places of the bucket are there")
	})
}

// net/http sends a read once more by itself when a connection that was used before ends without an
// answer. The mall counts both.
func TestARepetitionByNetHTTPKeepsTheQuota(t *testing.T) {
	drop := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	s := &script{steps: []http.HandlerFunc{answer(200, "{}"), drop, answer(200, "{}")}}
	read := transport.Operation{Name: "expiry", Method: "GET", Path: "/expiry", Retry: transport.Read,
		Quota: transport.Quota{Every: 3 * time.Second, Burst: 1}}
	bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
		c.Operations = append(c.Operations, read)
	}, func(t *testing.T, c *transport.Client) {
		for range 3 {
			_, err := c.Do(t.Context(), transport.Call{Operation: read})
			require.NoError(t, err)
		}
		require.Len(t, s.at, 4, "one was sent twice")
		for i := range s.at[1:] {
			require.GreaterOrEqual(t, s.at[i+1].Sub(s.at[i]), 3*time.Second)
		}
	})
}
