package order

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"
)

// Source reads the orders of one shop. The clients' order sources are safe for concurrent use;
// others should be, too.
type Source interface {
	// Mall and Shop identify the shop. Both are constant.
	Mall() Mall
	Shop() string

	// Orders yields the orders that match q, each once, oldest first as far as the mall can sort.
	// It is lazy: nothing is sent before the first step, and nothing more once the loop is left.
	//
	// An *Error whose Order is not empty concerns that order alone: the Order yielded with it holds
	// at most its Ref, and the iteration continues. Any other error is the last element. A query
	// that Validate refuses or the mall cannot answer yields one such error, and nothing is sent.
	Orders(ctx context.Context, q Query) iter.Seq2[Order, error]

	// Order reads one order by its number. The error is an *Error of class ErrNotFound if the mall
	// has no such order.
	Order(ctx context.Context, id string) (Order, error)
}

// Query selects the orders to read. Either From or IDs must be given.
type Query struct {
	From time.Time // inclusive; required unless IDs are given
	// exclusive; zero means now. A window longer than the mall allows is read in slices
	To       time.Time
	By       Instant  // which instant From and To refer to; zero means ByPlaced
	Statuses []Status // empty means all
	// read exactly these orders, in batches where the mall has them; From and To must be zero
	IDs []string

	// Known, if not nil, is called with the reference of each row of the mall's list before the
	// order itself is read. Returning true skips the order. It runs in the iterating goroutine.
	// Where the list shows no state to compare (Rakuten's has order numbers only), Revision is
	// empty: return false then, unless the order is never wanted again.
	Known func(Ref) bool
}

// Instant is which instant of an order a Query refers to.
type Instant uint8

// The instants. Where a mall cannot search by the last change (see Capabilities), a query with
// [ByUpdated] is refused with an error that says so.
const (
	ByPlaced  Instant = iota // 注文日時
	ByUpdated                // 更新日時
)

// Validate returns an error if no mall could answer the query.
func (q Query) Validate() error {
	switch {
	case len(q.IDs) > 0:
		if !q.From.IsZero() || !q.To.IsZero() {
			return fmt.Errorf("order: query has both IDs and a time window; give one of them")
		}
		for i, id := range q.IDs {
			if id == "" {
				return fmt.Errorf("order: query: IDs[%d] is empty", i)
			}
		}
	case q.From.IsZero():
		return fmt.Errorf(
			"order: query needs From (or IDs): reading all orders of a shop is never what one wants")
	case !q.To.IsZero() && !q.From.Before(q.To):
		return fmt.Errorf("order: query: From is not before To")
	}
	if q.By > ByUpdated {
		return fmt.Errorf("order: query: By is neither ByPlaced nor ByUpdated")
	}
	for i, s := range q.Statuses {
		if int(s) >= len(statusNames) {
			return fmt.Errorf("order: query: Statuses[%d] is not a status", i)
		}
	}
	return nil
}

// Wants reports whether the query selects orders of status s.
func (q Query) Wants(s Status) bool {
	return len(q.Statuses) == 0 || slices.Contains(q.Statuses, s)
}

// ReadSharer is a Source that reports how much of its quotas is used. As finds it.
type ReadSharer interface {
	// ReadShare returns the share of the most used quota that reads took in the last hour, or since
	// the first read: 0.5 is half.
	ReadShare() float64
}

// Wrapper is a Source that wraps another one: a cache, a filter, a recorder, or a struct that holds
// a client and more about its shop. A type that embeds a Source must be a Wrapper, or As, Actor and
// Feed do not find what the client can do besides reading.
type Wrapper interface{ Unwrap() Source }

// As finds an ability (a Shipper, a Canceller, any interface or type) in source or in what it
// wraps, outermost first.
//
//	shipper, ok := order.As[order.Shipper](source)
func As[T any](source Source) (ability T, ok bool) {
	for source != nil {
		if v, is := source.(T); is {
			return v, true
		}
		w, is := source.(Wrapper)
		if !is {
			break
		}
		source = w.Unwrap()
	}
	return ability, false
}
