package ordertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"time"

	"github.com/jpmall/jpmall/order"
)

func writesNothing(s *Subject, w write) error {
	results, err := w.send(context.Background(), s, nil, order.WriteOptions{})
	if len(results) != 0 || err != nil {
		return fmt.Errorf("a write of nothing gave %d results and the error %v", len(results), err)
	}
	return nil
}

func oneResultEach(s *Subject, w write) error {
	ids := append(w.both(s), w.both(s)[0])
	results, _ := w.send(context.Background(), s, ids, order.WriteOptions{DryRun: true})
	return inOrder(results, ids)
}

func inOrder(results []order.Result, ids []string) error {
	if len(results) != len(ids) {
		return fmt.Errorf("%d results came for %d elements", len(results), len(ids))
	}
	for i, r := range results {
		if r.Order != ids[i] {
			return fmt.Errorf("result %d is of order %q, element %d of order %q", i, r.Order, i, ids[i])
		}
	}
	return nil
}

func resultsNameTheShop(s *Subject, w write) error {
	results, _ := w.send(context.Background(), s, w.both(s), order.WriteOptions{DryRun: true})
	for _, r := range results {
		if r.Mall != s.Source.Mall() || r.Shop != s.Source.Shop() || r.Ability != w.ability {
			return fmt.Errorf("the result of order %s names %q of shop %q of %q", r.Order, r.Ability, r.Shop, r.Mall)
		}
	}
	return nil
}

func doneShows(s *Subject, w write) error {
	ids := w.both(s)
	results, err := w.send(context.Background(), s, ids, order.WriteOptions{})
	for _, r := range results {
		if r.Outcome != order.Done || r.Err != nil || r.DryRun {
			return fmt.Errorf("order %s is ready for the write, and the result is %s (dry run: %t): %w", r.Order, r.Outcome, r.DryRun, errors.Join(r.Err, err))
		}
	}
	if err != nil {
		return fmt.Errorf("all are done, and the error is not nil: %w", err)
	}
	m, err := w.shown(s, ids...)
	for id, yes := range m {
		if !yes {
			return fmt.Errorf("the result said done, and order %s does not show it", id)
		}
	}
	return err
}

func revisions(s *Subject, ids []string) (map[string]string, error) {
	m := map[string]string{}
	for _, id := range ids {
		o, err := s.Source.Order(context.Background(), id)
		if err != nil {
			return nil, fmt.Errorf("Order: %w", err)
		}
		m[id] = o.Revision
	}
	return m, nil
}

// writeChangesRevisions: what the write changes has another revision, what it does not change has not. A write of which the Source
// itself tells nothing (Subject.Wish) may leave it.
func writeChangesRevisions(s *Subject, w write) error {
	ids, other := w.both(s), s.Ready[w.ability][2]
	before, err := revisions(s, append(ids, other))
	if err != nil {
		return err
	}
	_, _ = w.send(context.Background(), s, ids, order.WriteOptions{}) // what came of it is another clause's
	after, err := revisions(s, append(ids, other))
	if err != nil {
		return err
	}
	m, err := w.shown(s, ids...)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if m[id] && after[id] == before[id] && !(w.ability == order.CanChangeDelivery && s.Wish != nil) {
			return fmt.Errorf("order %s was changed, and its Revision was not", id)
		}
	}
	if after[other] != before[other] {
		return fmt.Errorf("order %s was not written to, and has another Revision", other)
	}
	return nil
}

func dryRunChangesNothing(s *Subject, w write) error {
	ids := w.both(s)
	before, err := revisions(s, ids)
	if err != nil {
		return err
	}
	_, _ = w.send(context.Background(), s, ids, order.WriteOptions{DryRun: true})
	if err := w.none(s, ids...); err != nil {
		return err
	}
	after, err := revisions(s, ids)
	if err == nil && !reflect.DeepEqual(before, after) {
		err = errors.New("an order has another Revision after a dry run")
	}
	return err
}

func dryRunSendsNothing(s *Subject, w write) error {
	before := s.Writes()
	_, _ = w.send(context.Background(), s, w.both(s), order.WriteOptions{DryRun: true})
	if n := s.Writes() - before; n > 0 {
		return fmt.Errorf("a dry run sent %d requests that change something", n)
	}
	return nil
}

func dryRunSaysSo(s *Subject, w write) error {
	results, err := w.send(context.Background(), s, w.both(s), order.WriteOptions{DryRun: true})
	for _, r := range results {
		if !r.DryRun || r.Outcome != order.Done {
			return fmt.Errorf("order %s is ready for the write, and the result of a dry run is %s (says so: %t): %w", r.Order, r.Outcome, r.DryRun, errors.Join(r.Err, err))
		}
	}
	return err
}

func refusesOneAlone(s *Subject, w write) error {
	ids := w.both(s)
	ids = []string{ids[0], s.Unknown, ids[1]}
	results, _ := w.send(context.Background(), s, ids, order.WriteOptions{})
	if len(results) != len(ids) {
		return nil // the clause of one result each says so
	}
	for i, r := range results {
		switch {
		case i != 1 && r.Outcome != order.Done:
			return fmt.Errorf("order %s is ready for the write, and beside an unknown order its result is %s: %w", r.Order, r.Outcome, r.Err)
		case i == 1 && r.Outcome != order.Refused:
			return fmt.Errorf("the write to an unknown order is %s, and was to be refused", r.Outcome)
		case i == 1 && r.Next == "":
			return errors.New("the result of an unknown order does not say what to do")
		}
	}
	return nil
}

