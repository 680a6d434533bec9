package credentialtest

import (
	"context"
	"errors"
	"reflect"
	"sync"

	"github.com/jpmall/jpmall/credential"
)

// Source is a [credential.Source] under test, opened for one clause. Source is required, and Want
// is what it returns at first; values are compared by reflect.DeepEqual. A clause that needs one of
// the other fields runs only when that is set.
type Source[V any] struct {
	Source credential.Source[V]
	Want   V
	// Change renews the credential, and returns what the Source must return from then on.
	Change func() (V, error)
	// Fail makes every later Current fail.
	Fail func()
	// Block makes every later Current block until its context has ended.
	Block func()
	Close func() // nil: there is nothing to close
}

// TestSource tests what [credential.Source] promises. It calls open once within each clause, and
// once before, to see which clauses apply. No error quotes a credential.
func TestSource[Self T[Self], V any](t Self, open func() (*Source[V], error)) {
	t.Helper()
	test(t, func() (*Source[V], func(), error) {
		s, err := open()
		switch {
		case err != nil:
			return nil, nil, err
		case s == nil || s.Source == nil:
			return nil, nil, errors.New("credentialtest: Source.Source is required")
		case s.Close == nil:
			return s, func() {}, nil
		}
		return s, s.Close, nil
	}, func(probe *Source[V]) []clause[*Source[V]] {
		list := []clause[*Source[V]]{
			{"current", givesCurrent[V]},
			{"concurrent", givesConcurrently[V]},
			{"cancelled", givesOrFails[V]},
		}
		if probe.Change != nil {
			list = append(list,
				clause[*Source[V]]{"a change is seen", seesChange[V]},
				clause[*Source[V]]{"a change is seen by all", seesChangeConcurrently[V]})
		}
		if probe.Fail != nil {
			list = append(list, clause[*Source[V]]{"a failure is an error", failsAloud[V]})
		}
		if probe.Block != nil {
			list = append(list, clause[*Source[V]]{"cancelled while it waits", stopsWaiting[V]})
		}
		return list
	})
}

var errAnother = errors.New("another credential came from Current")

// gives checks what Current returns.
func (s *Source[V]) gives(ctx context.Context, want V) error {
	got, err := s.Source.Current(ctx)
	if err == nil && !reflect.DeepEqual(got, want) {
		err = errAnother
	}
	return err
}

func givesCurrent[V any](s *Source[V]) error {
	for range 3 { // the first call may not spoil the next
		if err := s.gives(context.Background(), s.Want); err != nil {
			return err
		}
	}
	return nil
}

// together calls Current from many goroutines.
func (s *Source[V]) together(want V) error {
	errs := make([]error, 8)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() {
			for range 4 {
				errs[i] = errors.Join(errs[i], s.gives(context.Background(), want))
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

func givesConcurrently[V any](s *Source[V]) error { return s.together(s.Want) }

// givesOrFails: a Source that holds the credential may return it although the context has ended,
// but never another.
func givesOrFails[V any](s *Source[V]) error {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := s.gives(ctx, s.Want); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	// a call that was cancelled must not fail later ones
	return s.gives(context.Background(), s.Want)
}

func (s *Source[V]) change() (V, error) {
	want, err := s.Change()
	if err == nil && reflect.DeepEqual(want, s.Want) {
		err = errors.New("credentialtest: Source.Change gives Source.Want, which is no change")
	}
	return want, err
}

func seesChange[V any](s *Source[V]) error {
	if err := s.gives(context.Background(), s.Want); err != nil {
		return err
	}
	want, err := s.change()
	if err != nil {
		return err
	}
	if err := s.gives(context.Background(), want); errors.Is(err, errAnother) {
		return errors.New("the credential was renewed, and Current does not give the new one")
	} else if err != nil {
		return err
	}
	return nil
}

func seesChangeConcurrently[V any](s *Source[V]) error {
	if err := s.together(s.Want); err != nil {
		return err
	}
	want, err := s.change()
	if err != nil {
		return err
	}
	return s.together(want)
}

func failsAloud[V any](s *Source[V]) error {
	s.Fail()
	if err := s.gives(context.Background(), s.Want); err == nil || errors.Is(err, errAnother) {
		return errors.New("nobody can tell the credential, and no error says so")
	}
	return nil
}

func stopsWaiting[V any](s *Source[V]) error {
	s.Block()
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.gives(ctx, s.Want) }()
	stop()
	if err := <-done; !errors.Is(err, context.Canceled) {
		return errors.New(
			"the context has ended while Current waited, and its error does not say so")
	}
	return nil
}
