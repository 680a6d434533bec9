package aupaytest

import "github.com/jpmall/jpmall/order/ordertest"

// Fault is a failure to inject, of one of the kinds below. Its Operation is the mall's name.
type Fault = ordertest.Fault

// The kinds of faults. "Handled" means that the mall has done what was asked, a write included,
// before the fault shows.
const (
	RateLimited = ordertest.RateLimited // 429; not known of the real mall
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
	// handled; connection closed in the middle of the answer's body
	Truncated   = ordertest.Truncated
	Delayed     = ordertest.Delayed     // handled; the answer begins after Delay
	SlowBody    = ordertest.SlowBody    // handled; the answer's body comes in pieces over Delay
	EndlessBody = ordertest.EndlessBody // handled; the answer's body never ends
)

// Inject plans faults. If several are due for a call, the one injected first strikes and the others
// wait. A fault that is impossible, or of an operation that the fake does not have, is an
// error, and none is planned.
func (m *Mall) Inject(faults ...Fault) error {
	return m.faults.Add(faults...)
}

// ClearFaults removes all faults.
func (m *Mall) ClearFaults() { m.faults.Clear() }

// PendingFaults returns how many injected faults have not struck for the last time.
func (m *Mall) PendingFaults() int { return m.faults.Pending() }

// Call is one request as received, credentials included: a fake has only invented ones.
type Call = ordertest.Call

// Calls returns the last 10,000 requests of an operation, or of all for "", in the order of
// arrival. Query, Header and Body must not be modified.
func (m *Mall) Calls(operation string) []Call { return m.log.Calls(operation) }

// Count returns how many requests of an operation, or of all for "", have arrived.
func (m *Mall) Count(operation string) int { return m.log.Count(operation) }
