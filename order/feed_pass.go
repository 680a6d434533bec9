package order

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"time"
)

const (
	// how far a look reaches back into the one before, for late arrivals
	overlap    = 15 * time.Minute
	byUpdated  = 8 * time.Minute // of a look by the last change: see follower.overlap
	lateChange = 6 * time.Hour   // and at most, where few orders change: see follower.back
	pageRows   = 60              // rows that cost no second page at Amazon, whose pages have 100
	// how far a first look for new orders reaches back, when much was never read
	headSpan   = time.Hour
	nearby     = 24 * time.Hour     // what is read at once, rather than after the newest orders
	firstSlice = 7 * 24 * time.Hour // of a pass over the window
	leastSlice = time.Hour
	mostSlice  = 60 * 24 * time.Hour // and no longer than the window
	longSlice  = 30 * time.Second    // a slice that took longer is followed by a shorter one
	// one that took less is followed by one eight times as long, which takes about a minute
	shortSlice = 10 * time.Second
	maxBatch   = 500 // orders that are read in one query by number
)

// do does a task. The state is loaded first where that is to be done.
func (s *follower) do(ctx context.Context, handle Handler, k taskKind) (w work, err error) {
	w.began = time.Now()
	w.pool = s.slots.rest
	if !k.beside() {
		w.pool = s.slots.fresh
	}
	if err := w.enter(ctx); err != nil {
		return w, err
	}
	defer w.leave()
	if k == kindFresh {
		if err := s.load(ctx); err != nil {
			return w, err
		}
	}
	switch k {
	case kindNudge:
		err = s.nudged(ctx, handle, &w)
	case kindFresh:
		err = s.fresh(ctx, handle, &w)
	case kindRetry:
		s.mu.Lock()
		failed := s.state.pending()
		s.mu.Unlock()
		err = s.retry(ctx, handle, &w, failed)
	case kindYoung:
		err = s.young(ctx, handle, &w, time.Now().Round(0).Add(-youngSpan))
	case kindList:
		err = s.young(ctx, handle, &w, time.Time{})
	case kindWhole:
		err = s.slice(ctx, handle, &w)
	}
	return w, err
}

// load loads the state if there is none yet, or if another feed has saved it.
func (s *follower) load(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state == nil || s.lost {
		state, err := loadFeedState(ctx, s.feed.cfg.Store, s.mall, s.shop)
		if err != nil {
			return storeError{err: err}
		}
		s.state, s.lost, s.head = state, false, stretch{}
		s.state.begin(s.By, s.Window, time.Now().Round(0))
		s.plan(time.Now())
	}
	return nil
}

// overlap returns how far a look reaches back into the one before. By the last change it is twice
// the sum of the two minutes that Amazon hides and the two by which its data may be late. More
// would cost a big shop a second page with each look, which is all that the quota allows.
func (s *follower) overlap() time.Duration {
	if s.By == ByUpdated {
		return byUpdated
	}
	return overlap
}

// fresh looks for orders placed since the last look or, where the mall can search by it, for all
// that changed since.
func (s *follower) fresh(ctx context.Context, handle Handler, w *work) error {
	now := time.Now().Round(0) // by the wall clock, as all that is stored
	s.mu.Lock()
	s.state.begin(s.By, s.Window, now)
	from := s.state.Until.Add(-max(s.overlap(), s.back))
	switch {
	case !s.gap() && now.Sub(s.state.Until) <= nearby:
		from = maxTime(from, s.state.From)
	case !s.head.to.IsZero() && !s.head.to.After(now):
		from = s.head.to.Add(-s.overlap())
	default:
		s.head = stretch{}
		from = maxTime(now.Add(-headSpan), s.From)
	}
	s.mu.Unlock()
	rows := 0
	known := func(r Ref) bool {
		rows++
		return s.skipSeen(r)
	}
	if from.Before(now) {
		if err := s.deliver(ctx, handle, w,
			Query{From: from, To: now, By: s.By, Known: known}); err != nil {
			return errors.Join(err, s.save(ctx, true))
		}
	}
	s.mu.Lock()
	if !from.After(s.state.Until) || s.state.Until.IsZero() && !from.After(s.From) {
		s.state.reach(now, s.From)
	} else if s.head.from.IsZero() {
		s.head = stretch{from, now}
	} else {
		s.head.to = now
	}
	s.looks.fresh = now
	if s.By == ByUpdated && !s.gap() {
		s.state.passed(now, 0)
		s.reachBack(now.Sub(from), rows)
		s.prune()
	}
	s.mu.Unlock()
	return s.save(ctx, false)
}

// meet joins what was read up to Until with what was read for new orders, where the two touch.
func (s *follower) meet() {
	if !s.head.from.IsZero() && !s.state.Until.IsZero() && !s.head.from.After(s.state.Until) {
		s.state.reach(s.head.to, s.From)
		s.head = stretch{}
	}
}

