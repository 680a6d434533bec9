package order

import (
	"context"
	"errors"
	"time"
)

// taskKind is something that is done for a shop again and again.
type taskKind int

const (
	kindNudge taskKind = iota // reads the orders that were nudged
	kindFresh                 // looks for new orders
	kindRetry                 // reads again what failed
	kindYoung                 // looks for changes of the last youngSpan
	kindList                  // looks through the list of the whole window, where it tells of changes (Lister)
	kindWhole                 // reads the whole window, slice by slice
	tasks     = iota
	noTask    = taskKind(-1)
)

// beside says that the task may take long and is done in a goroutine beside the loop.
func (k taskKind) beside() bool { return k >= kindRetry }

const (
	youngSpan  = 14 * 24 * time.Hour // most orders are settled after it
	slowest    = 5 * time.Hour       // between two passes over the window, if they take no more than a quarter of the time
	youngShare = 8                   // a task takes at most one part in so many of the time
	wholeShare = 20
	mostShare  = 4

	parkPause     = 15 * time.Minute // before a shop whose credential died is tried again
	maxRetryAfter = time.Hour        // how long a mall's word can put a shop to sleep, whatever it says
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

// every is how long after a task of a cost it is done again.
func (s *follower) every(k taskKind, cost time.Duration) time.Duration {
	switch k {
	case kindFresh:
		return max(s.Every, 2*cost)
	case kindYoung:
		return max(s.look(), youngShare*cost)
	case kindList, kindWhole:
		return max(min(max(s.look(), wholeShare*cost), max(s.look(), slowest)), mostShare*cost)
	case kindRetry:
		return s.look()
	}
	return 0
}

// next is the most urgent task that is due, or how long there is none. With busy, one is done beside the loop already.
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
	if s.state == nil || s.lost || s.resting { // one try is enough to find out whether it works again
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
	slow := s.By == ByPlaced && !gap && s.tasks[kindWhole].every > s.look() // else whole sees it as soon
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

// plan sets when tasks are done first, after the state was loaded. Shops that start together look for changes one after another.
func (s *follower) plan(now time.Time) {
	late := func(d time.Duration) time.Time { return now.Add(time.Duration(s.lag * float64(d))) }
	for k := range s.tasks {
		s.tasks[k].next = now
	}
	s.tasks[kindWhole].every = s.every(kindWhole, s.state.Cost)
	if s.state.Until.IsZero() {
		return
	}
	s.tasks[kindYoung].next = late(s.look())
	s.tasks[kindList].next = late(s.look())
	left := s.tasks[kindWhole].every - now.Round(0).Sub(s.state.Passed)
	s.tasks[kindWhole].next = maxTime(late(s.look()), now.Add(min(left, s.tasks[kindWhole].every)))
}

// settle notes how a task went and sets when it is done next. It reports whether its error ends the feed.
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
		if !s.sweep.first {
			t.next = now.Add(w.cost) // half of the quota is left
		}
	default:
		t.every = s.every(k, w.cost)
		t.next = w.began.Add(t.every)
	}
	if err == nil {
		if t.failures > 0 || s.parked {
			event.Kind = FeedResumed
		}
		if s.parked { // the others may have met the same
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

// finish tells of what is over.
func (s *follower) finish(ctx context.Context, k taskKind, w work) {
	s.mu.Lock()
	gone := s.state.giveUp(time.Now().Add(-s.Window))
	s.mu.Unlock()
	for id, class := range gone {
		s.notify(ctx, FeedEvent{Kind: FeedGaveUp, Order: id, Err: errors.New("not read or handled for the length of the window: " + class)})
	}
	if k == kindWhole && w.whole {
		s.notify(ctx, FeedEvent{Kind: FeedCaughtUp})
	}
}

// pause is how long to wait after a failure, with so many before it.
func (s *follower) pause(err error, failures int) time.Duration {
	if kindOf(err) == FeedParked {
		return max(parkPause, min(s.Every, time.Hour)) // one try per pause: a dead key is not hammered, a renewed one is found
	}
	wait := min(s.Every<<min(failures, 6), max(s.Every, time.Hour))
	var e *Error
	if errors.As(err, &e) {
		wait = max(wait, min(e.RetryAfter, maxRetryAfter))
	}
	return wait
}
