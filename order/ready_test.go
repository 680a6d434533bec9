package order_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func TestMayShip(t *testing.T) {
	type answer map[order.ObjectionCode]bool // code -> whether it stops
	clear := []order.Parcel{{Delivery: order.Delivery{Slot: timeslot.Morning}}}
	unread := []order.Parcel{clear[0], {Delivery: order.Delivery{Label: "なるはや"}}}
	for name, c := range map[string]struct {
		order order.Order
		want  answer
	}{
		"unknown":           {order.Order{Status: order.Unknown}, answer{order.ObjectUnknownStatus: true}},
		"reserved":          {order.Order{Status: order.Reserved}, answer{order.ObjectReserved: true}},
		"awaiting payment":  {order.Order{Status: order.AwaitingPayment}, answer{order.ObjectNotPaid: true}},
		"new":               {order.Order{Status: order.New}, answer{order.ObjectNotConfirmed: false}},
		"on hold":           {order.Order{Status: order.OnHold}, answer{order.ObjectOnHold: true}},
		"ready":             {order.Order{Status: order.ReadyToShip}, answer{}},
		"partially shipped": {order.Order{Status: order.PartiallyShipped}, answer{}},
		"shipped":           {order.Order{Status: order.Shipped}, answer{order.ObjectShipped: false}},
		"completed":         {order.Order{Status: order.Completed}, answer{order.ObjectShipped: false}},
		"cancel requested":  {order.Order{Status: order.CancelRequested}, answer{order.ObjectCancelRequested: true}},
		"cancelled":         {order.Order{Status: order.Cancelled}, answer{order.ObjectCancelled: true}},
		"unread slot":       {order.Order{Status: order.ReadyToShip, Parcels: unread}, answer{order.ObjectUnreadSlot: true}},
		"social gift":       {order.Order{Status: order.ReadyToShip, Flags: order.Flags{order.SocialGift, order.AddressPending}}, answer{order.ObjectAddressPending: true}},
		"from the mall's warehouse": {order.Order{Status: order.ReadyToShip, Flags: order.Flags{order.FulfilledByMall}},
			answer{order.ObjectMallShips: true}},
		"with the mall's label": {order.Order{Status: order.ReadyToShip, Flags: order.Flags{order.ShippedByMall}},
			answer{order.ObjectMallShips: true}},
		"several at once": {order.Order{Status: order.CancelRequested, Flags: order.Flags{order.BuyerMayCancel, order.PaymentUnusual}, Parcels: unread,
			Problems: []order.Problem{{Field: "a"}}},
			answer{order.ObjectCancelRequested: true, order.ObjectUnreadSlot: true, order.ObjectBuyerMayCancel: false,
				order.ObjectPaymentUnusual: false, order.ObjectProblems: false}},
		"sum differs": {order.Order{Status: order.ReadyToShip, Amounts: order.Amounts{Billed: order.Yen(1000),
			Components: []order.Component{{Kind: order.Goods, Amount: order.Yen(900)}}}},
			answer{order.ObjectSum: false}},
	} {
		t.Run(name, func(t *testing.T) {
			if c.order.Parcels == nil {
				c.order.Parcels = clear
			}
			got := answer{}
			objections := order.MayShip(c.order)
			stops := false
			for _, o := range objections {
				got[o.Code] = o.Stops
				stops = stops || o.Stops
				require.NotEmpty(t, o.Field)
				require.NotEmpty(t, o.Text.EN)
				require.NotEmpty(t, o.Text.JA)
			}
			require.Equal(t, c.want, got)
			require.Len(t, got, len(objections), "each code once")
			require.Equal(t, stops, order.Stopped(objections))
		})
	}
}

func TestJudge(t *testing.T) {
	o := order.Order{Mall: order.Yahoo, Shop: "mihon", ID: "mihon-1", Status: order.OnHold,
		Flags:   order.Flags{order.BuyerMayCancel},
		Parcels: []order.Parcel{{Delivery: order.Delivery{Label: "なるはや"}}}}
	err, _ := order.WriteOptions{}.Judge(order.CanShip, o)
	require.ErrorIs(t, err, order.ErrConflict)
	require.Equal(t, []string{"mihon-1", "on_hold"}, []string{err.Order, err.Code})
	err, _ = order.WriteOptions{AnyState: true}.Judge(order.CanShip, o)
	require.ErrorContains(t, err, "slot")
	err, warnings := order.WriteOptions{AnyState: true, UnresolvedSlot: true}.Judge(order.CanShip, o)
	require.Nil(t, err)
	codes := make([]string, len(warnings))
	for i, w := range warnings {
		codes[i] = w.Code
	}
	require.Equal(t, []string{"on_hold", "unread_slot", "buyer_may_cancel"}, codes)

	// to ship once more adds a number, and what only a person mends is no news
	again := amounts(order.Yen(1000), order.Component{Kind: order.Goods, Amount: order.Yen(900)})
	again.Status, again.Flags = order.Shipped, order.Flags{order.PaymentUnusual}
	again.Problems = []order.Problem{{Field: "a"}}
	again.Parcels = []order.Parcel{{Delivery: order.Delivery{Slot: timeslot.Morning}}}
	require.Len(t, order.MayShip(again), 4)
	err, warnings = order.WriteOptions{}.Judge(order.CanShip, again)
	require.Nil(t, err)
	require.Len(t, warnings, 1)
	require.Equal(t, "payment_unusual", warnings[0].Code)
}

func TestOutcomeText(t *testing.T) {
	for _, o := range []order.Outcome{order.Unsettled, order.Done, order.Refused, order.NotSent} {
		text, err := o.MarshalText()
		require.NoError(t, err)
		var back order.Outcome
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, o, back)
	}
	o := order.Done
	require.NoError(t, o.UnmarshalText([]byte("unknown")), "as versions before wrote it")
	require.Equal(t, order.Unsettled, o)
	require.Error(t, o.UnmarshalText([]byte("perhaps")))
}
