package batch

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// How far from now a shipping date may be before it is treated as a typing error.
const (
	// refused: malls accept none beyond, and a buyer would be notified of it
	farAhead  = 31 * 24 * time.Hour
	farBehind = 90 * 24 * time.Hour // a warning only: late reports do occur
)

// Warning codes of our own checks.
const (
	WarnCheckDigit = "check_digit"  // the tracking number's check digit or length is wrong
	WarnTwice      = "number_twice" // a number occurred twice and is sent once
	WarnNumbersCut = "numbers_cut"  // WriteOptions.FirstNumbers: not all numbers are sent
	WarnDateFar    = "date_far"     // the shipping date is far in the past
	WarnNotTaken   = "not_taken"    // the mall has no field for it: it is not sent
)

// Takes is what a mall accepts in a shipment.
type Takes struct {
	Numbers                       int                         // per order or parcel
	Code                          func(timeslot.Carrier) bool // whether it has a code for a carrier
	Parcel                        bool                        // its parcels have ids
	CarrierName, Method, NoNumber bool
}

// Shipment makes the checks that all malls share, before anything is read or sent. It returns the
// shipment as it is to be sent: the carrier resolved by name, every tracking number normalised,
// none of them twice. What the mall does not accept is refused if its loss would change the
// meaning, else warned of. Findings go to f by the fields of order.Shipment.
func Shipment(
	f check.Fields, s order.Shipment, takes Takes, opts order.WriteOptions, now time.Time,
) (order.Shipment, []order.Warning) {
	holds := takes.Numbers
	var warnings []order.Warning
	warn := func(field, code, en, ja string, args ...any) {
		warnings = append(warnings, Warn(field, code, Textf(en, ja, args...)))
	}
	f.Required("Order", s.Order)
	if known, ok := timeslot.LookupCarrier(string(s.Carrier)); ok {
		s.Carrier = known // ヤマト運輸
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
		if slices.ContainsFunc(numbers,
			func(o order.TrackingNumber) bool {
				return o.Number == n.Number && o.Record == n.Record
			}) {
			warn(field, WarnTwice, "the number stands twice and is sent once",
				"同じ伝票番号が2回あるため、1回だけ送信します")
			continue
		}
		if err := order.CheckTracking(s.Carrier, read); err != nil {
			warnings = append(warnings, Warn(field, WarnCheckDigit, order.Text{EN: err.Error(),
				JA: "伝票番号のチェックデジットが合いません。番号を確認してください"}))
		}
		numbers = append(numbers, n)
	}
	if holds > 0 && len(numbers) > holds {
		if opts.FirstNumbers {
			warn("Numbers", WarnNumbersCut,
				"%d tracking numbers, of which the mall holds %d: the others are not sent",
				"伝票番号が%d件ありますが、モールに登録できるのは%d件です。残りは送信しません",
				len(numbers), holds)
			numbers = numbers[:holds]
		} else {
			f.Add("Numbers",
				"%d tracking numbers, of which the mall holds %d: leave some out, or set WriteOptions.FirstNumbers", len(numbers), holds)
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
	if s.Parcel != "" && !takes.Parcel {
		f.Add("Parcel", "the mall's parcels have no id: leave it empty")
	}
	for _, extra := range []struct {
		field, value string
		taken        bool
	}{{"CarrierName", s.CarrierName, takes.CarrierName}, {"Method", s.Method, takes.Method},
		{"NoNumber", string(s.NoNumber), takes.NoNumber}} {
		if extra.value != "" && !extra.taken {
			warnings = append(warnings, NotTaken(extra.field))
		}
	}
	if removes {
		return s, warnings
	}
	switch {
	case s.Carrier == "":
		f.Add("Carrier", "is required")
	case !takes.Code(s.Carrier):
		f.Add("Carrier",
			"the mall has no code for %q: give one that timeslot.ParseCarrier knows, or timeslot.OtherCarrier (その他)",
			s.Carrier.Name())
	}
	switch ahead := s.At.Sub(now); {
	case s.At.IsZero():
		f.Add("At", "is required")
	case ahead > farAhead:
		f.Add("At", "lies more than %d days ahead", int(farAhead/(24*time.Hour)))
	case -ahead > farBehind:
		warn("At", WarnDateFar, "the shipping date lies more than %d days back",
			"発送日が%d日以上前の日付です",
			int(farBehind/(24*time.Hour)))
	}
	return s, warnings
}

// Whole refuses lines that are only a part of what the mall ships as a whole. all has the quantity
// of each line.
func Whole(lines []order.LineQuantity, all map[string]int64) error {
	if len(lines) == 0 {
		return nil
	}
	for _, l := range lines {
		all[l.Line] -= l.Quantity
	}
	for _, left := range all {
		if left != 0 {
			return errors.New(
				"field Lines names only a part of the lines, or more than there is: the mall ships all of it, leave Lines empty")
		}
	}
	return nil
}

// NotTaken returns the warning for a field that is not sent because the mall has none.
func NotTaken(field string) order.Warning {
	return Warn(field, WarnNotTaken, order.Text{EN: "the mall does not accept one: it is not sent",
		JA: "モールに" + fieldsJA[field] + "の項目がないため送信しません"})
}

// fieldsJA are the fields that NotTaken is called with.
var fieldsJA = map[string]string{"CarrierName": "配送会社名", "Method": "配送方法",
	"NoNumber": "伝票番号なし理由", "Comment": "コメント"}

// Warn returns a warning in our own words.
func Warn(field, code string, text order.Text) order.Warning {
	return order.Warning{Field: field, Code: code, Message: text.EN, Text: text}
}

// Textf returns a text from a format of each language, with the same arguments.
func Textf(en, ja string, args ...any) order.Text {
	return order.Text{EN: fmt.Sprintf(en, args...), JA: fmt.Sprintf(ja, args...)}
}

// Numbers returns the tracking numbers that a shipment reports, for Result.Numbers.
func Numbers(s order.Shipment) []string {
	var all []string
	for _, n := range s.Numbers {
		if !n.Remove && n.Number != "" {
			all = append(all, n.Number)
		}
	}
	return all
}
