package credential

import (
	"fmt"
	"time"

	"github.com/jpmall/jpmall/order"
)

const day = 24 * time.Hour

type ruleID struct {
	mall order.Mall
	kind Kind
}

// Rules gives the built-in rules, mall by mall. The slice and all it holds are the caller's own.
func Rules() []Rule {
	var all []Rule
	all = append(all, rakutenRules()...)
	all = append(all, yahooRules()...)
	all = append(all, amazonRules()...)
	all = append(all, aupayRules()...)
	for i := range all {
		all[i] = all[i].clone() // rules made from one another share slices until here
	}
	return all
}

// Rulebook is the built-in rules and those that a user adds. It does not change once made, so it is safe for concurrent use.
// The zero Rulebook and a nil one hold the built-in rules alone.
type Rulebook struct {
	added []Rule
	index map[ruleID]Rule
}

// NewRulebook adds rules, for other malls or for other kinds, to the built-in ones. A rule that Validate refuses, and a second
// rule for the same mall and kind, are errors.
func NewRulebook(added ...Rule) (*Rulebook, error) {
	b := &Rulebook{index: make(map[ruleID]Rule)}
	for _, r := range Rules() {
		b.index[ruleID{r.Mall, r.Kind}] = r
	}
	for _, r := range added {
		if err := r.Validate(); err != nil {
			return nil, err
		}
		id := ruleID{r.Mall, r.Kind}
		if _, taken := b.index[id]; taken {
			return nil, fmt.Errorf("credential: there is a rule for %s/%s already; choose another Kind", r.Mall, r.Kind)
		}
		b.added = append(b.added, r.clone())
		b.index[id] = r.clone()
	}
	return b, nil
}

// Rules gives all rules, the built-in ones first. The slice and all it holds are the caller's own.
func (b *Rulebook) Rules() []Rule {
	all := Rules()
	if b != nil {
		for _, r := range b.added {
			all = append(all, r.clone())
		}
	}
	return all
}

// Rule finds the rule of a kind at a mall. What it gives is the caller's own.
func (b *Rulebook) Rule(mall order.Mall, kind Kind) (Rule, bool) {
	if b != nil && b.index != nil {
		r, ok := b.index[ruleID{mall, kind}]
		return r.clone(), ok
	}
	for _, r := range Rules() {
		if r.Mall == mall && r.Kind == kind {
			return r, true
		}
	}
	return Rule{}, false
}
