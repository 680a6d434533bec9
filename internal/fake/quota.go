package fake

import (
	"sync"
	"time"
)

// Rate is a mall's quota: a bucket of Burst calls that regains one each Every.
type Rate struct {
	Every time.Duration
	Burst int    // 0 is 1
	Group string // operations of the same non-empty group share a bucket
	Hint  bool   // the refusal says how long to wait (Retry-After)
}

// tolerance is the share of Every by which a call may be early, since a client with the exact rate
// sometimes is by a little. It does not add up: an early call is charged in full.
const tolerance = 0.02

// Quotas counts calls by key and operation. The zero Quotas has no rates and refuses nothing.
type Quotas struct {
	mu      sync.Mutex
	rates   map[string]Rate
	lifted  bool
	buckets map[bucketName]*bucket
}

type bucketName struct{ key, name string }

type bucket struct {
	level float64
	at    time.Time
}

// NewQuotas returns Quotas with these rates by operation; an operation without one is unlimited.
func NewQuotas(rates map[string]Rate) *Quotas {
	q := &Quotas{}
	q.Set(rates)
	return q
}

// Set replaces the rates and fills all buckets.
func (q *Quotas) Set(rates map[string]Rate) {
	copied := make(map[string]Rate, len(rates))
	for operation, r := range rates {
		copied[operation] = r
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.rates, q.buckets = copied, nil
}

// Lift disables counting, or enables it again with full buckets.
func (q *Quotas) Lift(off bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.lifted, q.buckets = off, nil
}

// take counts one call. ok is false if it exceeds the quota; wait is when the next would be
// granted, and hint whether the mall says so.
func (q *Quotas) take(key, operation string) (wait time.Duration, hint, ok bool) {
	if q == nil {
		return 0, false, true
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	rate, limited := q.rates[operation]
	if q.lifted || !limited || rate.Every <= 0 {
		return 0, false, true
	}
	name := bucketName{key, "operation " + operation}
	if rate.Group != "" {
		name.name = "group " + rate.Group
	}
	now, burst := time.Now(), float64(max(rate.Burst, 1))
	b := q.buckets[name]
	if b == nil {
		if q.buckets == nil {
			q.buckets = make(map[bucketName]*bucket)
		}
		b = &bucket{level: burst, at: now}
		q.buckets[name] = b
	}
	b.level = min(burst, b.level+float64(now.Sub(b.at))/float64(rate.Every))
	b.at = now
	if b.level < 1-tolerance {
		return time.Duration((1 - b.level) * float64(rate.Every)), rate.Hint, false
	}
	b.level--
	return 0, rate.Hint, true
}
