package credential

import (
	"fmt"
	"net/url"
	"time"

	"github.com/jpmall/jpmall/order"
)

// Record is what is known of one credential of one shop. It must not hold a secret: it is kept in
// plain stores and shown in notices.
type Record struct {
	Mall order.Mall `json:"mall"`
	Shop string     `json:"shop"` // as in the client's Config
	Kind Kind       `json:"kind"`
	// which one, where a shop has several of a kind: "new", a key's version
	Name string `json:"name,omitempty"`

	// the instant from which the rule counts: issue, consent or rotation
	Start time.Time `json:"start,omitzero"`

	// Extended is whether the condition of the rule's Extended life held when last checked: at
	// Yahoo!, that the public-key signature was accepted. False, the zero value, is the cautious
	// assumption.
	Extended bool `json:"extended,omitempty"`

	Observed Observation `json:"observed,omitzero"` // what the mall, or its admin screen, reported
	Note     string      `json:"note,omitempty"`    // for people
}

// Observation is what a mall reported about a credential. Without End, State and Extended it says
// nothing.
type Observation struct {
	// when it was reported; may be zero for an end copied by hand from an admin screen
	At  time.Time `json:"at,omitzero"`
	End time.Time `json:"end,omitzero"` // the reported end
	// Valid: just accepted; Expired: refused as expired; Unknown: not reported
	State State `json:"state"`

	// Extended is whether the condition of a rule's Extended life was seen to hold.
	Extended Condition `json:"extended,omitempty"`
	// the mall's own short text: a header's value, an error code
	Words string `json:"words,omitempty"`
}

// Condition is whether a condition holds, if that is known.
type Condition string

// The values of a Condition.
const (
	NotSeen Condition = ""      // nothing was seen
	Holds   Condition = "holds" // the longer life applies
	Fails   Condition = "fails" // it does not
)

// saysNothing reports whether the observation is empty.
func (o Observation) saysNothing() bool {
	return o.End.IsZero() && o.State == Unknown && o.Extended == NotSeen
}

// ID returns the identifier of the credential, such as "yahoo/example-store/public-key/2". It is
// stable and holds nothing secret. Its parts are escaped, so that no two credentials share one.
func (r Record) ID() string {
	id := url.PathEscape(string(r.Mall)) + "/" + url.PathEscape(r.Shop) + "/" +
		url.PathEscape(string(r.Kind))
	if r.Name != "" {
		id += "/" + url.PathEscape(r.Name)
	}
	return id
}

// Validate returns an error when Mall, Shop or Kind is empty.
func (r Record) Validate() error {
	for _, f := range []struct{ name, value string }{{"Mall", string(r.Mall)}, {"Shop", r.Shop},
		{"Kind", string(r.Kind)}} {
		if f.value == "" {
			return fmt.Errorf("credential: record %q: %s is empty", r.ID(), f.name)
		}
	}
	return nil
}

// observation returns what was reported about this very credential. What was reported before its
// start, and an end before its start, is about the previous one. A refusal within the rule's
// RefusedFor proves nothing.
func (r Record) observation(rule Rule) Observation {
	o := r.Observed
	if !r.Start.IsZero() {
		if !o.At.IsZero() && o.At.Before(r.Start) {
			return Observation{}
		}
		if !o.End.IsZero() && !o.End.After(r.Start) {
			o.End = time.Time{}
		}
		if o.State == Expired && o.At.Before(r.Start.Add(rule.RefusedFor)) {
			o.State = Unknown
		}
	}
	return o
}
