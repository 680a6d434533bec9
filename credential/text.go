package credential

import "github.com/jpmall/jpmall/order"

// Lang is a language in which this package speaks to people.
type Lang string

// The languages.
const (
	English  Lang = "en"
	Japanese Lang = "ja"
)

// Text is the same statement in both languages. The zero Text says nothing.
type Text struct {
	JA string `json:"ja"`
	EN string `json:"en"`
}

// In gives the text in a language: Japanese when asked for, English otherwise, and the other one where one is missing.
func (t Text) In(lang Lang) string {
	if lang == Japanese && t.JA != "" || t.EN == "" {
		return t.JA
	}
	return t.EN
}

// IsZero tells whether nothing is said.
func (t Text) IsZero() bool { return t == Text{} }

// mallName is what people call the mall in each language.
func mallName(m order.Mall) Text {
	t := Text{JA: m.Name(), EN: m.Name()}
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
