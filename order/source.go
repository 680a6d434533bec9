package order

import (
	"context"
	"fmt"
	"iter"
	"time"
)

// Source reads the orders of one shop. The clients' order sources are safe for concurrent use; so should any other be.
type Source interface {
	// Mall and Shop say whose orders these are; both are constant.
	Mall() Mall
	Shop() string

	// Orders yields the orders that match the query, oldest first as far as the mall can sort, each once. It is lazy: nothing is
	// sent before the first step, and leaving the loop early sends nothing more.
	//
	// An *Error whose Order is not empty concerns that order alone, the Order beside it holds at most its Ref, and iteration goes
	// on. Any other error is the last element. The query is refused by such an error when Validate refuses it or when the mall
	// cannot answer it; nothing is sent then.
	Orders(ctx context.Context, q Query) iter.Seq2[Order, error]

	// Order reads one order. An order that the mall does not know is an *Error of class ErrNotFound.
	Order(ctx context.Context, id string) (Order, error)
}

// Query says which orders to read. Either From or IDs must be given.
type Query struct {
	From     time.Time // inclusive; a zero From is refused unless IDs are given
	To       time.Time // exclusive; zero means now. A window longer than the mall allows is read in slices
	By       Instant   // which instant From and To speak of; zero means Placed
	Statuses []Status  // empty means all
	IDs      []string  // read exactly these orders, in batches where the mall has them; From and To must be zero then

	// Known is asked with the reference of a list row before a detail call is paid for; answering true leaves the order out.
	// A nil Known reads all. It is called from the iterating goroutine. Malls whose list has no state to compare (Rakuten's list
	// is bare numbers) ask with an empty Revision; answer false then unless the order is never wanted again.
	Known func(Ref) bool
}

// Instant is which of an order's instants a query speaks of.
type Instant uint8

// The instants. Not every mall can search by Updated; where it cannot, the query is refused by name (see Capabilities).
const (
	ByPlaced  Instant = iota // 注文日時
	ByUpdated                // 更新日時
)

// Validate refuses a query that no mall could answer.
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
		return fmt.Errorf("order: query needs From (or IDs): reading all orders of a shop is never what one wants")
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

// Wants tells whether the query asks for orders of this status.
func (q Query) Wants(s Status) bool {
	if len(q.Statuses) == 0 {
		return true
	}
	for _, want := range q.Statuses {
		if want == s {
			return true
		}
	}
	return false
}

// ReadSharer is a Source that tells how much of its quotas is used. Found with As.
type ReadSharer interface {
	// ReadShare is the share of the most used quota that reads took in the last hour, or since the first one: 0.5 is half.
	ReadShare() float64
}

// Wrapper is a Source that stands before another one: a cache, a filter, a recorder.
type Wrapper interface{ Unwrap() Source }

// As finds an ability (a Shipper, a Canceller, any interface or type) in a source or in what it wraps, outermost first.
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
