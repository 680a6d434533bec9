package order

import (
	"context"
	"time"
)

// slots bound how many shops of one mall are read at once. A mall that does not answer then delays
// no other, and a long read of one shop does not delay new orders of another. No slot is held while
// the handler works.
type slots struct{ fresh, rest chan struct{} }

func newSlots(n int) *slots { return &slots{make(chan struct{}, n), make(chan struct{}, n)} }

// work is one task while it is done.
type work struct {
	pool chan struct{}
	held bool

	asked bool // set for orders of Nudge
	start int  // see follower.settled
	// time spent reading, without orders that were passed on and without the handler
	cost  time.Duration
	whole bool // the pass over the window is complete
	began time.Time
}

// enter waits for a slot unless one is held.
func (w *work) enter(ctx context.Context) error {
	if w.held {
		return nil
	}
	select {
	case w.pool <- struct{}{}:
		w.held = true
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *work) leave() {
	if w.held {
		<-w.pool
		w.held = false
	}
}
