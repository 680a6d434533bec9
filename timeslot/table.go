package timeslot

import (
	"errors"
	"slices"
)

// maxRuleErrors bounds how many faults of one table are reported at once.
const maxRuleErrors = 20

// Table is a Matcher built from literal rules. Of the rules that match a label, the one with the
// most specific Scope wins, whatever the order; within one Scope, the first in the table. A Table
// never changes and is safe for concurrent use; see Live for one that can be replaced at run time.
//
// A label over 8 KiB matches no Same rule, and Contains rules search only its first 8 KiB.
type Table struct {
	name     string
	rules    []Rule
	warnings []*RuleError

	// The number of the first rule with a label, by scope.
	exact    map[labelKey]int
	same     map[labelKey]int
	contains map[needleKey]int
	needles  needles
	masks    []scopeMask // of the rules' scopes, the most specific first
}

// labelKey is a label, as written or normalised, in a scope.
type labelKey struct {
	label string
	scope Scope
}

// needleKey is a needle, by its number, in a scope.
type needleKey struct {
	needle int
	scope  Scope
}

// NewTable returns a table of rules. [Match.Matcher] reports its name. It is an error if a rule
// lacks a label or a valid slot or mode, repeats an earlier rule of the same scope, or can never
// win because an earlier rule of that scope matches all its labels. The error joins up to 20
// values of type *RuleError.
func NewTable(name string, rules ...Rule) (*Table, error) {
	t := &Table{
		name: name, rules: slices.Clone(rules),
		exact: map[labelKey]int{}, same: map[labelKey]int{}, contains: map[needleKey]int{},
	}
	keys := make([]string, len(rules))
	var texts []string
	for i, r := range t.rules {
		keys[i] = fold(cutLabel(r.Label))
		if r.Mode == Contains && keys[i] != "" {
			texts = append(texts, keys[i])
		}
		if m := maskOf(r.Scope); !slices.Contains(t.masks, m) {
			t.masks = append(t.masks, m)
		}
	}
	slices.SortFunc(t.masks, func(a, b scopeMask) int { return b.rank() - a.rank() })
	t.needles = newNeedles(texts)
	var faults []error
	for i := range t.rules {
		if why := t.add(i, keys[i]); why != "" && len(faults) < maxRuleErrors {
			faults = append(faults, &RuleError{Table: name, Place: t.rules[i].place(i), Why: why})
		}
		if t.rules[i].Name == "" {
			t.rules[i].Name = t.rules[i].place(i)
		}
	}
	if faults != nil {
		return nil, errors.Join(faults...)
	}
	return t, nil
}

// add checks rule i against the earlier ones and indexes it. It returns what is wrong, or "".
func (t *Table) add(i int, key string) string {
	r := t.rules[i]
	switch {
	case key == "":
		return "the label is empty"
	case r.Slot == Unresolved:
		return "the slot is empty"
	case !r.Slot.Resolved():
		return "the slot is not valid"
	case int(r.Mode) >= len(modeNames):
		return "the mode is not valid"
	}
	// Only rules of the same scope can take all of its labels.
	if j := t.taker(r, key); j < i {
		if t.rules[j].Slot == r.Slot {
			return "says again what " + t.rules[j].place(j) + " says"
		}
		return "conflicts with " + t.rules[j].place(j) + ", which takes the same labels and says " +
			t.rules[j].Slot.String()
	}
	switch r.Mode {
	case Exact:
		first(t.exact, labelKey{r.Label, r.Scope}, i)
	case Same:
		first(t.same, labelKey{key, r.Scope}, i)
	case Contains:
		n, _ := t.needles.number(key)
		first(t.contains, needleKey{n, r.Scope}, i)
	}
	return ""
}

// taker returns the number of the first rule of r's scope that matches all of r's labels, or the
// number of rules.
func (t *Table) taker(r Rule, key string) int {
	best := len(t.rules)
	if i, ok := t.exact[labelKey{r.Label, r.Scope}]; ok && r.Mode == Exact {
		best = min(best, i)
	}
	if i, ok := t.same[labelKey{key, r.Scope}]; ok && r.Mode != Contains {
		best = min(best, i)
	}
	var room [8]int
	for _, n := range t.needles.in([]byte(key), room[:0]) {
		if i, ok := t.contains[needleKey{n, r.Scope}]; ok {
			best = min(best, i)
		}
	}
	return best
}

// first sets m[key] unless it is set.
func first[K comparable](m map[K]int, key K, i int) {
	if _, there := m[key]; !there {
		m[key] = i
	}
}

// maxLabelText is the longest label in bytes that is folded.
const maxLabelText = 8 << 10

func cutLabel(text string) string { return text[:min(len(text), maxLabelText)] }

// Match finds the rule for the label.
func (t *Table) Match(l Label) (Match, bool) {
	if t == nil || l.Text == "" {
		return Match{}, false
	}
	var buf [foldBuffer]byte
	var room [8]int
	var key []byte
	var hits []int
	if len(t.same) > 0 || len(t.contains) > 0 {
		key = appendFold(buf[:0], cutLabel(l.Text))
		hits = t.needles.in(key, room[:0])
	}
	for _, m := range t.masks {
		scope := m.of(l)
		best := len(t.rules)
		if i, ok := t.exact[labelKey{l.Text, scope}]; ok {
			best = i
		}
		if len(l.Text) <= maxLabelText {
			if i, ok := t.same[labelKey{string(key), scope}]; ok {
				best = min(best, i)
			}
		}
		for _, n := range hits {
			if i, ok := t.contains[needleKey{n, scope}]; ok {
				best = min(best, i)
			}
		}
		if best < len(t.rules) {
			r := &t.rules[best]
			return Match{r.Slot, t.name, r.Name}, true
		}
	}
	return Match{}, false
}

// Name returns the table's name.
func (t *Table) Name() string { return t.name }

// Rules returns a copy of the rules, in order, each with its name.
func (t *Table) Rules() []Rule { return slices.Clone(t.rules) }

// Warnings returns the rows of the file that were left out: empty ones, and labels without a slot.
// A table from [NewTable] has none.
func (t *Table) Warnings() []*RuleError { return slices.Clone(t.warnings) }
