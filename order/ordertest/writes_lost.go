package ordertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/jpmall/jpmall/internal/pause"
	"github.com/jpmall/jpmall/order"
)

// lost sends a write while requests or answers are lost, and returns its results and which orders
// show it.
func (w write) lost(
	s *Subject, trouble func(order.Ability) error, ids ...string,
) (results []order.Result, shown map[string]bool, err error) {
	if err := trouble(w.ability); err != nil {
		return nil, nil, fmt.Errorf("calling Drop or Lose: %w", err)
	}
	results, err = w.send(context.Background(), s, ids, order.WriteOptions{})
	s.Restore()
	if e := inOrder(results, ids); e != nil {
		return nil, nil, e
	}
	for _, r := range results {
		if r.Outcome != order.Done && (r.Err == nil || err == nil) {
			return nil, nil, fmt.Errorf("the result of order %s is %s, without an error", r.Order,
				r.Outcome)
		}
		if r.Outcome == order.Unsettled && r.Next.IsZero() {
			return nil, nil,
				fmt.Errorf("the result of order %s is unsettled and does not say how to find out",
					r.Order)
		}
	}
	shown, err = w.shown(s, ids...)
	return results, shown, err
}

// lostAnswer: no result says that nothing was applied where it was, or "done" where the order does
// not show it.
func lostAnswer(s *Subject, w write) error {
	results, shown, err := w.lost(s, s.Lose, w.both(s)...)
	if err != nil {
		return err
	}
	for _, r := range results {
		if shown[r.Order] && (r.Outcome == order.Refused || r.Outcome == order.NotSent) {
			return fmt.Errorf(
				"the write to order %s was applied and its answer lost: the result is %s", r.Order,
				r.Outcome)
		}
		if !shown[r.Order] && r.Outcome == order.Done {
			return fmt.Errorf("the result of order %s is done, and it does not show", r.Order)
		}
	}
	return nil
}

func lostRequest(s *Subject, w write) error {
	results, shown, err := w.lost(s, s.Drop, w.both(s)...)
	if err != nil {
		return err
	}
	for _, r := range results {
		if r.Outcome == order.Done && !shown[r.Order] {
			return fmt.Errorf("the write to order %s never arrived: the result is done", r.Order)
		}
	}
	return nil
}

// settleAll settles results until all are settled, waiting as long as they say, at most five times.
// The results pass through JSON, as after a restart.
func settleAll(s *Subject, results []order.Result) ([]order.Result, error) {
	settler, _ := order.As[order.Settler](s.Source)
	for range 5 {
		data, err := json.Marshal(results)
		if err != nil {
			return nil, err
		}
		var back []order.Result
		if err := json.Unmarshal(data, &back); err != nil {
			return nil, err
		}
		var longest time.Duration
		var ids []string
		unsettled := false
		for _, r := range back {
			longest, ids = max(longest, r.Wait), append(ids, r.Order)
			unsettled = unsettled || r.Outcome == order.Unsettled
		}
		if !unsettled {
			break
		}
		if err := pause.For(context.Background(), longest); err != nil {
			return nil, err
		}
		got, _ := settler.Settle(context.Background(), back) // its error is that of the results
		if err := inOrder(got, ids); err != nil {
			return nil, fmt.Errorf("Settle: %w", err)
		}
		results = got
	}
	return results, nil
}

// settlesApplied: a refusal may say in Next that a part was applied, and a write that may be
// repeated need not be settled.
func settlesApplied(s *Subject, w write) error {
	return w.settles(s, s.Lose, func(r order.Result, shown bool) bool {
		return shown && (r.Outcome == order.Refused && r.Next.IsZero() ||
			r.Outcome == order.NotSent || r.Outcome == order.Unsettled && r.Repeating != order.Yes)
	})
}

// settlesNotApplied: what never came is settled as that, unless it may be repeated.
func settlesNotApplied(s *Subject, w write) error {
	return w.settles(s, s.Drop, func(r order.Result, shown bool) bool {
		return !shown && (r.Outcome == order.Done ||
			r.Outcome == order.Unsettled && r.Repeating != order.Yes)
	})
}

// settles checks that Settle agrees with what the orders show.
func (w write) settles(
	s *Subject, trouble func(order.Ability) error, wrong func(r order.Result, shown bool) bool,
) error {
	ids := w.both(s)
	results, _, err := w.lost(s, trouble, ids...)
	if err != nil {
		return nil // the clauses of lost answers and requests say so
	}
	before, err := revisions(s, ids)
	if err != nil {
		return err
	}
	settled, err := settleAll(s, results)
	if err != nil {
		return err
	}
	after, err := revisions(s, ids)
	if err != nil {
		return err
	}
	if !reflect.DeepEqual(before, after) {
		return errors.New("Settle has changed an order")
	}
	shown, err := w.shown(s, ids...)
	if err != nil {
		return err
	}
	for i, r := range settled {
		if results[i].Outcome == order.Unsettled && wrong(r, shown[r.Order]) {
			return fmt.Errorf("settled, the write to order %s is %s; the order shows it: %t",
				r.Order, r.Outcome, shown[r.Order])
		}
	}
	return nil
}

// settlesNoMore: results that are not unsettled come back as they are.
func settlesNoMore(s *Subject) error {
	settler, _ := order.As[order.Settler](s.Source)
	name := order.Result{Mall: s.Source.Mall(), Shop: s.Source.Shop(), Ability: order.CanShip,
		Order: s.IDs[0], Message: "as it was"}
	in := []order.Result{name, name, name}
	for i, outcome := range []order.Outcome{order.Refused, order.Done, order.NotSent} {
		in[i].Outcome = outcome
	}
	out, _ := settler.Settle(context.Background(), in)
	if len(out) != len(in) {
		return fmt.Errorf("%d results came for %d", len(out), len(in))
	}
	for i := range in {
		if out[i].Outcome != in[i].Outcome || out[i].Message != in[i].Message ||
			out[i].Order != in[i].Order {
			return fmt.Errorf("the result %s came back as %s", in[i].Outcome, out[i].Outcome)
		}
	}
	return nil
}
