// Package timeslot models delivery time slots (お届け時間帯), reads the labels in which Japanese malls
// and shops write them, and turns a slot into the code that a carrier's label software expects.
//
//	Slot       a slot; the zero value is Unresolved
//	Matcher    reads a Label: Reader (written Japanese), Table (a shop's own words), Chain, Func
//	Collector  gathers the labels that nothing could read
//	Carrier    the delivery company; its Software has a Code for each Slot on a day
//	Resolver   turns a label into a code in one step
//
// A label is free text: every shop types its own, so the same slot is written `14時～16時`,
// `14:00-16:00`, `１４時〜１６時` or `14-16時`. The package distinguishes
//
//   - Unresolved, the zero Slot: there was a label, but nothing could read it. Do not
//     print a shipping label.
//   - NoPreference: the buyer chose no time (`指定なし`), or there was no label.
//   - a slot: morning, afternoon, night, a window, or a time with an open end.
//
// Reading never guesses. The Reader has a closed vocabulary: an unknown word, two windows, a
// contradiction, an impossible hour, a date or a bare number leaves the label unresolved. A Table
// adds a shop's own labels, in code or from a CSV or JSON file, and a Collector gathers the labels
// that still need a rule.
//
//	m := timeslot.Chain(shopTable, timeslot.Default())
//	match, ok := timeslot.Read(m, timeslot.Label{Text: "14時～16時", Mall: "rakuten"})
//
// Codes come from the carriers' tables, which record the days on which each slot was offered:
//
//	code, err := timeslot.B2.Code(match.Slot, timeslot.Date{Year: 2026, Month: 6, Day: 6})
//
// A slot that is not offered on that day is a *NotOfferedError that names the nearest slots on
// offer. No other slot is substituted unless the caller's own Policy does so, and the Resolution
// then reports it.
//
// All values and matchers are safe for concurrent use unless documented otherwise. The package
// does no I/O beyond the readers and writers it is given.
package timeslot
