package aupay

import (
	"context"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/order"
)

// write is one element of a batch, checked and ready to be sent.
type write struct {
	order, parcel string
	operation     string // the first one, for the error of a refusal
	invalid       error  // why nothing is sent
	warnings      []order.Warning
	steps         []step
	repeating     order.Answer // whether repeating it is harmless once something may have been applied
	find          string       // how to find out what became of it when the answer was lost
}

// step is one call of a write.
type step struct {
	operation string
	do        func(context.Context) error
	effect    order.Warning // what has taken effect when a later step fails
	next      string        // how to go on when this one fails after an earlier one has taken effect
}

// run sends a batch, one element after the other, and tells what became of each. Refused elements do not stop others; a failure
// that the next element would meet as well does, and what is left is then not sent.
func (c *Client) run(ctx context.Context, ability order.Ability, writes []write, opt order.WriteOptions) ([]order.Result, error) {
	b := batch.New(batch.Call{Mall: order.AuPay, Shop: c.shop, Ability: ability, Check: c.Check}, len(writes), opt)
	for i := range writes {
		w := &writes[i]
		r := b.Result(i, w.order, w.parcel)
		r.Warnings = w.warnings
		switch {
		case w.invalid != nil:
			batch.Fail(r, c.calls.Refuse(w.operation, w.order, w.invalid), w.told())
		case opt.DryRun:
			batch.Done(r, order.Yes)
		case b.Over(ctx):
			b.Unsent(r, w.operation)
		default:
			b.Sent(ctx, w.send(ctx, r), r)
		}
	}
	return b.Results()
}

func (w *write) told() batch.Write {
	return batch.Write{Operation: w.operation, Again: w.repeating, Find: w.find}
}

// send makes the calls of one element, in order, until one fails.
func (w *write) send(ctx context.Context, r *order.Result) error {
	for i, step := range w.steps {
		err := step.do(ctx)
		if err == nil {
			continue
		}
		told := w.told()
		told.Operation = step.operation
		batch.Fail(r, err, told)
		if i > 0 {
			r.Warnings = append(r.Warnings, w.steps[i-1].effect)
			if r.Outcome == order.Refused {
				r.Next, r.Repeating = step.next, w.repeating
			}
		}
		return err
	}
	batch.Done(r, w.repeating)
	return nil
}
