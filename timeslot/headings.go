package timeslot

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// heading is what a line announces.
type heading uint8

const (
	noHeading    heading = iota
	slotHeading          // the delivery slot, or date and slot together
	dateHeading          // the delivery date alone
	otherHeading         // something else: what stands below it is not about the slot
	freeHeading          // remarks in general
)

// slotHeadings and dateHeadings are the questions that shops put in their order
// forms, folded; longer ones that begin or end alike are covered by the shorter.
var (
	slotHeadings = foldAll("配送日時指定 配送希望日時 配送日時 配達日時指定 配達希望日時 配達日時 希望日時 日時指定 お届け日時 お届け希望日時 お届け予定日時 " +
		"時間帯 希望時間 配達時間 配送時間 お届け時間 到着時間 時間指定")
	dateHeadings = foldAll("配達希望日 配送希望日 お届け希望日 お届け日 配達日 配送日 希望日 日付指定")
	freeHeadings = foldAll("備考 コメント 要望 メッセージ 連絡事項 通信欄 その他")
	// elseHeadings keep a time for something else from being taken for the slot:
	// 連絡可能時間帯, 営業時間帯.
	elseHeadings = foldAll("連絡 電話 営業 受付 出荷 発送 集荷 注文 引取 来店 作業 工事")
)

func foldAll(words string) []string {
	var list []string
	for w := range strings.FieldsSeq(words) {
		list = append(list, string(appendFold(nil, w)))
	}
	// The longest first, so that 時間帯 inside お届け時間帯 does not cut it short.
	slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	return list
}

// bullets may stand before a heading, closers behind it; all are single characters.
const (
	bullets = " ・■□●○◎◆◇★☆※▼▽▲△-*#"
	openers = "[【〔<〈《「『("
	closers = "]】〕>〉》」』)"
)

// maxHeading is the longest heading in bytes, folded; a longer text before a colon is
// a sentence.
const maxHeading = 90

// heading finds the heading that a line begins with and where the answer begins in
// its folded form: `[配送日時指定:]`, `【希望時間帯】14-16時`, `配達希望時間帯=14-16時`, or a heading
// alone on its line.
func (l line) heading() (heading, int) {
	text := string(l.folded)
	start := len(text) - len(strings.TrimLeft(text, bullets))
	rest := text[start:]
	if rest == "" {
		return noHeading, 0
	}
	if strings.Contains(openers, firstRune(rest)) {
		return l.bracketed(text, start)
	}
	end := strings.IndexAny(rest, ":=")
	if end < 0 || end > 0 && isDigit(rune(rest[end-1])) { // a colon behind a digit is a time
		name := strings.TrimRight(rest, " ")
		if len(name) <= maxHeading && headingKind(name) == slotHeading && endsWithAny(name, slotHeadings) && !namesTime(l.folded) {
			return slotHeading, len(text)
		}
		return noHeading, 0
	}
	if end > maxHeading {
		return noHeading, 0
	}
	answer := start + end + 1
	return headingKind(rest[:end]), answer + leading(text[answer:], " ]】")
}

// bracketed reads a heading in brackets, which begins at start.
func (l line) bracketed(text string, start int) (heading, int) {
	end := strings.IndexAny(text[start:], closers)
	if end < 0 || end > maxHeading {
		return noHeading, 0
	}
	end += start
	inside := text[start+len(firstRune(text[start:])) : end]
	answer := end + len(firstRune(text[end:]))
	answer += leading(text[answer:], " :=")
	kind := headingKind(inside)
	if kind == otherHeading {
		// (ヤマト)14時～16時 and [午前中] are labels, not headings.
		remark := answer < len(text) && !strings.Contains(inside, ":") && !containsAny(inside, elseHeadings)
		if remark || isWish(l.raw) {
			return noHeading, 0
		}
	}
	return kind, answer
}

// leading is the length of what s begins with of the given characters.
func leading(s, chars string) int { return len(s) - len(strings.TrimLeft(s, chars)) }

// laterPairs looks behind a first name=value pair for those that ask for the slot and
// for the date, and answers where their values begin; -1 where there is none.
func (l line) laterPairs(from int) (slot, date int) {
	slot, date = -1, -1
	text := string(l.folded)
	for at := from; ; {
		end := strings.IndexByte(text[at:], '=')
		if end < 0 {
			return slot, date
		}
		name := text[at : at+end]
		at += end + 1
		i := strings.LastIndexAny(name, pairSeparators)
		if i < 0 {
			continue
		}
		switch headingKind(name[i:]) {
		case slotHeading:
			if slot < 0 {
				slot = at
			}
		case dateHeading:
			date = at
		}
	}
}

// pairSeparators may stand between name=value pairs on one line.
const pairSeparators = " ,;&|/、"

// headingKind says what a heading asks for.
func headingKind(text string) heading {
	text = strings.Trim(text, pairSeparators+":")
	switch text { // those of Rakuten's own form, in every order
	case "配送日時指定":
		return slotHeading
	case "備考":
		return freeHeading
	}
	switch {
	case containsAny(text, elseHeadings):
		return otherHeading
	case containsAny(text, slotHeadings):
		return slotHeading
	case containsAny(text, dateHeadings):
		return dateHeading
	case text == "" || containsAny(text, freeHeadings):
		return freeHeading
	}
	return otherHeading
}

func containsAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

func endsWithAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(text, w) })
}

func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}
