package timeslot

// Code is what the label software wants for a slot.
type Code struct {
	Software Software // empty for a service without slots
	Slot     Slot     // the slot that the code stands for
	// Text is the code. It is empty only where Slot is NoPreference and the software
	// leaves the column blank then.
	Text  string
	Seal  string   // Sagawa's 指定シール code that goes with it, where known
	Label string   // the slot as the carrier writes it
	Sure  Sureness // how well Text is known
}

// Code gives the code for a slot on a delivery day. The zero Date stands for the
// newest state of the table; a Date without its year is refused. Morning is the
// carrier's own morning, and so is a window of exactly its hours.
//
// Errors: ErrUnresolved for an unresolved slot, ErrNoTable for unknown software,
// ErrDay, *NotOfferedError for a slot that is not on offer that day, and
// *CodeUnknownError for one that is, under a code that the package does not know.
func (s Software) Code(slot Slot, day Date) (Code, error) {
	t, err := s.table(slot, day)
	if err != nil {
		return Code{}, err
	}
	if slot == NoPreference {
		return Code{Software: s, Slot: slot, Text: t.none, Label: "指定なし", Sure: t.sure}, nil
	}
	for _, o := range t.offers {
		if !o.on(day) || !o.is(slot) {
			continue
		}
		if o.Code == "" {
			return Code{}, &CodeUnknownError{Software: s, Slot: o.Slot}
		}
		return Code{Software: s, Slot: o.Slot, Text: o.Code, Seal: o.Seal, Label: o.Label, Sure: o.Sure}, nil
	}
	return Code{}, t.notOffered(s, slot, day)
}

// Slot reads a code back. A code that is known but not on offer that day gives its
// slot together with a *NotOfferedError; an unknown one an error that matches
// ErrCode. A blank code is NoPreference where the software leaves the column blank.
func (s Software) Slot(code string, day Date) (Slot, error) {
	t, err := s.table(NoPreference, day)
	if err != nil {
		return Unresolved, err
	}
	if code == t.none {
		return NoPreference, nil
	}
	for _, o := range t.offers {
		switch {
		case o.Code == "" || o.Code != code:
		case !o.on(day):
			return o.Slot, t.notOffered(s, o.Slot, day)
		default:
			return o.Slot, nil
		}
	}
	return Unresolved, errCode(s, code)
}

// table finds the software's table and checks what goes for all questions.
func (s Software) table(slot Slot, day Date) (table, error) {
	t, ok := tables[s]
	switch {
	case !slot.Resolved():
		return table{}, ErrUnresolved
	case !ok:
		return table{}, errNoTable(string(s), "no table for this label software")
	case !day.IsZero() && !day.Valid():
		return table{}, errDay(day)
	}
	return t, nil
}

// Code gives the code of the carrier's usual label software, see Software.Code.
// Sagawa has none: its contract decides. A service without slots has the empty code
// for NoPreference and a *NotOfferedError for everything else.
func (c Carrier) Code(slot Slot, day Date) (Code, error) {
	if !c.NoSlots() {
		s, err := c.usualSoftware()
		if err != nil {
			return Code{}, err
		}
		return s.Code(slot, day)
	}
	switch {
	case !slot.Resolved():
		return Code{}, ErrUnresolved
	case slot != NoPreference:
		return Code{}, &NotOfferedError{Carrier: c, Slot: slot, Day: day}
	}
	return Code{Slot: NoPreference, Label: "指定なし", Sure: Agreed}, nil
}

// Slot reads a code of the carrier's usual label software back, see Software.Slot.
func (c Carrier) Slot(code string, day Date) (Slot, error) {
	s, err := c.usualSoftware()
	if err != nil {
		return Unresolved, err
	}
	return s.Slot(code, day)
}

func (c Carrier) usualSoftware() (Software, error) {
	s := c.Software()
	switch {
	case s != "":
		return s, nil
	case c == "":
		return "", errNoTable("", "no carrier is known")
	case c == Sagawa:
		return "", errNoTable(string(c), "the contract decides between its five and its six slots; choose an EHiden software")
	}
	return "", errNoTable(string(c), "no table for this carrier")
}

// Matcher reads labels that are codes of this software, as shops store them that
// think in codes (`0812`). Only the caller can know that a field holds codes of one
// carrier: the same `14` is a slot of Sagawa and nothing elsewhere. Codes that are no
// longer on offer are read too; Code refuses them for a later day.
func (s Software) Matcher() Matcher { return codes{s} }

type codes struct{ software Software }

func (c codes) Match(l Label) (Match, bool) {
	var buf [foldBuffer]byte
	text := appendFold(buf[:0], cutLabel(l.Text))
	t, ok := tables[c.software]
	if !ok || len(text) == 0 {
		return Match{}, false
	}
	if string(text) == t.none {
		return Match{NoPreference, string(c.software), t.none}, true
	}
	for _, o := range t.offers {
		if string(text) == o.Code {
			return Match{o.Slot, string(c.software), o.Code}, true
		}
	}
	return Match{}, false
}
