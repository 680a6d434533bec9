package ordertest

import (
	"context"
	"errors"
	"iter"
	"slices"
	"time"

	"github.com/jpmall/jpmall/order"
)

// Orders implements order.Source. The list and each order that is read count as a call.
func (s *Shop) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return func(yield func(order.Order, error) bool) {
		if err := q.Validate(); err != nil {
			yield(order.Order{}, s.failure(order.ErrInvalid, "orders", "", err))
			return
		}
		if err := s.reach(ctx, "orders", ""); err != nil {
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
				yield(order.Order{}, s.failure(order.ErrTemporary, "order", "", ctx.Err()))
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

// list gives the orders in the window of a query, oldest first; an asked number that is not there has no revision.
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

// Order implements order.Source.
func (s *Shop) Order(ctx context.Context, id string) (order.Order, error) {
	if err := s.reach(ctx, "order", id); err != nil {
		return order.Order{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	o, there := s.orders[id]
	switch err := s.broken[id]; {
	case err != nil:
		return order.Order{}, s.failure(order.ErrUndecodable, "order", id, err)
	case !there:
		return order.Order{}, s.failure(order.ErrNotFound, "order", id, errors.New("the shop has no such order"))
	}
	return clone(o), nil
}

func (s *Shop) failure(class order.Class, operation, id string, err error) *order.Error {
	return &order.Error{Class: class, Mall: s.mall, Shop: s.name, Operation: operation, Order: id, Err: err}
}

// reach makes a call that reads.
func (s *Shop) reach(ctx context.Context, operation, id string) error {
	if err := ctx.Err(); err != nil {
		return s.failure(order.ErrTemporary, operation, id, err)
	}
	f, struck := s.call(operation)
	if !struck {
		return nil
	}
	if f.Kind == Delayed || f.Kind == SlowBody {
		if err := wait(ctx, f.Delay); err != nil {
			return s.failure(order.ErrTemporary, operation, id, err)
		}
		return nil
	}
	return s.trouble(operation, id, f)
}

// wait returns after d, or with the context's error.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}
