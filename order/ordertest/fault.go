package ordertest

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Fault is a failure to be injected into a fake mall or a Shop. The zero numbers mean: the next call, once.
//
// A client of net/http that reuses a connection repeats a GET by itself when the connection is closed without an answer: such a
// client shows a Dropped or ReplyLost GET only when the fault strikes twice.
type Fault struct {
	Kind      string // one of the kinds below
	Operation string // the operation it strikes, as the mall names it; empty is any
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
	RateLimited = "rate_limited" // 429 in the mall's shape; with a hint when RetryAfter is set
	ServerError = "server_error" // 500 in the mall's shape, or Status
	HTMLPage    = "html"         // an HTML page; Status, else 200
	Maintenance = "maintenance"  // the mall's answer during maintenance
	ExpiredKey  = "expired_key"  // the mall's answer to a key or token that is over
	Malformed   = "malformed"    // handled; half a document, complete in transport
	EmptyBody   = "empty_body"   // handled; Status, else 200, with no body
	Redirect    = "redirect"     // to Location, with Status, else 302
	Custom      = "custom"       // Status, else 200, with Body
	Dropped     = "dropped"      // connection closed before the request is handled
	ReplyLost   = "reply_lost"   // handled; connection closed without a byte of the answer
	Truncated   = "truncated"    // handled; connection closed in the middle of the answer's body
	Delayed     = "delayed"      // handled; the answer begins after Delay
	SlowBody    = "slow_body"    // handled; the answer's body comes in pieces over Delay
	EndlessBody = "endless_body" // handled; the answer's body goes on for ever; Status, else the answer's
)

// Kinds lists all kinds.
func Kinds() []string {
	return []string{RateLimited, ServerError, HTMLPage, Maintenance, ExpiredKey, Malformed, EmptyBody, Redirect, Custom,
		Dropped, ReplyLost, Truncated, Delayed, SlowBody, EndlessBody}
}

// Check refuses an impossible fault.
func (f Fault) Check() error {
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

// Call is one request as it arrived at a fake mall, credentials included: a fake knows only invented ones.
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

// Script decides which call meets which fault, for a fake mall of one's own. The zero Script has none. It is safe for concurrent
// use and must not be copied.
type Script struct {
	mu    sync.Mutex
	queue []*scripted
}

type scripted struct {
	Fault
	calls  int // that matched
	struck int
}

// Add appends faults. Of several that are due for a call, the one added first strikes; the others wait for the next call. It adds
// all of them or, with an error, none.
func (s *Script) Add(faults ...Fault) error {
	for _, f := range faults {
		if err := f.Check(); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range faults {
		s.queue = append(s.queue, &scripted{Fault: f})
	}
	return nil
}

// Clear ends all faults.
func (s *Script) Clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue = nil
}

// Pending is how many faults have not struck for the last time; a test that ends with some has not tested them.
func (s *Script) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.queue)
}

// Next counts a call of the operation and tells which fault strikes it.
func (s *Script) Next(operation string) (Fault, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	hit := -1
	for i, f := range s.queue {
		if f.Operation != "" && f.Operation != operation {
			continue
		}
		f.calls++
		if hit < 0 && f.due() {
			hit = i
		}
	}
	if hit < 0 {
		return Fault{}, false
	}
	f := s.queue[hit]
	f.struck++
	if f.Times >= 0 && f.struck >= max(f.Times, 1) {
		s.queue = slices.Delete(s.queue, hit, hit+1)
	}
	return f.Fault, true
}

func (f *scripted) due() bool {
	n := f.calls - f.After // from 1
	return n > 0 && (n-1)%max(f.Every, 1) == 0
}
