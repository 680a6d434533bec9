package aupay

import "github.com/jpmall/jpmall/order"

// statuses maps the mall's own texts. ConvertOptions.Statuses is looked up first; a text in neither
// is order.Unknown and kept in Order.MallStatus.
var statuses = map[OrderStatus]order.Status{
	StatusNew:             order.New,
	StatusNewReservation:  order.Reserved,
	StatusReserved:        order.Reserved,
	StatusAwaitingPayment: order.AwaitingPayment,
	StatusAwaitingCredit:  order.AwaitingPayment,
	StatusReadyToShip:     order.ReadyToShip,
	StatusPayAfterShip:    order.Shipped, // shipped; a post-paid order is paid later
	StatusCompleted:       order.Completed,
	StatusOnHold:          order.OnHold,
	StatusCancelled:       order.Cancelled,
	StatusCancelRequested: order.CancelRequested,
	StatusFraudCheck:      order.OnHold,
	StatusReviewHold:      order.OnHold,
	StatusReviewFailed:    order.OnHold,
}

// statusOf returns the status of an order from its text, and from flags that say more than the
// text.
func statusOf(w *OrderInfo, own map[string]order.Status) order.Status {
	status, known := own[string(w.OrderStatus)]
	if !known {
		status = statuses[w.OrderStatus]
	}
	held := []order.Status{status}
	if w.CancelStatus == IsCancelled {
		held = append(held, order.Cancelled)
	}
	if w.ShipStatus.Yes() && (status == order.ReadyToShip || status == order.New) {
		held = append(held, order.Shipped) // reported as shipped, the text has not changed yet
	}
	if unpaid(w) && status == order.ReadyToShip {
		held = append(held, order.AwaitingPayment)
	}
	return order.Prevailing(held...)
}

// unpaid reports whether the order must not be shipped because payment is not certain.
// paymentStatus shows that for prepaid methods only. For cards and au PAY it turns Y after
// shipping, so authorizationStatus decides. An order fully covered by coupons or points needs no
// payment.
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
