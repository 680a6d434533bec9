package order

import (
	"strings"

	"github.com/jpmall/jpmall/timeslot"
)

// ReadRemarks combines the delivery wish in the buyer's remarks ([Order.Remarks]) with that of the
// mall's own fields. d must already contain the latter, with the slot set by ReadSlot. The malls'
// converters use it, so that all of them treat remarks alike. label is the context for m; its Text
// is replaced by what was found. placed is the day of the order; it completes a date without a
// year.
//
// Where the fields ask for no slot, or for none in particular (指定なし), the remarks decide. Where
// they ask for one, the remarks can only contradict it. A contradiction leaves the slot unresolved
// and is returned as a Problem. The exception is the block that Rakuten's checkout form writes
// ([配送日時指定:]). The fields were filled in from it, so a difference means that the shop has changed
// them since: they stand, and only the Problem reports it.
func (d *Delivery) ReadRemarks(
	m timeslot.Matcher, label timeslot.Label, remarks string, placed Date,
) []Problem {
	context := timeslot.Context{Placed: placed, Date: d.Date}
	field := d.From == FromField
	chosen := field && d.Slot.Wanted()
	if chosen {
		context.Slot = d.Slot
	}
	found, ok := context.Find(remarks)
	otherDay := found.Date.Valid() && !d.Date.IsZero() && !d.days(found.Date)
	if !ok {
		switch {
		case found.Date.IsZero() || !otherDay && !d.Date.IsZero():
		case otherDay:
			return d.contradicted(found, formAnswer(remarks, found), lineOf(remarks, found.Line))
		case found.Date.Valid():
			d.Date = found.Date
		}
		return nil
	}
	label.Text = found.Text
	if m == nil {
		m = timeslot.Reader{}
	}
	match, read := timeslot.Read(m, label)
	if found.Date != (Date{}) && !found.Date.Valid() {
		read = false // a day without its year, and no placed day to complete it
		found.Text = withDay(remarks, found)
	}
	form := formAnswer(remarks, found)
	switch {
	case field && d.Slot == timeslot.Unresolved:
		return nil // someone must look anyway
	case chosen && form && !read:
		return nil // the shop's own name for the slot in the field
	case otherDay:
		return d.contradicted(found, form && chosen, withDay(remarks, found))
	case chosen && !(read && (sameWish(match.Slot, d.Slot) || !match.Slot.Wanted())):
		return d.contradicted(found, form && chosen, found.Text)
	case chosen:
	case !read:
		d.Label, d.From, d.Line, d.Slot = found.Text, FromText, found.Line, timeslot.Unresolved
		d.Matcher, d.Rule = "", ""
	default:
		d.Label, d.From, d.Line = found.Text, FromText, found.Line
		d.Slot, d.Matcher, d.Rule = match.Slot, match.Matcher, match.Rule
	}
	// of an unread label, too: this much is certain
	if found.Date.Valid() && d.Date.IsZero() {
		d.Date = found.Date
	}
	return nil
}

// days reports whether day is what d asks for.
func (d *Delivery) days(day Date) bool {
	if d.DateTo.IsZero() {
		return day == d.Date
	}
	return day.Compare(d.Date) >= 0 && day.Compare(d.DateTo) <= 0
}

// sameWish reports whether two slots are one wish: 午前中 and 8:00-12:00 are, in a field and in words.
func sameWish(a, b timeslot.Slot) bool {
	return a == b || wordFor(a, b) || wordFor(b, a)
}

// wordFor reports whether word is a word for the window hours.
func wordFor(word, hours timeslot.Slot) bool {
	if hours.Kind() != timeslot.KindWindow {
		return false
	}
	from, to, _ := hours.Bounds()
	at := timeslot.At
	switch word.Kind() {
	case timeslot.KindMorning:
		return from >= at(7, 0) && to == at(12, 0)
	case timeslot.KindAfternoon:
		return (from == at(12, 0) || from == at(13, 0)) && (to == at(17, 0) || to == at(18, 0))
	case timeslot.KindNight:
		return from >= at(17, 0)
	}
	return false
}

// contradicted returns the problem of remarks that ask for something other than the fields, and
// unless stale leaves the slot unresolved. stale means that the fields were changed after the
// remarks.
func (d *Delivery) contradicted(found timeslot.Found, stale bool, text string) []Problem {
	problem := Problem{Field: "remarks",
		Reason: "asks for another delivery day or slot than the order's own fields",
		Text:   shortened(text)}
	if stale {
		return []Problem{problem}
	}
	if d.Label != "" && text != "" {
		text = d.Label + "\n" + text
	}
	if text == "" {
		text = d.Label
	}
	d.Label, d.From, d.Line = text, FromText, found.Line
	d.Slot, d.Matcher, d.Rule = timeslot.Unresolved, "", ""
	return []Problem{problem}
}

// formAnswer reports whether what was found is the answer to the heading of Rakuten's form, and
// nothing else.
func formAnswer(remarks string, found timeslot.Found) bool {
	if strings.Contains(found.Text, "\n") {
		return false
	}
	lines := strings.Split(remarks, "\n")
	for i := min(found.Line, len(lines)) - 1; i >= 0 && i >= found.Line-3; i-- {
		if strings.HasPrefix(strings.TrimSpace(lines[i]), "[配送日時指定") {
			return true
		}
	}
	return false
}

// withDay returns what was found together with the day beside it or above it.
func withDay(remarks string, found timeslot.Found) string {
	line := lineOf(remarks, found.Line)
	if strings.Contains(found.Text, "\n") || line == "" {
		return found.Text
	}
	if above := lineOf(remarks, found.Line-1); line == strings.TrimSpace(found.Text) &&
		above != "" {
		return above + "\n" + line
	}
	return line
}

func lineOf(text string, n int) string {
	lines := strings.SplitN(text, "\n", n+1)
	if n < 1 || n > len(lines) {
		return ""
	}
	return strings.TrimSpace(lines[n-1])
}

// shortened bounds a problem's text.
func shortened(text string) string {
	const most = 64
	if r := []rune(text); len(r) > most {
		text = string(r[:most])
	}
	return text
}
