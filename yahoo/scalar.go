package yahoo

import (
	"time"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// DateTime is an instant as the mall writes it (2026-09-01T10:15:30+09:00, 2026-09-01 10:15:30 or
// 20260901101530). Without a zone it is in JST. The text is kept as received.
type DateTime string

// Time parses the instant, in JST; ok is false when the text is empty or cannot be parsed.
func (t DateTime) Time() (at time.Time, ok bool) {
	at, err := wire.ParseTime(string(t))
	return at, err == nil
}

// Date is a calendar day as the mall writes it (2026-09-04 or 20260904). The text is kept as
// received.
type Date string

// Time returns the first instant of the day, in JST; ok is false when the text is empty or cannot
// be parsed.
func (d Date) Time() (at time.Time, ok bool) {
	day, ok := d.Date()
	return day.Time(), ok
}

// Date parses the day; ok is false when the text is empty or cannot be parsed.
func (d Date) Date() (day order.Date, ok bool) {
	y, m, n, err := wire.ParseDate(string(d))
	if err != nil {
		return order.Date{}, false
	}
	return order.Date{Year: y, Month: m, Day: n}, true
}

// Formats of requests, which differ from those of replies.
const (
	sentTime = "20060102150405" // JST
	sentDate = "20060102"
)

func sendTime(t time.Time) string { return t.In(order.JST).Format(sentTime) }

func sendDate(d order.Date) string { return d.Time().Format(sentDate) }
