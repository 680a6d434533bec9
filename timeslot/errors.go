package timeslot

import (
	"errors"
	"fmt"
	"strings"
)

// The errors between a slot and a code. No error of this package quotes a label, because a label
// from a remark may hold a buyer's words; errors name slots, days, codes and software.
var (
	// ErrUnresolved means that nothing could read the label. Stop, and have someone look at the
	// order.
	ErrUnresolved = errors.New("timeslot: the slot label could not be read")
	// ErrNoTable is matched when the package has no slots for the software or carrier.
	ErrNoTable = errors.New("timeslot: no slot table")
	// ErrNotOffered is matched by every *NotOfferedError.
	ErrNotOffered = errors.New("timeslot: slot not offered")
	// ErrCodeUnknown is matched by every *CodeUnknownError.
	ErrCodeUnknown = errors.New("timeslot: code unknown")
	// ErrCode is matched when a text is not a code of the software.
	ErrCode = errors.New("timeslot: not a code")
	// ErrDay is matched when a delivery day does not exist or has no year.
	ErrDay = errors.New("timeslot: not a day")
)

// NotOfferedError reports that a carrier does not offer a slot on a day, and names the nearest
// slots that it does offer. It matches [ErrNotOffered].
type NotOfferedError struct {
	Software Software // empty for a service without slots
	Carrier  Carrier
	Slot     Slot
	Day      Date   // zero: the newest state of the table
	Since    Date   // the first day, if the slot was not offered yet; else zero
	Until    Date   // the last day, if the slot was withdrawn; else zero
	Nearest  []Slot // at most two slots on offer, the nearest first
}

// Error names the slot, the day and the nearest slots on offer.
func (e *NotOfferedError) Error() string {
	var b strings.Builder
	who := string(e.Software)
	if who == "" {
		who = string(e.Carrier)
	}
	fmt.Fprintf(&b, "timeslot: %s does not offer %s", who, e.Slot)
	if !e.Day.IsZero() {
		fmt.Fprintf(&b, " on %s", e.Day)
	}
	switch {
	case !e.Until.IsZero():
		fmt.Fprintf(&b, " (offered until %s)", e.Until)
	case !e.Since.IsZero():
		fmt.Fprintf(&b, " (offered since %s)", e.Since)
	}
	if len(e.Nearest) == 0 {
		return b.String() + "; it offers no slots"
	}
	b.WriteString("; nearest: ")
	for i, s := range e.Nearest {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(s.String())
	}
	return b.String()
}

// Is reports whether target is [ErrNotOffered].
func (e *NotOfferedError) Is(target error) bool { return target == ErrNotOffered }

// CodeUnknownError reports that the carrier offers the slot but that its code in the software is
// not known. It matches [ErrCodeUnknown].
type CodeUnknownError struct {
	Software Software
	Slot     Slot
}

// Error names the software and the slot.
func (e *CodeUnknownError) Error() string {
	return fmt.Sprintf("timeslot: %s offers %s, but its code for it is not known", e.Software,
		e.Slot)
}

// Is reports whether target is [ErrCodeUnknown].
func (e *CodeUnknownError) Is(target error) bool { return target == ErrCodeUnknown }

func errNoTable(who, why string) error { return fmt.Errorf("%w for %q: %s", ErrNoTable, who, why) }

func errDay(d Date) error { return fmt.Errorf("%w: %s", ErrDay, d) }

func errCode(s Software, code string) error {
	if len(code) > 16 {
		code = code[:16]
	}
	return fmt.Errorf("%w of %s: %q", ErrCode, s, code)
}
