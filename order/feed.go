package order

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Feed follows the orders of many shops. Every order that is new, or that changed while it was inside its source's window, reaches
// the handler at least once, under the stable key of its Ref (mall, shop, id, revision): a consumer that keeps that key unique sees
// nothing twice. What the handler acknowledged is remembered in the Store; a crash anywhere loses nothing and gives at most the 50
// orders of a shop again that were acknowledged last.
//
// # What is seen how soon
//
// Each shop is looked at for new orders every FeedSource.Every, whatever else goes on. Changes are looked for by reading orders
// again, those of the last 14 days more often than the rest of the window, each as often as keeps its share of the time that the
// shop's calls take. In the malls' quotas of one call a second:
//
//	                               1,000 orders in the window   10,000        100,000       share of the time
//	a new order                    1 minute                     1 minute      1 minute      a call a minute
//	a new status, last 14 days     5 minutes                    5 minutes     5 minutes     1/8 at most
//	a new status, older            5 minutes                    5 minutes     40 minutes    1/20 at most
//	any other change               5 minutes                    40 minutes    5 hours       1/20, 1/4 from 5 hours on
//	one that Nudge names           seconds                      seconds       seconds
//
// That holds for Rakuten, whose list tells the status alone (Lister). Where list rows tell of every change (Yahoo!, au PAY) any
// change is seen as a new status is. Amazon tells what changed since: all is seen within eight minutes, because its quota gives
// a look each three minutes and it hides the last two. An order that changes after it has left the window is not seen, unless the
// feed was not running then: it reaches back by the window from its last whole look, however long ago that was.
//
// Memory and store grow with the orders inside the window (about 150 bytes and 60 bytes each), not with history.
//
// An order is given as it is when it is read: of two changes between two looks only the last is seen. What is given last is how
// the order stands, also when an order that was changed and changed back comes under a revision that was given before.
//
// Run and Once are for one goroutine at a time, all else is safe for concurrent use. A shop must be followed by one Feed only.
type Feed struct {
	cfg     FeedConfig
	sources []*follower
	byName  map[Ref]*follower
}

// FeedConfig says what to follow.
type FeedConfig struct {
	Sources []FeedSource
	Store   FeedStore // what survives a restart; required (NewMemoryFeedStore forgets)

	// Notify is told of failures and of shops parked; nil for none. It must not block and is called from several goroutines.
	Notify func(context.Context, FeedEvent)

	// Concurrency is how many shops of one mall are read at once for new orders, and as many for changes; default 64. A shop that
	// is read takes about a page of orders in memory, and a connection.
	Concurrency int
}

// FeedSource is one shop to follow. What is left zero comes from the source's Capabilities where it has such a method (the clients
// of this SDK do), else from the defaults named here.
type FeedSource struct {
	Source Source

	// From is where the first run begins (backfill), to the minute. It is required, but not looked at once a pass has been stored.
	From time.Time

	// By is ByUpdated for a source that says nothing of itself but can search so; one that says so is always read so.
	By Instant

	// Every is the pause between two looks for new orders; changes are looked for after five times that, up to 5 minutes, or later
	// where that would take too much. Default 1 minute.
	Every time.Duration

	// Window is how far back orders are compared again unless they are read ByUpdated, and how long an order that fails is tried.
	// Default 30 days.
	Window time.Duration
}

// Handler is given one order. A nil error acknowledges it. With any other error the order is given again some minutes later, also
// after a restart; other orders do not wait for it, but ten refusals in a row end the pass, which is repeated later. It is called
// for one order of a shop at a time, but for several shops at once.
type Handler func(context.Context, Order) error