// slice reads the next part of a pass over the window, or the first.
func (s *follower) slice(ctx context.Context, handle Handler, w *work) error {
	now := time.Now().Round(0)
	s.mu.Lock()
	if s.state.Sweep.Began.IsZero() || s.state.Sweep.Began.After(now) {
		s.state.begin(s.By, s.Window, now)
		s.state.Sweep = sweep{Began: now, At: s.start(), Span: max(s.span, firstSlice)}
	}
	from, to := s.state.Sweep.At, s.state.Sweep.Began
	// The last slice must not lie wholly in what the mall does not show yet.
	if end := from.Add(s.state.Sweep.Span); to.Sub(end) > s.overlap() {
		to = end
	}
	s.mu.Unlock()
	began := time.Now()
	if from.Before(to) {
		if err := s.deliver(ctx, handle, w,
			Query{From: from, To: to, By: s.By, Known: s.skipKnown}); err != nil {
			s.shorten(ctx)
			return errors.Join(err, s.save(ctx, true)) // what was acknowledged, whatever the end is
		}
	}
	s.mu.Lock()
	took := time.Since(began)
	sw := &s.state.Sweep
	if sw.Began.IsZero() { // the clock was set meanwhile, so the pass starts again
		s.mu.Unlock()
		return s.save(ctx, true)
	}
	sw.At, sw.Cost = to, sw.Cost+w.cost
	if took > longSlice {
		sw.Span = max(sw.Span/2, leastSlice)
	} else if took < shortSlice {
		sw.Span = min(sw.Span*8, max(min(s.Window, mostSlice), firstSlice))
	}
	s.state.touch(keyCursor)
	s.state.reach(to, s.From)
	s.meet()
	if !to.Before(sw.Began) {
		w.whole, w.began, w.cost = true, time.Now().Add(-time.Since(sw.Began)), sw.Cost
		s.state.passed(sw.Began, sw.Cost)
		s.span, *sw = sw.Span, sweep{}
	}
	s.prune()
	s.mu.Unlock()
	return s.save(ctx, true)
}

// shorten makes the next slice shorter if ctx cut one off, because a job may end sooner than a
// slice takes.
func (s *follower) shorten(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() != nil {
		s.state.Sweep.Span = max(s.state.Sweep.Span/2, leastSlice)
		s.state.touch(keyCursor)
	}
}

// young looks for changes of orders in the window that were placed since an instant, through the
// list where there is a Lister.
func (s *follower) young(ctx context.Context, handle Handler, w *work, since time.Time) error {
	now := time.Now().Round(0)
	s.mu.Lock()
	from := maxTime(maxTime(since, now.Add(-s.Window)), s.state.From)
	s.mu.Unlock()
	if !from.Before(now) {
		return nil
	}
	if s.lister == nil {
		if err := s.deliver(ctx, handle, w,
			Query{From: from, To: now, By: s.By, Known: s.skipKnown}); err != nil {
			return errors.Join(err, s.save(ctx, true))
		}
	} else if err := s.list(ctx, handle, w, from, now); err != nil {
		return errors.Join(err, s.save(ctx, true))
	}
	s.mu.Lock()
	s.looks.status = now
	s.mu.Unlock()
	return s.save(ctx, false)
}

// list reads the orders of which the list shows something new.
func (s *follower) list(ctx context.Context, handle Handler, w *work, from, to time.Time) error {
	var changed []string
	began := time.Now()
	for row, err := range s.lister.List(ctx, from, to) {
		if err != nil {
			w.cost += time.Since(began)
			return err
		}
		s.mu.Lock()
		if s.state.differs(row) {
			changed = append(changed, row.ID)
		}
		s.mu.Unlock()
	}
	w.cost += time.Since(began)
	return s.byNumber(ctx, handle, w, changed)
}

func (s *follower) byNumber(ctx context.Context, handle Handler, w *work, ids []string) error {
	for len(ids) > 0 {
		n := min(len(ids), maxBatch)
		if err := s.deliver(ctx, handle, w, Query{IDs: ids[:n]}); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return ctx.Err()
}

// start returns the instant from which the source has to be read again. Orders before it need not
// be remembered.
func (s *follower) start() time.Time {
	if s.state.Until.IsZero() {
		return s.From
	}
	from := s.state.Until.Add(-s.overlap())
	// whatever was inside the window when the last pass began may have changed since
	if s.By == ByPlaced {
		from = minTime(from, s.state.Passed.Add(-s.Window))
	}
	return maxTime(from, s.state.From)
}

// reachBack sets how far the next look by the last change reaches back, from the number of rows
// that one over span had: as far as one page allows. How late a change may show is not documented,
// and further rows of a page cost nothing.
func (s *follower) reachBack(span time.Duration, rows int) {
	s.back = min(span*pageRows/time.Duration(max(rows, 1))-s.Every, lateChange)
}

// prune forgets orders that no look will find again.
func (s *follower) prune() {
	start := s.start()
	if s.By == ByUpdated {
		start = start.Add(-lateChange)
	}
	s.state.prune(start, s.Window)
}

// save stores what changed, even if ctx has just ended: acknowledgements must be remembered. What
// could not be saved is kept for the next save. Unless all is set, mere progress of reading is not
// written each time.
func (s *follower) save(ctx context.Context, all bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state == nil || len(s.state.dirty) == 0 || s.lost && !all {
		return nil
	}
	if !all && !s.state.holdsWork() && time.Since(s.saved) < s.look() {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	err := s.state.save(ctx, s.feed.cfg.Store, s.mall, s.shop)
	if err == nil {
		s.saved = time.Now()
		return nil
	}
	failed := storeError{err: fmt.Errorf("save the state of %s shop %s: %w", s.mall, s.shop, err)}
	switch {
	case errors.Is(err, ErrFeedConflict):
		// what the other feed wrote counts; orders acknowledged since may come again
		s.lost = true
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		// too many open files pass by
	default:
		failed.fatal = s.state.holdsWork()
	}
	return failed
}
