package aupay

import "github.com/jpmall/jpmall/order"

// statuses maps the mall's own texts. A shop's own text is looked up in ConvertOptions.Statuses first; one that nobody knows is
// order.Unknown and keeps its text in Order.MallStatus.
var statuses = map[OrderStatus]order.Status{
	StatusNew:             order.New,
	StatusNewReservation:  order.Reserved,
	StatusReserved:        order.Reserved,
	StatusAwaitingPayment: order.AwaitingPayment,
	StatusAwaitingCredit:  order.AwaitingPayment,
	StatusReadyToShip:     order.ReadyToShip,
	StatusPayAfterShip:    order.Shipped, // shipped, the money of a post-paid order is to come
	StatusCompleted:       order.Completed,
	StatusOnHold:          order.OnHold,
	StatusCancelled:       order.Cancelled,
	StatusCancelRequested: order.CancelRequested,
	StatusFraudCheck:      order.OnHold,
	StatusReviewHold:      order.OnHold,
	StatusReviewFailed:    order.OnHold,
}

// statusOf is the status of an order: its text, and the flags that say more than the text.
func statusOf(w *OrderInfo, own map[string]order.Status) order.Status {
	status, known := own[string(w.OrderStatus)]
	if !known {
		status = statuses[w.OrderStatus]
	}
	held := []order.Status{status}
	if w.CancelStatus == "C" {
		held = append(held, order.Cancelled)
	}
	if w.ShipStatus.Yes() && (status == order.ReadyToShip || status == order.New) {
		held = append(held, order.Shipped) // reported as shipped, the text not moved on yet
	}
	if unpaid(w) && status == order.ReadyToShip {
		held = append(held, order.AwaitingPayment)
	}
	return order.Prevailing(held...)
}

// unpaid tells whether the order must not be shipped because the money is not sure. paymentStatus says it for prepaid methods only:
// for cards and au PAY it turns Y after shipping, and authorizationStatus counts. What is covered by coupons or points whole has
// nothing to pay.
func unpaid(w *OrderInfo) bool {
	if w.RequestPrice != nil && *w.RequestPrice == 0 {
		return false
	}
	switch methodOf(w) {
	case order.BankTransfer, order.ConvenienceStore:
		return !w.PaymentStatus.Yes()
	case order.Card, order.Wallet, order.CarrierBilling:
		return !w.AuthorizationStatus.Yes()
	}
	return false
}
