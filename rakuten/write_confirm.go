package rakuten

import (
	"context"
	"slices"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/kit"
	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

// alreadyConfirmed is the code that refuses an order which has moved on.
const alreadyConfirmed = codePrefix + "CONFIRM_ORDER_ERROR_103"

// Confirm accepts orders in 注文確認待ち, 100 a call. It implements [order.Confirmer]. The orders are
// read first; those that are shipped, cancelled or to be cancelled are refused, see
// WriteOptions.AnyState. With DryRun they must be in 注文確認待ち with all amounts fixed.
//
// Done means that Rakuten reports success and the order, read back once for the whole call, has
// moved on within WriteOptions.ShownWithin. Safe to repeat: a confirmed order is refused.
func (c *Client) Confirm(
	ctx context.Context, list []order.Confirmation, opts order.WriteOptions,
) ([]order.Result, error) {
	writes := make([]write, len(list))
	for i, e := range list {
		var v validation
		v.top().number("Order", e.Order)
		writes[i] = write{
			Write: batch.Write{Operation: "confirmOrder", Again: order.Yes, Wait: shownAfter},
			Order: e.Order, Err: v.wrong.Err(),
			Allow: func(r *order.Result, o *OrderModel) error {
				if !r.DryRun {
					return nil // Rakuten's own error is better
				}
				return c.confirmable(o)
			},
			Lacks: kit.Shown(func(o *OrderModel) bool {
				return o.OrderProgress != AwaitingConfirmation
			}),
		}
	}
	w := c.writer()
	w.Once = true
	w.Together = func(ctx context.Context, b *batch.Batch, ready []*sending) {
		for chunk := range slices.Chunk(ready, c.calls.Row("confirmOrder").Batch) {
			c.confirm(ctx, b, chunk)
		}
	}
	return w.Write(ctx, order.CanConfirm, writes, opts)
}

type sending = kit.Sending[OrderModel]

// confirm makes one call. When it fails as if for the whole shop and Check succeeds, one of the
// orders is the cause: each is then confirmed alone.
func (c *Client) confirm(ctx context.Context, b *batch.Batch, list []*sending) {
	w := list[0].Write.Write
	ids := make([]string, len(list))
	over := b.Over(ctx)
	for i, s := range list {
		ids[i] = s.Order
		if over {
			b.Unsent(s.Result, w.Operation)
		}
	}
	if over {
		return
	}
	out, err := c.ConfirmOrder(ctx, ids)
	for _, s := range list {
		c.confirmed(s.Result, out, err, w)
	}
	switch whole := err != nil && len(out.MessageModelList) == 0; {
	case len(list) == 1:
		b.Sent(ctx, err, list[0].Result)
	case whole && walk.ShopWide(err) && !batch.Lost(err, w.Operation):
		if b.Sent(ctx, err); !b.Over(ctx) {
			for i := range list {
				c.confirm(ctx, b, list[i:i+1])
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
	i := slices.IndexFunc(out.MessageModelList,
		func(m MessageModel) bool { return m.OrderNumber == r.Order })
	own := about(err, r.Order)
	switch {
	case i < 0 && own != nil:
		batch.Fail(r, own, w)
	case i < 0:
		batch.Unsettled(r, w, order.Text{EN: "the reply does not name this order",
			JA: "モールの応答にこの受注がありません"}, nil)
	case out.MessageModelList[i].MessageType != Failure:
		done(r, out.MessageModelList[i], w.Again)
	case out.MessageModelList[i].MessageCode == alreadyConfirmed && out.Reply.Attempts > 1:
		// An attempt before this one was applied and its answer lost: the order is where it should
		// be.
		done(r, out.MessageModelList[i], w.Again)
	default:
		batch.Fail(r, c.failure(c.calls.Row(w.Operation), out.Reply, out.MessageModelList[i]), w)
	}
}

// confirmable reports why an order cannot be confirmed, without changing anything.
func (c *Client) confirmable(o *OrderModel) error {
	switch {
	case o.OrderProgress != AwaitingConfirmation:
		return c.calls.Conflict("confirmOrder", o.OrderNumber,
			batch.Textf("the order is in %s, not in 注文確認待ち",
				"受注のステータスが%sです（注文確認待ちではありません）", o.OrderProgress.Name()))
	case !o.RequestPrice.Money().Known():
		return c.calls.Conflict("confirmOrder", o.OrderNumber,
			order.Text{EN: "an amount is not fixed yet: set 送料 in RMS first",
				JA: "金額が未確定です。先にRMSで送料を確定してください"})
	}
	return nil
}
