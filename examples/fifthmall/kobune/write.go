package kobune

import (
	"context"
	"errors"
	"net/url"
	"time"

	"github.com/jpmall/jpmall/order"
)

var (
	_ order.Shipper   = (*Client)(nil)
	_ order.Canceller = (*Client)(nil)
	_ order.Settler   = (*Client)(nil)
)

// element is one order of a write.
type element struct {
	id    string
	check error                        // what is wrong with it before anything is read
	send  func(context.Context) *fault // what changes it
	fill  func(*order.Result)          // what the Result tells of it
}

// Ship implements order.Shipper. The shop takes one tracking number a call, and has no way to
// correct one.
func (c *Client) Ship(
	ctx context.Context, all []order.Shipment, opts order.WriteOptions,
) ([]order.Result, error) {
	elements := make([]element, len(all))
	for i, s := range all {
		var number string
		e := element{id: s.Order}
		switch {
		case s.At.IsZero() || s.Carrier == "":
			e.check = errors.New("it needs At and Carrier")
		case len(s.Lines) > 0 || s.Parcel != "":
			e.check = errors.New(
				"the shop does not support parts of an order: Lines and Parcel are refused")
		case len(s.Numbers) > 1 || len(s.Numbers) == 1 &&
			(s.Numbers[0].Remove || s.Numbers[0].Record != ""):
			e.check = errors.New("the shop adds one tracking number, and corrects none")
		case len(s.Numbers) == 1:
			number, e.check = order.ReadTracking(s.Numbers[0].Number)
		}
		e.send = func(ctx context.Context) *fault {
			var o wire
			return c.call(ctx, ship, s.Order, "/v1/orders/"+url.PathEscape(s.Order)+"/parcels",
				parcel{s.Carrier.Name(), number, s.At}, &o)
		}
		e.fill = func(r *order.Result) {
			if number != "" {
				r.Numbers = []string{number}
			}
		}
		elements[i] = e
	}
	return c.write(ctx, ship, order.CanShip, elements, opts)
}

// reasons are the shop's words.
var reasons = map[order.CancelReason]string{order.BuyerRequest: "お客様都合", order.OutOfStock: "欠品",
	order.Unpaid: "未入金"}

// Cancel implements order.Canceller.
func (c *Client) Cancel(
	ctx context.Context, all []order.Cancellation, opts order.WriteOptions,
) ([]order.Result, error) {
	elements := make([]element, len(all))
	for i, d := range all {
		reason := d.Code
		if reason == "" {
			reason = reasons[d.Reason]
		}
		if reason == "" {
			reason = "その他"
		}
		e := element{id: d.Order, fill: func(*order.Result) {}}
		if d.Reason == "" && d.Code == "" {
			e.check = errors.New("it needs a Reason or a Code")
		}
		e.send = func(ctx context.Context) *fault {
			var o wire
			return c.call(ctx, cancel, d.Order, "/v1/orders/"+url.PathEscape(d.Order)+"/cancel",
				map[string]string{"reason": reason}, &o)
		}
		elements[i] = e
	}
	return c.write(ctx, cancel, order.CanCancel, elements, opts)
}

// write works the elements off one by one: the shop knows no batches.
func (c *Client) write(
	ctx context.Context, op operation, ability order.Ability, all []element,
	opts order.WriteOptions,
) ([]order.Result, error) {
	results := make([]order.Result, len(all))
	for i, e := range all {
		r := &results[i]
		*r = order.Result{Mall: Mall, Shop: c.cfg.Shop, Ability: ability, Order: e.id,
			Outcome: order.Done, DryRun: opts.DryRun}
		if op.again {
			r.Repeating = order.Yes
		} else {
			r.Repeating = order.No
		}
		e.fill(r)
		c.one(ctx, op, ability, e, opts, r)
		if r.Err != nil && r.Message == "" {
			r.Message = r.Err.Error()
		}
	}
	return results, order.Failures(results)
}

// one looks at an order, and writes to it. Nothing that changes the order is sent by a dry run.
func (c *Client) one(
	ctx context.Context, op operation, ability order.Ability, e element, opts order.WriteOptions,
	r *order.Result,
) {
	if e.check != nil {
		r.Refuse(c.error(op, e.id, order.ErrInvalid, e.check))
		r.Next = nextCorrect
		return
	}
	o, err := c.Order(ctx, e.id)
	if err != nil {
		r.Outcome, r.Next, r.Err, r.Repeating = order.NotSent, nextRepeat, err, order.Yes
		if errors.Is(err, order.ErrNotFound) {
			r.Outcome, r.Next = order.Refused, nextNumber
		}
		return
	}
	refusal, warnings := opts.Judge(ability, o)
	r.Warnings = warnings
	if refusal != nil {
		r.Refuse(refusal)
		r.Next = nextOrder
		return
	}
	if r.DryRun {
		return
	}
	f := e.send(ctx)
	switch {
	case f == nil:
	case f.kept:
		r.Outcome, r.Next, r.Err, r.At = order.Unsettled, nextSettle, f.err, time.Now()
	case errors.Is(f.err, order.ErrInvalid), errors.Is(f.err, order.ErrConflict),
		errors.Is(f.err, order.ErrNotFound):
		r.Refuse(f.err)
	default:
		r.Outcome = order.NotSent
		r.Next = nextRepeat
		r.Err = f.err
		r.Code = f.err.Code
		r.Repeating = order.Yes
	}
}

// Settle implements order.Settler: the shop shows at once what it has taken.
func (c *Client) Settle(ctx context.Context, all []order.Result) ([]order.Result, error) {
	out := make([]order.Result, len(all))
	var errs []error
	for i, r := range all {
		if r.Outcome == order.Unsettled {
			o, err := c.Order(ctx, r.Order)
			switch {
			case err != nil:
				r.Err = err
			case applied(o, r):
				r.Outcome, r.Next, r.Err = order.Done, order.Text{}, nil
			default:
				r.Outcome, r.Next, r.Repeating = order.Refused, nextArrive, order.Yes
				r.Err = &order.Error{Class: order.ErrTemporary, Mall: Mall, Shop: c.cfg.Shop,
					Order: r.Order, Message: "it never arrived"}
			}
			if r.Err != nil {
				errs = append(errs, r.Err)
			}
		}
		out[i] = r
	}
	return out, errors.Join(errs...)
}

// applied reports whether an order shows what was written to it.
func applied(o order.Order, r order.Result) bool {
	if r.Ability == order.CanCancel {
		return o.Status == order.Cancelled
	}
	for _, s := range o.Parcels[0].Shipments {
		if len(r.Numbers) == 0 || order.SameTracking(s.Tracking, r.Numbers[0]) {
			return true
		}
	}
	return false
}
