// Package check validates what is about to be sent to a mall: lengths as the mall counts them,
// characters that it refuses, missing fields, batches, periods and pasted keys.
//
// A [Report] collects every finding by the path of its field, so that a caller sees all of them at
// once instead of one per attempt:
//
//	var report check.Report
//	for i, memo := range memos {
//		f := report.Item("orders", i)
//		f.Required("orderNumber", memo.OrderNumber)
//		f.Chars("memo", memo.Text, 1000)
//		f.Characters("memo", memo.Text, check.PlatformDependent)
//	}
//	if err := report.Err(); err != nil { … }
//
// Findings never quote the value of a field, which may be a name, an address or a key. They give
// lengths, positions and single code points.
package check

import (
	"fmt"
	"strconv"
	"strings"
)

// A Finding is one error in one field.
type Finding struct {
	// Field is the path of the field, such as orders[3].memo.
	Field string
	// Message says what is wrong and what is allowed, without the value.
	Message string
}

// String returns "field: message".
func (f Finding) String() string {
	if f.Field == "" {
		return f.Message
	}
	return f.Field + ": " + f.Message
}

// An Error lists all findings in order. There is at least one.
type Error struct {
	Findings []Finding
}

// shown is how many findings the text of an Error names.
const shown = 20

// Error returns the first 20 findings in one line, and the number of the others.
func (e *Error) Error() string {
	parts := make([]string, 0, shown+1)
	for i, f := range e.Findings {
		if i == shown {
			parts = append(parts, fmt.Sprintf("and %d more", len(e.Findings)-shown))
			break
		}
		parts = append(parts, f.String())
	}
	return strings.Join(parts, "; ")
}

// A Report collects findings. The zero value is ready. It is not safe for concurrent use.
type Report struct {
	findings []Finding
}

// Err returns an [*Error] with all findings so far, or nil.
func (r *Report) Err() error {
	if len(r.findings) == 0 {
		return nil
	}
	return &Error{Findings: r.findings}
}

// Fields returns the place of the top-level fields.
func (r *Report) Fields() Fields { return Fields{report: r} }

// Item returns the place of the fields of one element of a top-level list.
func (r *Report) Item(list string, index int) Fields { return r.Fields().Item(list, index) }

// Fields is a place in a request: fields are named relative to it. [Report.Fields] returns the
// first.
type Fields struct {
	report *Report
	path   string
}

// In returns the place of the fields of an object.
func (f Fields) In(object string) Fields {
	return Fields{report: f.report, path: f.join(object)}
}

// Item returns the place of the fields of one element of a list.
func (f Fields) Item(list string, index int) Fields {
	return Fields{report: f.report, path: f.join(list) + "[" + strconv.Itoa(index) + "]"}
}

// Add reports a finding that the other methods do not make. The message must not quote the field's
// value. An empty field means the place itself.
func (f Fields) Add(field, format string, args ...any) {
	f.report.findings = append(f.report.findings,
		Finding{Field: f.join(field), Message: fmt.Sprintf(format, args...)})
}

func (f Fields) join(field string) string {
	switch {
	case f.path == "":
		return field
	case field == "":
		return f.path
	}
	return f.path + "." + field
}
