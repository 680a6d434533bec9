package order

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// Actor writes to many shops at once: one call takes orders of several malls, sends each shop its own in one batch, works on the
// shops concurrently, and gives one Result for each element, in the order of the call. Batches, quotas and the malls' own codes
// are the business of each shop's client. It is safe for concurrent use.
//
// Unlike the clients' own writes it is given whole orders, so it refuses, before anything is sent, what they forbid: to ship an
// order that is cancelled, not paid or on hold, or one whose slot nobody could read. ActOptions lift that.
type Actor struct {
	sources map[Ref]Source
}

// ActOptions holds for a whole call.
type ActOptions struct {
	DryRun         bool // do all checks, send nothing
	AnyState       bool // do not look at Order.Status
	UnresolvedSlot bool // ship although a slot label could not be read
}

// NewActor takes the shops that may be written to. A shop must not be there twice.
func NewActor(sources ...Source) (*Actor, error) {
	a := &Actor{sources: map[Ref]Source{}}
	for i, s := range sources {
		if s == nil {
			return nil, fmt.Errorf("order: source %d is nil", i)
		}
		name := Ref{Mall: s.Mall(), Shop: s.Shop()}
		if _, twice := a.sources[name]; twice {
			return nil, fmt.Errorf("order: shop %s of %s is there twice", name.Shop, name.Mall)
		}
		a.sources[name] = s
	}
	return a, nil
}

// Confirm accepts orders (注文確認).
func (a *Actor) Confirm(ctx context.Context, orders []Order, opt ActOptions) ([]Result, error) {
	return a.act(ctx, orders, opt, CanConfirm, func(s Source, at []int) func(WriteOptions) ([]Result, error) {
		w, ok := As[Confirmer](s)
		if !ok {
			return nil
		}
		batch := make([]Confirmation, len(at))
		for i, n := range at {
			batch[i].Order = orders[n].ID
		}
		return func(wo WriteOptions) ([]Result, error) { return w.Confirm(ctx, batch, wo) }
	})
}

// Ship reports shipping (発送報告): shipments[i] is of orders[i], whose number is filled in.
func (a *Actor) Ship(ctx context.Context, orders []Order, shipments []Shipment, opt ActOptions) ([]Result, error) {
	if len(orders) != len(shipments) {
		return nil, mismatch(len(orders), len(shipments))
	}
	return a.act(ctx, orders, opt, CanShip, func(s Source, at []int) func(WriteOptions) ([]Result, error) {
		w, ok := As[Shipper](s)
		if !ok {
			return nil
		}
		batch := make([]Shipment, len(at))
		for i, n := range at {
			batch[i] = shipments[n]
			batch[i].Order = orders[n].ID
		}
		return func(wo WriteOptions) ([]Result, error) { return w.Ship(ctx, batch, wo) }
	})
}

// Cancel cancels orders (キャンセル): cancellations[i] is of orders[i], whose number is filled in.
func (a *Actor) Cancel(ctx context.Context, orders []Order, cancellations []Cancellation, opt ActOptions) ([]Result, error) {
	if len(orders) != len(cancellations) {
		return nil, mismatch(len(orders), len(cancellations))
	}
	return a.act(ctx, orders, opt, CanCancel, func(s Source, at []int) func(WriteOptions) ([]Result, error) {
		w, ok := As[Canceller](s)
		if !ok {
			return nil
		}
		batch := make([]Cancellation, len(at))
		for i, n := range at {
			batch[i] = cancellations[n]
			batch[i].Order = orders[n].ID
		}
		return func(wo WriteOptions) ([]Result, error) { return w.Cancel(ctx, batch, wo) }
	})
}

// Annotate writes the memo (ひとことメモ): memos[i] is of orders[i].
func (a *Actor) Annotate(ctx context.Context, orders []Order, memos []string, opt ActOptions) ([]Result, error) {
	if len(orders) != len(memos) {
		return nil, mismatch(len(orders), len(memos))
	}
	return a.act(ctx, orders, opt, CanAnnotate, func(s Source, at []int) func(WriteOptions) ([]Result, error) {
		w, ok := As[Annotator](s)
		if !ok {
			return nil
		}
		batch := make([]Annotation, len(at))
		for i, n := range at {
			batch[i] = Annotation{Order: orders[n].ID, Memo: memos[n]}
		}
		return func(wo WriteOptions) ([]Result, error) { return w.Annotate(ctx, batch, wo) }
	})
}

