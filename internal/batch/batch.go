// Package batch is what the malls' batch writes do alike: one Result for each element, whatever happened; the same words for the
// same thing; the joined error; and the end of a batch after a failure that every further element would meet as well.
//
// A mall's write walks its elements and ends each of them in one of these ways:
//
//	b := batch.New(order.Rakuten, c.shop, len(list), opts)
//	for i, e := range list {
//		r := b.Result(i, e.Order, "")
//		switch err := check(e); {
//		case err != nil:
//			batch.Fail(r, c.calls.Refuse(operation, e.Order, err), w) // refused: nothing was sent
//		case opts.DryRun:
//			batch.Done(r, order.Yes)
//		case b.Over(ctx):
//			b.Unsent(r, operation)
//		default:
//			err := send(ctx, e)
//			b.Sent(err)
//			… batch.Fail(r, err, w), or batch.Done(r, w.Again)
//		}
//	}
//	return b.Results()
package batch

import (
	"context"
	"errors"

	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

// maxTrouble temporary failures in a row mean that the mall is in trouble, not the order. Each of them has been tried again by
// then as often as its operation allows.
const maxTrouble = 3

// Batch is one call of a write. It is not for concurrent use.
type Batch struct {
	mall    order.Mall
	shop    string
	results []order.Result
	over    error // why nothing more is sent
	trouble int   // temporary failures in a row
}

// New begins a batch of n elements.
func New(mall order.Mall, shop string, n int, opts order.WriteOptions) *Batch {
	b := &Batch{mall: mall, shop: shop, results: make([]order.Result, n)}
	for i := range b.results {
		b.results[i] = order.Result{Mall: mall, Shop: shop, DryRun: opts.DryRun}
	}
	return b
}

// Result is that of the i-th element, to be filled in. It stays the same from call to call.
func (b *Batch) Result(i int, id, parcel string) *order.Result {
	r := &b.results[i]
	r.Order, r.Parcel = id, parcel
	return r
}

// Sent takes note of how a call went. After a failure of the whole shop (key, address or role, maintenance, speed, context) and
// after three temporary ones in a row the batch is over.
func (b *Batch) Sent(err error) {
	if !errors.Is(err, order.ErrTemporary) {
		b.trouble = 0
	} else if b.trouble++; b.trouble >= maxTrouble {
		b.Stop(err)
	}
	if walk.ShopWide(err) {
		b.Stop(err)
	}
}

// Stop ends the batch for a reason that the caller knows. The first reason stays.
func (b *Batch) Stop(err error) {
	if b.over == nil {
		b.over = err
	}
}

// Over tells whether nothing more is to be sent.
func (b *Batch) Over(ctx context.Context) bool {
	if err := ctx.Err(); err != nil {
		b.Stop(err)
	}
	return b.over != nil
}

// Unsent fills in the result of an element that was not sent since the batch was over.
func (b *Batch) Unsent(r *order.Result, operation string) { unsent(r, operation, b.over, NextUnsent) }

// Results gives all results and the error of the whole write: that of every element which was not done, joined.
func (b *Batch) Results() ([]order.Result, error) {
	var failed []error
	for i := range b.results {
		r := &b.results[i]
		if r.Outcome != order.Done && r.Err == nil {
			r.Err = &order.Error{Class: order.ErrTemporary, Mall: b.mall, Shop: b.shop, Order: r.Order, Code: r.Code, Message: r.Message, Hint: r.Next}
		}
		if r.Err != nil {
			failed = append(failed, r.Err)
		}
	}
	return b.results, errors.Join(failed...)
}
