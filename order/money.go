package order

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Money is an exact decimal amount in an ISO 4217 currency: an int64 with up to nine decimals. It
// is never rounded.
//
// The zero Money is undetermined: the mall did not report the amount, or reported that it is not
// fixed yet (-9999 at Rakuten). Zero yen is Yen(0). Start a sum with Yen(0): the zero Money is
// undetermined, and so is every sum with it. Money is comparable; 1507.00 and 1507 are the same
// value.
type Money struct {
	unscaled int64
	scale    uint8
	currency string
}

const maxScale = 9

// Yen returns an amount of whole yen (円).
func Yen(n int64) Money { return Money{unscaled: n, currency: "JPY"} }

// NewMoney returns unscaled × 10^-scale in the currency. scale is 0 to 9, currency three upper-case
// letters.
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

// ParseMoney parses a plain decimal such as "5980", "1507.00" or "-12.5". It accepts no plus sign,
// exponent or separators.
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

// Known reports whether the amount is determined.
func (m Money) Known() bool { return m.currency != "" }

// IsZero reports whether m is undetermined. Zero yen is not: it is Known, and its Sign is 0.
func (m Money) IsZero() bool { return m == Money{} }

// Sign returns -1, 0 or 1; 0 for an undetermined amount.
func (m Money) Sign() int {
	switch {
	case m.unscaled < 0:
		return -1
	case m.unscaled > 0:
		return 1
	}
	return 0
}

// Currency returns the ISO 4217 code, or "" for an undetermined amount.
func (m Money) Currency() string { return m.currency }

// Yen returns the amount in whole yen. ok is false when it is undetermined, not in yen or has a
// fraction.
func (m Money) Yen() (n int64, ok bool) { return m.unscaled, m.currency == "JPY" && m.scale == 0 }

// Amount returns the decimal as text ("1507", "12.5"), or "" for an undetermined amount.
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

// String returns "JPY 1507", or "undetermined".
func (m Money) String() string {
	if !m.Known() {
		return "undetermined"
	}
	return m.currency + " " + m.Amount()
}

// Add returns m + n. It is undetermined when m or n is, when the currencies differ, or when the sum
// overflows int64.
func (m Money) Add(n Money) Money {
	a, b, scale, ok := align(m, n)
	if !ok || b > 0 && a > math.MaxInt64-b || b < 0 && a < math.MinInt64-b {
		return Money{}
	}
	return normal(a+b, scale, m.currency)
}

// Sub returns m - n, undetermined under the same rules as Add.
func (m Money) Sub(n Money) Money { return m.Add(n.Neg()) }

// Neg returns -m.
func (m Money) Neg() Money {
	if m.unscaled == math.MinInt64 {
		return Money{}
	}
	m.unscaled = -m.unscaled
	return m
}

// Mul returns m × n, for a unit price and a quantity. It is undetermined when m is or when the
// product overflows int64.
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

// Compare returns -1, 0 or 1 for amounts in one currency. ok is false when they cannot be compared.
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
	return p, p/b == a && !(b == -1 && a == math.MinInt64)
}

type moneyJSON struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

// MarshalJSON writes {"amount":"1507","currency":"JPY"}, or null for an undetermined amount.
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
