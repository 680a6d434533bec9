package timeslot

import (
	"bytes"
	"iter"
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
	otherHeading         // something else; the text below it is not about the slot
	freeHeading          // remarks in general
)

// slotHeadings and dateHeadings are the questions in shops' order forms, folded. They match
// anywhere in a heading, so longer variants need no entry.
var (
	slotHeadings = foldAll(
		"配送日時指定 配送希望日時 配送日時 配達日時指定 配達希望日時 配達日時 希望日時 日時指定 お届け日時 お届け希望日時 お届け予定日時 " +
			"時間帯 希望時間 配達時間 配送時間 お届け時間 到着時間 時間指定")
	dateHeadings = foldAll("配達希望日 配送希望日 お届け希望日 お届け日 配達日 配送日 希望日 日付指定")
	freeHeadings = foldAll("備考 コメント 要望 メッセージ 連絡事項 通信欄 その他")
	// elseHeadings prevent times for something else from being taken for the slot: 連絡可能時間帯, 営業時間帯.
	elseHeadings = foldAll("連絡 電話 営業 受付 出荷 発送 集荷 注文 引取 来店 作業 工事")
)

func foldAll(words string) []string {
	var list []string
	for w := range strings.FieldsSeq(words) {
		list = append(list, string(appendFold(nil, w)))
	}
	return list
}

// bullets may precede a heading, closers follow it; all are single characters.
const (
	bullets = " ・■□●○◎◆◇★☆※▼▽▲△-*#"
	openers = "[【〔<〈《「『("
	closers = "]】〕>〉》」』)"
)

// maxHeading is the longest heading in bytes, folded; a longer text before a colon is
// a sentence.
const maxHeading = 90

// heading returns the heading that a line begins with, and where the answer begins in its folded
// form: `[配送日時指定:]`, `【希望時間帯】14-16時`, `配達希望時間帯=14-16時`, or a heading alone on its line.
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
		if len(name) <= maxHeading && headingKind(name) == slotHeading &&
			endsWithAny(name, slotHeadings) && !namesTime(l.folded) {
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
		remark := answer < len(text) && !strings.Contains(inside, ":") &&
			!containsAny(inside, elseHeadings)
		if remark || isWish(l.raw) {
			return noHeading, 0
		}
	}
	return kind, answer
}

// leading returns the length of the prefix of s that consists of the given characters.
func leading(s, chars string) int { return len(s) - len(strings.TrimLeft(s, chars)) }

// laterPairs returns the name=value pairs after the first that ask for the slot or for the date,
// and where their values begin.
func (l line) laterPairs(from int) iter.Seq2[heading, int] {
	return func(yield func(heading, int) bool) {
		before, rest, more := bytes.Cut(l.folded[from:], []byte("="))
		for more {
			at := len(l.folded) - len(rest)
			if i := bytes.LastIndexAny(before, pairSeparators); i >= 0 {
				kind := headingKind(string(before[i:]))
				if (kind == slotHeading || kind == dateHeading) && !yield(kind, at) {
					return
				}
			}
			before, rest, more = bytes.Cut(rest, []byte("="))
		}
	}
}

// pairSeparators may separate name=value pairs on one line.
const pairSeparators = " ,;&|/、"

// headingKind returns what a heading asks for.
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
