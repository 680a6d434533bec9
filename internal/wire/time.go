package wire

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// JST is the time zone of all four malls, nine hours ahead of UTC all year. It needs no time zone
// database. Do not modify it.
var JST = time.FixedZone("JST", 9*60*60)

var (
	// ErrBlank is a date or time without any text.
	ErrBlank = errors.New("blank")
	// ErrTime is a text that is not a date or time of a known form, or one that does not exist,
	// such as February 30th.
	ErrTime = errors.New("not a date or time")
	// ErrBefore is an instant or day before 1970. No mall had orders then; such values stand for
	// none (0001-01-01, 1900/01/01).
	ErrBefore = fmt.Errorf("%w: before 1970", ErrTime)
)

// maxTime is the length of the longest date-time with nanoseconds and a zone, and some spaces.
const maxTime = 48

// ParseTime reads an instant in any of the forms that the malls use:
//
//	2026-06-01T21:14:05+09:00    Yahoo!, Amazon (also Z, fractions of a second)
//	2026-06-01T21:14:05+0900     Rakuten
//	2026-06-01 21:14:05          Yahoo!'s carrier data; JST
//	20260601211405               Yahoo!; JST
//	2026/06/01 21:14             au PAY; JST; also with seconds
//
// Month, day and hour may lack their leading zero if there are separators. A time without a zone
// is in JST, and so is the result then. A date alone is refused, because it is not an instant: see
// [ParseDate]. So are seconds since 1970: see [ParseEpoch]. An instant before 1970 is ErrBefore,
// blank text ErrBlank, and anything else that cannot be read ErrTime. The error does not quote the
// text.
func ParseTime(s string) (time.Time, error) {
	r, err := newReader(s)
	if err != nil {
		return time.Time{}, err
	}
	date := r.date()
	least := 2
	if !r.compact {
		r.bad = r.bad || !r.one("Tt ")
		r.blanks()
		least = 1
	}
	hour := r.number(least, 2)
	r.bad = r.bad || !r.compact && !r.one(":")
	minute := r.number(2, 2)
	second, nano := 0, 0
	if r.compact || r.one(":") {
		second = r.number(2, 2)
		if r.one(".,") {
			nano = r.fraction()
		}
	}
	zone := r.zone()
	if r.bad || r.rest != "" || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, r.fail()
	}
	at := time.Date(date.year, time.Month(date.month), date.day, hour, minute, second, nano, zone)
	if at.Unix() < 0 {
		return time.Time{}, ErrBefore
	}
	return at, nil
}

// ParseDate reads a calendar date: 2026-06-01, 20260601 or 2026/06/01, with spaces around it. A
// time of day after the date is checked and dropped, as Rakuten's coupon expiry needs it; with a
// zone other than +09:00 it is refused, because the day could be another one in Japan. Errors are
// those of [ParseTime].
func ParseDate(s string) (year int, month time.Month, day int, err error) {
	r, err := newReader(s)
	if err != nil {
		return 0, 0, 0, err
	}
	date := r.date()
	if r.bad {
		return 0, 0, 0, r.fail()
	}
	if r.rest != "" {
		t, err := ParseTime(s)
		if err != nil {
			return 0, 0, 0, err
		}
		if _, offset := t.Zone(); offset != 9*60*60 {
			return 0, 0, 0, fmt.Errorf("%w: a date with a zone other than JST", ErrTime)
		}
	}
	if date.year < 1970 {
		return 0, 0, 0, ErrBefore
	}
	return date.year, time.Month(date.month), date.day, nil
}

