package timeslot

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// foldBuffer is the size of the stack buffer for a folded label.
const foldBuffer = 128

// appendFold appends the form of a text in which labels are compared: width is unified, every dash
// and wave is '-', ASCII letters are lower case, and spaces are removed, except for one between
// two digits, which separates two numbers.
//
// NFKC is not used: it does not unify 〜 (U+301C) with ～ (U+FF5E), and it turns ① into 1, so that
// "①8-20時" would read 18-20.
func appendFold(dst []byte, s string) []byte {
	if needsCompose(s) {
		s = compose(s)
	}
	start := len(dst)
	space := false
	for i := 0; i < len(s); {
		c := s[i]
		r, n := rune(c), 1
		if c >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
			r = foldRune(r) // an invalid byte becomes U+FFFD, which is not read
		} else if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		} else if r == '~' {
			r = '-'
		}
		i += n
		switch {
		case r == ' ' || r >= '\t' && r <= '\r':
			space = true
			continue
		case r == invisible:
			continue
		}
		if space && isDigit(r) && len(dst) > start && isDigit(rune(dst[len(dst)-1])) {
			dst = append(dst, ' ')
		}
		space = false
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// invisible marks characters that are not displayed: byte order marks, joiners.
const invisible = -1

// foldRune folds one character outside ASCII.
func foldRune(r rune) rune {
	switch {
	case r >= '\uff01' && r <= '\uff5e': // U+FF01 to U+FF5E are ASCII in full width
		r -= '\uff01' - '!'
		if r == '~' {
			return '-'
		}
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	case r >= 'ぁ' && r <= 'ヺ', r >= '一' && r <= '鿿':
		return r
	}
	switch r {
	case '〜', '〰', 'ー', 'ｰ', '−', '‐', '‑', '‒', '–', '—', '―', '﹣', '﹘', '─', '━', '∼', '∿', '˜',
		'⁓', '⁃', '゠':
		return '-'
	case '∶', '﹕', 'ː', '꞉', '：':
		return ':'
	case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\ufe0e', '\ufe0f':
		return invisible
	}
	if unicode.IsSpace(r) {
		return ' '
	}
	return r
}

// needsCompose reports whether s has characters that only the slow path folds: half-width kana,
// separate voicing marks and accents (text from macOS file names), character references.
func needsCompose(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '&', 0xcc, 0xcd: // U+0300 to U+036F
			return true
		case 0xe3, 0xef:
			switch r, _ := utf8.DecodeRuneInString(s[i:]); {
			case r == 0x3099, r == 0x309a, r >= 0xff61 && r <= 0xff9f:
				return true
			}
		}
	}
	return false
}

// compose resolves character references (Rakuten's remarks hold &#12316; for 〜) and
// joins kana with their voicing marks.
func compose(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	return norm.NFC.String(width.Fold.String(s))
}