// ChangeDelivery changes delivery date and slot (お届け日時変更): changes[i] is of orders[i], whose number is filled in.
func (a *Actor) ChangeDelivery(ctx context.Context, orders []Order, changes []DeliveryChange, opt ActOptions) ([]Result, error) {
	if len(orders) != len(changes) {
		return nil, mismatch(len(orders), len(changes))
	}
	return a.act(ctx, orders, opt, CanChangeDelivery, func(s Source, at []int) func(WriteOptions) ([]Result, error) {
		w, ok := As[DeliveryChanger](s)
		if !ok {
			return nil
		}
		batch := make([]DeliveryChange, len(at))
		for i, n := range at {
			batch[i] = changes[n]
			batch[i].Order = orders[n].ID
		}
		return func(wo WriteOptions) ([]Result, error) { return w.ChangeDelivery(ctx, batch, wo) }
	})
}

func mismatch(orders, elements int) error {
	return fmt.Errorf("order: %d orders and %d elements; nothing was sent", orders, elements)
}

// act checks every order, groups what is left by shop, and lets each shop write its own.
func (a *Actor) act(
	ctx context.Context, orders []Order, opt ActOptions, ability Ability,
	prepare func(s Source, at []int) func(WriteOptions) ([]Result, error),
) ([]Result, error) {
	results := make([]Result, len(orders))
	groups := map[Ref][]int{}
	for i, o := range orders {
		if why := forbids(o, ability, opt); why != nil {
			results[i] = refusal(o, opt, why)
			continue
		}
		name := Ref{Mall: o.Mall, Shop: o.Shop}
		if _, known := a.sources[name]; !known {
			results[i] = refusal(o, opt, &Error{Class: ErrInvalid, Err: errors.New("no source of this shop was given to the Actor")})
			continue
		}
		groups[name] = append(groups[name], i)
	}
	var wg sync.WaitGroup
	for name, at := range groups {
		wg.Go(func() {
			write := prepare(a.sources[name], at)
			if write == nil {
				for _, i := range at {
					results[i] = refusal(orders[i], opt, &Error{Class: ErrInvalid, Err: fmt.Errorf("the mall does not support %s", ability)})
				}
				return
			}
			got, err := write(WriteOptions{DryRun: opt.DryRun})
			for k, i := range at {
				results[i] = resultAt(orders[i], got, k, err)
			}
		})
	}
	wg.Wait()
	var failed []error
	for i := range results {
		if results[i].Err != nil {
			failed = append(failed, results[i].Err)
		}
	}
	return results, errors.Join(failed...)
}

// resultAt takes the k-th result of a shop. A source that breaks the contract and gives too few leaves the outcome unknown.
func resultAt(o Order, got []Result, k int, err error) Result {
	if k < len(got) {
		r := got[k]
		r.Mall, r.Shop = o.Mall, o.Shop
		if r.Err == nil && r.Outcome != Done {
			r.Err = &Error{Class: ErrTemporary, Mall: o.Mall, Shop: o.Shop, Order: o.ID, Message: r.Message, Err: err}
		}
		return r
	}
	if err == nil {
		err = errors.New("the source gave no result")
	}
	return Result{
		Mall: o.Mall, Shop: o.Shop, Order: o.ID, Next: "read the order before sending it again",
		Err: &Error{Class: ErrTemporary, Mall: o.Mall, Shop: o.Shop, Order: o.ID, Err: err},
	}
}

// refusal is the result of an order for which nothing was sent.
func refusal(o Order, opt ActOptions, e *Error) Result {
	e.Mall, e.Shop, e.Order = o.Mall, o.Shop, o.ID
	if e.Hint == "" {
		e.Hint = "nothing was sent"
	}
	return Result{
		Mall: o.Mall, Shop: o.Shop, Order: o.ID, Outcome: Refused, DryRun: opt.DryRun, Message: e.Err.Error(), Next: e.Hint,
		Repeating: Yes, Err: e,
	}
}

// forbidden lists the states in which a write is refused. What is not listed is left to the mall.
var forbidden = map[Ability][]Status{
	CanConfirm:        {Shipped, PartiallyShipped, Completed, CancelRequested, Cancelled},
	CanShip:           {Reserved, AwaitingPayment, OnHold, CancelRequested, Cancelled, Unknown},
	CanCancel:         {Cancelled},
	CanChangeDelivery: {Shipped, Completed, Cancelled},
}

func forbids(o Order, ability Ability, opt ActOptions) *Error {
	if ability == CanShip && o.Unresolved() && !opt.UnresolvedSlot {
		return &Error{
			Class: ErrConflict, Err: errors.New("a delivery slot label of the order could not be read"),
			Hint: "teach the label to timeslot, or set ActOptions.UnresolvedSlot; nothing was sent",
		}
	}
	if opt.AnyState {
		return nil
	}
	for _, s := range forbidden[ability] {
		if o.Status == s {
			return &Error{
				Class: ErrConflict, Err: fmt.Errorf("the order is %s", s),
				Hint: "read the order again, or set ActOptions.AnyState; nothing was sent",
			}
		}
	}
	return nil
}
