package transport

import (
	"context"
	"errors"
	"log/slog"
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

// begin calls the Tracer at the start of a call or attempt, and returns its context.
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
	return order.Event{Kind: kind, Operation: x.op.Name, Method: x.op.Method, Server: x.c.base.Host,
		Attempt: attempt, Start: start}
}

// observeCall reports the end of a call.
func (x *exchange) observeCall(ctx context.Context, r *Response, err error) {
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

// Page reports that a page of a list was read: items rows since start.
func (c *Client) Page(ctx context.Context, op Operation, items int, start time.Time) {
	if c.cfg.Observer == nil && c.cfg.Logger == nil {
		return
	}
	took := time.Since(start)
	c.observe(ctx, order.Event{Kind: order.EventPage, Operation: op.Name, Start: start,
		Duration: took, Items: items})
	c.logPage(ctx, op, items, took)
}

// Fallback reports that another credential or a weaker mode is in use. reason is a word of low
// cardinality, the mall's or ours, and not secret.
func (c *Client) Fallback(ctx context.Context, op Operation, reason string) {
	c.observe(ctx, order.Event{Kind: order.EventFallback, Operation: op.Name, Start: time.Now(),
		Reason: reason})
	c.logFallback(ctx, op, reason)
}

func (x *exchange) observeAttempt(ctx context.Context, o outcome, begin time.Time) {
	e := x.event(order.EventAttempt, x.tries, begin)
	e.Duration = time.Since(begin)
	var code string
	if o.reply != nil {
		e.HTTPStatus = o.reply.Status
		e.Bytes = int64(len(o.reply.Body))
		e.RequestID = o.reply.RequestID
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

func (x *exchange) observeWait(
	ctx context.Context, reason string, begin time.Time, took time.Duration,
) {
	x.c.observe(ctx, order.Event{Kind: order.EventWait, Operation: x.op.Name, Attempt: x.tries,
		Start: begin, Duration: took, Reason: reason})
	x.c.logWait(ctx, x.op, reason, took)
}

// log writes a log line. The fields of its callers are all that is ever logged: no URL, header or
// body, since orders hold personal data. A failure that is returned is logged at Debug only, since
// its receiver decides; one that is retried is a warning.
func (c *Client) log(
	ctx context.Context, level slog.Level, message, operation string, attrs ...slog.Attr,
) {
	if c.cfg.Logger == nil || !c.cfg.Logger.Enabled(ctx, level) {
		return
	}
	attrs = append([]slog.Attr{
		slog.String("mall", string(c.cfg.Mall)), slog.String("shop", c.cfg.Shop),
		slog.String("operation", operation),
	}, attrs...)
	c.cfg.Logger.LogAttrs(ctx, level, message, attrs...)
}

func (c *Client) logAttempt(ctx context.Context, e order.Event, code string) {
	attrs := []slog.Attr{
		slog.Int("attempt", e.Attempt), slog.Int("status", e.HTTPStatus),
		slog.Int64("bytes", e.Bytes), slog.Duration("duration", e.Duration),
	}
	if e.RequestID != "" {
		attrs = append(attrs, slog.String("request_id", e.RequestID))
	}
	if e.Class != 0 {
		attrs = append(attrs, slog.String("class", e.Class.Error()), slog.String("code", code))
	}
	c.log(ctx, slog.LevelDebug, "attempt", e.Operation, attrs...)
}

func (c *Client) logWait(ctx context.Context, op Operation, reason string, took time.Duration) {
	c.log(ctx, slog.LevelDebug, "waited", op.Name, slog.String("reason", reason),
		slog.Duration("duration", took))
}

func (c *Client) logPage(ctx context.Context, op Operation, items int, took time.Duration) {
	c.log(ctx, slog.LevelDebug, "page", op.Name, slog.Int("items", items),
		slog.Duration("duration", took))
}

func (c *Client) logFallback(ctx context.Context, op Operation, reason string) {
	c.log(ctx, slog.LevelWarn, "fallback", op.Name, slog.String("reason", reason))
}

func (c *Client) logDrift(ctx context.Context, e order.Event) {
	attrs := []slog.Attr{slog.String("kind", string(e.Drift))}
	if e.Path != "" {
		attrs = append(attrs, slog.String("path", e.Path))
	}
	if e.Assumption != "" {
		attrs = append(attrs, slog.String("assumption", e.Assumption))
	}
	c.log(ctx, slog.LevelWarn, "drift", e.Operation, attrs...)
}

func (x *exchange) logRetry(ctx context.Context, wait time.Duration) {
	f := x.last.fail
	attrs := []slog.Attr{
		slog.Int("attempt", x.tries), slog.Int("status", f.HTTPStatus),
		slog.String("class", f.Class.Error()), slog.String("code", f.Code),
	}
	// only in our own words: any other error may quote a request or a reply
	if why := (*cause)(nil); errors.As(f.Err, &why) {
		attrs = append(attrs, slog.String("cause", why.text))
	}
	x.c.log(ctx, slog.LevelWarn, "trying again", x.op.Name,
		append(attrs, slog.Duration("wait", wait))...)
}
