package timeslot

import (
	"errors"
	"fmt"
	"strings"
)

// What can go wrong between a slot and a code. The texts of all errors of this
// package name slots, days and software, never the label: a label found in a remark
// may hold a buyer's words.
var (
	// ErrUnresolved is the answer for a label that nobody could read. Stop and let a
	// person look.
	ErrUnresolved = errors.New("timeslot: the slot label could not be read")
	// ErrNoTable is matched when nothing is known of the software's or carrier's slots.
	ErrNoTable = errors.New("timeslot: no slot table")
	// ErrNotOffered is matched by every *NotOfferedError.
	ErrNotOffered = errors.New("timeslot: slot not offered")
	// ErrCodeUnknown is matched by every *CodeUnknownError.
	ErrCodeUnknown = errors.New("timeslot: code unknown")
	// ErrCode is matched when a text is no code of the software.
	ErrCode = errors.New("timeslot: not a code")
	// ErrDay is matched when a delivery day is no day of the calendar with its year.
	ErrDay = errors.New("timeslot: not a day")
)

// NotOfferedError says that a carrier does not offer a slot on a day, and names the
// nearest ones that it does offer. It matches ErrNotOffered.
type NotOfferedError struct {
	Software Software // empty for a service without slots
	Carrier  Carrier
	Slot     Slot
	Day      Date   // zero: the newest state of the table
	Since    Date   // the first day of a slot that was not offered yet, else zero
	Until    Date   // the last day of a slot that was withdrawn, else zero
	Nearest  []Slot // at most two legal slots, the nearest first
}

// Error names the slot, the day and the nearest legal slots.
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

// Is makes errors.Is(err, ErrNotOffered) true.
func (e *NotOfferedError) Is(target error) bool { return target == ErrNotOffered }

// CodeUnknownError says that the carrier offers the slot but that the package does
// not know the code its software has for it. It matches ErrCodeUnknown.
type CodeUnknownError struct {
	Software Software
	Slot     Slot
}

// Error names the software and the slot.
func (e *CodeUnknownError) Error() string {
	return fmt.Sprintf("timeslot: %s offers %s, but its code for it is not known", e.Software, e.Slot)
}

// Is makes errors.Is(err, ErrCodeUnknown) true.
func (e *CodeUnknownError) Is(target error) bool { return target == ErrCodeUnknown }

func errNoTable(who, why string) error { return fmt.Errorf("%w for %q: %s", ErrNoTable, who, why) }

func errDay(d Date) error { return fmt.Errorf("%w: %s", ErrDay, d) }

func errCode(s Software, code string) error {
	if len(code) > 16 {
		code = code[:16]
	}
	return fmt.Errorf("%w of %s: %q", ErrCode, s, code)
}
