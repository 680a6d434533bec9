// Package ordertest helps to test what implements or uses package order, without any mall.
//
//	TestSource     what a Source promises
//	TestWrites     what the writes of a Source promise: Confirmer, Shipper, Canceller, Annotator, DeliveryChanger, Settler
//	TestFeedStore  what a FeedStore promises
//	Shop           a shop in memory: a Source with all writes, a clock and faults
//	Fault, Call    what the fake malls (rakutentest and so on) inject and record
//
// The suites run every clause of a contract as a subtest of its own, named after the clause, on an instance of its own. They take
// a *testing.T, or what stands in for one; the package imports no testing framework, so the fakes can be used in programs.
//
// A client that waits, for a quota or before it tries again, is tested fastest in simulated time. Subtests cannot be started in a bubble of
// testing/synctest, but each can have one of its own:
//
//	type bubble struct{ *testing.T }
//
//	func (b bubble) Run(name string, clause func(bubble)) bool {
//		return b.T.Run(name, func(t *testing.T) {
//			synctest.Test(t, func(t *testing.T) { clause(bubble{t}) })
//		})
//	}
//
//	func TestSource(t *testing.T) { ordertest.TestSource(bubble{t}, open) }
package ordertest

import (
	"fmt"
	"runtime/debug"
)

// T is what the suites need of a *testing.T. Self is the type itself: *testing.T is a T[*testing.T].
type T[Self any] interface {
	Helper()
	Errorf(format string, args ...any)
	Run(name string, clause func(Self)) bool
}

// clause is one promise: what it is called, and what is wrong with an instance that breaks it.
type clause[I any] struct {
	name  string
	check func(I) error
}

// run runs each clause on an instance of its own. A panic breaks the clause, too.
func run[Self T[Self], I any](t Self, open func() (I, func(), error), clauses []clause[I]) {
	t.Helper()
	for _, c := range clauses {
		t.Run(c.name, func(t Self) {
			t.Helper()
			instance, end, err := open()
			if err != nil {
				t.Errorf("cannot be opened: %v", err)
				return
			}
			defer end()
			if err := guarded(c.check, instance); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		})
	}
}

func guarded[I any](check func(I) error, instance I) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		}
	}()
	return check(instance)
}
