package label

import (
	"fmt"

	"github.com/jpmall/jpmall/order"
)

// Code is why a label was refused, or what a note is about, for programs to decide on. The codes
// of [order.MayShip] keep their values ("cancelled", "not_paid", "unread_slot", "already_shipped"
// …).
type Code string

// The codes of this package. Those with "Allow" may be in [Config.Allow], with that effect; the
// others cannot be overruled.
const (
	Missing Code = "missing" // a field that the tool requires is empty
	// an impossible telephone number, postal code or other value
	Invalid Code = "invalid"
	TooLong Code = "too_long" // the text does not fit, see Config.Shorten
	// a character that the encoding lacks, see Config.Replace
	Unprintable Code = "unprintable"
	// a wish (date or slot) that the service does not support. Allow: printed without it
	NotCarried Code = "not_carried"
	// the carrier does not offer the slot on that day. Allow: printed without it
	SlotNotOffered Code = "slot_not_offered"
	// the delivery date is before the shipping date. Allow: printed without it
	DatePast Code = "date_past"
	// the buyer named several days. Allow: printed without a date
	DateRange Code = "date_range"
	// shipping or delivery date further ahead than the tool accepts
	DateFar   Code = "date_far"
	NoService Code = "no_service" // the layout has no such service
	// the amount or its tax is not known, or the service cannot collect it
	CashOnDelivery Code = "cash_on_delivery"
	SeveralBoxes   Code = "several_boxes" // the service does not print that many boxes
	CoolService    Code = "cool"          // the layout or service has no cool delivery
	Overseas       Code = "overseas"      // the recipient is not in Japan
	// 店頭受取, コンビニ受取: needs the mall's own label. Allow: printed to the address
	AtPickup Code = "pickup"
	// a tracking number of this parcel has already come back. Allow: printed again
	HasNumber  Code = "has_number"
	GivenTwice Code = "given_twice" // the order was passed twice in one call
)

// Codes of notes: the shop may want to check these labels.
const (
	NoteReplaced  Code = "replaced"   // Config.Replace was used
	NoteShortened Code = "shortened"  // Config.Shorten was used
	NoteSlotMoved Code = "slot_moved" // Config.Slots was used
	NoteOverruled Code = "overruled"  // Config.Allow was used
	NoteFormula   Code = "formula"    // a cell that a spreadsheet would run is prefixed with "・"
	NotePhone     Code = "phone"      // Config.Phone was used
	// the address is in Latin letters or has no prefecture: check the label
	NoteAddress Code = "address"
	NotePrinted Code = "printed" // a label of this parcel was written before
)

// Reason is one reason why a label was refused, or one note about a label.
type Reason struct {
	Code Code `json:"code"`
	// of the label ("recipient.phone"), or of the order ("status") for codes of MayShip
	Field string     `json:"field"`
	Text  order.Text `json:"text"` // the reason, for the shop's staff; no personal data
	// Value is the text in question. It is personal data if the field is.
	Value string `json:"value,omitempty"`
	Limit int    `json:"limit,omitempty"` // for TooLong: the total width of the columns
}

// say returns a text in both languages.
func say(en, ja string) order.Text { return order.Text{EN: en, JA: ja} }

// Refusal is a parcel without a label, with all reasons.
type Refusal struct {
	ParcelRef
	Reasons []Reason `json:"reasons"`
}

// Error names the parcel and the first reason. It holds no personal data.
func (r Refusal) Error() string {
	s := fmt.Sprintf("label: %s %s order %s", r.Mall, r.Shop, r.Order)
	if r.Parcel != "" {
		s += " parcel " + r.Parcel
	}
	if len(r.Reasons) > 0 {
		s += fmt.Sprintf(": %s: %s", r.Reasons[0].Field, r.Reasons[0].Text.EN)
	}
	return s
}

// allowed lists the codes of this package that Config.Allow accepts.
var allowed = []Code{NotCarried, SlotNotOffered, DatePast, DateRange, AtPickup, HasNumber}
