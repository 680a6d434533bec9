package order

// Amounts is what an order costs: signed, tax-included components that should add up to the billed
// amount.
type Amounts struct {
	Billed     Money       `json:"billed"` // 請求金額; undetermined until the mall has fixed it
	Components []Component `json:"components"`
	// why the sum cannot be checked, where the mall's formula is not certain
	Unsure Text `json:"unsure,omitzero"`
}

// Component is one part of the sum. An amount that lowers the bill is negative.
type Component struct {
	Kind ComponentKind `json:"kind"`
	// the mall's field or words: a coupon's name, an item's number
	Label   string  `json:"label,omitempty"`
	Bearer  Bearer  `json:"bearer,omitempty"` // who pays for a discount
	Parcel  string  `json:"parcel,omitempty"` // ID of its Parcel; empty for the whole order
	TaxRate TaxRate `json:"tax_rate"`
	Amount  Money   `json:"amount"` // tax included; undetermined until the mall has fixed it
}

// ComponentKind is what a component is for.
type ComponentKind string

// The kinds of components.
const (
	Goods       ComponentKind = "goods"    // 商品代金
	Option      ComponentKind = "option"   // オプション手数料
	Wrapping    ComponentKind = "wrapping" // ラッピング, ギフト
	Shipping    ComponentKind = "shipping" // 送料
	CashFee     ComponentKind = "cash_fee" // 代引手数料
	PaymentFee  ComponentKind = "payment_fee"
	Coupon      ComponentKind = "coupon"
	Discount    ComponentKind = "discount" // 値引き
	PointsUsed  ComponentKind = "points"   // ポイント利用
	GiftCard    ComponentKind = "gift_card"
	ExcludedTax ComponentKind = "tax" // 外税: tax not included in the other components
	OtherAmount ComponentKind = "other"
)

// Bearer is who pays for a coupon, a discount or points. The empty Bearer is unknown.
type Bearer string

// The bearers.
const (
	PaidByShop  Bearer = "shop"  // 店舗負担
	PaidByMall  Bearer = "mall"  // モール負担
	PaidByMaker Bearer = "maker" // メーカー負担
	PaidByBuyer Bearer = "buyer" // the buyer's own points or money
)

// Verdict is the outcome of Reconcile.
type Verdict string

// The verdicts.
const (
	AddsUp       Verdict = "adds_up"
	Differs      Verdict = "differs"
	CannotBeTold Verdict = "cannot_be_told"
)

// Reconciliation is whether the components of an order add up to the billed amount.
type Reconciliation struct {
	Verdict    Verdict `json:"verdict"`
	Sum        Money   `json:"sum"`
	Billed     Money   `json:"billed"`
	Difference Money   `json:"difference"`      // Billed - Sum
	Reason     Text    `json:"reason,omitzero"` // what is undetermined, uncertain or different
}

// Reconcile compares the sum of the components with the billed amount. The Verdict is
// [CannotBeTold], with the Reason, when one of the two is undetermined, when there are no
// components, or when the mall's formula is not certain.
func (o Order) Reconcile() Reconciliation {
	a := o.Amounts
	r := Reconciliation{Verdict: CannotBeTold, Billed: a.Billed}
	if len(a.Components) == 0 {
		r.Reason = Text{EN: "the order has no amounts", JA: "注文に金額がありません"}
		return r
	}
	sum := a.Components[0].Amount
	for _, c := range a.Components[1:] {
		sum = sum.Add(c.Amount)
	}
	r.Sum, r.Difference = sum, a.Billed.Sub(sum)
	switch {
	case !a.Unsure.IsZero():
		r.Reason = a.Unsure
	case !a.Billed.Known():
		r.Reason = Text{EN: "the billed amount is undetermined", JA: "請求金額が確定していません"}
	case !sum.Known():
		r.Reason = undetermined(a.Components)
	case r.Difference.Sign() == 0:
		r.Verdict = AddsUp
	default:
		r.Verdict = Differs
		r.Reason = Text{EN: "billed " + a.Billed.String() + ", components sum to " + sum.String(),
			JA: "請求金額は" + a.Billed.In(Japanese) + "、内訳の合計は" + sum.In(Japanese) + "です"}
	}
	return r
}

func undetermined(cs []Component) Text {
	for _, c := range cs {
		if !c.Amount.Known() {
			return Text{EN: string(c.Kind) + " is undetermined",
				JA: c.Kind.In(Japanese) + "が確定していません"}
		}
	}
	return Text{EN: "the components have different currencies or leave the range",
		JA: "内訳の通貨が異なるか、合計が扱える範囲を超えています"}
}
