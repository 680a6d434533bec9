package rakuten

import (
	"context"
	"errors"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

var (
	_ order.Confirmer       = (*Client)(nil)
	_ order.Shipper         = (*Client)(nil)
	_ order.Canceller       = (*Client)(nil)
	_ order.Annotator       = (*Client)(nil)
	_ order.DeliveryChanger = (*Client)(nil)
)

// refused fills in a result of an element that failed a check; nothing was sent for it.
func (c *Client) refused(r *order.Result, operation, why string) {
	r.Outcome, r.Message, r.Next, r.Repeating = order.Refused, why, "correct it and send it again", order.Yes
	r.Err = &order.Error{Class: order.ErrInvalid, Mall: order.Rakuten, Shop: c.shop, Operation: operation, Order: r.Order, Message: why,
		Hint: "nothing was sent"}
}

// done fills in a result that went well. again says whether sending the same again is harmless.
func done(r *order.Result, m MessageModel, again order.Answer) {
	r.Outcome, r.Code, r.Message, r.Repeating = order.Done, m.MessageCode, m.Message, again
	if m.MessageType == Warning {
		r.Warnings = append(r.Warnings, order.Warning{Code: m.MessageCode, Message: m.Message})
	}
}

// failed fills in a result from the error of its call. What was refused can be sent again; an answer that was lost leaves it
// unsettled, and again says whether repeating is harmless then.
func failed(r *order.Result, err error, again order.Answer) {
	r.Err, r.Repeating, r.Outcome = err, order.Yes, order.Refused
	var e *order.Error
	if errors.As(err, &e) {
		r.Code, r.Message, r.Next = e.Code, e.Message, e.Hint
	}
	if whole, ok := err.(*order.Error); ok && whole.Order == "" { // of a call about several orders
		own := *whole
		own.Order = r.Order
		r.Err = &own
	}
	if transport.Unsettled(err) {
		r.Outcome, r.Repeating, r.Next = order.Unsettled, again, "read the order to see whether it was applied, before sending it again"
	}
}

// single makes a call about one order and fills in its result.
func single(r *order.Result, out UpdateResponse, err error, again order.Answer) {
	r.Warnings = append(r.Warnings, out.Warnings...)
	if err != nil {
		failed(r, err, again)
		return
	}
	if len(out.MessageModelList) == 0 {
		r.Outcome, r.Message, r.Next = order.Unsettled, "the reply holds no message", "read the order to see whether it was applied"
		r.Repeating = again
		return
	}
	done(r, out.MessageModelList[0], again)
}

// unsent fills in a result of an element that fell with another one.
func unsent(r *order.Result, ended error) {
	failed(r, ended, order.Yes)
	r.Outcome, r.Next = order.Refused, "not sent or not accepted, since another one failed; send it again"
	var e *order.Error
	if errors.As(ended, &e) {
		r.Err = &order.Error{Class: e.Class, Mall: e.Mall, Shop: e.Shop, Operation: e.Operation, Order: r.Order, Code: e.Code, Hint: r.Next}
	}
}

// ends tells whether the next element would fail in the same way: a refused key, maintenance, a context that is over.
func ends(err error) bool {
	for _, class := range []error{order.ErrUnauthorized, order.ErrCredentialExpired, order.ErrForbidden, order.ErrMaintenance,
		order.ErrRateLimited, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, class) {
			return true
		}
	}
	return false
}

// about is what of a joined error concerns an order: its own part, else the part that concerns the whole call.
func about(err error, id string) error {
	parts := []error{err}
	var whole error
	for len(parts) > 0 {
		part := parts[0]
		parts = parts[1:]
		if many, ok := part.(interface{ Unwrap() []error }); ok {
			parts = append(parts, many.Unwrap()...)
			continue
		}
		switch order.Concerns(part) {
		case id:
			return part
		case "":
			whole = part
		}
	}
	return whole
}

// joined is the error of a whole write: that of every element which was not done.
func (c *Client) joined(results []order.Result) error {
	var all []error
	for i := range results {
		r := &results[i]
		if r.Outcome != order.Done && r.Err == nil {
			r.Err = &order.Error{Class: order.ErrTemporary, Mall: order.Rakuten, Shop: c.shop, Order: r.Order, Code: r.Code, Message: r.Message, Hint: r.Next}
		}
		if r.Err != nil {
			all = append(all, r.Err)
		}
	}
	return errors.Join(all...)
}

