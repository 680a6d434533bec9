package oauth

import (
	"context"
	"errors"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/jpmall/jpmall/order"
)

func (s *Source) observe(ctx context.Context, err error, begin time.Time, took time.Duration) {
	event := order.Event{Kind: order.EventRefresh, Mall: s.cfg.Mall, Shop: s.cfg.Shop,
		Operation: operation, Start: begin, Duration: took}
	level, message := slog.LevelDebug, "token renewed"
	attrs := []slog.Attr{slog.String("mall", string(s.cfg.Mall)), slog.String("shop", s.cfg.Shop),
		slog.Duration("duration", took)}
	var e *order.Error
	if errors.As(err, &e) {
		event.Class, event.HTTPStatus, event.RequestID = e.Class, e.HTTPStatus, e.RequestID
		level, message = slog.LevelWarn, "token not renewed"
		attrs = append(attrs, slog.String("class", e.Class.Error()), slog.String("code", e.Code),
			slog.Int("status", e.HTTPStatus))
	}
	if s.cfg.Logger != nil {
		s.cfg.Logger.LogAttrs(ctx, level, message, attrs...)
	}
	if s.cfg.Observer != nil {
		s.cfg.Observer.Observe(ctx, event)
	}
}

// logPanic logs the stack of a panic, but not its value, which may hold anything.
func (s *Source) logPanic(ctx context.Context) {
	defer func() { _ = recover() }() // the logger itself may be what panics
	if s.cfg.Logger != nil {
		s.cfg.Logger.LogAttrs(ctx, slog.LevelError, "panic while a token was renewed",
			slog.String("mall", string(s.cfg.Mall)),
			slog.String("shop", s.cfg.Shop), slog.String("stack", string(debug.Stack())))
	}
}
