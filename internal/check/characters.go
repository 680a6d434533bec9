package check

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// Class is a set of kinds of characters.
type Class uint8

const (
	// Vendor is the characters that computer makers added to JIS X 0208, such as ①, ㈱, Ⅲ, 髙: the
	// core of 機種依存文字.
	Vendor Class = 1 << iota
	// HalfKana is half-width kana (半角カナ), such as ｱ and ﾞ.
	HalfKana
	// Foreign is what Shift_JIS does not have at all: emoji, é, simplified
	// Chinese, rare kanji, private use.
	Foreign
	// Control is the control characters except tab and line breaks, the line and paragraph
	// separators, non-characters and broken UTF-8. XML 1.0 does not allow most of them.
	Control
)

// PlatformDependent is the widest meaning of 機種依存文字. The malls publish no list.
const PlatformDependent = Vendor | HalfKana | Foreign | Control

// named is how many characters one finding names.
const named = 3

// Characters reports the characters of a text that belong to one of the classes,
// by code point and position (counted in characters, from 1).
func (f Fields) Characters(field, value string, refused Class) {
	var found []string
	count, position := 0, 0
	for i, r := range value {
		position++
		class := classOf(r)
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(value[i:]); size == 1 {
				class = Control
			}
		}
		if class&refused == 0 {
			continue
		}
		if count++; count <= named {
			found = append(found, fmt.Sprintf("%U at %d (%s)", r, position, class))
		}
	}
	if count == 0 {
		return
	}
	text := strings.Join(found, ", ")
	if count > named {
		text += fmt.Sprintf(" and %d more", count-named)
	}
	f.Add(field, "characters that the mall refuses: %s", text)
}

// String returns the name of a single class.
func (c Class) String() string {
	switch c {
	case Vendor:
		return "platform-dependent character, 機種依存文字"
	case HalfKana:
		return "half-width kana"
	case Foreign:
		return "not in Shift_JIS"
	case Control:
		return "control character"
	}
	return "several classes"
}

func isHalfKana(r rune) bool { return 0xFF61 <= r && r <= 0xFF9F }

// classOf returns the class of a character, 0 if every mall accepts it.
func classOf(r rune) Class {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return 0
	case r < ' ' || 0x7F <= r && r <= 0x9F || r&0xFFFE == 0xFFFE || r == 0x2028 || r == 0x2029:
		return Control
	case r < utf8.RuneSelf:
		return 0
	case isHalfKana(r):
		return HalfKana
	case strings.ContainsRune(jisTwins, r):
		return 0
	}
	var buf [4]byte
	var out [4]byte
	n, _, err := japanese.ShiftJIS.NewEncoder().Transform(out[:], buf[:utf8.EncodeRune(buf[:], r)],
		true)
	if err != nil || n != 2 {
		return Foreign
	}
	// Rows 1 to 8 and 16 to 84 are JIS X 0208. Lead byte 87 is NEC's row 13, ED
	// and EE are NEC's and FA to FC IBM's selection, F0 to F9 are private use.
	switch lead := out[0]; {
	case lead == 0x87 || lead == 0xED || lead == 0xEE || lead >= 0xFA:
		return Vendor
	case lead >= 0xF0:
		return Foreign
	}
	return 0
}

// jisTwins is the characters of JIS X 0208 that Windows maps to a similar one: wave dash, minus,
// double bar, em dash, cent, pound, not, yen, overline.
const jisTwins = "\u301C\u2212\u2016\u2014\u00A2\u00A3\u00AC\u00A5\u203E"
