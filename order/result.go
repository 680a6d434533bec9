package order

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Refuse fills in the result of an element that was not applied because of e: it is Refused, with
// the code, words, hint and wait of e, and safe to send again. Actor and the clients fill in their
// results with it.
func (r *Result) Refuse(e *Error) {
	r.Outcome, r.Repeating, r.Err = Refused, Yes, e
	r.Code, r.Message, r.Text, r.Next = e.Code, e.Message, e.Text, e.Hint
	if r.Message == "" {
		r.Message = e.Class.Error()
		ja := e.Class.In(Japanese)
		if e.Err != nil {
			r.Message = e.Err.Error()
			ja += "：" + r.Message
		}
		if r.Text.IsZero() {
			r.Text = Text{EN: r.Message, JA: ja}
		}
	}
	r.Wait, r.At = max(0, min(e.RetryAfter, time.Hour)), time.Time{}
}

// Reason returns why a result is not done, for the shop's staff: the SDK's own words in the
// language, or the mall's words as they are.
func (r Result) Reason(lang Lang) string { return cmp.Or(r.Text.In(lang), r.Message) }

// In returns the warning for the shop's staff: the SDK's own words in the language, or the mall's
// words as they are.
func (w Warning) In(lang Lang) string { return cmp.Or(w.Text.In(lang), w.Message) }

// Failures returns the joined errors of results, or nil if there are none. Errors that differ in
// their order alone are one line of its text. errors.Is and errors.As find each of them, and
// Unwrap() []error returns them.
func Failures(results []Result) error {
	var all failures
	for i := range results {
		if results[i].Err != nil {
			all = append(all, results[i].Err)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all
}

type failures []error

func (f failures) Unwrap() []error { return f }

// namedOrders is how many further orders with the same error a line names.
const namedOrders = 3

func (f failures) Error() string {
	type line struct {
		text   string
		others []string // the further orders with the same error
	}
	var lines []*line
	same := map[string]*line{}
	for _, err := range f {
		id, key := Concerns(err), alike(err)
		if l := same[key]; l != nil && id != "" {
			l.others = append(l.others, id)
			continue
		}
		l := &line{text: err.Error()}
		same[key] = l
		lines = append(lines, l)
	}
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = l.text
		if n := len(l.others); n > 0 {
			more := ""
			if n > namedOrders {
				more = ", …"
			}
			texts[i] += fmt.Sprintf(" [and the same for %d more: %s%s]", n,
				strings.Join(l.others[:min(n, namedOrders)], ", "), more)
		}
	}
	return strings.Join(texts, "\n")
}

// alike returns the text of an error without what differs from order to order.
func alike(err error) string {
	var e *Error
	if !errors.As(err, &e) || e.Order == "" {
		return err.Error()
	}
	text := strings.ReplaceAll(err.Error(), e.Order, "")
	if e.RequestID != "" {
		text = strings.ReplaceAll(text, e.RequestID, "")
	}
	return text
}
