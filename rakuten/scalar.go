package rakuten

import (
	"time"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// DateTime is an instant as Rakuten writes it (2026-06-01T21:14:05+0900): always JST, the offset
// without a colon. The text is kept as received; empty is null.
type DateTime string

// dateTimeLayout is the only form that requests may have: a colon in the offset, a Z or a fraction
// is refused with ERROR_011.
const dateTimeLayout = "2006-01-02T15:04:05-0700"

// NewDateTime formats an instant as requests need it: in JST, cut to whole seconds. The zero time
// is empty.
func NewDateTime(t time.Time) DateTime {
	if t.IsZero() {
		return ""
	}
	return DateTime(t.In(order.JST).Format(dateTimeLayout))
}

// Time parses the instant, in JST; ok is false when the text is empty or cannot be parsed.
func (d DateTime) Time() (t time.Time, ok bool) {
	t, err := wire.ParseTime(string(d))
	if err != nil {
		return time.Time{}, false
	}
	return t.In(order.JST), true
}

// Date is a calendar day as Rakuten writes it (2026-06-01). Some dates of coupons carry a time,
// which means nothing. The text is kept as received; empty is null.
type Date string

// NewDate formats a day; the zero day is empty.
func NewDate(d order.Date) Date { return Date(d.String()) }

// Date parses the day; ok is false when the text is empty or cannot be parsed.
func (d Date) Date() (day order.Date, ok bool) {
	text := string(d)
	if len(text) > len(time.DateOnly) { // only the date part is meaningful
		text = text[:len(time.DateOnly)]
	}
	year, month, dayOf, err := wire.ParseDate(text)
	if err != nil {
		return order.Date{}, false
	}
	return order.Date{Year: year, Month: month, Day: dayOf}, true
}

// Time returns the first instant of the day, in JST; ok is false when the text is empty or cannot
// be parsed.
func (d Date) Time() (t time.Time, ok bool) {
	day, ok := d.Date()
	return day.Time(), ok
}

// Yen is an amount in whole yen. Rakuten writes -9999 for an amount that is not fixed yet.
type Yen int64

// Undetermined (未確定) is an amount that is not fixed yet. In updateOrderSender it unsets the amount.
const Undetermined Yen = -9999

// NewYen returns a pointer to n yen, for request fields and tests.
func NewYen(n int64) *Yen {
	y := Yen(n)
	return &y
}

// Money returns the amount. It is undetermined for nil (absent, null or unreadable) and for -9999.
func (y *Yen) Money() order.Money {
	if y == nil || *y == Undetermined {
		return order.Money{}
	}
	return order.Yen(int64(*y))
}

// Flag is Rakuten's boolean: 1 is yes, 0 is no. The order API never writes true or false.
type Flag int64

// On reports whether the flag is 1.
func (f Flag) On() bool { return f == 1 }

// Known reports whether the value is documented.
func (f Flag) Known() bool { return f == 0 || f == 1 }