// ParseEpoch reads seconds since 1970, optionally with a fraction or exponent: Amazon's sandbox
// writes 1.569521782042E9. Digits beyond the nanosecond are dropped. The result is in UTC.
func ParseEpoch(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return time.Time{}, ErrBlank
	}
	number, ok := decimal{}, false
	if len(s) <= maxTime {
		number, ok = parseDecimal([]byte(s))
	}
	for ok && number.exponent < -9 && number.digits != 0 {
		number.digits /= 10
		number.exponent++
	}
	number.exponent += 9
	nanos, whole := number.whole()
	// Dates that time.Time holds in nanoseconds end in 2262.
	if !ok || !whole || nanos > 1<<63-1 {
		return time.Time{}, fmt.Errorf("%w: want seconds since 1970", ErrTime)
	}
	if number.negative && nanos > 0 {
		return time.Time{}, ErrBefore
	}
	return time.Unix(0, int64(nanos)).UTC(), nil
}

// A civil is a calendar day.
type civil struct{ year, month, day int }

// A reader parses a date or time from left to right.
type reader struct {
	rest string
	// compact is true if the date had no separators.
	compact bool
	// bad is true once something did not fit.
	bad bool
}

// newReader returns a reader of s without the spaces around it.
func newReader(s string) (*reader, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return nil, ErrBlank
	}
	r := &reader{rest: s}
	if len(s) > maxTime {
		return nil, r.fail()
	}
	return r, nil
}

// fail returns the one error for everything that is not a date or time.
func (r *reader) fail() error {
	return fmt.Errorf(
		"%w: want a shape like 2006-01-02T15:04:05+09:00, 2006/01/02 15:04, 20060102150405 or their date part", ErrTime)
}

// number reads between least and most digits.
func (r *reader) number(least, most int) int {
	n, value := 0, 0
	for n < len(r.rest) && n < most && r.rest[n]-'0' <= 9 {
		value = value*10 + int(r.rest[n]-'0')
		n++
	}
	if n < least {
		r.bad = true
	}
	r.rest = r.rest[n:]
	return value
}

// one steps over one of the given characters, if there is one.
func (r *reader) one(of string) bool {
	if r.rest == "" || strings.IndexByte(of, r.rest[0]) < 0 {
		return false
	}
	r.rest = r.rest[1:]
	return true
}

func (r *reader) blanks() { r.rest = strings.TrimLeft(r.rest, " ") }

// fraction reads the digits of a fraction of a second.
func (r *reader) fraction() int {
	from := len(r.rest)
	nano := r.number(1, 9)
	for n := from - len(r.rest); n < 9; n++ {
		nano *= 10
	}
	// Finer digits are dropped.
	r.number(0, maxTime)
	return nano
}

// date reads a date in one of its three shapes; the separators must agree.
func (r *reader) date() civil {
	d := civil{year: r.number(4, 4)}
	switch {
	case r.one("-"):
		d.month = r.number(1, 2)
		r.bad = r.bad || !r.one("-")
		d.day = r.number(1, 2)
	case r.one("/"):
		d.month = r.number(1, 2)
		r.bad = r.bad || !r.one("/")
		d.day = r.number(1, 2)
	default:
		r.compact = true
		d.month, d.day = r.number(2, 2), r.number(2, 2)
	}
	if d.year < 1 || d.month < 1 || d.month > 12 || d.day < 1 || d.day > daysIn(d.year, d.month) {
		r.bad = true
	}
	return d
}

// daysIn returns the length of a month; day 0 is the last of the month before.
func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// zone reads Z, +09:00, +0900, +09 or nothing.
func (r *reader) zone() *time.Location {
	if r.rest == "" {
		return JST
	}
	if r.one("Zz") {
		return time.UTC
	}
	sign := 1
	if !r.one("+") {
		if !r.one("-") {
			r.bad = true
		}
		sign = -1
	}
	hours, minutes := r.number(2, 2), 0
	if r.one(":") || r.rest != "" {
		minutes = r.number(2, 2)
	}
	if hours > 14 || minutes > 59 {
		r.bad = true
	}
	switch offset := sign * (hours*60 + minutes) * 60; offset {
	case 9 * 60 * 60:
		return JST
	case 0:
		return time.UTC
	default:
		return time.FixedZone("", offset)
	}
}
