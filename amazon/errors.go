package amazon

import (
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
	details string // part of details or message, in lower case
	class   order.Class
	hint    string
}

const (
	hintExpired = "the access token is over or revoked; a new one is asked for once"
	hintAccess  = "check, in this order: the application has the role for this operation (ロール) in Solution Provider Portal, the seller has authorised " +
		"the application since the role was added, the refresh token belongs to this region's endpoint, the path is right"
	hintQuota = "the quota is shared by all programs that use this application for this seller; let one client do the calls"
)

// rules maps what Amazon answers. An expired or revoked access token is a 403 here, and so are a missing role, a missing
// authorisation, a wrong region and a wrong path: only the details tell.
// https://developer-docs.amazon.com/sp-api/docs/response-format
var rules = []rule{
	{status: 403, details: "expired", class: order.ErrUnauthorized, hint: hintExpired},
	{status: 403, details: "revoked", class: order.ErrUnauthorized, hint: hintExpired},
	{status: 403, details: "token is missing", class: order.ErrUnauthorized, hint: "the relay or proxy removes x-amz-access-token"},
	{status: 403, class: order.ErrForbidden, hint: hintAccess},
	{status: 401, class: order.ErrUnauthorized, hint: hintExpired},
	{status: 404, class: order.ErrNotFound, hint: "no such order or object, or it belongs to another seller"},
	{status: 429, class: order.ErrRateLimited, hint: hintQuota},
	{code: "QuotaExceeded", class: order.ErrRateLimited, hint: hintQuota},
	{status: 409, class: order.ErrConflict},
	{status: 413, class: order.ErrInvalid},
	{status: 415, class: order.ErrInvalid},
	{code: "InvalidInput", details: "data elements", class: order.ErrForbidden, hint: "the application lacks the restricted role for the personal data that was asked for"},
	{code: "InvalidInput", class: order.ErrInvalid},
	{code: "InvalidRequest", class: order.ErrInvalid},
	{code: "NotFound", class: order.ErrNotFound},
	{code: "InternalFailure", class: order.ErrTemporary},
	{code: "ServiceUnavailable", class: order.ErrTemporary},
}

// classify maps a reply. A body may be HTML or empty (gateway, malformed request), its message null.
func classify(_ transport.Operation, r *transport.Response) *order.Error {
	if r.Status < http.StatusMultipleChoices {
		return nil
	}
	e := &order.Error{Code: r.Header.Get("x-amzn-ErrorType")}
	var list errorList
	if _, err := wire.JSON(r.Body, &list); err != nil {
		e.Message = "the body is " + bodyKind(r.Body)
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

func bodyKind(body []byte) string {
	text := strings.TrimSpace(string(body[:min(len(body), 256)]))
	switch {
	case text == "":
		return "empty"
	case strings.HasPrefix(text, "<"):
		return "an HTML or XML page"
	}
	return "no error list"
}

// requestID finds the id that Amazon's support asks for.
func requestID(h http.Header) string { return h.Get("x-amzn-RequestId") }
