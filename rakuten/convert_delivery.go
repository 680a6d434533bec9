package rakuten

import (
	"strconv"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// The codes of shippingTerm (お届け時間帯) that are no hours; every other is from×100+to.
const (
	termNone      = 0
	termMorning   = 1
	termAfternoon = 2
	termOther     = 9 // その他: the label is in remarks
)

// termMatcher names shippingTerm as what read a slot.
const termMatcher = "rakuten.shippingTerm"

// delivery reads the buyer's delivery date and slot. Rakuten has one of each for the whole order;
// each parcel gets a copy. The code comes first, because shop staff overwrite it while remarks keep
// what the buyer once chose. order.Delivery.ReadRemarks reads the rest: the label that the checkout
// form left in remarks ([配送日時指定:]), and the buyer's own words.
func delivery(
	w *OrderModel, opts ConvertOptions, placed order.Date,
) (order.Delivery, []order.Problem) {
	d := order.Delivery{OrderLevel: true, Slot: timeslot.NoPreference}
	if w.DeliveryModel != nil {
		d.Method = w.DeliveryModel.DeliveryName
	}
	d.Date, _ = w.DeliveryDate.Date()
	term := int64(termNone)
	if w.ShippingTerm != nil {
		term = *w.ShippingTerm
	}
	label := timeslot.Label{Mall: string(order.Rakuten), Shop: opts.Shop, Method: d.Method}
	if slot, ok := SlotOf(term); ok && term != termNone {
		d.Slot, d.Label, d.From = slot, strconv.FormatInt(term, 10), order.FromField
		d.Matcher, d.Rule = termMatcher, termRule(slot)
	} else if term != termNone && term != termOther {
		label.Text, d.Slot = strconv.FormatInt(term, 10), timeslot.Unresolved
		d.ReadSlot(opts.Slots, label, order.FromField)
	}
	problems := d.ReadRemarks(opts.Slots, label, w.Remarks, placed)
	if term == termOther && d.From == "" { // there was a label, and it is not to be found
		label.Text, d.Slot = strconv.FormatInt(term, 10), timeslot.Unresolved
		d.ReadSlot(opts.Slots, label, order.FromField)
	}
	return d, problems
}

func termRule(s timeslot.Slot) string {
	if s.Kind() == timeslot.KindWindow {
		return "h1h2"
	}
	return s.String()
}

// SlotOf returns the slot of a shippingTerm: 0 is no preference, 1 morning, 2 afternoon, any other
// from×100+to in whole hours, 7 to 24. ok is false for 9 (その他), whose label is in remarks, and for
// a number that is not such a code.
func SlotOf(term int64) (slot timeslot.Slot, ok bool) {
	switch term {
	case termNone:
		return timeslot.NoPreference, true
	case termMorning:
		return timeslot.Morning, true
	case termAfternoon:
		return timeslot.Afternoon, true
	}
	from, to := term/100, term%100
	if from < 7 || to > 24 || from >= to {
		return timeslot.Unresolved, false
	}
	slot, err := timeslot.Window(hour(from), hour(to))
	return slot, err == nil
}

// TermOf returns the shippingTerm of a slot, the inverse of [SlotOf]. ok is false for a slot that
// Rakuten cannot hold: half hours, hours before 7, an open end, night, unresolved.
func TermOf(slot timeslot.Slot) (term int64, ok bool) {
	switch slot {
	case timeslot.NoPreference:
		return termNone, true
	case timeslot.Morning:
		return termMorning, true
	case timeslot.Afternoon:
		return termAfternoon, true
	}
	from, to, ok := slot.Bounds()
	if !ok || from%60 != 0 || to%60 != 0 {
		return 0, false
	}
	term = int64(from/60)*100 + int64(to/60)
	back, ok := SlotOf(term)
	return term, ok && back == slot
}

func hour(h int64) timeslot.Clock { return timeslot.Clock(h * 60) }
