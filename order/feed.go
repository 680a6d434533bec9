package order

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Feed follows the orders of many shops. Every order that is new, or that changed while it was inside its source's window, reaches
// the handler at least once, under the stable key of its Ref (mall, shop, id, revision): a consumer that keeps that key unique sees
// nothing twice. What the handler acknowledged is remembered in the Store; a crash anywhere loses nothing.
//
// A source that can search by the instant of the last change (ByUpdated) is read from where the last pass ended, with an overlap
// for late arrivals. The others are covered by reading a sliding window again and comparing revisions: an order that changes
// after it has left the window is not seen, unless the feed was not running when it changed: a pass reaches back by the window
// from the pass before it, however long ago that was. Memory and store grow with the orders inside the window, not with history.
//
// An order is given as it is when it is read: of two changes between two passes only the last is seen. What is given last is how
// the order stands, also when an order that was changed and changed back comes under a revision that was given before.
//
// A Feed may be run by one goroutine at a time, and a shop must be followed by one Feed only.
type Feed struct {
	cfg     FeedConfig
	sources []*follower
}

// FeedConfig says what to follow.
type FeedConfig struct {
	Sources []FeedSource
	Store   FeedStore                        // what survives a restart; required (NewMemoryFeedStore forgets)
	Notify  func(context.Context, FeedEvent) // told of failures and of shops parked; nil for none. Must not block
}

// FeedSource is one shop to follow. What is left zero comes from the source's Capabilities where it has such a method (the clients
// of this SDK do), else from the defaults named here.
type FeedSource struct {
	Source  Source
	From    time.Time     // where the first run begins (backfill), to the minute; required, not looked at once a pass has been stored
	By      Instant       // ByUpdated for a source that says nothing of itself but can search so; one that says so is always read so
	Every   time.Duration // pause between two passes; default 5 minutes
	Window  time.Duration // how far back orders are compared again unless read ByUpdated, and how long an order that fails is tried; default 30 days
	Overlap time.Duration // how far a pass reaches back into the one before, for late arrivals; default 15 minutes, at least 3 for ByUpdated
	Slice   time.Duration // a backfill is read in slices of this length and remembered after each; default 7 days
	Park    time.Duration // pause before a shop whose credential died is tried again; default 15 minutes
}

// minOverlap is the shortest overlap of passes ByUpdated: Amazon shows no change of the last two minutes.
const minOverlap = 3 * time.Minute

// Handler is given one order. A nil error acknowledges it. With any other error the order is given again in the next pass, also
// after a restart; other orders do not wait for it, but ten refusals in a row end the pass, which is repeated later. It is called
// from one goroutine per source, so from several at once for a feed of several sources.
type Handler func(context.Context, Order) error

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
	FeedFailed   FeedEventKind = "failed"    // a pass ended early; it is repeated after Next
	FeedParked   FeedEventKind = "parked"    // the credential died: tried again only after Next, until it is renewed
	FeedResumed  FeedEventKind = "resumed"   // a shop that had failed or was parked works again
	FeedUnread   FeedEventKind = "unread"    // one order could not be read; it is tried again by its number in each pass
	FeedRejected FeedEventKind = "rejected"  // the handler returned an error; the order is given again
	FeedGaveUp   FeedEventKind = "gave_up"   // an order could not be read or handled for the length of Window: look at it by hand
	FeedCaughtUp FeedEventKind = "caught_up" // a pass reached the present
)

