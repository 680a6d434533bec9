package order

import "github.com/jpmall/jpmall/timeslot"

// Delivery is how the buyer wants a parcel delivered: by which method, on which day, in which slot.
//
// No part of a wish is lost. Slot is unresolved when the day or the slot cannot be read, or when
// the buyer's remarks contradict the mall's own fields. Label then holds the original text: the
// label of the field, then that of the remarks, on separate lines. Date is set only if a day was
// named with certainty. A contradiction is also in [Order.Problems], with the field "remarks".
type Delivery struct {
	Method  string           `json:"method,omitempty"`  // 配送方法: the shop's name for it, as received
	Carrier timeslot.Carrier `json:"carrier,omitempty"` // where the mall names one
	Date    Date             `json:"date,omitzero"`     // お届け希望日
	// last day of a wish that spans several days
	DateTo Date `json:"date_to,omitzero"`
	// お届け時間帯; unresolved when the label could not be read
	Slot  timeslot.Slot `json:"slot"`
	Label string        `json:"label,omitempty"` // the label as received
	// the mall's own field as a Matcher is asked about it, and so what a rule for it names: at Amazon
	// the hours of the window in Label, elsewhere the label of the field
	Asked string      `json:"asked,omitempty"`
	From  LabelOrigin `json:"from,omitempty"` // where the label was found
	// line of Order.Remarks where it was found, from 1
	Line    int    `json:"line,omitempty"`
	Matcher string `json:"matcher,omitempty"` // which matcher read it
	Rule    string `json:"rule,omitempty"`    // which of its rules did
	// the mall has one date and slot per order, copied to each parcel
	OrderLevel bool   `json:"order_level,omitempty"`
	DropOff    string `json:"drop_off,omitempty"` // 置き配: the place
}

// LabelOrigin is where a slot label was found. Empty means that there was none.
type LabelOrigin string

// The origins.
const (
	FromField LabelOrigin = "field" // the mall's own field
	FromText  LabelOrigin = "text"  // found in remarks, an order option or a comment
)

// Unresolved reports whether there was a label that could not be read.
func (d Delivery) Unresolved() bool { return d.Slot == timeslot.Unresolved }

// Code returns the code that the carrier's label software needs for the slot, the day and the
// carrier in d; r.Carrier is used where d has none. Label is not read again: r.Policy applies,
// r.Matcher does not. The error is [timeslot.ErrUnresolved] for an unresolved slot, and a
// *timeslot.NotOfferedError for one that the carrier does not offer.
func (d Delivery) Code(r timeslot.Resolver) (timeslot.Resolution, error) {
	res, err := r.Slot(timeslot.Match{Slot: d.Slot, Matcher: d.Matcher, Rule: d.Rule}, d.Date,
		d.Carrier)
	res.Label = timeslot.Label{Text: d.Label, Method: d.Method}
	return res, err
}

// ReadSlot reads label with m and sets Label, From, Slot, Matcher and Rule, and for a field Asked.
// An empty label is no preference; a nil m is a plain [timeslot.Reader]. The malls' converters use
// it, so that all of them treat an unread label alike.
func (d *Delivery) ReadSlot(m timeslot.Matcher, label timeslot.Label, from LabelOrigin) {
	if label.Text == "" {
		d.Slot = timeslot.NoPreference
		return
	}
	if m == nil {
		m = timeslot.Reader{}
	}
	d.Label, d.From = label.Text, from
	if from == FromField {
		d.Asked = label.Text
	}
	if match, ok := timeslot.Read(m, label); ok {
		d.Slot, d.Matcher, d.Rule = match.Slot, match.Matcher, match.Rule
	}
}
