package transport

import (
	"cmp"
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/jpmall/jpmall/order"
)

// bucket is the token bucket of one quota, in whole nanoseconds so that spacing is exact. Callers of one kind are served in the order
// in which they came, writes before reads; one that gives up takes no token with it and leaves no hole.
type bucket struct {
	mu    sync.Mutex
	queue queue
	every time.Duration
	burst int
	full  time.Time // when the bucket is full again, if nobody takes a token
	pause time.Time // nobody is served before: the mall said to slow down
}

func newBucket(q Quota) *bucket {
	return &bucket{every: q.Every, burst: max(q.Burst, 1)}
}

// NewLimiter makes a limiter of a quota that several clients can share, an order.LearningLimiter with the same queue as a client's own quotas. A quota
// without Every lets everything through.
func NewLimiter(q Quota) order.Limiter {
	if q.Every <= 0 {
		return order.Unlimited("")
	}
	return newBucket(q)
}

// deadlineError is a wait that would outlive the caller's deadline, told at once instead of slept through.
type deadlineError struct{ wait time.Duration }

func (e deadlineError) Error() string {
	return fmt.Sprintf("the quota allows the next call in %s, after the context's deadline", e.wait.Round(time.Millisecond))
}
func (e deadlineError) Unwrap() error { return context.DeadlineExceeded }

// Wait takes a token, and waits for one when the bucket is empty.
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

// take takes a token for the head of the queue, or says how long it will be until there is one. Whoever is not the head is told to
// look again when it is.
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

// drain empties the bucket after the mall has said that it is empty, and serves nobody for pause.
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

// learn changes the rate; the number of tokens that are missing stays.
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
	if missing := b.full.Sub(now); missing > 0 && b.every > 0 {
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

// Learn makes a bucket an order.LearningLimiter: the caller's clients can share it.
func (b *bucket) Learn(callsPerSecond float64) {
	if callsPerSecond > 0 {
		b.learn(time.Now(), Quota{Every: time.Duration(min(float64(time.Second)/callsPerSecond, float64(maxEvery)))})
	}
}

// Pause serves nobody before until.
func (b *bucket) Pause(until time.Time) {
	now := time.Now()
	b.drain(now, min(until.Sub(now), LongestRetryAfter))
}

// bucketOf finds the bucket of an operation, nil when it has no quota.
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

// acquire waits for the quota of a try. It has no limit of its own but the context's: the wait is the price of the mall's rule.
func (x *exchange) acquire(ctx context.Context) *order.Error {
	var err error
	begin := time.Now()
	if x.retry != Read {
		ctx = Writing(ctx)
	}
	switch {
	case x.limiter != nil:
		err = x.limiter.Wait(ctx)
	case x.bucket != nil:
		err = x.bucket.Wait(ctx)
	default:
		return nil
	}
	waited := time.Since(begin)
	x.queued += waited
	if waited >= time.Millisecond {
		x.observeWait(ctx, "quota", begin, waited)
	}
	if err == nil {
		if !IsWriting(ctx) {
			x.count()
		}
		return nil
	}
	fail := &order.Error{Class: order.ErrLocalLimit, Err: err, Hint: "the quota's wait was not over; this attempt was not sent"}
	if done := ctx.Err(); done != nil {
		fail.Err = done
	}
	return fail
}

// learn takes a reply's word on the quota: the mall's header, or its refusal.
func (x *exchange) learn(r *Response, fail *order.Error) {
	callers, learns := x.limiter.(order.LearningLimiter)
	if x.bucket == nil && !learns {
		return
	}
	now := time.Now()
	if x.c.cfg.Learn != nil {
		if q, ok := x.c.cfg.Learn(x.op, r); ok && q.Every > 0 {
			if learns {
				callers.Learn(float64(time.Second) / float64(q.Every))
			} else {
				x.bucket.learn(now, q)
			}
		}
	}
	if fail == nil || fail.Class != order.ErrRateLimited {
		return
	}
	if !learns {
		x.bucket.drain(now, min(fail.RetryAfter, x.c.cfg.Limits.MaxRetryAfter))
	} else if wait := cmp.Or(fail.RetryAfter, min(x.op.Quota.Every, LongestRetryAfter)); wait > 0 {
		callers.Pause(now.Add(wait))
	}
}
