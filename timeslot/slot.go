package timeslot

import (
	"errors"
	"fmt"
	"strconv"
)

// Slot is a delivery time slot (お届け時間帯). It is comparable and can be a map key. Store its text
// form, never its number: the encoding may change. The zero Slot is Unresolved.
type Slot uint32

// The slots without stated hours. See Window, Until and From for the others.
const (
	// Unresolved means that there was a label but nothing could read it. It does not mean "no
	// slot": do not print a shipping label for it.
	Unresolved Slot = 0
	// NoPreference means that any time will do (指定なし).
	NoPreference = Slot(KindNoPreference) << kindShift
	// Morning is 午前中; its hours depend on the carrier.
	Morning = Slot(KindMorning) << kindShift
	// Afternoon is 午後.
	Afternoon = Slot(KindAfternoon) << kindShift
	// Night is 夜間. Its hours differ between carriers; most offer only windows.
	Night = Slot(KindNight) << kindShift
)

// Kind is the kind of a Slot.
type Kind uint8

// The kinds of Slot.
const (
	KindUnresolved Kind = iota
	KindNoPreference
	KindMorning
	KindAfternoon
	KindNight
	KindWindow // between two times
	KindUntil  // until a time (まで)
	KindFrom   // from a time on (以降)
	// KindInvalid is a number that no function of this package returns.
	KindInvalid
)

// A Slot is kind<<24 | from<<12 | to, the bounds in minutes of the day.
const (
	kindShift = 24
	fromShift = 12
	clockMask = 1<<fromShift - 1
)

// [ErrSlot] is matched by errors about hours that form no slot and text that is not the text form
// of one.
var ErrSlot = errors.New("timeslot: not a slot")

// Window returns the slot between two times of one day. The error matches [ErrSlot]: from must be
// before to, and both between 0:00 and 24:00.
func Window(from, to Clock) (Slot, error) {
	if !from.Valid() || !to.Valid() || from >= to {
		return Unresolved, fmt.Errorf("%w: window from %s to %s", ErrSlot, from, to)
	}
	return window(from, to), nil
}

// Until returns the slot that ends at a time and has no stated beginning (10時まで). The error
// matches [ErrSlot].
func Until(to Clock) (Slot, error) {
	if !to.Valid() || to == 0 {
		return Unresolved, fmt.Errorf("%w: until %s", ErrSlot, to)
	}
	return until(to), nil
}

// From returns the slot that begins at a time and has no stated end (20時以降). The error matches
// [ErrSlot].
func From(from Clock) (Slot, error) {
	if !from.Valid() || from == endOfDay {
		return Unresolved, fmt.Errorf("%w: from %s", ErrSlot, from)
	}
	return since(from), nil
}

// window, until and since skip the checks, for the package's own tables and for bounds that have
// been checked.
func window(from, to Clock) Slot {
	return Slot(KindWindow)<<kindShift | Slot(from)<<fromShift | Slot(to)
}

func until(to Clock) Slot { return Slot(KindUntil)<<kindShift | Slot(to) }

func since(from Clock) Slot {
	return Slot(KindFrom)<<kindShift | Slot(from)<<fromShift | Slot(endOfDay)
}

// Kind returns the kind of s.
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

// Resolved reports whether s is a valid slot other than Unresolved, [NoPreference] included.
func (s Slot) Resolved() bool {
	k := s.Kind()
	return k != KindUnresolved && k != KindInvalid
}

// Wanted reports whether s asks for a time: it is resolved and not [NoPreference].
func (s Slot) Wanted() bool { return s.Resolved() && s != NoPreference }

// Bounds returns the hours of a window, an Until (from 0:00) or a From (to 24:00). ok is false for
// every other kind: how long a morning is depends on the carrier.
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

// String returns the text form of s: empty for Unresolved, `none`, `am`, `pm`, `night`,
// `14:00-16:00`, `-10:00` (until), `20:00-` (from). An invalid slot prints as `Slot(…)`.
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

// MarshalText returns the text form. The error for an invalid slot matches [ErrSlot].
func (s Slot) MarshalText() ([]byte, error) {
	if s.Kind() == KindInvalid {
		return nil, fmt.Errorf("%w: number %d", ErrSlot, uint32(s))
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads the text form as Parse does.
func (s *Slot) UnmarshalText(text []byte) error {
	slot, err := Parse(string(text))
	if err != nil {
		return err
	}
	*s = slot
	return nil
}

// Parse reads the text form that String writes, and nothing else; use a Matcher for the labels of
// malls and shops. The error matches [ErrSlot].
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
