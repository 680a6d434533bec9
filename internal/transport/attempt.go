package transport

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/jpmall/jpmall/order"
)

// attempt is one try as a RoundTripper, so that the retry loop can turn it: quota -> sign -> send -> limit -> classify. Quota and
// auth are inside, hence each try waits for its own token of the bucket and carries a credential that is fresh.
type attempt struct{ x *exchange }

// errFailed tells the loop that there is no reply; what happened is in the exchange.
var errFailed = errors.New("attempt failed")

// RoundTrip runs one try and leaves its outcome in the exchange. The reply given to the loop has no body: it has been read.
func (a attempt) RoundTrip(token *http.Request) (*http.Response, error) {
	x, ctx := a.x, token.Context()
	x.tries++
	x.last = x.try(ctx)
	x.settle()
	if x.last.reply == nil {
		return nil, errFailed
	}
	return &http.Response{StatusCode: x.last.reply.Status, Header: x.last.reply.Header, Body: http.NoBody, Request: token}, nil
}

func (x *exchange) try(ctx context.Context) outcome {
	if err := ctx.Err(); err != nil {
		return outcome{fail: &order.Error{Class: order.ErrLocalLimit, Err: err}}
	}
	if fail := x.acquire(ctx); fail != nil {
		return outcome{fail: fail}
	}
	// MaxElapsed bounds an attempt too, for callers whose context and http.Client have no end of their own.
	sending, cancel := context.WithTimeout(ctx, max(x.c.cfg.Limits.MaxElapsed-x.elapsed(), time.Millisecond))
	defer cancel()
	var sent sentinel
	req, fail := x.request(sent.trace(sending))
	if fail != nil {
		if sending.Err() != nil && ctx.Err() == nil { // our limit must not pass for the caller's context
			fail = &order.Error{Class: order.ErrTemporary, Err: errors.New("no credential in time")}
		}
		return outcome{fail: fail}
	}
	o := x.send(ctx, req, &sent)
	o.req = req
	return o
}

// send does the HTTP exchange and reads the reply in bounds.
func (x *exchange) send(ctx context.Context, req *http.Request, sent *sentinel) outcome {
	begin := time.Now()
	seen := x.c.begin(req.Context(), x.event(order.EventAttempt, x.tries, begin))
	if seen != req.Context() {
		req = req.WithContext(seen)
	}
	resp, err := x.c.http.Do(req)
	if err != nil {
		o := outcome{sent: sent.maybe()}
		if o.sent {
			x.attempts++
		}
		o.fail = x.networkFailure(ctx, err, o.sent)
		x.observeAttempt(seen, o, begin)
		return o
	}
	defer resp.Body.Close()
	x.attempts++
	o := outcome{sent: true}
	reply := &Response{Status: resp.StatusCode, Header: resp.Header, sent: req}
	if x.c.cfg.RequestID != nil {
		reply.RequestID = short(x.c.cfg.RequestID(resp.Header), 200)
	}
	reply.Body, err = readBody(resp, x.c.cfg.Limits)
	reply.Duration, reply.Attempts = time.Since(begin), x.attempts
	if err != nil {
		o.fail = x.bodyFailure(ctx, err)
		o.fail.HTTPStatus, o.fail.RequestID = reply.Status, reply.RequestID
	} else {
		o.reply = reply
		o.fail = x.classify(reply, req)
		x.learn(reply, o.fail)
	}
	x.observeAttempt(seen, o, begin)
	return o
}

// settle notes whether a write may have been applied although nobody can say so.
func (x *exchange) settle() {
	o := x.last
	if o.fail == nil || !o.sent || x.retry == Read {
		return
	}
	switch o.fail.Class {
	case order.ErrTemporary, order.ErrUndecodable, order.ErrLocalLimit:
		x.lost = true
	}
	if o.reply != nil && o.reply.Status == http.StatusSeeOther {
		x.lost = true // "done, look there" is what 303 means
	}
}

func (x *exchange) elapsed() time.Duration { return time.Since(x.start) - x.queued }
