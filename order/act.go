package order

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// Actor writes to the orders of many shops. One call takes orders of several malls, sends each shop
// its own in one batch, handles the shops concurrently, and returns one Result for each element, in
// the order of the call. Batch sizes, quotas and the malls' own codes are left to the client of
// each shop. It is safe for concurrent use.
//
// An Actor is given whole orders, so it refuses at once, before anything is read or sent, what
// their state forbids: to ship an order that [MayShip] stops, or to cancel one that is cancelled.
// The clients check again, with the order as it stands at the mall. [WriteOptions] can lift both
// checks.
type Actor struct {
	sources map[Ref]Source
}

// Task is an order and what to do with it.
type Task[T any] struct {
	Order Order
	Do    T
}

// NewActor returns an Actor that may write to the given shops. A shop must not be given twice.
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
	return act(ctx, a, tasks, opts, CanConfirm,
		func(id string, c Confirmation) Confirmation { c.Order = id; return c }, Confirmer.Confirm)
}

// Ship reports shipping (発送報告). It sets the order number of each Shipment.
func (a *Actor) Ship(
	ctx context.Context, tasks []Task[Shipment], opts WriteOptions,
) ([]Result, error) {
	return act(ctx, a, tasks, opts, CanShip,
		func(id string, s Shipment) Shipment { s.Order = id; return s }, Shipper.Ship)
}

// Cancel cancels orders (キャンセル). It sets the order number of each Cancellation.
func (a *Actor) Cancel(
	ctx context.Context, tasks []Task[Cancellation], opts WriteOptions,
) ([]Result, error) {
	return act(ctx, a, tasks, opts, CanCancel,
		func(id string, c Cancellation) Cancellation { c.Order = id; return c }, Canceller.Cancel)
}

// Annotate replaces the memo (ひとことメモ, 社内メモ) of each order; an empty one clears it.
func (a *Actor) Annotate(
	ctx context.Context, tasks []Task[string], opts WriteOptions,
) ([]Result, error) {
	return act(ctx, a, tasks, opts, CanAnnotate,
		func(id, memo string) Annotation { return Annotation{Order: id, Memo: memo} },
		Annotator.Annotate)
}

// ChangeDelivery changes delivery date and slot (お届け日時変更). It sets the order number of each
// [DeliveryChange].
func (a *Actor) ChangeDelivery(
	ctx context.Context, tasks []Task[DeliveryChange], opts WriteOptions,
) ([]Result, error) {
	return act(ctx, a, tasks, opts, CanChangeDelivery,
		func(id string, c DeliveryChange) DeliveryChange { c.Order = id; return c },
		DeliveryChanger.ChangeDelivery)
}

// Settle finds out what became of unsettled writes to any of the shops. It implements Settler. A
// result whose shop the Actor does not have, or has no Settler for, stays Unsettled with an error
// that says so.
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
			err := errors.New(
				"no source of this shop that can settle was given to the Actor: read the order")
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
					settled[i].Err = &Error{Class: ErrTemporary, Mall: name.Mall, Shop: name.Shop,
						Order: results[i].Order, Err: err}
				}
			}
		})
	}
	wg.Wait()
	for i := range settled {
		if r := &settled[i]; r.Outcome != Done && r.Err == nil { // lost in its JSON form
			r.Err = &Error{Class: ErrTemporary, Mall: r.Mall, Shop: r.Shop, Order: r.Order,
				Code: r.Code, Message: r.Message, Text: r.Text, Hint: r.Next}
		}
	}
	return settled, Failures(settled)
}

