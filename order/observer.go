package order

import (
	"context"
	"time"
)

// Observer is told what happens on the wire, for metrics and traces. Observe is called synchronously, from several goroutines
// at once, and must not block; the context is the caller's of the operation (a refresh that no caller owns gets its own).
type Observer interface {
	Observe(context.Context, Event)
}

// Tracer is an Observer that hears of beginnings, too, and hands a context on: a span can surround a call and each of its attempts,
// and what a RoundTripper of Config.HTTPClient puts into a request (a trace id) belongs to that attempt. A client whose Observer is
// a Tracer calls Begin with EventCall before anything of a call is done, and with EventAttempt before each HTTP exchange; an event
// of the same kind, with the context that Begin returned, follows each of them. Begin must not block and must return ctx or a
// child of it.
type Tracer interface {
	Observer
	Begin(ctx context.Context, e Event) context.Context
}

// ObserverFunc makes an Observer of a function.
type ObserverFunc func(context.Context, Event)

// Observe calls f.
func (f ObserverFunc) Observe(ctx context.Context, e Event) { f(ctx, e) }

// EventKind says what happened.
type EventKind string

// The kinds. New kinds may be added: ignore what you do not know.
const (
	EventCall     EventKind = "call"     // a call ended: its attempts, waits and refreshes lie within; Attempt is how many were sent
	EventAttempt  EventKind = "attempt"  // one HTTP exchange ended, well or not
	EventWait     EventKind = "wait"     // a wait ended: for a quota, or before the next attempt
	EventRefresh  EventKind = "refresh"  // a token was refreshed, or could not be
	EventPage     EventKind = "page"     // a page of a list was read
	EventFallback EventKind = "fallback" // another credential or the weaker mode is in use; Reason says why
)

// Event is plain data with values of low cardinality, save Shop and RequestID. It holds nothing secret and nothing personal.
type Event struct {
	Kind       EventKind
	Mall       Mall
	Shop       string
	Operation  string        // the mall's name of the operation
	Method     string        // HTTP method, of a call and an attempt
	Server     string        // host of the base URL, with its port where one is given; of a call and an attempt
	Attempt    int           // from 1
	Start      time.Time     //
	Duration   time.Duration //
	HTTPStatus int           // 0 when there was no reply
	Class      Class         // 0 when it went well
	Bytes      int64         // size of the reply's body
	Items      int           // list rows of a page
	Reason     string        // of a wait: "quota" or "backoff"; of a fallback: the mall's word
	RequestID  string
	RetryAfter time.Duration // of an attempt: how long the mall asked to wait, an hour at most; 0 when it did not say
}

// Limiter delays calls: Wait returns when the next call may be sent, or with an error when ctx ends first. It must be safe for
// concurrent use. golang.org/x/time/rate.Limiter is one.
type Limiter interface {
	Wait(ctx context.Context) error
}

// LearningLimiter is a Limiter that is told what the mall says of its speed, so that all who share it slow down together. A client finds
// it by a type assertion on the Limiter that Config.Limiter gives, and calls it from several goroutines at once; neither method may
// block.
type LearningLimiter interface {
	Limiter

	// Learn is told the rate that the mall announces for the operation (Amazon does, with nearly each answer).
	Learn(callsPerSecond float64)

	// Pause is told of a refusal for speed: no call should be sent before until, an hour ahead at most. Where the mall names no time it
	// is that of one call by the documented quota.
	Pause(until time.Time)
}

// Limiters chooses the Limiter for an operation; nil means the client's built-in quota.
type Limiters func(operation string) Limiter

// Unlimited lifts all quotas: for the fake malls, never for a real one.
func Unlimited(string) Limiter { return noLimit{} }

type noLimit struct{}

func (noLimit) Wait(ctx context.Context) error { return ctx.Err() }
