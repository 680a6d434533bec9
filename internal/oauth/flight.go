package oauth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/jpmall/jpmall/order"
)

// flight is one refresh under way. token and err are set before done is closed and not after.
type flight struct {
	done   chan struct{}
	cancel context.CancelFunc
	token  held
	err    error
}

// start begins a refresh that no caller can end. It keeps the values of ctx, for a caller's Source or Save that needs them, but
// not its end. The caller holds the lock.
func (s *Source) start(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), timeout)
	f := &flight{done: make(chan struct{}), cancel: cancel}
	s.flight = f
	go s.fly(ctx, f)
}

// fly runs a refresh to its end, whatever the caller's functions do in it: a panic and even runtime.Goexit become an error for
// those who wait.
func (s *Source) fly(ctx context.Context, f *flight) {
	begin := time.Now()
	finished := false
	s.adopted = false
	defer f.cancel()
	defer func() {
		if p := recover(); p != nil || !finished {
			s.logPanic(ctx)
			f.token, f.err = held{}, s.complete(fmt.Errorf("a function of the config panicked (%T)", p))
		}
		s.land(ctx, f, begin)
	}()
	token, err := s.renew(ctx)
	if err != nil {
		f.err = s.complete(err)
	} else {
		f.token = token
	}
	finished = true
}

// land makes the outcome known: first to the Source, then to those who wait, then to the observer, whose own panic harms nobody.
func (s *Source) land(ctx context.Context, f *flight, begin time.Time) {
	now := time.Now()
	s.mu.Lock()
	s.flight = nil
	if f.err != nil {
		s.failed, s.until = f.err, now.Add(pause)
	} else {
		s.failed, s.until = nil, time.Time{}
		s.keep(f.token, now)
		if s.adopted { // it is older than it looks: a refusal counts at once
			s.obtained = time.Time{}
		}
	}
	s.mu.Unlock()
	s.observe(ctx, f.err, begin, now.Sub(begin))
	close(f.done)
}

// complete makes an *order.Error of any failure of a refresh and names the shop in it. A context error in it is the refresh's own,
// by Timeout or Close; to a caller, whose context is another, it would be a lie.
func (s *Source) complete(err error) error {
	e := &order.Error{Class: order.ErrTemporary, Err: err, Hint: "the access token could not be renewed"}
	var known *order.Error
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		e.Err = fmt.Errorf("no token within %s", timeout)
	case errors.Is(err, context.Canceled):
		e.Err = errors.New("the token source was closed")
	case errors.As(err, &known):
		c := *known
		e = &c
	}
	e.Mall, e.Shop, e.Operation = s.cfg.Mall, s.cfg.Shop, operation
	return e
}

func (s *Source) observe(ctx context.Context, err error, begin time.Time, took time.Duration) {
	event := order.Event{Kind: order.EventRefresh, Mall: s.cfg.Mall, Shop: s.cfg.Shop, Operation: operation, Start: begin, Duration: took}
	level, message := slog.LevelDebug, "token renewed"
	attrs := []slog.Attr{slog.String("mall", string(s.cfg.Mall)), slog.String("shop", s.cfg.Shop), slog.Duration("duration", took)}
	var e *order.Error
	if errors.As(err, &e) {
		event.Class, event.HTTPStatus, event.RequestID = e.Class, e.HTTPStatus, e.RequestID
		level, message = slog.LevelWarn, "token not renewed"
		attrs = append(attrs, slog.String("class", e.Class.Error()), slog.String("code", e.Code), slog.Int("status", e.HTTPStatus))
	}
	if s.cfg.Logger != nil {
		s.cfg.Logger.LogAttrs(ctx, level, message, attrs...)
	}
	if s.cfg.Observer != nil {
		s.cfg.Observer.Observe(ctx, event)
	}
}

// logPanic leaves the place of a panic in the log. The panic's value stays out of it: it may hold anything.
func (s *Source) logPanic(ctx context.Context) {
	if s.cfg.Logger != nil {
		s.cfg.Logger.LogAttrs(ctx, slog.LevelError, "panic while a token was renewed", slog.String("mall", string(s.cfg.Mall)),
			slog.String("shop", s.cfg.Shop), slog.String("stack", string(debug.Stack())))
	}
}
