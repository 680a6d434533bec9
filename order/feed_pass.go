package order

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"time"
)

const (
	overlap    = 15 * time.Minute    // how far a look reaches back into the one before, for late arrivals; Amazon hides two minutes
	headSpan   = time.Hour           // how far a first look for new orders reaches back, when much was never read
	nearby     = 24 * time.Hour      // what is read at once, rather than after the newest orders
	firstSlice = 7 * 24 * time.Hour  // of a pass over the window
	leastSlice = time.Hour           //
	mostSlice  = 60 * 24 * time.Hour // and no longer than the window
	longSlice  = 30 * time.Second    // a slice that took longer is followed by a shorter one
	shortSlice = 10 * time.Second    // and one that took less by a longer one
	maxBatch   = 500                 // orders that are read in one query by number
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

// load reads the state where that was not done, or where somebody else has saved it.
func (s *follower) load(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state == nil || s.lost {
		state, err := loadFeedState(ctx, s.feed.cfg.Store, s.mall, s.shop)
		if err != nil {
			return storeError{err: err}
		}
		s.state, s.lost, s.head, s.sweep = state, false, stretch{}, sweep{}
		s.state.begin(s.By, s.Window, time.Now().Round(0))
		s.plan(time.Now())
	}
	return nil
}

// fresh looks for orders that were placed since the last look, or for all that changed since where the mall tells.
func (s *follower) fresh(ctx context.Context, handle Handler, w *work) error {
	now := time.Now().Round(0) // by the wall clock, as all that is stored
	s.mu.Lock()
	s.state.begin(s.By, s.Window, now)
	from := s.state.Until.Add(-overlap)
	switch {
	case !s.state.Until.IsZero() && !s.gap() && now.Sub(s.state.Until) <= nearby:
		from = maxTime(from, s.state.From)
	case !s.head.to.IsZero() && !s.head.to.After(now):
		from = s.head.to.Add(-overlap)
	default:
		s.head = stretch{}
		from = maxTime(now.Add(-headSpan), s.From)
	}
	s.mu.Unlock()
	if from.Before(now) {
		if err := s.deliver(ctx, handle, w, Query{From: from, To: now, By: s.By, Known: s.skipSeen}); err != nil {
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
		s.state.prune(s.start(), s.Window)
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
	if s.sweep.began.IsZero() || s.sweep.began.After(now) {
		s.state.begin(s.By, s.Window, now)
		s.sweep = sweep{began: now, at: s.start(), span: max(s.sweep.span, firstSlice), first: s.gap()}
	}
	from, to := s.sweep.at, s.sweep.began
	if end := from.Add(s.sweep.span); to.Sub(end) > overlap { // no last slice that lies in what the mall does not show yet
		to = end
	}
	s.mu.Unlock()
	began := time.Now()
	if from.Before(to) {
		if err := s.deliver(ctx, handle, w, Query{From: from, To: to, By: s.By, Known: s.skipKnown}); err != nil {
			return errors.Join(err, s.save(ctx, true)) // what was acknowledged, whatever the end is
		}
	}
	s.mu.Lock()
	took := time.Since(began)
	s.sweep.at, s.sweep.cost = to, s.sweep.cost+w.cost
	if took > longSlice {
		s.sweep.span = max(s.sweep.span/2, leastSlice)
	} else if took < shortSlice {
		s.sweep.span = min(s.sweep.span*2, max(min(s.Window, mostSlice), firstSlice))
	}
	s.state.reach(to, s.From)
	s.meet()
	if !to.Before(s.sweep.began) {
		w.whole, w.began, w.cost = true, time.Now().Add(-time.Since(s.sweep.began)), s.sweep.cost
		s.state.passed(s.sweep.began, s.sweep.cost)
		s.sweep = sweep{span: s.sweep.span}
	}
	s.state.prune(s.start(), s.Window)
	s.mu.Unlock()
	return s.save(ctx, true)
}

// young looks for changes of orders placed since an instant, in the window: through the list where that tells of some.
func (s *follower) young(ctx context.Context, handle Handler, w *work, since time.Time) error {
	now := time.Now().Round(0)
	s.mu.Lock()
	from := maxTime(maxTime(since, now.Add(-s.Window)), s.state.From)
	s.mu.Unlock()
	if !from.Before(now) {
		return nil
	}
	if s.lister == nil {
		if err := s.deliver(ctx, handle, w, Query{From: from, To: now, By: s.By, Known: s.skipKnown}); err != nil {
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

// list reads the orders of which the list tells something that is not known.
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

// start is the instant from which the source has to be read again. What lies before it need not be remembered.
func (s *follower) start() time.Time {
	if s.state.Until.IsZero() {
		return s.From
	}
	from := s.state.Until.Add(-overlap)
	if s.By == ByPlaced { // whatever was inside the window when the last pass began may have changed since
		from = minTime(from, s.state.Passed.Add(-s.Window))
	}
	return maxTime(from, s.state.From)
}

// save stores what changed, even when ctx has just ended: what is acknowledged is to be remembered. What could not be saved is kept
// for the next save. Unless all is wanted, how far the shop was read is not worth a write of its own each time.
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
	case errors.Is(err, ErrFeedConflict): // what the other feed wrote counts; orders acknowledged since may come again
		s.lost = true
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE): // too many open files pass by
	default:
		failed.fatal = s.state.holdsWork()
	}
	return failed
}
