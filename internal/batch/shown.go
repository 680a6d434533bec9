package batch

import (
	"context"
	"errors"
	"time"

	"github.com/jpmall/jpmall/internal/pause"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

// shownWithin is the default of WriteOptions.ShownWithin.
const shownWithin = 10 * time.Second

// Shown calls look, at once and then after one second, two, four and so on, until it reports that
// the mall shows everything that was written. It stops after WriteOptions.ShownWithin, or at an
// error of the whole shop, and returns the last result of look.
func Shown(
	ctx context.Context, opts order.WriteOptions, look func(context.Context) (bool, error),
) (bool, error) {
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
		if pause.For(ctx, min(wait, left)) != nil {
			return shown, err
		}
	}
}

// ErrNotKept means that a write cannot be settled from its order, since the result does not hold
// what was written.
var ErrNotKept = errors.New("the result does not hold what was written: compare it with the order")

// Settle implements order.Settler for a mall: it passes the Unsettled results to look, which ends
// each of them with Done, Fail, Absent or Open, and leaves the others unchanged.
func Settle(
	ctx context.Context, results []order.Result,
	look func(ctx context.Context, open []*order.Result),
) ([]order.Result, error) {
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

// Absent ends a result that the mall does not show. Before its Wait has passed this proves
// nothing, and it stays Unsettled; after that it was not applied: it is Refused, and sending it
// again is safe. Without a Wait, absence never proves anything.
func Absent(r *order.Result, w Write) {
	now := instant(time.Now())
	if r.At.IsZero() {
		r.At, r.Wait = now, w.Wait
	}
	left := r.At.Add(r.Wait).Sub(now)
	if left > 0 || r.Wait == 0 {
		Unsettled(r, w, order.Text{EN: "the mall does not show it yet",
			JA: "モールでまだ反映を確認できません"}, nil)
		r.Wait = max(left, 0)
		return
	}
	NotApplied(r, w, order.Text{EN: "the mall does not show it: it was not applied",
		JA: "モールで反映を確認できません。反映されていません"}, NextAgain)
}

// NotApplied ends a result that the mall does not show after its Wait, or shows in part, as why
// says: it is Refused, and sending it again is safe.
func NotApplied(r *order.Result, w Write, why, next order.Text) {
	r.Refuse(&order.Error{Class: order.ErrTemporary, Mall: r.Mall, Shop: r.Shop,
		Operation: w.Operation, Order: r.Order,
		Message: why.EN, Text: why, Hint: next})
}

// Open leaves a result unsettled, with the reason why the mall could not settle it.
func Open(r *order.Result, w Write, err error) {
	at, wait := r.At, r.Wait
	Unsettled(r, w, order.Text{EN: "could not be settled", JA: "反映されたか確認できませんでした"}, err)
	if !at.IsZero() {
		r.At, r.Wait = at, wait
	}
}

// ended clears what only an unsettled result has.
func ended(r *order.Result) {
	r.Wait, r.At, r.Next, r.Err, r.Code = 0, time.Time{}, order.Text{}, nil, ""
}

// instant returns a time in the form that it has after a round trip through JSON.
func instant(t time.Time) time.Time { return t.UTC().Round(0) }
