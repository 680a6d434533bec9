package timeslot

import "strings"

// underHeadings collects the answers under headings, and the lines that belong to no heading.
func (s *search) underHeadings() {
	free := true
	for i := 0; i < len(s.lines); i++ {
		kind, answer := s.heading(i)
		if kind != noHeading {
			for later, at := range s.lines[i].laterPairs(answer) {
				if later == dateHeading {
					s.answerDay(i, at)
					continue
				}
				switch kind {
				case dateHeading:
					s.answerDay(i, answer)
				case slotHeading: // asked for twice, and perhaps answered in two ways
					s.answer(i, answer)
				}
				kind, answer = slotHeading, at
			}
		}
		switch kind {
		case slotHeading:
			free = true
			i = s.answer(i, answer)
		case dateHeading:
			free = true
			i = s.answerDay(i, answer)
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

// heading returns line.heading of line i, cached.
func (s *search) heading(i int) (heading, int) {
	l := &s.lines[i]
	if !l.asked {
		l.kind, l.answer = l.heading()
		l.asked = true
	}
	return l.kind, l.answer
}

// answerDay keeps the date that answers a heading, on line i or the next, and returns the last
// line used. An answer that is not a single day is unclear, unless it states no preference (最短,
// 指定なし).
func (s *search) answerDay(i, answer int) int {
	at := i
	if s.lines[i].from(answer) == "" && i+1 < len(s.lines) {
		if kind, _ := s.heading(i + 1); kind != noHeading {
			return i
		}
		at, answer = i+1, 0
	}
	l := s.lines[at]
	text := cutPair(l.from(answer))
	if text == "" {
		return i
	}
	d := s.dayAt(l, answer)
	rest := cutPair(l.from(d.end))
	if strings.ContainsAny(rest, "=＝") {
		rest = "" // the next pair
	}
	slot, _ := meaning(rest)
	switch {
	case d.found && !d.bad && (rest == "" || onlyNoise(rest)):
		s.add(said{text: text, line: at, date: d.date, kind: saidDay})
	case d.found && !d.bad && slot.Wanted(): // お届け希望日：12/24 午前中
		s.add(said{text: rest, line: at, date: d.date, slot: slot, kind: saidAnswer})
	case slot == NoPreference && !d.found || onlyNoise(text):
	case !d.found && (at > i || !s.namesDay(text)):
		return i // something else: the line below, or 同意する
	default:
		s.add(said{text: text, line: at, kind: saidUnclear})
	}
	return at
}

// namesDay reports whether an answer that is not a date may still name days or times.
func (s *search) namesDay(text string) bool {
	l := newLine(text)
	days, _ := s.daysNamed(string(l.folded))
	return days || namesTime(l.folded) || strings.ContainsAny(string(l.folded), "0123456789")
}

// answer takes the answer of a slot heading on line i and returns the last line used. Below the
// heading there may be a date, then a label.
func (s *search) answer(i, from int) int {
	l := s.lines[i]
	x := said{line: i, kind: saidAnswer}
	d := s.dayAt(l, from)
	if text := cutPair(l.from(d.end)); text != "" {
		s.label(x, i, text, cutPair(l.from(from)), d)
		return i
	}
	before := "" // an impossible date, as written
	if d.bad {
		before = l.from(from) + "\n"
	}
	last, day := i, i // day is the line of the date
	for j := i + 1; j < len(s.lines) && j <= i+2; j++ {
		if kind, _ := s.heading(j); kind != noHeading {
			break
		}
		last = j
		below := s.dayAt(s.lines[j], 0)
		if below.found {
			d, day = below, j
		}
		text := s.lines[j].from(below.end)
		if before == "" {
			x.line = j
		}
		if text != "" {
			s.label(x, i, text, before+s.lines[j].from(0), d)
			return last
		}
		if below.bad {
			before = s.lines[j].from(0) + "\n"
		}
	}
	switch {
	case before != "":
		s.add(said{text: strings.TrimSpace(before), line: x.line, kind: saidUnclear})
	case d.found:
		s.add(said{line: day, date: d.date, kind: saidDay})
	}
	return last
}

// label adds an answer to the heading on line i. whole is the text with its date, for an
// impossible date.
func (s *search) label(x said, i int, text, whole string, d dayFound) {
	slot, bare := meaning(text)
	from, _ := slot.clocks()
	switch heading := s.lines[i]; {
	case d.bad || d.glued:
		x.text, x.kind = whole, saidUnclear
	case bare && !d.found && from <= At(12, 0) && strings.Contains(string(heading.folded), "日"):
		// Where day and time are asked for, 8-12 may be the 12th of August. With its
		// heading it is no label that the Reader reads.
		x.text = heading.from(0)
		if x.line != i {
			x.text += "\n" + text
		}
		x.line, x.kind = i, saidUnclear
	default:
		x.text, x.date, x.slot = text, d.date, slot
	}
	s.add(x)
}

// cutPair cuts an answer before the next name=value pair.
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
