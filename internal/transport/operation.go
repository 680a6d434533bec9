package transport

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Retry is what may be sent again after a failure. The zero value is the most careful. It is a
// property of the operation and not of the HTTP method: reads at Rakuten and Yahoo! are POSTs.
type Retry uint8

// The retry classes.
const (
	// a write: never sent again once a byte may have been sent, unless the reply proves that it
	// was refused
	Unsafe     Retry = iota
	Idempotent       // a write that may be applied twice without harm
	Read             // changes nothing
)

// String returns the name of the class.
func (r Retry) String() string {
	switch r {
	case Unsafe:
		return "unsafe write"
	case Idempotent:
		return "idempotent write"
	case Read:
		return "read"
	}
	return fmt.Sprintf("retry class %d", uint8(r))
}

// Operation is one row of a mall's operation table.
type Operation struct {
	Name   string // the mall's own name; of low cardinality, for errors, events and logs
	Title  string // the Japanese name
	Method string // HTTP method
	// below the base URL, from "/"; {name} is filled from Call.Vars, escaped as one segment
	Path   string
	Retry  Retry
	Quota  Quota  // zero = none
	Batch  int    // how many elements one call accepts; 0 = not a batch
	Doc    string // URL of the page that documents it
	Answer Answer // what is treated as success
}

// Quota is a token bucket: one call per Every, up to Burst at once (0 means 1). Operations with
// the same Group share one bucket; an operation without a Group has its own.
type Quota struct {
	Every time.Duration
	Burst int
	Group string
}

// quotaName returns the name of the operation's quota within its client.
func (op Operation) quotaName() string {
	if op.Quota.Group != "" {
		return "group " + op.Quota.Group
	}
	return "operation " + op.Name
}

// Limits of a quota, so that the arithmetic of a bucket cannot overflow.
const (
	maxEvery = 24 * time.Hour
	maxBurst = 10_000
)

func (q Quota) valid() bool {
	return q.Every >= 0 && q.Every <= maxEvery && q.Burst >= 0 && q.Burst <= maxBurst
}

// check refuses a row that could not be sent.
func (op Operation) check() error {
	switch {
	case op.Name == "":
		return fmt.Errorf("operation has no name")
	case op.Method == "" || strings.ToUpper(op.Method) != op.Method:
		return fmt.Errorf("operation %s: HTTP method %q", op.Name, op.Method)
	case !strings.HasPrefix(op.Path, "/"):
		return fmt.Errorf("operation %s: path %q does not start with /", op.Name, op.Path)
	case strings.ContainsAny(op.Path, "?#%\\ "):
		return fmt.Errorf("operation %s: path %q holds a query, a fragment or escapes", op.Name,
			op.Path)
	case op.Retry > Read:
		return fmt.Errorf("operation %s: %s", op.Name, op.Retry)
	case !op.Quota.valid():
		return fmt.Errorf("operation %s: quota of one per %s, burst %d", op.Name, op.Quota.Every,
			op.Quota.Burst)
	}
	if open, closed := strings.Count(op.Path, "{"), strings.Count(op.Path, "}"); open != closed {
		return fmt.Errorf("operation %s: path %q has a brace without its other half", op.Name,
			op.Path)
	}
	for segment := range strings.SplitSeq(op.Path, "/") {
		if segment == "." || segment == ".." {
			return fmt.Errorf("operation %s: path %q leaves its folder", op.Name, op.Path)
		}
	}
	return nil
}

// Answer is the documented answer of a successful operation. Nothing else is accepted: no other
// status, no document without its list, no page of a server before the mall. The zero Answer is
// status 200 with any complete document.
type Answer struct {
	Statuses []int    // none = 200 alone
	Members  []string // what the document must contain, see wire.Shape
	Empty    bool     // the body is blank
}

// Format is the format of a mall's documents.
type Format uint8

// The formats.
const (
	AnyFormat Format = iota // bodies are not checked
	JSON
	XML
)

// String returns the name of the format, as in errors.
func (f Format) String() string {
	switch f {
	case JSON:
		return "JSON"
	case XML:
		return "XML"
	}
	return "any format"
}

func (a Answer) expects(status int) bool {
	if len(a.Statuses) == 0 {
		return status == http.StatusOK
	}
	return slices.Contains(a.Statuses, status)
}

func (a Answer) documented() string {
	if len(a.Statuses) == 0 {
		return strconv.Itoa(http.StatusOK)
	}
	text := ""
	for i, s := range a.Statuses {
		if i > 0 {
			text += " or "
		}
		text += strconv.Itoa(s)
	}
	return text
}
