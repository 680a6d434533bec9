package rakutentest

import (
	"net/http"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// Fault is a failure to inject. The zero numbers mean: the next call, once.
type Fault struct {
	Kind      string
	Operation string // the operation it strikes; empty is any
	Times     int    // how often; 0 is once, negative is without end
	After     int    // calls let through first
	Every     int    // strikes each Every-th call from then on; 0 and 1 are each call

	RetryAfter time.Duration // RateLimited, ServerError, Maintenance: the hint; 0 is none
	Status     int           // in place of the kind's own
	Delay      time.Duration // Delayed, SlowBody
	Body       string        // Custom, HTMLPage, Malformed: in place of the usual one
	Location   string        // Redirect
	Applied    bool          // kinds that answer instead of the mall: it handles the request first all the same
}

// The kinds of faults. "Handled" means that the mall has done what was asked, a write included, before the fault shows.
const (
	RateLimited = fake.RateLimited // 429; how Rakuten words it is not known
	ServerError = fake.ServerError // 500, or Status
	HTMLPage    = fake.HTMLPage    // an HTML page with status 200, or Status
	Maintenance = fake.Maintenance // 503
	ExpiredKey  = fake.ExpiredKey  // 401 ES01-01
	Malformed   = fake.Malformed   // handled; half a document
	EmptyBody   = fake.EmptyBody   // handled; no body
	Redirect    = fake.Redirect    // 302 to Location
	Custom      = fake.Custom      // Status and Body
	Dropped     = fake.Dropped     // connection closed before the request is handled
	ReplyLost   = fake.ReplyLost   // handled; connection closed without an answer
	Truncated   = fake.Truncated   // handled; connection closed in the middle of the answer
	Delayed     = fake.Delayed     // handled; the answer begins after Delay
	SlowBody    = fake.SlowBody    // handled; the answer's body comes in pieces over Delay
	EndlessBody = fake.EndlessBody // handled; the answer's body goes on for ever
)

// Inject scripts faults; of several that are due for a call the one injected first strikes. An impossible fault is an error, and
// none is injected then.
func (m *Mall) Inject(faults ...Fault) error {
	list := make([]fake.Fault, len(faults))
	for i, f := range faults {
		list[i] = fake.Fault(f)
	}
	return m.faults.Add(list...)
}

// Faults is how many injected faults have still to strike.
func (m *Mall) Faults() int { return m.faults.Pending() }

// ClearFaults ends all faults.
func (m *Mall) ClearFaults() { m.faults.Clear() }

// gateway is the body of failures that happen before the order API.
type gateway struct {
	Results struct {
		ErrorCode string `json:"errorCode"`
		Message   string `json:"message"`
	} `json:"Results"`
}

func gatewayBody(code, message string) gateway {
	var g gateway
	g.Results.ErrorCode, g.Results.Message = code, message
	return g
}

func shape() fake.Shape {
	return fake.Shape{
		RateLimited: func(*fake.Request, fake.Fault) fake.Reply {
			return fake.JSON(http.StatusTooManyRequests, gatewayBody("ES05-01", "Too Many Requests"))
		},
		ServerError: func(_ *fake.Request, f fake.Fault) fake.Reply {
			return fake.JSON(f.Status, map[string]any{"MessageModelList": []message{
				{MessageType: "ERROR", MessageCode: "ORDER_EXT_API_SYSTEM_ERROR_999", Message: "システムエラーが発生しました。"}}})
		},
		ExpiredKey: func(*fake.Request, fake.Fault) fake.Reply { return unauthorized("ES01-01") },
	}
}

func unauthorized(code string) fake.Reply {
	if code == "GA0001" { // the body around it has not been published; the newer APIs of the gateway use this one
		return fake.JSON(http.StatusUnauthorized, map[string]any{"errors": []map[string]string{
			{"code": code, "message": "Un-Authorised"}}})
	}
	return fake.JSON(http.StatusUnauthorized, gatewayBody(code, "Un-Authorised"))
}
