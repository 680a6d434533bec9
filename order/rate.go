package order

import (
	"errors"
	"strconv"
	"strings"
)

// TaxRate is an exact consumption-tax rate (消費税率). The zero TaxRate is unknown; 0 % is [ZeroRate].
type TaxRate struct {
	known bool
	basis int32 // 1/100 percent: 10 % is 1000
}

// The rates in force in Japan since 2019-10.
var (
	StandardRate = TaxRate{true, 1000} // 10 %
	ReducedRate  = TaxRate{true, 800}  // 8 %, 軽減税率
	ZeroRate     = TaxRate{true, 0}    // 0 %, 非課税
)

// ParseTaxRate parses a fraction as the malls write it ("0.1", "0.08", "0", "0.0"): 0 to 1, at most
// four decimals.
func ParseTaxRate(s string) (TaxRate, error) {
	whole, frac, _ := strings.Cut(s, ".")
	frac = strings.TrimRight(frac, "0")
	if !allDigits(whole) || !allDigits(frac) || whole == "" || len(frac) > 4 {
		return TaxRate{}, errors.New("order: tax rate is not a fraction such as 0.08")
	}
	n, err := strconv.Atoi(whole + frac + strings.Repeat("0", 4-len(frac)))
	if err != nil || n > 10000 {
		return TaxRate{}, errors.New("order: tax rate is not between 0 and 1")
	}
	return TaxRate{true, int32(n)}, nil
}

// PercentRate returns a rate of whole percent, 0 to 100. Any other percent gives the unknown rate.
func PercentRate(percent int) TaxRate {
	if percent < 0 || percent > 100 {
		return TaxRate{}
	}
	return TaxRate{true, int32(percent) * 100}
}

// Known reports whether the rate is known.
func (r TaxRate) Known() bool { return r.known }

// IsZero reports whether the rate is unknown, not whether it is 0 %.
func (r TaxRate) IsZero() bool { return !r.known }

// BasisPoints returns the rate in hundredths of a percent (10 % is 1000), or 0 when unknown.
func (r TaxRate) BasisPoints() int { return int(r.basis) }

// String returns "10%", "8%", "6.24%", or "unknown".
func (r TaxRate) String() string {
	if !r.known {
		return "unknown"
	}
	return fraction(int(r.basis), 100) + "%"
}

// MarshalText writes the fraction ("0.1"), or nothing when unknown.
func (r TaxRate) MarshalText() ([]byte, error) {
	if !r.known {
		return nil, nil
	}
	return []byte(fraction(int(r.basis), 10000)), nil
}

// UnmarshalText reads what MarshalText writes.
func (r *TaxRate) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*r = TaxRate{}
		return nil
	}
	v, err := ParseTaxRate(string(text))
	if err != nil {
		return err
	}
	*r = v
	return nil
}

// fraction writes n/unit without trailing zeros; unit is a power of ten.
func fraction(n, unit int) string {
	s := strconv.Itoa(n / unit)
	if rest := n % unit; rest != 0 {
		digits := strconv.Itoa(unit + rest)[1:]
		s += "." + strings.TrimRight(digits, "0")
	}
	return s
}
