package yahoo

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// Confirm marks orders as seen (IsSeen), which is what takes them out of 新規注文. Harmless to repeat. With DryRun each order is read and
// must be open to changes.
func (c *Client) Confirm(ctx context.Context, list []order.Confirmation, opts order.WriteOptions) ([]order.Result, error) {
	writes := make([]write, len(list))
	seen := true
	for i, e := range list {
		writes[i] = c.change(e.Order, nil, OrderChange{IsSeen: &seen}, func(w *OrderInfo) bool { return w.IsSeen }, "IsSeen")
	}
	return c.batch(ctx, opts, writes)
}

// Annotate replaces the store's memo (社内メモ, Notes) of orders; an empty Memo clears it. At most 1,500 bytes. Harmless to repeat.
func (c *Client) Annotate(ctx context.Context, list []order.Annotation, opts order.WriteOptions) ([]order.Result, error) {
	writes := make([]write, len(list))
	for i, e := range list {
		memo := e.Memo
		writes[i] = c.change(e.Order, nil, OrderChange{Notes: &memo}, func(w *OrderInfo) bool { return same(w.Notes, memo) }, "Notes")
	}
	return c.batch(ctx, opts, writes)
}

// ChangeDelivery sets the requested date and slot (お届け希望日, お届け希望時間). The mall holds the slot as text of at most 13 bytes; what is
// written is read back by Config.Slots first, and refused when that reads something else. Harmless to repeat.
func (c *Client) ChangeDelivery(ctx context.Context, list []order.DeliveryChange, opts order.WriteOptions) ([]order.Result, error) {
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
				(change.Ship.ShipRequestTime == nil || same(w.Ship.ShipRequestTime, *change.Ship.ShipRequestTime))
		}, "ShipRequestDate", "ShipRequestTime")
	}
	return c.batch(ctx, opts, writes)
}

// same compares texts without the white space around them and without regard to the kind of line break.
func same(a, b string) bool {
	tidy := func(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }
	return tidy(a) == tidy(b)
}

// slotLabel writes a slot the way stores do, or nothing for nil.
func (c *Client) slotLabel(slot *timeslot.Slot) (*string, error) {
	if slot == nil {
		return nil, nil
	}
	label := SlotLabel(*slot)
	if *slot == timeslot.NoPreference {
		return &label, nil
	}
	match, ok := timeslot.Read(c.convert.Slots, timeslot.Label{Text: label, Mall: string(order.Yahoo), Shop: c.shop})
	switch {
	case label == "":
		return nil, errors.New("field Slot is unresolved")
	case !ok || match.Slot != *slot:
		return nil, fmt.Errorf("slot %s would be written as %s, which Config.Slots does not read back", slot, label)
	}
	return &label, nil
}

// SlotLabel is the text for ShipRequestTime: 14:00-16:00, 午前中 and so on. No preference is an empty text, and so is an unresolved
// slot, which must not be sent.
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

// reasons maps the shared reasons to the mall's codes.
var reasons = map[order.CancelReason]CancelReason{
	order.BuyerRequest: CancelBuyerCancelled, order.Returned: CancelBuyerReturned, order.Unpaid: CancelBuyerUnpaid,
	order.Undeliverable: CancelBuyerUnreachable, order.RefusedByBuyer: CancelBuyerRefused, order.OutOfStock: CancelStoreOutOfStock,
	order.Delayed: CancelStoreOther, order.OtherReason: CancelStoreOther,
}

// Cancel cancels orders; the mall mails each buyer. order.Delayed and order.OtherReason become reason 230, which needs a Comment of
// 10 to 200 characters; the mall takes a comment with no other reason. It has no say on the stock, so Restock must be NotTold, and
// knows one way to cancel, whether shipped or not. A lost answer is settled by reading the order, where that shows it. A warning od91704 means that the
// cancellation is accepted and will be carried out later.
func (c *Client) Cancel(ctx context.Context, list []order.Cancellation, opts order.WriteOptions) ([]order.Result, error) {
	writes := make([]write, len(list))
	for i, e := range list {
		req, err := cancellation(e)
		writes[i] = write{order: e.Order, operation: orderStatusChange, err: err,
			applied: func(w *OrderInfo) bool { return w.OrderStatus == OrderCancelled }, fields: []Field{"OrderStatus"},
			send: func(ctx context.Context, _ *order.Result, dry bool) ([]Warning, error) {
				if dry {
					return nil, c.dry(ctx, orderStatusChange, req.OrderID, req)
				}
				r, err := c.OrderStatusChange(ctx, req)
				return r.Warnings, err
			}}
	}
	return c.batch(ctx, opts, writes)
}

func cancellation(e order.Cancellation) (OrderStatusChangeRequest, error) {
	req := OrderStatusChangeRequest{OrderID: e.Order, Status: OrderCancelled, CancelReasonDetail: e.Comment}
	mapped, known := reasons[e.Reason]
	switch {
	case e.Code != "" && e.Reason != "":
		return req, errors.New("both Reason and Code are given")
	case e.Code != "":
		req.CancelReason = CancelReason(strings.TrimSpace(e.Code))
	case !known:
		return req, errors.New("field Reason is none that the malls share; give the mall's own Code")
	default:
		req.CancelReason = mapped
	}
	if e.Restock != order.NotTold {
		return req, errors.New("field Restock: the mall takes no word on the stock")
	}
	return req, nil
}
