package order

// Amounts is what an order costs, as signed, tax-included components that should sum up to what the buyer is billed.
type Amounts struct {
	Billed     Money       `json:"billed"`           // 請求金額; undetermined while the mall has not fixed it
	Components []Component `json:"components"`       //
	Unsure     string      `json:"unsure,omitempty"` // why the sum cannot be checked, where the mall's formula is not known for sure
}

// Component is one part of the sum. Amounts that lower the bill are negative.
type Component struct {
	Kind    ComponentKind `json:"kind"`
	Label   string        `json:"label,omitempty"`  // the mall's field or words: a coupon's name, an item's number
	Bearer  Bearer        `json:"bearer,omitempty"` // who pays for a discount
	Parcel  string        `json:"parcel,omitempty"` // Parcel.ID it belongs to, empty for the whole order
	TaxRate TaxRate       `json:"tax_rate"`         //
	Amount  Money         `json:"amount"`           // tax included; undetermined where the mall has not fixed it
}

// ComponentKind says what a component is for.
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
	ExcludedTax ComponentKind = "tax" // 外税: tax that is not in the other components
	OtherAmount ComponentKind = "other"
)

// Bearer is who pays for a coupon, a discount or points. Empty is not told.
type Bearer string

// The bearers.
const (
	PaidByShop  Bearer = "shop"  // 店舗負担
	PaidByMall  Bearer = "mall"  // モール負担
	PaidByMaker Bearer = "maker" // メーカー負担
	PaidByBuyer Bearer = "buyer" // the buyer's own points or money
)

// Tax is the tax of one rate, as the mall sums it up.
type Tax struct {
	Rate   TaxRate `json:"rate"`
	Billed Money   `json:"billed"` // part of the bill at this rate, tax included
	Tax    Money   `json:"tax"`    // tax in it
}

// Verdict is the answer of Reconcile.
type Verdict string

// The verdicts.
const (
	AddsUp       Verdict = "adds_up"
	Differs      Verdict = "differs"
	CannotBeTold Verdict = "cannot_be_told"
)

// Reconciliation says whether the components of an order sum up to what the buyer is billed.
type Reconciliation struct {
	Verdict    Verdict `json:"verdict"`
	Sum        Money   `json:"sum"`
	Billed     Money   `json:"billed"`
	Difference Money   `json:"difference"`       // Billed - Sum
	Reason     string  `json:"reason,omitempty"` // what is undetermined or unsure
}

// Reconcile sums the components and compares the sum with what the buyer is billed. It answers CannotBeTold, with the reason,
// when an amount is undetermined, when nothing is there to sum, or when the mall's formula is not known for sure.
func (o Order) Reconcile() Reconciliation {
	a := o.Amounts
	r := Reconciliation{Verdict: CannotBeTold, Billed: a.Billed}
	if len(a.Components) == 0 {
		r.Reason = "the order has no amounts"
		return r
	}
	sum := a.Components[0].Amount
	for _, c := range a.Components[1:] {
		sum = sum.Add(c.Amount)
	}
	r.Sum, r.Difference = sum, a.Billed.Sub(sum)
	switch {
	case a.Unsure != "":
		r.Reason = a.Unsure
	case !a.Billed.Known():
		r.Reason = "the billed amount is undetermined"
	case !sum.Known():
		r.Reason = undetermined(a.Components)
	case r.Difference.Sign() == 0:
		r.Verdict = AddsUp
	default:
		r.Verdict = Differs
		r.Reason = "billed " + a.Billed.String() + ", components sum to " + sum.String()
	}
	return r
}

func undetermined(cs []Component) string {
	for _, c := range cs {
		if !c.Amount.Known() {
			return string(c.Kind) + " is undetermined"
		}
	}
	return "the components have different currencies or leave the range"
}
