package yahoo

import (
	"context"
	"errors"
	"fmt"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// ChangeDelivery sets the requested date and slot (お届け希望日, お届け希望時間). It implements
// [order.DeliveryChanger]. The mall stores the slot as text of at most 13 bytes. A slot whose text
// [Config.Slots] does not read as the same slot is refused. Each order is read first, one more
// call: one that is shipped, completed or cancelled is refused unless WriteOptions.AnyState. The
// mall's answer names no order, so the orders are read back at the end. Safe to repeat.
func (c *Client) ChangeDelivery(
	ctx context.Context, list []order.DeliveryChange, opts order.WriteOptions,
) ([]order.Result, error) {
	writes := make([]write, len(list))
	for i, e := range list {
		var change OrderChange
		var err error
		switch {
		case e.Date == nil && e.Slot == nil:
			err = errors.New("neither Date nor Slot is given")
		case e.Date != nil && !e.Date.IsZero() && !e.Date.Valid():
			err = errors.New("field Date is no day of the calendar")
		default:
			change.Ship.ShipRequestDate = e.Date
			change.Ship.ShipRequestTime, err = c.slotLabel(e.Slot)
		}
		writes[i] = c.change(e.Order, err, change, func(w *OrderInfo) bool {
			day, _ := w.Ship.ShipRequestDate.Date()
			return (change.Ship.ShipRequestDate == nil || day == *change.Ship.ShipRequestDate) &&
				(change.Ship.ShipRequestTime == nil ||
					same(w.Ship.ShipRequestTime, *change.Ship.ShipRequestTime))
		})
	}
	return c.run(ctx, order.CanChangeDelivery, writes, opts)
}

// slotLabel returns the text of a slot, or nil for nil.
func (c *Client) slotLabel(slot *timeslot.Slot) (*string, error) {
	if slot == nil {
		return nil, nil
	}
	label := SlotLabel(*slot)
	if *slot == timeslot.NoPreference {
		return &label, nil
	}
	match, ok := timeslot.Read(c.convert.Slots,
		timeslot.Label{Text: label, Mall: string(order.Yahoo), Shop: c.shop})
	switch {
	case label == "":
		return nil, errors.New("field Slot is unresolved")
	case !ok || match.Slot != *slot:
		return nil,
			fmt.Errorf("slot %s would be written as %s, which Config.Slots does not read back",
				slot, label)
	}
	return &label, nil
}

// SlotLabel returns the text of slot for ShipRequestTime, such as 14:00-16:00 or 午前中. It is empty
// for no preference and for an unresolved slot; the latter must not be sent.
func SlotLabel(slot timeslot.Slot) string {
	from, to, _ := slot.Bounds()
	switch slot.Kind() {
	case timeslot.KindMorning:
		return "午前中"
	case timeslot.KindAfternoon:
		return "午後"
	case timeslot.KindNight:
		return "夜間"
	case timeslot.KindWindow:
		return from.String() + "-" + to.String()
	case timeslot.KindUntil:
		return to.String() + "まで"
	case timeslot.KindFrom:
		return from.String() + "以降"
	}
	return ""
}
