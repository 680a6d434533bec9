package timeslot

import (
	"cmp"
	"slices"
	"strings"
)

// Found is a slot label that stood somewhere in free text. That it comes from a
// Found is itself worth keeping with the order: the mall had no field for it.
type Found struct {
	Text string // the label as it stood, for a Label's Text; several lines if several spoke of the delivery
	Line int    // the line it begins on, counted from 1
	Date Date   // the delivery date beside it; zero if none, Year 0 if unwritten and Context.Placed is zero
}

// Context is what is known of the order whose text is searched. The zero Context
// knows nothing.
type Context struct {
	Placed Date // the order's day in Japan: `12/24` is the next such day on or after it
	Date   Date // the delivery day that the mall's own field names
	Slot   Slot // the slot that the mall's own field names, if one is wanted
}

// maxFindText bounds how much text is searched; the malls' fields are far shorter.
const maxFindText = 64 << 10

// Find is Context.Find without any knowledge of the order: a date whose year was not
// written has Year 0.
func Find(text string) (found Found, ok bool) { return Context{}.Find(text) }

// Find looks for the wish in free text: Rakuten's remarks (備考), the answers of au PAY
// Market's order form (orderOption), a buyer's comment. Read Found.Text with a
// Matcher; a label that was found is not a label that was read.
//
// It looks for
//
//   - the answer under a heading that asks for the slot: `[配送日時指定:]` with date and
//     label on the next two lines or on one, `配達希望時間帯=14-16時`, `【希望時間帯】午前中`;
//   - a line, or a sentence that speaks of the delivery, which is a day, a slot or both
//     as a whole: `12月24日の午前中にお届けください`;
//   - a line that names a time or a day and a wish but cannot be read. It is returned
//     whole, so that the Reader leaves it unresolved and a person looks.
//
// A wish has a day and a slot, and both or neither is read: a day that contradicts its
// weekday, `明日`, `12/24か25`, a range of days, two wishes that differ, and words that
// contradict an answer make a Text of all lines that spoke, which the Reader does not
// read. An answer that asks for nothing (指定なし) does not outweigh a wish in words.
// Vague words that go with what Context or an answer says (平日の昼 beside 12-14 on a
// Friday) are no contradiction.
//
// When there is no label, ok is false; Date may still hold a delivery date that was
// surely named, on Line if no label stood beside it. Find takes time linear in the text's length and looks at its first 64
// KiB.
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

// said is one thing that the text says about the delivery.
type said struct {
	text string
	line int
	date Date
	slot Slot // what the Reader makes of text
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
	open  []int // lines that stand under no heading, or under a general one
	all   []said
	// What was chosen already, by the mall's own field or in an answer: vague words beside it are measured against it.
	chosen Slot
	day    Date
}

func (s *search) add(x said) { s.all = append(s.all, x) }

// choose takes up what the mall's fields and the answers say.
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

// result puts together what was said. Whatever cannot be put together becomes one
// text that nobody reads.
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

// whole is the answer where something cannot be read: all that was said, in the order
// of the text. The day stands where only one was named.
func (s *search) whole(date Date, differ bool) (Found, bool) {
	found := Found{Date: date, Line: len(s.lines) + 1}
	if differ {
		found.Date = Date{}
	}
	slices.SortStableFunc(s.all, func(a, b said) int { return cmp.Compare(a.line, b.line) })
	taken := -1 // the line that stands there as a whole
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

// meaning is the slot that the Reader reads in a text, and whether two bare numbers
// are all that it has to go by.
func meaning(text string) (slot Slot, bare bool) {
	match, ok := Reader{}.Match(Label{Text: text})
	if !ok {
		return Unresolved, false
	}
	return match.Slot, match.Rule == bareWindow
}

// isWish reports whether a text is a slot with a time that no one can mistake: two
// bare numbers may be anything in a comment, and なし may answer anything.
func isWish(text string) bool {
	slot, bare := meaning(text)
	return slot.Wanted() && !bare
}
