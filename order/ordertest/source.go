package ordertest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jpmall/jpmall/order"
)

// Subject is a shop under test, made for one clause. Source, IDs and From are required. Every other field is optional: a clause
// that needs it is there only when it is set, so a type that cannot do something has no clause about it.
type Subject struct {
	Source order.Source
	IDs    []string  // all orders that the shop has from From on, at least three, in any order
	From   time.Time // before all of them, and recent enough for the mall to search from

	Unknown string                // a well-formed order number that the shop does not have
	Sorted  bool                  // whether the mall can sort, so that the oldest comes first
	Calls   func() int            // requests that the mall has received, or their like
	Details func() int            // those of them by which single orders were read after a list
	Change  func(id string) error // changes something that the Source tells of the order
	Break   func(id string) error // makes the order unreadable, while the others are not
	Fail    func() error          // makes every call fail from now on

	// Ready names orders for each write that TestWrites is to try, at least three that the mall lets be written to in this way.
	Ready map[order.Ability][]string
	// Day is a delivery day that the mall accepts, for CanChangeDelivery; zero is in three days.
	Day order.Date
	// Wish tells whether the order asks for Day in the morning, for a Source that does not tell it; nil looks at its parcels.
	Wish func(id string) (bool, error)
	// Writes counts requests that change something.
	Writes func() int
	// Drop makes the requests of the next write vanish on their way: nothing is applied, no answer comes, until Restore.
	Drop func(order.Ability) error
	// Lose makes the answers of the next write vanish: it is applied, no answer comes, until Restore.
	Lose    func(order.Ability) error
	Restore func()

	Close func() // nil: there is nothing to close
}

func (s *Subject) check() error {
	switch {
	case s == nil || s.Source == nil:
		return errors.New("ordertest: Subject.Source is required")
	case len(s.IDs) < 3:
		return errors.New("ordertest: Subject.IDs needs at least three orders")
	case s.From.IsZero():
		return errors.New("ordertest: Subject.From is required")
	case (s.Drop != nil || s.Lose != nil) && s.Restore == nil:
		return errors.New("ordertest: Subject.Drop and Lose need Restore")
	}
	for ability, ids := range s.Ready {
		if len(ids) < 3 {
			return fmt.Errorf("ordertest: Subject.Ready: %s needs at least three orders", ability)
		}
	}
	return nil
}

// opener opens subjects and closes them.
func opener(open func() (*Subject, error)) func() (*Subject, func(), error) {
	return func() (*Subject, func(), error) {
		s, err := open()
		if err != nil {
			return nil, nil, err
		}
		end := func() {}
		if s != nil && s.Close != nil {
			end = s.Close
		}
		if err := s.check(); err != nil {
			end()
			return nil, nil, err
		}
		return s, end, nil
	}
}

// TestSource tests what order.Source promises. It calls open once for each clause, within the clause, and once before, to see which
// clauses there are. Each Subject has a shop of its own.
func TestSource[Self T[Self]](t Self, open func() (*Subject, error)) {
	t.Helper()
	list, err := sourceClauses(opener(open))
	if err != nil {
		t.Errorf("cannot be opened: %v", err)
		return
	}
	run(t, opener(open), list)
}

func sourceClauses(open func() (*Subject, func(), error)) ([]clause[*Subject], error) {
	var s Subject
	probe, end, err := open()
	if err != nil {
		return nil, err
	}
	s = *probe
	end()
	list := []clause[*Subject]{
		{"names its shop", namesItsShop},
		{"complete", isComplete},
		{"each once", eachOnce},
		{"whole orders", wholeOrders},
		{"window", keepsToTheWindow},
		{"updated window", updatedWindow},
		{"statuses", keepsToStatuses},
		{"numbers", readsNumbers},
		{"known leaves out", knownLeavesOut},
		{"known revision", knownRevision},
		{"early stop", stopsEarly},
		{"refuses queries", refusesQueries},
		{"one order", readsOne},
		{"revision stays", revisionStays},
		{"cancelled before", cancelledBefore},
		{"cancelled on the way", cancelledOnTheWay},
		{"concurrent", readsConcurrently},
	}
	for _, optional := range []struct {
		there bool
		clause[*Subject]
	}{
		{s.Sorted, clause[*Subject]{"oldest first", oldestFirst}},
		{s.Calls != nil, clause[*Subject]{"lazy", isLazy}},
		{s.Calls != nil, clause[*Subject]{"early stop sends nothing", stopSendsNothing}},
		{s.Calls != nil, clause[*Subject]{"refused sends nothing", refusedSendsNothing}},
		{s.Details != nil, clause[*Subject]{"known before details", knownBeforeDetails}},
		{s.Unknown != "", clause[*Subject]{"not found", notFound}},
		{s.Change != nil, clause[*Subject]{"revision changes", revisionChanges}},
		{s.Break != nil, clause[*Subject]{"an error of one order goes on", goesOn}},
		{s.Fail != nil, clause[*Subject]{"any other error is the last", lastError}},
	} {
		if optional.there {
			list = append(list, optional.clause)
		}
	}
	return list, nil
}

// step is what an iteration yielded.
type step struct {
	order order.Order
	err   error
}

// all goes through a query to its end, as long as that is no fault of its own.
func all(ctx context.Context, s *Subject, q order.Query) (steps []step) {
	s.Source.Orders(ctx, q)(func(o order.Order, err error) bool {
		steps = append(steps, step{o, err})
		return len(steps) < 100_000
	})
	return steps
}

// found gives the orders of a query in which nothing may go wrong.
func found(s *Subject, q order.Query) ([]order.Order, error) {
	var orders []order.Order
	for _, step := range all(context.Background(), s, q) {
		if step.err != nil {
			return nil, fmt.Errorf("Orders: %w", step.err)
		}
		orders = append(orders, step.order)
	}
	return orders, nil
}

// byID gives the orders of a query by their numbers.
func byID(s *Subject, q order.Query) (map[string]order.Order, error) {
	orders, err := found(s, q)
	m := make(map[string]order.Order, len(orders))
	for _, o := range orders {
		m[o.ID] = o
	}
	return m, err
}

func (s *Subject) everything() order.Query { return order.Query{From: s.From} }
