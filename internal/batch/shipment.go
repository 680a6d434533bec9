package batch

import (
	"fmt"
	"slices"
	"time"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// How far from now a shipping date may lie before it is taken for a typing error.
const (
	farAhead  = 31 * 24 * time.Hour // refused: malls take none beyond, and a buyer would be told of it
	farBehind = 90 * 24 * time.Hour // warned of: late reports are real
)

// Warning codes of our own checks.
const (
	WarnCheckDigit = "check_digit"  // the tracking number's check digit is wrong
	WarnTwice      = "number_twice" // a number stood twice and is sent once
	WarnNumbersCut = "numbers_cut"  // WriteOptions.FirstNumbers: not all numbers are sent
	WarnDateFar    = "date_far"     // the shipping date lies far back
	WarnNotTaken   = "not_taken"    // the mall has no place for it: it is not sent
)

// Shipment checks what all malls ask of a shipment alike, before anything is read or sent, and returns it as it is to be sent: the
// carrier known by its name, every tracking number in one spelling, none of them twice. holds is how many numbers the mall has room
// for in one order or parcel. Findings go to f by the fields of order.Shipment.
func Shipment(f check.Fields, s order.Shipment, holds int, opts order.WriteOptions, now time.Time) (order.Shipment, []order.Warning) {
	var warnings []order.Warning
	warn := func(field, code, format string, args ...any) {
		warnings = append(warnings, order.Warning{Field: field, Code: code, Message: fmt.Sprintf(format, args...)})
	}
	f.Required("Order", s.Order)
	if !s.Carrier.Known() {
		if known := timeslot.ParseCarrier(string(s.Carrier)); known.Known() {
			s.Carrier = known // ヤマト運輸
		}
	}
	numbers := make([]order.TrackingNumber, 0, len(s.Numbers))
	removes := len(s.Numbers) > 0
	for i, n := range s.Numbers {
		field := fmt.Sprintf("Numbers[%d]", i)
		if n.Remove {
			if n.Record == "" {
				f.Add(field+".Record", "is required to remove a number")
			}
			numbers = append(numbers, order.TrackingNumber{Record: n.Record, Remove: true})
			continue
		}
		removes = false
		read, err := order.ReadTracking(n.Number)
		if err != nil {
			f.Add(field+".Number", "%s", err)
			continue
		}
		n.Number = read
		if slices.ContainsFunc(numbers, func(o order.TrackingNumber) bool { return o.Number == n.Number && o.Record == n.Record }) {
			warn(field, WarnTwice, "the number stands twice and is sent once")
			continue
		}
		if err := order.CheckTracking(s.Carrier, read); err != nil {
			warn(field, WarnCheckDigit, "%s", err)
		}
		numbers = append(numbers, n)
	}
	if holds > 0 && len(numbers) > holds {
		if opts.FirstNumbers {
			warn("Numbers", WarnNumbersCut, "%d tracking numbers, of which the mall holds %d: the others are not sent", len(numbers), holds)
			numbers = numbers[:holds]
		} else {
			f.Add("Numbers", "%d tracking numbers, of which the mall holds %d: leave some out, or set WriteOptions.FirstNumbers", len(numbers), holds)
		}
	}
	s.Numbers = numbers
	if s.NoNumber != "" && len(s.Numbers) > 0 {
		f.Add("NoNumber", "excludes Numbers")
	}
	for i, l := range s.Lines {
		g := f.Item("Lines", i)
		g.Required("Line", l.Line)
		if l.Quantity < 1 {
			g.Add("Quantity", "must be at least 1")
		}
	}
	if removes {
		return s, warnings
	}
	if s.Carrier == "" {
		f.Add("Carrier", "is required")
	}
	switch ahead := s.At.Sub(now); {
	case s.At.IsZero():
		f.Add("At", "is required")
	case ahead > farAhead:
		f.Add("At", "lies more than %d days ahead", int(farAhead/(24*time.Hour)))
	case -ahead > farBehind:
		warn("At", WarnDateFar, "the shipping date lies more than %d days back", int(farBehind/(24*time.Hour)))
	}
	return s, warnings
}

// NoCode refuses a carrier for which the mall has no code.
func NoCode(f check.Fields, carrier timeslot.Carrier) {
	f.Add("Carrier", "the mall has no code for %q: give one that timeslot.ParseCarrier knows, or timeslot.OtherCarrier (その他)", carrier.Name())
}

// NotTaken warns of a field that is not sent because the mall has no place for it.
func NotTaken(field string) order.Warning {
	return order.Warning{Field: field, Code: WarnNotTaken, Message: "the mall takes none: it is not sent"}
}

// Numbers are the tracking numbers that a shipment reports, for Result.Numbers.
func Numbers(s order.Shipment) []string {
	var all []string
	for _, n := range s.Numbers {
		if !n.Remove && n.Number != "" {
			all = append(all, n.Number)
		}
	}
	return all
}
