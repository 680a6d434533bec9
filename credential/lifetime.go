package credential

import (
	"fmt"
	"time"

	"github.com/jpmall/jpmall/order"
)

// Lifetime is how long a credential lives: exactly one of Months, Days and Hours is set. It is
// computed in JST. Months are clamped to the end of the resulting month: 30 November plus 3 months
// is the last day of February.
type Lifetime struct {
	Months int `json:"months,omitempty"`
	Days   int `json:"days,omitempty"`
	Hours  int `json:"hours,omitempty"`
	// it ends at 23:59:59 JST of its last day, not at the time of its start
	EndOfDay bool `json:"end_of_day,omitempty"`
}

// maxMonths, maxDays and maxHours (about a century) catch a unit mistaken for another.
const (
	maxMonths = 1200
	maxDays   = 36600
	maxHours  = 24 * maxDays
)

// validate refuses a lifetime with no unit or with two.
func (l Lifetime) validate() error {
	units := 0
	for _, v := range []struct{ n, limit int }{{l.Months, maxMonths}, {l.Days, maxDays},
		{l.Hours, maxHours}} {
		if v.n < 0 || v.n > v.limit {
			return fmt.Errorf("%d is not a number of months, days or hours that something lives",
				v.n)
		}
		if v.n > 0 {
			units++
		}
	}
	if units != 1 {
		return fmt.Errorf("a lifetime has exactly one of Months, Days and Hours")
	}
	return nil
}

// End returns when a life that began at start ends (JST). It is zero when start or l is zero.
func (l Lifetime) End(start time.Time) time.Time {
	if start.IsZero() || l.Months == 0 && l.Days == 0 && l.Hours == 0 {
		return time.Time{}
	}
	t := start.In(order.JST)
	if l.Months != 0 {
		t = addMonths(t, l.Months)
	}
	t = t.AddDate(0, 0, l.Days).Add(time.Duration(l.Hours) * time.Hour)
	if l.EndOfDay {
		y, m, d := t.Date()
		t = time.Date(y, m, d, 23, 59, 59, 0, order.JST)
	}
	return t
}

// addMonths clamps to the end of the month; time.AddDate would turn 30 November into 2 March.
func addMonths(t time.Time, months int) time.Time {
	y, m, d := t.Date()
	if last := time.Date(y, m+time.Month(months)+1, 0, 0, 0, 0, 0, order.JST).Day(); d > last {
		d = last
	}
	return time.Date(y, m+time.Month(months), d, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(),
		order.JST)
}

// text returns the lifetime in words, without EndOfDay.
func (l Lifetime) text() Text {
	count := func(n int, ja, en string) Text {
		if n != 1 {
			en += "s"
		}
		return say(fmt.Sprintf("%d%s", n, ja), fmt.Sprintf("%d %s", n, en))
	}
	switch {
	case l.Months > 0 && l.Months%12 == 0:
		return count(l.Months/12, "年", "year")
	case l.Months > 0:
		return count(l.Months, "か月", "month")
	case l.Days > 0:
		return count(l.Days, "日", "day")
	}
	return count(l.Hours, "時間", "hour")
}

// earliest returns the earliest end of several lifetimes, and its lifetime.
func earliest(lives []Lifetime, start time.Time) (time.Time, Lifetime) {
	var end time.Time
	var from Lifetime
	for _, l := range lives {
		if e := l.End(start); end.IsZero() || !e.IsZero() && e.Before(end) {
			end, from = e, l
		}
	}
	return end, from
}
