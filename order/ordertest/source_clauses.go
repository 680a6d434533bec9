package ordertest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jpmall/jpmall/order"
)

func namesItsShop(s *Subject) error {
	if s.Source.Mall() == "" || s.Source.Shop() == "" {
		return errors.New("Mall and Shop say whose orders these are: one is empty")
	}
	mall, shop := s.Source.Mall(), s.Source.Shop()
	orders, err := found(s, s.everything())
	if err != nil {
		return err
	}
	for _, o := range orders {
		if o.Mall != mall || o.Shop != shop {
			return fmt.Errorf("order %s is of %q shop %q, the Source of %q shop %q", o.ID, o.Mall,
				o.Shop, mall, shop)
		}
	}
	if s.Source.Mall() != mall || s.Source.Shop() != shop {
		return errors.New("Mall and Shop have changed")
	}
	return nil
}

func isComplete(s *Subject) error {
	got, err := byID(s, s.everything())
	if err != nil {
		return err
	}
	return sameIDs(slices.Collect(maps.Keys(got)), s.IDs)
}

// sameIDs compares two sets of numbers.
func sameIDs(got, want []string) error {
	for _, id := range want {
		if !slices.Contains(got, id) {
			return fmt.Errorf("order %s is missing", id)
		}
	}
	for _, id := range got {
		if !slices.Contains(want, id) {
			return fmt.Errorf("order %q was not asked for", id)
		}
	}
	return nil
}

func sameKeys(got, want map[string]order.Order) error {
	return sameIDs(slices.Collect(maps.Keys(got)), slices.Collect(maps.Keys(want)))
}

func eachOnce(s *Subject) error {
	seen := map[string]bool{}
	for _, step := range all(context.Background(), s, s.everything()) {
		if step.err == nil && seen[step.order.ID] {
			return fmt.Errorf("order %s came twice", step.order.ID)
		}
		seen[step.order.ID] = true
	}
	return nil
}

func wholeOrders(s *Subject) error {
	orders, err := found(s, s.everything())
	if err != nil {
		return err
	}
	for _, o := range orders {
		switch {
		case o.ID == "":
			return errors.New("an order has no ID")
		case o.Revision == "":
			return fmt.Errorf("order %s has no Revision", o.ID)
		case o.Placed.IsZero():
			return fmt.Errorf("order %s does not say when it was Placed", o.ID)
		case len(o.Parcels) == 0:
			return fmt.Errorf("order %s has no parcel", o.ID)
		case o.Status == order.Unknown && o.MallStatus == "":
			return fmt.Errorf("order %s has no status and not the mall's text of it", o.ID)
		}
	}
	return nil
}

func keepsToTheWindow(s *Subject) error {
	before, err := byID(s, s.everything())
	if err != nil {
		return err
	}
	var instants []time.Time
	for _, o := range before {
		instants = append(instants, o.Placed)
	}
	slices.SortFunc(instants, time.Time.Compare)
	if len(instants) == 0 {
		return errors.New("no orders came")
	}
	edge := instants[len(instants)/2]
	for _, half := range []struct {
		query order.Query
		in    func(time.Time) bool
		name  string
	}{
		{order.Query{From: edge}, func(t time.Time) bool { return !t.Before(edge) },
			"From is inclusive"},
		{order.Query{From: s.From, To: edge}, func(t time.Time) bool { return t.Before(edge) },
			"To is exclusive"},
	} {
		if !half.query.To.IsZero() && !half.query.From.Before(half.query.To) {
			continue
		}
		got, err := byID(s, half.query)
		if err != nil {
			return err
		}
		var want []string
		for id, o := range before {
			if half.in(o.Placed) {
				want = append(want, id)
			}
		}
		if err := sameIDs(slices.Collect(maps.Keys(got)), want); err != nil {
			return fmt.Errorf("%s: %w", half.name, err)
		}
	}
	return nil
}

// updatedWindow: a source that cannot search by Updated returns one error; one that can yields what
// was changed in the window, each order once.
func updatedWindow(s *Subject) error {
	q := order.Query{From: s.From, By: order.ByUpdated}
	if steps := all(context.Background(), s, q); len(steps) == 1 && steps[0].err != nil {
		return whole(steps[0].err)
	}
	before, err := byID(s, s.everything())
	if err != nil {
		return err
	}
	var instants []time.Time
	for _, o := range before {
		if o.Updated.After(s.From) {
			instants = append(instants, o.Updated)
		}
	}
	if len(instants) == 0 {
		return s.updated(before, q)
	}
	slices.SortFunc(instants, time.Time.Compare)
	late, early := q, q
	late.From, early.To = instants[len(instants)/2], instants[len(instants)/2]
	return errors.Join(s.updated(before, q), s.updated(before, late), s.updated(before, early))
}

// updated compares what a query by Updated yields with the orders that are known. Others may come,
// placed before From and changed since.
func (s *Subject) updated(known map[string]order.Order, q order.Query) error {
	in := func(t time.Time) bool { return !t.Before(q.From) && (q.To.IsZero() || t.Before(q.To)) }
	orders, err := found(s, q)
	if err != nil {
		return err
	}
	came := map[string]bool{}
	for _, o := range orders {
		switch {
		case !in(o.Updated):
			return fmt.Errorf("order %s was last changed at %v, which is not in the window", o.ID,
				o.Updated)
		case came[o.ID]:
			return fmt.Errorf("order %s came twice", o.ID)
		}
		came[o.ID] = true
	}
	for id, o := range known {
		if in(o.Updated) && !came[id] {
			return fmt.Errorf("order %s was last changed at %v, in the window, and is missing", id,
				o.Updated)
		}
	}
	return nil
}

