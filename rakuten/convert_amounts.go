package rakuten

import (
	"encoding/json"

	"github.com/jpmall/jpmall/order"
)

// amounts follows Rakuten's formula of requestPrice: items, postage and wrapping with tax, 代引料,
// payment charge and the buyer's part of the additional fee, less coupons and points. Amounts of
// nothing are left out, save postage, whose zero says 送料無料.
func amounts(w *OrderModel) order.Amounts {
	a := order.Amounts{Billed: w.RequestPrice.Money(), Components: make([]order.Component, 0, 8)}
	add := func(c order.Component) {
		if !c.Amount.Known() || c.Amount.Sign() != 0 {
			a.Components = append(a.Components, c)
		}
	}
	for _, p := range w.destinations() {
		parcel := id(p.BasketID)
		for j := range p.ItemModelList {
			m := &p.ItemModelList[j]
			if !m.DeleteItemFlag.On() {
				add(order.Component{Kind: order.Goods, Label: m.ManageNumber, Parcel: parcel,
					TaxRate: rate(m.TaxRate),
					Amount:  m.unitPrice().Mul(m.Units)})
			}
		}
	}
	for _, m := range w.wrappings() {
		add(order.Component{Kind: order.Wrapping, Label: m.Name, TaxRate: rate(m.TaxRate),
			Amount: m.taxIncluded()})
	}
	a.Components = append(a.Components, w.postage()...)
	cash := w.cashFee()
	for _, c := range cash {
		add(c)
	}
	add(order.Component{Kind: order.PaymentFee, Label: "paymentCharge",
		TaxRate: rate(w.PaymentChargeTaxRate),
		Amount:  w.PaymentCharge.Money()})
	add(order.Component{Kind: order.PaymentFee, Label: "additionalFeeOccurAmountToUser",
		Amount: w.AdditionalFeeOccurAmountToUser.Money()})
	for _, c := range w.coupons() {
		add(c)
	}
	if w.PointModel != nil {
		add(order.Component{Kind: order.PointsUsed, Label: "usedPoint", Bearer: order.PaidByBuyer,
			Amount: w.PointModel.UsedPoint.Money().Neg()})
	}
	a.Unsure = unsure(a, sum(cash))
	return a
}

// unsure is set where Rakuten's formula of requestPrice leaves a question open: it does not name
// 代引料 (deliveryPrice), but the total on the RMS screen does. When the bill adds up only without it,
// either may be right.
func unsure(a order.Amounts, cash order.Money) order.Text {
	if cash.Sign() == 0 {
		return order.Text{}
	}
	switch rest := a.Billed.Sub(sum(a.Components)); {
	case !rest.Known(), rest.Sign() == 0, rest.Add(cash).Sign() != 0:
		return order.Text{}
	}
	return order.Text{
		EN: "requestPrice adds up without deliveryPrice (代引料), which Rakuten's formula does not name",
		JA: "requestPriceはdeliveryPrice（代引料）を除くと一致します。楽天の計算式に代引料の記載がありません"}
}

// postage is the postage of each destination, or that of the order where the destinations do not
// add up to it.
func (w *OrderModel) postage() []order.Component {
	return w.perPackage(order.Shipping, "postagePrice", w.PostagePrice,
		func(p *PackageModel) (*Yen, json.Number) {
			return p.PostagePrice, p.PostageTaxRate
		})
}

// cashFee is 代引料, in the same way.
func (w *OrderModel) cashFee() []order.Component {
	return w.perPackage(order.CashFee, "deliveryPrice", w.DeliveryPrice,
		func(p *PackageModel) (*Yen, json.Number) {
			return p.DeliveryPrice, p.DeliveryTaxRate
		})
}

func (w *OrderModel) perPackage(kind order.ComponentKind, label string, whole *Yen,
	of func(*PackageModel) (*Yen, json.Number)) []order.Component {
	var parts []order.Component
	for _, p := range w.destinations() {
		amount, tax := of(p)
		parts = append(parts, order.Component{Kind: kind, Label: label, Parcel: id(p.BasketID),
			TaxRate: rate(tax),
			Amount:  amount.Money()})
	}
	if len(parts) > 0 && sum(parts) == whole.Money() {
		return parts
	}
	return []order.Component{{Kind: kind, Label: label, Amount: whole.Money()}}
}

// bearers says who pays for a coupon, by couponCapitalCode.
var bearers = map[CouponCapitalCode]order.Bearer{
	CouponByShop: order.PaidByShop, CouponByMaker: order.PaidByMaker,
	CouponByMall: order.PaidByMall,
}

// coupons are the coupons one by one, or the sums of the shop's and the others' where the list does
// not add up to the total.
func (w *OrderModel) coupons() []order.Component {
	var parts []order.Component
	for i := range w.CouponModelList {
		c := &w.CouponModelList[i]
		parts = append(parts, order.Component{Kind: order.Coupon, Label: c.CouponName,
			Bearer: bearers[c.CouponCapitalCode],
			Amount: c.CouponTotalPrice.Money().Neg()})
	}
	whole := w.CouponAllTotalPrice.Money()
	if len(parts) > 0 && sum(parts) == whole.Neg() {
		return parts
	}
	shop, other := w.CouponShopPrice.Money(), w.CouponOtherPrice.Money()
	if shop.Add(other) != whole {
		return []order.Component{{Kind: order.Coupon, Label: "couponAllTotalPrice",
			Amount: whole.Neg()}}
	}
	return []order.Component{
		{Kind: order.Coupon, Label: "couponShopPrice", Bearer: order.PaidByShop,
			Amount: shop.Neg()},
		{Kind: order.Coupon, Label: "couponOtherPrice", Amount: other.Neg()},
	}
}

// unitPrice is the unit price with tax. Before version 3 it is known only where the registered
// price includes tax.
func (m *ItemModel) unitPrice() order.Money {
	if m.PriceTaxIncl == nil && m.IncludeTaxFlag.On() {
		return m.Price.Money()
	}
	return m.PriceTaxIncl.Money()
}

// taxIncluded is the wrapping's price with tax. taxPrice is set whether or not the price includes
// it.
func (m *WrappingModel) taxIncluded() order.Money {
	if m.IncludeTaxFlag.On() {
		return m.Price.Money()
	}
	return m.Price.Money().Add(m.TaxPrice.Money())
}

func taxes(w *OrderModel) []order.Tax {
	var all []order.Tax
	for i := range w.TaxSummaryModelList {
		t := &w.TaxSummaryModelList[i]
		all = append(all, order.Tax{Rate: rate(t.TaxRate), Billed: t.ReqPrice.Money(),
			Tax: t.ReqPriceTax.Money()})
	}
	return all
}

func sum(parts []order.Component) order.Money {
	s := order.Yen(0)
	for _, p := range parts {
		s = s.Add(p.Amount)
	}
	return s
}

// rate reads a tax rate; a text that is none is unknown.
func rate(n json.Number) order.TaxRate {
	r, err := order.ParseTaxRate(n.String())
	if err != nil {
		return order.TaxRate{}
	}
	return r
}
