package order

import (
	"context"
	"time"
)

// slots bound how many shops of one mall are read at once, so that a mall that does not answer holds up no other, and one shop's
// long reading no other's new orders. Nothing is held while the handler works.
type slots struct{ fresh, rest chan struct{} }

func newSlots(n int) *slots { return &slots{make(chan struct{}, n), make(chan struct{}, n)} }

// work is one task while it is done.
type work struct {
	pool chan struct{}
	held bool

	asked bool          // by Nudge
	start int           // see follower.settled
	cost  time.Duration // what reading took, without what was given to the handler and without the handler
	whole bool          // the pass over the window is complete
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
