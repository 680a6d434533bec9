package yahootest

import "github.com/jpmall/jpmall/order/ordertest"

// Fault is a failure to inject, of one of the kinds below. Its Operation is the mall's name, or
// "token" for YConnect, which answers with its own errors. A client's first call is for a token.
type Fault = ordertest.Fault

// The kinds of faults. "Handled" means that the mall has carried out the request, a write included,
// before the fault shows.
const (
	RateLimited = ordertest.RateLimited // 429; not documented
	ServerError = ordertest.ServerError // 500, or Status, with od91001; of a token server_error
	HTMLPage    = ordertest.HTMLPage    // an HTML page; Status, else 200
	Maintenance = ordertest.Maintenance // 503, or Status, with ed-00002
	// 401 with px-04102: the order session has ended; of a token 400 invalid_grant: so has the
	// consent
	ExpiredKey = ordertest.ExpiredKey
	Malformed  = ordertest.Malformed // handled; half a document
	EmptyBody  = ordertest.EmptyBody // handled; Status, else 200, with no body
	Redirect   = ordertest.Redirect  // to Location, with Status, else 302
	Custom     = ordertest.Custom    // Status, else 200, with Body
	Dropped    = ordertest.Dropped   // connection closed before the request is handled
	ReplyLost  = ordertest.ReplyLost // handled; connection closed without a byte of the answer
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

// Call is one request as received, with its credentials, which are invented.
type Call = ordertest.Call

// Calls returns the last 10,000 requests of one operation, or of all for "", in the order of
// arrival. Query, Header and Body must not be modified.
func (m *Mall) Calls(operation string) []Call { return m.log.Calls(operation) }

// Count returns how many requests of one operation, or of all for "", have arrived.
func (m *Mall) Count(operation string) int { return m.log.Count(operation) }
