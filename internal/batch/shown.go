package batch

import (
	"context"
	"time"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

// shownWithin is WriteOptions.ShownWithin when it is zero.
const shownWithin = 10 * time.Second

// Shown looks at the mall, at once and then more and more seldom (one second, doubling), until look says that it shows everything
// that was written, or for as long as WriteOptions.ShownWithin allows, or until its error is one of the whole shop. It returns what
// look said last.
func Shown(ctx context.Context, opts order.WriteOptions, look func(context.Context) (bool, error)) (bool, error) {
	within := opts.ShownWithin
	if within == 0 {
		within = shownWithin
	}
	end := time.Now().Add(within)
	for wait := time.Second; ; wait *= 2 {
		shown, err := look(ctx)
		left := time.Until(end)
		if shown || left <= 0 || walk.ShopWide(err) {
			return shown, err
		}
		timer := time.NewTimer(min(wait, left))
		select {
		case <-ctx.Done():
			timer.Stop()
			return shown, err
		case <-timer.C:
		}
	}
}

// NotShown fills in a result that the mall accepted and does not show. err is why the mall could not be looked at, nil when it could.
func NotShown(r *order.Result, w Write, err error) {
	Unsettled(r, w, "the mall accepted it and does not show it yet", err)
}

// Settle is order.Settler for a mall: it hands the results that are Unsettled to look, which ends each of them with Done, Fail,
// Absent or Open, and leaves the others as they are.
func Settle(ctx context.Context, results []order.Result, look func(ctx context.Context, open []*order.Result)) ([]order.Result, error) {
	settled := make([]order.Result, len(results))
	var open []*order.Result
	for i := range results {
		settled[i] = results[i]
		if r := &settled[i]; r.Outcome == order.Unsettled {
			open = append(open, r)
		}
	}
	if len(open) > 0 {
		look(transport.Writing(ctx), open)
	}
	return settled, joined(settled)
}

// Absent ends a result of which the mall shows nothing. Until its Wait is over that proves nothing, and it stays Unsettled; then it was
// not applied: it is Refused, and sending it again is harmless. Without a Wait absence never proves anything.
func Absent(r *order.Result, w Write) {
	now := instant(time.Now())
	if r.At.IsZero() {
		r.At, r.Wait = now, w.Wait
	}
	left := r.At.Add(r.Wait).Sub(now)
	if left > 0 || r.Wait == 0 {
		Unsettled(r, w, "the mall does not show it yet", nil)
		r.Wait = max(left, 0)
		return
	}
	ended(r)
	r.Outcome, r.Repeating, r.Message, r.Next = order.Refused, order.Yes, "the mall does not show it: it was not applied", NextAgain
	r.Err = &order.Error{Class: order.ErrTemporary, Mall: r.Mall, Shop: r.Shop, Operation: w.Operation, Order: r.Order,
		Message: r.Message, Hint: r.Next}
}

// Open leaves a result unsettled for a reason: the mall could not be asked, or cannot tell.
func Open(r *order.Result, w Write, err error) {
	at, wait := r.At, r.Wait
	Unsettled(r, w, "could not be settled", err)
	if !at.IsZero() {
		r.At, r.Wait = at, wait
	}
}

// ended takes from a result what only an unsettled one has.
func ended(r *order.Result) {
	r.Wait, r.At, r.Next, r.Err, r.Code = 0, time.Time{}, "", nil, ""
}

// instant is a time as it comes back from JSON.
func instant(t time.Time) time.Time { return t.UTC().Round(0) }
