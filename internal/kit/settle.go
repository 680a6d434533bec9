package kit

import (
	"context"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/order"
)

// Settling is how an unsettled result is decided from its order.
type Settling[O any] struct {
	batch.Write
	Shows func(r *order.Result, now *O) bool // nil: it cannot be decided, because of Err
	Err   error                              // may be nil
	// Absent ends a result that the order does not show, and reports whether it did. Otherwise,
	// and if it is nil, batch.Absent decides.
	Absent func(r *order.Result, now *O) bool
}

// Settle implements order.Settler: it reads the orders of unsettled results, each once, and writes
// nothing.
func (w *Writer[O]) Settle(
	ctx context.Context, results []order.Result, of func(*order.Result) Settling[O],
) ([]order.Result, error) {
	look := w.Look
	if look == nil {
		look = w.Read
	}
	return batch.Settle(ctx, results, func(ctx context.Context, open []*order.Result) {
		var ids []string
		how := make([]Settling[O], len(open))
		for i, r := range open {
			if how[i] = of(r); how[i].Shows != nil {
				ids = append(ids, r.Order)
			}
		}
		orders, failed := look(ctx, ids)
		for i, r := range open {
			s, now := how[i], orders[r.Order]
			switch {
			case s.Shows == nil:
				batch.Open(r, s.Write, s.Err)
			case now == nil:
				batch.Open(r, s.Write, failed[r.Order])
			case s.Shows(r, now):
				batch.Done(r, s.Again)
			case s.Absent != nil && s.Absent(r, now):
			default:
				batch.Absent(r, s.Write)
			}
		}
	})
}
