package timeslot

import "fmt"

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
