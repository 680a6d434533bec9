package rakuten

import (
	"context"
	"slices"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/order"
)

// alreadyConfirmed answers a confirmation of an order that has moved on.
const alreadyConfirmed = codePrefix + "CONFIRM_ORDER_ERROR_103"

// Confirm accepts orders in 注文確認待ち, 100 a call. With DryRun the orders are read and must be in that state with all amounts fixed.
// Harmless to repeat: an order that is confirmed already is refused.
func (c *Client) Confirm(ctx context.Context, list []order.Confirmation, opts order.WriteOptions) ([]order.Result, error) {
	w := batch.Write{Operation: "confirmOrder", Again: order.Yes}
	b := c.begin(order.CanConfirm, len(list), opts)
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
	if opts.DryRun {
		c.confirmable(ctx, ids, at, w)
		return b.Results()
	}
	for chunk := range slices.Chunk(ids, c.operation(w.Operation).Batch) {
		if b.Over(ctx) {
			for _, id := range chunk {
				b.Unsent(at[id], w.Operation)
			}
			continue
		}
		out, err := c.ConfirmOrder(ctx, chunk)
		if err != nil && len(out.MessageModelList) == 0 {
			b.Stop(err)
		}
		for _, id := range chunk {
			c.confirmed(at[id], out, err, w)
		}
	}
	return b.Results()
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
func (c *Client) confirmable(ctx context.Context, ids []string, at map[string]*order.Result, w batch.Write) {
	orders, missing := c.state(ctx, ids)
	for _, id := range ids {
		r, o := at[id], orders[id]
		switch {
		case o == nil:
			batch.Fail(r, missing[id], w)
		case o.OrderProgress != AwaitingConfirmation:
			c.conflict(r, w, "the order is in "+o.OrderProgress.Name()+", not in 注文確認待ち")
		case !o.RequestPrice.Money().Known():
			c.conflict(r, w, "an amount is not fixed yet: set 送料 in RMS first")
		default:
			batch.Done(r, order.Yes)
		}
	}
}
