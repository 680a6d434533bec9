package timeslot

import (
	"slices"
	"strings"
)

// openLine examines a line that belongs to no heading: as a whole, then sentence by sentence.
func (s *search) openLine(i int) {
	l := s.lines[i]
	if !mayWish(l.folded) {
		return
	}
	_, start := s.heading(i)
	text := l.from(start)
	if text == "" {
		return
	}
	var parts []said
	read, n := false, 0
	for sentence := range strings.FieldsFuncSeq(text, isStop) {
		if n++; n == 1 && len(sentence) == len(text) {
			break // there is but one
		}
		x := s.classify(strings.TrimSpace(sentence), false)
		read = read || x.kind == saidWish || x.kind == saidDay
		if x.kind != saidNothing {
			parts = append(parts, x)
		}
	}
	if !read {
		parts = []said{s.classify(text, true)}
	}
	for _, x := range parts {
		x.line = i
		if x.kind == saidUnclear {
			x.text = l.from(0)
		}
		if x.kind != saidNothing {
			s.add(x)
		}
	}
}

func isStop(r rune) bool { return r == '。' || r == '！' || r == '!' || r == '｡' }

// classify returns what a line (alone) or one sentence of several says.
func (s *search) classify(text string, alone bool) said {
	x := said{text: text}
	l := newLine(text)
	d := s.firstDay(l)
	delivery := containsAny(text, deliveryWords)
	if !d.bad && !d.glued && (alone || delivery) {
		before, after := "", text
		if d.found {
			before, after = strings.TrimSpace(text[:l.at[d.start]]), l.from(d.end)
		}
		switch {
		case isWish(after) && onlyNoise(before):
			x.text, x.date, x.kind = after, d.date, saidWish
		case isWish(before) && onlyNoise(after):
			x.text, x.date, x.kind = before, d.date, saidWish
		case d.found && delivery && onlyNoise(before) && onlyNoise(after):
			x.date, x.kind = d.date, saidDay
		}
		if x.kind == saidWish {
			x.slot, _ = meaning(x.text)
		}
		if x.kind != saidNothing {
			return x
		}
	}
	if s.unclear(text, l, d, alone, delivery) {
		x.kind = saidUnclear
	}
	return x
}

// unclear reports whether a text that cannot be read names a time or a day and a wish, so that
// someone must look at the order.
func (s *search) unclear(text string, l line, d dayFound, alone, delivery bool) bool {
	hours := namesHour(l.folded)
	parts, part := partsNamed(string(l.folded))
	days, fits := s.daysNamed(string(l.folded))
	switch {
	case (hours || part) && (containsAny(text, wishWords) || d.found || days):
	case (d.found || days) && delivery:
	case d.found && alone && !d.past && onlyNoise(strings.TrimSpace(text[:l.at[d.start]])) &&
		onlyNoise(l.from(d.end)):
		// nothing but a day that is to come
		return d.bad || d.date != s.day
	default:
		return false
	}
	if !s.chosen.Wanted() {
		return true
	}
	// Something was chosen: a telephone call has hours of its own, and vague words may say the
	// same.
	if !delivery && containsAny(text, otherMatters) {
		return false
	}
	agrees := !hours && (!d.found || !d.bad && d.date == s.day) && fits &&
		!containsAny(text, contraryWords)
	if agrees && part {
		from, to := nominal(s.chosen)
		agrees = parts.agrees(window(from, to))
	}
	return !agrees
}

// deliveryWords are about the delivery, wishWords about a wish or its polite forms as well,
// otherMatters about something else that has hours, and contraryWords negate something.
var (
	deliveryWords = []string{"届", "配達", "配送", "受取", "受け取", "受けと", "うけと", "到着", "必着", "着希望", "着指定",
		"着で", "不在", "留守", "在宅"}
	wishWords = append(slices.Clone(deliveryWords), "希望", "指定", "お願い", "おねがい", "願い", "ください",
		"下さい", "いただけ", "頂け",
		"いただき", "頂き", "助か", "幸い", "嬉し", "うれし", "有難", "ありがた", "有り難", "欲し", "ほし", "都合", "可能", "持って来",
		"持ってき",
		"以外", "不可", "無理", "避け", "NG", "ＮＧ", "しか", "家にいます", "おります", "変更")
	otherMatters  = []string{"電話", "連絡", "メール", "返信", "営業", "発送", "出荷", "集荷", "注文"}
	contraryWords = []string{"以外", "不可", "無理", "避け", "不在", "留守", "ない", "無い", "ません", "変更", "では",
		"じゃ", "NG", "ＮＧ", "除", "やっぱり", "やはり"}
)

// vagueWords name a part of the day in running text, folded. A single character such as 朝 is used
// only with a wish.
var vagueWords = []struct {
	text string
	part part
}{
	{"午前", morning}, {"午後", afternoon}, {"夜", night}, {"晩", night}, {"深夜", night}, {"夕", evening},
	{"朝", dawn}, {"モ-ニング", dawn},
	{"昼", midday}, {"日中", midday}, {"ランチ", midday}, {"正午", midday},
}

// partsNamed returns the parts of the day that a folded text names.
func partsNamed(text string) (parts part, ok bool) {
	for _, w := range vagueWords {
		if strings.Contains(text, w.text) {
			parts |= w.part
		}
	}
	return parts, parts != 0
}

// namesTime reports whether a folded line holds an hour or a part of the day.
func namesTime(folded []byte) bool {
	_, part := partsNamed(string(folded))
	return part || namesHour(folded)
}

// namesHour reports whether a folded line holds an hour: 14時, 14:00, 14h, 6pm.
func namesHour(folded []byte) bool {
	text := string(folded)
	for i := 1; i < len(text); i++ {
		if !isDigit(rune(text[i-1])) || isDigit(rune(text[i])) {
			continue
		}
		rest := text[i:]
		switch {
		case strings.HasPrefix(rest, "時") && !strings.HasPrefix(rest, "時間") ||
			strings.HasPrefix(rest, "時間帯"),
			rest[0] == ':' && startsDigit(rest[1:]), strings.HasPrefix(rest, "am"),
			strings.HasPrefix(rest, "pm"):
			return true
		}
	}
	return false
}

// mayWish is a quick look: a line without any of these is about something else.
func mayWish(folded []byte) bool {
	for _, r := range string(folded) {
		switch r {
		case '午', '夜', '夕', '朝', '昼', '日', '曜', '週', '晩', 'ラ', 'モ', 'ク', 'イ', '末', '始', '内', '旦',
			'盆', '休', 'あ':
			return true
		}
		if isDigit(r) || r >= 'a' && r <= 'z' {
			return true
		}
	}
	return false
}
