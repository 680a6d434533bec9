package amazon_test

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// Whatever arrives, an order that decodes converts to one that keeps its promises: it can be
// written as JSON and read back, its slots are none or readable ones, an unpaid order is never
// ready to ship, and its amounts are never said to add up.
func FuzzConvert(f *testing.F) {
	f.Add([]byte(normal))
	f.Add([]byte(head + address + status("UNSHIPPED") + `"orderItems":[{` + item + `,` +
		scheduled("2026-01-07T05:00:00Z", "2026-01-07T07:00:00Z") + `}]}`))
	f.Add([]byte(head + status("PENDING") +
		`"payment":{"paymentExecutions":[{"paymentMethod":"COD","paymentAmount":{"amount":"-1","currencyCode":"JPY"}}]},"orderItems":null}`))
	f.Add(
		[]byte(
			`{"orderId":1,"createdTime":"1.569521782042E9","orderItems":[{"cancellation":{"cancellationRequest":{}},"quantityOrdered":"x"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var w amazon.Order
		if _, err := wire.JSON(data, &w); err != nil {
			return
		}
		o := amazon.Convert(&w, amazon.ConvertOptions{Shop: "A0MIHON"})
		require.NotEmpty(t, o.Parcels)
		require.Len(t, o.Lines(), len(w.OrderItems), "every line goes somewhere, once")
		for _, p := range o.Parcels {
			require.NotEqual(t, timeslot.KindInvalid, p.Delivery.Slot.Kind())
			if p.Delivery.Unresolved() {
				require.NotEmpty(t, p.Delivery.Label)
			}
		}
		require.NotEqual(t, order.AddsUp, o.Reconcile().Verdict)
		if o.Payment.Paid == order.No && o.Payment.Method != order.CashOnDelivery {
			require.NotEqual(t, order.ReadyToShip, o.Status)
		}
		for _, p := range o.Problems {
			require.LessOrEqual(t, utf8.RuneCountInString(p.Text), wire.MaxText)
		}
		text, err := json.Marshal(o)
		require.NoError(t, err)
		var back order.Order
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, o.ID, back.ID)
	})
}

func FuzzDateTime(f *testing.F) {
	for _, s := range []string{"", "2026-01-05T00:00:00Z", "2026-01-05T00:00:00.123+09:00", "1.569521782042E9",
		"9999-12-31T23:59:59Z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at, ok := amazon.DateTime(s).Time()
		if !ok {
			require.True(t, at.IsZero())
			return
		}
		again, ok := amazon.DateTimeOf(at).Time()
		require.True(t, ok)
		require.WithinDuration(t, at, again, 1e6)
	})
}
