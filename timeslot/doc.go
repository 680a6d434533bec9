// Package timeslot says what a delivery time slot (お届け時間帯) is, reads the
// labels in which Japanese malls and shops write one, and turns a slot into the
// code that a carrier's label software wants.
//
// A label is free text: every shop types its own, so the same slot arrives as
// `14時～16時`, `14:00-16:00`, `１４時〜１６時` or `14-16時`. The package keeps three
// things apart that other systems mix up:
//
//   - Unresolved, the zero Slot: a label was there and nobody could read it.
//     Whoever prints shipping labels must stop there.
//   - NoPreference: the buyer said that any time will do (`指定なし`), or no label
//     was there.
//   - a slot: morning, afternoon, night, a window, until or from an hour.
//
// Reading a label never guesses. The Reader knows a closed vocabulary; one word
// outside it, two windows, a contradiction, an impossible hour, a date or a bare
// number leave the label unresolved. What a shop writes in its own way is taught
// with a Table, by hand or loaded from a CSV or JSON file, and a Collector gathers
// the labels that still need teaching.
//
//	m := timeslot.Chain(shopTable, timeslot.Default())
//	match, ok := timeslot.Read(m, timeslot.Label{Text: "14時～16時", Mall: "rakuten"})
//
// Codes come from carriers' tables with the days on which each slot was offered:
//
//	code, err := timeslot.B2.Code(match.Slot, timeslot.Date{Year: 2026, Month: 6, Day: 6})
//
// A slot that is not offered that day is a *NotOfferedError that names the nearest
// legal slots; nothing is moved to another slot unless the caller's own Policy says
// so, and then the result says it was.
//
// All values and matchers of this package are safe for concurrent use unless their
// comment says otherwise. The package does no I/O beyond the readers and writers it
// is given.
package timeslot
