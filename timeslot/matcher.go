package timeslot

import "strings"

// Label is a slot label as the mall sent it, and where it was found. The Reader uses Text only;
// with the other fields, a user's rules can differ by mall, shop and delivery method (配送方法). Empty
// fields are unknown.
type Label struct {
	Text   string // as received, never normalised
	Mall   string // for instance "rakuten"
	Shop   string // the shop's id at that mall
	Method string // the name of the delivery method at that mall
}

// clone returns a copy that shares no memory with l, for keeping.
func (l Label) clone() Label {
	return Label{strings.Clone(l.Text), strings.Clone(l.Mall), strings.Clone(l.Shop),
		strings.Clone(l.Method)}
}

// Match is what a Matcher read: the slot, the name of the matcher and the rule within it. The
// names are for people, to explain the result.
type Match struct {
	Slot    Slot
	Matcher string
	Rule    string
}

// Matcher reads slot labels; implement it to add your own. It returns false if it cannot read the
// label. Call it through Read or Chain, where a match with an unresolved slot is none.
//
// A Matcher must be safe for concurrent use.
type Matcher interface {
	Match(Label) (Match, bool)
}

// Read calls m to read a label. A nil m reads nothing, and a match with an unresolved or invalid
// slot is none. Without a match, the returned Match is zero, so its Slot is Unresolved.
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

// Func is a Matcher that reads the label's text with a function. Its name in a Match is "func".
type Func func(text string) (Slot, bool)

// Match calls f. An unresolved slot is no match.
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

// Chain returns a Matcher that tries matchers in order; the first that reads the label wins. Nil
// entries are ignored.
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
