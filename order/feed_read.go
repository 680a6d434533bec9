package order

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	saveEvery  = 50 // acknowledged orders are saved together, at most so many: those a crash may give again
	maxRefused = 10 // refusals of the handler in a row: the consumer is in trouble, not the order
	maxTrouble = 3  // orders in a row that could not be read alone: the mall is in trouble
)

// window reads the orders of [from, to) and remembers that it did.
func (s *follower) window(ctx context.Context, handle Handler, from, to time.Time) error {
	err := s.deliver(ctx, handle, Query{From: from, To: to, By: s.By, Known: s.skip})
	if err == nil {
		s.state.reach(to, s.From)
		s.state.prune(s.start(), s.Window)
	}
	return errors.Join(err, s.save(ctx)) // what was acknowledged, whatever the end is
}

// skip leaves out what was given in this state, and what failed before: retry reads that, so that it cannot end the reading of a
// window again and again.
func (s *follower) skip(r Ref) bool {
	_, failed := s.state.trouble[r.ID]
	return failed || s.state.knows(r)
}

// retry reads again, by their numbers, the orders that could not be read or handled in passes before. Its error ends the pass; that
// an order cannot be read again is none, for the others must not wait for it.
func (s *follower) retry(ctx context.Context, handle Handler, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	err := s.deliver(ctx, handle, Query{IDs: ids})
	if err == nil || endsPass(ctx, err) {
		return err
	}
	trouble := 0 // one order can spoil the query of many, so each is read alone
	for _, id := range ids {
		if _, still := s.state.trouble[id]; !still {
			continue
		}
		err := s.deliver(ctx, handle, Query{IDs: []string{id}})
		if err == nil {
			trouble = 0
			continue
		}
		if endsPass(ctx, err) {
			return err
		}
		s.unread(ctx, id, err)
		if trouble++; trouble == maxTrouble {
			break
		}
	}
	return nil
}

// endsPass tells errors that the next order would meet as well.
func endsPass(ctx context.Context, err error) bool {
	return ctx.Err() != nil || isStoreError(err) || errors.Is(err, errRefusing) || kindOf(err) == FeedParked ||
		errors.Is(err, ErrRateLimited) || errors.Is(err, ErrMaintenance)
}

var errRefusing = fmt.Errorf("the handler refused %d orders in a row", maxRefused)

// deliver gives the orders of a query to the handler.
func (s *follower) deliver(ctx context.Context, handle Handler, q Query) error {
	refused := 0
	for o, err := range s.Source.Orders(ctx, q) {
		if err != nil {
			id := Concerns(err)
			if id == "" {
				return err
			}
			s.unread(ctx, id, err)
			continue
		}
		if o.ID == "" {
			return &Error{Class: ErrUndecodable, Mall: s.mall, Shop: s.shop, Message: "the source gave an order without a number"}
		}
		if s.state.knows(o.Ref()) {
			s.state.settle(o.ID)
			continue
		}
		if err := handle(ctx, o); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			s.state.pend(o.ID, err, time.Now())
			s.notify(ctx, FeedEvent{Kind: FeedRejected, Order: o.ID, Err: err})
			if refused++; refused == maxRefused {
				return fmt.Errorf("order: %w, the last with: %w", errRefusing, err)
			}
			continue
		}
		refused = 0
		s.state.acknowledge(o, s.By, time.Now())
		if s.state.unsaved >= saveEvery {
			if err := s.save(ctx); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

func (s *follower) unread(ctx context.Context, id string, err error) {
	s.state.pend(id, err, time.Now())
	s.notify(ctx, FeedEvent{Kind: FeedUnread, Order: id, Err: err})
}
