package order

import (
	"context"
	"sync"
	"time"

	"github.com/jpmall/jpmall/internal/pause"
)

// follower follows one shop. Its loop (run) looks for new and nudged orders, and a second goroutine
// reads the rest. Neither waits for the other, only for the quota of the shop.
type follower struct {
	FeedSource
	feed   *Feed
	mall   Mall
	shop   string
	slots  *slots // of its mall
	lister Lister // nil without one
	offset time.Duration
	lag    float64 // its place among the shops, from 0 to below 1
	hasty  bool    // set by Due: it does not wait for its place

	handling chan struct{} // whoever gives an order to the handler holds it
	wake     chan struct{} // an order was nudged
	nudges   queue
	shown    status

	mu    sync.Mutex    // for all that follows
	state *feedState    // nil until loaded
	span  time.Duration // of the last slice of the last pass
	lost  bool          // another feed has saved the state
	saved time.Time     // when
	// how far a look by the last change reaches back into the one before, if further than overlap
	back    time.Duration
	head    stretch // what was read for new orders beyond a part that was not read yet
	tasks   [tasks]schedule
	parked  bool // the credential was refused
	resting bool // the shop does not answer: one look at a time finds out when it does again
	looks   looks

	readers int // reads under way
	given   int // orders acknowledged
	// when, by given, orders were acknowledged while another read was under way
	recent map[string]int
}

// stretch is a stretch of time.
type stretch struct{ from, to time.Time }

// looks are when the last successful looks began.
type looks struct{ fresh, status time.Time }

func newFollower(f *Feed, s FeedSource, slots *slots) *follower {
	lister, _ := As[Lister](s.Source)
	return &follower{
		FeedSource: s, feed: f, mall: s.Source.Mall(), shop: s.Source.Shop(), slots: slots,
		lister:   lister,
		handling: make(chan struct{}, 1), wake: make(chan struct{}, 1), recent: map[string]int{},
	}
}

type outcome struct {
	kind taskKind
	work work
	err  error
}

func (s *follower) run(ctx context.Context, handle Handler) error {
	s.hurry(false)
	if err := pause.For(ctx, s.offset); err != nil {
		return err
	}
	return s.loop(ctx, handle, false)
}

// due looks for new orders and does what else is due.
func (s *follower) due(ctx context.Context, handle Handler) error {
	s.hurry(true)
	return s.loop(ctx, handle, true)
}

func (s *follower) hurry(hasty bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hasty = hasty
	if hasty {
		s.tasks[kindFresh].next = time.Now()
	}
}

// loop does one task after another. With once it ends when none is due, and with the first error.
func (s *follower) loop(ctx context.Context, handle Handler, once bool) (err error) {
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
		if last := s.save(ctx, true); endsFeed(last) && !endsFeed(err) || err == nil {
			err = last
		}
	}()
	for ctx.Err() == nil {
		kind, wait := s.next(time.Now(), beside)
		switch {
		case kind == noTask:
			if once && !beside && !s.sweeping() {
				return nil
			}
		case kind.beside():
			beside = true
			go func() {
				w, err := s.do(ctx, handle, kind)
				done <- outcome{kind, w, err}
			}()
			continue
		default:
			w, err := s.do(ctx, handle, kind)
			if s.settle(ctx, kind, w, err) || once && err != nil {
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
			if s.settle(ctx, o.kind, o.work, o.err) || once && o.err != nil {
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
	s.state.Sweep = sweep{}
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
