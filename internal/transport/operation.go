package transport

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// Retry says what may be sent again after a failure. The zero value is the most careful. It belongs to the operation and never
// comes from the HTTP verb: reads at Rakuten and Yahoo! are POSTs.
type Retry uint8

// The retry classes.
const (
	Unsafe     Retry = iota // a write: never sent again once a byte may have left, unless the answer proves that it was refused
	Idempotent              // a write that may be applied twice without harm
	Read                    // changes nothing
)

// String names the class.
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
	Name   string // the mall's own name; low cardinality: it stands in errors, events and logs
	Title  string // the Japanese name
	Method string // HTTP method
	Path   string // below the base URL, from "/"; {name} is filled from Call.Vars, escaped as one segment
	Retry  Retry
	Quota  Quota  // zero = none
	Batch  int    // how many elements one call takes; 0 = not a batch
	Doc    string // URL of the page that documents it
	Answer Answer // what counts as success
}

// Quota is a token bucket: one call per Every, up to Burst at once (0 counts as 1). Operations with the same Group share one
// bucket; without a Group each operation has its own.
type Quota struct {
	Every time.Duration
	Burst int
	Group string
}

// quotaName names the quota of an operation within its client.
func (op Operation) quotaName() string {
	if op.Quota.Group != "" {
		return "group " + op.Quota.Group
	}
	return "operation " + op.Name
}

// Bounds of a quota, so that the arithmetic of a bucket cannot overflow.
const (
	maxEvery = 24 * time.Hour
	maxBurst = 10_000
)

func (q Quota) valid() bool {
	return q.Every >= 0 && q.Every <= maxEvery && q.Burst >= 0 && q.Burst <= maxBurst
}

// check refuses a row that could not be sent, before anything is.
func (op Operation) check() error {
	switch {
	case op.Name == "":
		return fmt.Errorf("operation has no name")
	case op.Method == "" || strings.ToUpper(op.Method) != op.Method:
		return fmt.Errorf("operation %s: HTTP method %q", op.Name, op.Method)
	case !strings.HasPrefix(op.Path, "/"):
		return fmt.Errorf("operation %s: path %q does not start with /", op.Name, op.Path)
	case strings.ContainsAny(op.Path, "?#%\\ "):
		return fmt.Errorf("operation %s: path %q holds a query, a fragment or escapes", op.Name, op.Path)
	case op.Retry > Read:
		return fmt.Errorf("operation %s: %s", op.Name, op.Retry)
	case !op.Quota.valid():
		return fmt.Errorf("operation %s: quota of one per %s, burst %d", op.Name, op.Quota.Every, op.Quota.Burst)
	}
	if open, closed := strings.Count(op.Path, "{"), strings.Count(op.Path, "}"); open != closed {
		return fmt.Errorf("operation %s: path %q has a brace without its other half", op.Name, op.Path)
	}
	for segment := range strings.SplitSeq(op.Path, "/") {
		if segment == "." || segment == ".." {
			return fmt.Errorf("operation %s: path %q leaves its folder", op.Name, op.Path)
		}
	}
	return nil
}

// expand fills the placeholders of a path. Each value stays inside its segment, whatever it holds: a slash is escaped, and a
// value that would climb (".", "..") or vanish ("") is refused. A value's text is not repeated in the error, for it may be personal.
func expand(path string, vars map[string]string) (string, error) {
	var b strings.Builder
	used := 0
	for {
		before, rest, open := strings.Cut(path, "{")
		b.WriteString(before)
		if !open {
			break
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			return "", fmt.Errorf("path has an open brace at %q", name)
		}
		value, ok := vars[name]
		switch {
		case !ok || value == "":
			return "", fmt.Errorf("%s is missing", name)
		case value == "." || value == "..":
			return "", fmt.Errorf("%s cannot be a path segment", name)
		}
		b.WriteString(url.PathEscape(value))
		used++
		path = after
	}
	if used < len(vars) {
		return "", fmt.Errorf("%d of %d path values have no place in the path", len(vars)-used, len(vars))
	}
	return b.String(), nil
}
