package faulttest_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// acts does each of the five writes through an Actor.
var acts = map[order.Ability]func(context.Context, *order.Actor, []order.Order, order.WriteOptions) ([]order.Result,
	error){
	order.CanConfirm: func(ctx context.Context, a *order.Actor, orders []order.Order, opt order.WriteOptions) (
		[]order.Result, error) {
		return a.Confirm(ctx, orders, opt)
	},
	order.CanShip: func(ctx context.Context, a *order.Actor, orders []order.Order, opt order.WriteOptions) (
		[]order.Result, error) {
		return a.Ship(ctx, tasks(orders, shipment(timeslot.Yamato)), opt)
	},
	order.CanCancel: func(ctx context.Context, a *order.Actor, orders []order.Order, opt order.WriteOptions) (
		[]order.Result, error) {
		return a.Cancel(ctx, tasks(orders, order.Cancellation{Reason: order.OutOfStock}), opt)
	},
	order.CanAnnotate: func(ctx context.Context, a *order.Actor, orders []order.Order, opt order.WriteOptions) (
		[]order.Result, error) {
		return a.Annotate(ctx, tasks(orders, "見本のメモ"), opt)
	},
	order.CanChangeDelivery: func(ctx context.Context, a *order.Actor, orders []order.Order, opt order.WriteOptions) (
		[]order.Result, error) {
		day, slot := order.DateOf(time.Now()).AddDays(3), timeslot.Morning
		return a.ChangeDelivery(ctx, tasks(orders, order.DeliveryChange{Date: &day, Slot: &slot}), opt)
	},
}

// tasks does the same to all orders.
func tasks[T any](orders []order.Order, do T) []order.Task[T] {
	all := make([]order.Task[T], len(orders))
	for i, o := range orders {
		all[i] = order.Task[T]{Order: o, Do: do}
	}
	return all
}

func shipment(carrier timeslot.Carrier) order.Shipment {
	return order.Shipment{Carrier: carrier, Numbers: order.Tracking("000000000000"), At: time.Now().Add(-time.Minute)}
}

// TestActorOverAllMalls gives one call orders of all four malls: dry first, which changes nothing,
// then in earnest. Each mall does what its capabilities say, and the others refuse by name; there
// is one result for each order, in the order of the call.
func TestActorOverAllMalls(t *testing.T) {
	for ability, act := range acts {
		t.Run(string(ability), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var sources []order.Source
				var orders []order.Order
				for _, m := range openMalls(t, 31, 40) {
					source := m.source(t, m.wire)
					sources = append(sources, source)
					orders = append(orders, ready(t, source, states[ability]))
				}
				actor, err := order.NewActor(sources...)
				require.NoError(t, err)
				for _, dry := range []bool{true, false} {
					results, err := act(t.Context(), actor, orders, order.WriteOptions{DryRun: dry})
					require.Len(t, results, len(orders))
					refused := false
					for i, r := range results {
						can := sources[i].(capable).Capabilities().Can(ability)
						refused = refused || !can
						require.Equal(t, []any{orders[i].Mall, orders[i].Shop, orders[i].ID, dry},
							[]any{r.Mall, r.Shop, r.Order, r.DryRun})
						if !can {
							require.Equal(t, order.Refused, r.Outcome)
							require.ErrorIs(t, r.Err, order.ErrInvalid)
							continue
						}
						require.Equal(t, order.Done, r.Outcome, "%s: %s", r.Mall, r.Message)
						now, err := sources[i].Order(t.Context(), orders[i].ID)
						require.NoError(t, err)
						require.Equal(t, dry, now.Revision == orders[i].Revision,
							"%s: a dry run changes nothing, the other does", r.Mall)
					}
					require.Equal(t, refused, err != nil)
				}
			})
		})
	}
}

// ready is an order of a status that a write may be done to.
func ready(t *testing.T, source order.Source, status order.Status) order.Order {
	var all []order.Order
	for o, err := range source.Orders(t.Context(), order.Query{From: time.Now().AddDate(0, 0, -15)}) {
		require.NoError(t, err)
		all = append(all, o)
	}
	o := take(&all, status)
	if o.ID == "" { // a mall without this status (Amazon has no New) refuses any order
		o = all[0]
	}
	return o
}

// TestActorRefusesACarrierByName asks for a carrier that no mall has a code for.
func TestActorRefusesACarrierByName(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var sources []order.Source
		var orders []order.Order
		for _, m := range openMalls(t, 31, 40) {
			if m.name == order.Amazon { // takes the name of any carrier
				continue
			}
			source := m.source(t, m.wire)
			sources, orders = append(sources, source), append(orders, ready(t, source, order.ReadyToShip))
		}
		actor, err := order.NewActor(sources...)
		require.NoError(t, err)
		results, err := actor.Ship(t.Context(), tasks(orders, shipment("invented-express")), order.WriteOptions{})
		require.ErrorIs(t, err, order.ErrInvalid)
		for _, r := range results {
			require.Equal(t, order.Refused, r.Outcome)
			require.Contains(t, r.Message, "invented-express")
		}
	})
}
