package oauth

import (
	"encoding/json"
	"strings"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

const consentHint = "a person must authorise again: the refresh token or code is over, revoked or mistyped"

// refusals are the error codes of RFC 6749 section 5.2 and those seen at Yahoo! and Amazon.
var refusals = map[string]struct {
	class order.Class
	hint  string
}{
	"invalid_grant":           {order.ErrCredentialExpired, consentHint},
	"invalid_token":           {order.ErrCredentialExpired, consentHint},
	"invalid_client":          {order.ErrUnauthorized, "check the client id and the client secret: one is wrong, or the secret has expired"},
	"unauthorized_client":     {order.ErrForbidden, "the refresh token belongs to another client id, or this client may not use the grant"},
	"access_denied":           {order.ErrForbidden, "the consent was refused"},
	"invalid_scope":           {order.ErrInvalid, "the scope is unknown or not granted to this client"},
	"invalid_request":         {order.ErrInvalid, "the token request lacks something the server wants"},
	"invalid_redirect_uri":    {order.ErrInvalid, "the redirect URI is not the registered one"},
	"unsupported_grant_type":  {order.ErrInvalid, ""},
	"server_error":            {order.ErrTemporary, ""},
	"temporarily_unavailable": {order.ErrTemporary, ""},
	"slow_down":               {order.ErrRateLimited, ""},
	"request_throttled":       {order.ErrRateLimited, ""},
}

// classify reads a token endpoint's refusal. Only a known error code is passed on: the description may repeat what was sent.
// Some servers refuse inside a 200. A refusal that names no error is not the endpoint's, whatever its status: something before it spoke.
func classify(_ transport.Operation, r *transport.Response) *order.Error {
	var body struct {
		Error string `json:"error"`
	}
	_ = json.Unmarshal(r.Body, &body) // an unreadable body leaves the status to decide
	code := strings.ToLower(strings.TrimSpace(body.Error))
	known, ok := refusals[code]
	switch {
	case r.Status >= 500 || r.Status == 429:
		if !ok {
			code = ""
		}
		return &order.Error{Class: transport.ClassOf(r.Status), Code: code}
	case ok:
		return &order.Error{Class: known.class, Code: code, Hint: known.hint}
	case code != "" && r.Status < 400:
		return &order.Error{Class: order.ErrInvalid, Message: "the server refused with an error code that is not known"}
	case r.Status >= 400 && code == "":
		return transport.Strange(transport.JSON, r)
	case r.Status == 401:
		return &order.Error{Class: order.ErrUnauthorized, Hint: refusals["invalid_client"].hint}
	case r.Status >= 400:
		return &order.Error{Class: transport.ClassOf(r.Status)}
	}
	return nil
}
