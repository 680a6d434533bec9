package timeslot

import (
	"errors"
	"slices"
)

// maxRuleErrors bounds how many faults of one table are reported at once.
const maxRuleErrors = 20

// Table is a Matcher made of literal rules. The first rule, in the table's order,
// that takes a label wins. A Table never changes and is safe for concurrent use.
type Table struct {
	name  string
	rules []Rule

	// Numbers of rules by label, ascending.
	exact    map[string][]int
	same     map[string][]int
	contains []int
	keys     []string // each rule's normalised label
}

// NewTable makes a table of rules; its name is what Match.Matcher says. A rule
// without a label or a slot, a rule that says again what an earlier one says, and a
// rule that could never win because an earlier one takes its labels are errors; all
// of them are reported, as *RuleError inside one joined error.
func NewTable(name string, rules ...Rule) (*Table, error) {
	t := &Table{name: name, rules: slices.Clone(rules), exact: map[string][]int{}, same: map[string][]int{}}
	t.keys = make([]string, len(rules))
	var faults []error
	for i := range t.rules {
		if why := t.add(i); why != "" && len(faults) < maxRuleErrors {
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

// add checks rule i against the earlier ones and indexes it; it says what is wrong.
func (t *Table) add(i int) string {
	r := t.rules[i]
	key := string(appendFold(nil, r.Label))
	t.keys[i] = key
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
	// Only rules that share the label, and the Contains rules, can take its labels.
	earlier := slices.Concat(t.exact[r.Label], t.same[key], t.contains)
	slices.Sort(earlier)
	for _, j := range earlier {
		if !t.rules[j].covers(r, t.keys[j], key) {
			continue
		}
		if t.rules[j].Slot == r.Slot {
			return "says again what " + t.rules[j].place(j) + " says"
		}
		return "conflicts with " + t.rules[j].place(j) + ", which takes the same labels and says " + t.rules[j].Slot.String()
	}
	switch r.Mode {
	case Exact:
		t.exact[r.Label] = append(t.exact[r.Label], i)
	case Same:
		t.same[key] = append(t.same[key], i)
	case Contains:
		t.contains = append(t.contains, i)
	}
	return ""
}

// Match finds the first rule that takes the label.
func (t *Table) Match(l Label) (Match, bool) {
	if t == nil || l.Text == "" {
		return Match{}, false
	}
	best := t.first(t.exact[l.Text], l, len(t.rules))
	if len(t.same) > 0 || len(t.contains) > 0 {
		var buf [foldBuffer]byte
		key := appendFold(buf[:0], l.Text)
		best = t.first(t.same[string(key)], l, best)
		for _, i := range t.contains {
			if i >= best {
				break
			}
			if t.rules[i].Scope.Covers(l) && containsWhole(key, t.keys[i]) {
				best = i
			}
		}
	}
	if best == len(t.rules) {
		return Match{}, false
	}
	r := &t.rules[best]
	return Match{r.Slot, t.name, r.Name}, true
}

// first is the lowest rule number in list, under limit, whose scope covers the label.
func (t *Table) first(list []int, l Label, limit int) int {
	for _, i := range list {
		if i >= limit {
			break
		}
		if t.rules[i].Scope.Covers(l) {
			return i
		}
	}
	return limit
}

// Name is the table's name.
func (t *Table) Name() string { return t.name }

// Rules is a copy of the table's rules, in order, each with its name.
func (t *Table) Rules() []Rule { return slices.Clone(t.rules) }
