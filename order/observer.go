package order

import (
	"context"
	"time"
)

// Observer receives what happens on the wire, for metrics and traces. Observe is called
// synchronously and from several goroutines at once, and must not block. Its context is that of the
// caller of the operation; a token refresh without a caller has its own.
type Observer interface {
	Observe(context.Context, Event)
}

// Tracer is an Observer that is also called at the beginning of a call and of an attempt, so that
// spans can surround them. A client calls Begin with [EventCall] before a call starts, and with
// [EventAttempt] before each HTTP exchange. An event of the same kind follows each of them, with
// the context that Begin returned. The RoundTripper of Config.HTTPClient gets that context, too, so
// that what it puts into a request (a trace id) belongs to the attempt. Begin must not block and
// must return ctx or a child of it.
type Tracer interface {
	Observer
	Begin(ctx context.Context, e Event) context.Context
}

// ObserverFunc is a function as an Observer.
type ObserverFunc func(context.Context, Event)

// Observe calls f.
func (f ObserverFunc) Observe(ctx context.Context, e Event) { f(ctx, e) }

// EventKind is the kind of an Event.
type EventKind string

// The kinds of events. New ones may be added; ignore those you do not know.
const (
	// a call ended, with its attempts, waits and refreshes; Attempt is how many were sent
	EventCall    EventKind = "call"
	EventAttempt EventKind = "attempt" // one HTTP exchange ended, successful or not
	EventWait    EventKind = "wait"    // a wait ended: for a quota, or before the next attempt
	EventRefresh EventKind = "refresh" // a token was refreshed, or the refresh failed
	EventPage    EventKind = "page"    // a page of a list was read
	// another credential or a weaker mode is in use; Reason says why
	EventFallback EventKind = "fallback"
	// a reply differs from what is expected of the mall; only with the client's Config.Drift, each
	// difference once an hour and client. DriftOnce makes that once for many clients
	EventDrift EventKind = "drift"
)

// DriftKind is how a reply differs from what is expected of the mall, or what it shows of an
// assumption.
type DriftKind string

// The kinds of drift. New ones may be added; ignore those you do not know.
const (
	// a name that this SDK has no field for: its value is lost
	DriftUnknown  DriftKind = "unknown"
	DriftSpelling DriftKind = "spelling" // a name in another case: its value is lost
	DriftValue    DriftKind = "value"    // a new value of an enumeration, kept as received
	// a value of another type, such as a list for a single one
	DriftType         DriftKind = "type"
	DriftMissing      DriftKind = "missing"      // a required name is missing or empty
	DriftMore         DriftKind = "more"         // more differences than are reported one by one
	DriftConfirmed    DriftKind = "confirmed"    // a reply confirms an Assumption
	DriftContradicted DriftKind = "contradicted" // a reply contradicts an Assumption
)

// Event is one thing that happened, as plain data. Its values are of low cardinality, except Shop
// and RequestID. It contains nothing secret or personal.
type Event struct {
	Kind      EventKind
	Mall      Mall
	Shop      string
	Operation string // the mall's name of the operation
	Method    string // HTTP method, of a call and an attempt
	// host of the base URL, with its port where one is given; of a call and an attempt
	Server     string
	Attempt    int // from 1
	Start      time.Time
	Duration   time.Duration
	HTTPStatus int    // 0 when there was no reply
	Class      Class  // 0 when it went well
	Bytes      int64  // size of the reply's body
	Items      int    // list rows of a page
	Reason     string // of a wait: "quota" or "backoff"; of a fallback: why
	RequestID  string
	Drift      DriftKind // of a drift: its kind
	// of a drift: where in the reply, by the mall's own names (orders[].packages[].foo); never a
	// value
	Path string
	// of a drift: the ID of the Assumption that was confirmed or contradicted
	Assumption string
	// of an attempt: how long the mall asks to wait, at most an hour; 0 when it did not say
	RetryAfter time.Duration
}

// Limiter delays calls. Wait returns nil when the next call may be sent, or an error when ctx ends
// first. It must be safe for concurrent use. *golang.org/x/time/rate.Limiter is one.
type Limiter interface {
	Wait(ctx context.Context) error
}

// LearningLimiter is a Limiter that also receives what the mall reports about its rate, so that all
// clients that share it slow down together. A client finds it by a type assertion on the Limiter
// that Config.Limiter returns, and calls it from several goroutines at once. Neither method may
// block.
type LearningLimiter interface {
	Limiter

	// Learn receives the rate that the mall announces for the operation (Amazon does in nearly
	// every reply).
	Learn(callsPerSecond float64)

	// Pause reports that the mall refused a call as too fast: no call should be sent before until,
	// at most an hour ahead. Where the mall names no time, it is that of one call at the documented
	// quota.
	Pause(until time.Time)
}

// Limiters returns the Limiter for an operation; nil means the client's built-in quota.
type Limiters func(operation string) Limiter

// Unlimited lifts all quotas. It is for fake malls, never for a real one.
func Unlimited(string) Limiter { return noLimit{} }

type noLimit struct{}

func (noLimit) Wait(ctx context.Context) error { return ctx.Err() }
