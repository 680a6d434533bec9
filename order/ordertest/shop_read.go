package ordertest

import (
	"context"
	"errors"
	"iter"
	"slices"
	"time"

	"github.com/jpmall/jpmall/internal/pause"
	"github.com/jpmall/jpmall/order"
)

// Orders reads the orders that match q. It implements [order.Source]. The list and each order read
// are one call each.
func (s *Shop) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return func(yield func(order.Order, error) bool) {
		if err := q.Validate(); err != nil {
			yield(order.Order{}, s.failure(order.ErrInvalid, opOrders, "", err))
			return
		}
		if err := s.reach(ctx, opOrders, ""); err != nil {
			yield(order.Order{}, err)
			return
		}
		for _, o := range s.list(q) {
			ref := order.Ref{Mall: s.mall, Shop: s.name, ID: o.ID, Revision: o.Revision}
			if o.Revision != "" && (!q.Wants(o.Status) || q.Known != nil && q.Known(ref)) {
				continue
			}
			whole, err := s.Order(ctx, o.ID)
			if err != nil && ctx.Err() != nil {
				yield(order.Order{}, s.failure(order.ErrTemporary, opOrder, "", ctx.Err()))
				return
			}
			if err != nil {
				whole = order.Order{Mall: s.mall, Shop: s.name, ID: o.ID}
			}
			if !yield(whole, err) {
				return
			}
		}
	}
}

// list returns the orders in the window of a query, oldest first. A requested number that does not
// exist has no revision.
func (s *Shop) list(q order.Query) (list []order.Order) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(q.IDs) > 0 {
		for _, id := range q.IDs {
			o := s.orders[id]
			o.ID = id
			if !slices.ContainsFunc(list, func(other order.Order) bool { return other.ID == id }) {
				list = append(list, o)
			}
		}
		return list
	}
	to := q.To
	if to.IsZero() {
		to = s.now().Add(time.Nanosecond)
	}
	at := func(o order.Order) time.Time {
		if q.By == order.ByUpdated {
			return o.Updated
		}
		return o.Placed
	}
	for _, id := range s.ids {
		if o := s.orders[id]; !at(o).Before(q.From) && at(o).Before(to) {
			list = append(list, o)
		}
	}
	slices.SortStableFunc(list, func(a, b order.Order) int { return at(a).Compare(at(b)) })
	return list
}

// Order reads one order by its number. It implements [order.Source].
func (s *Shop) Order(ctx context.Context, id string) (order.Order, error) {
	if err := s.reach(ctx, opOrder, id); err != nil {
		return order.Order{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	o, there := s.orders[id]
	switch err := s.broken[id]; {
	case err != nil:
		return order.Order{}, s.failure(order.ErrUndecodable, opOrder, id, err)
	case !there:
		return order.Order{}, s.failure(order.ErrNotFound, opOrder, id,
			errors.New("the shop has no such order"))
	}
	return clone(o), nil
}

func (s *Shop) failure(class order.Class, operation, id string, err error) *order.Error {
	return &order.Error{Class: class, Mall: s.mall, Shop: s.name, Operation: operation, Order: id,
		Err: err}
}

// reach makes a read call and returns the error of a fault that strikes it.
func (s *Shop) reach(ctx context.Context, operation, id string) error {
	if err := ctx.Err(); err != nil {
		return s.failure(order.ErrTemporary, operation, id, err)
	}
	f, struck := s.call(operation)
	if !struck {
		return nil
	}
	if f.Kind == Delayed || f.Kind == SlowBody {
		if err := pause.For(ctx, f.Delay); err != nil {
			return s.failure(order.ErrTemporary, operation, id, err)
		}
		return nil
	}
	return s.trouble(operation, id, f)
}
