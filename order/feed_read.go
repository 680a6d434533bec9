package order

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

const (
	// acknowledged orders are saved together, at most so many: those a crash may give again
	saveEvery  = 50
	maxRefused = 10 // refusals of the handler in a row: the consumer is in trouble, not the order
	maxTrouble = 3  // orders in a row that could not be read alone: the mall is in trouble
)

// skipKnown skips orders that were passed in this state, and those that failed before: retry reads
// those, so that they cannot end the reading of a window again and again.
func (s *follower) skipKnown(r Ref) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, failed := s.state.trouble[r.ID]
	return failed || s.state.knows(r)
}

// skipSeen also skips orders that were passed in any state, where the list shows none: it finds new
// orders only.
func (s *follower) skipSeen(r Ref) bool {
	if s.skipKnown(r) {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, seen := s.state.seen[r.ID]
	return seen && r.Revision == ""
}

// retry reads orders that could not be read or handled before, by their numbers. Its error ends the
// pass. That an order still cannot be read is no error, because the others must not wait for it.
func (s *follower) retry(ctx context.Context, handle Handler, w *work, ids []string) error {
	return errors.Join(s.again(ctx, handle, w, ids), s.save(ctx, true))
}

func (s *follower) again(ctx context.Context, handle Handler, w *work, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	err := s.deliver(ctx, handle, w, Query{IDs: ids})
	if err == nil || endsPass(ctx, err) {
		return err
	}
	trouble := 0 // one order can spoil the query of many, so each is read alone
	for _, id := range ids {
		s.mu.Lock()
		_, still := s.state.trouble[id]
		s.mu.Unlock()
		if !still {
			continue
		}
		err := s.deliver(ctx, handle, w, Query{IDs: []string{id}})
		if err == nil {
			trouble = 0
			continue
		}
		if endsPass(ctx, err) {
			return err
		}
		s.unread(ctx, w, id, err)
		if trouble++; trouble == maxTrouble {
			break
		}
	}
	return nil
}

// endsPass reports whether the next order would meet the same error.
func endsPass(ctx context.Context, err error) bool {
	return ctx.Err() != nil || isStoreError(err) || errors.Is(err, errRefusing) ||
		kindOf(err) == FeedParked ||
		errors.Is(err, ErrRateLimited) || errors.Is(err, ErrMaintenance)
}

var errRefusing = fmt.Errorf("the handler refused %d orders in a row", maxRefused)

// deliver passes the orders of a query to the handler.
func (s *follower) deliver(ctx context.Context, handle Handler, w *work, q Query) error {
	s.begins(w)
	defer s.ends()
	refused := 0
	asked := time.Now()
	listed := asked // when the source met the last row of a list
	if known := q.Known; known != nil {
		q.Known = func(r Ref) bool {
			listed = time.Now()
			return known(r)
		}
	}
	for o, err := range s.Source.Orders(ctx, q) {
		waited := time.Since(asked)
		if err != nil {
			w.cost += waited
			id := Concerns(err)
			if id == "" {
				return err
			}
			s.unread(ctx, w, id, err)
			asked = time.Now()
			continue
		}
		if o.ID == "" {
			return &Error{Class: ErrUndecodable, Mall: s.mall, Shop: s.shop,
				Message: "the source gave an order without a number"}
		}
		given, err := s.give(ctx, handle, w, o)
		switch {
		case err == nil && given:
			refused = 0
			// the next pass reads the list again, and not this order
			w.cost += max(listed.Sub(asked), 0)
		case err == nil:
			w.cost += waited
		case isStoreError(err) || ctx.Err() != nil:
			return err
		default:
			if refused++; refused == maxRefused {
				return fmt.Errorf("order: %w, the last with: %w", errRefusing, err)
			}
		}
		if err := w.enter(ctx); err != nil {
			return err
		}
		asked = time.Now()
	}
	w.cost += time.Since(asked)
	return ctx.Err()
}

// give passes one order to the handler unless it is known, and records the outcome. Its error is
// the handler's, the store's or the context's.
func (s *follower) give(
	ctx context.Context, handle Handler, w *work, o Order,
) (given bool, err error) {
	select { // one order of a shop at a time
	case s.handling <- struct{}{}:
	default:
		w.leave()
		select {
		case s.handling <- struct{}{}:
		case <-ctx.Done():
			return false, ctx.Err()
		}
	}
	defer func() { <-s.handling }()
	if s.settled(w, o) {
		return false, nil
	}
	w.leave()
	if err = handle(ctx, o); err != nil {
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		s.mu.Lock()
		s.state.pend(o.ID, err, time.Now())
		s.mu.Unlock()
		s.notify(ctx, FeedEvent{Kind: FeedRejected, Order: o.ID, Err: err})
		return true, err
	}
	s.mu.Lock()
	s.state.acknowledge(o, s.By, time.Now(), s.mark(o))
	s.given++
	if s.readers > 1 {
		s.recent[strings.Clone(o.ID)] = s.given
	}
	due := s.state.unsaved >= saveEvery
	s.mu.Unlock()
	if due {
		return true, s.save(ctx, true)
	}
	return true, nil
}

func (s *follower) mark(o Order) string {
	if s.lister == nil {
		return ""
	}
	return s.lister.Mark(o)
}

// settled reports whether an order need not be passed. If another read has passed the order since
// this one began, that may have been a newer state; the order is then read again, so that what is
// passed last is the current state.
func (s *follower) settled(w *work, o Order) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state.knows(o.Ref()) {
		s.state.settle(o.ID)
		s.state.remark(o.ID, s.mark(o))
		return true
	}
	if when, acknowledged := s.recent[o.ID]; acknowledged && when > w.start {
		s.nudges.add(o.ID)
		s.rouse()
		return true
	}
	return false
}

// begins notes that a read is under way; ends notes that it is over.
func (s *follower) begins(w *work) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.readers++
	w.start = s.given
}

func (s *follower) ends() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.readers--; s.readers == 0 { // whatever begins from now on reads what is newer
		clear(s.recent)
	}
}

// unread records that an order could not be read. One that was only nudged and does not exist is
// reported but not tried again.
func (s *follower) unread(ctx context.Context, w *work, id string, err error) {
	if !w.asked || !errors.Is(err, ErrNotFound) {
		s.mu.Lock()
		s.state.pend(id, err, time.Now())
		s.mu.Unlock()
	}
	s.notify(ctx, FeedEvent{Kind: FeedUnread, Order: id, Err: err})
}
