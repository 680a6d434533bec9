package check

import (
	"strings"
	"unicode"
)

// Key cleans a key, secret or token that was pasted from a mall's screen, a mail or a spreadsheet.
// It removes white space around it, including the full-width space U+3000, the byte order mark and
// zero-width characters. It refuses what cannot be a key: an empty text, white space inside,
// non-ASCII and control characters. The [*Error] names the field and quotes nothing of the value.
func Key(name, value string) (string, error) {
	value = strings.TrimFunc(value, invisible)
	message := ""
	switch at, r := firstForeign(value); {
	case value == "":
		message = "is empty"
	case at == 0:
		return value, nil
	case unicode.IsSpace(r):
		message = "has a blank or line break inside: was more than the key pasted?"
	case 0xFF01 <= r && r <= 0xFF5E:
		message = "has full-width characters (全角): keys are half-width"
	case invisible(r):
		message = "has an invisible character inside"
	case unicode.IsControl(r):
		message = "has a control character inside"
	default:
		message = "has a character that no key has: only ASCII is possible"
	}
	return "", &Error{Findings: []Finding{{Field: name, Message: message}}}
}

// firstForeign returns the first character that is not visible ASCII and its position, counted
// from 1.
func firstForeign(s string) (at int, r rune) {
	for _, r := range s {
		at++
		if r <= ' ' || r > '~' {
			return at, r
		}
	}
	return 0, 0
}

// invisible reports white space of every kind and the marks that copying leaves behind.
func invisible(r rune) bool {
	switch {
	case unicode.IsSpace(r):
		return true
	case r == 0x00AD, r == 0x034F, r == 0x180E, r == 0x2060, r == 0x3164, r == 0xFEFF:
		return true
	case 0x200B <= r && r <= 0x200F, 0x202A <= r && r <= 0x202E, 0x2066 <= r && r <= 0x2069:
		return true
	}
	return false
}
