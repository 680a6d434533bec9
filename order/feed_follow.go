package order

import (
	"context"
	"sync"
	"time"
)

// follower follows one shop. Its loop (run) looks for new orders and nudged ones itself, and lets one goroutine beside it read
// the rest, so that neither waits for the other but for the shop's quota.
type follower struct {
	FeedSource
	feed   *Feed
	mall   Mall
	shop   string
	slots  *slots // of its mall
	lister Lister // nil without one
	offset time.Duration
	lag    float64 // its place among the shops, from 0 to below 1

	handling chan struct{} // whoever gives an order to the handler holds it
	wake     chan struct{} // an order was nudged
	nudges   queue
	shown    status

	mu      sync.Mutex // for all that follows
	state   *feedState // nil until loaded
	lost    bool       // somebody else has saved the state
	saved   time.Time  // when
	head    stretch    // what was read for new orders beyond a part that was not read yet
	sweep   sweep
	tasks   [tasks]schedule
	parked  bool // the credential died
	resting bool // the shop does not answer: one look at a time finds out when it does again
	looks   looks

	readers int            // reads under way
	given   int            // orders acknowledged
	recent  map[string]int // when, by given, orders were acknowledged while another read was under way
}

// stretch is a stretch of time.
type stretch struct{ from, to time.Time }

// sweep is a pass over the whole window, which is made in slices.
type sweep struct {
	began time.Time // zero when there is none under way
	at    time.Time // where the next slice begins
	span  time.Duration
	cost  time.Duration
	first bool // it reads what was never read
}

// looks are when the last successful looks began.
type looks struct{ fresh, status time.Time }

func newFollower(f *Feed, s FeedSource, slots *slots) *follower {
	lister, _ := As[Lister](s.Source)
	return &follower{
		FeedSource: s, feed: f, mall: s.Source.Mall(), shop: s.Source.Shop(), slots: slots, lister: lister,
		handling: make(chan struct{}, 1), wake: make(chan struct{}, 1), recent: map[string]int{},
	}
}

type outcome struct {
	kind taskKind
	work work
	err  error
}

func (s *follower) run(ctx context.Context, handle Handler) (err error) {
	if err := sleep(ctx, s.offset); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan outcome, 1)
	beside := false // a goroutine is reading
	defer func() {
		stop()
		if beside {
			if o := <-done; endsFeed(o.err) {
				err = o.err
			}
		}
		if last := s.save(ctx, true); endsFeed(last) && !endsFeed(err) {
			err = last
		}
	}()
	for ctx.Err() == nil {
		kind, wait := s.next(time.Now(), beside)
		switch {
		case kind == noTask:
		case kind.beside():
			beside = true
			go func() {
				w, err := s.do(ctx, handle, kind)
				done <- outcome{kind, w, err}
			}()
			continue
		default:
			w, err := s.do(ctx, handle, kind)
			if s.settle(ctx, kind, w, err) {
				return err
			}
			wait = 0
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-s.wake:
		case o := <-done:
			beside = false
			if s.settle(ctx, o.kind, o.work, o.err) {
				timer.Stop()
				return o.err
			}
		}
		timer.Stop()
	}
	return ctx.Err()
}

// once makes one whole pass.
func (s *follower) once(ctx context.Context, handle Handler) error {
	if err := s.load(ctx); err != nil {
		return err
	}
	s.mu.Lock()
	s.sweep = sweep{}
	failed := s.state.pending()
	s.mu.Unlock()
	w := work{pool: s.slots.rest}
	if err := w.enter(ctx); err != nil {
		return err
	}
	defer w.leave()
	for !w.whole {
		if err := s.slice(ctx, handle, &w); err != nil {
			return err
		}
	}
	if err := s.retry(ctx, handle, &w, failed); err != nil {
		return err
	}
	if err := s.nudged(ctx, handle, &w); err != nil {
		return err
	}
	s.finish(ctx, kindWhole, w)
	s.mu.Lock()
	s.show()
	s.mu.Unlock()
	return s.save(ctx, true)
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func minTime(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
