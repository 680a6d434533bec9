package yahoo

import (
	"strings"

	"github.com/jpmall/jpmall/order"
)

// method is what a PayMethod code means for an order.
type method struct {
	kind       order.PaymentMethod
	atDoor     bool // paid on or after delivery: unpaid is no reason to wait
	ownOfStore bool // settled by the store, not by the mall
}

var methods = map[PayMethod]method{
	PayByCard: {kind: order.Card}, PayByYukkuri: {kind: order.Deferred},
	PayByPayPayCredit: {kind: order.Card},
	PayBySeven:        {kind: order.ConvenienceStore},
	PayByConvenience:  {kind: order.ConvenienceStore},
	PayBySuica:        {kind: order.Wallet}, PayByPayPay: {kind: order.Wallet},
	PayByYahooMoney: {kind: order.Wallet},
	PayByDPayment:   {kind: order.CarrierBilling}, PayByAuPay: {kind: order.CarrierBilling},
	PayBySoftBank:       {kind: order.CarrierBilling},
	PayByPayEasy:        {kind: order.BankTransfer},
	PayByYuchoBefore:    {kind: order.BankTransfer, ownOfStore: true},
	PayByYuchoAfter:     {kind: order.Deferred, atDoor: true, ownOfStore: true},
	PayByRegisteredMail: {kind: order.OtherPayment, ownOfStore: true},
	PayOnDelivery:       {kind: order.CashOnDelivery, atDoor: true, ownOfStore: true},
	PayFree:             {kind: order.OtherPayment}, PayByPoints: {kind: order.Points},
	PayByLine:    {kind: order.OtherPayment},
	PayByVoucher: {kind: order.OtherPayment},
}

func methodOf(m PayMethod) method {
	known, ok := methods[m]
	switch {
	case ok:
		return known
	case m == "":
		return method{}
	case strings.HasPrefix(string(m), "payment_b"):
		return method{kind: order.BankTransfer, ownOfStore: true}
	case strings.HasPrefix(string(m), "payment_e"):
		return method{kind: order.OtherPayment, ownOfStore: true}
	}
	return method{kind: order.OtherPayment}
}

func (v *converter) payment() order.Payment {
	p := &v.w.Pay
	m := methodOf(p.PayMethod)
	pay := order.Payment{Method: m.kind, Code: string(p.PayMethod), Text: p.PayMethodName}
	if p.CombinedPayMethod != "" {
		pay.Text = strings.Join(lines(p.PayMethodName, p.CombinedPayMethodName), " + ")
	}
	switch p.PayStatus {
	case PayPaid:
		pay.Paid = order.Yes
	case PayAwaiting:
		pay.Paid = order.No
	}
	if day := v.day("Pay.PayDate", p.PayDate); !day.IsZero() {
		pay.PaidAt = day.Time() // the mall sends the day only
	}
	if m.kind == order.CashOnDelivery {
		pay.Collect = yen(v.w.Detail.TotalPrice)
	}
	return pay
}

// paymentUnusual: the mall's screen says more than an order can.
func (v *converter) paymentUnusual() bool {
	switch v.w.Pay.SettleStatus {
	case SettleAuthError, SettleExpired, SettleSuicaAddressError:
		return true
	case SettleCancelled, SettleRefunded, SettleSaleReversed:
		return v.w.OrderStatus != OrderCancelled
	}
	return false
}
