package yahootest

import (
	"net/http"
	"net/url"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// The kinds of faults. "Handled" means that the mall has done what was asked, a write included, before the fault shows.
const (
	RateLimited = fake.RateLimited // 429
	ServerError = fake.ServerError // Status, else 500, with od91001
	HTMLPage    = fake.HTMLPage    // an HTML page; Status, else 200
	Maintenance = fake.Maintenance // 503 with ed-00002
	ExpiredKey  = fake.ExpiredKey  // 401 with px-04102: the order session is over
	Malformed   = fake.Malformed   // handled; half of the document
	EmptyBody   = fake.EmptyBody   // handled; no body
	Redirect    = fake.Redirect    // to Location
	Custom      = fake.Custom      // Status with Body
	Dropped     = fake.Dropped     // connection closed before anything is handled
	ReplyLost   = fake.ReplyLost   // handled; connection closed without an answer
	Truncated   = fake.Truncated   // handled; connection closed within the body
	Delayed     = fake.Delayed     // handled; the answer begins after Delay
	SlowBody    = fake.SlowBody    // handled; the body comes over Delay
	EndlessBody = fake.EndlessBody // handled; the body never ends
)

// Fault is a failure to be injected. The zero numbers mean: the next call, once.
type Fault struct {
	Kind      string
	Operation string // orderList, orderInfo, token …; empty is any
	Times     int    // how often it strikes; 0 is once, negative is without end
	After     int    // calls let through first
	Every     int    // strikes each Every-th call from then on; 0 and 1 are each call

	RetryAfter time.Duration // RateLimited, ServerError, Maintenance: the hint; 0 is none
	Status     int           // see the kinds
	Delay      time.Duration // Delayed, SlowBody
	Body       string        // Custom, HTMLPage, Malformed: in place of the usual one
	Location   string        // Redirect; empty is a host that cannot exist
	Applied    bool          // kinds that answer instead of the mall: it handles the request first all the same
}

// Inject adds a fault. A fault that cannot be is an error.
func (m *Mall) Inject(f Fault) error { return m.faults.Add(fake.Fault(f)) }

// ClearFaults ends all faults.
func (m *Mall) ClearFaults() { m.faults.Clear() }

// PendingFaults is how many faults have not struck for the last time.
func (m *Mall) PendingFaults() int { return m.faults.Pending() }

// Call is one request as it arrived; headers are complete, its credentials are invented.
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

// Calls gives the requests of an operation, or all for "", in the order of their arrival: the last 10,000.
func (m *Mall) Calls(operation string) []Call {
	records := m.log.Calls(operation)
	calls := make([]Call, len(records))
	for i, r := range records {
		calls[i] = Call(r)
	}
	return calls
}

// Count is how many requests of an operation, or in all for "", have arrived.
func (m *Mall) Count(operation string) int { return m.log.Count(operation) }
