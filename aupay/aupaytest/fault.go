package aupaytest

import (
	"net/http"
	"net/url"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// Fault is a failure to be injected; the zero numbers mean the next call, once.
type Fault struct {
	Kind      string // one of the kinds below
	Operation string // the operation it strikes; empty is any
	Times     int    // how often it strikes; 0 is once, negative is without end
	After     int    // calls let through first
	Every     int    // strikes each Every-th call from then on; 0 and 1 are each call

	RetryAfter time.Duration // RateLimited, ServerError, Maintenance: the hint; 0 is none
	Status     int           // of the reply, where the kind has none of its own
	Delay      time.Duration // Delayed, SlowBody
	Body       string        // Custom, HTMLPage, Malformed: in place of the usual one
	Location   string        // Redirect
	Applied    bool          // kinds that answer instead of the mall: it handles the request first all the same
}

// The kinds of faults.
const (
	RateLimited = fake.RateLimited // 429, with a hint when RetryAfter is set
	ServerError = fake.ServerError // 5xx
	HTMLPage    = fake.HTMLPage    // an HTML page with status 200, or Status
	Maintenance = fake.Maintenance // 503
	ExpiredKey  = fake.ExpiredKey  // the answer to a key that is over
	Malformed   = fake.Malformed   // a document that is not well formed
	EmptyBody   = fake.EmptyBody   // nothing
	Redirect    = fake.Redirect    // to another host
	Custom      = fake.Custom      // Status and Body
	Dropped     = fake.Dropped     // connection closed before the request is handled
	ReplyLost   = fake.ReplyLost   // handled, then the connection is closed
	Truncated   = fake.Truncated   // handled, the reply is cut off
	Delayed     = fake.Delayed     // handled, the reply begins after Delay
	SlowBody    = fake.SlowBody    // handled, the reply comes in pieces over Delay
	EndlessBody = fake.EndlessBody // handled, the reply never ends
)

// Inject plans failures; of several that are due for a call the one injected first strikes. A fault that makes no sense is an
// error, and none is planned then.
func (m *Mall) Inject(faults ...Fault) error {
	list := make([]fake.Fault, len(faults))
	for i, f := range faults {
		list[i] = fake.Fault(f)
	}
	return m.faults.Add(list...)
}

// Faults is how many planned failures have still to strike.
func (m *Mall) Faults() int { return m.faults.Pending() }

// ClearFaults forgets all planned failures.
func (m *Mall) ClearFaults() { m.faults.Clear() }

// Calls are the requests of an operation so far, oldest first; an empty name gives all. The log is bounded.
func (m *Mall) Calls(operation string) []Call {
	var calls []Call
	for _, r := range m.log.Calls(operation) {
		calls = append(calls, Call(r))
	}
	return calls
}

// Count is how many requests of an operation there were; an empty name counts all.
func (m *Mall) Count(operation string) int { return m.log.Count(operation) }

// Call is one request as it arrived.
type Call struct {
	Time      time.Time
	Operation string
	Method    string
	Host      string
	Path      string
	Query     url.Values
	Header    http.Header // as it came, the key included
	Body      []byte      // at most 64 KiB of it
	Status    int         // of the answer; 0 when none was sent
	Fault     string      // kind of the fault that struck, or empty
}
