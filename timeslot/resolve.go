package timeslot

import (
	"errors"
	"fmt"
	"maps"
)

// Policy decides what to print instead of a slot that a carrier does not offer. It
// gets the slot that was wanted and the offers of that day, and answers with one of
// their slots, or false to leave the error. The package has no policy of its own:
// moving a buyer's slot is the shop's decision.
type Policy func(want Slot, legal []Offer) (Slot, bool)

// Substitutes is a Policy made of pairs: the wanted slot and the slot to print in
// its place. It keeps its own copy of the map.
func Substitutes(pairs map[Slot]Slot) Policy {
	pairs = maps.Clone(pairs)
	return func(want Slot, _ []Offer) (Slot, bool) {
		slot, ok := pairs[want]
		return slot, ok
	}
}

// Resolver turns labels, and slots that were read already, into codes. The zero Resolver uses the Reader, each
// carrier's usual software and no policy. Set its fields before use; it is then safe
// for concurrent use.
type Resolver struct {
	// Matcher reads the labels; nil means the Reader.
	Matcher Matcher
	// Software says which label software prints for a carrier, for those that are
	// not to use the usual one. Sagawa must stand here: its contract decides.
	Software map[Carrier]Software
	// Carrier is the shop's usual one, for questions that name none.
	Carrier Carrier
	// Policy is asked about slots that the carrier does not offer; nil moves nothing.
	Policy Policy
}

// Resolution is a label with its slot and its code.
type Resolution struct {
	Label Label // as it was
	Match Match // what was read, by which matcher and rule
	// Slot is what Code stands for: Match.Slot, unless Substituted. A window that is
	// exactly the carrier's morning gives Morning here.
	Slot Slot
	Code Code
	// Substituted says that the Resolver's Policy put Slot in the place of Match.Slot.
	Substituted bool
	// Sure says how well the code is known.
	Sure Sureness
}

// Resolve reads a label and gives the code that the carrier's label software wants
// for it on the delivery day; the zero Date stands for the newest state of the
// carrier's table. There is never a code without a slot, and the code is empty only
// where the label says that no slot is wanted.
//
// Errors: ErrUnresolved when nobody could read the label, and those of
// Software.Code. With an error the Resolution still holds the label and what was
// read of it, and no code.
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

// Slot gives the code of a slot that was read already, by whichever matcher or from a
// mall's own field, under the same rules as Resolve and with the same errors; no label
// is read. An order's wish has it as order.Delivery.Code.
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
				return res, fmt.Errorf("timeslot: the policy put %s in the place of %s: %w", slot, read.Slot, err)
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

// code asks the software that the Resolver names for the carrier, or its usual one.
func (r Resolver) code(slot Slot, day Date, c Carrier) (Code, error) {
	if s := r.Software[c]; s != "" {
		if s.Known() && s.Carrier().Company() != c.Company() {
			return Code{}, errNoTable(string(c), "the Resolver names "+string(s)+", which prints for another carrier")
		}
		return s.Code(slot, day)
	}
	return c.Code(slot, day)
}

// Resolve is Resolver.Resolve with the zero Resolver.
func Resolve(l Label, day Date, c Carrier) (Resolution, error) {
	return Resolver{}.Resolve(l, day, c)
}
