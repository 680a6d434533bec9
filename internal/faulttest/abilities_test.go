package faulttest_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/timeslot"
	"github.com/jpmall/jpmall/yahoo"
)

type capable interface{ Capabilities() order.Capabilities }

// writes does each of the five writes to one order and gives its result.
var writes = map[order.Ability]func(context.Context, order.Source, order.Order) (order.Result, bool, error){
	order.CanConfirm: func(ctx context.Context, s order.Source, o order.Order) (order.Result, bool, error) {
		w, ok := order.As[order.Confirmer](s)
		if !ok {
			return order.Result{}, false, nil
		}
		return first(w.Confirm(ctx, []order.Confirmation{{Order: o.ID}}, order.WriteOptions{}))
	},
	order.CanShip: func(ctx context.Context, s order.Source, o order.Order) (order.Result, bool, error) {
		w, ok := order.As[order.Shipper](s)
		if !ok {
			return order.Result{}, false, nil
		}
		return first(w.Ship(ctx, []order.Shipment{{
			Order: o.ID, Carrier: timeslot.Yamato, Numbers: order.Tracking("000000000000"),
			At: time.Now().Add(-time.Minute),
		}}, order.WriteOptions{}))
	},
	order.CanCancel: func(ctx context.Context, s order.Source, o order.Order) (order.Result, bool, error) {
		w, ok := order.As[order.Canceller](s)
		if !ok {
			return order.Result{}, false, nil
		}
		return first(w.Cancel(ctx, []order.Cancellation{{Order: o.ID, Reason: order.OutOfStock}}, order.WriteOptions{}))
	},
	order.CanAnnotate: func(ctx context.Context, s order.Source, o order.Order) (order.Result, bool, error) {
		w, ok := order.As[order.Annotator](s)
		if !ok {
			return order.Result{}, false, nil
		}
		return first(w.Annotate(ctx, []order.Annotation{{Order: o.ID, Memo: "見本のメモ"}}, order.WriteOptions{}))
	},
	order.CanChangeDelivery: func(ctx context.Context, s order.Source, o order.Order) (order.Result, bool, error) {
		w, ok := order.As[order.DeliveryChanger](s)
		if !ok {
			return order.Result{}, false, nil
		}
		day, slot := order.DateOf(time.Now()).AddDays(3), timeslot.Morning
		return first(w.ChangeDelivery(ctx, []order.DeliveryChange{{Order: o.ID, Date: &day, Slot: &slot}},
			order.WriteOptions{}))
	},
}

func first(results []order.Result, err error) (order.Result, bool, error) {
	if len(results) != 1 {
		return order.Result{}, true, errors.Join(err, errors.New("not one result"))
	}
	return results[0], true, err
}

// states are those in which an order is good for a write.
var states = map[order.Ability]order.Status{
	order.CanConfirm: order.New, order.CanShip: order.ReadyToShip, order.CanCancel: order.ReadyToShip,
	order.CanAnnotate: order.ReadyToShip, order.CanChangeDelivery: order.ReadyToShip,
}

// TestCapabilitiesAreTrue proves each yes of the malls' tables by doing it on the fake, and each no
// by the absence of the interface or by the mall's refusal.
func TestCapabilitiesAreTrue(t *testing.T) {
	for i, name := range []order.Mall{order.Rakuten, order.Yahoo, order.Amazon, order.AuPay} {
		t.Run(string(name), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // quotas cost no time in a bubble
				m := openMalls(t, 11, 40)[i]
				require.Equal(t, name, m.name)
				capabilities(t, m.source(t, m.wire))
			})
		})
	}
}

func capabilities(t *testing.T, source order.Source) {
	ctx, table := t.Context(), source.(capable).Capabilities()
	require.Equal(t, source.Mall(), table.Mall)
	from := time.Now().AddDate(0, 0, -15)
	var all []order.Order
	for o, err := range source.Orders(ctx, order.Query{From: from}) {
		require.NoError(t, err)
		all = append(all, o)
	}
	require.Equal(t, len(all) > 0, table.Can(order.CanRead))
	follow, _ := table.Get(order.CanFollow)
	require.True(t, follow.Yes && follow.Window > 0, "that it works is what the test of the Feed proves")

	var refused error
	for _, err := range source.Orders(ctx, order.Query{From: from, By: order.ByUpdated}) {
		refused = err
	}
	if table.Can(order.CanReadUpdated) {
		require.NoError(t, refused)
	} else {
		require.ErrorIs(t, refused, order.ErrInvalid)
	}
	for ability, write := range writes {
		result, there, err := write(ctx, source, take(&all, states[ability]))
		require.Equal(t, table.Can(ability), there, "%s", ability)
		if there {
			require.NoError(t, err, "%s", ability)
			require.Equal(t, order.Done, result.Outcome, "%s: %s", ability, result.Message)
		}
	}
	others(t, ctx, source, table, all)
}

// take takes an order of a status, with one parcel, out of the list.
func take(all *[]order.Order, status order.Status) order.Order {
	for i, o := range *all {
		if o.Status == status && len(o.Parcels) == 1 && !o.Unresolved() && !o.Flags.Has(order.BuyerMayCancel) {
			*all = append((*all)[:i:i], (*all)[i+1:]...)
			return o
		}
	}
	return order.Order{}
}

// others proves the abilities that are calls of one mall's own.
func others(t *testing.T, ctx context.Context, source order.Source, table order.Capabilities, all []order.Order) {
	payment, stock := false, false
	switch c := source.(type) {
	case *rakuten.Client:
		_, err := c.GetPayment(ctx, all[0].ID)
		require.NoError(t, err)
		_, _, err = c.GetInventory(ctx, rakuten.Variant{ManageNumber: "mihon", VariantID: "1"})
		require.ErrorIs(t, err, order.ErrNotFound, "the fake's shop has no such goods, and says so")
		payment, stock = true, true
	case *yahoo.Client:
		_, err := c.GetStock(ctx, []yahoo.ItemCode{{Code: "mihon"}})
		require.NoError(t, err)
		payment, stock = true, true // OrderPayStatusChange is proven in yahoo: it needs an order that is not paid
	case *aupay.Client:
		_, err := c.SearchStocks(ctx, aupay.SearchStocksRequest{})
		require.NoError(t, err)
		stock = true
	}
	require.Equal(t, payment, table.Can(order.CanPayment))
	_, keeps := order.As[order.StockKeeper](source)
	require.Equal(t, []bool{stock, keeps}, []bool{table.Can(order.CanStock), table.Can(order.CanStock)})

	ends := false
	if prober, ok := source.(credential.Prober); ok {
		seen, err := prober.Probe(ctx, credential.Record{Mall: source.Mall(), Shop: source.Shop(),
			Kind: credential.KindLicenseKey})
		ends = err == nil && !seen.End.IsZero()
	}
	require.Equal(t, ends, table.Can(order.CanExpiry))
}