// NewFeed checks the configuration.
func NewFeed(cfg FeedConfig) (*Feed, error) {
	if cfg.Store == nil {
		return nil, errors.New("order: FeedConfig.Store is nil; NewMemoryFeedStore and NewFileFeedStore are built in")
	}
	if len(cfg.Sources) == 0 {
		return nil, errors.New("order: FeedConfig.Sources is empty")
	}
	if cfg.Concurrency < 0 {
		return nil, errors.New("order: FeedConfig.Concurrency is negative")
	}
	if cfg.Concurrency == 0 {
		cfg.Concurrency = 64
	}
	f := &Feed{cfg: cfg, byName: make(map[Ref]*follower, len(cfg.Sources))}
	slots := map[Mall]*slots{}
	for i, s := range cfg.Sources {
		if s.Source == nil {
			return nil, fmt.Errorf("order: FeedConfig.Sources[%d].Source is nil", i)
		}
		if err := s.complete(); err != nil {
			return nil, fmt.Errorf("order: FeedConfig.Sources[%d]%w", i, err)
		}
		name := Ref{Mall: s.Source.Mall(), Shop: s.Source.Shop()}
		if f.byName[name] != nil {
			return nil, fmt.Errorf("order: FeedConfig.Sources[%d]: shop %s of %s is there twice", i, name.Shop, name.Mall)
		}
		if slots[name.Mall] == nil {
			slots[name.Mall] = newSlots(cfg.Concurrency)
		}
		follower := newFollower(f, s, slots[name.Mall])
		follower.offset = spread(i, len(cfg.Sources), s.Every)
		follower.lag = float64(i) / float64(len(cfg.Sources))
		f.byName[name] = follower
		f.sources = append(f.sources, follower)
	}
	return f, nil
}

// spread is how long the i-th of n shops waits before it starts: all within Every, and at most a tenth of a second apart.
func spread(i, n int, every time.Duration) time.Duration {
	return time.Duration(i) * min(every/time.Duration(n), time.Second/10)
}

// complete checks the fields and fills in what is left zero. Its errors begin with the field.
func (s *FeedSource) complete() error {
	switch {
	case s.From.IsZero():
		return errors.New(".From is zero: say where a first run begins")
	case s.By > ByUpdated:
		return errors.New(".By is neither ByPlaced nor ByUpdated")
	case s.Every < 0:
		return errors.New(".Every is negative")
	case s.Window < 0:
		return errors.New(".Window is negative")
	}
	if source, tells := As[interface{ Capabilities() Capabilities }](s.Source); tells {
		can := source.Capabilities()
		if s.By == ByUpdated && !can.Can(CanReadUpdated) {
			return fmt.Errorf(".By is ByUpdated, but %s cannot search by the last change", s.Source.Mall().Name())
		}
		if can.Can(CanReadUpdated) {
			s.By = ByUpdated
		}
		row, _ := can.Get(CanFollow)
		if s.By == ByPlaced && s.Window == 0 {
			s.Window = row.Window
		}
		if s.Every == 0 {
			s.Every = row.Every
		}
	}
	s.From = s.From.Truncate(time.Minute) // malls write instants to the second or the minute: an order placed after From may look older
	if s.Every == 0 {
		s.Every = time.Minute
	}
	if s.Window == 0 {
		s.Window = 30 * 24 * time.Hour
	}
	return nil
}

// Run follows all sources, each at its own pace and none held up by another, until ctx ends; it then returns ctx's error. It ends
// earlier only when the Store cannot save what was acknowledged, because going on would give more and more orders twice. A shop whose
// state cannot be loaded, is damaged, or is saved by another feed as well (ErrFeedConflict) fails alone, with its event, and is
// tried again; so does one that cannot be saved because the process has too many open files.
func (f *Feed) Run(ctx context.Context, handle Handler) error {
	return f.each(ctx, func(ctx context.Context, s *follower) error { return s.run(ctx, handle) })
}

// Once makes one whole pass over each source, up to the present, and returns: for a job that is started by the clock. The error joins
// what failed; Notify is told of it too. Orders that could not be read or handled are no error: they are told to Notify and
// tried again the next time.
func (f *Feed) Once(ctx context.Context, handle Handler) error {
	return f.each(ctx, func(ctx context.Context, s *follower) error {
		err := s.once(ctx, handle)
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
