package credential

import "github.com/jpmall/jpmall/order"

// Lang is a language in which this package speaks to people.
type Lang = order.Lang

// The languages.
const (
	English  = order.English
	Japanese = order.Japanese
)

// Text is the same statement in both languages. The zero Text says nothing.
type Text = order.Text

// say makes a Text, Japanese first.
func say(ja, en string) Text { return Text{JA: ja, EN: en} }

// mallName is what people call the mall in each language.
func mallName(m order.Mall) Text {
	t := say(m.Name(), m.Name())
	switch m {
	case order.Rakuten:
		t.EN = "Rakuten Ichiba"
	case order.Yahoo:
		t.EN = "Yahoo! Shopping"
	case order.AuPay:
		t.EN = "au PAY Market"
	}
	return t
}
