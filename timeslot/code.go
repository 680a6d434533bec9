package timeslot

// Code is the label software's code for a slot.
type Code struct {
	Software Software // empty for a service without slots
	Slot     Slot     // the slot of the code
	// Text is the code. It is empty only for NoPreference, where the software leaves the column
	// blank.
	Text  string
	Seal  string   // the matching 指定シール code of Sagawa, where known
	Label string   // the slot as the carrier writes it
	Sure  Sureness // how reliable Text is
}

// Code returns the code for a slot on a delivery day. The zero Date means the newest state of the
// table; a Date without a year is an error. Morning is the carrier's own morning, and so is a
// window of exactly its hours.
//
// Errors: [ErrUnresolved] for an unresolved slot, [ErrNoTable] for unknown software, [ErrDay] for a
// date that does not exist, *NotOfferedError for a slot that is not offered on that day,
// *CodeUnknownError for one that is offered but whose code is not known.
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
		return Code{Software: s, Slot: o.Slot, Text: o.Code, Seal: o.Seal, Label: o.Label,
			Sure: o.Sure}, nil
	}
	return Code{}, t.notOffered(s, slot, day)
}

// Slot returns the slot that a code stands for. A known code that is not offered on that day gives
// its slot together with a *NotOfferedError; an unknown code is an error that matches [ErrCode]. A
// blank code is [NoPreference] if the software leaves the column blank.
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

// table returns the software's table, after the checks that all lookups share.
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

// Code returns the code of the carrier's usual label software, see [Software.Code]. For Sagawa it
// fails with [ErrNoTable]: the code depends on the contract. For a service without slots,
// [NoPreference] has an empty code and every other slot is a *NotOfferedError.
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

// Slot returns the slot of a code of the carrier's usual label software, see [Software.Slot].
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
	case c.canonical() == Sagawa:
		return "", errNoTable(string(c),
			"the contract decides between its five and its six slots; choose an EHiden software")
	}
	return "", errNoTable(string(c), "no table for this carrier")
}

// Matcher returns a Matcher for labels that are codes of this software (`0812`), as some shops
// store them. Use it only for fields that hold one carrier's codes: `14` is a slot of Sagawa and
// nothing elsewhere. Codes that are no longer offered are read too; Code refuses them for a later
// day.
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
