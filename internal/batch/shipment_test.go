package batch_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func TestShipment(t *testing.T) {
	now := time.Date(2026, 11, 26, 10, 0, 0, 0, order.JST)
	mall := batch.Takes{Numbers: 2, NoNumber: true, Code: func(c timeslot.Carrier) bool { return c == timeslot.Yamato }}
	good := order.Shipment{Order: "n-1", Carrier: timeslot.Yamato, Numbers: order.Tracking("490714955706"), At: now}
	for name, c := range map[string]struct {
		change  func(*order.Shipment)
		options order.WriteOptions
		want    string   // in the error
		warned  []string // codes
		sent    func(*order.Shipment)
	}{
		"good":             {},
		"name for carrier": {change: func(s *order.Shipment) { s.Carrier = "ヤマト運輸" }},
		"unknown carrier": {change: func(s *order.Shipment) { s.Carrier = timeslot.Nittsu },
			want: `Carrier: the mall has no code for "日本通運": give one that timeslot.ParseCarrier knows, or timeslot.OtherCarrier (その他)`},
		"parcel without an id": {change: func(s *order.Shipment) { s.Parcel = "1" }, want: "Parcel: the mall's parcels have no id"},
		"no place for it": {change: func(s *order.Shipment) { s.CarrierName, s.Method = "クロネコ", "postage1" },
			warned: []string{batch.WarnNotTaken, batch.WarnNotTaken},
			sent:   func(s *order.Shipment) { s.CarrierName, s.Method = "クロネコ", "postage1" }},
		"no carrier":         {change: func(s *order.Shipment) { s.Carrier = "" }, want: "Carrier: is required"},
		"no order":           {change: func(s *order.Shipment) { s.Order = "" }, want: "Order"},
		"hyphens and widths": {change: func(s *order.Shipment) { s.Numbers = order.Tracking("４９０７-1495-5706\r\n") }},
		"a spreadsheet's":    {change: func(s *order.Shipment) { s.Numbers = order.Tracking("4.05548E+11") }, want: "Numbers[0].Number: the tracking number"},
		"letters":            {change: func(s *order.Shipment) { s.Numbers = order.Tracking("abc") }, want: "Numbers[0].Number"},
		"too short": {change: func(s *order.Shipment) { s.Numbers = order.Tracking("1234") }, warned: []string{batch.WarnCheckDigit},
			sent: func(s *order.Shipment) { s.Numbers = order.Tracking("1234") }},
		"mistyped": {change: func(s *order.Shipment) { s.Numbers = order.Tracking("490714955705") }, warned: []string{batch.WarnCheckDigit},
			sent: func(s *order.Shipment) { s.Numbers = order.Tracking("490714955705") }},
		"one number in two spellings": {change: func(s *order.Shipment) { s.Numbers = order.Tracking("490714955706", "4907-1495-5706") },
			warned: []string{batch.WarnTwice}},
		"too many": {change: func(s *order.Shipment) { s.Numbers = order.Tracking("490714955706", "490714955710", "490714955721") },
			want: "3 tracking numbers, of which the mall holds 2"},
		"too many, the first wanted": {change: func(s *order.Shipment) { s.Numbers = order.Tracking("490714955706", "490714955710", "490714955721") },
			options: order.WriteOptions{FirstNumbers: true}, warned: []string{batch.WarnNumbersCut},
			sent: func(s *order.Shipment) { s.Numbers = order.Tracking("490714955706", "490714955710") }},
		"a reason and a number": {change: func(s *order.Shipment) { s.NoNumber = order.MakerShips }, want: "NoNumber"},
		"a reason": {change: func(s *order.Shipment) { s.NoNumber, s.Numbers = order.MakerShips, nil },
			sent: func(s *order.Shipment) { s.NoNumber, s.Numbers = order.MakerShips, []order.TrackingNumber{} }},
		"next year":    {change: func(s *order.Shipment) { s.At = now.AddDate(1, 0, 0) }, want: "At: lies more than 31 days ahead"},
		"no date":      {change: func(s *order.Shipment) { s.At = time.Time{} }, want: "At: is required"},
		"a year ago":   {change: func(s *order.Shipment) { s.At = now.AddDate(-1, 0, 0) }, warned: []string{batch.WarnDateFar}, sent: func(s *order.Shipment) { s.At = now.AddDate(-1, 0, 0) }},
		"half a line":  {change: func(s *order.Shipment) { s.Lines = []order.LineQuantity{{Line: "1"}} }, want: "Lines[0].Quantity"},
		"remove what?": {change: func(s *order.Shipment) { s.Numbers = []order.TrackingNumber{{Remove: true}} }, want: "Numbers[0].Record"},
		"remove alone needs no date": {change: func(s *order.Shipment) {
			*s = order.Shipment{Order: "n-1", Numbers: []order.TrackingNumber{{Record: "7", Remove: true}}}
		}, sent: func(s *order.Shipment) {
			*s = order.Shipment{Order: "n-1", Numbers: []order.TrackingNumber{{Record: "7", Remove: true}}}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s, want := good, good
			if c.change != nil {
				c.change(&s)
			}
			if c.sent != nil {
				c.sent(&want)
			}
			var report check.Report
			got, warnings := batch.Shipment(report.Fields(), s, mall, c.options, now)
			if c.want != "" {
				require.ErrorContains(t, report.Err(), c.want)
				return
			}
			require.NoError(t, report.Err())
			require.Equal(t, want, got)
			var codes []string
			for _, w := range warnings {
				codes = append(codes, w.Code)
			}
			require.Equal(t, c.warned, codes)
		})
	}
}

func TestWhole(t *testing.T) {
	for name, c := range map[string]struct {
		lines []order.LineQuantity
		part  bool
	}{
		"none is all":   {},
		"all":           {lines: []order.LineQuantity{{Line: "1", Quantity: 2}, {Line: "2", Quantity: 1}}},
		"in two parts":  {lines: []order.LineQuantity{{Line: "1", Quantity: 1}, {Line: "1", Quantity: 1}, {Line: "2", Quantity: 1}}},
		"a line less":   {lines: []order.LineQuantity{{Line: "1", Quantity: 2}}, part: true},
		"one too many":  {lines: []order.LineQuantity{{Line: "1", Quantity: 3}, {Line: "2", Quantity: 1}}, part: true},
		"unknown line":  {lines: []order.LineQuantity{{Line: "1", Quantity: 2}, {Line: "2", Quantity: 1}, {Line: "3", Quantity: 1}}, part: true},
		"less of a one": {lines: []order.LineQuantity{{Line: "1", Quantity: 1}, {Line: "2", Quantity: 1}}, part: true},
	} {
		t.Run(name, func(t *testing.T) {
			err := batch.Whole(c.lines, map[string]int64{"1": 2, "2": 1})
			if c.part {
				require.ErrorContains(t, err, "only a part of the lines")
				return
			}
			require.NoError(t, err)
		})
	}
}
