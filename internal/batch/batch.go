// Package batch is what the malls' batch writes do alike: one Result for each element, whatever happened; the same words for the
// same thing; the joined error; and the end of a batch after a failure that every further element would meet as well.
//
// A mall's write walks its elements and ends each of them in one of these ways:
//
//	ctx, b := batch.New(ctx, batch.Call{Mall: order.Rakuten, Shop: c.shop, Ability: order.CanConfirm, Check: c.Check}, len(list), opts)
//	for i, e := range list {
//		r := b.Result(i, e.Order, "")
//		switch err := check(e); {
//		case err != nil:
//			batch.Fail(r, c.calls.Refuse(operation, e.Order, err), w) // refused: nothing was sent
//		case !b.Judge(r, o, w): // by the order as it was just read
//		case opts.DryRun:
//			batch.Done(r, order.Yes)
//		case b.Over(ctx):
//			b.Unsent(r, operation)
//		default:
//			err := send(ctx, e)
//			… batch.Fail(r, err, w), batch.NotShown(r, w), or batch.Done(r, w.Again)
//			b.Sent(ctx, err, r)
//		}
//	}
//	return b.Results()
package batch

import (
	"context"
	"errors"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

// maxTrouble failures in a row mean that the mall or the shop is in trouble, not the order: temporary ones, each tried again by then
// as often as its operation allows, or ones that speak of the whole shop although Check finds it well.
const maxTrouble = 3

// Call is which write a batch is of.
type Call struct {
	Mall    order.Mall
	Shop    string
	Ability order.Ability
	// Check is the client's cheapest read. It is asked when a failure speaks of the whole shop; nil believes the failure.
	Check func(context.Context) error
}

// Batch is one call of a write. It is not for concurrent use.
type Batch struct {
	call    Call
	opts    order.WriteOptions
	results []order.Result
	over    error // why nothing more is sent
	trouble int   // temporary failures in a row
	alone   int   // failures in a row that spoke of the shop and were of an order alone
}

// New begins a batch of n elements. All its calls, reads among them, are made with the context that it returns: they go before
// the reads of a feed.
func New(ctx context.Context, call Call, n int, opts order.WriteOptions) (context.Context, *Batch) {
	b := &Batch{call: call, opts: opts, results: make([]order.Result, n)}
	for i := range b.results {
		b.results[i] = order.Result{Mall: call.Mall, Shop: call.Shop, Ability: call.Ability, DryRun: opts.DryRun}
	}
	return transport.Writing(ctx), b
}

// Result is that of the i-th element, to be filled in. It stays the same from call to call.
func (b *Batch) Result(i int, id, parcel string) *order.Result {
	r := &b.results[i]
	r.Order, r.Parcel = id, parcel
	return r
}

// Judge looks at the order as it was just read. It fills in r and returns false when its state forbids the write; else it adds what
// is to be warned of.
func (b *Batch) Judge(r *order.Result, o order.Order, w Write) bool {
	why, warnings := b.opts.Judge(b.call.Ability, o)
	if why != nil {
		Fail(r, why, w)
		return false
	}
	r.Warnings = append(r.Warnings, warnings...)
	return true
}

// Sent takes note of how a call went; of are the results that it filled in. After a failure of the whole shop (key, address or role,
// maintenance, speed, context) and after three temporary ones in a row the batch is over. A failure of the whole shop is believed
// only when Check fails too: else it is that of the order alone, its result says so, and the batch goes on.
func (b *Batch) Sent(ctx context.Context, err error, of ...*order.Result) {
	if !errors.Is(err, order.ErrTemporary) {
		b.trouble = 0
	} else if b.trouble++; b.trouble >= maxTrouble {
		b.Stop(err)
	}
	switch {
	case !walk.ShopWide(err):
		b.alone = 0
	case ctx.Err() != nil, !b.one(ctx, err):
		b.Stop(err)
	default:
		for _, r := range of {
			var e *order.Error
			if r.Outcome == order.Refused && errors.As(r.Err, &e) && r.Next == next(e) { // what is more particular stays
				r.Next = NextAlone
			}
		}
	}
}

// one reports whether a failure that speaks of the whole shop is of its order alone.
func (b *Batch) one(ctx context.Context, err error) bool {
	if b.call.Check == nil || errors.Is(err, order.ErrRateLimited) || errors.Is(err, context.Canceled) ||
		errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	b.alone++
	return b.alone < maxTrouble && b.call.Check(ctx) == nil
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
func (b *Batch) Results() ([]order.Result, error) { return b.results, joined(b.results) }

// joined gives every result that is not done its error, and joins them.
func joined(results []order.Result) error {
	var failed []error
	for i := range results {
		r := &results[i]
		if r.Outcome != order.Done && r.Err == nil {
			r.Err = &order.Error{Class: order.ErrTemporary, Mall: r.Mall, Shop: r.Shop, Order: r.Order, Code: r.Code,
				Message: r.Message, Hint: r.Next}
		}
		if r.Err != nil {
			failed = append(failed, r.Err)
		}
	}
	return errors.Join(failed...)
}
