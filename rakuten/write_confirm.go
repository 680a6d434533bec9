package rakuten

import (
	"context"
	"slices"

	"github.com/jpmall/jpmall/order"
)

// alreadyConfirmed answers a confirmation of an order that has moved on.
const alreadyConfirmed = codePrefix + "CONFIRM_ORDER_ERROR_103"

// Confirm accepts orders in 注文確認待ち, 100 a call. With DryRun the orders are read and must be in that state with all amounts fixed.
// Harmless to repeat: an order that is confirmed already is refused.
func (c *Client) Confirm(ctx context.Context, list []order.Confirmation, opts order.WriteOptions) ([]order.Result, error) {
	const operation = "confirmOrder"
	results := make([]order.Result, len(list))
	at := map[string]*order.Result{}
	var ids []string
	for i, e := range list {
		r := &results[i]
		r.Order = e.Order
		var v validation
		v.top().number("Order", e.Order)
		if err := v.wrong.Err(); err != nil {
			c.refused(r, operation, err.Error())
		} else if _, again := at[e.Order]; again {
			c.refused(r, operation, "the order is named twice")
		} else {
			at[e.Order] = r
			ids = append(ids, e.Order)
		}
	}
	if opts.DryRun {
		c.confirmable(ctx, ids, at)
		return results, c.joined(results)
	}
	var broken error
	for batch := range slices.Chunk(ids, c.operation(operation).Batch) {
		if broken != nil {
			for _, id := range batch {
				unsent(at[id], broken)
			}
			continue
		}
		out, err := c.ConfirmOrder(ctx, batch)
		if err != nil && len(out.MessageModelList) == 0 {
			broken = err
		}
		for _, id := range batch {
			c.confirmed(at[id], out, err)
		}
	}
	return results, c.joined(results)
}

// confirmed fills in the result of one order of a batch.
func (c *Client) confirmed(r *order.Result, out UpdateResponse, err error) {
	i := slices.IndexFunc(out.MessageModelList, func(m MessageModel) bool { return m.OrderNumber == r.Order })
	switch {
	case i < 0 && err != nil:
		failed(r, about(err, r.Order), order.Yes)
	case i < 0:
		r.Outcome, r.Repeating, r.Message, r.Next = order.Unsettled, order.Yes, "the reply does not name this order", "send it again"
	case out.MessageModelList[i].MessageType != Failure:
		done(r, out.MessageModelList[i], order.Yes)
	case out.MessageModelList[i].MessageCode == alreadyConfirmed && out.Reply.Attempts > 1:
		// An attempt before this one was applied and its answer lost: the order is where it should be.
		done(r, out.MessageModelList[i], order.Yes)
	default:
		failed(r, c.failure(c.operation("confirmOrder"), out.Reply, out.MessageModelList[i]), order.Yes)
	}
}

// confirmable checks without changing anything.
func (c *Client) confirmable(ctx context.Context, ids []string, at map[string]*order.Result) {
	orders, missing := c.state(ctx, ids)
	for _, id := range ids {
		r, w := at[id], orders[id]
		switch {
		case w == nil:
			failed(r, missing[id], order.Yes)
		case w.OrderProgress != AwaitingConfirmation:
			c.conflict(r, "confirmOrder", "the order is in "+w.OrderProgress.Name()+", not in 注文確認待ち")
		case !w.RequestPrice.Money().Known():
			c.conflict(r, "confirmOrder", "an amount is not fixed yet: set 送料 in RMS first")
		default:
			dry(r)
		}
		r.DryRun = true
	}
}

// conflict fills in a result of an order whose state does not allow the write; nothing was sent for it.
func (c *Client) conflict(r *order.Result, operation, why string) {
	r.Outcome, r.Message, r.Repeating = order.Refused, why, order.Yes
	r.Err = &order.Error{Class: order.ErrConflict, Mall: order.Rakuten, Shop: c.shop, Operation: operation, Order: r.Order, Message: why,
		Hint: "nothing was sent"}
}
