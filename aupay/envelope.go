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

type envelope struct {
	Result *Result `xml:"result"`
}

// headSize is how much of a reply is looked at before it is parsed as a whole: result is the first element of a reply.
const headSize = 512

var success = []byte("<status>0</status>")

// classify tells success from failure. The status of HTTP decides nothing: errors come in 200, and the same document in 4xx.
func classify(op transport.Operation, r *transport.Response) *order.Error {
	if r.Status < 300 && bytes.Contains(r.Body[:min(len(r.Body), headSize)], success) {
		return nil
	}
	var e envelope
	_, err := wire.XML(r.Body, &e)
	switch {
	case errors.Is(err, wire.ErrEmpty) && r.Status < 300:
		return &order.Error{Class: order.ErrTemporary, Err: wire.ErrEmpty, Hint: "the mall answers with nothing when it is overloaded: try again later"}
	case errors.Is(err, wire.ErrHTML) && r.Status < 500:
		return &order.Error{Class: order.ErrMaintenance, Err: wire.ErrHTML, Hint: maintenanceHint}
	case err != nil && r.Status < 300:
		return &order.Error{Class: order.ErrUndecodable, Err: err, Hint: maintenanceHint}
	case err != nil:
		return statusError(r.Status)
	case e.Result == nil && r.Status < 300:
		return &order.Error{Class: order.ErrUndecodable, Err: errors.New("the reply has no result element")}
	case e.Result == nil:
		return statusError(r.Status)
	case e.Result.Status == "0" && r.Status < 300:
		return nil
	}
	return mallError(e.Result.rows(), r.Status)
}
