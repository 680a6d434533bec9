package transport

import (
	"sync"
	"time"
)

// usedSpan is over how long the use of quotas is told.
const usedSpan = time.Hour

// used counts what reads took of each quota, in the time that the quota takes to give as many calls. The zero used is ready, and safe
// for concurrent use.
type used struct {
	mu        sync.Mutex
	first     time.Time // read
	began     time.Time // the present span
	now, last map[string]time.Duration
}

// turn begins a new span where the present one is over.
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

// share is that of the most used quota: what was used in the present span and, as far as an hour reaches back into it, in the one
// before.
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

// ReadShare is the share of the most used quota that reads took in the last hour, or since the first one: 0.5 is half. It may be more
// than 1 where a burst was spent, or where the caller's limiters allow more than the documented quota.
func (c *Client) ReadShare() float64 { return c.used.share(time.Now()) }

// count notes a read that its quota let through.
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
