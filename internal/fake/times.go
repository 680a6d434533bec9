package fake

import (
	"cmp"
	"iter"
	"slices"
	"time"
)

// Times finds orders by an instant, so that a search of a day does not look at all orders of a big shop. The zero Times is ready. Not
// for concurrent use.
type Times struct {
	rows []row // by instant, then in the order in which they came
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

// All gives all orders in the order of Between.
func (t *Times) All() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, r := range t.rows {
			if !yield(r.id) {
				return
			}
		}
	}
}

// Between gives the orders from an instant to another, both of them included, ascending; those of one instant in the order in which
// they came.
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
