package fake

import (
	"fmt"
	"slices"
	"time"
)

// The kinds of faults. "Handled" means that the mall has done what was asked, a write included, before the fault shows.
const (
	RateLimited = "rate_limited" // 429 in the mall's shape; with a hint when RetryAfter is set
	ServerError = "server_error" // 5xx in the mall's shape; Status, else 500
	HTMLPage    = "html"         // an HTML page; Status, else 200
	Maintenance = "maintenance"  // the mall's answer during maintenance
	ExpiredKey  = "expired_key"  // the mall's answer to a key or token that is over
	Malformed   = "malformed"    // handled; a document that is complete in transport but not well formed
	EmptyBody   = "empty_body"   // handled; Status, else 200, with no body
	Redirect    = "redirect"     // to Location, with Status, else 302
	Custom      = "custom"       // Status, else 200, with Body

	Dropped     = "dropped"      // connection closed before the request is handled
	ReplyLost   = "reply_lost"   // handled; connection closed with no byte of the reply sent
	Truncated   = "truncated"    // handled; connection closed in the middle of the reply's body
	Delayed     = "delayed"      // handled; the reply begins after Delay
	SlowBody    = "slow_body"    // handled; the reply's body comes in pieces over Delay
	EndlessBody = "endless_body" // handled; the reply's body goes on for ever; Status, else the reply's
)

// Kinds lists all kinds.
func Kinds() []string {
	return []string{RateLimited, ServerError, HTMLPage, Maintenance, ExpiredKey, Malformed, EmptyBody, Redirect, Custom,
		Dropped, ReplyLost, Truncated, Delayed, SlowBody, EndlessBody}
}

// Fault is a failure to be injected. The zero numbers mean: the next call, once.
//
// A client of net/http that reuses a connection repeats a GET by itself when the connection is closed without an answer: such a
// client shows a Dropped or ReplyLost GET only when the fault strikes twice.
type Fault struct {
	Kind      string
	Operation string // the operation it strikes; empty is any
	Times     int    // how often it strikes; 0 is once, negative is without end
	After     int    // calls let through first
	Every     int    // strikes each Every-th call from then on; 0 and 1 are each call

	RetryAfter time.Duration // RateLimited, ServerError, Maintenance: the hint, in whole seconds, rounded up; 0 is none
	Status     int           // see the kinds
	Delay      time.Duration // Delayed, SlowBody
	Body       string        // Custom, HTMLPage, Malformed: in place of the usual one
	Location   string        // Redirect; empty is https://elsewhere.invalid with the same path
	Applied    bool          // kinds that answer instead of the mall: it handles the request first all the same
}

// DefaultLocation is where Redirect points without a Location: a host that cannot exist.
const DefaultLocation = "https://elsewhere.invalid"

func (f Fault) check() error {
	switch {
	case !slices.Contains(Kinds(), f.Kind):
		return fmt.Errorf("no such kind of fault: %q", f.Kind)
	case f.After < 0 || f.Every < 0:
		return fmt.Errorf("fault %s: After and Every cannot be negative", f.Kind)
	case f.RetryAfter < 0 || f.Delay < 0:
		return fmt.Errorf("fault %s: RetryAfter and Delay cannot be negative", f.Kind)
	case f.Status != 0 && (f.Status < 200 || f.Status > 599):
		return fmt.Errorf("fault %s: status %d is not between 200 and 599", f.Kind, f.Status)
	case (f.Kind == Delayed || f.Kind == SlowBody) && f.Delay == 0:
		return fmt.Errorf("fault %s needs a Delay", f.Kind)
	}
	return nil
}
