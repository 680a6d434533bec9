package aupay

import (
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// deliveryOf returns the buyer's wish: the mall's fields first, then the shop's own order form and
// the buyer's comment, see order.Delivery.ReadRemarks.
func deliveryOf(
	w *OrderInfo, opt ConvertOptions, remarks string, placed order.Date,
) (order.Delivery, []order.Problem) {
	d := order.Delivery{Method: w.DeliveryName, OrderLevel: true}
	d.Date, _ = w.DeliveryRequestDay.Date()
	label := timeslot.Label{Text: w.DeliveryRequestTime, Mall: string(order.AuPay), Shop: opt.Shop,
		Method: w.DeliveryName}
	d.ReadSlot(opt.Slots, label, order.FromField)
	return d, d.ReadRemarks(opt.Slots, label, remarks, placed)
}
