package rakuten

import (
	"context"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/order"
)

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

// memos makes an UpdateOrderMemo of each element.
func (c *Client) memos(ctx context.Context, n int, opts order.WriteOptions,
	request func(int) (UpdateOrderMemoRequest, error)) ([]order.Result, error) {
	w := batch.Write{Operation: "updateOrderMemo", Again: order.Yes}
	b := c.begin(order.CanAnnotate, n, opts)
	for i := range n {
		in, err := request(i)
		r := b.Result(i, in.OrderNumber, "")
		v := in.check()
		if err == nil {
			err = v.wrong.Err()
		}
		switch {
		case err != nil:
			batch.Fail(r, c.calls.Refuse(w.Operation, r.Order, err), w)
		case opts.DryRun:
			r.Warnings = v.warnings()
			batch.Done(r, order.Yes)
		case b.Over(ctx):
			b.Unsent(r, w.Operation)
		default:
			out, err := c.UpdateOrderMemo(ctx, in)
			single(r, out, err, w)
			b.Sent(ctx, err, r)
		}
	}
	return b.Results()
}
