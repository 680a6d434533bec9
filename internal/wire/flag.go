package wire

import "strings"

// ParseFlag reads the ways in which the malls write yes and no: 1 and 0, true and
// false, t and f, yes and no, Y and N, in any case and with blanks around. The
// second result is false for everything else, the empty text included.
func ParseFlag(s string) (value, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) > len("false") {
		return false, false
	}
	return parseFlag([]byte(s))
}

// parseFlag is ParseFlag without the trimming; the common spellings cost nothing.
func parseFlag(text []byte) (value, ok bool) {
	switch string(text) {
	case "1", "true":
		return true, true
	case "0", "false":
		return false, true
	}
	if len(text) > len("false") {
		return false, false
	}
	switch strings.ToLower(string(text)) {
	case "true", "t", "yes", "y":
		return true, true
	case "false", "f", "no", "n":
		return false, true
	}
	return false, false
}