// NewFeed checks the configuration.
func NewFeed(cfg FeedConfig) (*Feed, error) {
	if cfg.Store == nil {
		return nil, errors.New("order: FeedConfig.Store is nil; NewMemoryFeedStore and NewFileFeedStore are built in")
	}
	if len(cfg.Sources) == 0 {
		return nil, errors.New("order: FeedConfig.Sources is empty")
	}
	f := &Feed{cfg: cfg}
	names := map[Ref]bool{}
	for i, s := range cfg.Sources {
		if s.Source == nil {
			return nil, fmt.Errorf("order: FeedConfig.Sources[%d].Source is nil", i)
		}
		if err := s.complete(); err != nil {
			return nil, fmt.Errorf("order: FeedConfig.Sources[%d]%w", i, err)
		}
		name := Ref{Mall: s.Source.Mall(), Shop: s.Source.Shop()}
		if names[name] {
			return nil, fmt.Errorf("order: FeedConfig.Sources[%d]: shop %s of %s is there twice", i, name.Shop, name.Mall)
		}
		names[name] = true
		f.sources = append(f.sources, &follower{feed: f, FeedSource: s, mall: name.Mall, shop: name.Shop})
	}
	return f, nil
}

// complete checks the fields and fills in what is left zero. Its errors begin with the field.
func (s *FeedSource) complete() error {
	switch {
	case s.From.IsZero():
		return errors.New(".From is zero: say where a first run begins")
	case s.By > ByUpdated:
		return errors.New(".By is neither ByPlaced nor ByUpdated")
	}
	if source, tells := As[interface{ Capabilities() Capabilities }](s.Source); tells {
		can := source.Capabilities()
		if s.By == ByUpdated && !can.Can(CanReadUpdated) {
			return fmt.Errorf(".By is ByUpdated, but %s cannot search by the last change", s.Source.Mall().Name())
		}
		if can.Can(CanReadUpdated) {
			s.By = ByUpdated
		}
		if row, _ := can.Get(CanFollow); s.By == ByPlaced && s.Window == 0 {
			s.Window = row.Window
		}
	}
	s.From = s.From.Truncate(time.Minute) // malls write instants to the second or the minute: an order placed after From may look older
	for _, d := range []struct {
		value    *time.Duration
		fallback time.Duration
		name     string
	}{
		{&s.Every, 5 * time.Minute, "Every"}, {&s.Window, 30 * 24 * time.Hour, "Window"}, {&s.Overlap, 15 * time.Minute, "Overlap"},
		{&s.Slice, 7 * 24 * time.Hour, "Slice"}, {&s.Park, 15 * time.Minute, "Park"},
	} {
		if *d.value < 0 {
			return fmt.Errorf(".%s is negative", d.name)
		}
		if *d.value == 0 {
			*d.value = d.fallback
		}
	}
	if s.By == ByUpdated && s.Overlap < minOverlap {
		return fmt.Errorf(".Overlap is less than %s: malls show changes late", minOverlap)
	}
	return nil
}

// Run follows all sources, each at its own pace and none held up by another, until ctx ends; it then returns ctx's error. It ends
// earlier only when the Store cannot save what was acknowledged, because going on would give more and more orders twice. A shop whose
// state cannot be loaded, is damaged, or is saved by another feed as well (ErrFeedConflict) fails alone, with its event, and is
// tried again.
func (f *Feed) Run(ctx context.Context, handle Handler) error {
	return f.each(ctx, func(ctx context.Context, s *follower) error { return s.run(ctx, handle) })
}

// Once makes one pass over each source, up to the present, and returns: for a job that is started by the clock. The error joins
// what failed; Notify is told of it too. Orders that could not be read or handled are no error: they are told to Notify and
// tried again the next time.
func (f *Feed) Once(ctx context.Context, handle Handler) error {
	return f.each(ctx, func(ctx context.Context, s *follower) error {
		err := s.pass(ctx, handle)
		if err != nil && !endsFeed(err) && ctx.Err() == nil {
			s.notify(ctx, FeedEvent{Kind: kindOf(err), Err: err})
		}
		return err
	})
}

func (f *Feed) each(ctx context.Context, work func(context.Context, *follower) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wg sync.WaitGroup
	errs := make([]error, len(f.sources))
	for i, s := range f.sources {
		wg.Go(func() {
			errs[i] = work(ctx, s)
			if endsFeed(errs[i]) {
				cancel(errs[i])
			}
		})
	}
	wg.Wait()
	if cause := context.Cause(ctx); endsFeed(cause) {
		return cause
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return errors.Join(errs...)
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
