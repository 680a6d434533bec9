package credential

import (
	"fmt"
	"net/url"
	"time"

	"github.com/jpmall/jpmall/order"
)

// Record is what is known of one credential of one shop. It needs no secret and must not hold one: it is kept in plain stores
// and shown in notices.
type Record struct {
	Mall order.Mall `json:"mall"`
	Shop string     `json:"shop"` // as in the client's Config
	Kind Kind       `json:"kind"`
	Name string     `json:"name,omitempty"` // which one, where a shop has several of a kind: "new", a key's version

	Start time.Time `json:"start,omitzero"` // the instant that the rule counts from: issue, consent or rotation

	// Extended tells that the condition of the rule's Extended life held when somebody last looked: at Yahoo! that the
	// public-key signature was accepted. False, the zero value, is the careful answer.
	Extended bool `json:"extended,omitempty"`

	Observed Observation `json:"observed,omitzero"` // what the mall, or its admin screen, said
	Note     string      `json:"note,omitempty"`    // for people
}

// Observation is what a mall said of a credential. An Observation without End and State says nothing.
type Observation struct {
	At    time.Time `json:"at,omitzero"`  // when it was said; may be zero for an end copied by hand from an admin screen
	End   time.Time `json:"end,omitzero"` // the end it told
	State State     `json:"state"`        // Valid: just accepted; Expired: refused as over; Unknown: it did not say

	// Extended is what was seen of the condition of a rule's Extended life.
	Extended Condition `json:"extended,omitempty"`
	Words    string    `json:"words,omitempty"` // the mall's own short word for it: a header's value, an error code
}

// Condition is an answer that may be missing.
type Condition string

// The answers.
const (
	NotSeen Condition = ""      // nothing was seen
	Holds   Condition = "holds" // the longer life is in force
	Fails   Condition = "fails" // it is not
)

// saysNothing tells that the mall's answer holds no answer.
func (o Observation) saysNothing() bool {
	return o.End.IsZero() && o.State == Unknown && o.Extended == NotSeen
}

// ID names the credential: "yahoo/example-store/public-key/2". It is stable, holds nothing secret, and its parts are escaped,
// so that two credentials never share one.
func (r Record) ID() string {
	id := url.PathEscape(string(r.Mall)) + "/" + url.PathEscape(r.Shop) + "/" + url.PathEscape(string(r.Kind))
	if r.Name != "" {
		id += "/" + url.PathEscape(r.Name)
	}
	return id
}

// Validate refuses a record that names no credential.
func (r Record) Validate() error {
	for _, f := range []struct{ name, value string }{{"Mall", string(r.Mall)}, {"Shop", r.Shop}, {"Kind", string(r.Kind)}} {
		if f.value == "" {
			return fmt.Errorf("credential: record %q: %s is empty", r.ID(), f.name)
		}
	}
	return nil
}

// observation is what was seen of this very credential. What was said before it started, or an end before its start, was said
// of the one before it. A refusal while a fresh one may still be refused proves nothing.
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