// dry marks a result whose checks passed without anything being sent.
func dry(r *order.Result) { r.Outcome, r.DryRun, r.Repeating = order.Done, true, order.Yes }

// Annotate replaces the memo (ひとことメモ) of orders, one call each; an empty Memo clears it. At most 1,000 characters; characters
// that Rakuten may refuse (機種依存文字) are warned of. Harmless to repeat.
func (c *Client) Annotate(ctx context.Context, list []order.Annotation, opts order.WriteOptions) ([]order.Result, error) {
	return c.memos(ctx, len(list), opts, func(i int) (UpdateOrderMemoRequest, error) {
		in := UpdateOrderMemoRequest{OrderNumber: list[i].Order, Memo: Clear[string]()}
		if list[i].Memo != "" {
			in.Memo = Set(list[i].Memo)
		}
		return in, nil
	})
}

// ChangeDelivery sets delivery date and slot of orders, one call each. Rakuten has one of each for a whole order. A slot that it cannot
// hold (half hours, an open end, the night) is refused. Harmless to repeat.
func (c *Client) ChangeDelivery(ctx context.Context, list []order.DeliveryChange, opts order.WriteOptions) ([]order.Result, error) {
	return c.memos(ctx, len(list), opts, func(i int) (UpdateOrderMemoRequest, error) {
		d := list[i]
		in := UpdateOrderMemoRequest{OrderNumber: d.Order}
		if d.Date == nil && d.Slot == nil {
			return in, errors.New("neither Date nor Slot is given")
		}
		if d.Date != nil {
			in.DeliveryDate = Set(*d.Date)
			if d.Date.IsZero() {
				in.DeliveryDate = Clear[order.Date]()
			}
		}
		if d.Slot != nil {
			if *d.Slot == timeslot.Unresolved {
				return in, errors.New("the slot is unresolved")
			}
			term, ok := TermOf(*d.Slot)
			if !ok {
				return in, errors.New("no shippingTerm of Rakuten says " + d.Slot.String() + ": it knows whole hours from 7 to 24, morning and afternoon")
			}
			in.ShippingTerm = Set(term)
		}
		return in, nil
	})
}

// memos makes an UpdateOrderMemo of each element.
func (c *Client) memos(ctx context.Context, n int, opts order.WriteOptions,
	request func(int) (UpdateOrderMemoRequest, error)) ([]order.Result, error) {
	results := make([]order.Result, n)
	var ended error
	for i := range results {
		r := &results[i]
		in, err := request(i)
		r.Order = in.OrderNumber
		v := in.check()
		if err == nil {
			err = v.wrong.Err()
		}
		switch {
		case err != nil:
			c.refused(r, "updateOrderMemo", err.Error())
		case opts.DryRun:
			r.Warnings = v.warnings()
			dry(r)
		case ended != nil:
			unsent(r, ended)
		default:
			out, err := c.UpdateOrderMemo(ctx, in)
			single(r, out, err, order.Yes)
			if ends(err) {
				ended = err
			}
		}
	}
	return results, c.joined(results)
}

// state reads orders before a write that depends on how they stand. What an order that cannot be read failed with is in missing.
func (c *Client) state(ctx context.Context, ids []string) (orders map[string]*OrderModel, missing map[string]error) {
	orders, missing = map[string]*OrderModel{}, map[string]error{}
	var unique []string
	for _, id := range ids {
		if _, again := orders[id]; !again && id != "" {
			orders[id] = nil
			unique = append(unique, id)
		}
	}
	if len(unique) == 0 {
		return orders, missing
	}
	out, err := c.GetOrder(ctx, GetOrderRequest{OrderNumberList: unique})
	for i := range out.OrderModelList {
		orders[out.OrderModelList[i].OrderNumber] = &out.OrderModelList[i]
	}
	for _, id := range unique {
		if orders[id] == nil {
			if missing[id] = about(err, id); missing[id] == nil {
				missing[id] = &order.Error{Class: order.ErrNotFound, Mall: order.Rakuten, Shop: c.shop, Operation: "getOrder", Order: id,
					Message: "the mall's reply does not hold this order"}
			}
		}
	}
	return orders, missing
}
