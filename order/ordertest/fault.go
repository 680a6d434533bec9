package ordertest

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// Fault is a failure to inject into a fake mall or a Shop. With the numbers left zero it strikes
// the next call, once.
//
// A client of net/http repeats a GET by itself when a reused connection is closed without an
// answer. A Dropped or [ReplyLost] GET is then noticed only if the fault strikes twice.
type Fault struct {
	Kind      string // one of the kinds below
	Operation string // to strike, by the mall's name, if the fake has it; empty is any
	Times     int    // how often it strikes; 0 is once, negative is without end
	After     int    // how many calls pass first
	Every     int    // from then on, strike each Every-th call; 0 and 1 are each call

	// RateLimited, ServerError, Maintenance: the hint, rounded up to whole seconds; 0 is none
	RetryAfter time.Duration
	Status     int           // replaces that of the kind; 200 to 599
	Delay      time.Duration // Delayed, SlowBody; required there
	Body       string        // Custom, HTMLPage, Malformed: replaces the usual one
	Location   string        // Redirect; empty is a host that cannot exist
	// with a kind that answers in place of the mall: the mall handles the request first
	Applied bool
}

// The kinds of faults. "Handled" means that the mall has carried out the request, a write included,
// before the fault shows.
const (
	RateLimited = "rate_limited" // 429, in the mall's words if known; RetryAfter adds a hint
	ServerError = "server_error" // 500, in the mall's words if known; or Status
	HTMLPage    = "html"         // an HTML page; Status, else 200
	Maintenance = "maintenance"  // 503, in the mall's words if known; or Status
	ExpiredKey  = "expired_key"  // the mall's answer to an expired key or token
	Malformed   = "malformed"    // handled; half a document, transferred completely
	EmptyBody   = "empty_body"   // handled; Status, else 200, with no body
	Redirect    = "redirect"     // to Location, with Status, else 302
	Custom      = "custom"       // Status, else 200, with Body
	Dropped     = "dropped"      // connection closed before the request is handled
	ReplyLost   = "reply_lost"   // handled; connection closed without a byte of the answer
	Truncated   = "truncated"    // handled; connection closed in the middle of the answer's body
	Delayed     = "delayed"      // handled; the answer begins after Delay
	SlowBody    = "slow_body"    // handled; the answer's body comes in pieces over Delay
	EndlessBody = "endless_body" // handled; the answer's body never ends; Status, else the answer's
)

// Kinds returns all kinds.
func Kinds() []string {
	return []string{RateLimited, ServerError, HTMLPage, Maintenance, ExpiredKey, Malformed,
		EmptyBody, Redirect, Custom,
		Dropped, ReplyLost, Truncated, Delayed, SlowBody, EndlessBody}
}

// Check returns an error if the fault is impossible.
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

// Call is one request as a fake mall received it, including credentials, which are invented.
type Call struct {
	Time      time.Time // of arrival
	Operation string
	Method    string
	Host      string
	Path      string
	Query     url.Values
	Header    http.Header
	Body      []byte // at most the first 64 KiB
	Status    int    // of the answer; 0 when none was sent, or not yet
	Fault     string // kind of the fault that struck, or empty
}

// Script decides which fault strikes which call, for a fake mall of your own. The zero Script has
// no faults. It is safe for concurrent use and must not be copied.
type Script struct {
	// the operations that there are: Add refuses a fault of another one, which would never strike.
	// nil refuses none. Set it before the first Add
	Operations []string

	mu    sync.Mutex
	queue []*scripted
}

type scripted struct {
	Fault
	calls  int // that matched
	struck int
}

// Add appends all faults, or none if it returns an error. If several are due for a call, the one
// added first strikes, and the others wait for the next call.
func (s *Script) Add(faults ...Fault) error {
	for _, f := range faults {
		if err := f.Check(); err != nil {
			return err
		}
		if f.Operation != "" && s.Operations != nil && !slices.Contains(s.Operations, f.Operation) {
			return fmt.Errorf("fault %s: no operation %q; there are %s", f.Kind, f.Operation,
				strings.Join(s.Operations, ", "))
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range faults {
		s.queue = append(s.queue, &scripted{Fault: f})
	}
	return nil
}

// Clear removes all faults.
func (s *Script) Clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue = nil
}

// Pending returns how many faults are still to strike. A test that ends with some has not tested
// them.
func (s *Script) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.queue)
}

// Next counts a call of the operation and returns the fault that strikes it, if any.
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
