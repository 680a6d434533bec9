package aupay

import (
	"bytes"
	"errors"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// Result is the head of every reply. A Status of 0 is success, 1 failure.
type Result struct {
	Status string     `xml:"status"`
	Errors []APIError `xml:"error"`
	// Code and Message stand here, without an error element, in some failures.
	Code    string `xml:"code"`
	Message string `xml:"message"`
}

// APIError is one error row of a reply; a reply may hold several.
type APIError struct {
	Code    string `xml:"code"`
	Message string `xml:"message"`
}

// rows are the errors wherever they stand.
func (r Result) rows() []APIError {
	if r.Code != "" || r.Message != "" {
		return append([]APIError{{r.Code, r.Message}}, r.Errors...)
	}
	return r.Errors
}

// envelope is what all replies have, and the rows with which updateStock says what was wrong.
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

// classify tells success from failure. The status of HTTP decides nothing: errors come in 200, and the same document in 4xx.
func classify(_ transport.Operation, r *transport.Response) *order.Error {
	if r.Status < 300 && succeeded(r.Body) {
		return nil
	}
	var e envelope
	if _, err := wire.XML(r.Body, &e); err != nil {
		return unreadableReply(r, err)
	}
	switch {
	case e.Result == nil && r.Status < 300:
		return &order.Error{Class: order.ErrUndecodable, Err: errors.New("the reply has no result element")}
	case e.Result == nil:
		return statusError(r)
	case e.Result.Status == "0" && r.Status < 300:
		return nil
	case e.Result.Status == "" && len(e.rows()) == 0 && r.Status < 300:
		return &order.Error{Class: order.ErrUndecodable, Err: errors.New("the reply does not say whether it succeeded")}
	}
	return mallError(e.rows(), r)
}

// headSize is how much of a reply is looked at before it is parsed as a whole: result is the first element of a reply.
const headSize = 512

var (
	success = []byte("<status>0</status>")
	ending  = []byte("response>")
)

// succeeded recognises a good reply without decoding a page of a thousand orders twice. A reply without its end is not one.
func succeeded(body []byte) bool {
	return bytes.Contains(body[:min(len(body), headSize)], success) && bytes.HasSuffix(bytes.TrimSpace(body), ending)
}

// unreadableReply is an answer that is no document of the mall's. While the mall is overloaded or under maintenance such answers
// come with any status, so they are temporary; where the answer could be the mall's, but is broken, it is not read again and again.
func unreadableReply(r *transport.Response, err error) *order.Error {
	switch {
	case bytes.Contains(r.Body, []byte("メンテナンス")):
		return &order.Error{Class: order.ErrMaintenance, Hint: laterHint}
	case r.Status >= 300:
		return statusError(r)
	case errors.Is(err, wire.ErrEmpty), errors.Is(err, wire.ErrHTML), errors.Is(err, wire.ErrTruncated), !bytes.HasPrefix(bytes.TrimSpace(r.Body), []byte("<")):
		return &order.Error{Class: order.ErrTemporary, Err: err, Hint: laterHint}
	}
	return &order.Error{Class: order.ErrUndecodable, Err: err, Hint: laterHint}
}
