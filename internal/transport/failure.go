package transport

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jpmall/jpmall/order"
)

const lostHint = "the answer was lost and the write may have been applied: read the order before sending it again"

// lostError marks the failure of a write whose outcome nobody knows.
type lostError struct{ cause error }

func (e *lostError) Error() string {
	if e.cause == nil {
		return "outcome unknown"
	}
	return "outcome unknown: " + e.cause.Error()
}
func (e *lostError) Unwrap() error { return e.cause }

// Unsettled tells whether err is the failure of a write that may have been applied nevertheless: an attempt was sent and no
// answer came that says how it ended. It is never true for a read.
func Unsettled(err error) bool {
	var lost *lostError
	return errors.As(err, &lost)
}

// failure makes the error of the whole call out of the last try's.
func (x *exchange) failure(ctx context.Context) (*Response, error) {
	f := x.last.fail
	if f == nil { // the loop ended without a try, which only a done context does
		f = &order.Error{Class: order.ErrLocalLimit}
	}
	e := x.complete(f)
	if e.Hint == "" && x.last.reply == nil {
		e.Hint = "no answer came: check the network and BaseURL, and try again later"
		if e.Class == order.ErrLocalLimit {
			e.Hint = "the caller's context, or a limit of this client, ended the call"
		}
	}
	if done := ctx.Err(); done != nil && !errors.Is(e.Err, done) {
		e.Err = also(done, e.Err)
	}
	if x.lost {
		e.Err = &lostError{e.Err}
		e.Hint = join(e.Hint, lostHint)
	}
	if x.last.reply != nil {
		x.last.reply.Attempts = x.attempts
	}
	return x.last.reply, e
}

// complete copies a failure and fills in what the transport knows. An operation that it names already is the one that failed: that of
// the token endpoint, of which this call only wanted a token.
func (x *exchange) complete(f *order.Error) *order.Error {
	e := *f
	e.Mall, e.Shop, e.Operation, e.Attempts = x.c.cfg.Mall, x.c.cfg.Shop, cmp.Or(f.Operation, x.op.Name), x.attempts
	if e.Order == "" {
		e.Order = x.call.Order
	}
	return &e
}

// networkFailure is an exchange without a reply. When the caller's own context ended it, that is a limit of the caller's, except
// for a write on its way: there the lost answer counts.
func (x *exchange) networkFailure(ctx context.Context, err error, sent bool) *order.Error {
	fail := &order.Error{Class: order.ErrTemporary, Err: Cause(ctx, err)}
	switch {
	case ctx.Err() != nil && (x.retry == Read || !sent):
		fail.Class = order.ErrLocalLimit
	case untrusted(err):
		fail.Class = order.ErrInvalid
		fail.Hint = "the server's TLS certificate is not trusted: check BaseURL, the proxy or HTTPClient"
	}
	return fail
}

func (x *exchange) bodyFailure(ctx context.Context, err error) *order.Error {
	if errors.Is(err, errTooLarge) {
		return &order.Error{Class: order.ErrLocalLimit, Err: errTooLarge}
	}
	fail := x.networkFailure(ctx, err, true)
	if ctx.Err() == nil {
		fail.Err = also(errors.New("the reply broke off"), fail.Err)
	}
	return fail
}

// signFailure is a credential that could not be had. Nothing was sent.
func signFailure(ctx context.Context, err error) *order.Error {
	var own *order.Error
	if errors.As(err, &own) {
		fail := *own
		if !strings.Contains(fail.Hint, UnsentHint) {
			fail.Hint = join(fail.Hint, UnsentHint)
		}
		return &fail
	}
	if done := ctx.Err(); done != nil && errors.Is(err, done) {
		return &order.Error{Class: order.ErrLocalLimit, Err: done}
	}
	return &order.Error{Class: order.ErrUnauthorized, Err: err, Hint: "the request could not be signed; nothing was sent"}
}

// scrub bounds what came from the mall and takes out credentials that it echoes: whatever Sign put into the request's headers.
func (c *Client) scrub(e *order.Error, req *http.Request) {
	e.Code, e.Message = redact(short(e.Code, 100), req), redact(short(e.Message, 500), req)
}

// Redact takes what the request's headers held out of words of the mall, for errors that a mall's client makes of parts of a reply.
func (r *Response) Redact(text string) string { return redact(text, r.sent) }

func redact(text string, req *http.Request) string {
	if req == nil || text == "" {
		return text
	}
	for name, values := range req.Header {
		if name == "Content-Type" || name == "User-Agent" || name == "Accept" {
			continue
		}
		for _, value := range values {
			for secret := range strings.FieldsSeq(value) {
				if len(secret) >= 8 {
					text = strings.ReplaceAll(text, secret, "[redacted]")
				}
			}
		}
	}
	return text
}

// short makes one bounded line of a text from outside.
func short(s string, limit int) string {
	s = strings.ToValidUTF8(s, "�")
	if utf8.RuneCountInString(s) > limit {
		s = string([]rune(s)[:limit]) + "…"
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s))
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// both is two errors on one line; errors.Is finds either.
type both struct{ first, second error }

func also(first, second error) error {
	if second == nil {
		return first
	}
	return both{first, second}
}

func (b both) Error() string   { return b.first.Error() + ": " + b.second.Error() }
func (b both) Unwrap() []error { return []error{b.first, b.second} }
