package order

import (
	"cmp"
	"errors"
	"fmt"
	"math/bits"
	"slices"
)

// TaxRule is how TaxesBy assigns rates to amounts for which the mall reports none. Under either
// rule the tax of each rate is rounded down once, to a whole unit of the currency (切捨て).
type TaxRule string

// The rules.
const (
	// ProportionalTax splits each amount without a rate over the rates, in proportion to what is
	// billed at each so far: first what adds to the bill, then coupons, discounts and points. Split
	// documents the rounding.
	ProportionalTax TaxRule = "proportional"
	// StandardFees puts shipping, fees and wrapping at the standard rate, whatever was bought: it
	// is the rate of postage that is charged separately (別途送料). Coupons, discounts and points are
	// split as by ProportionalTax.
	StandardFees TaxRule = "standard_fees"
)

// Tax is the tax at one rate (税率ごとの金額).
type Tax struct {
	Rate   TaxRate `json:"rate"`
	Billed Money   `json:"billed"`         // part of the bill at this rate, tax included
	Tax    Money   `json:"tax"`            // tax included in Billed
	Rule   TaxRule `json:"rule,omitempty"` // how it was worked out; empty where the mall reports it
}

// Derived reports whether the tax was worked out by a Rule instead of being reported by the mall.
func (t Tax) Derived() bool { return t.Rule != "" }

// TaxesBy works out the tax at each rate from the components, highest rate first. The Billed of all
// rates add up exactly to a.Billed. It returns an error when an amount is undetermined, the
// components do not add up to the bill, goods have no known rate, tax is charged separately (外税),
// or more is taken off than was billed.
//
// Nothing is sent. What the mall itself reports is in [Order.Taxes].
func (a Amounts) TaxesBy(rule TaxRule) ([]Tax, error) {
	if rule != ProportionalTax && rule != StandardFees {
		return nil, fmt.Errorf("order: no such tax rule: %q", string(rule))
	}
	if r := (Order{Amounts: a}).Reconcile(); r.Verdict != AddsUp {
		return nil, errors.New("order: taxes per rate cannot be determined: " + r.Reason.EN)
	}
	sums := map[TaxRate]Money{}
	var more, less []Money // without a rate: what adds to the bill, and what is taken off
	for _, c := range a.Components {
		rate := c.TaxRate
		if !rate.Known() && rule == StandardFees && c.Amount.Sign() > 0 && isFee(c.Kind) {
			rate = StandardRate
		}
		switch {
		case c.Amount.Sign() == 0:
		case c.Kind == ExcludedTax:
			return nil, errors.New("order: taxes per rate cannot be determined: tax is billed apart")
		case rate.Known():
			sums[rate] = plus(sums[rate], c.Amount)
		case c.Kind == Goods:
			return nil, fmt.Errorf("order: taxes per rate cannot be determined: no rate of %q is known",
				c.Label)
		case c.Amount.Sign() > 0:
			more = append(more, c.Amount)
		default:
			less = append(less, c.Amount)
		}
	}
	rates := make([]TaxRate, 0, len(sums))
	for rate := range sums {
		rates = append(rates, rate)
	}
	slices.SortFunc(rates, func(a, b TaxRate) int { return cmp.Compare(b.basis, a.basis) })
	weights := make([]Money, len(rates))
	for i, rate := range rates {
		weights[i] = sums[rate]
	}
	for _, amount := range append(more, less...) {
		parts, err := Split(amount, weights)
		if err != nil {
			return nil, fmt.Errorf("order: taxes per rate cannot be determined: %w", err)
		}
		for i, part := range parts {
			weights[i] = weights[i].Add(part)
		}
	}
	taxes := make([]Tax, len(rates))
	for i, rate := range rates {
		if weights[i].Sign() < 0 {
			return nil,
				fmt.Errorf(
					"order: taxes per rate cannot be determined: more is taken off at %s than was billed",
					rate)
		}
		taxes[i] = Tax{Rate: rate, Billed: weights[i], Tax: rate.in(weights[i]), Rule: rule}
	}
	return taxes, nil
}

