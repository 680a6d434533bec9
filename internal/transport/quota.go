package transport

import (
	"cmp"
	"context"
	"sync"
	"time"

	"github.com/jpmall/jpmall/order"
)

// acquire waits for the quota of a try. Only the context limits the wait, which is due to the
// mall's rules.
func (x *exchange) acquire(ctx context.Context) *order.Error {
	begin := time.Now()
	err := x.place(ctx)
	waited := time.Since(begin)
	x.queued += waited
	if waited >= time.Millisecond {
		x.observeWait(ctx, "quota", begin, waited)
	}
	if err == nil {
		return nil
	}
	fail := &order.Error{Class: order.ErrLocalLimit, Err: err,
		Hint: order.Text{EN: "the quota's wait was not over; this attempt was not sent",
			JA: "利用上限の待ち時間が終わっていないため、この試行は送信していません"}}
	if done := ctx.Err(); done != nil {
		fail.Err = done
	}
	return fail
}

// place waits for the quota and counts the use. It does not change the exchange.
func (x *exchange) place(ctx context.Context) (err error) {
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
	if err == nil && !IsWriting(ctx) {
		x.count()
	}
	return err
}

// learn adjusts the quota from the mall's header, or from its refusal.
func (x *exchange) learn(r *Response, fail *order.Error) {
	now := time.Now()
	if x.c.cfg.Learn != nil {
		if q, ok := x.c.cfg.Learn(x.op, r); ok && q.Every > 0 {
			if x.learner != nil {
				x.learner.Learn(float64(time.Second) / float64(q.Every))
			} else {
				x.bucket.learn(now, q)
			}
		}
	}
	if fail == nil || fail.Class != order.ErrRateLimited {
		return
	}
	if x.learner == nil {
		x.bucket.drain(now, min(fail.RetryAfter, x.c.cfg.Limits.MaxRetryAfter))
	} else if wait := cmp.Or(fail.RetryAfter, min(x.op.Quota.Every, LongestRetryAfter)); wait > 0 {
		x.learner.Pause(now.Add(wait))
	}
}

type writingKey struct{}

// Writing marks ctx as part of a write, for the reads before and after it: in the queue of a quota
// they precede other reads. Calls of writing operations are marked by the transport.
func Writing(ctx context.Context) context.Context {
	if IsWriting(ctx) {
		return ctx
	}
	return context.WithValue(ctx, writingKey{}, true)
}

// IsWriting reports whether a call is part of a write. A caller's limiter can use it with the
// context of Wait.
func IsWriting(ctx context.Context) bool { return ctx.Value(writingKey{}) != nil }

// usedSpan is the period over which the use of quotas is reported.
const usedSpan = time.Hour

// used measures what reads took of each quota, as the time in which the quota allows as many
// calls. The zero used is ready, and safe for concurrent use.
type used struct {
	mu        sync.Mutex
	first     time.Time // time of the first read
	began     time.Time // start of the current span
	now, last map[string]time.Duration
}

// turn begins a new span if the current one has ended.
func (u *used) turn(now time.Time) {
	switch spent := now.Sub(u.began); {
	case spent >= 2*usedSpan:
		u.began, u.last, u.now = now, nil, nil
	case spent >= usedSpan:
		u.began, u.last, u.now = u.began.Add(usedSpan), u.now, nil
	}
}

func (u *used) add(now time.Time, quota string, worth time.Duration) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.turn(now)
	if u.first.IsZero() {
		u.first = now
	}
	if u.now == nil {
		u.now = make(map[string]time.Duration)
	}
	u.now[quota] += worth
}

// share returns the share of the most used quota: from the current span and, as far as an hour
// reaches back, from the one before.
func (u *used) share(now time.Time) float64 {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.turn(now)
	if u.first.IsZero() {
		return 0
	}
	back := 1 - float64(now.Sub(u.began))/float64(usedSpan)
	most := 0.0
	for _, span := range []map[string]time.Duration{u.now, u.last} {
		for quota := range span {
			most = max(most, float64(u.now[quota])+back*float64(u.last[quota]))
		}
	}
	return most / float64(min(max(now.Sub(u.first), time.Minute), usedSpan))
}

// ReadShare returns the share of the most used quota that reads took in the last hour, or since
// the first read: 0.5 is half. It may exceed 1 if a burst was spent, or if the caller's limiters
// allow more than the documented quota.
func (c *Client) ReadShare() float64 { return c.used.share(time.Now()) }

// count records a read that has passed its quota.
func (x *exchange) count() {
	now := time.Now()
	every := x.op.Quota.Every
	if x.bucket != nil {
		every = x.bucket.pace()
	}
	if every > 0 {
		x.c.used.add(now, x.op.quotaName(), every)
	}
	if x.c.cfg.PerDay > 0 {
		x.c.used.add(now, "day", 24*time.Hour/time.Duration(x.c.cfg.PerDay))
	}
}
