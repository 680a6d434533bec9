// Package batch holds what the malls' batch writes share: one Result for each element in every
// case, the same texts for the same thing, the joined error, and the end of a batch after a
// failure that every further element would meet as well.
//
// A mall's write ends each of its elements in one of these ways:
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
//			… batch.Fail(r, err, w), batch.Unsettled(r, w, why, nil), or batch.Done(r, w.Again)
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

// maxTrouble failures in a row mean that the mall or the shop has a problem, not the order. They
// are temporary ones, each already retried as often as its operation allows, or ones that concern
// the whole shop although Check succeeds.
const maxTrouble = 3

// Call describes the write of a batch.
type Call struct {
	Mall    order.Mall
	Shop    string
	Ability order.Ability
	// Check is the client's cheapest read. It is called after a failure that concerns the whole
	// shop; nil accepts the failure as such.
	Check func(context.Context) error
}

// Batch is one call of a write. It is not safe for concurrent use.
type Batch struct {
	call    Call
	opts    order.WriteOptions
	results []order.Result
	over    error // why nothing more is sent
	trouble int   // temporary failures in a row
	alone   int   // failures in a row that seemed to concern the shop but concerned one order
}

// New begins a batch of n elements. All its calls, reads included, must use the returned context:
// in the queue of a quota, they precede the reads of a feed.
func New(ctx context.Context, call Call, n int, opts order.WriteOptions) (context.Context, *Batch) {
	b := &Batch{call: call, opts: opts, results: make([]order.Result, n)}
	for i := range b.results {
		b.results[i] = order.Result{Mall: call.Mall, Shop: call.Shop, Ability: call.Ability,
			DryRun: opts.DryRun}
	}
	return transport.Writing(ctx), b
}

// Result returns the result of the i-th element, to be filled in. Every call returns the same.
func (b *Batch) Result(i int, id, parcel string) *order.Result {
	r := &b.results[i]
	r.Order, r.Parcel = id, parcel
	return r
}

// Judge checks the order as it was just read. If its state forbids the write, Judge fills in r and
// returns false; otherwise it adds warnings.
func (b *Batch) Judge(r *order.Result, o order.Order, w Write) bool {
	why, warnings := b.opts.Judge(b.call.Ability, o)
	if why != nil {
		Fail(r, why, w)
		return false
	}
	r.Warnings = append(r.Warnings, warnings...)
	return true
}

// Sent records the outcome of a call; of are its results. A failure of the whole shop (key,
// address or role, maintenance, rate, context) ends the batch, and so do three temporary ones in a
// row. A failure is taken to be of the whole shop only if Check fails too: otherwise it concerns
// the order alone, its result says so, and the batch continues.
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
			// what is more particular stays
			if r.Outcome == order.Refused && errors.As(r.Err, &e) && r.Next == next(e) {
				r.Next = NextAlone
			}
		}
	}
}

// one reports whether a failure that seems to concern the whole shop concerns its order alone.
func (b *Batch) one(ctx context.Context, err error) bool {
	if b.call.Check == nil || errors.Is(err, order.ErrRateLimited) ||
		errors.Is(err, context.Canceled) ||
		errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	b.alone++
	return b.alone < maxTrouble && b.call.Check(ctx) == nil
}

// Stop ends the batch. Only the first reason is kept.
func (b *Batch) Stop(err error) {
	if b.over == nil {
		b.over = err
	}
}

// Over reports whether the batch has ended, so that nothing more is sent.
func (b *Batch) Over(ctx context.Context) bool {
	if err := ctx.Err(); err != nil {
		b.Stop(err)
	}
	return b.over != nil
}

// Unsent fills in the result of an element that was not sent because the batch had ended.
func (b *Batch) Unsent(r *order.Result,
	operation string) {
	unsent(r, operation, b.over, NextUnsent)
}

// Results returns all results, and the joined errors of those that are not done.
func (b *Batch) Results() ([]order.Result, error) { return b.results, joined(b.results) }

// joined gives every result that is not done an error, and joins them.
func joined(results []order.Result) error {
	for i := range results {
		r := &results[i]
		if r.Outcome != order.Done && r.Err == nil {
			r.Err = &order.Error{Class: order.ErrTemporary, Mall: r.Mall, Shop: r.Shop,
				Order: r.Order, Code: r.Code,
				Message: r.Message, Text: r.Text, Hint: r.Next}
		}
	}
	return order.Failures(results)
}
