package order

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Feed follows the orders of many shops. It passes every order that is new, or that changed while
// inside the window of its source, to the handler at least once. The Ref of an order (mall, shop,
// id, revision) is a stable key: a consumer that keeps it unique sees nothing twice. The Store
// remembers what the handler acknowledged. A crash loses nothing, and repeats at most the 50 orders
// of a shop that were acknowledged last.
//
// # How soon changes are seen
//
// Each shop is polled for new orders every [FeedSource.Every], whatever else is under way. Changes
// are found by reading orders again, those of the last 14 days more often than the rest of the
// window. How often depends on the share of the shop's calling time that a poll may take. At quotas
// of one call a second:
//
//	orders in the window         1,000      10,000     100,000     share of the time
//	a new order                  1 minute   1 minute   1 minute    a call a minute
//	a new status, last 14 days   5 minutes  5 minutes  8 minutes   1/8, from 8 minutes on 1/4
//	a new status, older          5 minutes  5 minutes  40 minutes  1/20 at most
//	any other change             5 minutes  40 minutes 5 hours     1/20, from 5 hours on 1/4
//	one that Nudge names         seconds    seconds    seconds
//
// This holds for Rakuten, whose list shows only the status (Lister). Where list rows show every
// change (Yahoo!, au PAY), any change of the last 14 days is seen as soon as a new status, and an
// older one with the next pass over the window, after twenty times as long as the last pass took.
//
// Amazon reports what has changed. Everything is seen within nine minutes: polling every six and a
// half minutes leaves half of the quota, and Amazon hides the last two minutes. A change that it
// shows late is still seen if it is no later than a poll reaches back: as far as one page holds,
// between eight minutes (a shop with 100,000 orders) and six hours (one with 3,000).
//
// An order that changes after it has left the window is not seen, unless the feed was not running
// then: it reaches back by the window from its last complete poll, however long ago that was.
//
// Memory and store grow with the orders inside the window (about 150 and 60 bytes each), not with
// history.
//
// An order is passed as it is when it is read: of two changes between two polls only the last is
// seen. What is passed last is always the current state, even when an order was changed and changed
// back and so comes under a revision that was passed before.
//
// A new rule for slot labels ([timeslot.Live]) is no change of an order: stored orders keep their
// slots. Read them again from the mall, or resolve the stored ones as [Order.SlotLabel] shows and
// examples/dashboard does.
//
// Run, Due and Once must be called from one goroutine at a time; everything else is safe for
// concurrent use. A shop must be followed by one Feed only.
type Feed struct {
	cfg     FeedConfig
	sources []*follower
	byName  map[Ref]*follower
}

// FeedConfig configures a Feed.
type FeedConfig struct {
	Sources []FeedSource
	// remembers what was acknowledged; required (NewMemoryFeedStore does not survive a restart)
	Store FeedStore

	// Notify, if not nil, is called with failures and parked shops. It must not block and is called
	// from several goroutines.
	Notify func(context.Context, FeedEvent)

	// Concurrency is how many shops of one mall are read at once for new orders, and again as many
	// for changes; default 64. Each takes about a page of orders in memory, and a connection.
	Concurrency int
}

// FeedSource is one shop to follow. Zero fields are taken from the Capabilities method of the
// source where it has one (the clients of this SDK do), else from the defaults named here.
type FeedSource struct {
	Source Source

	// From is where the first run begins (backfill), to the minute. It is required, but ignored
	// once a pass has been stored.
	From time.Time

	// By may be ByUpdated for a source without Capabilities that can search by the last change. A
	// source whose Capabilities say that it can is always read by it.
	By Instant

	// Every is the pause between two polls for new orders. Changes are polled for after five times
	// that, up to 5 minutes, or later where that would take too large a share of the time. Default
	// 1 minute.
	Every time.Duration

	// Window is how far back changes are looked for, unless orders are read ByUpdated, and how long
	// a failing order is tried. Default 30 days.
	Window time.Duration
}

// Handler handles one order. Returning nil acknowledges it. After an error the order is passed
// again some minutes later, also after a restart. Other orders do not wait for it, but ten errors
// in a row end the pass, which is repeated later. It is called for one order of a shop at a time,
// but for several shops at once.
type Handler func(context.Context, Order) error

// NewFeed validates cfg and returns a Feed. It sends nothing. An error names the field that is
// wrong.
func NewFeed(cfg FeedConfig) (*Feed, error) {
	if cfg.Store == nil {
		return nil,
			errors.New(
				"order: FeedConfig.Store is nil; NewMemoryFeedStore and NewFileFeedStore are built in")
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
			return nil, fmt.Errorf("order: FeedConfig.Sources[%d]: shop %s of %s is there twice", i,
				name.Shop, name.Mall)
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

// spread returns how long the i-th of n shops waits before it starts. All start within every, and
// at most a tenth of a second apart.
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
			return fmt.Errorf(".By is ByUpdated, but %s cannot search by the last change",
				s.Source.Mall().Name())
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
	// malls write instants to the second or the minute: an order placed after From may look older
	s.From = s.From.Truncate(time.Minute)
	if s.Every == 0 {
		s.Every = time.Minute
	}
	if s.Window == 0 {
		s.Window = 30 * 24 * time.Hour
	}
	return nil
}

// Run follows all sources until ctx ends and returns ctx's error. Each source has its own pace and
// none waits for another. Run ends earlier only when the Store cannot save what was acknowledged,
// because more and more orders would then be passed twice. A shop whose state cannot be loaded, is
// damaged, or is saved by another feed as well ([ErrFeedConflict]) fails alone, with an event, and
// is tried again. So does one that cannot be saved because the process has too many open files.
func (f *Feed) Run(ctx context.Context, handle Handler) error {
	return f.each(ctx, func(ctx context.Context, s *follower) error { return s.run(ctx, handle) })
}

// Due polls each source for new orders, does what else is due, and returns. It is for a scheduled
// job, each minute or each night. What is due is kept in the Store, so a series of processes costs
// the malls what Run costs and sees changes as soon. A pass over a large window may take long: new
// orders are polled for meanwhile, and if ctx ends first, the next Due continues where it was.
//
// A failure ends the work on its source, is reported to Notify and joined in the error. An order
// that could not be read or handled is no error: it is reported to Notify and tried again some
// minutes later.
func (f *Feed) Due(ctx context.Context, handle Handler) error {
	return f.each(ctx, func(ctx context.Context, s *follower) error { return s.due(ctx, handle) })
}

// Once reads the whole window of each source up to the present, due or not, and returns. It is for
// making sure that nothing is missing and costs as many calls as a backfill of the window; for a
// job use Due. Errors are as for Due.
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