// whole returns an error if err cannot end an iteration, because it names an order.
func whole(err error) error {
	if id := order.Concerns(err); id != "" {
		return fmt.Errorf("the error ends the iteration but names order %s: %w", id, err)
	}
	return nil
}

func keepsToStatuses(s *Subject) error {
	before, err := byID(s, s.everything())
	if err != nil {
		return err
	}
	for _, status := range order.Statuses() {
		var want []string
		for id, o := range before {
			if o.Status == status {
				want = append(want, id)
			}
		}
		if len(want) == 0 || status == order.Unknown { // no mall can search for it
			continue
		}
		got, err := byID(s, order.Query{From: s.From, Statuses: []order.Status{status}})
		if err != nil {
			return err
		}
		if err := sameIDs(slices.Collect(maps.Keys(got)), want); err != nil {
			return fmt.Errorf("status %s: %w", status, err)
		}
	}
	return nil
}

func readsNumbers(s *Subject) error {
	want := []string{s.IDs[2], s.IDs[0]}
	orders, err := found(s, order.Query{IDs: want})
	if err != nil {
		return err
	}
	var got []string
	for _, o := range orders {
		got = append(got, o.ID)
	}
	if len(got) != len(want) {
		return fmt.Errorf("%d orders came for %d numbers", len(got), len(want))
	}
	return sameIDs(got, want)
}

func knownLeavesOut(s *Subject) error {
	before, err := byID(s, s.everything())
	if err != nil {
		return err
	}
	q := s.everything()
	known := s.IDs[1]
	asked := map[string]bool{}
	var wrong error
	q.Known = func(ref order.Ref) bool {
		if ref.ID == "" || ref.Mall != s.Source.Mall() || ref.Shop != s.Source.Shop() {
			wrong = fmt.Errorf("the Known of the query was asked about %+v", ref)
		}
		asked[ref.ID] = true
		return ref.ID == known
	}
	got, err := byID(s, q)
	if err := errors.Join(err, wrong); err != nil {
		return err
	}
	for id := range before {
		if !asked[id] {
			return fmt.Errorf("the Known of the query was not asked about order %s", id)
		}
	}
	delete(before, known)
	return sameKeys(got, before)
}

// knownRevision: where Known gets a revision, it is the one of the order when it is read.
func knownRevision(s *Subject) error {
	before, err := byID(s, s.everything())
	if err != nil {
		return err
	}
	q := s.everything()
	var wrong error
	q.Known = func(ref order.Ref) bool {
		if o, ok := before[ref.ID]; ok && ref.Revision != "" && ref.Revision != o.Revision {
			wrong = fmt.Errorf(
				"the Known of the query was asked about order %s in revision %q, as it is read it is %q", ref.ID, ref.Revision, o.Revision)
		}
		return false
	}
	_, err = found(s, q)
	return errors.Join(err, wrong)
}

func knownBeforeDetails(s *Subject) error {
	q := s.everything()
	q.Known = func(order.Ref) bool { return true }
	before := s.Details()
	for _, step := range all(context.Background(), s, q) {
		if step.err != nil {
			return fmt.Errorf("Orders: %w", step.err)
		}
	}
	if n := s.Details() - before; n > 0 {
		return fmt.Errorf("all orders are known, and details were read by %d calls", n)
	}
	return nil
}

func stopsEarly(s *Subject) error {
	steps := 0
	s.Source.Orders(context.Background(), s.everything())(func(order.Order, error) bool {
		steps++
		return false
	})
	if steps != 1 {
		return fmt.Errorf(
			"yield was called %d times, and had said at the first that it wants no more", steps)
	}
	return nil
}

func stopSendsNothing(s *Subject) error {
	at := -1
	s.Source.Orders(context.Background(), s.everything())(func(order.Order, error) bool {
		if at < 0 {
			at = s.Calls()
		}
		return false
	})
	if at < 0 {
		return errors.New("no orders came")
	}
	if n := s.Calls() - at; n > 0 {
		return fmt.Errorf("%d calls were made after the loop was left", n)
	}
	return nil
}

func isLazy(s *Subject) error {
	before := s.Calls()
	s.Source.Orders(context.Background(), s.everything())
	if n := s.Calls() - before; n > 0 {
		return fmt.Errorf("%d calls were made before the first step", n)
	}
	return nil
}

// noQueries are queries that Validate refuses.
func (s *Subject) noQueries() map[string]order.Query {
	return map[string]order.Query{
		"an empty query":         {},
		"numbers and a window":   {From: s.From, IDs: s.IDs[:1]},
		"an empty number":        {IDs: []string{s.IDs[0], ""}},
		"a window that is empty": {From: s.From, To: s.From},
		"an impossible instant":  {From: s.From, By: 99},
		"an impossible status":   {From: s.From, Statuses: []order.Status{99}},
	}
}

func refusesQueries(s *Subject) error {
	for name, q := range s.noQueries() {
		steps := all(context.Background(), s, q)
		if len(steps) != 1 || steps[0].err == nil {
			return fmt.Errorf("%s: one error was to come and nothing else, there were %d steps",
				name, len(steps))
		}
		if err := whole(steps[0].err); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func refusedSendsNothing(s *Subject) error {
	before := s.Calls()
	for name, q := range s.noQueries() {
		all(context.Background(), s, q)
		if n := s.Calls() - before; n > 0 {
			return fmt.Errorf("%s: %d calls were made", name, n)
		}
	}
	return nil
}
