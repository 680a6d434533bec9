package label

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// dashed maps characters that makers of text use interchangeably to the one that CP932 has. It is
// applied between NFC and encoding.
var dashed = map[rune]rune{
	'\u301c': '\uff5e', '\u223c': '\uff5e', '\u223e': '\uff5e', // wave dash and its relatives: ～
	'\u2212': '\uff0d', '\u2011': '\uff0d', '\u2012': '\uff0d', // minus and dashes: －
	'\u2013': '\uff0d', '\u2014': '\uff0d', '\ufe63': '\uff0d',
	'\u2016': '\u2225', '\u00a2': '\uffe0', '\u00a3': '\uffe1', '\u00ac': '\uffe2',
	'\u00a6': '\uffe4',
	// yen, overline, middle dot, Å
	'\u00a5': '\uffe5', '\u203e': '\uffe3', '\u00b7': '\u30fb', '\u00c5': '\u212b',
	'\u00a0': ' ', '\u202f': ' ', '\u205f': ' ', '\u1680': ' ',
	'\t': ' ', '\n': ' ', '\v': ' ', '\f': ' ', '\r': ' ', '\u0085': ' ', '\u2028': ' ',
	'\u2029': ' ',
}

// clean prepares text for encoding: composed (NFC), one kind of each dash, tilde and space, no
// invisible characters or line breaks, no spaces at the ends. CJK compatibility ideographs, which
// NFC would replace by other forms of the character, are kept: they occur in names. lacking finds
// what cannot be encoded.
func clean(s string) string {
	if plain(s) {
		return strings.Trim(s, " ")
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = compose(s)
	s = strings.Map(func(r rune) rune {
		switch {
		case invisible(r):
			return -1
		case r >= '\u2000' && r <= '\u200a':
			return ' '
		}
		if to, ok := dashed[r]; ok {
			return to
		}
		return r
	}, s)
	return strings.Trim(s, " \u3000")
}

// plain reports whether s is printable ASCII only.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

func invisible(r rune) bool {
	return r >= '\u200b' && r <= '\u200f' || r >= '\u202a' && r <= '\u202e' || r >= '\u2060' &&
		r <= '\u2069' ||
		r == '\ufeff' || r == '\u00ad'
}

func compatibility(r rune) bool {
	return r >= 0xf900 && r <= 0xfaff || r >= 0x2f800 && r <= 0x2fa1f
}

func compose(s string) string {
	if !strings.ContainsFunc(s, compatibility) {
		return norm.NFC.String(s)
	}
	var b strings.Builder
	rest := s
	for rest != "" {
		at := strings.IndexFunc(rest, compatibility)
		if at < 0 {
			at = len(rest)
		}
		b.WriteString(norm.NFC.String(rest[:at]))
		if rest = rest[at:]; rest != "" {
			_, n := utf8.DecodeRuneInString(rest)
			b.WriteString(rest[:n])
			rest = rest[n:]
		}
	}
	return b.String()
}

// lacking returns the characters of s that the encoding does not have, each once.
func lacking(e Encoding, s string) []rune {
	var missing []rune
	for _, r := range s {
		if !e.has(r) && !slices.Contains(missing, r) {
			missing = append(missing, r)
		}
	}
	return missing
}

// SuggestedReplacements returns a table for [Config.Replace], to be used in whole or in part:
// characters that CP932 lacks, and the form in which label software usually prints them. Most
// occur in names, so it is never applied by default.
func SuggestedReplacements() map[string]string {
	return map[string]string{
		"𠮷": "吉", "鷗": "鴎", "啞": "唖", "噓": "嘘", "瘦": "痩", "繫": "繋", "祇\U000e0100": "祇",
		"葛\U000e0100": "葛", "辻\U000e0100": "辻",
		"俱": "倶", "剝": "剥", "吞": "呑", "嚙": "噛", "囊": "嚢", "塡": "填", "屛": "屏", "搔": "掻", "攢": "攅",
		"焰": "焔", "瀆": "涜",
		"簞": "箪", "蔣": "蒋", "蟬": "蝉", "蠟": "蝋", "軀": "躯", "醬": "醤", "頰": "頬", "顚": "顛", "驒": "騨",
		"麴": "麹",
		"㍿": "株式会社", "㋿": "令和", "é": "e", "è": "e", "ü": "u", "ö": "o", "ä": "a", "ç": "c",
		"ñ": "n",
	}
}

// replacer applies a user's table, longer entries first.
func replacer(table map[string]string) *strings.Replacer {
	if len(table) == 0 {
		return nil
	}
	var froms []string
	for from := range table {
		froms = append(froms, from)
	}
	slices.SortFunc(froms, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	var pairs []string
	for _, from := range froms {
		pairs = append(pairs, from, table[from])
	}
	return strings.NewReplacer(pairs...)
}

// widen turns half-width characters into full-width ones: Latin letters, digits, signs, spaces and
// half-width katakana with their marks, as tools do that count full-width characters only.
func widen(s string) string {
	var b strings.Builder
	b.Grow(len(s) * 2)
	var kana rune // a katakana that a voicing mark may follow
	flush := func() {
		if kana != 0 {
			b.WriteRune(kana)
			kana = 0
		}
	}
	for _, r := range s {
		switch {
		case r == ' ':
			flush()
			b.WriteRune('\u3000')
		case r > ' ' && r <= '~':
			flush()
			b.WriteRune(r + 0xfee0)
		case r == '\uff9e' || r == '\uff9f':
			if joined, ok := voiced(kana, r == '\uff9f'); ok {
				b.WriteRune(joined)
				kana = 0
				continue
			}
			flush()
			b.WriteRune('\u309b' + (r - '\uff9e'))
		case r >= '\uff61' && r < '\uff9e':
			flush()
			kana = fullKana[r-'\uff61']
		default:
			flush()
			b.WriteRune(r)
		}
	}
	flush()
	return b.String()
}

// fullKana holds the full-width forms of U+FF61 to U+FF9D.
var fullKana = []rune("。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン")

func voiced(r rune, half bool) (rune, bool) {
	switch {
	case r == 0:
		return 0, false
	case half:
		if strings.ContainsRune("ハヒフヘホ", r) {
			return r + 2, true
		}
	case r == 'ウ':
		return 'ヴ', true
	case strings.ContainsRune("カキクケコサシスセソタチツテトハヒフヘホ", r):
		return r + 1, true
	}
	return 0, false
}
