package ordertest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/jpmall/jpmall/internal/suite"
	"github.com/jpmall/jpmall/order"
)

func oldestFirst(s *Subject) error {
	orders, err := found(s, s.everything())
	if err == nil && !slices.IsSortedFunc(orders,
		func(a, b order.Order) int { return a.Placed.Compare(b.Placed) }) {
		err = errors.New("orders did not come oldest first")
	}
	return err
}

func revisionStays(s *Subject) error {
	before, err := byID(s, s.everything())
	if err != nil {
		return err
	}
	after, err := byID(s, s.everything())
	if err != nil {
		return err
	}
	for id, o := range after {
		if b, ok := before[id]; ok && b.Revision != o.Revision {
			return fmt.Errorf("order %s has another Revision and has not changed", id)
		}
	}
	return nil
}

func revisionChanges(s *Subject) error {
	before, err := byID(s, s.everything())
	if err != nil {
		return err
	}
	id := s.IDs[1]
	if err := s.Change(id); err != nil {
		return fmt.Errorf("Change: %w", err)
	}
	after, err := byID(s, s.everything())
	if err != nil {
		return err
	}
	for other, o := range after {
		b, ok := before[other]
		switch same := b.Revision == o.Revision; {
		case ok && other == id && same:
			return fmt.Errorf("order %s has changed, and its Revision has not", id)
		case ok && other != id && !same:
			return fmt.Errorf("order %s has another Revision, and order %s was changed", other, id)
		}
	}
	if _, ok := after[id]; !ok {
		return fmt.Errorf("order %s is missing after a change", id)
	}
	return nil
}

func goesOn(s *Subject) error {
	before, err := byID(s, s.everything())
	if err != nil {
		return err
	}
	id := s.IDs[1]
	if err := s.Break(id); err != nil {
		return fmt.Errorf("Break: %w", err)
	}
	var got []string
	told := false
	for _, step := range all(context.Background(), s, s.everything()) {
		var e *order.Error
		switch {
		case step.err == nil:
			got = append(got, step.order.ID)
		case !errors.As(step.err, &e) || e.Order != id:
			return fmt.Errorf("order %s cannot be read, and the error is about %q: %w", id,
				order.Concerns(step.err), step.err)
		case step.order.ID != "" && step.order.ID != id || !step.order.Placed.IsZero() ||
			len(step.order.Parcels) > 0:
			return fmt.Errorf("beside the error of order %s stands more than its Ref", id)
		default:
			told = true
		}
	}
	if !told {
		return fmt.Errorf("order %s cannot be read, and no error says so", id)
	}
	delete(before, id)
	return sameIDs(got, slices.Collect(maps.Keys(before)))
}

func lastError(s *Subject) error {
	if err := s.Fail(); err != nil {
		return fmt.Errorf("calling Fail: %w", err)
	}
	steps := all(context.Background(), s, s.everything())
	at := slices.IndexFunc(steps, func(s step) bool {
		return s.err != nil && order.Concerns(s.err) == ""
	})
	var e *order.Error
	switch {
	case at < 0:
		return errors.New("every call failed, and no error says so")
	case at < len(steps)-1:
		return fmt.Errorf("%d more steps came after the last error", len(steps)-1-at)
	case !errors.As(steps[at].err, &e):
		return fmt.Errorf("the error is no *order.Error: %w", steps[at].err)
	}
	return nil
}

func cancelledBefore(s *Subject) error {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	steps := all(ctx, s, s.everything())
	if len(steps) != 1 || !errors.Is(steps[0].err, context.Canceled) {
		return fmt.Errorf(
			"the context had ended: one error that is context.Canceled was to come, there were %d steps", len(steps))
	}
	if _, err := s.Source.Order(ctx, s.IDs[0]); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("Order with a context that has ended is context.Canceled, not %v", err)
	}
	return whole(steps[0].err)
}

// cancelledOnTheWay: what was already read may be yielded, but an iteration that ends early says
// why.
func cancelledOnTheWay(s *Subject) error {
	before, err := byID(s, s.everything())
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	n, ended := 0, false
	var wrong error
	s.Source.Orders(ctx, s.everything())(func(o order.Order, err error) bool {
		stop()
		switch {
		case ended:
			wrong = errors.New("another step came after the last error")
			return false
		case err == nil:
			n++
		case errors.Is(err, context.Canceled):
			ended = true
		default:
			wrong = fmt.Errorf("the context has ended, and the error is another: %w", err)
		}
		return wrong == nil
	})
	if wrong == nil && !ended && n < len(before) {
		wrong = fmt.Errorf("the context has ended, %d of %d orders came, and no error says so", n,
			len(before))
	}
	return wrong
}

func readsConcurrently(s *Subject) error {
	before, err := byID(s, s.everything())
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		wg.Go(func() {
			errs[i] = suite.Guarded(func(s *Subject) error {
				got, err := byID(s, s.everything())
				if err != nil {
					return err
				}
				_, err = s.Source.Order(context.Background(), s.IDs[i%3])
				return errors.Join(err, sameKeys(got, before))
			}, s)
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

func readsOne(s *Subject) error {
	before, err := byID(s, s.everything())
	if err != nil {
		return err
	}
	for _, id := range s.IDs[:3] {
		o, err := s.Source.Order(context.Background(), id)
		if err != nil {
			return fmt.Errorf("Order: %w", err)
		}
		b, ok := before[id]
		if ok && (o.Ref() != b.Ref() || o.Status != b.Status) {
			return fmt.Errorf("Order gave %+v (%s), Orders %+v (%s)", o.Ref(), o.Status, b.Ref(),
				b.Status)
		}
	}
	return nil
}

func notFound(s *Subject) error {
	_, err := s.Source.Order(context.Background(), s.Unknown)
	var e *order.Error
	if !errors.As(err, &e) || e.Class != order.ErrNotFound {
		return fmt.Errorf("an unknown order is an *order.Error of class %q, not %v",
			order.ErrNotFound, err)
	}
	return nil
}
