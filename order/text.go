package order

import "github.com/jpmall/jpmall/timeslot"

// Lang is a language for texts that people read.
type Lang = timeslot.Lang

// The languages.
const (
	English  = timeslot.English
	Japanese = timeslot.Japanese
)

// Text is a message for people, in both languages. The zero Text is empty.
type Text = timeslot.Text
