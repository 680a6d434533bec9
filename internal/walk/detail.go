package walk

import (
	"slices"

	"github.com/jpmall/jpmall/order"
)

// details reads and hands on the orders of ids, batch by batch. With ask, the query's Known has not been asked about them yet:
// there was no list row to ask with, so it is asked with the order itself.
func (r *run) details(ids []string, ask bool) bool {
	if len(ids) == 0 {
		return true
	}
	if r.plan.Detail == nil {
		return r.stop(&order.Error{Class: order.ErrInvalid, Operation: r.plan.Operation,
			Message: "the list holds references, but there is no way to read the orders"})
	}
	for batch := range slices.Chunk(ids, max(r.plan.Batch, 1)) {
		if !r.alive() || !r.batch(batch, ask) {
			return false
		}
	}
	return true
}

// batch makes one call of Detail. Orders are handed on in the order in which they were asked for.
func (r *run) batch(ids []string, ask bool) bool {
	orders, err := r.plan.Detail(r.ctx, ids)
	failed, whole := split(err)
	found := make(map[string]*order.Order, len(orders))
	for i := range orders {
		o := &orders[i]
		if !slices.Contains(ids, o.ID) {
			failed = append(failed, &order.Error{Class: order.ErrUndecodable, Operation: r.plan.Fetch, Order: o.ID,
				Message: "the mall answered with an order that was not asked for"})
			continue
		}
		found[o.ID] = o
	}
	reasons := make(map[string]bool, len(failed))
	for _, e := range failed {
		reasons[e.Order] = true
	}
	for _, id := range ids {
		switch o := found[id]; {
		case o != nil:
			if !(ask && r.known(o.Ref())) && !r.emit(*o) {
				return false
			}
		case whole == nil && !reasons[id]:
			if !r.fail(r.plan.notFound(id)) {
				return false
			}
		}
	}
	for _, e := range failed {
		if e.Order == "" { // an order without a number: what it is cannot be told
			whole = e
			continue
		}
		if !r.fail(e) {
			return false
		}
	}
	if whole != nil {
		return r.stop(whole)
	}
	return true
}

func (p *Plan) notFound(id string) *order.Error {
	return p.named(&order.Error{Class: order.ErrNotFound, Operation: p.Fetch, Order: id,
		Message: "the mall's reply does not hold this order"}, id)
}
