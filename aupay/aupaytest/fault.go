package aupaytest

import "github.com/jpmall/jpmall/order/ordertest"

// Fault is a failure to be injected, of one of the kinds below. Its Operation is the mall's name.
type Fault = ordertest.Fault

// The kinds of faults. "Handled" means that the mall has done what was asked, a write included, before the fault shows.
const (
	RateLimited = ordertest.RateLimited // 429, which the real mall is not known to answer
	ServerError = ordertest.ServerError // 500, or Status
	HTMLPage    = ordertest.HTMLPage    // an HTML page; Status, else 200
	Maintenance = ordertest.Maintenance // 503, or Status
	ExpiredKey  = ordertest.ExpiredKey  // 401 with code 0002
	Malformed   = ordertest.Malformed   // handled; half a document
	EmptyBody   = ordertest.EmptyBody   // handled; Status, else 200, with no body
	Redirect    = ordertest.Redirect    // to Location, with Status, else 302
	Custom      = ordertest.Custom      // Status, else 200, with Body
	Dropped     = ordertest.Dropped     // connection closed before the request is handled
	ReplyLost   = ordertest.ReplyLost   // handled; connection closed without a byte of the answer
	Truncated   = ordertest.Truncated   // handled; connection closed in the middle of the answer's body
	Delayed     = ordertest.Delayed     // handled; the answer begins after Delay
	SlowBody    = ordertest.SlowBody    // handled; the answer's body comes in pieces over Delay
	EndlessBody = ordertest.EndlessBody // handled; the answer's body goes on for ever
)

// Inject plans faults; of several that are due for a call the one injected first strikes, the others wait. With an impossible
// fault it is an error, and none is planned.
func (m *Mall) Inject(faults ...Fault) error {
	return m.faults.Add(faults...)
}

// ClearFaults ends all faults.
func (m *Mall) ClearFaults() { m.faults.Clear() }

// PendingFaults is how many injected faults have not struck for the last time.
func (m *Mall) PendingFaults() int { return m.faults.Pending() }

// Call is one request as it arrived, credentials included: a fake knows only invented ones.
type Call = ordertest.Call

// Calls gives the last 10,000 requests, of one operation or, for "", of all, in the order of their arrival. Query, Header and Body
// must not be changed.
func (m *Mall) Calls(operation string) []Call { return m.log.Calls(operation) }

// Count is how many requests of an operation or, for "", of all have arrived.
func (m *Mall) Count(operation string) int { return m.log.Count(operation) }
