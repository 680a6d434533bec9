package order

import (
	"context"
	"iter"
	"time"
)

// Lister is a Source that lists orders for far less than it reads them, where the list tells something of their state. A Feed then
// reads what the list shows to be new or changed. A mall whose list rows carry a revision needs no Lister: Query.Known does it.
type Lister interface {
	// List yields a row for each order placed from from (inclusive) until to (exclusive), in any order. A row may come twice: the
	// later counts. An order that changes while the list is read may be missing: nothing is concluded from that. An error is the
	// last element.
	List(ctx context.Context, from, to time.Time) iter.Seq2[Row, error]

	// Mark is the mark that List would give the order as it was read, or "" when that cannot be told.
	Mark(Order) string
}

// Row is what a list tells of one order.
type Row struct {
	ID   string
	Mark string // another mark means that the order has changed; the same one that it may have, in what the list does not tell
}
