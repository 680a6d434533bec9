package aupay

import (
	"strings"

	"github.com/jpmall/jpmall/order"
)

// methods recognises payment methods by words in settlementName, an open set of texts whose names
// changed in 2020 and 2022. The first row whose word occurs applies.
var methods = []struct {
	word   string
	method order.PaymentMethod
}{
	{"全額", order.Points}, // auポイントで全額支払う, 全額auポイント支払い
	{"コンビニ", order.ConvenienceStore},
	{"銀行振込", order.BankTransfer},
	{"郵便振替", order.BankTransfer},
	{"銀行ネット", order.BankTransfer},
	{"ATM", order.BankTransfer},
	{"じぶん銀行", order.BankTransfer},
	{"代金引換", order.CashOnDelivery},
	{"代引", order.CashOnDelivery},
	{"後払い", order.Deferred},
	{"クレジットカード", order.Card},
	{"auかんたん決済", order.Wallet},
	{"au PAY", order.Wallet},
}

func methodOf(w *OrderInfo) order.PaymentMethod {
	if w.SettlementName == "" {
		return ""
	}
	for _, m := range methods {
		if strings.Contains(w.SettlementName, m.word) {
			return m.method
		}
	}
	return order.OtherPayment
}

func paymentOf(w *OrderInfo) order.Payment {
	p := order.Payment{Method: methodOf(w), Text: w.SettlementName}
	switch p.Method {
	case order.Card, order.Wallet, order.CarrierBilling:
		// Here paymentStatus turns Y after shipping, so N says nothing; authorised is not paid.
		if w.PaymentStatus.Yes() {
			p.Paid = order.Yes
		}
	default:
		if w.PaymentStatus != "" {
			p.Paid = order.YesNo(w.PaymentStatus.Yes())
		}
	}
	p.PaidAt, _ = w.PaymentDate.Time()
	if p.Method == order.CashOnDelivery {
		p.Collect = yen(w.RequestPrice)
	}
	return p
}
