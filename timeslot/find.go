package timeslot

import (
	"slices"
	"strings"
)

// Found is a slot label that stood somewhere in free text. That it comes from a
// Found is itself worth keeping with the order: the mall had no field for it.
type Found struct {
	Text string // the label as it stood, for a Label's Text; several lines if several spoke of a slot
	Line int    // the line it begins on, counted from 1
	Date Date   // the delivery date beside it; zero if none, Year 0 if unwritten
}

// maxFindText bounds how much text is searched; the malls' fields are far shorter.
const maxFindText = 64 << 10

// Find looks for the slot label in free text: Rakuten's remarks (備考), the answers of
// au PAY Market's order form (orderOption), a buyer's comment at Yahoo!. Where the
// mall has no slot of its own, call it and read Found.Text with a Matcher.
//
// It looks for, in this order:
//
//   - the answer under a heading that asks for the slot: `[配送日時指定:]` with date and
//     label on the next two lines or on one, `配達希望時間帯=14-16時`, `【希望時間帯】午前中`;
//   - a line, or a sentence that speaks of the delivery, which is a slot as a whole;
//   - where no heading asked: a line that names a time and a wish but cannot be read.
//     It is returned whole, so that the Reader leaves it unresolved and a person looks.
//
// A label that was found is not a label that was read. When there is none, ok is
// false; Date may still hold a delivery date that stood under a heading. Find takes
// time linear in the text's length and looks at its first 64 KiB.
func Find(text string) (found Found, ok bool) {
	var s search
	for raw := range strings.SplitSeq(text[:min(len(text), maxFindText)], "\n") {
		s.lines = append(s.lines, newLine(strings.TrimSuffix(raw, "\r")))
	}
	s.underHeadings()
	if len(s.labels) == 0 {
		s.wholeLines()
	}
	if len(s.labels) == 0 && !s.asked {
		s.unclearLines()
	}
	if len(s.labels) == 0 {
		return Found{Date: s.date}, false
	}
	first := s.labels[0]
	found = Found{Text: first.text, Line: first.line + 1, Date: first.date}
	if found.Date.IsZero() {
		found.Date = s.date
	}
	// Two different labels are no label: together they cannot be read.
	for _, other := range s.labels[1:] {
		if string(appendFold(nil, other.text)) != string(appendFold(nil, first.text)) {
			found.Text += "\n" + other.text
		}
	}
	return found, true
}

// search is the state of one Find.
type search struct {
	lines  []line
	open   []int // lines that stand under no heading, or under a general one
	labels []labelAt
	date   Date // of a heading that asks for the date, or of one without a label
	asked  bool // a heading asked for the slot
}

type labelAt struct {
	text string
	line int
	date Date
}

// underHeadings collects the answers under headings, and the lines that no heading
// claims.
func (s *search) underHeadings() {
	free := true
	for i := 0; i < len(s.lines); i++ {
		kind, answer := s.lines[i].heading()
		if kind != noHeading {
			slot, date := s.lines[i].laterPairs(answer)
			if date >= 0 {
				s.headingDate(i, date)
			}
			if slot >= 0 && kind != slotHeading {
				if kind == dateHeading {
					s.headingDate(i, answer)
				}
				kind, answer = slotHeading, slot
			}
		}
		switch kind {
		case slotHeading:
			s.asked, free = true, true
			i = s.answer(i, answer)
		case dateHeading:
			s.headingDate(i, answer)
			free = true
		case otherHeading:
			// An inline answer ends with its line; a bracketed heading rules what follows.
			free = strings.TrimSpace(string(s.lines[i].folded[answer:])) != ""
		case freeHeading:
			free = true
			s.open = append(s.open, i)
		default:
			if free {
				s.open = append(s.open, i)
			}
		}
	}
}

// headingDate keeps the date that answers a heading.
func (s *search) headingDate(i, answer int) {
	if d, _ := s.lines[i].date(answer); s.date.IsZero() {
		s.date = d
	}
}

// answer takes the answer of a slot heading on line i and gives the last line it
// used. Below the heading stand a date or nothing, then a label or nothing.
func (s *search) answer(i, from int) int {
	date, rest := s.lines[i].date(from)
	if text := cutPair(s.lines[i].from(rest)); text != "" {
		s.labels = append(s.labels, labelAt{text, i, date})
		return i
	}
	last := i
	for j := i + 1; j < len(s.lines) && j <= i+2; j++ {
		if kind, _ := s.lines[j].heading(); kind != noHeading {
			break
		}
		last = j
		d, rest := s.lines[j].date(0)
		if !d.IsZero() {
			date = d
		}
		if text := s.lines[j].from(rest); text != "" {
			s.labels = append(s.labels, labelAt{text, j, date})
			return last
		}
	}
	if s.date.IsZero() {
		s.date = date
	}
	return last
}

// cutPair ends an answer where another name=value pair begins.
func cutPair(text string) string {
	next := strings.IndexAny(text, "=＝")
	if next < 0 {
		return text
	}
	if end := strings.LastIndexAny(text[:next], pairSeparators+"　"); end >= 0 {
		return strings.TrimSpace(text[:end])
	}
	return text
}

// wholeLines collects the open lines that are a slot as a whole, and sentences that
// are one and speak of the delivery.
func (s *search) wholeLines() {
	for _, i := range s.open {
		l := s.lines[i]
		_, start := l.heading()
		date, rest := l.date(start)
		if text := l.from(rest); isWish(text) {
			s.labels = append(s.labels, labelAt{text, i, date})
			continue
		}
		for sentence := range strings.FieldsFuncSeq(l.from(start), isStop) {
			sentence = strings.TrimSpace(sentence)
			if isWish(sentence) && containsAny(sentence, deliveryWords) {
				s.labels = append(s.labels, labelAt{sentence, i, Date{}})
			}
		}
	}
}

func isStop(r rune) bool { return r == '。' || r == '！' || r == '!' || r == '｡' }

// isWish reports whether a text is a slot with a time that no one can mistake: two
// bare numbers may be anything in a comment, and なし may answer anything.
func isWish(text string) bool {
	match, ok := Reader{}.Match(Label{Text: text})
	return ok && match.Slot.Wanted() && match.Rule != bareWindow
}

// unclearLines collects the open lines that name a time and a wish.
func (s *search) unclearLines() {
	for _, i := range s.open {
		l := s.lines[i]
		if containsAny(l.raw, wishWords) && namesTime(l.folded) {
			s.labels = append(s.labels, labelAt{l.from(0), i, Date{}})
		}
	}
}

// deliveryWords speak of the delivery, wishWords of a wish as well.
var (
	deliveryWords = []string{"届", "配達", "配送", "受取", "受け取"}
	wishWords     = append(slices.Clone(deliveryWords), "希望", "指定", "お願い", "おねがい")
)

// namesTime reports whether a folded line holds an hour or a part of the day.
func namesTime(folded []byte) bool {
	text := string(folded)
	if containsAny(text, []string{"午前", "午後", "夜間", "夕方"}) {
		return true
	}
	for i := 1; i < len(text); i++ {
		if !isDigit(rune(text[i-1])) || isDigit(rune(text[i])) {
			continue
		}
		rest := text[i:]
		if strings.HasPrefix(rest, "時") && !strings.HasPrefix(rest, "時間") || rest[0] == ':' && startsDigit(rest[1:]) {
			return true
		}
	}
	return false
}
