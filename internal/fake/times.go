package fake

import (
	"cmp"
	"iter"
	"slices"
	"time"
)

// Times is an index of orders by an instant, so that a search of a day need not examine all orders
// of a large shop. The zero Times is ready. It is not safe for concurrent use.
type Times struct {
	rows []row // by instant, then in order of insertion
	of   map[string]row
}

type row struct {
	at   int64
	came int
	id   string
}

func (r row) compare(other row) int {
	return cmp.Or(cmp.Compare(r.at, other.at), cmp.Compare(r.came, other.came))
}

// Put sets an order's instant.
func (t *Times) Put(id string, at time.Time) {
	r := row{at.UnixNano(), len(t.of), id}
	if old, again := t.of[id]; again {
		if old.at == r.at {
			return
		}
		r.came = old.came
		i, _ := slices.BinarySearchFunc(t.rows, old, row.compare)
		t.rows = slices.Delete(t.rows, i, i+1)
	} else if t.of == nil {
		t.of = make(map[string]row)
	}
	i, _ := slices.BinarySearchFunc(t.rows, r, row.compare)
	t.rows = slices.Insert(t.rows, i, r)
	t.of[id] = r
}

// All returns all orders in the order of Between.
func (t *Times) All() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, r := range t.rows {
			if !yield(r.id) {
				return
			}
		}
	}
}

// Between returns the orders from one instant to another, both included, ascending; those of one
// instant in order of insertion.
func (t *Times) Between(from, to time.Time) iter.Seq[string] {
	first, _ := slices.BinarySearchFunc(t.rows, row{at: from.UnixNano(), came: -1}, row.compare)
	last := to.UnixNano()
	return func(yield func(string) bool) {
		for _, r := range t.rows[first:] {
			if r.at > last || !yield(r.id) {
				return
			}
		}
	}
}
