// Package ordertest helps to test code that implements or uses package order, without any mall.
//
//	TestSource     the contract of a Source
//	TestWrites     the contract of its writes: Confirmer, Shipper, Canceller, Annotator,
//	               DeliveryChanger, Settler
//	TestStock      the contract of a StockKeeper
//	TestFeedStore  the contract of a FeedStore
//	Shop           a shop in memory: a Source with all writes, a clock and faults
//	Sample         an invented order, for a Shop or, with its Put, for any fake mall
//	Fault, Call    what the fake malls (rakutentest and so on) inject and record
//
// The suites run each clause of a contract as a subtest named after it, on a new instance. They
// take a *testing.T or a replacement for one. The package imports no testing framework, so programs
// can use the fakes.
//
// A client that waits, for a quota or before a retry, is tested fastest in simulated time. Subtests
// cannot be started in a bubble of testing/synctest, but each can run in a bubble of its own:
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

import "github.com/jpmall/jpmall/internal/suite"

// T is what the suites need of a *testing.T. Self is the implementing type itself: *testing.T is a
// T[*testing.T].
type T[Self any] interface {
	Helper()
	Errorf(format string, args ...any)
	Run(name string, clause func(Self)) bool
}

// clause is one promise: its name, and a check that returns what is wrong with an instance that
// breaks it.
type clause[I any] struct {
	name  string
	check func(I) error
}

// run runs each clause on a new instance.
func run[Self T[Self], I any](t Self, open func() (I, func(), error), clauses []clause[I]) {
	t.Helper()
	suite.Run(t, open, func(yield func(string, func(I) error) bool) {
		for _, c := range clauses {
			if !yield(c.name, c.check) {
				return
			}
		}
	})
}
