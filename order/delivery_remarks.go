package order

import (
	"strings"

	"github.com/jpmall/jpmall/timeslot"
)

// ReadRemarks looks for a wish in what the buyer wrote (Order.Remarks) and puts it beside what the mall's own fields said, which is in d
// already, its slot by ReadSlot. It is what the malls' converters use, so that all of them treat words alike. placed is the day of
// the order, from which a date without its year is completed.
//
// Where the fields asked for no slot, or for none (指定なし), the words are the wish; with a slot in the fields they can only
// contradict it. A contradiction leaves the slot unresolved and is returned as a problem. One case is less: the block that Rakuten's
// checkout form writes ([配送日時指定:]) is where the fields came from, so that a difference there means that the shop has changed them since;
// the fields stand, and only the problem tells.
func (d *Delivery) ReadRemarks(m timeslot.Matcher, label timeslot.Label, remarks string, placed Date) []Problem {
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
		read = false // a day without its year, and no day of the order to tell it
		found.Text = withDay(remarks, found)
	}
	form := formAnswer(remarks, found)
	switch {
	case field && d.Slot == timeslot.Unresolved:
		return nil // a person looks anyway
	case chosen && form && !read:
		return nil // the shop's own word for the slot that the field tells
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
	if found.Date.Valid() && d.Date.IsZero() { // of an unread label too: a person looks, and this much is sure
		d.Date = found.Date
	}
	return nil
}

// days tells whether day is what d asks for.
func (d *Delivery) days(day Date) bool {
	if d.DateTo.IsZero() {
		return day == d.Date
	}
	return day.Compare(d.Date) >= 0 && day.Compare(d.DateTo) <= 0
}

// sameWish tells whether two slots are one wish: 午前中 and 8:00-12:00 are, in a field and in words.
func sameWish(a, b timeslot.Slot) bool {
	return a == b || wordFor(a, b) || wordFor(b, a)
}

// wordFor tells whether word is the word for the hours.
func wordFor(word, hours timeslot.Slot) bool {
	from, to, ok := hours.Bounds()
	if !ok || hours.Kind() != timeslot.KindWindow {
		return false
	}
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

// contradicted notes words that ask for something else than the fields; stale says that the fields have been changed since.
func (d *Delivery) contradicted(found timeslot.Found, stale bool, text string) []Problem {
	problem := Problem{Field: "remarks", Reason: "asks for another delivery day or slot than the order's own fields", Text: shortened(text)}
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

// formAnswer tells whether what was found is the answer to Rakuten's own heading and nothing else.
func formAnswer(remarks string, found timeslot.Found) bool {
	if strings.Contains(found.Text, "\n") {
		return false
	}
	lines := strings.SplitN(remarks, "\n", found.Line+1)
	for i := min(found.Line, len(lines)) - 1; i >= 0 && i >= found.Line-3; i-- {
		if strings.HasPrefix(strings.TrimSpace(lines[i]), "[配送日時指定") {
			return true
		}
	}
	return false
}

// withDay is what was found together with the day beside it, or above it.
func withDay(remarks string, found timeslot.Found) string {
	line := lineOf(remarks, found.Line)
	if strings.Contains(found.Text, "\n") || line == "" {
		return found.Text
	}
	if above := lineOf(remarks, found.Line-1); line == strings.TrimSpace(found.Text) && above != "" {
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
