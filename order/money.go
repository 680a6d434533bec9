package order

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Money is an exact amount: a decimal (int64 and up to nine decimals) with an ISO 4217 currency. Nothing is ever rounded.
//
// The zero Money is undetermined: the mall did not tell the amount, or said that it is not fixed yet (Rakuten's -9999).
// Zero yen is Yen(0). A sum with an undetermined part is undetermined. Money is comparable; 1507.00 and 1507 are the same value.
type Money struct {
	unscaled int64
	scale    uint8
	currency string
}

const maxScale = 9

// Yen is an amount of whole yen (円).
func Yen(n int64) Money { return Money{unscaled: n, currency: "JPY"} }

// NewMoney is unscaled × 10^-scale of the currency; scale is 0 to 9, currency three upper-case letters.
func NewMoney(unscaled int64, scale int, currency string) (Money, error) {
	if scale < 0 || scale > maxScale {
		return Money{}, fmt.Errorf("order: money with %d decimals, want 0 to %d", scale, maxScale)
	}
	if !isCurrency(currency) {
		return Money{}, errors.New("order: currency is not three upper-case letters")
	}
	return normal(unscaled, scale, currency), nil
}

// normal gives one value one form, so that amounts are comparable with ==.
func normal(unscaled int64, scale int, currency string) Money {
	for scale > 0 && unscaled%10 == 0 {
		unscaled /= 10
		scale--
	}
	return Money{unscaled, uint8(scale), currency}
}

// ParseMoney reads a plain decimal such as "5980", "1507.00" or "-12.5": no sign but '-', no exponent, no separators.
func ParseMoney(amount, currency string) (Money, error) {
	whole, frac, dotted := strings.Cut(amount, ".")
	digits := strings.TrimPrefix(whole, "-")
	if digits == "" || dotted && frac == "" || !allDigits(digits) || !allDigits(frac) {
		return Money{}, errors.New("order: amount is not a plain decimal")
	}
	frac = strings.TrimRight(frac, "0")
	if len(frac) > maxScale {
		return Money{}, fmt.Errorf("order: amount with more than %d decimals", maxScale)
	}
	n, err := strconv.ParseInt(whole+frac, 10, 64)
	if err != nil {
		return Money{}, errors.New("order: amount out of range")
	}
	return NewMoney(n, len(frac), currency)
}

func isCurrency(s string) bool {
	return len(s) == 3 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func allDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// Known tells whether the amount is determined.
func (m Money) Known() bool { return m.currency != "" }

// IsZero tells whether m is undetermined, not whether it is nothing to pay: for that see Sign and Known.
func (m Money) IsZero() bool { return m == Money{} }

// Sign is -1, 0 or 1; an undetermined amount gives 0.
func (m Money) Sign() int {
	switch {
	case m.unscaled < 0:
		return -1
	case m.unscaled > 0:
		return 1
	}
	return 0
}

// Currency is the ISO 4217 code, empty when undetermined.
func (m Money) Currency() string { return m.currency }

// Yen is the amount in whole yen; ok is false when the amount is undetermined, not in yen or has a fraction.
func (m Money) Yen() (n int64, ok bool) { return m.unscaled, m.currency == "JPY" && m.scale == 0 }

// Amount is the decimal as text ("1507", "12.5"), empty when undetermined.
func (m Money) Amount() string {
	if !m.Known() {
		return ""
	}
	s := strconv.FormatInt(m.unscaled, 10)
	if m.scale == 0 {
		return s
	}
	sign := ""
	if m.unscaled < 0 {
		sign, s = "-", s[1:]
	}
	if pad := int(m.scale) + 1 - len(s); pad > 0 {
		s = strings.Repeat("0", pad) + s
	}
	cut := len(s) - int(m.scale)
	return sign + s[:cut] + "." + s[cut:]
}

// String writes "JPY 1507", or "undetermined".
func (m Money) String() string {
	if !m.Known() {
		return "undetermined"
	}
	return m.currency + " " + m.Amount()
}

// Add is m + n. It is undetermined when a part is, when the currencies differ, or when the sum leaves the range of int64.
func (m Money) Add(n Money) Money {
	a, b, scale, ok := align(m, n)
	if !ok || b > 0 && a > math.MaxInt64-b || b < 0 && a < math.MinInt64-b {
		return Money{}
	}
	return normal(a+b, scale, m.currency)
}

// Sub is m - n, undetermined under the same rules as Add.
func (m Money) Sub(n Money) Money { return m.Add(n.Neg()) }

// Neg is -m.
func (m Money) Neg() Money {
	if m.unscaled == math.MinInt64 {
		return Money{}
	}
	m.unscaled = -m.unscaled
	return m
}

// Mul is m × n, for a unit price and a quantity; undetermined when m is or when the product leaves the range of int64.
func (m Money) Mul(n int64) Money {
	if !m.Known() {
		return Money{}
	}
	p, ok := mul64(m.unscaled, n)
	if !ok {
		return Money{}
	}
	return normal(p, int(m.scale), m.currency)
}

// Compare is -1, 0 or 1 for amounts of one currency; ok is false when they cannot be compared.
func (m Money) Compare(n Money) (c int, ok bool) {
	a, b, _, ok := align(m, n)
	switch {
	case !ok:
		return 0, false
	case a < b:
		return -1, true
	case a > b:
		return 1, true
	}
	return 0, true
}

func align(m, n Money) (a, b int64, scale int, ok bool) {
	if !m.Known() || m.currency != n.currency {
		return 0, 0, 0, false
	}
	a, b = m.unscaled, n.unscaled
	ok = true
	for s := m.scale; s < n.scale && ok; s++ {
		a, ok = mul64(a, 10)
	}
	for s := n.scale; s < m.scale && ok; s++ {
		b, ok = mul64(b, 10)
	}
	return a, b, int(max(m.scale, n.scale)), ok
}

func mul64(a, b int64) (int64, bool) {
	if a == 0 || b == 0 {
		return 0, true
	}
	p := a * b
	return p, p/b == a && !(a == -1 && b == math.MinInt64) && !(b == -1 && a == math.MinInt64)
}

type moneyJSON struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

// MarshalJSON writes {"amount":"1507","currency":"JPY"}, or null when undetermined.
func (m Money) MarshalJSON() ([]byte, error) {
	if !m.Known() {
		return []byte("null"), nil
	}
	return json.Marshal(moneyJSON{m.Amount(), m.currency})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (m *Money) UnmarshalJSON(data []byte) error {
	*m = Money{}
	if string(data) == "null" {
		return nil
	}
	var v moneyJSON
	if err := json.Unmarshal(data, &v); err != nil {
		return fmt.Errorf("order: money: %w", err)
	}
	parsed, err := ParseMoney(v.Amount, v.Currency)
	if err != nil {
		return err
	}
	*m = parsed
	return nil
}
