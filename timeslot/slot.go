package timeslot

import (
	"errors"
	"fmt"
	"strconv"
)

// Slot is a delivery time slot (お届け時間帯): a small comparable value that can be
// stored, compared with == and used as a map key. Store its text form, never its
// number: the encoding may change.
//
// The zero Slot is Unresolved.
type Slot uint32

// The slots that are not made of hours. Windows and open ends come from Window,
// Until and From.
const (
	// Unresolved means that a label was there and nobody could read it. It is not
	// "no slot": a parcel with an unresolved slot must not be labelled blindly.
	Unresolved Slot = 0
	// NoPreference means that any time will do (指定なし).
	NoPreference = Slot(KindNoPreference) << kindShift
	// Morning is 午前中, whichever hours the carrier gives to its own morning.
	Morning = Slot(KindMorning) << kindShift
	// Afternoon is 午後.
	Afternoon = Slot(KindAfternoon) << kindShift
	// Night is 夜間. Carriers differ on what it is; most offer only windows.
	Night = Slot(KindNight) << kindShift
)

// Kind tells the sorts of Slot apart.
type Kind uint8

// The kinds of Slot.
const (
	KindUnresolved Kind = iota
	KindNoPreference
	KindMorning
	KindAfternoon
	KindNight
	KindWindow // from one time until another
	KindUntil  // until a time (まで)
	KindFrom   // from a time on (以降)
	// KindInvalid is a number that no function of this package made.
	KindInvalid
)

// A Slot is kind<<24 | from<<12 | to, the bounds in minutes of the day.
const (
	kindShift = 24
	fromShift = 12
	clockMask = 1<<fromShift - 1
)

// ErrSlot is matched by every error about hours that make no slot and about text
// that is no slot's text form.
var ErrSlot = errors.New("timeslot: not a slot")

// Window is the slot between two times of one day: 0:00 to 24:00, not empty and
// not reversed. Anything else is an error that matches ErrSlot.
func Window(from, to Clock) (Slot, error) {
	if !from.Valid() || !to.Valid() || from >= to {
		return Unresolved, fmt.Errorf("%w: window from %s to %s", ErrSlot, from, to)
	}
	return window(from, to), nil
}

// Until is the slot that ends at a time and has no stated beginning (10時まで).
// The error matches ErrSlot.
func Until(to Clock) (Slot, error) {
	if !to.Valid() || to == 0 {
		return Unresolved, fmt.Errorf("%w: until %s", ErrSlot, to)
	}
	return until(to), nil
}

// From is the slot that begins at a time and has no stated end (20時以降). The
// error matches ErrSlot.
func From(from Clock) (Slot, error) {
	if !from.Valid() || from == endOfDay {
		return Unresolved, fmt.Errorf("%w: from %s", ErrSlot, from)
	}
	return since(from), nil
}

// window, until and since skip the checks; they serve the package's own tables and
// bounds that were checked before.
func window(from, to Clock) Slot {
	return Slot(KindWindow)<<kindShift | Slot(from)<<fromShift | Slot(to)
}

func until(to Clock) Slot { return Slot(KindUntil)<<kindShift | Slot(to) }

func since(from Clock) Slot {
	return Slot(KindFrom)<<kindShift | Slot(from)<<fromShift | Slot(endOfDay)
}

// Kind says which sort of slot s is.
func (s Slot) Kind() Kind {
	from, to := s.clocks()
	switch k := Kind(s >> kindShift); k {
	case KindUnresolved, KindNoPreference, KindMorning, KindAfternoon, KindNight:
		if from == 0 && to == 0 {
			return k
		}
	case KindWindow:
		if from < to && to <= endOfDay {
			return k
		}
	case KindUntil:
		if from == 0 && 0 < to && to <= endOfDay {
			return k
		}
	case KindFrom:
		if from < endOfDay && to == endOfDay {
			return k
		}
	}
	return KindInvalid
}

// Resolved reports whether s is a slot that somebody read, NoPreference included.
func (s Slot) Resolved() bool {
	k := s.Kind()
	return k != KindUnresolved && k != KindInvalid
}

// Wanted reports whether s asks for a time: resolved and not NoPreference.
func (s Slot) Wanted() bool { return s.Resolved() && s != NoPreference }

// Bounds gives the hours of a slot that is made of hours: both ends of a window,
// 0:00 and the end of an Until, the beginning and 24:00 of a From. ok is false for
// every other kind; how long a morning is depends on the carrier.
func (s Slot) Bounds() (from, to Clock, ok bool) {
	switch s.Kind() {
	case KindWindow, KindUntil, KindFrom:
		from, to = s.clocks()
		return from, to, true
	}
	return 0, 0, false
}

func (s Slot) clocks() (from, to Clock) {
	return Clock(s >> fromShift & clockMask), Clock(s & clockMask)
}

// String is the text form of s: empty for Unresolved, `none`, `am`, `pm`, `night`,
// `14:00-16:00`, `-10:00` (until), `20:00-` (from). A number that is no slot prints
// as `Slot(…)`.
func (s Slot) String() string {
	from, to := s.clocks()
	switch s.Kind() {
	case KindUnresolved:
		return ""
	case KindNoPreference:
		return "none"
	case KindMorning:
		return "am"
	case KindAfternoon:
		return "pm"
	case KindNight:
		return "night"
	case KindWindow:
		return from.String() + "-" + to.String()
	case KindUntil:
		return "-" + to.String()
	case KindFrom:
		return from.String() + "-"
	}
	return "Slot(" + strconv.FormatUint(uint64(s), 10) + ")"
}

// MarshalText writes the text form, so that a Slot stands in JSON as a string and
// as a key. A number that is no slot is an error.
func (s Slot) MarshalText() ([]byte, error) {
	if s.Kind() == KindInvalid {
		return nil, fmt.Errorf("%w: number %d", ErrSlot, uint32(s))
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads the text form strictly, see Parse.
func (s *Slot) UnmarshalText(text []byte) error {
	slot, err := Parse(string(text))
	if err != nil {
		return err
	}
	*s = slot
	return nil
}

// Parse reads the text form that String writes and nothing else: it is for stored
// slots. Labels of malls and shops are read by a Matcher. The error matches ErrSlot.
func Parse(text string) (Slot, error) {
	switch text {
	case "":
		return Unresolved, nil
	case "none":
		return NoPreference, nil
	case "am":
		return Morning, nil
	case "pm":
		return Afternoon, nil
	case "night":
		return Night, nil
	}
	const clock = len("14:00")
	switch {
	case len(text) == clock+1 && text[0] == '-':
		if to, ok := parseClock(text[1:]); ok {
			return Until(to)
		}
	case len(text) == clock+1 && text[clock] == '-':
		if from, ok := parseClock(text[:clock]); ok {
			return From(from)
		}
	case len(text) == 2*clock+1 && text[clock] == '-':
		from, ok := parseClock(text[:clock])
		to, ok2 := parseClock(text[clock+1:])
		if ok && ok2 {
			return Window(from, to)
		}
	}
	if len(text) > 32 {
		text = text[:32]
	}
	return Unresolved, fmt.Errorf("%w: text %q", ErrSlot, text)
}
