package order

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"time"
)

// follower follows one shop.
type follower struct {
	FeedSource
	feed  *Feed
	mall  Mall
	shop  string
	state *feedState // nil until loaded, and again when somebody else has saved it
	lost  bool       // somebody else has saved it
}

func (s *follower) notify(ctx context.Context, e FeedEvent) {
	if s.feed.cfg.Notify != nil {
		e.Mall, e.Shop = s.mall, s.shop
		s.feed.cfg.Notify(ctx, e)
	}
}

func (s *follower) run(ctx context.Context, handle Handler) error {
	failures := 0
	for {
		err := s.pass(ctx, handle)
		if ctx.Err() != nil || endsFeed(err) {
			return err
		}
		wait := s.Every
		if err == nil {
			if failures > 0 {
				s.notify(ctx, FeedEvent{Kind: FeedResumed})
			}
			failures = 0
		} else {
			wait = s.pause(err, failures)
			failures++
			s.notify(ctx, FeedEvent{Kind: kindOf(err), Err: err, Next: wait})
		}
		if err := sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// maxRetryAfter is how long a mall's word can put a shop to sleep, whatever it says.
const maxRetryAfter = time.Hour

// pause is how long to wait after a pass that failed, with so many failed before it.
func (s *follower) pause(err error, failures int) time.Duration {
	if kindOf(err) == FeedParked {
		return s.Park // one try per pause: a dead key is not hammered, a renewed one is found
	}
	wait := min(s.Every<<min(failures, 4), max(s.Every, time.Hour))
	var e *Error
	if errors.As(err, &e) {
		wait = max(wait, min(e.RetryAfter, maxRetryAfter))
	}
	return wait
}

// kindOf tells a pass that failed for its credential from one that may succeed when it is repeated.
func kindOf(err error) FeedEventKind {
	if errors.Is(err, ErrUnauthorized) || errors.Is(err, ErrCredentialExpired) || errors.Is(err, ErrForbidden) {
		return FeedParked
	}
	return FeedFailed
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// pass reads from where the source has to be read again up to the present.
func (s *follower) pass(ctx context.Context, handle Handler) error {
	if s.state == nil || s.lost {
		state, err := loadFeedState(ctx, s.feed.cfg.Store, s.mall, s.shop)
		if err != nil {
			return storeError{err: err}
		}
		s.state, s.lost = state, false
	}
	now := time.Now().Round(0) // by the wall clock, as all that is stored
	s.state.begin(s.By, s.Window, now)
	failed := s.state.pending()
	for from := s.start(); from.Before(now); {
		to := now
		if end := from.Add(s.Slice); now.Sub(end) > s.Overlap { // no last slice that lies in what the mall does not show yet
			to = end
		}
		if err := s.window(ctx, handle, from, to); err != nil {
			return err
		}
		from = to
	}
	s.state.passed(now)
	if err := s.retry(ctx, handle, failed); err != nil {
		return errors.Join(err, s.save(ctx))
	}
	s.state.prune(s.start(), s.Window)
	for id, class := range s.state.giveUp(now.Add(-s.Window)) {
		s.notify(ctx, FeedEvent{Kind: FeedGaveUp, Order: id, Err: errors.New("not read or handled for the length of the window: " + class)})
	}
	if err := s.save(ctx); err != nil {
		return err
	}
	s.notify(ctx, FeedEvent{Kind: FeedCaughtUp})
	return nil
}

// start is the instant from which the source has to be read again. What lies before it need not be remembered.
func (s *follower) start() time.Time {
	if s.state.Until.IsZero() {
		return s.From
	}
	from := s.state.Until.Add(-s.Overlap)
	if s.By == ByPlaced { // whatever was inside the window when the last pass began may have changed since
		from = minTime(from, s.state.Passed.Add(-s.Window))
	}
	return maxTime(from, s.state.From)
}

// save stores what changed even when ctx has just ended: what is acknowledged is to be remembered. What could not be saved is kept
// for the next save.
func (s *follower) save(ctx context.Context) error {
	if len(s.state.dirty) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	err := s.state.save(ctx, s.feed.cfg.Store, s.mall, s.shop)
	if err == nil {
		return nil
	}
	failed := storeError{err: fmt.Errorf("save the state of %s shop %s: %w", s.mall, s.shop, err)}
	switch {
	case errors.Is(err, ErrFeedConflict): // what the other feed wrote counts; orders acknowledged since may come again
		s.lost = true
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE): // too many open files pass by
	default:
		failed.fatal = s.state.holdsWork()
	}
	return failed
}

func minTime(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
