package timeslot

import "encoding/json"

// Lang is the language of a text for people.
type Lang string

// The languages.
const (
	English  Lang = "en"
	Japanese Lang = "ja"
)

// Text is a text for people, in both languages. Other values for people, such as slots, carriers
// and order.Status, have a method In too.
type Text struct {
	JA string `json:"ja"`
	EN string `json:"en"`
}

// In returns the Japanese text for Japanese, otherwise the English one; if that is missing, the
// other.
func (t Text) In(lang Lang) string {
	if lang == Japanese && t.JA != "" || t.EN == "" {
		return t.JA
	}
	return t.EN
}

// String returns the text in English.
func (t Text) String() string { return t.In(English) }

// IsZero reports whether both texts are empty.
func (t Text) IsZero() bool { return t == Text{} }

// And returns t followed by more, in both languages. Zero Texts are left out.
func (t Text) And(more Text) Text {
	if t.IsZero() || more.IsZero() {
		return Text{JA: t.JA + more.JA, EN: t.EN + more.EN}
	}
	return Text{JA: t.JA + "。" + more.JA, EN: t.EN + "; " + more.EN}
}

// UnmarshalJSON reads an object with both languages, or a bare string of English as earlier
// versions wrote it.
func (t *Text) UnmarshalJSON(data []byte) error {
	*t = Text{}
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &t.EN)
	}
	type plain Text
	return json.Unmarshal(data, (*plain)(t))
}
