package rakuten

import (
	"strconv"

	"github.com/jpmall/jpmall/order"
)

// paymentMethods is the one table of payment methods. A code that it does not have is
// order.OtherPayment.
var paymentMethods = map[SettlementMethod]order.PaymentMethod{
	CreditCard:        order.Card,
	CashOnDelivery:    order.CashOnDelivery,
	DeferredByShop:    order.Deferred,
	ShoppingCredit:    order.OtherPayment,
	AutoLoan:          order.OtherPayment,
	Lease:             order.OtherPayment,
	Invoice:           order.Invoice,
	PointsOnly:        order.Points,
	BankTransfer:      order.BankTransfer,
	ApplePay:          order.Card,
	SevenEleven:       order.ConvenienceStore,
	ConvenienceStores: order.ConvenienceStore,
	AlipayOld:         order.Wallet,
	PayPal:            order.Wallet,
	DeferredByMall:    order.Deferred,
	Alipay:            order.Wallet,
}

// payment sets Paid to Yes only where Rakuten collects the money before shipping and has given the
// shipping instruction, or has closed its payment procedure (支払手続き済). It sets No only for prepaid
// methods before that. getOrder says nothing about the other cases; getPayment says more.
func payment(w *OrderModel) order.Payment {
	s := w.SettlementModel
	if s == nil {
		return order.Payment{}
	}
	p := order.Payment{Text: s.SettlementMethod}
	if s.SettlementMethodCode != 0 {
		p.Code, p.Method = strconv.FormatInt(int64(s.SettlementMethodCode), 10), order.OtherPayment
		if m, ok := paymentMethods[s.SettlementMethodCode]; ok {
			p.Method = m
		}
	}
	if p.Method == order.CashOnDelivery {
		p.Collect = w.RequestPrice.Money()
	}
	if !s.RpaySettlementFlag.On() {
		return p
	}
	prepaid := p.Method == order.ConvenienceStore || p.Method == order.BankTransfer
	switch w.OrderProgress {
	case AwaitingConfirmation, RakutenProcessing:
		if prepaid {
			p.Paid = order.No
		}
	case AwaitingShipment, ShippedProgress, PaymentInProgress:
		if prepaid || p.Method == order.Points {
			p.Paid = order.Yes
		}
	case PaymentDone:
		p.Paid = order.Yes
	}
	return p
}
