package timeslot

import (
	"html"
	"strings"
	"time"
	"unicode/utf8"
)

// line is one line of free text, folded for searching, with the positions in the original text.
type line struct {
	raw    string
	folded []byte
	at     []int // offset in raw of each byte of folded, and of the end

	kind   heading // result of heading, once cached by search.heading
	answer int
	asked  bool
}

// plainASCII reports whether c is ASCII that folds by letter case only.
func plainASCII(c byte) bool { return c > ' ' && c < utf8.RuneSelf && c != '&' && c != '~' }

// newLine folds a line character by character, so that every position of the folded form has one
// in the raw text. Spaces are kept, as one space each.
func newLine(raw string) line {
	l := line{raw: raw, folded: make([]byte, 0, len(raw)), at: make([]int, 0, len(raw)+1)}
	for i := 0; i < len(raw); {
		if c := raw[i]; plainASCII(c) {
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			l.folded, l.at = append(l.folded, c), append(l.at, i)
			i++
			continue
		}
		piece := raw[i:]
		_, n := utf8.DecodeRuneInString(piece)
		if piece[0] == '&' {
			// References are short; a lone & is itself.
			if end := strings.IndexByte(piece[:min(len(piece), 12)], ';'); end > 0 {
				n = end + 1
			}
		}
		var buf [16]byte
		if piece[0] != '&' && !needsCompose(piece[:n]) {
			was := len(l.folded)
			if l.folded = appendFold(l.folded, piece[:n]); len(l.folded) == was {
				l.folded = append(l.folded, ' ')
			}
			for range len(l.folded) - was {
				l.at = append(l.at, i)
			}
			i += n
			continue
		}
		for _, r := range html.UnescapeString(piece[:n]) {
			folded := appendFold(buf[:0], string(r))
			if len(folded) == 0 {
				folded = append(folded, ' ')
			}
			l.folded = append(l.folded, folded...)
			for range folded {
				l.at = append(l.at, i)
			}
		}
		i += n
	}
	l.at = append(l.at, len(raw))
	return l
}

// from returns the raw text from a position of the folded form, without surrounding spaces.
func (l line) from(i int) string { return strings.TrimSpace(l.raw[l.at[i]:]) }

// scanDate reads 2026-06-06, 2026/6/6, 2026年6月6日, 20260606, 6月6日 and 6/6 at the
// beginning of a folded text; n is 0 if there is none.
func scanDate(text string) (d Date, n int) {
	number, digits := leadingNumber(text)
	switch digits {
	case 8:
		d = Date{number / 10000, time.Month(number / 100 % 100), number % 100}
		if !d.Valid() || d.Year < 2000 {
			return Date{}, 0
		}
		return d, 8
	case 4:
		year := number
		n = 4
		for _, sep := range [...]string{"年", "-", "/", "."} {
			if !strings.HasPrefix(text[n:], sep) {
				continue
			}
			n += len(sep)
			n += len(text[n:]) - len(strings.TrimLeft(text[n:], " "))
			md, m := scanMonthDay(text[n:], sep)
			md.Year = year
			if !md.Valid() || year < 2000 {
				return Date{}, 0
			}
			return md, n + m
		}
	case 1, 2:
		for _, sep := range [...]string{"年", "/"} { // a dash would be two hours: 12-14
			if md, m := scanMonthDay(text, sep); md.exists(2024) {
				return md, m
			}
		}
	}
	return Date{}, 0
}

// scanMonthDay reads 6月6日, or 6/6 with the given separator.
func scanMonthDay(text, sep string) (d Date, n int) {
	end := ""
	if sep == "年" {
		sep, end = "月", "日"
	}
	month, n := leadingNumber(text)
	if n == 0 || n > 2 || !strings.HasPrefix(text[n:], sep) {
		return Date{}, 0
	}
	n += len(sep)
	day, digits := leadingNumber(text[n:])
	n += digits
	if digits == 0 || digits > 2 || !strings.HasPrefix(text[n:], end) {
		return Date{}, 0
	}
	n += len(end)
	if end == "" {
		// What may follow is known: 10/12時 is no date, 12/24の午前中 is one.
		rest := strings.TrimLeft(text[n:], " ")
		if rest == text[n:] && rest != "" && rest[0] != '(' && !followsDay(rest) {
			return Date{}, 0
		}
	}
	return Date{Month: time.Month(month), Day: day}, n
}

// followsDay reports whether a text may directly follow 12/24.
func followsDay(text string) bool {
	if _, n := scanWeekday(text); n > 0 {
		return true
	}
	for _, w := range [...]string{"の", "に", "午", "着", "必着", "希望", "指定", "-", "か", "まで", "以降", "、",
		"。", "夜", "夕", "朝", "お届け", "配達"} {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}

func startsDigit(s string) bool { return s != "" && isDigit(rune(s[0])) }

func leadingNumber(s string) (value, digits int) { return scanDigits([]byte(s[:min(len(s), 9)])) }
