package walk

import (
	"errors"
	"slices"

	"github.com/jpmall/jpmall/order"
)

// details reads and emits the orders of ids, batch by batch. With ask, there was no list row to
// call the query's Known with, so it is called with the order.
func (r *run) details(ids []string, ask bool) bool {
	if len(ids) == 0 {
		return true
	}
	if r.plan.Detail == nil {
		return r.stop(&order.Error{Class: order.ErrInvalid, Operation: r.plan.Operation,
			Message: "the list holds references, but there is no way to read the orders"})
	}
	for batch := range slices.Chunk(ids, max(r.plan.Batch, 1)) {
		if r.refused == 0 {
			r.vouched = false
		}
		if !r.alive() || !r.batch(batch, ask) {
			return false
		}
	}
	return true
}

// batch makes one call of Detail. Orders are emitted in the order of ids.
func (r *run) batch(ids []string, ask bool) bool {
	orders, err := r.plan.Detail(r.ctx, ids)
	failed, whole := split(err)
	switch {
	case len(orders) > 0:
		r.found, r.refused = true, 0
	case len(failed) == 0 && refuses(whole) && r.well():
		if half := len(ids) / 2; half > 0 {
			return r.batch(ids[:half], ask) && r.alive() && r.batch(ids[half:], ask)
		}
		if r.refused++; r.refused < maxRefused || r.found && r.refused < manyMore {
			return r.fail(r.plan.alone(whole, ids[0]))
		}
	}
	found := make(map[string]*order.Order, len(orders))
	for i := range orders {
		o := &orders[i]
		if !slices.Contains(ids, o.ID) {
			failed = append(failed, &order.Error{Class: order.ErrUndecodable,
				Operation: r.plan.Fetch, Order: o.ID,
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
		if e.Order == "" { // an order without a number cannot be identified
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

// After so many refused orders in a row, the operation is refused rather than the orders: the shop
// may lack a function or role that the cheapest read does not need. If an order was read before,
// more refusals are tolerated.
const (
	maxRefused = 3
	manyMore   = 20
)

// refuses reports whether a failure concerns the shop's credential.
func refuses(err error) bool {
	return errors.Is(err, order.ErrUnauthorized) || errors.Is(err, order.ErrCredentialExpired) ||
		errors.Is(err, order.ErrForbidden)
}

// well reports whether the shop is well although a read was refused, so that the refusal concerns
// one order. Probe is called once per run of refusals.
func (r *run) well() bool {
	if r.plan.Probe == nil || r.ctx.Err() != nil {
		return false
	}
	if !r.vouched {
		r.vouched = r.plan.Probe(r.ctx) == nil
	}
	return r.vouched
}

// alone turns the refusal of a call into that of one order.
func (p *Plan) alone(err error, id string) *order.Error {
	var e *order.Error
	if !errors.As(err, &e) {
		e = &order.Error{Operation: p.Fetch, Err: err}
	}
	own := p.named(e, id)
	own.Hint = order.Text{
		EN: "the shop is well: the mall refuses this order alone, so look at it in the mall's own tool",
		JA: "店舗の設定に問題はなく、モールがこの受注だけを拒否しています。モールの管理画面で確認してください"}
	return own
}

func (p *Plan) notFound(id string) *order.Error {
	return p.named(&order.Error{Class: order.ErrNotFound, Operation: p.Fetch, Order: id,
		Message: "the mall's reply does not hold this order"}, id)
}
