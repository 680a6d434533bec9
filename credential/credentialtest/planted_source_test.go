package credentialtest_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/credential/credentialtest"
	"github.com/jpmall/jpmall/internal/suite"
)

func TestPlantedFaultsOfNotifiers(t *testing.T) {
	for name, planted := range map[string]struct {
		notify func(ctx context.Context, n credential.Notice, calls int, tell func(credential.Notice) error) error
		fails  []string
	}{
		"none": {func(_ context.Context, n credential.Notice, _ int, tell func(credential.Notice) error) error {
			return tell(n)
		}, nil},
		"leaves an event out": {func(_ context.Context, n credential.Notice, _ int, tell func(credential.Notice) error) error {
			if n.Event == credential.EventExpired {
				return nil
			}
			return tell(n)
		}, []string{"tells every event", "concurrent", "a failure is an error"}},
		"swallows failures": {func(_ context.Context, n credential.Notice, _ int, tell func(credential.Notice) error) error {
			_ = tell(n)
			return nil
		}, []string{"a failure is an error"}},
		"tells twice": {func(_ context.Context, n credential.Notice, _ int, tell func(credential.Notice) error) error {
			return errors.Join(tell(n), tell(n))
		}, []string{"tells every event", "cancelled", "concurrent"}},
		"loses one now and then": {func(_ context.Context, n credential.Notice, calls int, tell func(credential.Notice) error) error {
			if calls == 5 {
				return nil
			}
			return tell(n)
		}, []string{"concurrent"}},
		"tells, and says that it did not": {func(ctx context.Context, n credential.Notice, _ int, tell func(credential.Notice) error) error {
			return errors.Join(tell(n), ctx.Err())
		}, []string{"cancelled"}},
		"says nothing of a context": {func(ctx context.Context, n credential.Notice, _ int, tell func(credential.Notice) error) error {
			if ctx.Err() != nil {
				return nil
			}
			return tell(n)
		}, []string{"cancelled"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := suite.NewRecord()
			credentialtest.TestNotifier(r, func() (*credentialtest.Notifier, error) {
				var told, calls atomic.Int64
				var down atomic.Bool
				tell := func(credential.Notice) error {
					if down.Load() {
						return errors.New("the chat is down")
					}
					told.Add(1)
					return nil
				}
				return &credentialtest.Notifier{
					Notifier: credential.NotifierFunc(func(ctx context.Context, n credential.Notice) error {
						return planted.notify(ctx, n, int(calls.Add(1)), tell)
					}),
					Told: func() int { return int(told.Load()) }, Fail: func() { down.Store(true) },
				}, nil
			})
			require.Len(t, r.Ran(), 4)
			requireFailed(t, r, planted.fails)
		})
	}
}

// safe is where the sources of the next test take their key from.
type safe struct {
	mu           sync.Mutex
	key          string
	down, locked bool
	calls        int // since the last change
	first        error
	cached       string
}

func (s *safe) read(ctx context.Context) (string, error) {
	if s.locked {
		<-ctx.Done()
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if s.down {
		return "", errors.New("the safe is shut")
	}
	return s.key, nil
}

func TestPlantedFaultsOfSources(t *testing.T) {
	for name, planted := range map[string]struct {
		current func(ctx context.Context, s *safe) (string, error) // s is locked
		fails   []string
	}{
		"none": {func(ctx context.Context, s *safe) (string, error) { return s.read(ctx) }, nil},
		"never asks again": {func(ctx context.Context, s *safe) (string, error) {
			if s.cached != "" {
				return s.cached, nil
			}
			key, err := s.read(ctx)
			s.cached = key
			return key, err
		}, []string{"a change is seen", "a change is seen by all"}},
		"fails for all when one gives up": {func(ctx context.Context, s *safe) (string, error) {
			if s.first != nil {
				return "", s.first
			}
			key, err := s.read(ctx)
			s.first = err
			return key, err
		}, []string{"cancelled"}},
		"gives nothing for a failure": {func(ctx context.Context, s *safe) (string, error) {
			key, err := s.read(ctx)
			if err != nil && ctx.Err() == nil {
				return "", nil
			}
			return key, err
		}, []string{"a failure is an error"}},
		"gives nothing for a context": {func(ctx context.Context, s *safe) (string, error) {
			key, err := s.read(ctx)
			if ctx.Err() != nil {
				return "", nil
			}
			return key, err
		}, []string{"cancelled", "cancelled while it waits"}},
		"has words of its own for a context": {func(ctx context.Context, s *safe) (string, error) {
			key, err := s.read(ctx)
			if s.locked {
				err = errors.New("timeout")
			}
			return key, err
		}, []string{"cancelled while it waits"}},
		"gives another key the second time": {func(ctx context.Context, s *safe) (string, error) {
			key, err := s.read(ctx)
			if err == nil && s.calls == 2 {
				key += "2"
			}
			return key, err
		}, []string{"current", "concurrent", "cancelled", "a change is seen", "a change is seen by all"}},
		"mixes callers up": {func(ctx context.Context, s *safe) (string, error) {
			key, err := s.read(ctx)
			if err == nil && s.calls == 20 {
				key += "2"
			}
			return key, err
		}, []string{"concurrent", "a change is seen by all"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := suite.NewRecord()
			credentialtest.TestSource(r, func() (*credentialtest.Source[string], error) {
				s := &safe{key: "first"}
				locked := func(f func()) { s.mu.Lock(); defer s.mu.Unlock(); f() }
				return &credentialtest.Source[string]{
					Source: credential.SourceFunc[string](func(ctx context.Context) (key string, err error) {
						locked(func() { s.calls++; key, err = planted.current(ctx, s) })
						return key, err
					}),
					Want:   "first",
					Change: func() (string, error) { locked(func() { s.key = "second" }); return "second", nil },
					Fail:   func() { locked(func() { s.down = true }) },
					Block:  func() { locked(func() { s.locked = true }) },
				}, nil
			})
			require.Len(t, r.Ran(), 7)
			requireFailed(t, r, planted.fails)
		})
	}
}