// act checks every order, groups the rest by shop, and lets each shop write its own.
func act[T, E, W any](
	ctx context.Context, a *Actor, tasks []Task[T], opts WriteOptions, ability Ability,
	element func(id string, do T) E,
	write func(W, context.Context, []E, WriteOptions) ([]Result, error),
) ([]Result, error) {
	results := make([]Result, len(tasks))
	groups := map[Ref][]int{}
	for i, t := range tasks {
		name := Ref{Mall: t.Order.Mall, Shop: t.Order.Shop}
		why, _ := opts.Judge(ability, t.Order)
		if _, known := a.sources[name]; why == nil && !known {
			why = &Error{Class: ErrInvalid, Text: noSource, Err: errors.New(noSource.EN),
				Hint: Text{EN: "nothing was sent", JA: "何も送信していません"}}
		}
		if why != nil {
			results[i] = refusal(t, ability, opts, why)
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
					results[i] = refusal(tasks[i], ability, opts, lacks(a.sources[name], ability))
					results[i].Repeating = No
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
	return results, Failures(results)
}

// resultAt returns the k-th result of a shop. It is Unsettled if the source breaks its contract and
// returned too few.
func resultAt(o Order, ability Ability, got []Result, k int, err error) Result {
	if k < len(got) {
		r := got[k]
		r.Mall, r.Shop, r.Ability = o.Mall, o.Shop, ability
		if r.Err == nil && r.Outcome != Done {
			r.Err = &Error{Class: ErrTemporary, Mall: o.Mall, Shop: o.Shop, Order: o.ID,
				Message: r.Message, Text: r.Text, Err: err}
		}
		return r
	}
	if err == nil {
		err = errors.New("the source gave no result")
	}
	return Result{
		Mall: o.Mall, Shop: o.Shop, Ability: ability, Order: o.ID,
		Next: Text{EN: "read the order before sending it again",
			JA: "再送の前に受注を確認してください"},
		Err: &Error{Class: ErrTemporary, Mall: o.Mall, Shop: o.Shop, Order: o.ID, Err: err},
	}
}

var noSource = Text{EN: "no source of this shop was given to the Actor",
	JA: "この店舗は書き込み先として登録されていません"}

// refusal is the result of an order for which nothing was sent.
func refusal[T any](t Task[T], ability Ability, opts WriteOptions, e *Error) Result {
	o := t.Order
	e.Mall, e.Shop, e.Order = o.Mall, o.Shop, o.ID
	r := Result{Mall: o.Mall, Shop: o.Shop, Ability: ability, Order: o.ID, DryRun: opts.DryRun}
	if s, ok := any(t.Do).(Shipment); ok {
		r.Parcel = s.Parcel
	}
	r.Refuse(e)
	return r
}

// lacks returns the error of a write that a source does not have, with what its mall's capabilities
// say of it.
func lacks(s Source, ability Ability) *Error {
	e := &Error{Class: ErrInvalid, Hint: Text{
		EN: "do it on the mall's own screen; nothing was sent",
		JA: "モールの管理画面で行ってください。何も送信していません"}}
	able, told := As[interface{ Capabilities() Capabilities }](s)
	if told && !able.Capabilities().Can(ability) {
		row, _ := able.Capabilities().Get(ability)
		e.Text = Text{EN: "not supported for this mall: " + ability.In(English),
			JA: "このモールでは対応していません：" + ability.In(Japanese)}
		if !row.Note.IsZero() {
			e.Text.EN += " (" + row.Note.EN + ")"
			e.Text.JA += "（" + row.Note.JA + "）"
		}
	} else {
		e.Text = Text{
			EN: fmt.Sprintf("this source has no %s: the mall does not support it, or a type "+
				"that wraps its client lacks Unwrap (order.Wrapper)", ability),
			JA: "この店舗の連携は対応していません：" + ability.In(Japanese)}
	}
	e.Err = errors.New(e.Text.EN)
	return e
}

// Judge decides whether a write may be made to an order that was just read. It returns an error of
// class [ErrConflict] when the order's state forbids it, and warnings otherwise. Shipping goes by
// [MayShip], the other writes by a table of states. Actor and the clients judge alike.
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
		lifted := opts.AnyState
		hint := Text{
			EN: "look at the order on the mall's screen; only with WriteOptions.AnyState is it " +
				"written to all the same; nothing was sent",
			JA: "モールの画面で受注の状態を確認してください。何も送信していません"}
		switch objection.Code {
		case ObjectUnreadSlot:
			lifted = opts.UnresolvedSlot
			hint = Text{
				EN: "teach the label to timeslot, or set WriteOptions.UnresolvedSlot; nothing was sent",
				JA: "お届け時間帯の表記を変換表に登録してから、もう一度実行してください。何も送信していません"}
		case ObjectProblems, ObjectSum:
			continue // does not concern writing
		case ObjectShipped:
			if ability == CanShip {
				continue
			}
		}
		if objection.Stops && !lifted {
			return &Error{
				Class: ErrConflict, Mall: o.Mall, Shop: o.Shop, Order: o.ID,
				Code: string(objection.Code), Text: objection.Text,
				Err: errors.New(objection.Text.EN), Hint: hint,
			}, nil
		}
		warnings = append(warnings, Warning{Field: objection.Field, Code: string(objection.Code),
			Message: objection.Text.EN, Text: objection.Text})
	}
	return nil, warnings
}

// forbidden lists the states in which a write is refused; for shipping there is MayShip. Any other
// state is left to the mall to judge.
var forbidden = map[Ability][]Status{
	CanConfirm:        {Shipped, PartiallyShipped, Completed, CancelRequested, Cancelled},
	CanCancel:         {Cancelled},
	CanChangeDelivery: {Shipped, Completed, Cancelled},
}
