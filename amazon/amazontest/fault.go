package amazontest

import (
	"net/http"
	"net/url"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// Fault is a failure to be injected. The zero numbers mean: the next call, once.
type Fault struct {
	Kind      string // one of the kinds below
	Operation string // the operation it strikes, "token" for Login with Amazon; empty is any
	Times     int    // how often it strikes; 0 is once, negative is without end
	After     int    // calls let through first
	Every     int    // strikes each Every-th call from then on; 0 and 1 are each call

	RetryAfter time.Duration // RateLimited, ServerError, Maintenance: the hint, in whole seconds, rounded up; 0 is none
	Status     int           // in place of the kind's own, 200 to 599
	Delay      time.Duration // Delayed, SlowBody; required there
	Body       string        // Custom, HTMLPage, Malformed: in place of the usual one
	Location   string        // Redirect; empty is a host that cannot exist
	Applied    bool          // kinds that answer instead of the mall: it handles the request first all the same
}

// The kinds of faults. "Handled" means that the mall has done what was asked, a write included, before the fault shows.
const (
	RateLimited = fake.RateLimited // 429 QuotaExceeded; Amazon gives no Retry-After, RetryAfter adds one all the same
	ServerError = fake.ServerError // 500 InternalFailure, or Status
	HTMLPage    = fake.HTMLPage    // an HTML page; Status, else 200
	Maintenance = fake.Maintenance // 503 ServiceUnavailable, or Status
	ExpiredKey  = fake.ExpiredKey  // 403 "The access token you provided has expired."
	Malformed   = fake.Malformed   // handled; half a document
	EmptyBody   = fake.EmptyBody   // handled; Status, else 200, with no body
	Redirect    = fake.Redirect    // to Location, with Status, else 302
	Custom      = fake.Custom      // Status, else 200, with Body
	Dropped     = fake.Dropped     // connection closed before the request is handled
	ReplyLost   = fake.ReplyLost   // handled; connection closed without a byte of the answer
	Truncated   = fake.Truncated   // handled; connection closed in the middle of the answer's body
	Delayed     = fake.Delayed     // handled; the answer begins after Delay
	SlowBody    = fake.SlowBody    // handled; the answer's body comes in pieces over Delay
	EndlessBody = fake.EndlessBody // handled; the answer's body goes on for ever
)

// Inject plans faults; of several that are due for a call the one injected first strikes, the others wait. With an impossible
// fault it is an error, and none is planned.
func (m *Mall) Inject(faults ...Fault) error {
	list := make([]fake.Fault, len(faults))
	for i, f := range faults {
		list[i] = fake.Fault(f)
	}
	return m.faults.Add(list...)
}

// ClearFaults ends all faults.
func (m *Mall) ClearFaults() { m.faults.Clear() }

// PendingFaults is how many injected faults have not struck for the last time.
func (m *Mall) PendingFaults() int { return m.faults.Pending() }

// Call is one request as it arrived, credentials included: a fake knows only invented ones.
type Call struct {
	Time      time.Time // of arrival
	Operation string
	Method    string
	Host      string
	Path      string
	Query     url.Values
	Header    http.Header
	Body      []byte // at most 64 KiB of it
	Status    int    // of the answer; 0 when none was sent, or not yet
	Fault     string // kind of the fault that struck, or empty
}

// Calls gives the last 10,000 requests, of one operation or, for "", of all, in the order of their arrival. Query, Header and Body
// must not be changed.
func (m *Mall) Calls(operation string) []Call {
	records := m.log.Calls(operation)
	calls := make([]Call, len(records))
	for i, r := range records {
		calls[i] = Call(r)
	}
	return calls
}

// Count is how many requests of an operation or, for "", of all have arrived.
func (m *Mall) Count(operation string) int { return m.log.Count(operation) }
