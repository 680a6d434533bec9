package order

// Lang is a language in which this SDK speaks to people.
type Lang string

// The languages.
const (
	English  Lang = "en"
	Japanese Lang = "ja"
)

// Text is one statement for people in both languages. The zero Text says nothing.
type Text struct {
	JA string `json:"ja"`
	EN string `json:"en"`
}

// In returns the text in a language: Japanese when asked for, English otherwise, and the other one where one is missing.
func (t Text) In(lang Lang) string {
	if lang == Japanese && t.JA != "" || t.EN == "" {
		return t.JA
	}
	return t.EN
}

// IsZero reports whether nothing is said.
func (t Text) IsZero() bool { return t == Text{} }
