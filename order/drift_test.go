package order_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// A thousand clients report what their mall changed; the Observer of all hears it once an hour.
func TestDriftOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var heard []order.Event
		o := order.DriftOnce(order.ObserverFunc(func(_ context.Context, e order.Event) { heard = append(heard, e) }))
		clients := func(e order.Event) {
			for i := range 1000 {
				e.Shop, e.Start = fmt.Sprint("shop-", i), time.Now()
				o.Observe(t.Context(), e)
			}
		}
		mood := order.Event{Kind: order.EventDrift, Mall: order.Rakuten, Operation: "getOrder", Drift: order.DriftUnknown,
			Path: "OrderModelList[].mood"}
		clients(mood)
		require.Len(t, heard, 1)
		time.Sleep(59 * time.Minute)
		clients(mood)
		require.Len(t, heard, 1)
		time.Sleep(time.Minute)
		clients(mood)
		require.Len(t, heard, 2)
		for n, change := range []func(e *order.Event){
			func(e *order.Event) { e.Mall = order.Yahoo }, func(e *order.Event) { e.Operation = "searchOrder" },
			func(e *order.Event) { e.Path = "OrderModelList[].other" }, func(e *order.Event) { e.Drift = order.DriftType },
			func(e *order.Event) { e.Assumption = "search-total" },
		} {
			e := mood
			change(&e)
			clients(e)
			require.Len(t, heard, 3+n)
		}
		heard = nil
		clients(order.Event{Kind: order.EventCall})
		require.Len(t, heard, 1000, "all else is passed")
	})
}

// However many places there are, few are remembered, and what is not is still reported.
func TestDriftOnceIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		heard := 0
		o := order.DriftOnce(order.ObserverFunc(func(context.Context, order.Event) { heard++ }))
		tell := func(n int) {
			o.Observe(t.Context(), order.Event{Kind: order.EventDrift, Start: time.Now(), Path: fmt.Sprint(n)})
		}
		for n := range 10_001 {
			tell(n)
		}
		tell(9_999)
		require.Equal(t, 10_001, heard)
		tell(10_000)
		require.Equal(t, 10_002, heard)
		time.Sleep(time.Hour)
		tell(10_000)
		tell(10_000)
		require.Equal(t, 10_003, heard, "an hour later there is room again")
	})
}

type begun struct{ order.ObserverFunc }

type key struct{}

func (begun) Begin(ctx context.Context, _ order.Event) context.Context {
	return context.WithValue(ctx, key{}, "span")
}

func TestDriftOnceKeepsATracer(t *testing.T) {
	silent := order.ObserverFunc(func(context.Context, order.Event) {})
	_, ok := order.DriftOnce(silent).(order.Tracer)
	require.False(t, ok)
	tracer, ok := order.DriftOnce(begun{silent}).(order.Tracer)
	require.True(t, ok)
	require.Equal(t, "span", tracer.Begin(t.Context(), order.Event{}).Value(key{}))
	require.Nil(t, order.DriftOnce(nil))
}
