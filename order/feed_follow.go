package order

import (
	"context"
	"errors"
	"time"
)

// saveEvery bounds how many acknowledged orders a crash gives again.
const saveEvery = 50

// follower follows one shop.
type follower struct {
	FeedSource
	feed  *Feed
	mall  Mall
	shop  string
	state *feedState // nil until loaded
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
		if ctx.Err() != nil || isStoreError(err) {
			return err
		}
		wait := s.Every
		switch {
		case err == nil:
			if failures > 0 {
				s.notify(ctx, FeedEvent{Kind: FeedResumed})
			}
			failures = 0
		case errors.Is(err, ErrUnauthorized), errors.Is(err, ErrCredentialExpired), errors.Is(err, ErrForbidden):
			failures++
			wait = s.Park // one try per pause: a dead key is not hammered, a renewed one is found
			s.notify(ctx, FeedEvent{Kind: FeedParked, Err: err, Next: wait})
		default:
			wait = min(s.Every<<min(failures, 4), max(s.Every, time.Hour))
			var e *Error
			if errors.As(err, &e) {
				wait = max(wait, e.RetryAfter)
			}
			failures++
			s.notify(ctx, FeedEvent{Kind: FeedFailed, Err: err, Next: wait})
		}
		if err := sleep(ctx, wait); err != nil {
			return err
		}
	}
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
	if s.state == nil {
		state, err := loadFeedState(ctx, s.feed.cfg.Store, s.mall, s.shop)
		if err != nil {
			return storeError{err}
		}
		s.state = state
	}
	now := time.Now()
	if err := s.retry(ctx, handle); err != nil {
		return err
	}
	from := s.start(now)
	for from.Before(now) {
		to := now
		if end := from.Add(s.Slice); end.Before(now) {
			to = end
		}
		if err := s.read(ctx, handle, Query{From: from, To: to, By: s.By, Known: s.known}); err != nil {
			return err
		}
		s.state.Until = maxTime(s.state.Until, to)
		from = to
	}
	for id, gone := range s.state.prune(s.start(now), now.Add(-s.Window)) {
		s.notify(ctx, FeedEvent{Kind: FeedGaveUp, Order: id, Err: errors.New(gone)})
	}
	if err := s.save(ctx); err != nil {
		return err
	}
	s.notify(ctx, FeedEvent{Kind: FeedCaughtUp})
	return nil
}

// start is the instant from which the source has to be read again.
func (s *follower) start(now time.Time) time.Time {
	if s.state.Until.IsZero() {
		return s.From
	}
	from := s.state.Until.Add(-s.Overlap)
	if s.By == ByPlaced {
		from = minTime(from, now.Add(-s.Window))
	}
	return maxTime(from, s.From)
}

func (s *follower) known(r Ref) bool {
	return r.Revision != "" && s.state.Seen[r.ID].Revision == r.Revision
}

// retry reads again, by their numbers, the orders that could not be read or handled before.
func (s *follower) retry(ctx context.Context, handle Handler) error {
	if len(s.state.Pending) == 0 {
		return nil
	}
	ids := make([]string, 0, len(s.state.Pending))
	for id := range s.state.Pending {
		ids = append(ids, id)
	}
	return s.read(ctx, handle, Query{IDs: ids})
}

// read gives the orders of a query to the handler, and saves what was acknowledged whatever the end is.
func (s *follower) read(ctx context.Context, handle Handler, q Query) error {
	err := s.deliver(ctx, handle, q)
	return errors.Join(err, s.save(ctx))
}

func (s *follower) deliver(ctx context.Context, handle Handler, q Query) error {
	unsaved := 0
	for o, err := range s.Source.Orders(ctx, q) {
		if err != nil {
			id := Concerns(err)
			if id == "" {
				return err
			}
			s.state.pend(id, err, time.Now())
			s.notify(ctx, FeedEvent{Kind: FeedUnread, Order: id, Err: err})
			continue
		}
		if s.known(o.Ref()) {
			delete(s.state.Pending, o.ID)
			continue
		}
		if err := handle(ctx, o); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			s.state.pend(o.ID, err, time.Now())
			s.notify(ctx, FeedEvent{Kind: FeedRejected, Order: o.ID, Err: err})
			continue
		}
		s.state.acknowledge(o, s.By)
		if unsaved++; unsaved == saveEvery {
			unsaved = 0
			if err := s.save(ctx); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// save stores the state even when ctx has just ended: what is acknowledged is to be remembered.
func (s *follower) save(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	if err := s.state.save(ctx, s.feed.cfg.Store, s.mall, s.shop); err != nil {
		return storeError{err}
	}
	return nil
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
