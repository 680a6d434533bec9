package order

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// Actor writes to many shops at once: one call takes orders of several malls, sends each shop its own in one batch, works on the
// shops concurrently, and gives one Result for each element, in the order of the call. Batches, quotas and the malls' own codes
// are the business of each shop's client. It is safe for concurrent use.
//
// It is given whole orders, so it refuses at once, before anything is read or sent, what they forbid: to ship an order that MayShip
// stops, to cancel one that is cancelled. The clients look once more at the order as it stands at the mall. WriteOptions lift that.
type Actor struct {
	sources map[Ref]Source
}

// Task is an order and what is to be done with it.
type Task[T any] struct {
	Order Order
	Do    T
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
func (a *Actor) Confirm(ctx context.Context, orders []Order, opts WriteOptions) ([]Result, error) {
	tasks := make([]Task[Confirmation], len(orders))
	for i, o := range orders {
		tasks[i] = Task[Confirmation]{Order: o}
	}
	return act(ctx, a, tasks, opts, CanConfirm, func(id string, c Confirmation) Confirmation { c.Order = id; return c }, Confirmer.Confirm)
}

// Ship reports shipping (発送報告). The number of each order is filled into its Shipment.
func (a *Actor) Ship(ctx context.Context, tasks []Task[Shipment], opts WriteOptions) ([]Result, error) {
	return act(ctx, a, tasks, opts, CanShip, func(id string, s Shipment) Shipment { s.Order = id; return s }, Shipper.Ship)
}

// Cancel cancels orders (キャンセル). The number of each order is filled into its Cancellation.
func (a *Actor) Cancel(ctx context.Context, tasks []Task[Cancellation], opts WriteOptions) ([]Result, error) {
	return act(ctx, a, tasks, opts, CanCancel, func(id string, c Cancellation) Cancellation { c.Order = id; return c }, Canceller.Cancel)
}

// Annotate writes the memo (ひとことメモ) of each order; an empty one clears it.
func (a *Actor) Annotate(ctx context.Context, tasks []Task[string], opts WriteOptions) ([]Result, error) {
	return act(ctx, a, tasks, opts, CanAnnotate, func(id, memo string) Annotation { return Annotation{Order: id, Memo: memo} }, Annotator.Annotate)
}

// ChangeDelivery changes delivery date and slot (お届け日時変更). The number of each order is filled into its DeliveryChange.
func (a *Actor) ChangeDelivery(ctx context.Context, tasks []Task[DeliveryChange], opts WriteOptions) ([]Result, error) {
	return act(ctx, a, tasks, opts, CanChangeDelivery, func(id string, c DeliveryChange) DeliveryChange { c.Order = id; return c }, DeliveryChanger.ChangeDelivery)
}

// Settle finds out what became of results that are Unsettled, of any of the shops: see Settler. Those of a shop that is not the
// Actor's, or has no Settler, stay Unsettled and say so.
func (a *Actor) Settle(ctx context.Context, results []Result) ([]Result, error) {
	settled := slices.Clone(results)
	groups := map[Ref][]int{}
	for i, r := range results {
		if r.Outcome == Unsettled {
			name := Ref{Mall: r.Mall, Shop: r.Shop}
			groups[name] = append(groups[name], i)
		}
	}
	var wg sync.WaitGroup
	for name, at := range groups {
		wg.Go(func() {
			var got []Result
			err := errors.New("no source of this shop that can settle was given to the Actor: read the order")
			if s, ok := As[Settler](a.sources[name]); ok {
				batch := make([]Result, len(at))
				for k, i := range at {
					batch[k] = results[i]
				}
				got, err = s.Settle(ctx, batch)
			}
			for k, i := range at {
				if k < len(got) {
					settled[i] = got[k]
				} else {
					settled[i].Err = &Error{Class: ErrTemporary, Mall: name.Mall, Shop: name.Shop, Order: results[i].Order, Err: err}
				}
			}
		})
	}
	wg.Wait()
	for i := range settled {
		if r := &settled[i]; r.Outcome != Done && r.Err == nil { // lost in its JSON form
			r.Err = &Error{Class: ErrTemporary, Mall: r.Mall, Shop: r.Shop, Order: r.Order, Code: r.Code, Message: r.Message, Hint: r.Next}
		}
	}
	return settled, failed(settled)
}

// act checks every order, groups what is left by shop, and lets each shop write its own.
func act[T, E, W any](
	ctx context.Context, a *Actor, tasks []Task[T], opts WriteOptions, ability Ability,
	element func(id string, do T) E, write func(W, context.Context, []E, WriteOptions) ([]Result, error),
) ([]Result, error) {
	results := make([]Result, len(tasks))
	groups := map[Ref][]int{}
	for i, t := range tasks {
		if why, _ := opts.Judge(ability, t.Order); why != nil {
			results[i] = refusal(t.Order, ability, opts, why)
			continue
		}
		name := Ref{Mall: t.Order.Mall, Shop: t.Order.Shop}
		if _, known := a.sources[name]; !known {
			results[i] = refusal(t.Order, ability, opts, &Error{Class: ErrInvalid, Err: errors.New("no source of this shop was given to the Actor")})
			continue
		}
		groups[name] = append(groups[name], i)
	}
	var wg sync.WaitGroup
	for name, at := range groups {
		wg.Go(func() {
			w, ok := As[W](a.sources[name])
			if !ok {
				for _, i := range at {
					results[i] = refusal(tasks[i].Order, ability, opts, &Error{Class: ErrInvalid, Err: fmt.Errorf("the mall does not support %s", ability)})
				}
				return
			}
			batch := make([]E, len(at))
			for k, i := range at {
				batch[k] = element(tasks[i].Order.ID, tasks[i].Do)
			}
			got, err := write(w, ctx, batch, opts)
			for k, i := range at {
				results[i] = resultAt(tasks[i].Order, ability, got, k, err)
			}
		})
	}
	wg.Wait()
	return results, failed(results)
}

// failed joins the errors of results.
func failed(results []Result) error {
	var errs []error
	for i := range results {
		if results[i].Err != nil {
			errs = append(errs, results[i].Err)
		}
	}
	return errors.Join(errs...)
}

// resultAt takes the k-th result of a shop. A source that breaks the contract and gives too few leaves the outcome unknown.
func resultAt(o Order, ability Ability, got []Result, k int, err error) Result {
	if k < len(got) {
		r := got[k]
		r.Mall, r.Shop, r.Ability = o.Mall, o.Shop, ability
		if r.Err == nil && r.Outcome != Done {
			r.Err = &Error{Class: ErrTemporary, Mall: o.Mall, Shop: o.Shop, Order: o.ID, Message: r.Message, Err: err}
		}
		return r
	}
	if err == nil {
		err = errors.New("the source gave no result")
	}
	return Result{
		Mall: o.Mall, Shop: o.Shop, Ability: ability, Order: o.ID, Next: "read the order before sending it again",
		Err: &Error{Class: ErrTemporary, Mall: o.Mall, Shop: o.Shop, Order: o.ID, Err: err},
	}
}

// refusal is the result of an order for which nothing was sent.
func refusal(o Order, ability Ability, opts WriteOptions, e *Error) Result {
	e.Mall, e.Shop, e.Order = o.Mall, o.Shop, o.ID
	if e.Hint == "" {
		e.Hint = "nothing was sent"
	}
	return Result{
		Mall: o.Mall, Shop: o.Shop, Ability: ability, Order: o.ID, Outcome: Refused, DryRun: opts.DryRun, Message: e.Err.Error(), Next: e.Hint,
		Repeating: Yes, Err: e,
	}
}

// Judge decides whether a write may be made to an order as it was just read: an error of class ErrConflict when its state forbids it,
// else what is to be warned of. Shipping goes by MayShip, the other writes by a table of states. Actor and the clients judge alike.
func (opts WriteOptions) Judge(ability Ability, o Order) (*Error, []Warning) {
	var objections []Objection
	if ability == CanShip {
		objections = MayShip(o)
	} else if slices.Contains(forbidden[ability], o.Status) {
		objection := statusObjection(o.Status)
		objection.Stops = true
		objections = []Objection{objection}
	}
	var warnings []Warning
	for _, objection := range objections {
		lifted, hint := opts.AnyState, "read the order again, or set WriteOptions.AnyState; nothing was sent"
		switch objection.Code {
		case ObjectUnreadSlot:
			lifted, hint = opts.UnresolvedSlot, "teach the label to timeslot, or set WriteOptions.UnresolvedSlot; nothing was sent"
		case ObjectProblems, ObjectSum:
			continue // no news to who writes
		case ObjectShipped:
			if ability == CanShip {
				continue
			}
		}
		if objection.Stops && !lifted {
			return &Error{
				Class: ErrConflict, Mall: o.Mall, Shop: o.Shop, Order: o.ID, Code: string(objection.Code),
				Err: errors.New(objection.Text.EN), Hint: hint,
			}, nil
		}
		warnings = append(warnings, Warning{Field: objection.Field, Code: string(objection.Code), Message: objection.Text.EN})
	}
	return nil, warnings
}

// forbidden lists the states in which a write is refused; shipping has MayShip. What is not listed is left to the mall.
var forbidden = map[Ability][]Status{
	CanConfirm:        {Shipped, PartiallyShipped, Completed, CancelRequested, Cancelled},
	CanCancel:         {Cancelled},
	CanChangeDelivery: {Shipped, Completed, Cancelled},
}
