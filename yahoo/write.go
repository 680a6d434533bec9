package yahoo

import (
	"context"
	"errors"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

var (
	_ order.Confirmer       = (*Client)(nil)
	_ order.Shipper         = (*Client)(nil)
	_ order.Canceller       = (*Client)(nil)
	_ order.Annotator       = (*Client)(nil)
	_ order.DeliveryChanger = (*Client)(nil)
)

// write is one element of a batch. All of the mall's writes take one order a call, one call a second.
type write struct {
	order     string
	operation string
	again     order.Answer // whether sending the same again is harmless
	// send makes the calls; it fills what it knows into the result. With dry it sends nothing that changes anything.
	send func(ctx context.Context, r *order.Result, dry bool) ([]Warning, error)
	// applied tells from the order, read with fields, whether the write took effect. It is asked when the answer was lost.
	applied func(*OrderInfo) bool
	fields  []Field
	err     error // found before anything was sent
}

// batch runs writes one after the other. A failure of the whole shop (key, role, rate, maintenance, context) ends it: the rest is
// refused unsent.
func (c *Client) batch(ctx context.Context, opts order.WriteOptions, writes []write) ([]order.Result, error) {
	results := make([]order.Result, len(writes))
	var all []error
	var over error
	for i, w := range writes {
		r := &results[i]
		r.Order, r.Repeating, r.DryRun = w.order, w.again, opts.DryRun
		err := w.err
		if err == nil {
			err = checkID(w.order)
		}
		switch {
		case err != nil:
			err = c.invalid(w.operation, w.order, err)
			r.Next = "correct it and send it again"
		case over != nil:
			err = c.unsent(w, over)
		default:
			var warned []Warning
			warned, err = w.send(ctx, r, opts.DryRun)
			if lost(err, w.operation) {
				if c.tookEffect(ctx, w) {
					r.Message, err = "the answer was lost; the order, read again, shows that the change was made", nil
				} else {
					r.Records = nil
				}
			}
			for _, warning := range warned {
				r.Warnings = append(r.Warnings, order.Warning{Code: warning.Code, Message: or(warning.Message, warning.Meaning())})
			}
			if walk.ShopWide(err) {
				over = err
			}
		}
		conclude(r, err, w.operation)
		if err != nil {
			all = append(all, err)
		}
	}
	return results, errors.Join(all...)
}

// tookEffect reads the order after a lost answer. That it shows the change settles the write; that it does not, settles nothing,
// since the change may still be under way.
func (c *Client) tookEffect(ctx context.Context, w write) bool {
	doc, err := c.OrderInfo(ctx, OrderInfoRequest{OrderID: w.order, Fields: append([]Field{"OrderId"}, w.fields...)})
	return err == nil && w.applied(&doc.Order)
}

// lost tells whether the answer to a write is not known: none came, or none that could be read.
func lost(err error, operation string) bool {
	var e *order.Error
	return transport.Unsettled(err) || errors.As(err, &e) && e.Class == order.ErrUndecodable && e.Operation == operation
}

// conclude fills in how a write ended.
func conclude(r *order.Result, err error, operation string) {
	if err == nil {
		r.Outcome = order.Done
		return
	}
	r.Outcome, r.Err = order.Refused, err
	var e *order.Error
	if errors.As(err, &e) {
		r.Code, r.Message = e.Code, e.Message
		if r.Message == "" && e.Err != nil {
			r.Message = e.Err.Error()
		}
		if r.Next == "" {
			r.Next = e.Hint
		}
	}
	if lost(err, operation) {
		r.Outcome, r.Next = order.Unsettled, "read the order to see whether it was applied, before sending it again"
	}
}

func (c *Client) unsent(w write, over error) error {
	e := &order.Error{Class: order.ErrLocalLimit, Mall: order.Yahoo, Shop: c.shop, Operation: w.operation, Order: w.order, Err: over,
		Hint: "not sent, since a call before it failed for the whole shop; send it again"}
	var cause *order.Error
	if errors.As(over, &cause) {
		e.Class, e.Err = cause.Class, errors.New(cause.Class.Error())
	}
	return e
}

// conflict is a write that the order's state does not allow; nothing was sent for it.
func (c *Client) conflict(operation, id, why string) error {
	return &order.Error{Class: order.ErrConflict, Mall: order.Yahoo, Shop: c.shop, Operation: operation, Order: id, Message: why,
		Hint: "nothing was sent"}
}

// stateFields are what a write looks at before it is sent.
var stateFields = []Field{"OrderId", "OrderStatus", "IsSeen", "IsSplit", "IsReadOnly", "ShipStatus", "ShipCompanyCode",
	"ShipInvoiceNumber1", "ShipInvoiceNumber2", "LineId", "Quantity"}

// writable reads an order and refuses what the mall would refuse.
func (c *Client) writable(ctx context.Context, operation, id string) (*OrderInfo, error) {
	doc, err := c.OrderInfo(ctx, OrderInfoRequest{OrderID: id, Fields: stateFields})
	switch {
	case err != nil:
		return nil, err
	case doc.Order.IsReadOnly:
		return nil, c.conflict(operation, id, "the buyer can still cancel the order: it cannot be changed in its first ten minutes")
	case doc.Order.OrderStatus == OrderCancelled && operation != orderStatusChange: // cancelling again is answered with a warning
		return nil, c.conflict(operation, id, "the order is cancelled")
	}
	return &doc.Order, nil
}

// change is a write of one OrderChange; applied and fields are those of write.
func (c *Client) change(id string, err error, change OrderChange, applied func(*OrderInfo) bool, fields ...Field) write {
	return write{order: id, operation: orderChange, again: order.Yes, err: err, applied: applied, fields: fields,
		send: func(ctx context.Context, _ *order.Result, dry bool) ([]Warning, error) {
			req := OrderChangeRequest{OrderID: id, Order: change}
			if dry {
				return nil, c.dry(ctx, orderChange, id, req)
			}
			r, err := c.OrderChange(ctx, req)
			return r.Warnings, err
		}}
}

// request is a change of one order.
type request interface {
	prepare(shop string) (*check.Report, any)
}

// dry makes all checks of a change and reads the order, and sends nothing that changes anything.
func (c *Client) dry(ctx context.Context, operation, id string, req request) error {
	report, doc := req.prepare(c.shop)
	if _, err := c.document(operation, id, report, doc); err != nil {
		return err
	}
	_, err := c.writable(ctx, operation, id)
	return err
}
