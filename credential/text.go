package credential

import "github.com/jpmall/jpmall/order"

// Lang is a language of texts for people.
type Lang = order.Lang

// The languages.
const (
	English  = order.English
	Japanese = order.Japanese
)

// Text is a text in both languages. The zero Text is empty.
type Text = order.Text

// say returns a Text, Japanese first.
func say(ja, en string) Text { return Text{JA: ja, EN: en} }

// mallName returns the usual name of the mall in each language.
func mallName(m order.Mall) Text { return say(m.In(Japanese), m.In(English)) }
