// Package credentialtest tests implementations of the interfaces of package credential: a store in
// your database, a notifier for your chat, a source of keys in your vault.
//
//	TestStore     what a credential.Store promises, and what a credential.Monitor needs of one
//	TestNotifier  what a credential.Notifier promises
//	TestSource    what a credential.Source promises
//
// The suites run each clause of a contract as a subtest, named after the clause, on an instance of
// its own. They accept a *testing.T, or what stands in for one; the package imports no testing
// framework. Package ordertest does the same for package order, and shows how each clause gets
// simulated time.
package credentialtest

import "github.com/jpmall/jpmall/internal/suite"

// T is what the suites need of a *testing.T. Self is the type itself: *testing.T is a
// T[*testing.T].
type T[Self any] interface {
	Helper()
	Errorf(format string, args ...any)
	Run(name string, clause func(Self)) bool
}

// clause is one promise: its name, and a check that returns how an instance breaks it.
type clause[I any] struct {
	name  string
	check func(I) error
}

// test opens an instance to see which clauses apply, and runs them.
func test[Self T[Self], I any](
	t Self, open func() (I, func(), error), clauses func(I) []clause[I],
) {
	t.Helper()
	probe, end, err := open()
	if err != nil {
		t.Errorf("cannot be opened: %v", err)
		return
	}
	list := clauses(probe)
	end()
	suite.Run(t, open, func(yield func(string, func(I) error) bool) {
		for _, c := range list {
			if !yield(c.name, c.check) {
				return
			}
		}
	})
}
