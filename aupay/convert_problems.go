package aupay

import (
	"fmt"

	"github.com/jpmall/jpmall/order"
)

// unread collects texts that are present but cannot be parsed.
type unread []order.Problem

// unreadable reports such texts of an order, whose fields in the order are empty. The decoder
// reports numbers.
func unreadable(w *OrderInfo) []order.Problem {
	var u unread
	u.instant("orderDate", w.OrderDate)
	u.instant("paymentDate", w.PaymentDate)
	u.instant("shipDate", w.ShipDate)
	for i := range w.Details {
		before := len(u)
		u.taxRate("taxRate", w.Details[i].TaxRate)
		u.day("shippingTimelimitDate", w.Details[i].ShippingTimelimitDate)
		for j := before; j < len(u); j++ {
			u[j].Field = fmt.Sprintf("detail[%d].%s", i, u[j].Field)
		}
	}
	u.taxRate("postagePriceTaxRate", w.PostagePriceTaxRate)
	u.taxRate("chargePriceTaxRate", w.ChargePriceTaxRate)
	u.taxRate("totalItemOptionPriceTaxRate", w.TotalItemOptionPriceTaxRate)
	u.taxRate("totalGiftWrappingPriceTaxRate", w.TotalGiftWrappingPriceTaxRate)
	u.day("deliveryRequestDay", w.DeliveryRequestDay)
	u.day("shippingDate", w.ShippingDate)
	return u
}

func (u *unread) add(field, reason, text string) {
	*u = append(*u, order.Problem{Field: field, Reason: reason, Text: text})
}

func (u *unread) instant(field string, d DateTime) {
	if d == "" {
		return
	}
	if _, ok := d.Time(); !ok {
		u.add(field, "not a date and time", string(d))
	}
}

func (u *unread) day(field string, d Date) {
	if d == "" {
		return
	}
	if _, ok := d.Date(); !ok {
		u.add(field, "not a date", string(d))
	}
}

func (u *unread) taxRate(field, text string) {
	if text == "" {
		return
	}
	if _, err := order.ParseTaxRate(text); err != nil {
		u.add(field, "not a tax rate", text)
	}
}
