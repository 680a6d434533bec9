package transport

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// Answer is what the mall documents as the answer of an operation that went well. Nothing else counts as one: not another status of
// success, not a document without its list, not a page of whatever stands before the mall. The zero Answer is status 200 with any
// whole document.
type Answer struct {
	Statuses []int    // none = 200 alone
	Members  []string // what the document must hold, see wire.Shape
	Empty    bool     // there is no document: the body is blank
}

// Format is what a mall's documents are written in.
type Format uint8

// The formats.
const (
	AnyFormat Format = iota // bodies are not looked at
	JSON
	XML
)

// String names the format as errors do.
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

const answerHint = "this is not the mall's documented answer: look at the proxy or relay before it, and whether the mall has changed"

// answered refuses a reply of success that is not the documented answer of a table operation. It runs inside the attempt, so that a
// read is tried again like after a 5xx.
func (x *exchange) answered(r *Response) *order.Error {
	if fail := x.documented(r); fail != nil {
		return fail
	}
	if x.call.Accept == nil {
		return nil
	}
	err := x.call.Accept(r)
	if err == nil {
		return nil
	}
	var own *order.Error
	if errors.As(err, &own) {
		return own
	}
	return unreadable(x.c.cfg.Format, r, err)
}

// documented compares status and shape.
func (x *exchange) documented(r *Response) *order.Error {
	if !x.listed {
		return nil
	}
	a := x.op.Answer
	if !a.expects(r.Status) {
		if fail := Foreign(x.c.cfg.Format, r); fail != nil {
			return fail
		}
		return &order.Error{Class: order.ErrUndecodable, Hint: answerHint,
			Err: fmt.Errorf("status %d, where the mall documents %s", r.Status, a.documented())}
	}
	if a.Empty {
		if r.Status == http.StatusNoContent || len(bytes.TrimSpace(r.Body)) == 0 {
			return nil
		}
		if fail := Foreign(x.c.cfg.Format, r); fail != nil {
			return fail
		}
		return &order.Error{Class: order.ErrUndecodable, Hint: answerHint, Err: errors.New("a body, where the mall documents none")}
	}
	shape := x.c.shapes[x.op.Name]
	var err error
	switch x.c.cfg.Format {
	case JSON:
		err = shape.JSON(r.Body, cmp.Or(x.call.ID, x.call.Order))
	case XML:
		err = shape.XML(r.Body, cmp.Or(x.call.ID, x.call.Order))
	}
	if err == nil {
		return nil
	}
	return unreadable(x.c.cfg.Format, r, err)
}

// unreadable is a reply that is not the document it should be: temporary when something before the mall spoke, undecodable when
// the document is of the mall's kind.
func unreadable(f Format, r *Response, err error) *order.Error {
	if fail := Foreign(f, r); fail != nil {
		fail.Err = err
		return fail
	}
	return &order.Error{Class: order.ErrUndecodable, Err: err, Hint: answerHint}
}

// Foreign is the error, see Strange, of a reply that cannot be the mall's own document by its first bytes: nothing, a page, or another
// format. It is nil for one that may be the mall's.
func Foreign(f Format, r *Response) *order.Error {
	kind := bodyKind(f, r.Body)
	if kind == "" {
		return nil
	}
	return strange(r, kind)
}

// bodyKind says what a body is that is no document of the format, "" when it may be one.
func bodyKind(f Format, body []byte) string {
	text := bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\uFEFF")))
	switch {
	case len(text) == 0:
		return "empty"
	case f == AnyFormat:
		return ""
	case isHTML(text):
		return "an HTML page"
	case f == JSON && text[0] == '<':
		return "XML, not JSON"
	case f == XML && (text[0] == '{' || text[0] == '['):
		return "JSON, not XML"
	case f == JSON && !bytes.ContainsRune([]byte(`{["-0123456789tfn`), rune(text[0])), f == XML && text[0] != '<':
		return "plain text"
	case f == JSON && (text[0] == 't' || text[0] == 'f' || text[0] == 'n') && !slices.Contains([]string{"true", "false", "null"}, string(text)):
		return "plain text"
	}
	return ""
}

func isHTML(text []byte) bool {
	_, err := wire.Root(text)
	return errors.Is(err, wire.ErrHTML)
}

// Strange is the error of a reply that is not the mall's: a gateway, a proxy or a relay has answered, or a server that is another
// one. The status of such a reply says nothing about an order, a request or a credential, so its class is ErrTemporary whatever
// the status, save for what such servers mean by 429 (slow down).
func Strange(f Format, r *Response) *order.Error {
	kind := bodyKind(f, r.Body)
	if kind == "" {
		kind = "a document that is not the mall's"
	}
	return strange(r, kind)
}

func strange(r *Response, kind string) *order.Error {
	e := &order.Error{Class: order.ErrTemporary, Err: errors.New("the answer is " + kind)}
	switch {
	case r.Status == http.StatusTooManyRequests:
		e.Class, e.Hint = order.ErrRateLimited, "something before the mall asks to slow down"
	case r.Status >= http.StatusInternalServerError:
		e.Hint = "the mall, or what stands before it, is in trouble: try again later"
	case r.Status == http.StatusProxyAuthRequired:
		e.Hint = "the proxy wants a login: check the proxy's settings"
	case r.Status == http.StatusUnauthorized || r.Status == http.StatusForbidden:
		e.Hint = "the address answered, but it is not the mall that refuses: check BaseURL and the proxy or relay; if they are right, the key"
	default:
		e.Hint = "the address answered, but it is not the mall: check BaseURL and the proxy or relay"
	}
	return e
}
