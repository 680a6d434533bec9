package amazontest

import (
	"net/http"
	"net/url"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// The kinds of faults. "Handled" means that the mall has done what was asked, a write included, before the fault shows.
const (
	RateLimited = fake.RateLimited // 429 QuotaExceeded; Amazon gives no Retry-After, RetryAfter adds one all the same
	ServerError = fake.ServerError // 500 InternalFailure, or Status
	HTMLPage    = fake.HTMLPage    // an HTML page, as the gateway sends it; Status, else 200
	Maintenance = fake.Maintenance // 503 ServiceUnavailable
	ExpiredKey  = fake.ExpiredKey  // 403 "The access token you provided has expired."
	Malformed   = fake.Malformed   // handled; half a document
	EmptyBody   = fake.EmptyBody   // handled; no body
	Redirect    = fake.Redirect    // to Location
	Custom      = fake.Custom      // Status with Body
	Dropped     = fake.Dropped     // connection closed before the request is handled
	ReplyLost   = fake.ReplyLost   // handled; connection closed without a byte of the reply
	Truncated   = fake.Truncated   // handled; connection closed in the middle of the body
	Delayed     = fake.Delayed     // handled; the reply begins after Delay
	SlowBody    = fake.SlowBody    // handled; the body comes in pieces over Delay
	EndlessBody = fake.EndlessBody // handled; the body goes on for ever
)

// Fault is a failure to be injected. The zero numbers mean: the next call, once.
type Fault struct {
	Kind      string
	Operation string // the operation it strikes, "token" for Login with Amazon; empty is any
	Times     int    // how often it strikes; 0 is once, negative is without end
	After     int    // calls let through first
	Every     int    // strikes each Every-th call from then on; 0 and 1 are each call

	RetryAfter time.Duration // RateLimited, ServerError, Maintenance: the hint, in whole seconds; 0 is none
	Status     int           // see the kinds
	Delay      time.Duration // Delayed, SlowBody
	Body       string        // Custom, HTMLPage, Malformed: in place of the usual one
	Location   string        // Redirect
	Applied    bool          // kinds that answer instead of the mall: it handles the request first all the same
}

// Call is one request as it arrived.
type Call struct {
	Time      time.Time
	Operation string
	Method    string
	Host      string
	Path      string
	Query     url.Values
	Header    http.Header
	Body      []byte
	Status    int    // of the answer; 0 when none was sent
	Fault     string // kind of the fault that struck, or empty
}

// Inject adds a fault to the script; of several that are due, the one added first strikes. A fault that makes no sense is an error.
func (m *Mall) Inject(f Fault) error { return m.faults.Add(fake.Fault(f)) }

// ClearFaults ends all faults.
func (m *Mall) ClearFaults() { m.faults.Clear() }

// PendingFaults is how many injected faults have not struck for the last time.
func (m *Mall) PendingFaults() int { return m.faults.Pending() }

// Calls gives the last requests of an operation, or of all when it is empty, in the order of their arrival.
func (m *Mall) Calls(operation string) []Call {
	records := m.log.Calls(operation)
	calls := make([]Call, len(records))
	for i, r := range records {
		calls[i] = Call(r)
	}
	return calls
}

// Count is how many requests of an operation arrived, or of all when it is empty.
func (m *Mall) Count(operation string) int { return m.log.Count(operation) }
