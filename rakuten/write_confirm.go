package rakuten

import (
	"context"
	"slices"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

// alreadyConfirmed answers a confirmation of an order that has moved on.
const alreadyConfirmed = codePrefix + "CONFIRM_ORDER_ERROR_103"

// Confirm accepts orders in 注文確認待ち, 100 a call, after reading them: those that are shipped, cancelled or to be cancelled are refused,
// see WriteOptions.AnyState. With DryRun they must be in that state with all amounts fixed.
//
// Done means that Rakuten's message about the order says so, and that the order, read back once for the whole call, has moved on within
// WriteOptions.ShownWithin. Harmless to repeat: an order that is confirmed already is refused.
func (c *Client) Confirm(ctx context.Context, list []order.Confirmation, opts order.WriteOptions) ([]order.Result, error) {
	w := batch.Write{Operation: "confirmOrder", Again: order.Yes, Wait: shownAfter}
	ctx, b := c.begin(ctx, order.CanConfirm, len(list), opts)
	at := map[string]*order.Result{}
	var ids []string
	for i, e := range list {
		r := b.Result(i, e.Order, "")
		var v validation
		v.top().number("Order", e.Order)
		if err := v.wrong.Err(); err != nil {
			batch.Fail(r, c.calls.Refuse(w.Operation, e.Order, err), w)
		} else if _, again := at[e.Order]; again {
			c.refuse(r, w, "the order is named twice")
		} else {
			at[e.Order] = r
			ids = append(ids, e.Order)
		}
	}
	orders, missing := c.state(ctx, ids)
	ids = slices.DeleteFunc(ids, func(id string) bool {
		r, o := at[id], orders[id]
		switch {
		case o == nil:
			batch.Fail(r, missing[id], w)
			return true
		case !c.judge(b, r, o, w):
			return true
		case opts.DryRun:
			c.confirmable(r, o, w)
		}
		return false
	})
	if !opts.DryRun {
		for chunk := range slices.Chunk(ids, c.operation(w.Operation).Batch) {
			c.confirm(ctx, b, chunk, at, w)
		}
		sent := make([]written, len(ids))
		for i, id := range ids {
			sent[i] = written{at[id], w, func(o *OrderModel) bool { return o.OrderProgress != AwaitingConfirmation }}
		}
		c.readBack(ctx, sent, opts)
	}
	return b.Results()
}

// confirm makes one call. When it fails as if the whole shop were refused, and the shop is well, one of the orders spoils it: then
// each is confirmed by itself.
func (c *Client) confirm(ctx context.Context, b *batch.Batch, ids []string, at map[string]*order.Result, w batch.Write) {
	if b.Over(ctx) {
		for _, id := range ids {
			b.Unsent(at[id], w.Operation)
		}
		return
	}
	out, err := c.ConfirmOrder(ctx, ids)
	for _, id := range ids {
		c.confirmed(at[id], out, err, w)
	}
	switch whole := err != nil && len(out.MessageModelList) == 0; {
	case len(ids) == 1:
		b.Sent(ctx, err, at[ids[0]])
	case whole && walk.ShopWide(err) && !batch.Lost(err, w.Operation):
		if b.Sent(ctx, err); !b.Over(ctx) {
			for i := range ids {
				c.confirm(ctx, b, ids[i:i+1], at, w)
			}
		}
	case whole:
		b.Stop(err)
	default:
		b.Sent(ctx, nil)
	}
}

// confirmed fills in the result of one order of a call.
func (c *Client) confirmed(r *order.Result, out UpdateResponse, err error, w batch.Write) {
	i := slices.IndexFunc(out.MessageModelList, func(m MessageModel) bool { return m.OrderNumber == r.Order })
	own := about(err, r.Order)
	switch {
	case i < 0 && own != nil:
		batch.Fail(r, own, w)
	case i < 0:
		batch.Unsettled(r, w, "the reply does not name this order", nil)
	case out.MessageModelList[i].MessageType != Failure:
		done(r, out.MessageModelList[i], w.Again)
	case out.MessageModelList[i].MessageCode == alreadyConfirmed && out.Reply.Attempts > 1:
		// An attempt before this one was applied and its answer lost: the order is where it should be.
		done(r, out.MessageModelList[i], w.Again)
	default:
		batch.Fail(r, c.failure(c.operation(w.Operation), out.Reply, out.MessageModelList[i]), w)
	}
}

// confirmable checks without changing anything.
func (c *Client) confirmable(r *order.Result, o *OrderModel, w batch.Write) {
	switch {
	case o.OrderProgress != AwaitingConfirmation:
		c.conflict(r, w, "the order is in "+o.OrderProgress.Name()+", not in 注文確認待ち")
	case !o.RequestPrice.Money().Known():
		c.conflict(r, w, "an amount is not fixed yet: set 送料 in RMS first")
	default:
		batch.Done(r, order.Yes)
	}
}
