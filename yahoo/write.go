package yahoo

import (
	"context"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/check"
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
	parcel    string
	operation string
	again     order.Answer // whether sending the same again is harmless
	// send makes the calls; it fills what it knows into the result. With dry it sends nothing that changes anything.
	send func(ctx context.Context, r *order.Result, dry bool) ([]Warning, error)
	// applied tells from the order, read with fields, whether the write took effect. It is asked when the answer was lost.
	applied func(*OrderInfo) bool
	fields  []Field
	err     error // found before anything was sent
}

// run makes writes one after the other. A failure that the next one would meet as well ends it: what is left is not sent.
func (c *Client) run(ctx context.Context, ability order.Ability, writes []write, opts order.WriteOptions) ([]order.Result, error) {
	b := batch.New(batch.Call{Mall: order.Yahoo, Shop: c.shop, Ability: ability, Check: c.Check}, len(writes), opts)
	for i, w := range writes {
		r := b.Result(i, w.order, w.parcel)
		err := w.err
		if err == nil {
			err = checkID(w.order)
		}
		switch {
		case err != nil:
			batch.Fail(r, c.calls.Refuse(w.operation, w.order, err), w.told())
		case b.Over(ctx):
			b.Unsent(r, w.operation)
		default:
			b.Sent(ctx, c.perform(ctx, w, r), r)
		}
	}
	return b.Results()
}

func (w *write) told() batch.Write { return batch.Write{Operation: w.operation, Again: w.again} }

// perform makes one write and fills in its result. The error is the one that it ended with.
func (c *Client) perform(ctx context.Context, w write, r *order.Result) error {
	warned, err := w.send(ctx, r, r.DryRun)
	for _, warning := range warned {
		r.Warnings = append(r.Warnings, order.Warning{Code: warning.Code, Message: or(warning.Message, warning.Meaning())})
	}
	switch {
	case err == nil:
		batch.Done(r, w.again)
	case batch.Lost(err, w.operation) && c.tookEffect(ctx, w):
		batch.Done(r, w.again)
		r.Message = "the answer was lost; the order, read again, shows that the change was made"
		return nil
	default:
		r.Records = nil
		batch.Fail(r, err, w.told())
	}
	return err
}

// tookEffect reads the order after a lost answer. That it shows the change settles the write; that it does not, settles nothing,
// since the change may still be under way.
func (c *Client) tookEffect(ctx context.Context, w write) bool {
	doc, err := c.OrderInfo(ctx, OrderInfoRequest{OrderID: w.order, Fields: append([]Field{"OrderId"}, w.fields...)})
	return err == nil && w.applied(&doc.Order)
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
		return nil, c.calls.Conflict(operation, id, "the buyer can still cancel the order: it cannot be changed in its first ten minutes")
	case doc.Order.OrderStatus == OrderCancelled && operation != orderStatusChange: // cancelling again is answered with a warning
		return nil, c.calls.Conflict(operation, id, "the order is cancelled")
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
