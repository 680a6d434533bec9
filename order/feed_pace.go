package order

import (
	"context"
	"errors"
	"time"
)

// taskKind is one of the tasks that are repeated for a shop.
type taskKind int

const (
	kindNudge taskKind = iota // reads the orders that were nudged
	kindFresh                 // looks for new orders
	kindRetry                 // reads again what failed
	kindYoung                 // looks for changes of the last youngSpan
	// looks through the list of the whole window, where it shows changes (Lister)
	kindList
	kindWhole // reads the whole window, slice by slice
	tasks     = iota
	noTask    = taskKind(-1)
)

// beside says that the task may take long and is done in a goroutine beside the loop.
func (k taskKind) beside() bool { return k >= kindRetry }

const (
	youngSpan = 14 * 24 * time.Hour // most orders are settled after it
	// between two passes over the window, and two looks for changes, if they take no more than a
	// quarter of the time
	slowest    = 5 * time.Hour
	slowLook   = 8 * time.Minute
	youngShare = 8 // a task takes at most one part in so many of the time
	wholeShare = 20
	mostShare  = 4

	parkPause     = 15 * time.Minute // before a shop whose credential died is tried again
	maxRetryAfter = time.Hour        // the most that a RetryAfter of the mall can delay a shop
)

// schedule is when a task is done next.
type schedule struct {
	next     time.Time
	every    time.Duration
	failures int // in a row
	err      error
}

// look is the least pause between two looks for changes.
func (s *follower) look() time.Duration { return max(s.Every, min(5*s.Every, 5*time.Minute)) }

// every returns how long after a task that took cost it is repeated.
func (s *follower) every(k taskKind, cost time.Duration) time.Duration {
	switch k {
	case kindFresh:
		return max(s.Every, 2*cost)
	case kindYoung:
		return max(min(max(s.look(), youngShare*cost), max(s.look(), slowLook)), mostShare*cost)
	case kindList, kindWhole:
		return max(min(max(s.look(), wholeShare*cost), max(s.look(), slowest)), mostShare*cost)
	case kindRetry:
		return s.look()
	}
	return 0
}

// next returns the most urgent task that is due, or how long none will be. busy means that one is
// already running beside the loop.
func (s *follower) next(now time.Time, busy bool) (taskKind, time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	const ever = time.Hour
	wait := ever
	due := func(k taskKind) bool {
		left := s.tasks[k].next.Sub(now)
		if left > 0 {
			wait = min(wait, left)
		}
		return left <= 0
	}
	// one try is enough to find out whether it works again
	if s.state == nil || s.lost || s.resting {
		if !busy && due(kindFresh) {
			return kindFresh, 0
		}
		return noTask, wait
	}
	if s.nudges.len() > 0 && due(kindNudge) {
		return kindNudge, 0
	}
	if due(kindFresh) {
		return kindFresh, 0
	}
	if busy {
		return noTask, wait
	}
	if len(s.state.trouble) > 0 && due(kindRetry) {
		return kindRetry, 0
	}
	gap := s.gap()
	// else whole sees it as soon
	slow := s.By == ByPlaced && !gap && s.tasks[kindWhole].every > s.look()
	if slow && due(kindYoung) {
		return kindYoung, 0
	}
	if slow && s.lister != nil && due(kindList) {
		return kindList, 0
	}
	if (gap || s.By == ByPlaced) && due(kindWhole) {
		return kindWhole, 0
	}
	return noTask, wait
}

// gap reports whether there is something before the last look for new orders that was not read yet.
func (s *follower) gap() bool { return s.state.Until.IsZero() || s.head.from.After(s.state.Until) }

