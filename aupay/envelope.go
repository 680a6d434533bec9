package aupay

import (
	"bytes"
	"errors"
	"net/http"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// Result is the head of every reply. Status is 0 for success and 1 for failure.
type Result struct {
	Status string     `xml:"status"`
	Errors []APIError `xml:"error"`
	// Some failures have Code and Message here, without an error element.
	Code    string `xml:"code"`
	Message string `xml:"message"`
}

// APIError is one error of a reply; a reply may hold several.
type APIError struct {
	Code    string `xml:"code"`
	Message string `xml:"message"`
}

// rows returns the errors, wherever they stand.
func (r Result) rows() []APIError {
	if r.Code != "" || r.Message != "" {
		return append([]APIError{{r.Code, r.Message}}, r.Errors...)
	}
	return r.Errors
}

// envelope holds what all replies have, and the rows in which updateStock reports errors.
type envelope struct {
	Result *Result `xml:"result"`
	Stock  []struct {
		Errors []APIError `xml:"error"`
	} `xml:"updateResult"`
}

func (e envelope) rows() []APIError {
	rows := e.Result.rows()
	for _, s := range e.Stock {
		if len(rows) == 0 {
			rows = s.Errors
		}
	}
	return rows
}

// classify finds the mall's refusals. The HTTP status alone decides nothing: errors come with 200,
// and the same document with 4xx. What a good reply must hold is checked elsewhere: see answers.
func classify(op transport.Operation, r *transport.Response) *order.Error {
	if r.Status < 300 && succeeded(r.Body) {
		return nil
	}
	var e envelope
	if _, err := wire.XML(r.Body, &e); err != nil {
		return unreadableReply(op, r)
	}
	good := r.Status < 300
	switch {
	case e.Result != nil && (e.Result.Status == "1" || len(e.rows()) > 0):
		return mallError(e.rows(), r)
	case good && e.Result == nil:
		return &order.Error{Class: order.ErrUndecodable,
			Err: errors.New("the reply has no result element"), Hint: laterHint}
	case good && e.Result.Status == "":
		return &order.Error{Class: order.ErrUndecodable,
			Err: errors.New("the reply does not say whether it succeeded"), Hint: laterHint}
	case good && e.Result.Status == "0":
		return nil
	case good: // a status that is not known is no success
		return mallError(nil, r)
	}
	return transport.Strange(transport.XML, r)
}

// headSize is how much of a reply is searched before it is parsed: result is its first element.
const headSize = 512

var (
	success = []byte("<status>0</status>")
	ending  = []byte("response>")
)

// succeeded recognises a good reply, so that a page of a thousand orders is not decoded twice. A
// reply without its end is not good.
func succeeded(body []byte) bool {
	return bytes.Contains(body[:min(len(body), headSize)], success) &&
		bytes.HasSuffix(bytes.TrimSpace(body), ending)
}

// unreadableReply returns the error of a reply that is not one of the mall's documents. During
// overload and maintenance such replies come with any status, so they are temporary; a broken
// document of the mall's kind is reported as broken.
func unreadableReply(op transport.Operation, r *transport.Response) *order.Error {
	var e *order.Error
	switch {
	case bytes.Contains(r.Body, []byte("メンテナンス")):
		return &order.Error{Class: order.ErrMaintenance, Hint: laterHint}
	case r.Status < 300 && op.Doc != "":
		if e = transport.Foreign(transport.XML, r); e == nil {
			return nil // the answer's shape is looked at next
		}
	default:
		e = transport.Strange(transport.XML, r)
	}
	switch {
	case e.Class == order.ErrRateLimited:
	case r.Status == http.StatusUnauthorized || r.Status == http.StatusForbidden:
		// how the mall refuses an address is not known
		e.Hint = e.Hint.And(order.Text{EN: "or the mall's own front refuses: " + keyHint.EN,
			JA: "モール側の拒否の可能性もあります。" + keyHint.JA})
	case r.Status < 300 || r.Status >= 500:
		e.Hint = laterHint
	}
	return e
}
