package wire

import (
	"bytes"
	"math"
	"reflect"
)

// setText sets v, whose plan is a scalar, to what the text says. It reports
// whether the text could be read; if not, v is zero.
func setText(p *plan, v reflect.Value, text []byte, a *arena) bool {
	switch p.kind {
	case kindString:
		v.SetString(a.add(text))
		return true
	case kindBool:
		text = bytes.TrimSpace(text)
		if len(text) == 0 {
			v.SetBool(false)
			return true
		}
		on, ok := parseFlag(text)
		v.SetBool(on)
		return ok
	case kindInt:
		n, ok := parseInt(text)
		if ok && v.OverflowInt(n) {
			n, ok = 0, false
		}
		v.SetInt(n)
		return ok
	case kindUint:
		n, ok := parseUint(text)
		if ok && v.OverflowUint(n) {
			n, ok = 0, false
		}
		v.SetUint(n)
		return ok
	}
	return false
}

// parseInt reads a whole number; blank text is zero.
// It fails for fractions, overflow and anything else that is not a whole number.
func parseInt(text []byte) (int64, bool) {
	// Nearly all numbers are a few plain digits.
	if n := len(text); n > 0 && n <= 18 {
		digits := text
		if digits[0] == '-' && n > 1 {
			digits = digits[1:]
		}
		value, plain := int64(0), true
		for _, c := range digits {
			if c -= '0'; c > 9 {
				plain = false
				break
			}
			value = value*10 + int64(c)
		}
		if plain {
			if text[0] == '-' {
				value = -value
			}
			return value, true
		}
	}
	text = bytes.TrimSpace(text)
	if len(text) == 0 {
		return 0, true
	}
	number, ok := parseDecimal(text)
	if !ok {
		return 0, false
	}
	value, ok := number.whole()
	switch {
	case !ok:
		return 0, false
	case number.negative && value == 1<<63:
		return math.MinInt64, true
	case value > math.MaxInt64:
		return 0, false
	case number.negative:
		return -int64(value), true
	}
	return int64(value), true
}

// parseUint is parseInt for unsigned types; -0 is zero.
func parseUint(text []byte) (uint64, bool) {
	text = bytes.TrimSpace(text)
	if len(text) == 0 {
		return 0, true
	}
	number, ok := parseDecimal(text)
	if !ok {
		return 0, false
	}
	value, ok := number.whole()
	if !ok || number.negative && value != 0 {
		return 0, false
	}
	return value, true
}

// A decimal is an exact number: digits × 10^exponent.
type decimal struct {
	negative bool
	digits   uint64
	exponent int
}

// parseDecimal reads a sign, digits, a fraction and an exponent. It fails for
// anything else and for more significant digits than 64 bits hold.
func parseDecimal(text []byte) (decimal, bool) {
	var d decimal
	i := 0
	if i < len(text) && (text[i] == '-' || text[i] == '+') {
		d.negative = text[i] == '-'
		i++
	}
	seen, point, zeros := false, false, 0
	for ; i < len(text); i++ {
		c := text[i]
		if c == '.' && !point {
			point = true
			continue
		}
		if c -= '0'; c > 9 {
			break
		}
		seen = true
		if point {
			d.exponent--
		}
		// Zeros are held back until a digit follows, so that trailing ones
		// cost no precision.
		if c == 0 {
			zeros++
			continue
		}
		for ; zeros >= 0; zeros-- {
			add := uint64(0)
			if zeros == 0 {
				add = uint64(c)
			}
			if d.digits > (math.MaxUint64-add)/10 {
				return d, false
			}
			d.digits = d.digits*10 + add
		}
		zeros = 0
	}
	d.exponent += zeros
	if !seen {
		return d, false
	}
	if i < len(text) && (text[i] == 'e' || text[i] == 'E') {
		exponent, ok := parseExponent(text[i+1:])
		if !ok {
			return d, false
		}
		d.exponent += exponent
		i = len(text)
	}
	if d.digits == 0 {
		d.exponent = 0
	}
	return d, i == len(text)
}

// parseExponent reads what stands behind the e. Huge exponents are cut to a size
// that still cannot fit, so that whole ends soon.
func parseExponent(text []byte) (int, bool) {
	sign, value := 1, 0
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		if text[0] == '-' {
			sign = -1
		}
		text = text[1:]
	}
	if len(text) == 0 {
		return 0, false
	}
	for _, c := range text {
		if c -= '0'; c > 9 {
			return 0, false
		}
		// Far beyond any number that fits, and far from overflow.
		value = min(value*10+int(c), 1<<20)
	}
	return sign * value, true
}

// whole gives the magnitude if the number is whole and fits.
func (d decimal) whole() (uint64, bool) {
	value := d.digits
	for e := d.exponent; e > 0; e-- {
		if value > math.MaxUint64/10 {
			return 0, false
		}
		value *= 10
	}
	for e := d.exponent; e < 0 && value != 0; e++ {
		if value%10 != 0 {
			return 0, false
		}
		value /= 10
	}
	return value, true
}