func isFee(k ComponentKind) bool {
	return k == Shipping || k == CashFee || k == PaymentFee || k == Wrapping || k == Option
}

func plus(sum, m Money) Money {
	if !sum.Known() {
		return m
	}
	return sum.Add(m)
}

// in returns the tax included in m, rounded down to the currency's unit.
func (r TaxRate) in(m Money) Money {
	units := m.unscaled
	for s := int(m.scale); s > unitOf(m); s-- {
		units /= 10
	}
	scale := unitOf(m)
	for s := int(m.scale); s < scale; s++ {
		var ok bool
		if units, ok = mul64(units, 10); !ok {
			return Money{}
		}
	}
	hi, lo := bits.Mul64(uint64(units), uint64(r.basis))
	tax, _ := bits.Div64(hi, lo, uint64(10000+r.basis))
	return normal(int64(tax), scale, m.currency)
}

// unitOf returns how many decimals the currency's smallest unit has.
func unitOf(m Money) int {
	if m.currency == "JPY" || m.currency == "KRW" {
		return 0
	}
	return 2
}

// Split divides whole in proportion to weights (按分). The parts add up exactly to whole, none has
// the opposite sign, and each is in whole units (yen, cents), or finer if whole is. Each part is
// rounded down to the unit first. The remaining units go one by one to the parts that lost most by
// rounding; among equals to the greater weight, then to the earlier part. A zero weight gets
// nothing.
//
// It returns an error when an amount is undetermined, currencies differ, a weight is negative, all
// weights are zero, or a sum overflows int64.
func Split(whole Money, weights []Money) ([]Money, error) {
	if !whole.Known() {
		return nil, errors.New("order: split: the amount is undetermined")
	}
	total := normal(0, 0, whole.currency)
	for i, w := range weights {
		total = total.Add(w)
		if w.Sign() < 0 {
			return nil, fmt.Errorf("order: split: weight %d is negative", i)
		}
	}
	if !total.Known() {
		return nil,
			errors.New(
				"order: split: a weight is undetermined, of another currency, or out of range")
	}
	if total.Sign() == 0 {
		return nil, errors.New("order: split: there is nothing to split it over")
	}
	scale := max(int(whole.scale), unitOf(whole))
	units, ok := abs(whole).unitsAt(scale)
	if !ok {
		return nil, errors.New("order: split: the amount is out of range")
	}
	fine := total.scale // in which all weights are whole numbers
	for _, w := range weights {
		fine = max(fine, w.scale)
	}
	sum, ok := total.unitsAt(int(fine))
	if !ok {
		return nil, errors.New("order: split: the weights are out of range")
	}
	type share struct {
		at                 int
		units, cut, weight uint64
	}
	shares := make([]share, len(weights))
	left := units
	for i, w := range weights {
		n, _ := w.unitsAt(int(fine)) // at most the sum, which is in range
		hi, lo := bits.Mul64(units, n)
		quotient, rest := bits.Div64(hi, lo, sum) // n is at most sum, so hi is less than sum
		shares[i] = share{i, quotient, rest, n}
		left -= quotient
	}
	slices.SortStableFunc(shares, func(a, b share) int {
		return cmp.Or(cmp.Compare(b.cut, a.cut), cmp.Compare(b.weight, a.weight))
	})
	parts := make([]Money, len(weights))
	for _, s := range shares {
		if left > 0 {
			s.units++
			left--
		}
		n := int64(s.units)
		if whole.Sign() < 0 {
			n = -n
		}
		parts[s.at] = normal(n, scale, whole.currency)
	}
	return parts, nil
}

func abs(m Money) Money {
	if m.Sign() < 0 {
		return m.Neg()
	}
	return m
}

// unitsAt returns m, which must not be negative, in units of scale decimals.
func (m Money) unitsAt(scale int) (uint64, bool) {
	n, ok := m.unscaled, m.unscaled >= 0 && m.Known()
	for s := int(m.scale); s < scale && ok; s++ {
		n, ok = mul64(n, 10)
	}
	return uint64(n), ok
}
