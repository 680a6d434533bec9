package amazon

import (
	"time"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// Money is an amount as decimal text with its ISO 4217 currency. Yen amounts were seen both as
// "1507.00" and as "5980".
type Money struct {
	Amount       string `json:"amount" wire:"required"`
	CurrencyCode string `json:"currencyCode" wire:"required"`
}

// Value parses the amount. It is undetermined (the zero [order.Money]) when the amount is absent or
// not a plain decimal.
func (m Money) Value() order.Money { return money(m.Amount, m.CurrencyCode) }

func money(amount, currency string) order.Money {
	v, err := order.ParseMoney(amount, currency)
	if err != nil {
		return order.Money{}
	}
	return v
}

// DateTime is an instant as Amazon writes it: ISO 8601 with a zone (2026-01-05T00:00:00Z). The text
// is kept as received and may be empty.
type DateTime string

// Time parses the instant, in JST; ok is false when the text is empty or cannot be parsed. Seconds
// since 1970, which the sandbox sends (1.569521782042E9), are parsed too.
func (t DateTime) Time() (instant time.Time, ok bool) {
	v, err := wire.ParseTime(string(t))
	if err != nil {
		if v, err = wire.ParseEpoch(string(t)); err != nil {
			return time.Time{}, false
		}
	}
	return v.In(order.JST), true
}

// DateTimeOf returns t as Amazon takes it, in UTC. The zero time gives the empty [DateTime].
func DateTimeOf(t time.Time) DateTime {
	if t.IsZero() {
		return ""
	}
	return DateTime(t.UTC().Format("2006-01-02T15:04:05.999Z07:00"))
}

// Date is a calendar day as Amazon writes it (2026-01-05). The text is kept as received.
type Date string

// Date parses the day; ok is false when the text is empty, cannot be parsed or is before 1970.
func (d Date) Date() (day order.Date, ok bool) {
	v, err := order.ParseDate(string(d))
	return v, err == nil && v.Year >= 1970 // an earlier day means none
}

// DateTimeRange is a window between two instants; either end may be empty.
type DateTimeRange struct {
	EarliestDateTime DateTime `json:"earliestDateTime,omitempty"`
	LatestDateTime   DateTime `json:"latestDateTime,omitempty"`
}
