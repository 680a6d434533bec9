package order

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"github.com/jpmall/jpmall/timeslot"
)

// Bounds of a tracking number. The shortest in use has 10 digits; Amazon's own carriers write
// letters and digits of any length.
const (
	minTracking = 4
	maxTracking = 40
)

// ReadTracking parses a tracking number (お荷物伝票番号) as people, files and spreadsheets write it. It
// returns the form that is sent to malls: half-width letters and digits, without the hyphens and
// spaces that group them. Quotation marks, a leading apostrophe and the ="…" that keeps Excel from
// converting a number are removed.
//
// The rest must be 4 to 40 letters and digits, with at least one digit. Anything else is an error
// and never repaired: a number that a spreadsheet has turned into "4.05548E+11", a control
// character, two numbers in one text. The carrier cannot be derived from a number: 12 digits fit
// four of them.
func ReadTracking(text string) (string, error) {
	s := strings.TrimSpace(width.Fold.String(text))
	if strings.HasPrefix(s, `="`) {
		s = s[1:]
	}
	s = strings.TrimPrefix(s, "'")
	if len(s) > 1 && s[0] == '"' && s[len(s)-1] == '"' {
		s = s[1 : len(s)-1]
	}
	s = strings.TrimSpace(s)
	if s == "" {
		return "", errors.New("the tracking number is empty")
	}
	if excelNumber(s) {
		return "",
			fmt.Errorf(
				"the tracking number %q was rounded by a spreadsheet: format the column as text and export it again", s)
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z':
			b.WriteRune(r)
		case r == ' ' || strings.ContainsRune(hyphens, r):
		case unicode.IsControl(r):
			return "", fmt.Errorf("the tracking number has a control character (%U) in it", r)
		default:
			return "",
				fmt.Errorf("the tracking number has %q in it, which is no letter, digit or hyphen",
					r)
		}
	}
	number := b.String()
	switch {
	case !strings.ContainsAny(number, "0123456789"):
		return "", errors.New("the tracking number has no digit")
	case len(number) < minTracking:
		return "", fmt.Errorf("the tracking number has %d characters, at least %d", len(number),
			minTracking)
	case len(number) > maxTracking:
		return "",
			fmt.Errorf("the tracking number has %d characters, at most %d: is it one number?",
				len(number), maxTracking)
	}
	return number, nil
}

// hyphens are the marks that people and programs write between groups of digits. Full-width ones
// are folded before.
const hyphens = "-‐‑‒–—―−ー─━"

// excelNumber reports whether a text is a number as spreadsheets show a long one: 4.05548E+11.
func excelNumber(s string) bool {
	mantissa, exponent, found := strings.Cut(strings.ToUpper(s), "E+")
	return found && mantissa != "" && exponent != "" &&
		strings.Trim(mantissa, "0123456789.") == "" && strings.Trim(exponent, "0123456789") == ""
}

// SameTracking reports whether two texts are one tracking number in two spellings. Texts that are
// not tracking numbers are the same only if they are equal.
func SameTracking(a, b string) bool {
	x, errX := ReadTracking(a)
	y, errY := ReadTracking(b)
	if errX != nil || errY != nil {
		return a == b
	}
	return strings.EqualFold(x, y)
}

// CheckTracking checks the length and the check digit of a number, as [ReadTracking] returns it,
// for the carrier. An error is a reason to look again, not proof of a mistake. Numbers of Yamato,
// Sagawa, Japan Post, Seino and Fukuyama have 10 to 13 characters. Yamato, Sagawa and Japan Post
// share one check digit for 12 digits (the first eleven modulo 7), Fukuyama uses the same scheme
// for 11, and international mail that of S10. Of other carriers and lengths nothing is known, and
// the result is nil.
func CheckTracking(carrier timeslot.Carrier, number string) error {
	switch carrier.Company() {
	case timeslot.Yamato, timeslot.Sagawa, timeslot.JapanPost, timeslot.Seino, timeslot.Fukuyama:
		// what any of them has been seen with: which lengths are whose is less certain
		if len(number) < 10 || len(number) > 13 {
			return fmt.Errorf("the number has %d characters: those of %s have 10 to 13",
				len(number), carrier.Name())
		}
	}
	if twelve, failed := mod7(number, 12); twelve {
		switch carrier.Company() {
		case timeslot.Yamato, timeslot.Sagawa, timeslot.JapanPost:
			if failed {
				return fmt.Errorf(
					"the check digit of the 12-digit number is wrong for %s: a digit is mistyped or lost", carrier.Name())
			}
		}
		return nil
	}
	if eleven, failed := mod7(number, 11); eleven && failed &&
		carrier.Company() == timeslot.Fukuyama {
		return fmt.Errorf(
			"the check digit of the 11-digit number is wrong for %s: a digit is mistyped or lost",
			carrier.Name())
	}
	if s10, failed := checkS10(number); s10 && failed {
		return errors.New(
			"the check digit of the international mail number is wrong: a digit is mistyped")
	}
	return nil
}

// mod7 reports whether a number has n digits, and whether its last one is not the others modulo 7.
func mod7(number string, n int) (is, failed bool) {
	if len(number) != n || strings.Trim(number, "0123456789") != "" {
		return false, false
	}
	var body int64
	for _, d := range number[:n-1] {
		body = body*10 + int64(d-'0')
	}
	return true, body%7 != int64(number[n-1]-'0')
}

// checkS10 reports whether a number has the form of UPU standard S10 (RR473124829GB), and whether
// its check digit is wrong.
func checkS10(number string) (is, failed bool) {
	if len(number) != 13 || strings.Trim(number[2:11], "0123456789") != "" ||
		strings.ContainsAny(number[:2]+number[11:], "0123456789") {
		return false, false
	}
	sum := 0
	for i, weight := range [...]int{8, 6, 4, 2, 3, 5, 9, 7} {
		sum += int(number[2+i]-'0') * weight
	}
	want := 11 - sum%11
	switch want {
	case 10:
		want = 0
	case 11:
		want = 5
	}
	return true, want != int(number[10]-'0')
}
