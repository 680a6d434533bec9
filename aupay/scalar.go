package aupay

import (
	"time"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// DateTime is an instant as the mall writes it, yyyy/MM/dd HH:mm in JST; the text is kept as it came.
type DateTime string

// Time reads the instant; ok is false when it is empty or cannot be read.
func (d DateTime) Time() (t time.Time, ok bool) {
	t, err := wire.ParseTime(string(d))
	return t, err == nil
}

// Date is a day as the mall writes it, yyyy/MM/dd; the text is kept as it came.
type Date string

// Date reads the day; ok is false when it is empty or cannot be read.
func (d Date) Date() (day order.Date, ok bool) {
	y, m, dd, err := wire.ParseDate(string(d))
	return timeslot.Date{Year: y, Month: m, Day: dd}, err == nil
}
