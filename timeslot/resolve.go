package timeslot

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Policy chooses what to print instead of a slot that a carrier does not offer. It receives the
// wanted slot and the offers of that day, and returns one of their slots, or false to keep the
// error. The package has no default: moving a buyer's slot is the shop's decision.
type Policy func(want Slot, legal []Offer) (Slot, bool)

// Substitutes returns a Policy that replaces each wanted slot by the one in pairs. It copies the
// map.
func Substitutes(pairs map[Slot]Slot) Policy {
	pairs = maps.Clone(pairs)
	return func(want Slot, _ []Offer) (Slot, bool) {
		slot, ok := pairs[want]
		return slot, ok
	}
}

// Resolver turns labels, and slots that have already been read, into codes. The zero Resolver uses
// the Reader, each carrier's usual software and no policy. Set its fields before use; it is then
// safe for concurrent use.
type Resolver struct {
	// Matcher reads the labels; nil means a Reader.
	Matcher Matcher
	// Software sets the label software of carriers where it is not the usual one. Sagawa needs an
	// entry: its codes depend on the contract.
	Software map[Carrier]Software
	// Carrier is used where the caller passes none.
	Carrier Carrier
	// Policy is called for slots that the carrier does not offer; nil substitutes nothing.
	Policy Policy
}

// Resolution is a label with its slot and its code.
type Resolution struct {
	Label Label // as received
	Match Match // what was read, by which matcher and rule
	// Slot is the slot of Code: Match.Slot, unless Substituted. A window of exactly the carrier's
	// morning gives Morning.
	Slot Slot
	Code Code
	// Substituted reports whether the Policy replaced Match.Slot by Slot.
	Substituted bool
	// Sure is how reliable the code is.
	Sure Sureness
}

// Resolve reads a label and returns the code of the carrier's label software for the delivery day.
// The zero Date means the newest state of the carrier's table. The code is empty only if no slot
// is wanted.
//
// Errors: [ErrUnresolved] if nothing could read the label, and those of [Software.Code]. With an
// error, the Resolution holds the label and what was read, but no code.
func (r Resolver) Resolve(l Label, day Date, c Carrier) (Resolution, error) {
	res := Resolution{Label: l}
	m := r.Matcher
	if m == nil {
		m = Reader{}
	}
	match, ok := Read(m, l)
	if !ok {
		return res, ErrUnresolved
	}
	slot, err := r.Slot(match, day, c)
	slot.Label = l
	return slot, err
}

// Slot returns the code of a slot that has already been read, by a matcher or from a mall's own
// field. Rules and errors are those of Resolve. For an order, see order.Delivery.Code.
func (r Resolver) Slot(read Match, day Date, c Carrier) (Resolution, error) {
	res := Resolution{Match: read}
	if !read.Slot.Resolved() {
		return Resolution{}, ErrUnresolved
	}
	if c == "" {
		c = r.Carrier
	}
	code, err := r.code(read.Slot, day, c)
	var refusal *NotOfferedError
	if r.Policy != nil && errors.As(err, &refusal) {
		slot, ok := r.Policy(read.Slot, refusal.Software.Offers(day))
		if ok {
			if code, err = r.code(slot, day, c); err != nil {
				return res, fmt.Errorf("timeslot: the policy put %s in the place of %s: %w", slot,
					read.Slot, err)
			}
			res.Substituted = true
		}
	}
	if err != nil {
		return res, err
	}
	res.Slot, res.Code, res.Sure = code.Slot, code, code.Sure
	return res, nil
}

// code uses the software that the Resolver sets for the carrier, or its usual one.
func (r Resolver) code(slot Slot, day Date, c Carrier) (Code, error) {
	if s := r.software(c); s != "" {
		if s.Known() && s.Carrier().Company() != c.Company() {
			return Code{}, errNoTable(string(c),
				"the Resolver names "+string(s)+", which prints for another carrier")
		}
		return s.Code(slot, day)
	}
	return c.Code(slot, day)
}

// software returns what the Resolver sets for the carrier, under whichever of its names.
func (r Resolver) software(c Carrier) Software {
	if s := r.Software[c]; s != "" {
		return s
	}
	for _, name := range slices.Sorted(maps.Keys(r.Software)) {
		if name.canonical() == c.canonical() {
			return r.Software[name]
		}
	}
	return ""
}

// Resolve calls [Resolver.Resolve] of the zero Resolver.
func Resolve(l Label, day Date, c Carrier) (Resolution, error) {
	return Resolver{}.Resolve(l, day, c)
}
