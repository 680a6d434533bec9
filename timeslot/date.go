package timeslot

import (
	"fmt"
	"time"
)

// JST is Japan Standard Time, UTC+9 without daylight saving, as a fixed zone: it needs no time zone database on the machine.
var JST = time.FixedZone("JST", 9*60*60)

// Date is a calendar day without a time, in Japan: a delivery date (お届け希望日), a shipping date. The zero Date is "none".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// NewDate gives the day, or an error where the calendar has no such day.
func NewDate(year int, month time.Month, day int) (Date, error) {
	t := time.Date(year, month, day, 0, 0, 0, 0, JST)
	if year < 1 || year > 9999 || t.Year() != year || t.Month() != month || t.Day() != day {
		return Date{}, fmt.Errorf("timeslot: no such day: %d-%d-%d", year, int(month), day)
	}
	return Date{year, month, day}, nil
}

// DateOf is the day in JST on which t falls; the zero time gives the zero Date.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	y, m, d := t.In(JST).Date()
	return Date{y, m, d}
}

// ParseDate reads "2026-11-23". The empty text is the zero Date.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, s, JST)
	if err != nil || t.Year() < 1 {
		return Date{}, fmt.Errorf("timeslot: not a date of the form YYYY-MM-DD (%d bytes)", len(s))
	}
	return DateOf(t), nil
}

// IsZero tells whether d is "none".
func (d Date) IsZero() bool { return d == Date{} }

// Time is the first instant of the day in JST; the zero Date gives the zero time.
func (d Date) Time() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, JST)
}

// AddDays is the day n days later (earlier for a negative n). The zero Date stays zero.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	return DateOf(d.Time().AddDate(0, 0, n))
}

// Compare orders days; the zero Date comes first.
func (d Date) Compare(e Date) int { return d.Time().Compare(e.Time()) }

// String writes "2026-11-23", or "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// MarshalText writes what String writes.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(text []byte) error {
	v, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = v
	return nil
}
