package rakuten

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/kit"
	"github.com/jpmall/jpmall/order"
)

// Annotate replaces the memo (ひとことメモ) of orders, one call each. It implements [order.Annotator]. An
// empty Memo clears it; at most 1,000 characters. Characters that Rakuten may refuse (機種依存文字) give
// a warning. With DryRun the orders are only read.
//
// Done means that Rakuten reports success and the order, read back once for the whole call, has the
// memo within WriteOptions.ShownWithin. Safe to repeat: it sets a whole value.
func (c *Client) Annotate(
	ctx context.Context, list []order.Annotation, opts order.WriteOptions,
) ([]order.Result, error) {
	return c.memos(ctx, order.CanAnnotate, len(list), opts,
		func(i int) (UpdateOrderMemoRequest, error) {
			in := UpdateOrderMemoRequest{OrderNumber: list[i].Order, Memo: Clear[string]()}
			if list[i].Memo != "" {
				in.Memo = Set(list[i].Memo)
			}
			return in, nil
		})
}

// memos makes an UpdateOrderMemo call for each element.
func (c *Client) memos(ctx context.Context, ability order.Ability, n int, opts order.WriteOptions,
	request func(int) (UpdateOrderMemoRequest, error)) ([]order.Result, error) {
	writes := make([]write, n)
	for i := range n {
		in, err := request(i)
		v := in.check()
		writes[i] = write{
			Write: batch.Write{Operation: "updateOrderMemo", Again: order.Yes},
			Order: in.OrderNumber, Err: cmp.Or(err, v.wrong.Err()),
			Blind: ability == order.CanAnnotate,
			Allow: func(r *order.Result, _ *OrderModel) error {
				if r.DryRun {
					r.Warnings = append(r.Warnings, v.warnings()...)
				}
				return nil
			},
			Send: func(ctx context.Context, r *order.Result) error {
				out, err := c.UpdateOrderMemo(ctx, in)
				return single(r, out, err, order.Yes)
			},
			Lacks: kit.Shown(in.shown),
		}
	}
	w := c.writer()
	return w.Write(ctx, ability, writes, opts)
}

// shown reports whether an order has the memo, delivery date and slot that a change set. White
// space is not compared.
func (in UpdateOrderMemoRequest) shown(o *OrderModel) bool {
	same := true
	if !in.Memo.IsZero() {
		memo, _ := in.Memo.Get()
		same = slices.Equal(strings.Fields(o.Memo), strings.Fields(memo))
	}
	if !in.DeliveryDate.IsZero() {
		want, _ := in.DeliveryDate.Get()
		day, _ := o.DeliveryDate.Date()
		same = same && day == want
	}
	if term, ok := in.ShippingTerm.Get(); ok {
		same = same && (o.ShippingTerm != nil && *o.ShippingTerm == term || o.ShippingTerm == nil &&
			term == 0)
	}
	return same
}
