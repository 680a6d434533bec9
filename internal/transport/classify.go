package transport

import (
	"net/http"

	"github.com/jpmall/jpmall/order"
)

// classify asks the mall's rules, holds what they let pass against the documented answer, and fills what they leave open. req is the
// request that was answered.
func (x *exchange) classify(r *Response, req *http.Request) *order.Error {
	c := x.c
	var fail *order.Error
	if c.cfg.Classify != nil {
		fail = c.cfg.Classify(x.op, r)
	}
	redirected := r.Status >= 300 && r.Status < 400
	if fail == nil && r.Status < 300 {
		if fail = x.answered(r); fail == nil {
			return nil
		}
	}
	own := order.Error{}
	if fail != nil {
		own = *fail // the mall may have returned a shared value
	}
	fail = &own
	switch {
	case redirected && fail.Class != order.ErrMaintenance:
		fail.Class, fail.Message = order.ErrInvalid, ""
		fail.Hint = "the server redirects to " + redirectsTo(r.Header) + " and this is not followed: check BaseURL"
	case fail.Class == 0:
		fail.Class = ClassOf(r.Status)
	}
	if fail.Hint == "" {
		fail.Hint = hints[fail.Class]
	}
	if fail.HTTPStatus == 0 {
		fail.HTTPStatus = r.Status
	}
	if fail.RequestID == "" {
		fail.RequestID = r.RequestID
	}
	if fail.RetryAfter <= 0 {
		fail.RetryAfter = retryAfter(r.Header)
	}
	fail.RetryAfter = min(fail.RetryAfter, LongestRetryAfter)
	c.scrub(fail, req)
	return fail
}

// hints say what to look at next where the mall's own table does not know it better.
var hints = map[order.Class]string{
	order.ErrUnauthorized:      "check the keys of this shop: copied whole, of this shop, not over",
	order.ErrCredentialExpired: "renew the credential of this shop",
	order.ErrForbidden:         "the key is known, but may not do this: check its functions or roles, and that this machine's address is registered",
	order.ErrNotFound:          "check the number, and that the order belongs to this shop",
	order.ErrInvalid:           "read the mall's words; nothing was changed",
	order.ErrConflict:          "read the order: its state does not allow this",
	order.ErrRateLimited:       "wait; if it goes on, look for another program that uses the same key",
	order.ErrMaintenance:       "try again after the maintenance",
	order.ErrTemporary:         "the mall, or what stands before it, is in trouble: try again later",
	order.ErrUndecodable:       answerHint,
	order.ErrLocalLimit:        "raise the limit, or ask for less at once",
}

// ClassOf is what a status means when the mall does not say more. A status below 400 that counts as a failure gives
// ErrUndecodable.
func ClassOf(status int) order.Class {
	switch status {
	case http.StatusUnauthorized:
		return order.ErrUnauthorized
	case http.StatusForbidden, http.StatusProxyAuthRequired:
		return order.ErrForbidden
	case http.StatusNotFound, http.StatusGone:
		return order.ErrNotFound
	case http.StatusConflict, http.StatusPreconditionFailed, http.StatusLocked:
		return order.ErrConflict
	case http.StatusTooManyRequests:
		return order.ErrRateLimited
	case http.StatusRequestTimeout, http.StatusTooEarly:
		return order.ErrTemporary
	}
	switch {
	case status >= 500:
		return order.ErrTemporary
	case status >= 400:
		return order.ErrInvalid
	}
	return order.ErrUndecodable
}
