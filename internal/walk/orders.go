package walk

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/jpmall/jpmall/order"
)

// Orders is order.Source's Orders for a mall described by p: see there for what is promised. The sequence can be ranged over
// again and from several goroutines; each iteration starts anew.
//
// Left out are: rows seen before, rows the query knows, orders whose instant (Placed or Updated) is known and outside the
// query's window, and orders of a status that was not asked for. Errors that name an order are passed on and iteration goes on,
// except that a failure of the whole shop (key, role, maintenance, rate, context) ends it, as does the third temporary failure
// in a row.
func Orders(ctx context.Context, q order.Query, p Plan) iter.Seq2[order.Order, error] {
	return func(yield func(order.Order, error) bool) {
		r := &run{ctx: ctx, plan: &p, query: q, yield: yield}
		if err := p.refuse(q); err != nil {
			yield(order.Order{}, err)
			return
		}
		if len(q.IDs) > 0 {
			r.byID()
			return
		}
		r.byWindow()
	}
}

// One is order.Source's Order: one order through p.Detail, an *order.Error of class ErrNotFound when the mall does not know it.
func One(ctx context.Context, id string, p Plan) (order.Order, error) {
	if id == "" {
		return order.Order{}, p.invalid(errors.New("the order number is empty"))
	}
	if p.Detail == nil {
		return order.Order{}, p.invalid(errors.New("this mall cannot read a single order"))
	}
	found, err := p.Detail(ctx, []string{id})
	each, whole := split(err)
	if whole != nil {
		return order.Order{}, whole
	}
	for _, o := range found {
		if o.ID == id {
			return o, nil
		}
	}
	for _, e := range each {
		if e.Order == id {
			return order.Order{}, p.named(e, id)
		}
	}
	return order.Order{}, p.notFound(id)
}

func (p *Plan) refuse(q order.Query) error {
	if err := q.Validate(); err != nil {
		return p.invalid(err)
	}
	if q.By == order.ByUpdated && len(q.IDs) == 0 && !p.ByUpdated {
		return p.invalid(fmt.Errorf("%s cannot search by the instant of the last update; search ByPlaced and compare revisions",
			p.Mall.Name()))
	}
	if len(q.IDs) > 0 && p.Detail == nil {
		return p.invalid(errors.New("this mall cannot read orders by number"))
	}
	if p.Check != nil {
		if err := p.Check(q); err != nil {
			return p.invalid(err)
		}
	}
	return nil
}

// run is one iteration. Its methods answer whether to go on; after false, yield must not be called again.
type run struct {
	ctx     context.Context
	plan    *Plan
	query   order.Query
	yield   func(order.Order, error) bool
	seen    Seen
	bounds  *Window // of the query; nil when it names ids
	trouble int     // temporary failures of single orders in a row
	refused int     // orders in a row that the mall refused although the shop is well
	vouched bool    // Probe was asked in this row, and was well
	found   bool    // Detail has given an order
}

// maxTrouble temporary failures in a row mean that the mall is in trouble, not the order.
const maxTrouble = 3

func (r *run) byID() {
	ids := make([]string, 0, len(r.query.IDs))
	for _, id := range r.query.IDs {
		if r.seen.First(id) {
			ids = append(ids, id)
		}
	}
	r.details(ids, true)
}

func (r *run) byWindow() {
	open := r.query.To.IsZero()
	if open {
		r.query.To = time.Now()
	}
	r.bounds = &Window{From: r.query.From, To: r.query.To, Open: open}
	for w := range Windows(r.query.From, r.query.To, r.plan.MaxWindow, r.plan.Grain) {
		w.Open = open && !w.To.Before(r.query.To)
		if !r.slice(w) {
			return
		}
		r.seen.Next()
	}
}

// slice reads one window, in halves where it holds too much.
func (r *run) slice(w Window) bool {
	todo := []Window{w} // a stack, earliest on top
	for len(todo) > 0 {
		w := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		tooMany, goOn := r.pages(w)
		if !goOn {
			return false
		}
		if !tooMany {
			continue
		}
		earlier, later, ok := w.Halve(r.plan.Grain)
		if !ok {
			return r.stop(r.plan.limit(fmt.Sprintf("more orders between %s and %s than the mall exposes, and no shorter window can be asked for",
				w.From.In(order.JST).Format(time.RFC3339), w.To.In(order.JST).Format(time.RFC3339)),
				"narrow the search by status, or read these orders by number"))
		}
		todo = append(todo, later, earlier)
	}
	return true
}

// stop ends the iteration with err.
func (r *run) stop(err error) bool {
	r.yield(order.Order{}, r.plan.last(err))
	return false
}

// alive checks the context before anything is sent.
func (r *run) alive() bool {
	if err := r.ctx.Err(); err != nil {
		return r.stop(err)
	}
	return true
}

// emit hands an order to the caller if the query wants it.
func (r *run) emit(o order.Order) bool {
	r.trouble = 0
	at := o.Placed
	if r.query.By == order.ByUpdated {
		at = o.Updated
	}
	if r.bounds != nil && !at.IsZero() && !r.bounds.Holds(at) { // grains and inclusive ends make malls answer with more
		return true
	}
	if !r.query.Wants(o.Status) {
		return true
	}
	return r.yield(o, nil)
}

// fail hands an error about one order to the caller.
func (r *run) fail(e *order.Error) bool {
	if e.Class == order.ErrTemporary || e.Class == order.ErrLocalLimit {
		if r.trouble++; r.trouble >= maxTrouble {
			return r.stop(&order.Error{Class: e.Class, Operation: e.Operation, RetryAfter: e.RetryAfter, Err: e,
				Message: fmt.Sprintf("%d orders in a row could not be read", r.trouble)})
		}
	} else {
		r.trouble = 0
	}
	e = r.plan.named(e, e.Order)
	return r.yield(order.Order{Mall: r.plan.Mall, Shop: r.plan.Shop, ID: e.Order}, e)
}

func (r *run) known(ref order.Ref) bool {
	if r.query.Known == nil {
		return false
	}
	ref.Mall, ref.Shop = r.plan.Mall, r.plan.Shop
	return r.query.Known(ref)
}
