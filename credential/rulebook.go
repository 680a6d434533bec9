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

// Rules returns the built-in rules, mall by mall. The caller may modify the result.
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

// Rulebook holds the built-in rules and added ones. It never changes, so it is safe for concurrent
// use. The zero Rulebook and a nil one hold the built-in rules only.
type Rulebook struct {
	added []Rule
	index map[ruleID]Rule
}

// NewRulebook returns a Rulebook of the built-in rules and added ones, for other malls or kinds. A
// rule that Validate refuses, or a second one for the same mall and kind, is an error.
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
			return nil,
				fmt.Errorf("credential: there is a rule for %s/%s already; choose another Kind",
					r.Mall, r.Kind)
		}
		b.added = append(b.added, r.clone())
		b.index[id] = r.clone()
	}
	return b, nil
}

// Rules returns all rules, the built-in ones first. The caller may modify the result.
func (b *Rulebook) Rules() []Rule {
	all := Rules()
	if b != nil {
		for _, r := range b.added {
			all = append(all, r.clone())
		}
	}
	return all
}

// Rule returns the rule of a kind at a mall; false when there is none. The caller may modify the
// result.
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
