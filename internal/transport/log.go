package transport

import (
	"context"
	"log/slog"
	"time"

	"github.com/jpmall/jpmall/order"
)

// The fields below are all that is ever logged: no URL, no header, no body, for an order's payload is personal data. A failure
// that is returned is not logged above Debug, since whoever gets it decides; one that is retried is a warning, for nobody else
// would hear of it.
func (c *Client) log(ctx context.Context, level slog.Level, message, operation string, attrs ...slog.Attr) {
	if c.cfg.Logger == nil || !c.cfg.Logger.Enabled(ctx, level) {
		return
	}
	attrs = append([]slog.Attr{
		slog.String("mall", string(c.cfg.Mall)), slog.String("shop", c.cfg.Shop), slog.String("operation", operation),
	}, attrs...)
	c.cfg.Logger.LogAttrs(ctx, level, message, attrs...)
}

func (c *Client) logAttempt(ctx context.Context, e order.Event, code string) {
	attrs := []slog.Attr{
		slog.Int("attempt", e.Attempt), slog.Int("status", e.HTTPStatus), slog.Int64("bytes", e.Bytes), slog.Duration("duration", e.Duration),
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
	c.log(ctx, slog.LevelDebug, "waited", op.Name, slog.String("reason", reason), slog.Duration("duration", took))
}

func (c *Client) logPage(ctx context.Context, op Operation, items int, took time.Duration) {
	c.log(ctx, slog.LevelDebug, "page", op.Name, slog.Int("items", items), slog.Duration("duration", took))
}

func (c *Client) logFallback(ctx context.Context, op Operation, reason string) {
	c.log(ctx, slog.LevelWarn, "fallback", op.Name, slog.String("reason", reason))
}

func (x *exchange) logRetry(ctx context.Context, wait time.Duration) {
	f := x.last.fail
	x.c.log(ctx, slog.LevelWarn, "trying again", x.op.Name, slog.Int("attempt", x.tries), slog.Int("status", f.HTTPStatus),
		slog.String("class", f.Class.Error()), slog.String("code", f.Code), slog.Duration("wait", wait))
}
