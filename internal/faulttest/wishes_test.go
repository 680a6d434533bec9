package faulttest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/yahoo"
)

// wishMalls convert one order of 2026-11-23 with a delivery date in the mall's own field, if any,
// and words of the buyer.
var wishMalls = map[order.Mall]func(day, words string) order.Order{
	order.Rakuten: func(day, words string) order.Order {
		return rakuten.Convert(&rakuten.OrderModel{OrderNumber: "1", OrderDatetime: "2026-11-23T09:00:00+0900",
			DeliveryDate: rakuten.Date(day), Remarks: words},
			rakuten.ConvertOptions{})
	},
	order.Yahoo: func(day, words string) order.Order {
		w := &yahoo.OrderInfo{OrderID: "1", OrderTime: "2026-11-23T09:00:00+09:00", BuyerComments: words}
		w.Ship.ShipRequestDate = yahoo.Date(day)
		return yahoo.Convert(w, yahoo.ConvertOptions{})
	},
	order.AuPay: func(day, words string) order.Order {
		return aupay.Convert(&aupay.OrderInfo{OrderID: "1", OrderDate: "2026/11/23 09:00:00",
			DeliveryRequestDay: aupay.Date(day), UserComment: words}, aupay.ConvertOptions{})
	},
	order.Amazon: func(day, words string) order.Order {
		w := &amazon.Order{OrderID: "1", CreatedTime: "2026-11-23T00:00:00Z", Recipient: &amazon.Recipient{
			DeliveryPreference: &amazon.DeliveryPreference{AddressInstruction: words}}}
		if day != "" {
			w.OrderItems = []amazon.OrderItem{{OrderItemID: "1",
				Fulfillment: &amazon.ItemFulfillment{Shipping: &amazon.ItemShipping{
					ScheduledDeliveryWindow: amazon.DateTimeRange{
						EarliestDateTime: amazon.DateTime(day + "T00:00:00+09:00"),
						LatestDateTime:   amazon.DateTime(day + "T23:59:59+09:00")}}}}}
		}
		return amazon.Convert(w, amazon.ConvertOptions{})
	},
}

// At every mall words are read in the same way, with day and slot together.
func TestWishesInWordsAtEveryMall(t *testing.T) {
	for name, w := range map[string]struct{ day, words, wantDay, want string }{
		"day and slot":         {"", "2026年12月24日 午前中に配達をお願いします", "2026-12-24", "am"},
		"day without a year":   {"", "12/24 14時～16時でお願いします", "2026-12-24", "14:00-16:00"},
		"wrong weekday":        {"", "12/24(月) 午前中に配達をお願いします", "", "?"},
		"tomorrow":             {"", "明日の午前中に届けてください", "", "?"},
		"slot for the day":     {"2026-12-24", "19時以降に届けてください", "2026-12-24", "19:00-"},
		"unclear slot":         {"2026-12-24", "できれば19時以降に届けてください", "2026-12-24", "?"},
		"another day":          {"2026-12-23", "12月24日 午前中に配達をお願いします", "2026-12-23", "?"},
		"no words about it":    {"2026-12-24", "のし希望です", "2026-12-24", "none"},
		"politeness is a wish": {"", "午前中に届けていただけると助かります", "", "am"},
	} {
		for mall, convert := range wishMalls {
			t.Run(string(mall)+"/"+name, func(t *testing.T) {
				o := convert(w.day, w.words)
				d := o.Parcels[0].Delivery
				got := d.Slot.String()
				if o.Unresolved() {
					got = "?"
					require.Contains(t, d.Label, w.words)
				}
				require.Equal(t, w.want, got)
				require.Equal(t, w.wantDay, d.Date.String())
				if name == "another day" {
					require.Equal(t, "remarks", o.Problems[len(o.Problems)-1].Field)
				}
			})
		}
	}
}
