package cassette

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// text replaces free text except days, hours and the words by which slots and errors are read. A
// word of one kanji or kana is kept only if it is not part of a longer unknown word: 朝 in 朝に is
// kept, in 朝倉 it is not.
func (s *scrubber) text(value string) string {
	if strings.Contains(value, "&#") {
		value = html.UnescapeString(value)
	}
	value = strings.ToValidUTF8(value, "\ufffd")
	runes := []rune(value)
	keep := kept(runes)
	var out strings.Builder
	for i := 0; i < len(runes); {
		j := i
		for j < len(runes) && keep[j] == keep[i] {
			j++
		}
		if part := string(runes[i:j]); keep[i] {
			out.WriteString(part)
		} else {
			out.WriteString(s.runs(part, spoken))
		}
		i = j
	}
	return out.String()
}

// shadow folds a rune to one rune, so that words are found in any width and case.
func shadow(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		r -= '！' - '!'
	case strings.ContainsRune("〜ー−‐–—―ｰ", r):
		return '-'
	case r == '\u3000':
		return ' '
	}
	if r == '~' {
		return '-'
	}
	if r < 0x80 {
		return unicode.ToLower(r)
	}
	return r
}

const (
	hour = `\d{1,2}(?::\d{2}|時(?:半|\d{1,2}分)?|h)?`
	day  = `20\d\d[-/年.] ?\d{1,2}[-/月.] ?\d{1,2}日?|20\d{6}|\d{1,2}月\d{1,2}日?|\d{1,2}/\d{1,2}|\d{1,2}日`
)

// spans are days and hours; which of several is tried first matters.
var spans = regexp.MustCompile(`(?:` + day + `)|` + hour + ` ?(?:-|から|より|→) ?` + hour +
	`|\d{1,2}(?::\d{2}|時(?:半|\d{1,2}分)?|h)|\d{1,2} ?[ap]m|\d{1,2}曜|第\d`)

// persons are what is somebody's though slots are written alike: a day of birth, an age, a room, and
// a name that consists of words for days and hours (木内さん).
var persons = regexp.MustCompile(
	`(?:生年月日|誕生日|生まれ|生れ|記念日|命日|年齢|birthday|birth ?date|date of birth)[ :=はがも、,()（）]*[0-9][0-9年月日/.-]*` +
		`|[0-9][0-9年月日/.-]* ?(?:生まれ|生れ|生|歳|才|号室|号棟)` +
		`|(?:氏名|名前|宛名|名義|差出人|贈り主|送り主|担当者|担当|受取人)[ :=はが]+[^ \n、。,]+` +
		`|(?:\p{Han}{1,4}|[\p{Katakana}ー]{1,8})(?:さん|くん|ちゃん|さま|宛)`)

// marked returns which runes of a folded text belong to a match.
func marked(line string, n int, pattern *regexp.Regexp) []bool {
	in := make([]bool, n)
	at, b := 0, 0 // the rune at byte b
	for _, m := range pattern.FindAllStringIndex(line, -1) {
		at += utf8.RuneCountInString(line[b:m[0]])
		end := at + utf8.RuneCountInString(line[m[0]:m[1]])
		for ; at < end; at++ {
			in[at] = true
		}
		b = m[1]
	}
	return in
}

// kept marks the runes that stay.
func kept(runes []rune) []bool {
	keep := make([]bool, len(runes))
	folded := make([]rune, len(runes))
	for i, r := range runes {
		folded[i] = shadow(r)
	}
	line := string(folded)
	personal := marked(line, len(runes), persons)
	at := 0 // the rune at byte b
	b := 0
	for _, m := range spans.FindAllStringIndex(line, -1) {
		at += utf8.RuneCountInString(line[b:m[0]])
		n := utf8.RuneCountInString(line[m[0]:m[1]])
		b = m[1]
		if !longer(folded, at, at+n) {
			for i := at; i < at+n; i++ {
				keep[i] = true
			}
		}
		at += n
	}
	single := make([]bool, len(runes))
	for i := 0; i < len(runes); {
		n := phraseAt(folded[i:])
		switch {
		case keep[i]:
		case n == 1:
			single[i] = true
		case n > 1 && !inWord(folded, i, i+n):
			for j := i; j < i+n; j++ {
				keep[j] = true
			}
		}
		i += max(n, 1)
	}
	for i := range runes {
		if single[i] && lonely(folded, keep, single, i) {
			keep[i] = true
		}
	}
	for i := range runes {
		keep[i] = keep[i] && !personal[i]
	}
	return keep
}

// longer reports whether a number is part of a longer one: of a telephone number, an address.
func longer(folded []rune, from, to int) bool {
	isDigit := func(i int) bool {
		return i >= 0 && i < len(folded) && folded[i] >= '0' && folded[i] <= '9'
	}
	joins := func(i int) bool {
		return i >= 0 && i < len(folded) && strings.ContainsRune("-.", folded[i])
	}
	return isDigit(from-1) || isDigit(to) || joins(from-1) && isDigit(from-2) || joins(to) &&
		isDigit(to+1)
}

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' }

// inWord reports whether Latin letters go on beyond from and to.
func inWord(folded []rune, from, to int) bool {
	return from > 0 && isLatin(folded[from]) && isLatin(folded[from-1]) || to < len(folded) &&
		isLatin(folded[to-1]) && isLatin(folded[to])
}

// lonely reports whether the word at i is not the beginning or the end of an unknown one in the
// same script.
func lonely(folded []rune, keep, single []bool, i int) bool {
	k := kindOf(folded[i])
	joined := func(step int) bool {
		for j := i + step; j >= 0 && j < len(folded) && kindOf(folded[j]) == k; j += step {
			if keep[j] {
				return false
			}
			if !single[j] {
				return true
			}
		}
		return false
	}
	return !joined(-1) && !joined(1)
}

// phrases are the words by their first rune, the longest first.
var phrases = sync.OnceValue(func() map[rune][][]rune {
	table := map[rune][][]rune{}
	for word := range strings.FieldsSeq(slotWords + headingWords + nameWords + errorWords) {
		runes := []rune(word)
		for i, r := range runes {
			runes[i] = shadow(r)
		}
		table[runes[0]] = append(table[runes[0]], runes)
	}
	for _, words := range table {
		slices.SortStableFunc(words, func(a, b []rune) int { return len(b) - len(a) })
	}
	return table
})

// phraseAt is the length of the longest word at the beginning of a text.
func phraseAt(folded []rune) int {
	for _, word := range phrases()[folded[0]] {
		if len(word) <= len(folded) && slices.Equal(word, folded[:len(word)]) {
			return len(word)
		}
	}
	return 0
}
