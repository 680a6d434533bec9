package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/ordertest"

	"example.com/jpmall-worker/internal/shops"
	"example.com/jpmall-worker/pgstore"
)

// slowly is a pace for tests on a busy machine, where a call that was let through on time may reach
// the fake two seconds late.
const slowly = 3 * time.Second

// refused are the calls that a fake answered with 429, each with the time since the first call of
// all and the pauses since those before it.
func (f *fake) refused() (all []string) {
	calls := f.mall.(interface{ Calls(string) []ordertest.Call }).Calls("")
	for i, c := range calls {
		if c.Status != http.StatusTooManyRequests {
			continue
		}
		said := fmt.Sprintf("%s %s: %s %s in", f.Mall, f.Shop, c.Operation,
			c.Time.Sub(calls[0].Time).Round(time.Millisecond))
		for _, before := range calls[max(0, i-3):i] {
			said += fmt.Sprintf(", %s after %s (%d)", c.Time.Sub(before.Time).Round(time.Millisecond),
				before.Operation, before.Status)
		}
		all = append(all, said)
	}
	return all
}

func (f *fake) count() int { return f.mall.(interface{ Count(string) int }).Count("") }

// TestWorkersKeepAQuota: eight workers that share nothing but the database read one shop as fast as
// they may. Its mall, which answers 429 to whatever is above its quota, refuses none of it.
func TestWorkersKeepAQuota(t *testing.T) {
	const workers, lasts = 8, 16 * time.Second
	db, _ := open(t)
	fakes, err := openFakes(4, size{orders: 4, quotas: true})
	require.NoError(t, err)
	defer closeFakes(fakes)
	require.NoError(t, enter(t.Context(), db, time.Second, entries(fakes)...))
	ctx, cancel := context.WithTimeout(t.Context(), lasts)
	defer cancel()
	var all sync.WaitGroup
	for range workers {
		quotas := pgstore.NewQuotas(db, quiet())
		defer quotas.Close()
		clients := &shops.Clients{Store: pgstore.Credentials{DB: db}, Quotas: quotas, Pace: slowly}
		for _, f := range fakes {
			client, err := clients.Open(f.Row)
			require.NoError(t, err)
			all.Go(func() {
				for ctx.Err() == nil {
					for range client.Orders(ctx, order.Query{From: time.Now().AddDate(0, 0, -30)}) {
					}
				}
			})
		}
	}
	all.Wait()
	for _, f := range fakes {
		require.Empty(t, f.refused(), "of %d calls", f.count())
		require.GreaterOrEqual(t, f.count(), 3, "%s: the quota is there to be used", f.Mall)
	}
	require.LessOrEqual(t, fakes[0].count(), 1+int(lasts/time.Second),
		"Rakuten allows one call a second, whatever it is")
}
