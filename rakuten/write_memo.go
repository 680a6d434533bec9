package rakuten

import (
	"context"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/order"
)

// Annotate replaces the memo (ひとことメモ) of orders, one call each; an empty Memo clears it. At most 1,000 characters; characters
// that Rakuten may refuse (機種依存文字) are warned of; with DryRun the orders are read. Done means that Rakuten's message about
// the order says so, and that the order, read back once for the whole call, has the memo within WriteOptions.ShownWithin. Harmless to
// repeat: it sets a whole value.
func (c *Client) Annotate(ctx context.Context, list []order.Annotation, opts order.WriteOptions) ([]order.Result, error) {
	return c.memos(ctx, order.CanAnnotate, len(list), opts, func(i int) (UpdateOrderMemoRequest, error) {
		in := UpdateOrderMemoRequest{OrderNumber: list[i].Order, Memo: Clear[string]()}
		if list[i].Memo != "" {
			in.Memo = Set(list[i].Memo)
		}
		return in, nil
	})
}

// memos makes an UpdateOrderMemo of each element. The orders are read first where their state may forbid the write, or where a dry run
// has to say so.
func (c *Client) memos(ctx context.Context, ability order.Ability, n int, opts order.WriteOptions,
	request func(int) (UpdateOrderMemoRequest, error)) ([]order.Result, error) {
	w := batch.Write{Operation: "updateOrderMemo", Again: order.Yes}
	ctx, b := c.begin(ctx, ability, n, opts)
	requests := make([]UpdateOrderMemoRequest, n)
	var ready []int
	var ids []string
	for i := range n {
		in, err := request(i)
		r := b.Result(i, in.OrderNumber, "")
		v := in.check()
		if err == nil {
			err = v.wrong.Err()
		}
		if err != nil {
			batch.Fail(r, c.calls.Refuse(w.Operation, r.Order, err), w)
			continue
		}
		requests[i], ready, ids = in, append(ready, i), append(ids, in.OrderNumber)
	}
	if ability == order.CanAnnotate && !opts.DryRun {
		ids = nil // no state forbids a memo
	}
	orders, missing := c.state(ctx, ids)
	var sent []written
	for _, i := range ready {
		in := requests[i]
		r, o := b.Result(i, in.OrderNumber, ""), orders[in.OrderNumber]
		switch {
		case len(ids) > 0 && o == nil:
			batch.Fail(r, missing[in.OrderNumber], w)
		case len(ids) > 0 && !c.judge(b, r, o, w):
		case opts.DryRun:
			r.Warnings = append(r.Warnings, in.check().warnings()...)
			batch.Done(r, order.Yes)
		case b.Over(ctx):
			b.Unsent(r, w.Operation)
		default:
			out, err := c.UpdateOrderMemo(ctx, in)
			single(r, out, err, w)
			b.Sent(ctx, err, r)
			sent = append(sent, written{r, w, in.shown})
		}
	}
	c.readBack(ctx, sent, opts)
	return b.Results()
}
