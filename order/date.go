package order

import (
	"fmt"
	"time"

	"github.com/jpmall/jpmall/timeslot"
)

// JST is Japan Standard Time: UTC+9, without daylight saving time. It is a fixed zone, so it needs
// no time zone database.
var JST = time.FixedZone("JST", 9*60*60)

// Date is a calendar day in Japan, such as a delivery date (お届け希望日) or a shipping date. The zero
// Date is none.
type Date = timeslot.Date

// NewDate returns the day, or an error if the calendar has no such day.
func NewDate(year int, month time.Month, day int) (Date, error) {
	d := Date{Year: year, Month: month, Day: day}
	if !d.Valid() {
		return Date{}, fmt.Errorf("order: no such day: %d-%d-%d", year, int(month), day)
	}
	return d, nil
}

// DateOf returns the day in JST on which t falls, or the zero Date for the zero time.
func DateOf(t time.Time) Date { return timeslot.DateOf(t) }

// ParseDate parses a day such as "2026-11-23". The empty text is the zero Date.
func ParseDate(s string) (Date, error) {
	d, err := timeslot.ParseDate(s)
	if err == nil && !d.IsZero() && !d.Valid() {
		err = fmt.Errorf("order: date %s has no year", s)
	}
	return d, err
}
