package yahoo

import "github.com/jpmall/jpmall/order"

// yen is an amount that the mall may have left out: then it is undetermined.
func yen(n *int64) order.Money {
	if n == nil {
		return order.Money{}
	}
	return order.Yen(*n)
}

func value(n *int64) int64 {
	if n == nil {
		return 0
	}
	return *n
}

// amounts writes down the mall's formula (orderInfo, TotalPrice):
//
//	TotalPrice = Σ UnitPrice × Quantity + GiftWrapCharge + ShipCharge + PayCharge - Discount
//	             - UsePoint - TotalMallCouponDiscount + Adjustments
//
// UsePoint includes the bonus used immediately and the voucher, which are separate components here.
// Store coupons are already deducted from the unit prices and a free-shipping coupon from
// ShipCharge, so they are no components.
func (v *converter) amounts() order.Amounts {
	d := &v.w.Detail
	a := order.Amounts{Billed: yen(d.TotalPrice)}
	add := func(c order.Component) { a.Components = append(a.Components, c) }
	for i := range v.w.Items {
		it := &v.w.Items[i]
		add(order.Component{Kind: order.Goods, Label: it.ItemID, TaxRate: taxRate(it),
			Amount: total(it)})
	}
	for _, charge := range []struct {
		kind   order.ComponentKind
		label  string
		amount *int64
	}{
		{order.Wrapping, "GiftWrapCharge", d.GiftWrapCharge},
		{order.Shipping, "ShipCharge", d.ShipCharge},
		{v.feeKind(), "PayCharge", d.PayCharge},
	} {
		add(order.Component{Kind: charge.kind, Label: charge.label, Amount: yen(charge.amount)})
	}
	add(order.Component{Kind: order.Discount, Label: "Discount", Bearer: order.PaidByShop,
		Amount: yen(d.Discount).Neg()})
	bonus, voucher := value(d.TotalImmediateBonusAmount), value(d.GiftCardDiscount)
	add(order.Component{Kind: order.PointsUsed, Label: "UsePoint", Bearer: order.PaidByBuyer,
		Amount: yen(d.UsePoint).Sub(order.Yen(bonus + voucher)).Neg()})
	// What the mall leaves empty when there is none.
	for _, part := range []order.Component{
		{Kind: order.Discount, Label: "TotalImmediateBonusAmount", Bearer: order.PaidByMall,
			Amount: order.Yen(-bonus)},
		{Kind: order.GiftCard, Label: "GiftCardDiscount", Bearer: order.PaidByBuyer,
			Amount: order.Yen(-voucher)},
		{Kind: order.Coupon, Label: "TotalMallCouponDiscount", Bearer: order.PaidByMall,
			Amount: order.Yen(-value(d.TotalMallCouponDiscount))},
		{Kind: order.OtherAmount, Label: "Adjustments", Amount: order.Yen(value(d.Adjustments))},
	} {
		if part.Amount.Sign() != 0 {
			add(part)
		}
	}
	a.Unsure = v.unsure(bonus + voucher)
	return a
}

// taxes computes taxes from the lines, since the mall sends rates but no sums: postage and fees at
// the standard rate, discounts in proportion. An order for which that is not possible (a line
// without a rate, an unsure sum) has none.
func (v *converter) taxes() []order.Tax {
	taxes, err := v.out.Amounts.TaxesBy(order.StandardFees)
	if err != nil {
		return nil
	}
	return taxes
}

// unsure names what the mall's formula does not settle.
func (v *converter) unsure(withinPoints int64) order.Text {
	d := &v.w.Detail
	switch {
	case v.w.Ship.RemoteAreaShippingType == RemoteLater:
		return order.Text{EN: "the shipping charge to a remote area is still to be calculated",
			JA: "離島などの送料がまだ計算されていません"}
	case value(d.LineGiftCharge) != 0:
		return order.Text{EN: "the place of LineGiftCharge in the total is not documented",
			JA: "LineGiftChargeが合計に含まれるかどうかが、文書に書かれていません"}
	case d.UsePoint != nil && *d.UsePoint < withinPoints:
		return order.Text{EN: "UsePoint is less than the bonus and the voucher that it should hold",
			JA: "UsePointが、含まれるはずのボーナスと商品券の合計より少なくなっています"}
	}
	return order.Text{}
}

func (v *converter) feeKind() order.ComponentKind {
	if v.w.Pay.PayMethod == PayOnDelivery {
		return order.CashFee
	}
	return order.PaymentFee
}

func total(it *Item) order.Money {
	if it.Quantity == nil {
		return order.Money{}
	}
	return yen(it.UnitPrice).Mul(*it.Quantity)
}

func taxRate(it *Item) order.TaxRate {
	switch {
	case no(it.IsTaxable):
		return order.ZeroRate
	case it.ItemTaxRatio == nil:
		return order.TaxRate{}
	}
	return order.PercentRate(int(*it.ItemTaxRatio))
}