func joinsErrors(s *Subject, w write) error {
	results, err := w.send(context.Background(), s, []string{w.both(s)[0], s.Unknown}, order.WriteOptions{DryRun: true})
	if err == nil {
		return errors.New("an element was refused, and the error is nil")
	}
	for _, r := range results {
		var e *order.Error
		switch {
		case r.Outcome == order.Done && r.Err != nil:
			return fmt.Errorf("order %s is done, and its result has an error: %w", r.Order, r.Err)
		case r.Outcome == order.Done:
		case !errors.As(r.Err, &e):
			return fmt.Errorf("order %s is not done, and Err of its result is no *order.Error: %v", r.Order, r.Err)
		case e.Order != r.Order:
			return fmt.Errorf("the error of order %s names order %q", r.Order, e.Order)
		case !errors.Is(err, r.Err):
			return fmt.Errorf("the error of order %s is not in the joined one", r.Order)
		}
	}
	return nil
}

func writeCancelled(s *Subject, w write) error {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	ids := w.both(s)
	results, err := w.send(ctx, s, ids, order.WriteOptions{})
	if !errors.Is(err, context.Canceled) {
		return fmt.Errorf("the context had ended, and the error is %v", err)
	}
	for _, r := range results {
		if r.Outcome == order.Done {
			return fmt.Errorf("the context had ended, and order %s is done", r.Order)
		}
	}
	return w.none(s, ids...)
}

func writesConcurrently(s *Subject, w write) error {
	ids := s.Ready[w.ability][:3]
	errs := make([]error, len(ids))
	var wg sync.WaitGroup
	for i, id := range ids {
		wg.Go(func() {
			errs[i] = guarded(func(s *Subject) error {
				_, err := w.send(context.Background(), s, []string{id}, order.WriteOptions{})
				return err
			}, s)
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	m, err := w.shown(s, ids...)
	for id, yes := range m {
		if !yes {
			return fmt.Errorf("order %s was written to beside others, and does not show it", id)
		}
	}
	return err
}

// lost sends a write in trouble and tells what came of it and which orders show it.
func (w write) lost(s *Subject, trouble func(order.Ability) error, ids ...string) (results []order.Result, shown map[string]bool, err error) {
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
			return nil, nil, fmt.Errorf("the result of order %s is %s, without an error", r.Order, r.Outcome)
		}
		if r.Outcome == order.Unsettled && r.Next == "" {
			return nil, nil, fmt.Errorf("the result of order %s is unsettled and does not say how to find out", r.Order)
		}
	}
	shown, err = w.shown(s, ids...)
	return results, shown, err
}

// lostAnswer: no result says that nothing was applied where it was, or "done" where it does not show.
func lostAnswer(s *Subject, w write) error {
	results, shown, err := w.lost(s, s.Lose, w.both(s)...)
	if err != nil {
		return err
	}
	for _, r := range results {
		if shown[r.Order] && (r.Outcome == order.Refused || r.Outcome == order.NotSent) {
			return fmt.Errorf("the write to order %s was applied and its answer lost: the result is %s", r.Order, r.Outcome)
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

// settleAll asks what became of results until all are settled, after as long as they say and at most five times. The results pass
// through JSON, as after a restart.
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
		if err := wait(context.Background(), longest); err != nil {
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

// settlesApplied: a refusal may say in Next that a part was applied, and what may be sent again as it is need not be settled.
func settlesApplied(s *Subject, w write) error {
	return w.settles(s, s.Lose, func(r order.Result, shown bool) bool {
		return shown && (r.Outcome == order.Refused && r.Next == "" || r.Outcome == order.NotSent || r.Outcome == order.Unsettled && r.Repeating != order.Yes)
	})
}

func settlesNotApplied(s *Subject, w write) error {
	return w.settles(s, s.Drop, func(r order.Result, shown bool) bool { return r.Outcome == order.Done && !shown })
}

// settles looks whether Settle tells what the orders show.
func (w write) settles(s *Subject, trouble func(order.Ability) error, wrong func(r order.Result, shown bool) bool) error {
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
			return fmt.Errorf("settled, the write to order %s is %s; the order shows it: %t", r.Order, r.Outcome, shown[r.Order])
		}
	}
	return nil
}

// settlesNoMore: results that are not unsettled come back as they are.
func settlesNoMore(s *Subject) error {
	settler, _ := order.As[order.Settler](s.Source)
	name := order.Result{Mall: s.Source.Mall(), Shop: s.Source.Shop(), Ability: order.CanShip, Order: s.IDs[0], Message: "as it was"}
	in := []order.Result{name, name, name}
	for i, outcome := range []order.Outcome{order.Refused, order.Done, order.NotSent} {
		in[i].Outcome = outcome
	}
	out, _ := settler.Settle(context.Background(), in)
	if len(out) != len(in) {
		return fmt.Errorf("%d results came for %d", len(out), len(in))
	}
	for i := range in {
		if out[i].Outcome != in[i].Outcome || out[i].Message != in[i].Message || out[i].Order != in[i].Order {
			return fmt.Errorf("the result %s came back as %s", in[i].Outcome, out[i].Outcome)
		}
	}
	return nil
}
