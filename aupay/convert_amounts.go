package aupay

import "github.com/jpmall/jpmall/order"

// yen returns an amount; a missing one is undetermined.
func yen(n *int64) order.Money {
	if n == nil {
		return order.Money{}
	}
	return order.Yen(*n)
}

// rate parses a tax rate; one that cannot be parsed is unknown.
func rate(text string) order.TaxRate {
	r, err := order.ParseTaxRate(text)
	if err != nil {
		return order.TaxRate{}
	}
	return r
}

// amountsOf lists the components of the bill:
//
//	totalPrice   = Σ totalItemPrice + postagePrice + chargePrice + totalItemOptionPrice + totalGiftWrappingPrice
//	requestPrice = totalPrice - couponTotalPrice - usePoint - useAuPointPrice (points only while their Cancel flag is not Y)
//
// That options and wrapping are part of the sum is inferred: an order with them that does not add
// up says so in Unsure. The effect of premium benefits (premiumIssuePrice) is not known either.
func amountsOf(w *OrderInfo) order.Amounts {
	a := order.Amounts{Billed: yen(w.RequestPrice)}
	add := func(kind order.ComponentKind, label string, n *int64, sign int64, tax string, bearer order.Bearer) {
		if n != nil && *n != 0 {
			a.Components = append(a.Components, order.Component{
				Kind: kind, Label: label, Amount: order.Yen(sign * *n), TaxRate: rate(tax),
				Bearer: bearer,
			})
		}
	}
	for _, d := range w.Details {
		if d.cancelled() {
			continue
		}
		a.Components = append(a.Components, order.Component{
			Kind: order.Goods, Label: d.ItemCode + d.ItemManagementID,
			Amount: yen(d.TotalItemPrice), TaxRate: rate(d.TaxRate),
		})
	}
	// Postage and charge are always present in what the sources read; without them the sum is
	// undetermined.
	a.Components = append(a.Components,
		order.Component{Kind: order.Shipping, Label: "postagePrice", Amount: yen(w.PostagePrice),
			TaxRate: rate(w.PostagePriceTaxRate)},
		order.Component{Kind: feeKind(w), Label: "chargePrice", Amount: yen(w.ChargePrice),
			TaxRate: rate(w.ChargePriceTaxRate)},
	)
	add(order.Option, "totalItemOptionPrice", w.TotalItemOptionPrice, 1,
		w.TotalItemOptionPriceTaxRate, "")
	add(order.Wrapping, "totalGiftWrappingPrice", w.TotalGiftWrappingPrice, 1,
		w.TotalGiftWrappingPriceTaxRate, "")
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

// doubt says why a sum that does not match need not be wrong.
func doubt(w *OrderInfo, a order.Amounts) order.Text {
	if (order.Order{Amounts: a}).Reconcile().Verdict != order.Differs {
		return order.Text{}
	}
	switch {
	case positive(w.TotalItemOptionPrice), positive(w.TotalGiftWrappingPrice):
		return order.Text{EN: "whether options and wrapping are part of the sum is not documented",
			JA: "オプション代とラッピング代が請求額に含まれるかどうかが、文書に書かれていません"}
	case positive(w.PremiumIssuePrice), positive(w.PremiumMallPrice), positive(w.PremiumShopPrice):
		return order.Text{EN: "what a premium benefit changes is not documented",
			JA: "プレミアム特典が請求額にどう反映されるかが、文書に書かれていません"}
	case w.CancelStatus == IsCancelled:
		return order.Text{EN: "the amounts of a cancelled order are not documented",
			JA: "キャンセルされた受注の金額の扱いが、文書に書かれていません"}
	}
	for _, d := range w.Details {
		if d.cancelled() {
			return order.Text{EN: "the amounts of an order with cancelled lines are not documented",
				JA: "キャンセルされた明細がある受注の金額の扱いが、文書に書かれていません"}
		}
	}
	return order.Text{}
}

func positive(n *int64) bool { return n != nil && *n > 0 }

func feeKind(w *OrderInfo) order.ComponentKind {
	if methodOf(w) == order.CashOnDelivery {
		return order.CashFee
	}
	return order.PaymentFee
}

func couponBearer(kind CouponType) order.Bearer {
	switch kind {
	case CouponD, CouponM:
		return order.PaidByMall
	case CouponU:
		return order.PaidByShop
	}
	return ""
}

// taxesOf returns the mall's sums per rate. Where the mall omits them (the elements are optional),
// they are computed from the lines and marked as such: only coupons and points have no rate. An
// order for which that is impossible has none.
func taxesOf(w *OrderInfo, a order.Amounts) []order.Tax {
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
	if len(taxes) == 0 {
		derived, err := a.TaxesBy(order.ProportionalTax)
		if err != nil {
			return nil
		}
		taxes = derived
	}
	return taxes
}
