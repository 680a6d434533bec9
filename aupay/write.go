package aupay

import (
	"context"
	"time"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/order"
)

// shownAfter is how long after a write was sent the mall surely shows it. Nobody has published it: it is a generous guess.
const shownAfter = 15 * time.Minute

// write is one element of a batch, checked and ready to be sent.
type write struct {
	order, parcel string
	numbers       []string // tracking numbers that it reports
	operation     string   // the first one, for the error of a refusal
	invalid       error    // why nothing is sent
	warnings      []order.Warning
	steps         []step
	repeating     order.Answer // whether repeating it is harmless once something may have been applied
	find          string       // how to find out what became of it when the answer was lost
	// shown reports whether the mall shows that all of it was applied.
	shown func(*OrderInfo) bool
	day   order.Date // shipping date, by which it can be found again
}

// step is one call of a write.
type step struct {
	operation string
	do        func(context.Context) error
	effect    order.Warning // what has taken effect when a later step fails
	next      string        // how to go on when this one fails after an earlier one has taken effect
}

// run reads each order, judges it as it stands, and sends the write, one element after the other; at the end it reads back once what
// was sent. Refused elements do not stop others; a failure that the next element would meet as well does, and what is left is then
// not sent.
func (c *Client) run(ctx context.Context, ability order.Ability, writes []write, opt order.WriteOptions) ([]order.Result, error) {
	ctx, b := batch.New(ctx, batch.Call{Mall: order.AuPay, Shop: c.shop, Ability: ability, Check: c.Check}, len(writes), opt)
	var sent []written
	for i := range writes {
		w := &writes[i]
		r := b.Result(i, w.order, w.parcel)
		r.Warnings = w.warnings
		if w.invalid != nil {
			batch.Fail(r, c.calls.Refuse(w.operation, w.order, w.invalid), w.told())
			continue
		}
		r.Numbers = w.numbers
		if b.Over(ctx) {
			b.Unsent(r, w.operation)
			continue
		}
		now, err := c.SearchTradeInfo(ctx, w.order)
		if err != nil {
			batch.Fail(r, err, w.told())
			b.Sent(ctx, err, r)
			continue
		}
		switch fresh := Convert(now.Order(), c.convert); {
		case !b.Judge(r, fresh, w.told()):
		case ability == "" && fresh.Status == order.Cancelled: // ChangeStatus has no table of its own
			batch.Fail(r, c.calls.Conflict(w.operation, w.order, "the order is cancelled"), w.told())
		case opt.DryRun:
			batch.Done(r, order.Yes)
		default:
			err := w.send(ctx, r)
			if b.Sent(ctx, err, r); err == nil {
				sent = append(sent, written{w, r})
			}
		}
	}
	c.readBack(ctx, sent, opt)
	return b.Results()
}

func (w *write) told() batch.Write {
	return batch.Write{Operation: w.operation, Again: w.repeating, Find: w.find, Wait: shownAfter}
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

func (w *write) warn(field, message string) {
	w.warnings = append(w.warnings, order.Warning{Field: field, Message: message})
}
