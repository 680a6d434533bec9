package timeslot

import (
	"bytes"
	"fmt"
)

// Mode says how a Rule compares its label.
type Mode uint8

// The modes, from the usual one. Their text forms are `same`, `exact`, `contains`.
const (
	// Same compares after normalising: width, dashes, spacing and letter case do not
	// matter.
	Same Mode = iota
	// Exact compares character by character. A label that went through Shift_JIS may
	// come back with another wave than the mall sends; use Same where that happens.
	Exact
	// Contains finds the normalised label anywhere in the normalised text, but never
	// inside a longer number: 8-12 is not in 18-12.
	Contains
)

var modeNames = [...]string{Same: "same", Exact: "exact", Contains: "contains"}

// String is the mode's text form.
func (m Mode) String() string {
	if int(m) < len(modeNames) {
		return modeNames[m]
	}
	return fmt.Sprintf("Mode(%d)", uint8(m))
}

// ParseMode reads a text form; the empty text is Same.
func ParseMode(text string) (Mode, error) {
	if text == "" {
		return Same, nil
	}
	for m, name := range modeNames {
		if name == text {
			return Mode(m), nil
		}
	}
	return 0, fmt.Errorf("timeslot: mode %q is none of same, exact, contains", text)
}

// Rule says what one label means, for the labels inside its Scope.
type Rule struct {
	Label string
	Slot  Slot
	Mode  Mode
	Scope Scope
	// Name is what Match.Rule says; when it is empty, the rule's line (`line 3`) or
	// number (`rule 3`) stands there.
	Name string

	line int // in the file it came from; 0 if made in code
}

// place says where a rule stands, for errors and as its default name.
func (r Rule) place(index int) string {
	if r.line > 0 {
		return fmt.Sprintf("line %d", r.line)
	}
	return fmt.Sprintf("rule %d", index+1)
}

// RuleError is what is wrong with one rule of a table.
type RuleError struct {
	Table string // the table's name
	Place string // `line 3` of a file, `rule 3` of a list
	Why   string
}

// Error reads like a compiler's: table, place, reason.
func (e *RuleError) Error() string {
	return fmt.Sprintf("timeslot: %s: %s: %s", e.Table, e.Place, e.Why)
}

// covers reports whether every label that r2 takes is taken by r first. key and key2
// are the rules' normalised labels.
func (r Rule) covers(r2 Rule, key, key2 string) bool {
	if !r.Scope.includes(r2.Scope) {
		return false
	}
	switch r.Mode {
	case Exact:
		return r2.Mode == Exact && r.Label == r2.Label
	case Same:
		return r2.Mode != Contains && key == key2
	}
	return containsWhole([]byte(key2), key)
}

// containsWhole finds needle in text, but not inside a longer number.
func containsWhole(text []byte, needle string) bool {
	for at := 0; ; {
		i := bytes.Index(text[at:], []byte(needle))
		if i < 0 {
			return false
		}
		begin, end := at+i, at+i+len(needle)
		cutBefore := begin > 0 && isDigit(rune(text[begin-1])) && isDigit(rune(needle[0]))
		cutBehind := end < len(text) && isDigit(rune(text[end])) && isDigit(rune(needle[len(needle)-1]))
		if !cutBefore && !cutBehind {
			return true
		}
		at = begin + 1
	}
}

// MarshalText writes the mode's text form.
func (m Mode) MarshalText() ([]byte, error) {
	if int(m) >= len(modeNames) {
		return nil, fmt.Errorf("timeslot: mode %d is not valid", uint8(m))
	}
	return []byte(modeNames[m]), nil
}

// UnmarshalText reads the mode's text form, see ParseMode.
func (m *Mode) UnmarshalText(text []byte) error {
	mode, err := ParseMode(string(text))
	if err == nil {
		*m = mode
	}
	return err
}
