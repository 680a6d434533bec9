package aupay

import (
	"time"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// DateTime is an instant as the mall writes it (2026/09/04 09:30), in JST. The text is kept as
// received.
type DateTime string

// Time parses the instant, in JST; ok is false when the text is empty or cannot be parsed.
func (d DateTime) Time() (t time.Time, ok bool) {
	t, err := wire.ParseTime(string(d))
	return t, err == nil
}

// Date is a calendar day as the mall writes it (2026/09/04). The text is kept as received.
type Date string

// Date parses the day; ok is false when the text is empty or cannot be parsed.
func (d Date) Date() (day order.Date, ok bool) {
	y, m, dd, err := wire.ParseDate(string(d))
	return timeslot.Date{Year: y, Month: m, Day: dd}, err == nil
}
