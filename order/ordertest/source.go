package ordertest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jpmall/jpmall/order"
)

// Subject is a shop under test, made for one clause. Source, IDs and From are required. Every other
// field is optional: a clause that needs it applies only when it is set.
type Subject struct {
	Source order.Source
	IDs    []string  // all orders of the shop since From, at least three, in any order
	From   time.Time // before all of them, and recent enough for the mall to search from

	Unknown string                // a well-formed order number that the shop does not have
	Sorted  bool                  // the mall can sort, so that the oldest order comes first
	Calls   func() int            // number of requests that the mall has received, or the like
	Details func() int            // how many of them read single orders after a list
	Change  func(id string) error // changes something in the order that the Source shows
	Break   func(id string) error // makes this order unreadable, and no other
	Fail    func() error          // makes every call fail from now on

	// Ready contains orders for each write that TestWrites is to test: at least three for which the
	// mall accepts it.
	Ready map[order.Ability][]string
	// Day is a delivery day that the mall accepts, for CanChangeDelivery; zero is in three days.
	Day order.Date
	// Wish reports whether the order asks for Day in the morning, if the Source does not show it;
	// nil means that its parcels show it.
	Wish func(id string) (bool, error)
	// Writes returns how many requests to change something the mall has received.
	Writes func() int
	// Drop loses the requests of the next write until Restore: nothing is applied and no answer
	// comes.
	Drop func(order.Ability) error
	// Lose loses the answers of the next write until Restore: it is applied and no answer comes.
	Lose    func(order.Ability) error
	Restore func() // ends Drop and Lose; required with them

	Close func() // may be nil
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

// opener returns a function that opens a Subject, and one that closes it.
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

// TestSource tests the contract of [order.Source]. It calls open once for each clause, inside the
// clause, and once before, to find out which clauses apply. Each Subject must have a shop of its
// own.
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

// all goes through a query to its end, but not for ever.
func all(ctx context.Context, s *Subject, q order.Query) (steps []step) {
	s.Source.Orders(ctx, q)(func(o order.Order, err error) bool {
		steps = append(steps, step{o, err})
		return len(steps) < 100_000
	})
	return steps
}

// found returns the orders of a query that must not fail.
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

// byID returns the orders of a query by their numbers.
func byID(s *Subject, q order.Query) (map[string]order.Order, error) {
	orders, err := found(s, q)
	m := make(map[string]order.Order, len(orders))
	for _, o := range orders {
		m[o.ID] = o
	}
	return m, err
}

func (s *Subject) everything() order.Query { return order.Query{From: s.From} }
