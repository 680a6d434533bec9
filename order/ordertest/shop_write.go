package ordertest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jpmall/jpmall/order"
)

// job is one element of a write: the order it is for, and what it makes of that. A problem refuses it; nothing is changed then.
type job struct {
	order, parcel string
	apply         func(o *order.Order, r *order.Result) (problem error)
}

// write does the elements one after the other, as a mall without batches would.
func (s *Shop) write(ctx context.Context, ability order.Ability, jobs []job, opts order.WriteOptions) ([]order.Result, error) {
	results := make([]order.Result, len(jobs))
	var errs []error
	for i, j := range jobs {
		r := &results[i]
		*r = order.Result{Mall: s.mall, Shop: s.name, Ability: ability, Order: j.order, Parcel: j.parcel, DryRun: opts.DryRun, Repeating: order.Yes}
		if e := s.writeOne(ctx, ability, j, opts, r); e != nil {
			e.Mall, e.Shop, e.Operation, e.Order = s.mall, s.name, string(ability), j.order
			r.Err, r.Code, r.Next = e, e.Code, e.Hint
			if e.Err != nil {
				r.Message = e.Err.Error()
			}
			errs = append(errs, e)
		}
	}
	return results, errors.Join(errs...)
}

const nothingSent = "nothing was sent"

func (s *Shop) writeOne(ctx context.Context, ability order.Ability, j job, opts order.WriteOptions, r *order.Result) *order.Error {
	r.Outcome = order.NotSent
	if err := ctx.Err(); err != nil {
		return &order.Error{Class: order.ErrTemporary, Err: err, Hint: nothingSent}
	}
	r.Outcome = order.Refused
	if j.order == "" {
		return &order.Error{Class: order.ErrInvalid, Err: errors.New("the order number is empty"), Hint: nothingSent}
	}
	if e := s.try(ability, j, opts, r, false); e != nil || opts.DryRun {
		return e
	}
	f, struck := s.call(string(ability))
	var e *order.Error
	switch {
	case !struck:
		return s.try(ability, j, opts, r, true)
	case f.Kind == Delayed || f.Kind == SlowBody:
		e = s.try(ability, j, opts, r, true)
		err := wait(ctx, f.Delay)
		if e != nil || err == nil {
			return e
		}
		f.Applied = true
		e = &order.Error{Class: order.ErrTemporary, Err: err}
	default:
		e = s.trouble(string(ability), j.order, f)
		if f.Kind == Malformed || f.Kind == EmptyBody || f.Kind == ReplyLost || f.Kind == Truncated || f.Kind == EndlessBody || f.Applied {
			f.Applied = true
			if refused := s.try(ability, j, opts, r, true); refused != nil {
				f.Applied = false
			}
		}
	}
	if !f.Applied && (f.Kind == RateLimited || f.Kind == Maintenance || f.Kind == ExpiredKey) {
		r.Outcome, r.Wait, e.Hint = order.NotSent, f.RetryAfter, "nothing was applied: send it again later"
		return e
	}
	r.Outcome, r.Repeating, r.Records, r.Numbers = order.Unsettled, order.NotTold, nil, nil
	r.Wait, r.At = time.Second, s.now().In(order.JST)
	e.Hint = "the answer was lost: ask with Settle after a second, or read the order, before sending it again"
	s.mu.Lock()
	defer s.mu.Unlock()
	r.RequestID = s.next("request-")
	s.lost[r.RequestID] = f.Applied
	return e
}

// try judges and checks an element and, if commit is set, applies it.
func (s *Shop) try(ability order.Ability, j job, opts order.WriteOptions, r *order.Result, commit bool) *order.Error {
	s.mu.Lock()
	defer s.mu.Unlock()
	before, there := s.orders[j.order]
	if !there {
		return &order.Error{Class: order.ErrNotFound, Err: errors.New("the shop has no such order"), Hint: nothingSent}
	}
	why, warnings := opts.Judge(ability, before)
	if why != nil {
		return why
	}
	done := *r
	done.Warnings = warnings
	counter, after := s.counter, clone(before)
	if err := j.apply(&after, &done); err != nil {
		return &order.Error{Class: order.ErrInvalid, Err: err, Hint: nothingSent}
	}
	done.Outcome = order.Done
	if commit {
		s.alter(before, func(o *order.Order) { *o = after })
	} else {
		s.counter = counter
		done.Records = nil
	}
	*r = done
	if !commit && !r.DryRun {
		r.Outcome = order.Refused // until it is applied
	}
	return nil
}

// Settle implements order.Settler.
func (s *Shop) Settle(ctx context.Context, results []order.Result) ([]order.Result, error) {
	settled := make([]order.Result, len(results))
	var errs []error
	for i, r := range results {
		settled[i] = r
		if r.Outcome != order.Unsettled {
			if r.Err != nil {
				errs = append(errs, r.Err)
			}
			continue
		}
		if e := s.settle(ctx, &settled[i]); e != nil {
			e.Mall, e.Shop, e.Operation, e.Order = s.mall, s.name, "settle", r.Order
			settled[i].Err, settled[i].Next = e, e.Hint
			errs = append(errs, e)
		}
	}
	return settled, errors.Join(errs...)
}

func (s *Shop) settle(ctx context.Context, r *order.Result) *order.Error {
	if err := s.reach(ctx, "settle", r.Order); err != nil {
		return &order.Error{Class: order.ErrTemporary, Err: err, Hint: "ask again"}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	applied, known := s.lost[r.RequestID]
	switch now := s.now(); {
	case !known:
		return &order.Error{Class: order.ErrTemporary, Err: fmt.Errorf("no write %q is known", r.RequestID), Hint: "read the order"}
	case now.Before(r.At.Add(r.Wait)):
		r.Wait = r.At.Add(r.Wait).Sub(now)
		r.At = now.In(order.JST)
		return &order.Error{Class: order.ErrTemporary, Err: errors.New("the shop does not show it yet"), Hint: "ask again after Wait"}
	case !applied:
		r.Outcome, r.Wait, r.Repeating = order.Refused, 0, order.Yes
		return &order.Error{Class: order.ErrTemporary, Err: errors.New("the write never arrived"), Hint: "send it again"}
	}
	r.Outcome, r.Err, r.Message, r.Next, r.Wait, r.Repeating = order.Done, nil, "", "", 0, order.NotTold
	return nil
}
