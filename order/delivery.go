package order

import "github.com/jpmall/jpmall/timeslot"

// Delivery is what the buyer asked for: by which method, on which day, in which slot.
//
// A wish has a day and a slot, and neither is dropped: where one of the two cannot be read, or the buyer's words ask for
// another day or slot than the mall's own fields, Slot is unresolved and Label keeps what was said (the field's label first, then the
// words, one a line); Date then holds a day only where one was surely named. Such a contradiction is in Order.Problems as well, under the field "remarks".
type Delivery struct {
	Method     string           `json:"method,omitempty"`      // 配送方法: the shop's name for it, as the mall gives it
	Carrier    timeslot.Carrier `json:"carrier,omitempty"`     // where the mall names one
	Date       Date             `json:"date,omitzero"`         // お届け希望日
	DateTo     Date             `json:"date_to,omitzero"`      // where the wish spans several days
	Slot       timeslot.Slot    `json:"slot"`                  // お届け時間帯; empty when a label was there that nobody could read
	Label      string           `json:"label,omitempty"`       // the label as it stood
	From       LabelOrigin      `json:"from,omitempty"`        // where the label stood
	Line       int              `json:"line,omitempty"`        // line of Order.Remarks it was found in, from 1
	Matcher    string           `json:"matcher,omitempty"`     // which matcher read it
	Rule       string           `json:"rule,omitempty"`        // which of its rules
	OrderLevel bool             `json:"order_level,omitempty"` // the mall has one date and slot for the order, copied to each parcel
	DropOff    string           `json:"drop_off,omitempty"`    // 置き配: where
}

// LabelOrigin says where a slot label was found.
type LabelOrigin string

// The origins. Empty: there was no label.
const (
	FromField LabelOrigin = "field" // the mall's own field
	FromText  LabelOrigin = "text"  // found in remarks, an order option or a comment
)

// Unresolved tells whether a label was there that nobody could read: the "pink cell".
func (d Delivery) Unresolved() bool { return d.Slot == timeslot.Unresolved }

// Code gives the code that the carrier's label software wants for the wish as it was read: its slot, whether from the mall's own field
// or from words, its day and its carrier (the Resolver's Carrier where d has none). Label is not read again, and the Resolver's Matcher
// not asked; its Policy is. An unresolved slot is timeslot.ErrUnresolved, a slot that the carrier does not offer a
// *timeslot.NotOfferedError.
func (d Delivery) Code(r timeslot.Resolver) (timeslot.Resolution, error) {
	res, err := r.Slot(timeslot.Match{Slot: d.Slot, Matcher: d.Matcher, Rule: d.Rule}, d.Date, d.Carrier)
	res.Label = timeslot.Label{Text: d.Label, Method: d.Method}
	return res, err
}

// ReadSlot puts the label into d, reads it with m and sets slot, matcher and rule; an empty label is no preference. A nil m is
// a plain timeslot.Reader. It is what the malls' converters use, so that all of them treat an unread label alike.
func (d *Delivery) ReadSlot(m timeslot.Matcher, label timeslot.Label, from LabelOrigin) {
	if label.Text == "" {
		d.Slot = timeslot.NoPreference
		return
	}
	if m == nil {
		m = timeslot.Reader{}
	}
	d.Label, d.From = label.Text, from
	if match, ok := timeslot.Read(m, label); ok {
		d.Slot, d.Matcher, d.Rule = match.Slot, match.Matcher, match.Rule
	}
}
