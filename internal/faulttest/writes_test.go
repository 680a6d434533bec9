package faulttest_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// TestShippingThroughFaults ships every order that is ready while one call in five fails in one of the fakes' ways, and goes on as the
// results say: what is done is done, what is unknown is looked at first, what was refused is sent again. At the end every order is
// shipped under its number exactly once, and no result has said "done" of an order that was not shipped, or "refused" of one that was.
func TestShippingThroughFaults(t *testing.T) {
	dice := *seed
	if dice == 0 {
		dice = rand.Uint64()
	}
	t.Logf("seed %d (-seed repeats it)", dice)
	for i, name := range []order.Mall{order.Rakuten, order.Yahoo, order.Amazon, order.AuPay} {
		t.Run(string(name), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := openMalls(t, 21, 40)[i]
				shipAll(t, m, newProxy(m, dice, 0))
			})
		})
	}
}

// parcel is an order on its way out of the shop.
type parcel struct {
	order  order.Order
	number string
}

func shipAll(t *testing.T, m *mall, faults *proxy) {
	ctx, clean := t.Context(), m.source(t, m.wire)
	var parcels []*parcel
	for o, err := range clean.Orders(ctx, order.Query{From: time.Now().AddDate(0, 0, -15), Statuses: []order.Status{order.ReadyToShip}}) {
		require.NoError(t, err)
		if len(o.Parcels) == 1 && !order.Stopped(order.MayShip(o)) && !o.Flags.Has(order.BuyerMayCancel) {
			parcels = append(parcels, &parcel{order: o, number: fmt.Sprintf("%012d", len(parcels)+1)})
		}
	}
	require.NotEmpty(t, parcels)
	actor, err := order.NewActor(m.source(t, faults))
	require.NoError(t, err)

	outcomes := map[order.Outcome]int{}
	open := parcels
	for round := 0; len(open) > 0; round++ {
		require.Less(t, round, 100, "orders that can never be shipped: %v", len(open))
		tasks := make([]order.Task[order.Shipment], len(open))
		for i, p := range open {
			tasks[i] = order.Task[order.Shipment]{Order: p.order, Do: order.Shipment{
				Carrier: timeslot.Yamato, Numbers: order.Tracking(p.number), At: time.Now().Add(-time.Minute)}}
		}
		faults.arm(true)
		results, _ := actor.Ship(ctx, tasks, order.WriteOptions{})
		faults.arm(false)
		time.Sleep(time.Hour) // a renewed key, an open door: what a person does between two tries

		var left []*parcel
		for i, r := range results {
			p := open[i]
			outcomes[r.Outcome]++
			now := shipped(t, ctx, clean, p)
			switch r.Outcome {
			case order.Done:
				require.Equal(t, 1, now, "order %s is reported shipped", r.Order)
			case order.Refused:
				require.Zero(t, now, "order %s is reported refused: %s", r.Order, r.Message)
			}
			if now == 0 {
				left = append(left, p)
			}
		}
		open = left
	}
	for _, p := range parcels {
		require.Equal(t, 1, shipped(t, ctx, clean, p), "order %s", p.order.ID)
	}
	t.Logf("%d orders; results: %v", len(parcels), outcomes)
}

// shipped counts the records of the order under its number. At au PAY Market shipping takes two calls, and only an order that is 完了
// counts: one that has its number alone is half-way, which its result says.
func shipped(t *testing.T, ctx context.Context, clean order.Source, p *parcel) (n int) {
	o, err := clean.Order(ctx, p.order.ID)
	require.NoError(t, err)
	if o.Mall == order.AuPay && o.Status != order.Completed {
		return 0
	}
	for _, parcel := range o.Parcels {
		for _, s := range parcel.Shipments {
			if s.Tracking == p.number {
				n++
			}
		}
	}
	return n
}
