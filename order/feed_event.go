package order

import (
	"context"
	"errors"
	"slices"
	"time"
)

// FeedEvent is something that a person or a monitor should hear of.
type FeedEvent struct {
	Kind  FeedEventKind
	Mall  Mall
	Shop  string
	Order string        // empty when it concerns the shop
	Err   error         //
	Next  time.Duration // until the next try
}

// FeedEventKind says what happened to a followed shop.
type FeedEventKind string

// The kinds of feed events.
const (
	FeedFailed   FeedEventKind = "failed"    // a look at the shop ended early; it is repeated after Next, an hour at most
	FeedParked   FeedEventKind = "parked"    // the credential died: tried again only after Next, until it is renewed
	FeedResumed  FeedEventKind = "resumed"   // what had failed or was parked works again
	FeedUnread   FeedEventKind = "unread"    // one order could not be read; it is tried again by its number
	FeedRejected FeedEventKind = "rejected"  // the handler returned an error; the order is given again
	FeedGaveUp   FeedEventKind = "gave_up"   // an order could not be read or handled for the length of Window: look at it by hand
	FeedCaughtUp FeedEventKind = "caught_up" // a pass over the whole window reached the present
)

func (s *follower) notify(ctx context.Context, e FeedEvent) {
	if s.feed.cfg.Notify != nil {
		e.Mall, e.Shop = s.mall, s.shop
		s.feed.cfg.Notify(ctx, e)
	}
}

// kindOf tells a failure of the credential from one that may pass by itself.
func kindOf(err error) FeedEventKind {
	if errors.Is(err, ErrUnauthorized) || errors.Is(err, ErrCredentialExpired) || errors.Is(err, ErrForbidden) {
		return FeedParked
	}
	return FeedFailed
}

// storeError marks a failure of the Store. It ends the shop's pass; a fatal one ends the feed.
type storeError struct {
	err   error
	fatal bool // acknowledged work could not be saved
}

func (e storeError) Error() string { return "order: feed store: " + e.err.Error() }
func (e storeError) Unwrap() error { return e.err }

func isStoreError(err error) bool {
	var e storeError
	return errors.As(err, &e)
}

// endsFeed finds a fatal storeError among joined ones.
func endsFeed(err error) bool {
	if e, ok := err.(storeError); ok && e.fatal {
		return true
	}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		return endsFeed(e.Unwrap())
	case interface{ Unwrap() []error }:
		return slices.ContainsFunc(e.Unwrap(), endsFeed)
	}
	return false
}
