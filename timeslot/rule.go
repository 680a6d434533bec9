package timeslot

import "fmt"

// Mode is how a Rule compares its label.
type Mode uint8

// The modes. Their text forms are `same`, `exact` and `contains`.
const (
	// Same compares after normalising: width, dashes, spacing and letter case do not matter.
	Same Mode = iota
	// Exact compares character by character. Shift_JIS may exchange the wave dashes 〜 and ～; use
	// Same for labels that passed through it.
	Exact
	// Contains finds the normalised label anywhere in the normalised text, but never inside a
	// longer number: 8-12 is not in 18-12.
	Contains
)

var modeNames = [...]string{Same: "same", Exact: "exact", Contains: "contains"}

// String returns the text form.
func (m Mode) String() string {
	if int(m) < len(modeNames) {
		return modeNames[m]
	}
	return fmt.Sprintf("Mode(%d)", uint8(m))
}

// ParseMode reads a text form. An empty string is Same.
func ParseMode(text string) (Mode, error) {
	if text == "" {
		return Same, nil
	}
	for m, name := range modeNames {
		if name == text {
			return Mode(m), nil
		}
	}
	return 0, fmt.Errorf("timeslot: mode must be same, exact or contains, got %q", text)
}

// Rule maps a label to a slot, within a Scope.
type Rule struct {
	Label string
	Slot  Slot
	Mode  Mode
	Scope Scope
	// Name appears as Match.Rule. If empty, it is the rule's line (`line 3`) or number (`rule 3`).
	Name string

	line int // in its file; 0 if made in code
}

// place returns where the rule is, for errors and as its default name.
func (r Rule) place(index int) string {
	if r.line > 0 {
		return fmt.Sprintf("line %d", r.line)
	}
	return fmt.Sprintf("rule %d", index+1)
}

// RuleError is an error in one rule of a table.
type RuleError struct {
	Table string // the table's name
	Place string // `line 3` of a file, `rule 3` of a list
	Why   string
}

// Error returns the table, the place and the reason.
func (e *RuleError) Error() string {
	return fmt.Sprintf("timeslot: %s: %s: %s", e.Table, e.Place, e.Why)
}

// MarshalText returns the text form.
func (m Mode) MarshalText() ([]byte, error) {
	if int(m) >= len(modeNames) {
		return nil, fmt.Errorf("timeslot: mode %d is not valid", uint8(m))
	}
	return []byte(modeNames[m]), nil
}

// UnmarshalText reads the text form as [ParseMode] does.
func (m *Mode) UnmarshalText(text []byte) error {
	mode, err := ParseMode(string(text))
	if err == nil {
		*m = mode
	}
	return err
}
