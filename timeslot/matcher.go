package timeslot

import "strings"

// Label is a slot label as the mall delivered it, with where it stood. Text is all
// that the Reader looks at; the rest lets a user's rules differ by mall, shop and
// delivery method (配送方法). Empty fields are unknown.
type Label struct {
	Text   string // as it stood, never normalised
	Mall   string // for instance "rakuten"
	Shop   string // the shop's id at that mall
	Method string // the delivery method's name as the mall tells it
}

// clone is l with texts of its own, for keeping.
func (l Label) clone() Label {
	return Label{strings.Clone(l.Text), strings.Clone(l.Mall), strings.Clone(l.Shop), strings.Clone(l.Method)}
}

// Match is what a Matcher read: the slot, the name of the matcher that read it and
// the rule inside that matcher, for people who ask why.
type Match struct {
	Slot    Slot
	Matcher string
	Rule    string
}

// Matcher reads slot labels; it is the plug for a user's own knowledge. It answers
// false when it cannot read the label. True with an unresolved Slot counts as
// false: go through Read or Chain, which see to that.
//
// A Matcher is called from several goroutines at once.
type Matcher interface {
	Match(Label) (Match, bool)
}

// Read asks m about a label. It is the way to call a Matcher: an answer with an
// unresolved or impossible slot counts as no match, and a nil m reads nothing.
// Without a match the returned Match is zero, so its Slot is Unresolved.
func Read(m Matcher, l Label) (Match, bool) {
	if m == nil {
		return Match{}, false
	}
	match, ok := m.Match(l)
	if !ok || !match.Slot.Resolved() {
		return Match{}, false
	}
	return match, true
}

// Func adapts a function of the label's text to a Matcher called "func".
type Func func(text string) (Slot, bool)

// Match calls f. An unresolved slot is no match, whatever f says.
func (f Func) Match(l Label) (Match, bool) {
	if f == nil {
		return Match{}, false
	}
	slot, ok := f(l.Text)
	if !ok || !slot.Resolved() {
		return Match{}, false
	}
	return Match{Slot: slot, Matcher: "func"}, true
}

// Chain asks several matchers in order; the first that reads the label wins. Nil
// entries are left out. The chain keeps its own copy of the list.
func Chain(matchers ...Matcher) Matcher {
	c := make(chain, 0, len(matchers))
	for _, m := range matchers {
		if m != nil {
			c = append(c, m)
		}
	}
	return c
}

type chain []Matcher

func (c chain) Match(l Label) (Match, bool) {
	for _, m := range c {
		if match, ok := Read(m, l); ok {
			return match, true
		}
	}
	return Match{}, false
}
