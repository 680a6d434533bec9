package ordertest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jpmall/jpmall/internal/pause"
	"github.com/jpmall/jpmall/order"
)

// job is one element of a write: its order, and what it changes in it. A problem refuses the
// element, and nothing is changed.
type job struct {
	order, parcel string
	apply         func(o *order.Order, r *order.Result) (problem error)

	// of a write of stock, instead of the above; set is called with s.mu held
	sku order.SKU
	set func(commit bool) *order.Error
}

// write handles the elements one after another, as a mall without batches does.
func (s *Shop) write(
	ctx context.Context, ability order.Ability, jobs []job, opts order.WriteOptions,
) ([]order.Result, error) {
	results := make([]order.Result, len(jobs))
	for i, j := range jobs {
		r := &results[i]
		*r = order.Result{Mall: s.mall, Shop: s.name, Ability: ability, Order: j.order,
			Parcel: j.parcel, SKU: j.sku, DryRun: opts.DryRun, Repeating: order.Yes}
		if e := s.writeOne(ctx, ability, j, opts, r); e != nil {
			e.Mall, e.Shop, e.Operation, e.Order = s.mall, s.name, string(ability), j.order
			r.Err, r.Code, r.Text, r.Next = e, e.Code, e.Text, e.Hint
			if e.Err != nil {
				r.Message = e.Err.Error()
			}
		}
	}
	return results, order.Failures(results)
}

var nothingSent = order.Text{EN: "nothing was sent", JA: "何も送信していません"}

var findStock = order.Text{EN: "read the stock, or send it again, which is harmless",
	JA: "在庫を確認するか、再送してください（二重になる心配はありません）"}

func (s *Shop) writeOne(
	ctx context.Context, ability order.Ability, j job, opts order.WriteOptions, r *order.Result,
) *order.Error {
	r.Outcome = order.NotSent
	if err := ctx.Err(); err != nil {
		return &order.Error{Class: order.ErrTemporary, Err: err, Hint: nothingSent}
	}
	r.Outcome = order.Refused
	if j.order == "" && j.set == nil {
		return &order.Error{Class: order.ErrInvalid, Err: errors.New("the order number is empty"),
			Hint: nothingSent}
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
		err := pause.For(ctx, f.Delay)
		if e != nil || err == nil {
			return e
		}
		f.Applied = true
		e = &order.Error{Class: order.ErrTemporary, Err: err}
	default:
		e = s.trouble(string(ability), j.order, f)
		if f.Kind == Malformed || f.Kind == EmptyBody || f.Kind == ReplyLost ||
			f.Kind == Truncated || f.Kind == EndlessBody || f.Applied {
			f.Applied = true
			if refused := s.try(ability, j, opts, r, true); refused != nil {
				f.Applied = false
			}
		}
	}
	if !f.Applied && (f.Kind == RateLimited || f.Kind == Maintenance || f.Kind == ExpiredKey) {
		r.Outcome = order.NotSent
		r.Wait = f.RetryAfter
		e.Hint = order.Text{EN: "nothing was applied: send it again later",
			JA: "反映されていません。時間をおいて再送してください"}
		return e
	}
	r.Outcome, r.Records, r.Numbers = order.Unsettled, nil, nil
	if j.set != nil {
		e.Hint = findStock
		return e
	}
	r.Repeating = order.NotTold
	r.Wait, r.At = time.Second, s.now().In(order.JST)
	e.Hint = order.Text{
		EN: "the answer was lost: ask with Settle after a second, or read the order, before sending it again",
		JA: "応答を受け取れませんでした。再送の前に、1秒後に結果を照会するか受注を確認してください"}
	s.mu.Lock()
	defer s.mu.Unlock()
	r.RequestID = s.next("request-")
	s.lost[r.RequestID] = f.Applied
	return e
}

// try judges and checks an element and, if commit is set, applies it.
func (s *Shop) try(
	ability order.Ability, j job, opts order.WriteOptions, r *order.Result, commit bool,
) *order.Error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if j.set != nil {
		e := j.set(commit)
		if e == nil && (commit || opts.DryRun) {
			r.Outcome = order.Done
		}
		return e
	}
	before, there := s.orders[j.order]
	if !there {
		return &order.Error{Class: order.ErrNotFound, Err: errors.New("the shop has no such order"),
			Hint: nothingSent}
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

// Settle finds out what became of unsettled writes. It implements [order.Settler].
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
			e.Mall, e.Shop, e.Operation, e.Order = s.mall, s.name, opSettle, r.Order
			settled[i].Err, settled[i].Next = e, e.Hint
			errs = append(errs, e)
		}
	}
	return settled, errors.Join(errs...)
}

func (s *Shop) settle(ctx context.Context, r *order.Result) *order.Error {
	if err := s.reach(ctx, opSettle, r.Order); err != nil {
		return &order.Error{Class: order.ErrTemporary, Err: err, Hint: order.Text{EN: "ask again",
			JA: "もう一度照会してください"}}
	}
	if r.Ability == order.CanStock {
		return &order.Error{Class: order.ErrInvalid, Hint: findStock,
			Err: errors.New("a write of stock cannot be settled")}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	applied, known := s.lost[r.RequestID]
	switch now := s.now(); {
	case !known:
		return &order.Error{Class: order.ErrTemporary,
			Err: fmt.Errorf("no write %q is known", r.RequestID),
			Hint: order.Text{EN: "read the order",
				JA: "受注を確認してください"}}
	case now.Before(r.At.Add(r.Wait)):
		r.Wait = r.At.Add(r.Wait).Sub(now)
		r.At = now.In(order.JST)
		return &order.Error{Class: order.ErrTemporary,
			Err: errors.New("the shop does not show it yet"),
			Hint: order.Text{EN: "ask again after Wait",
				JA: "待ち時間が過ぎてからもう一度照会してください"}}
	case !applied:
		r.Outcome, r.Wait, r.Repeating, r.Code = order.Refused, 0, order.Yes, ""
		return &order.Error{Class: order.ErrTemporary, Err: errors.New("the write never arrived"),
			Hint: order.Text{EN: "send it again",
				JA: "再送してください"}}
	}
	r.Outcome = order.Done
	r.Err = nil
	r.Message = ""
	r.Next = order.Text{}
	r.Wait = 0
	r.Repeating = order.NotTold
	return nil
}
