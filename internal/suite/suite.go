// Package suite runs the clauses of the public test suites, packages ordertest and credentialtest,
// and tests those suites.
package suite

import (
	"fmt"
	"iter"
	"runtime/debug"
	"slices"
)

// T is what a suite needs of a *testing.T.
type T[Self any] interface {
	Helper()
	Errorf(format string, args ...any)
	Run(name string, clause func(Self)) bool
}

// Run runs each clause, by its name, on an instance of its own. A panic breaks the clause, too.
func Run[Self T[Self], I any](
	t Self, open func() (I, func(), error), clauses iter.Seq2[string, func(I) error],
) {
	t.Helper()
	for name, check := range clauses {
		t.Run(name, func(t Self) {
			t.Helper()
			instance, end, err := open()
			if err != nil {
				t.Errorf("cannot be opened: %v", err)
				return
			}
			defer end()
			if err := Guarded(check, instance); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
}

// Guarded makes an error of a panic.
func Guarded[I any](check func(I) error, instance I) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		}
	}()
	return check(instance)
}

// Record is a T that only remembers which clauses ran and which of them failed. Make it with
// NewRecord.
type Record struct {
	name        string
	ran, failed *[]string
}

// NewRecord makes an empty one.
func NewRecord() Record { return Record{ran: new([]string), failed: new([]string)} }

// Helper implements T.
func (r Record) Helper() {}

// Errorf notes the clause as failed.
func (r Record) Errorf(string, ...any) {
	if !slices.Contains(*r.failed, r.name) {
		*r.failed = append(*r.failed, r.name)
	}
}

// Run notes the clause and runs it.
func (r Record) Run(name string, clause func(Record)) bool {
	*r.ran = append(*r.ran, name)
	r.name = name
	clause(r)
	return !slices.Contains(*r.failed, name)
}

// Ran lists the clauses in their order, and Failed those that failed; "" is what was outside all
// clauses.
func (r Record) Ran() []string { return *r.ran }

// Failed lists the clauses that failed.
func (r Record) Failed() []string { return *r.failed }
