package aupay

import (
	"context"
	"errors"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// write is one element of a batch, checked and ready to be sent.
type write struct {
	order, parcel string
	operation     string // the first one, for the error of a refusal
	invalid       error  // why nothing is sent
	warnings      []order.Warning
	steps         []step
	repeating     order.Answer // whether repeating it is harmless once something may have been applied
	find          string       // how to find out what became of it when the answer was lost
}

// step is one call of a write.
type step struct {
	do     func(context.Context) error
	effect order.Warning // what has taken effect when a later step fails
	next   string        // how to go on when this one fails after an earlier one has taken effect
}

// maxTrouble temporary failures in a row mean that the mall is in trouble, not the order.
const maxTrouble = 3

// run sends a batch, one element after the other, and tells what became of each. Refused elements do not stop others; a failure
// that the next element would meet as well does, and what is left is then not sent.
func (c *Client) run(ctx context.Context, writes []write, opt order.WriteOptions) ([]order.Result, error) {
	results := make([]order.Result, len(writes))
	var failed []error
	var broken *order.Error
	trouble := 0
	for i := range writes {
		w := &writes[i]
		r := order.Result{Order: w.order, Parcel: w.parcel, Warnings: w.warnings, DryRun: opt.DryRun}
		switch {
		case w.invalid != nil:
			w.refused(&r, c.refuse(w.operation, w.order, w.invalid), "correct the element and send it again")
			r.Message = w.invalid.Error()
		case opt.DryRun:
			r.Outcome, r.Repeating = order.Done, order.Yes
		case broken != nil:
			w.refused(&r, c.notSent(ctx, broken, w), "not sent, because an earlier element met a failure of the whole shop: send it again when that is over")
		default:
			e := w.send(ctx, &r)
			if e != nil && errors.Is(e, order.ErrTemporary) {
				trouble++
			} else {
				trouble = 0
			}
			if e != nil && (shopWide(e) || trouble >= maxTrouble) {
				broken = e
			}
		}
		results[i] = r
		if r.Err != nil {
			failed = append(failed, r.Err)
		}
	}
	return results, errors.Join(failed...)
}

// notSent is the error of an element that was not sent because of what befell an earlier one.
func (c *Client) notSent(ctx context.Context, earlier *order.Error, w *write) *order.Error {
	e := &order.Error{
		Class: earlier.Class, Mall: order.AuPay, Shop: c.shop, Operation: w.operation, Order: w.order, Code: earlier.Code,
		Message: earlier.Message, RetryAfter: earlier.RetryAfter, Err: ctx.Err(), Hint: earlier.Hint,
	}
	if e.Message == "" {
		e.Message = e.Class.Error()
	}
	return e
}

// refused fills in a result of which nothing took effect.
func (w *write) refused(r *order.Result, e *order.Error, next string) {
	r.Outcome, r.Err, r.Next, r.Repeating = order.Refused, e, next, order.Yes
	r.Code, r.Message = e.Code, e.Message
}

// send makes the calls of one element, in order, until one fails.
func (w *write) send(ctx context.Context, r *order.Result) *order.Error {
	for i := range w.steps {
		err := w.steps[i].do(ctx)
		if err == nil {
			continue
		}
		var e *order.Error
		if !errors.As(err, &e) {
			e = &order.Error{Class: order.ErrInvalid, Mall: order.AuPay, Operation: w.operation, Order: w.order, Err: err}
		}
		next := "read the mall's words; the order is as it was"
		switch {
		case e.Hint != "":
			next = e.Hint
		case e.Attempts == 0:
			next = "nothing was sent: send it again"
		}
		w.refused(r, e, next)
		if i > 0 {
			r.Warnings = append(r.Warnings, w.steps[i-1].effect)
			r.Next, r.Repeating = w.steps[i].next, w.repeating
		}
		if transport.Unsettled(err) || errors.Is(err, order.ErrUndecodable) {
			r.Outcome, r.Repeating, r.Next = order.Unsettled, w.repeating, w.find
		}
		if r.Message == "" {
			r.Message = e.Class.Error()
		}
		return e
	}
	r.Outcome, r.Repeating = order.Done, w.repeating
	return nil
}

// shopWide tells failures that the next element would meet as well: key, address, maintenance, speed, context.
func shopWide(err error) bool {
	for _, class := range []order.Class{
		order.ErrUnauthorized, order.ErrCredentialExpired, order.ErrForbidden, order.ErrRateLimited, order.ErrMaintenance,
	} {
		if errors.Is(err, class) {
			return true
		}
	}
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
