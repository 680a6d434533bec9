package timeslot

import (
	"cmp"
	"slices"
	"strings"
)

// Found is a slot label found in free text, where the mall has no field for it.
type Found struct {
	// the label as written, for Label.Text; several lines if more than one is about the delivery
	Text string
	Line int // the line where it begins, counted from 1
	// the delivery date beside it; zero if none, with Year 0 if none is written and Context.Placed
	// is zero
	Date Date
}

// Context is what is known of the order whose text is searched. The zero Context knows nothing.
type Context struct {
	Placed Date // the day of the order in Japan: `12/24` is the next such day on or after it
	Date   Date // the delivery day in the mall's own field
	Slot   Slot // the slot in the mall's own field, if it asks for one
}

// maxFindText limits how much text is searched; the malls' fields are far shorter.
const maxFindText = 64 << 10

// Find calls [Context.Find] of the zero Context: a date without a year has Year 0.
func Find(text string) (found Found, ok bool) { return Context{}.Find(text) }

// Find looks for a delivery wish in free text: Rakuten's remarks (備考), the answers of au PAY
// Market's order form (orderOption), a buyer's comment. [Found.Text] has not been read yet: pass it
// to a Matcher.
//
// It looks for
//
//   - the answer under a heading that asks for the slot: `[配送日時指定:]` with date and label on the
//     next two lines or on one, `配達希望時間帯=14-16時`, `【希望時間帯】午前中`;
//   - a line, or a sentence about the delivery, that is nothing but a day, a slot or both:
//     `12月24日の午前中にお届けください`;
//   - a line with a time or a day and a wish that cannot be read. It is returned whole, so that
//     the Reader leaves it unresolved and someone looks at it.
//
// Day and slot are read together or not at all. If any part is unclear, Text holds all lines about
// the delivery, and the Reader does not read it. This is so for a day that contradicts its
// weekday, `明日`, `12/24か25`, a range of days, two different wishes, and words that contradict an
// answer. An answer without a preference (指定なし) yields to a wish in words. Vague words that agree
// with Context or an answer (平日の昼 beside 12-14 on a Friday) are not a contradiction.
//
// If there is no label, ok is false; Date may still hold a delivery date that is certain, and Line
// its line. Find searches the first 64 KiB, in time linear in their length.
func (c Context) Find(text string) (found Found, ok bool) {
	if strings.TrimSpace(text) == "" {
		return Found{}, false
	}
	s := search{Context: c}
	s.lines = make([]line, 0, min(1+strings.Count(text, "\n"), 64))
	for raw := range strings.SplitSeq(text[:min(len(text), maxFindText)], "\n") {
		s.lines = append(s.lines, newLine(strings.TrimSuffix(raw, "\r")))
	}
	s.underHeadings()
	s.choose()
	for _, i := range s.open {
		s.openLine(i)
	}
	return s.result()
}

// said is one statement of the text about the delivery.
type said struct {
	text string
	line int
	date Date
	slot Slot // as the Reader reads text
	kind saidKind
}

type saidKind uint8

const (
	saidNothing saidKind = iota
	saidAnswer           // under a heading that asks for the slot
	saidWish             // a slot in words, perhaps with a day
	saidDay              // a day alone
	saidUnclear          // cannot be read
)

// search is the state of one Find.
type search struct {
	Context
	lines []line
	open  []int // lines under no heading, or under a general one
	all   []said
	// What the mall's own field or an answer chose; vague words elsewhere are compared with it.
	chosen Slot
	day    Date
}

func (s *search) add(x said) { s.all = append(s.all, x) }

// choose notes what the mall's fields and the answers say.
func (s *search) choose() {
	s.chosen, s.day = s.Slot, s.Date
	for _, x := range s.all {
		if !s.chosen.Wanted() {
			s.chosen = x.slot
		}
		if s.day.IsZero() {
			s.day = x.date
		}
	}
}

// result combines the statements. If they cannot be combined, it returns them all as one text that
// the Reader does not read.
func (s *search) result() (Found, bool) {
	var date Date
	var unclear, differ bool
	wanted, dayLine := 0, 0
	for _, x := range s.all {
		if x.kind == saidDay && dayLine == 0 {
			dayLine = x.line + 1
		}
		unclear = unclear || x.kind == saidUnclear
		if x.kind == saidWish || x.slot.Wanted() {
			wanted++
		}
		switch {
		case x.date.IsZero():
		case date.IsZero():
			date = x.date
		case date != x.date:
			differ = true
		}
	}
	if unclear || differ {
		return s.whole(date, differ)
	}
	var found Found
	var first said
	for _, x := range s.all {
		switch {
		case x.kind == saidDay || x.slot == NoPreference && wanted > 0:
		case found.Text == "":
			first = x
			found = Found{Text: x.text, Line: x.line + 1, Date: date}
		case x.slot != first.slot || x.slot == Unresolved && fold(x.text) != fold(first.text):
			found.Text += "\n" + x.text // two different labels are no label
		}
	}
	if found.Text == "" {
		return Found{Date: date, Line: dayLine}, false
	}
	return found, true
}

// whole is the result if something cannot be read: all statements in the order of the text. The
// day is kept if only one was named.
func (s *search) whole(date Date, differ bool) (Found, bool) {
	found := Found{Date: date, Line: len(s.lines) + 1}
	if differ {
		found.Date = Date{}
	}
	slices.SortStableFunc(s.all, func(a, b said) int { return cmp.Compare(a.line, b.line) })
	taken := -1 // the line that was added as a whole
	var texts []string
	for _, x := range s.all {
		unclear := x.kind == saidUnclear
		switch {
		case !differ && !unclear && (x.kind == saidDay || x.slot == NoPreference), x.line == taken:
			continue
		case unclear || differ:
			taken = x.line
		}
		if differ && !unclear {
			x.text = strings.TrimSpace(s.lines[x.line].raw)
		}
		found.Line = min(found.Line, x.line+1)
		texts = append(texts, x.text)
	}
	found.Text = strings.Join(texts, "\n")
	return found, true
}

func fold(text string) string { return string(appendFold(nil, text)) }

// meaning returns the slot that the Reader reads in a text, and whether it consists of two bare
// numbers.
func meaning(text string) (slot Slot, bare bool) {
	match, ok := Reader{}.Match(Label{Text: text})
	if !ok {
		return Unresolved, false
	}
	return match.Slot, match.Rule == bareWindow
}

// isWish reports whether a text is an unmistakable slot. Two bare numbers may be anything in a
// comment, and なし may answer anything.
func isWish(text string) bool {
	slot, bare := meaning(text)
	return slot.Wanted() && !bare
}
