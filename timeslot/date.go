package timeslot

import (
	"fmt"
	"time"
)

// Date is a calendar day, such as a delivery date (お届け希望日), without time or zone. The zero Date
// means that no date is known. Year 0 with a month and a day is a date written without its year,
// such as `4/1`.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day in Japan (JST) on which t falls, whatever t's location. The zero time
// gives the zero Date.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	y, m, d := t.In(jst).Date()
	return Date{y, m, d}
}

// IsZero reports whether no date is known.
func (d Date) IsZero() bool { return d == Date{} }

// Valid reports whether d exists in the calendar and has a year.
func (d Date) Valid() bool { return d.Year > 0 && d.Year < 10000 && d.exists(d.Year) }

// exists reports whether the month and day exist in that year.
func (d Date) exists(year int) bool {
	if d.Month < time.January || d.Month > time.December || d.Day < 1 {
		return false
	}
	// The day before the first of the next month is the month's last.
	return d.Day <= time.Date(year, d.Month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// Compare returns -1, 0 or +1 as d is before, on or after e.
func (d Date) Compare(e Date) int {
	a := (d.Year*16+int(d.Month))*64 + d.Day
	b := (e.Year*16+int(e.Month))*64 + e.Day
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// String formats d as `2026-06-06`, without a year as `--06-06`. The zero Date gives an empty
// string.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Year == 0:
		return fmt.Sprintf("--%02d-%02d", int(d.Month), d.Day)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// jst is Japan Standard Time.
var jst = time.FixedZone("JST", 9*60*60)

// Time returns the first instant of the day in Japan (JST), or the zero time if d is not Valid.
func (d Date) Time() time.Time {
	if !d.Valid() {
		return time.Time{}
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, jst)
}

// AddDays returns the day n days after d; n may be negative. A Date that is not Valid is returned
// unchanged.
func (d Date) AddDays(n int) Date {
	if !d.Valid() {
		return d
	}
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, jst))
}

// ParseDate reads the form that String writes. An empty string gives the zero Date.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	var d Date
	layout := "%04d-%02d-%02d"
	if len(s) == len("--06-06") {
		layout = "--%02d-%02d"
		if _, err := fmt.Sscanf(s, layout, &d.Month, &d.Day); err != nil || !d.exists(4) ||
			d.String() != s {
			return Date{}, fmt.Errorf("timeslot: not a date of the form --MM-DD (%d bytes)", len(s))
		}
		return d, nil
	}
	if _, err := fmt.Sscanf(s, layout, &d.Year, &d.Month, &d.Day); err != nil || !d.Valid() ||
		d.String() != s {
		return Date{}, fmt.Errorf("timeslot: not a date of the form YYYY-MM-DD (%d bytes)", len(s))
	}
	return d, nil
}

// MarshalText returns the form that String writes.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the form that String writes.
func (d *Date) UnmarshalText(text []byte) error {
	v, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = v
	return nil
}
