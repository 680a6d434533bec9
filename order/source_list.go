package order

import (
	"context"
	"iter"
	"time"
)

// Lister is a Source that can list orders at far lower cost than reading them, with some of their
// state. A Feed then reads only the orders that the list shows to be new or changed. A mall whose
// list rows carry a revision needs no Lister; [Query.Known] is enough.
type Lister interface {
	// List yields a row for each order placed from from (inclusive) until to (exclusive), in any
	// order. If an order has two rows, the later one counts. An order that changes while the list
	// is read may be missing; nothing is concluded from that. An error is the last element.
	List(ctx context.Context, from, to time.Time) iter.Seq2[Row, error]

	// Mark returns the mark that List would yield for the order as it was read, or "" if it cannot
	// be determined.
	Mark(Order) string
}

// Row is what a list shows of one order.
type Row struct {
	ID string
	// a different mark means that the order has changed; with an equal one it may still have, in
	// something that the list does not show
	Mark string
}
