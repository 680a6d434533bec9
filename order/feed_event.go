package order

import (
	"context"
	"errors"
	"slices"
	"time"
)

// FeedEvent is something that an operator or a monitor should know.
type FeedEvent struct {
	Kind  FeedEventKind
	Mall  Mall
	Shop  string
	Order string // empty when it concerns the shop
	Err   error
	Next  time.Duration // time until the next try
	Began time.Time     // of FeedCaughtUp: when that pass began
}

// FeedEventKind is the kind of a [FeedEvent].
type FeedEventKind string

// The kinds of feed events.
const (
	// reading a shop ended early; it is repeated after Next, an hour at most
	FeedFailed FeedEventKind = "failed"
	// the credential was refused or has expired: tried again only after Next, until it is renewed
	FeedParked  FeedEventKind = "parked"
	FeedResumed FeedEventKind = "resumed" // what had failed or was parked works again
	// one order could not be read; it is tried again by its number
	FeedUnread FeedEventKind = "unread"
	// the handler returned an error; the order is passed again
	FeedRejected FeedEventKind = "rejected"
	// an order could not be read or handled for the length of Window: check it by hand
	FeedGaveUp FeedEventKind = "gave_up"
	// a pass over the whole window is complete: what the mall listed when it Began was passed or
	// reported
	FeedCaughtUp FeedEventKind = "caught_up"
)

func (s *follower) notify(ctx context.Context, e FeedEvent) {
	if s.feed.cfg.Notify != nil {
		e.Mall, e.Shop = s.mall, s.shop
		s.feed.cfg.Notify(ctx, e)
	}
}

// kindOf distinguishes a failure of the credential from one that may pass by itself.
func kindOf(err error) FeedEventKind {
	if errors.Is(err, ErrUnauthorized) || errors.Is(err, ErrCredentialExpired) ||
		errors.Is(err, ErrForbidden) {
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
