package transport

import (
	"container/list"
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/jpmall/jpmall/order"
)

// bucket is the token bucket of one quota, in whole nanoseconds so that spacing is exact. Writes
// are served before reads, otherwise in order of arrival. A caller that gives up takes no token.
type bucket struct {
	mu    sync.Mutex
	queue queue
	every time.Duration
	burst int
	full  time.Time // when the bucket is full again if no token is taken
	pause time.Time // no token before: the mall asked to slow down
}

// newBucket returns the bucket of a quota that has an Every.
func newBucket(q Quota) *bucket {
	return &bucket{every: q.Every, burst: max(q.Burst, 1)}
}

// NewLimiter returns a limiter that several clients can share. It is an order.LearningLimiter with
// the same queue as a client's own quotas. A quota without Every has no limit.
func NewLimiter(q Quota) order.Limiter {
	if q.Every <= 0 {
		return order.Unlimited("")
	}
	return newBucket(q)
}

// deadlineError is a wait that would exceed the caller's deadline, returned at once.
type deadlineError struct{ wait time.Duration }

func (e deadlineError) Error() string {
	return fmt.Sprintf("the quota allows the next call in %s, after the context's deadline",
		e.wait.Round(time.Millisecond))
}
func (e deadlineError) Unwrap() error { return context.DeadlineExceeded }

// Wait takes a token, waiting for one if the bucket is empty.
func (b *bucket) Wait(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	b.mu.Lock()
	w := b.queue.join(IsWriting(ctx))
	b.mu.Unlock()
	for {
		wait, head := b.take(w, time.Now())
		if wait <= 0 {
			return nil
		}
		if deadline, ok := ctx.Deadline(); ok && head && time.Until(deadline) < wait {
			b.leave(w)
			return deadlineError{wait}
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-w.look:
			timer.Stop()
		case <-ctx.Done():
			timer.Stop()
			b.leave(w)
			return ctx.Err()
		}
	}
}

// take takes a token for the head of the queue, or returns how long until there is one. A waiter
// that is not the head is notified when it becomes it.
func (b *bucket) take(w *waiter, now time.Time) (wait time.Duration, head bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.queue.head() != w {
		return maxEvery, false
	}
	if b.full.Before(now) {
		b.full = now
	}
	if wait := max(b.full.Sub(now)-time.Duration(b.burst-1)*b.every, b.pause.Sub(now)); wait > 0 {
		return wait, true
	}
	b.full = b.full.Add(b.every)
	b.queue.serve(w)
	return 0, true
}

func (b *bucket) leave(w *waiter) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.queue.leave(w)
}

// drain empties the bucket and blocks it for pause, after the mall has refused a call for its
// rate.
func (b *bucket) drain(now time.Time, pause time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if empty := now.Add(time.Duration(b.burst) * b.every); b.full.Before(empty) {
		b.full = empty
	}
	if until := now.Add(pause); b.pause.Before(until) {
		b.pause = until
	}
}

// learn changes the rate; the number of missing tokens stays the same.
func (b *bucket) learn(now time.Time, q Quota) {
	if q.Every <= 0 || !q.valid() {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if q.Burst == 0 {
		q.Burst = b.burst
	}
	if q.Every == b.every && q.Burst == b.burst {
		return
	}
	if missing := b.full.Sub(now); missing > 0 {
		b.full = now.Add(time.Duration(float64(missing) / float64(b.every) * float64(q.Every)))
	}
	b.every, b.burst = q.Every, q.Burst
	b.queue.call()
}

func (b *bucket) pace() time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.every
}

// Learn implements order.LearningLimiter.
func (b *bucket) Learn(callsPerSecond float64) {
	if callsPerSecond > 0 {
		b.learn(time.Now(), Quota{Every: time.Duration(
			min(float64(time.Second)/callsPerSecond, float64(maxEvery)))})
	}
}

// Pause gives no token before until.
func (b *bucket) Pause(until time.Time) {
	now := time.Now()
	b.drain(now, min(until.Sub(now), LongestRetryAfter))
}

// writesInRow is after how many writes a waiting read is served, so that a long batch of writes
// does not stop a feed.
const writesInRow = 4

// queue holds the waiters of one bucket: a line of writes and one of reads, each first come, first
// served. The bucket's lock guards it.
type queue struct {
	writes, reads list.List // of *waiter
	row           int       // writes served since the last read while reads waited
}

// waiter is one waiting call.
type waiter struct {
	line  *list.List
	place *list.Element
	look  chan struct{} // it may be the head now, or the rate has changed
}

func (q *queue) join(write bool) *waiter {
	w := &waiter{line: &q.reads, look: make(chan struct{}, 1)}
	if write {
		w.line = &q.writes
	}
	w.place = w.line.PushBack(w)
	return w
}

// head returns the waiter that gets the next token.
func (q *queue) head() *waiter {
	first := q.writes.Front()
	if first == nil || q.row >= writesInRow && q.reads.Len() > 0 {
		first = q.reads.Front()
	}
	if first == nil {
		return nil
	}
	return first.Value.(*waiter)
}

// serve removes the head, which has got a token.
func (q *queue) serve(w *waiter) {
	if w.line == &q.writes && q.reads.Len() > 0 {
		q.row++
	} else {
		q.row = 0
	}
	q.leave(w)
}

// leave removes a waiter and notifies the new head.
func (q *queue) leave(w *waiter) {
	w.line.Remove(w.place)
	q.call()
}

// call makes the head look again.
func (q *queue) call() {
	if w := q.head(); w != nil {
		select {
		case w.look <- struct{}{}:
		default:
		}
	}
}

// bucketOf returns the bucket of an operation, nil if it has no quota.
func (c *Client) bucketOf(op Operation) *bucket {
	key := op.quotaName()
	c.mu.Lock()
	defer c.mu.Unlock()
	b := c.buckets[key]
	if b == nil && op.Quota.Every > 0 {
		b = newBucket(op.Quota)
		c.buckets[key] = b
	}
	return b
}
