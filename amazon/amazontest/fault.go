package amazontest

import "github.com/jpmall/jpmall/order/ordertest"

// Fault is a failure to inject, of one of the kinds below. Operation is Amazon's name of the
// operation, or "token" for Login with Amazon, which answers with its own errors. A client's first
// call is for a token.
type Fault = ordertest.Fault

// The kinds of faults. "Handled" means that the mall has done what was asked, also a write, before
// the fault takes effect.
const (
	// 429 QuotaExceeded. Amazon sends no Retry-After; RetryAfter adds one all the same
	RateLimited = ordertest.RateLimited
	ServerError = ordertest.ServerError // 500 InternalFailure, or Status
	HTMLPage    = ordertest.HTMLPage    // an HTML page; Status, else 200
	Maintenance = ordertest.Maintenance // 503 ServiceUnavailable, or Status
	// 403 "The access token you provided has expired."; of a token 400 invalid_grant: the
	// authorisation has expired; of a grantless token 401 invalid_client: the client secret has
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

// Inject adds faults. If several are due for a call, the one injected first takes effect and the
// others wait. A fault that is impossible, or of an operation that the fake does not have, is an
// error, and none is added.
func (m *Mall) Inject(faults ...Fault) error {
	return m.faults.Add(faults...)
}

// ClearFaults removes all faults.
func (m *Mall) ClearFaults() { m.faults.Clear() }

// PendingFaults returns how many injected faults have not yet taken effect for the last time.
func (m *Mall) PendingFaults() int { return m.faults.Pending() }

// Call is one request as received, credentials included: a fake has only invented ones.
type Call = ordertest.Call

// Calls returns the last 10,000 requests of an operation, or of all for "", in the order of their
// arrival. Query, Header and Body must not be modified.
func (m *Mall) Calls(operation string) []Call { return m.log.Calls(operation) }

// Count returns how many requests of an operation, or of all for "", have arrived.
func (m *Mall) Count(operation string) int { return m.log.Count(operation) }
