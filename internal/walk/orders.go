package walk

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/jpmall/jpmall/order"
)

// Orders implements Orders of order.Source for a mall described by p. The sequence can be ranged
// over again and from several goroutines; each iteration starts anew.
//
// It leaves out rows seen before, rows that the query knows, orders whose instant (Placed or
// Updated) is known and outside the query's window, and orders of other statuses than asked for.
// An error that names an order is yielded and iteration continues; a failure of the whole shop
// (key, role, maintenance, rate, context) ends it, as does the third temporary failure in a row.
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

// One implements Order of order.Source: it reads one order through p.Detail. If the mall does not
// have it, the error is an *order.Error of class ErrNotFound.
func One(ctx context.Context, id string, p Plan) (order.Order, error) {
	if id == "" {
		return order.Order{}, p.invalid(errors.New("the order number is empty"), order.Text{
			EN: "give an order number", JA: "受注番号を指定してください"})
	}
	if p.Detail == nil {
		return order.Order{}, p.invalid(errors.New("this mall cannot read a single order"), byWindow)
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

// What to change in a query that is refused before anything is sent.
var (
	correct  = order.Text{EN: "correct the query", JA: "検索条件を修正してください"}
	giveFrom = order.Text{EN: "give From, or IDs", JA: "検索期間の開始日時か、受注番号を指定してください"}
	byPlaced = order.Text{EN: "search ByPlaced and compare revisions", JA: "注文日時で検索してください"}
	byWindow = order.Text{EN: "search a time window", JA: "期間で検索してください"}
)

func (p *Plan) refuse(q order.Query) error {
	err, what := q.Validate(), correct
	switch {
	case err != nil:
		if len(q.IDs) == 0 && q.From.IsZero() {
			what = giveFrom
		}
	case q.By == order.ByUpdated && len(q.IDs) == 0 && !p.ByUpdated:
		err, what = fmt.Errorf("%s cannot search by the instant of the last update",
			p.Mall.Name()), byPlaced
	case len(q.IDs) > 0 && p.Detail == nil:
		err, what = errors.New("this mall cannot read orders by number"), byWindow
	case p.Check != nil:
		err = p.Check(q)
	}
	if err == nil {
		return nil
	}
	return p.invalid(err, what)
}

// run is one iteration. Its methods report whether to continue; after false, yield must not be
// called again.
type run struct {
	ctx     context.Context
	plan    *Plan
	query   order.Query
	yield   func(order.Order, error) bool
	seen    Seen
	bounds  *Window // of the query; nil when it names ids
	trouble int     // temporary failures of single orders in a row
	refused int     // orders in a row that the mall refused although the shop is well
	vouched bool    // Probe succeeded in this run of refusals
	found   bool    // Detail has returned an order
}

// maxTrouble temporary failures in a row mean that the mall has a problem, not the order.
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

// slice reads one window, in parts if it holds too much.
func (r *run) slice(w Window) bool {
	todo := []Window{w} // a stack, earliest on top
	for len(todo) > 0 {
		w := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		rest, goOn := r.pages(w)
		if !goOn {
			return false
		}
		slices.Reverse(rest)
		todo = append(todo, rest...)
	}
	return true
}

// cut splits a window that holds too much into at most n.
func (r *run) cut(w Window, n int) (parts []Window, goOn bool) {
	if parts = w.Split(n, r.plan.Grain); parts == nil {
		return nil, r.stop(r.plan.limit(fmt.Sprintf(
			"more orders between %s and %s than the mall exposes, and no shorter window can be asked for",
			w.From.In(order.JST).Format(time.RFC3339), w.To.In(order.JST).Format(time.RFC3339)),
			order.Text{EN: "narrow the search by status, or read these orders by number",
				JA: "ステータスで絞り込むか、受注番号を指定して読み込んでください"}))
	}
	return parts, true
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

// emit yields an order if the query wants it.
func (r *run) emit(o order.Order) bool {
	r.trouble = 0
	at := o.Placed
	if r.query.By == order.ByUpdated {
		at = o.Updated
	}
	// grains and inclusive ends make malls answer with more
	if r.bounds != nil && !at.IsZero() && !r.bounds.Holds(at) {
		return true
	}
	if !r.query.Wants(o.Status) {
		return true
	}
	return r.yield(o, nil)
}

// fail yields an error about one order.
func (r *run) fail(e *order.Error) bool {
	if e.Class == order.ErrTemporary || e.Class == order.ErrLocalLimit {
		if r.trouble++; r.trouble >= maxTrouble {
			return r.stop(&order.Error{Class: e.Class, Operation: e.Operation,
				RetryAfter: e.RetryAfter, Err: e,
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
