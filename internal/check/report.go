// Package check looks at what is about to be sent to a mall: lengths as the mall
// counts them, characters it refuses, missing fields, batches, periods and pasted
// keys.
//
// A [Report] collects every finding by the path of its field, so that a caller
// sees all of them at once instead of one per attempt:
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
// Findings never repeat the value of a field: it may be a name, an address or a
// key. They give lengths, positions and single code points.
package check

import (
	"fmt"
	"strconv"
	"strings"
)

// A Finding is one thing that is wrong with one field.
type Finding struct {
	// Field is the path of the field, such as orders[3].memo.
	Field string
	// Message says what is wrong and what is allowed, without the value.
	Message string
}

// String gives "field: message".
func (f Finding) String() string {
	if f.Field == "" {
		return f.Message
	}
	return f.Field + ": " + f.Message
}

// An Error lists everything that was found, in the order in which it was found.
// There is at least one finding.
type Error struct {
	Findings []Finding
}

// shown is the number of findings that the text of an Error names.
const shown = 20

// Error lists the findings in one line; very many are cut off with their number,
// Findings has them all.
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

// A Report collects findings. The zero value is ready; a Report is not for
// concurrent use.
type Report struct {
	findings []Finding
}

// Err gives an [*Error] with everything found so far, or nil.
func (r *Report) Err() error {
	if len(r.findings) == 0 {
		return nil
	}
	return &Error{Findings: r.findings}
}

// Fields is the place of the top-level fields.
func (r *Report) Fields() Fields { return Fields{report: r} }

// Item is the place of the fields of one element of a top-level list.
func (r *Report) Item(list string, index int) Fields { return r.Fields().Item(list, index) }

// Fields is a place in a request: fields are named relative to it. It is made by
// [Report.Fields] and what follows from it.
type Fields struct {
	report *Report
	path   string
}

// In is the place of the fields of an object.
func (f Fields) In(object string) Fields {
	return Fields{report: f.report, path: f.join(object)}
}

// Item is the place of the fields of one element of a list.
func (f Fields) Item(list string, index int) Fields {
	return Fields{report: f.report, path: f.join(list) + "[" + strconv.Itoa(index) + "]"}
}

// Add reports something that the other methods do not look for. The message must
// not repeat the field's value. An empty field means the place itself.
func (f Fields) Add(field, format string, args ...any) {
	f.report.findings = append(f.report.findings, Finding{Field: f.join(field), Message: fmt.Sprintf(format, args...)})
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
