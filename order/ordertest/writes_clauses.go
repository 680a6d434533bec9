package ordertest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"

	"github.com/jpmall/jpmall/internal/suite"
	"github.com/jpmall/jpmall/order"
)

func writesNothing(s *Subject, w write) error {
	results, err := w.send(context.Background(), s, nil, order.WriteOptions{})
	if len(results) != 0 || err != nil {
		return fmt.Errorf("a write of nothing gave %d results and the error %v", len(results), err)
	}
	return nil
}

// oneResultEach: refused elements have a result too, in a dry run and in a real one.
func oneResultEach(s *Subject, w write) error {
	ids := w.both(s)
	if s.Unknown != "" {
		ids = slices.Insert(ids, 1, s.Unknown)
	}
	twice := append(slices.Clone(ids), ids[0])
	results, _ := w.send(context.Background(), s, twice, order.WriteOptions{DryRun: true})
	if err := inOrder(results, twice); err != nil {
		return fmt.Errorf("in a dry run: %w", err)
	}
	results, _ = w.send(context.Background(), s, ids, order.WriteOptions{})
	return inOrder(results, ids)
}

func inOrder(results []order.Result, ids []string) error {
	if len(results) != len(ids) {
		return fmt.Errorf("%d results came for %d elements", len(results), len(ids))
	}
	for i, r := range results {
		if r.Order != ids[i] {
			return fmt.Errorf("result %d is of order %q, element %d of order %q", i, r.Order, i,
				ids[i])
		}
	}
	return nil
}

func resultsNameTheShop(s *Subject, w write) error {
	results, _ := w.send(context.Background(), s, w.both(s), order.WriteOptions{DryRun: true})
	for _, r := range results {
		if r.Mall != s.Source.Mall() || r.Shop != s.Source.Shop() || r.Ability != w.ability {
			return fmt.Errorf("the result of order %s names %q of shop %q of %q", r.Order,
				r.Ability, r.Shop, r.Mall)
		}
	}
	return nil
}

func doneShows(s *Subject, w write) error {
	ids := w.both(s)
	results, err := w.send(context.Background(), s, ids, order.WriteOptions{})
	for _, r := range results {
		if r.Outcome != order.Done || r.Err != nil || r.DryRun {
			return fmt.Errorf(
				"order %s is ready for the write, and the result is %s (dry run: %t): %w", r.Order,
				r.Outcome, r.DryRun, errors.Join(r.Err, err))
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

// writeChangesRevisions: an order that the write changes gets another revision, one that it does
// not change keeps its own. A write that the Source does not show (Subject.Wish) may leave it.
func writeChangesRevisions(s *Subject, w write) error {
	ids, other := w.both(s), s.Ready[w.ability][2]
	before, err := revisions(s, append(ids, other))
	if err != nil {
		return err
	}
	// other clauses check the results
	_, _ = w.send(context.Background(), s, ids, order.WriteOptions{})
	after, err := revisions(s, append(ids, other))
	if err != nil {
		return err
	}
	m, err := w.shown(s, ids...)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if m[id] && after[id] == before[id] &&
			!(w.ability == order.CanChangeDelivery && s.Wish != nil) {
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
			return fmt.Errorf(
				"order %s is ready for the write, and the result of a dry run is %s (says so: %t): %w", r.Order, r.Outcome, r.DryRun, errors.Join(r.Err, err))
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
			return fmt.Errorf(
				"order %s is ready for the write, and beside an unknown order its result is %s: %w",
				r.Order, r.Outcome, r.Err)
		case i == 1 && r.Outcome != order.Refused:
			return fmt.Errorf("the write to an unknown order is %s, and was to be refused",
				r.Outcome)
		case i == 1 && r.Next.IsZero():
			return errors.New("the result of an unknown order does not say what to do")
		}
	}
	return nil
}

func joinsErrors(s *Subject, w write) error {
	for _, dry := range []bool{true, false} {
		results, err := w.send(context.Background(), s, []string{w.both(s)[0], s.Unknown},
			order.WriteOptions{DryRun: dry})
		if err := joined(results, err); err != nil {
			return fmt.Errorf("dry run %t: %w", dry, err)
		}
	}
	return nil
}

// joined checks the errors of a write of which an element was refused.
func joined(results []order.Result, err error) error {
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
			return fmt.Errorf("order %s is not done, and Err of its result is no *order.Error: %v",
				r.Order, r.Err)
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
	if err := inOrder(results, ids); err != nil {
		return fmt.Errorf("the context had ended: %w", err)
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
			errs[i] = suite.Guarded(func(s *Subject) error {
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