// plan sets when tasks are done first, after the state was loaded. Shops that start together look
// for changes one after another.
func (s *follower) plan(now time.Time) {
	late := func(d time.Duration) time.Time {
		if s.hasty {
			return now
		}
		return now.Add(time.Duration(s.lag * float64(d)))
	}
	for k := range s.tasks {
		s.tasks[k].next = now
	}
	s.tasks[kindWhole].every = s.every(kindWhole, s.state.Cost)
	if s.state.Until.IsZero() {
		return
	}
	until := func(due time.Time, most time.Duration) time.Time { // of an instant by the wall clock
		return maxTime(late(s.look()), now.Add(min(due.Sub(now.Round(0)), most)))
	}
	s.tasks[kindYoung].next = until(s.state.Young, slowest)
	s.tasks[kindList].next = until(s.state.List, slowest)
	every := s.tasks[kindWhole].every
	s.tasks[kindWhole].next = until(s.state.Passed.Add(every), every)
	if !s.state.Sweep.Began.IsZero() {
		s.tasks[kindWhole].next = late(s.look())
	}
}

// sweeping reports whether a pass over the window goes on after a pause.
func (s *follower) sweeping() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state != nil && !s.resting && s.tasks[kindWhole].failures == 0 &&
		!s.state.Sweep.Began.IsZero() && (s.By == ByPlaced || s.gap())
}

// settle notes how a task went and sets when it is done next. It reports whether its error ends the
// feed.
func (s *follower) settle(ctx context.Context, k taskKind, w work, err error) (over bool) {
	if endsFeed(err) {
		return true
	}
	if ctx.Err() != nil {
		return false
	}
	s.mu.Lock()
	t := &s.tasks[k]
	now := time.Now()
	event := FeedEvent{}
	switch {
	case err != nil:
		event = FeedEvent{Kind: kindOf(err), Err: err, Next: s.pause(err, t.failures)}
		t.err, t.next = err, now.Add(event.Next)
		t.failures++
		s.parked = s.parked || event.Kind == FeedParked
		closed := s.parked || errors.Is(err, ErrRateLimited) || errors.Is(err, ErrMaintenance)
		s.resting = closed || errors.Is(err, ErrTemporary)
		if closed {
			s.tasks[kindFresh].next = maxTime(s.tasks[kindFresh].next, t.next)
		}
	case k == kindWhole && !w.whole:
		t.next = now
		if !s.gap() {
			t.next = now.Add(w.cost) // half of the quota is left
		}
	default:
		t.every = s.every(k, w.cost)
		t.next = w.began.Add(t.every)
		s.state.next(k, t.next)
	}
	if err == nil {
		if t.failures > 0 || s.parked {
			event.Kind = FeedResumed
		}
		if s.parked { // other tasks may have met the same error
			for k := range s.tasks {
				s.tasks[k].failures, s.tasks[k].err = 0, nil
			}
		}
		t.failures, t.err, s.parked, s.resting = 0, nil, false, false
	}
	s.show()
	s.mu.Unlock()
	if event.Kind != "" {
		s.notify(ctx, event)
	}
	if err == nil && (k == kindWhole && w.whole || k == kindRetry) {
		s.finish(ctx, k, w)
	}
	return false
}

// finish reports orders that were given up, and a complete pass.
func (s *follower) finish(ctx context.Context, k taskKind, w work) {
	s.mu.Lock()
	gone := s.state.giveUp(time.Now().Add(-s.Window))
	s.mu.Unlock()
	for id, class := range gone {
		s.notify(ctx, FeedEvent{Kind: FeedGaveUp, Order: id,
			Err: errors.New("not read or handled for the length of the window: " + class)})
	}
	if k == kindWhole && w.whole {
		s.notify(ctx, FeedEvent{Kind: FeedCaughtUp, Began: w.began.Round(0)})
	}
}

// pause returns how long to wait after a failure that followed so many others.
func (s *follower) pause(err error, failures int) time.Duration {
	if kindOf(err) == FeedParked {
		// a refused key is tried once per pause, and a renewed one is found
		return max(parkPause, min(s.Every, time.Hour))
	}
	wait := min(s.Every<<min(failures, 6), max(s.Every, time.Hour))
	var e *Error
	if errors.As(err, &e) {
		wait = max(wait, min(e.RetryAfter, maxRetryAfter))
	}
	return wait
}
