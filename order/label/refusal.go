package label

import (
	"fmt"

	"github.com/jpmall/jpmall/order"
)

// Code says why a label was refused, or what a Note is about; programs decide by it. The codes of order.MayShip come as
// they are ("cancelled", "not_paid", "unread_slot", "already_shipped" …).
type Code string

// The codes of this package. Those marked may stand in Config.Allow, with what happens then; the others cannot be overruled.
const (
	Missing        Code = "missing"          // a field that the tool requires is empty
	Invalid        Code = "invalid"          // a telephone number, postal code or other value that cannot be right
	TooLong        Code = "too_long"         // the text does not fit, see Config.Shorten
	Unprintable    Code = "unprintable"      // a character that the encoding lacks, see Config.Replace
	NotCarried     Code = "not_carried"      // a wish (date or slot) that the service knows nothing of. Allow: printed without it
	SlotNotOffered Code = "slot_not_offered" // the carrier does not offer the slot that day. Allow: printed without it
	DatePast       Code = "date_past"        // the delivery date is before the shipping date. Allow: printed without it
	DateRange      Code = "date_range"       // the buyer named several days. Allow: printed without a date
	DateFar        Code = "date_far"         // shipping or delivery date further ahead than the tool takes
	NoService      Code = "no_service"       // the layout has no such service
	CashOnDelivery Code = "cash_on_delivery" // the amount or its tax is not known, or the service cannot collect it
	SeveralBoxes   Code = "several_boxes"    // the service prints fewer boxes
	CoolService    Code = "cool"             // the layout or service knows no cool delivery
	Overseas       Code = "overseas"         // the recipient is not in Japan
	AtPickup       Code = "pickup"           // 店頭受取, コンビニ受取: to be printed with the mall's own label. Allow: printed to the address
	HasNumber      Code = "has_number"       // a tracking number of this parcel has come back already. Allow: printed anew
	GivenTwice     Code = "given_twice"      // the order stands twice in one call
)

// Codes of Notes: something was done to the label that somebody may want to see.
const (
	NoteReplaced  Code = "replaced"   // Config.Replace was used
	NoteShortened Code = "shortened"  // Config.Shorten was used
	NoteSlotMoved Code = "slot_moved" // Config.Slots was used
	NoteOverruled Code = "overruled"  // Config.Allow was used
	NoteFormula   Code = "formula"    // a cell that a spreadsheet would run has "・" in front
	NotePhone     Code = "phone"      // Config.Phone was used
	NoteAddress   Code = "address"    // in Latin letters, or without a prefecture: look at the label
	NotePrinted   Code = "printed"    // a label of this parcel was written before
)

// Reason is one reason why a label was refused, or one note about a label.
type Reason struct {
	Code  Code       `json:"code"`
	Field string     `json:"field"` // of the label ("recipient.phone"), or of the order ("status") for MayShip's
	Text  order.Text `json:"text"`  // the reason, for the shop's staff; holds nothing personal
	// Value is the text that it is about. It is personal data where the field is.
	Value string `json:"value,omitempty"`
	Limit int    `json:"limit,omitempty"` // for TooLong: what the columns hold together
}

// say is a reason in both languages.
func say(en, ja string) order.Text { return order.Text{EN: en, JA: ja} }

// Refusal is one parcel for which there is no label, with all reasons at once.
type Refusal struct {
	ParcelRef
	Reasons []Reason `json:"reasons"`
}

// Error names the parcel and the first reason, and nothing personal.
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

// allowed lists the codes of this package that Config.Allow takes.
var allowed = []Code{NotCarried, SlotNotOffered, DatePast, DateRange, AtPickup, HasNumber}
