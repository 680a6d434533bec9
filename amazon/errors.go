package amazon

import (
	"bytes"
	"errors"
	"net/http"
	"strings"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// ErrorDetail is one error of Amazon's error list, as it stands in 4xx and 5xx bodies and in some answers.
type ErrorDetail struct {
	Code    string `json:"code"`
	Message string `json:"message"` // may be null
	Details string `json:"details,omitempty"`
}

type errorList struct {
	Errors []ErrorDetail `json:"errors"`
}

// rule is one line of the table of errors. The first line that fits decides; an empty field fits everything.
type rule struct {
	status  int
	code    string // in Amazon's spelling, compared without case and blanks
	details string // a sentence of Amazon's, or the part of one that no other has, in lower case
	class   order.Class
	hint    string
}

const (
	hintExpired = "the access token is over or revoked; a new one is asked for once"
	hintSecret  = "the LWA client secret is over: it lives 180 days, the one before it 7 days more. Rotate it in Solution Provider Portal " +
		"(アプリの開発 > 認証情報を表示), or with RotateApplicationClientSecret while it lives, and set Keys.ClientSecret; no refresh helps"
	hintNotFound = "no such order or object, or it belongs to another seller"
	hintInput    = "Amazon names the parameter: correct it and send it again"
	hintTrouble  = "Amazon is in trouble: try again later"
	hintAccess   = "check, in this order: the application has the role for this operation (ロール) in Solution Provider Portal, the seller has authorised " +
		"the application since the role was added, the refresh token belongs to this region's endpoint, the path is right"
	hintQuota = "the quota is shared by all programs that use this application for this seller; let one client do the calls"
)

// rules maps what Amazon answers. An expired or revoked access token is a 403 here, and so are a missing role, a missing
// authorisation, a wrong region and a wrong path: only the details tell.
// https://developer-docs.amazon.com/sp-api/docs/response-format
var rules = []rule{
	{status: 403, details: "lwa secret token you provided has expired", class: order.ErrCredentialExpired, hint: hintSecret},
	{status: 401, details: "lwa secret token you provided has expired", class: order.ErrCredentialExpired, hint: hintSecret},
	{status: 403, details: "access token you provided has expired", class: order.ErrUnauthorized, hint: hintExpired},
	{status: 403, details: "access token you provided is revoked", class: order.ErrUnauthorized, hint: hintExpired},
	{status: 403, details: "access token is missing in the request header", class: order.ErrUnauthorized, hint: "the relay or proxy removes x-amz-access-token"},
	{status: 403, class: order.ErrForbidden, hint: hintAccess},
	{status: 401, class: order.ErrUnauthorized, hint: hintExpired},
	{status: 404, class: order.ErrNotFound, hint: hintNotFound},
	{status: 429, class: order.ErrRateLimited, hint: hintQuota},
	{code: "QuotaExceeded", class: order.ErrRateLimited, hint: hintQuota},
	{status: 409, class: order.ErrConflict, hint: "it is there already, or in a state that does not allow this: read it before sending again"},
	{status: 413, class: order.ErrInvalid, hint: "the request is too large: send fewer elements"},
	{status: 415, class: order.ErrInvalid, hint: "Amazon wants Content-Type application/json: does a relay change it?"},
	{code: "InvalidInput", details: "does not have access to one or more requested data elements", class: order.ErrForbidden,
		hint: "the application lacks the restricted role for the personal data that was asked for"},
	{code: "InvalidInput", class: order.ErrInvalid, hint: hintInput},
	{code: "InvalidRequest", class: order.ErrInvalid, hint: hintInput},
	{code: "NotFound", class: order.ErrNotFound, hint: hintNotFound},
	{code: "InternalFailure", class: order.ErrTemporary, hint: hintTrouble},
	{code: "ServiceUnavailable", class: order.ErrTemporary, hint: hintTrouble},
}

// classify maps a reply. What has no error list, nor the header with which Amazon's own gateway names its error, is not Amazon's:
// an HTML page or an empty body comes from whatever stands before it. A message may be null.
func classify(_ transport.Operation, r *transport.Response) *order.Error {
	if r.Status < http.StatusMultipleChoices {
		return within(r)
	}
	e := &order.Error{Code: r.Header.Get("x-amzn-ErrorType")}
	var list errorList
	_, err := wire.JSON(r.Body, &list)
	own := e.Code != "" || err == nil && requestID(r.Header) != "" // Amazon answers some requests with 400, its request id and {}
	if len(list.Errors) == 0 && (!own || errors.Is(err, wire.ErrHTML)) {
		return transport.Strange(transport.JSON, r)
	}
	about := ""
	for i, d := range list.Errors {
		if i == 0 && d.Code != "" {
			e.Code = d.Code
		}
		e.Message = join(e.Message, sentence(d))
		about += strings.ToLower(d.Message + " " + d.Details + " ")
	}
	for _, line := range rules {
		if line.fits(r.Status, e.Code, about) {
			e.Class, e.Hint = line.class, line.hint
			break
		}
	}
	return e
}

// within looks for an error list in a success, which no model has. What its codes mean there nobody knows: it is an answer that was
// not understood, never a missing order. A page of orders is not searched: the answer's members are checked later.
func within(r *transport.Response) *order.Error {
	if len(r.Body) > errorListSize || !bytes.Contains(r.Body, []byte(`"errors"`)) {
		return nil
	}
	var list errorList
	if _, err := wire.JSON(r.Body, &list); err != nil || len(list.Errors) == 0 {
		return nil
	}
	return &order.Error{Class: order.ErrUndecodable, Code: list.Errors[0].Code, Message: sentence(list.Errors[0]),
		Hint: "Amazon documents no error list beside a success: try again later, and tell Amazon's support the request id"}
}

// errorListSize is more than any error list has.
const errorListSize = 16 << 10

func (line rule) fits(status int, code, about string) bool {
	return (line.status == 0 || line.status == status) &&
		(line.code == "" || strings.EqualFold(line.code, strings.ReplaceAll(code, " ", ""))) &&
		(line.details == "" || strings.Contains(about, line.details))
}

// sentence is what an error says. Details repeat the message more often than not.
func sentence(d ErrorDetail) string {
	if d.Details == "" || d.Details == d.Message {
		return d.Message
	}
	return join(d.Message, d.Details)
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

// requestID finds the id that Amazon's support asks for.
func requestID(h http.Header) string { return h.Get("x-amzn-RequestId") }
