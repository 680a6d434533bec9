package order

import (
	"fmt"
	"time"

	"github.com/jpmall/jpmall/timeslot"
)

// JST is Japan Standard Time, UTC+9 without daylight saving, as a fixed zone: it needs no time zone database on the machine.
var JST = time.FixedZone("JST", 9*60*60)

// Date is a calendar day in Japan without a time: a delivery date (お届け希望日), a shipping date. The zero Date is "none".
type Date = timeslot.Date

// NewDate gives the day, or an error where the calendar has no such day.
func NewDate(year int, month time.Month, day int) (Date, error) {
	d := Date{Year: year, Month: month, Day: day}
	if !d.Valid() {
		return Date{}, fmt.Errorf("order: no such day: %d-%d-%d", year, int(month), day)
	}
	return d, nil
}

// DateOf is timeslot.DateOf: the day in JST on which t falls; the zero time gives the zero Date.
func DateOf(t time.Time) Date { return timeslot.DateOf(t) }

// ParseDate reads "2026-11-23". The empty text is the zero Date.
func ParseDate(s string) (Date, error) {
	d, err := timeslot.ParseDate(s)
	if err == nil && !d.IsZero() && !d.Valid() {
		err = fmt.Errorf("order: date %s has no year", s)
	}
	return d, err
}
