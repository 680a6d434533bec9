package wire

import (
	"bytes"
	"math"
	"reflect"
	"strings"
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

// parseInt reads a whole number; blank text is zero. It fails for fractions, overflow and anything
// else.
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

// parseDecimal reads a sign, digits, a fraction and an exponent. It fails for anything else and
// for more significant digits than fit in 64 bits.
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

// parseExponent reads the digits after the e. Huge exponents are reduced to a size that still
// cannot fit, so that whole ends soon.
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

// whole returns the magnitude if the number is whole and fits.
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

// blockSize is the size of the blocks that decoded strings are packed into: about one order, so
// that a retained order number does not keep a whole page alive.
const blockSize = 4096

// An arena copies byte slices to strings with one allocation per block.
type arena struct {
	block strings.Builder
	// left is an upper bound of what is still to come, so that a short document gets no whole
	// block.
	left int
}

// add copies p. Long texts are allocated separately.
func (a *arena) add(p []byte) string {
	if len(p) == 0 {
		return ""
	}
	if len(p) > blockSize/4 {
		return string(p)
	}
	if a.block.Cap()-a.block.Len() < len(p) {
		// The strings made so far keep the old block alive, the builder lets
		// go of it.
		a.block.Reset()
		a.block.Grow(max(len(p), min(blockSize, a.left)))
	}
	start := a.block.Len()
	a.block.Write(p)
	a.left -= len(p)
	return a.block.String()[start:]
}

// ParseFlag reads the malls' spellings of yes and no: 1 and 0, true and false, t and f, yes and
// no, Y and N, in any case and with spaces around them. ok is false for everything else, the empty
// text included.
func ParseFlag(s string) (value, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) > len("false") {
		return false, false
	}
	return parseFlag([]byte(s))
}

// parseFlag is ParseFlag without trimming.
func parseFlag(text []byte) (value, ok bool) {
	switch string(text) {
	case "1", "true":
		return true, true
	case "0", "false":
		return false, true
	}
	if len(text) > len("false") {
		return false, false
	}
	switch strings.ToLower(string(text)) {
	case "true", "t", "yes", "y":
		return true, true
	case "false", "f", "no", "n":
		return false, true
	}
	return false, false
}
