package transport

import (
	"context"
	"errors"
	"time"

	"github.com/jpmall/jpmall/order"
)

func (c *Client) observe(ctx context.Context, e order.Event) {
	if c.cfg.Observer == nil {
		return
	}
	e.Mall, e.Shop = c.cfg.Mall, c.cfg.Shop
	c.cfg.Observer.Observe(ctx, e)
}

// begin tells a Tracer that a call or an attempt begins, and returns the context that goes on.
func (c *Client) begin(ctx context.Context, e order.Event) context.Context {
	t, ok := c.cfg.Observer.(order.Tracer)
	if !ok {
		return ctx
	}
	e.Mall, e.Shop = c.cfg.Mall, c.cfg.Shop
	if on := t.Begin(ctx, e); on != nil {
		return on
	}
	return ctx
}

func (x *exchange) event(kind order.EventKind, attempt int, start time.Time) order.Event {
	return order.Event{Kind: kind, Operation: x.op.Name, Method: x.op.Method, Server: x.c.base.Host, Attempt: attempt, Start: start}
}

// observeCall tells that a call ended.
func (x *exchange) observeCall(ctx context.Context, r *Response, err error) {
	if x.c.cfg.Observer == nil {
		return
	}
	e := x.event(order.EventCall, x.attempts, x.start)
	e.Duration = time.Since(x.start)
	if r != nil {
		e.HTTPStatus, e.Bytes, e.RequestID = r.Status, int64(len(r.Body)), r.RequestID
	}
	var fail *order.Error
	if errors.As(err, &fail) {
		e.Class, e.HTTPStatus, e.RequestID = fail.Class, fail.HTTPStatus, fail.RequestID
	}
	x.c.observe(ctx, e)
}

// Page tells the observer that a page of a list was read: items rows since start.
func (c *Client) Page(ctx context.Context, op Operation, items int, start time.Time) {
	if c.cfg.Observer == nil && c.cfg.Logger == nil {
		return
	}
	took := time.Since(start)
	c.observe(ctx, order.Event{Kind: order.EventPage, Operation: op.Name, Start: start, Duration: took, Items: items})
	c.logPage(ctx, op, items, took)
}

// Fallback tells the observer that another credential or a weaker mode is in use. reason is the mall's word or ours, of low
// cardinality and not secret.
func (c *Client) Fallback(ctx context.Context, op Operation, reason string) {
	c.observe(ctx, order.Event{Kind: order.EventFallback, Operation: op.Name, Start: time.Now(), Reason: reason})
	c.logFallback(ctx, op, reason)
}

func (x *exchange) observeAttempt(ctx context.Context, o outcome, begin time.Time) {
	if x.c.cfg.Observer == nil && x.c.cfg.Logger == nil {
		return
	}
	e := x.event(order.EventAttempt, x.tries, begin)
	e.Duration = time.Since(begin)
	var code string
	if o.reply != nil {
		e.HTTPStatus, e.Bytes, e.RequestID = o.reply.Status, int64(len(o.reply.Body)), o.reply.RequestID
	}
	if o.fail != nil {
		e.Class, code, e.RetryAfter = o.fail.Class, o.fail.Code, o.fail.RetryAfter
		if o.reply == nil {
			e.HTTPStatus, e.RequestID = o.fail.HTTPStatus, o.fail.RequestID
		}
	}
	x.c.observe(ctx, e)
	x.c.logAttempt(ctx, e, code)
}

func (x *exchange) observeWait(ctx context.Context, reason string, begin time.Time, took time.Duration) {
	x.c.observe(ctx, order.Event{Kind: order.EventWait, Operation: x.op.Name, Attempt: x.tries, Start: begin, Duration: took, Reason: reason})
	x.c.logWait(ctx, x.op, reason, took)
}

// rest and rested bracket the wait before the next try.
func (x *exchange) rest(wait time.Duration) { x.wait, x.waiting = wait, time.Now() }

func (x *exchange) rested(ctx context.Context) {
	if x.waiting.IsZero() {
		return
	}
	begin := x.waiting
	x.waiting = time.Time{}
	if x.wait > 0 {
		x.observeWait(ctx, "backoff", begin, time.Since(begin))
	}
}
