package aupay

import "github.com/jpmall/jpmall/order"

// yen is an amount; one that is missing is undetermined.
func yen(n *int64) order.Money {
	if n == nil {
		return order.Money{}
	}
	return order.Yen(*n)
}

// rate is a tax rate; one that cannot be read is unknown.
func rate(text string) order.TaxRate {
	r, err := order.ParseTaxRate(text)
	if err != nil {
		return order.TaxRate{}
	}
	return r
}

// amountsOf lists what the bill is made of:
//
//	totalPrice   = Σ totalItemPrice + postagePrice + chargePrice + totalItemOptionPrice + totalGiftWrappingPrice
//	requestPrice = totalPrice - couponTotalPrice - usePoint - useAuPointPrice (points only while their Cancel flag is not Y)
//
// That options and wrapping belong to the sum is inferred, so an order that has them and does not add up says so in Unsure.
// What premium benefits (premiumIssuePrice) change is not known either.
func amountsOf(w *OrderInfo) order.Amounts {
	a := order.Amounts{Billed: yen(w.RequestPrice)}
	add := func(kind order.ComponentKind, label string, n *int64, sign int64, tax string, bearer order.Bearer) {
		if n != nil && *n != 0 {
			a.Components = append(a.Components, order.Component{
				Kind: kind, Label: label, Amount: order.Yen(sign * *n), TaxRate: rate(tax), Bearer: bearer,
			})
		}
	}
	for _, d := range w.Details {
		if d.cancelled() {
			continue
		}
		a.Components = append(a.Components, order.Component{
			Kind: order.Goods, Label: d.ItemCode + d.ItemManagementID, Amount: yen(d.TotalItemPrice), TaxRate: rate(d.TaxRate),
		})
	}
	// Postage and charge are always there in what the sources read: without them the sum cannot be told.
	a.Components = append(a.Components,
		order.Component{Kind: order.Shipping, Label: "postagePrice", Amount: yen(w.PostagePrice), TaxRate: rate(w.PostagePriceTaxRate)},
		order.Component{Kind: feeKind(w), Label: "chargePrice", Amount: yen(w.ChargePrice), TaxRate: rate(w.ChargePriceTaxRate)},
	)
	add(order.Option, "totalItemOptionPrice", w.TotalItemOptionPrice, 1, w.TotalItemOptionPriceTaxRate, "")
	add(order.Wrapping, "totalGiftWrappingPrice", w.TotalGiftWrappingPrice, 1, w.TotalGiftWrappingPriceTaxRate, "")
	add(order.Coupon, w.CouponKey, w.CouponTotalPrice, -1, "", couponBearer(w.CouponType))
	if w.UsePointCancel != "Y" {
		add(order.PointsUsed, "usePoint", w.UsePoint, -1, "", order.PaidByBuyer)
	}
	if w.UseAuPointCancel != "Y" {
		add(order.PointsUsed, "useAuPointPrice", w.UseAuPointPrice, -1, "", order.PaidByBuyer)
	}
	a.Unsure = doubt(w, a)
	return a
}

// doubt says why a sum that does not come out need not be wrong.
func doubt(w *OrderInfo, a order.Amounts) string {
	if (order.Order{Amounts: a}).Reconcile().Verdict != order.Differs {
		return ""
	}
	switch {
	case positive(w.TotalItemOptionPrice), positive(w.TotalGiftWrappingPrice):
		return "whether options and wrapping are part of the sum is not documented"
	case positive(w.PremiumIssuePrice), positive(w.PremiumMallPrice), positive(w.PremiumShopPrice):
		return "what a premium benefit changes is not documented"
	case w.CancelStatus == "C":
		return "the amounts of a cancelled order are not documented"
	}
	for _, d := range w.Details {
		if d.cancelled() {
			return "the amounts of an order with cancelled lines are not documented"
		}
	}
	return ""
}

func positive(n *int64) bool { return n != nil && *n > 0 }

func feeKind(w *OrderInfo) order.ComponentKind {
	if methodOf(w) == order.CashOnDelivery {
		return order.CashFee
	}
	return order.PaymentFee
}

func couponBearer(kind string) order.Bearer {
	switch kind {
	case "D", "M":
		return order.PaidByMall
	case "U":
		return order.PaidByShop
	}
	return ""
}

// taxesOf is what the mall sums up per rate.
func taxesOf(w *OrderInfo) []order.Tax {
	var taxes []order.Tax
	for _, t := range []struct {
		rate        order.TaxRate
		billed, tax *int64
	}{
		{order.StandardRate, w.RequestPriceNormalTax, w.RequestTaxPriceNormalTax},
		{order.ReducedRate, w.RequestPriceReducedTax, w.RequestTaxPriceReducedTax},
		{order.ZeroRate, w.RequestPriceNoTax, w.RequestTaxPriceNoTax},
	} {
		if t.billed != nil || t.tax != nil {
			taxes = append(taxes, order.Tax{Rate: t.rate, Billed: yen(t.billed), Tax: yen(t.tax)})
		}
	}
	return taxes
}
