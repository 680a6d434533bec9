package order

import (
	"time"

	"github.com/jpmall/jpmall/timeslot"
)

// Date is a calendar day in Japan without a time: a delivery date (お届け希望日), a shipping date. The zero Date is "none".
type Date = timeslot.Date

// NewDate gives the day, or an error where the calendar has no such day.
func NewDate(year int, month time.Month, day int) (Date, error) {
	return timeslot.NewDate(year, month, day)
}

// DateOf is the day in JST on which t falls; the zero time gives the zero Date.
func DateOf(t time.Time) Date { return timeslot.DateOf(t) }

// ParseDate reads "2026-11-23". The empty text is the zero Date.
func ParseDate(s string) (Date, error) { return timeslot.ParseDate(s) }
