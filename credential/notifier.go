package credential

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"
)

// Notifier sends notices to people. Notify must be safe for concurrent use. An error means that
// nobody was notified: the Monitor reports it and tries again in its next pass.
type Notifier interface {
	Notify(ctx context.Context, n Notice) error
}

// NotifierFunc is a function that implements Notifier.
type NotifierFunc func(ctx context.Context, n Notice) error

// Notify calls f.
func (f NotifierFunc) Notify(ctx context.Context, n Notice) error { return f(ctx, n) }

// Notifiers notifies each of several, even when one fails. If one fails, all are notified again in
// the next pass; receivers recognise that by [Notice.Key].
type Notifiers []Notifier

// Notify calls each in order and joins their errors. An empty Notifiers returns an error.
func (all Notifiers) Notify(ctx context.Context, n Notice) error {
	if len(all) == 0 {
		return errors.New("credential: no notifier")
	}
	var errs []error
	for _, one := range all {
		errs = append(errs, one.Notify(ctx, n))
	}
	return errors.Join(errs...)
}

// LogNotifier returns a Notifier that writes to a logger: expired at level Error, the others at
// Warn. The message is the title in lang, English by default. With a nil logger, Notify returns an
// error.
func LogNotifier(logger *slog.Logger, lang Lang) Notifier {
	return NotifierFunc(func(ctx context.Context, n Notice) error {
		if logger == nil {
			return errors.New("credential: LogNotifier has no logger")
		}
		level := slog.LevelWarn
		if n.Event == EventExpired {
			level = slog.LevelError
		}
		logger.LogAttrs(ctx, level, n.Title.In(lang), slog.Any("notice", n))
		return nil
	})
}

// LogValue returns the main fields as a group.
func (n Notice) LogValue() slog.Value {
	attrs := []slog.Attr{
		slog.String("key", n.Key), slog.String("event", string(n.Event)),
		slog.String("mall", string(n.Mall)),
		slog.String("shop", n.Shop), slog.String("kind", string(n.Kind)),
		slog.String("state", n.State.String()),
	}
	if n.Name != "" {
		attrs = append(attrs, slog.String("name", n.Name))
	}
	if !n.End.IsZero() {
		attrs = append(attrs, slog.String("end", n.End.Format(time.RFC3339)),
			slog.Int("days_left", n.Days))
	}
	if n.Event == EventUnknown {
		attrs = append(attrs, slog.String("why", n.Why.EN))
	}
	return slog.GroupValue(append(attrs, slog.String("url", n.URL))...)
}

// WriterNotifier returns a Notifier that writes each notice as several lines of text, followed by
// an empty one. It writes one notice at a time, so w need not be safe for concurrent use.
func WriterNotifier(w io.Writer, lang Lang) Notifier {
	var mu sync.Mutex
	return NotifierFunc(func(ctx context.Context, n Notice) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		if _, err := io.WriteString(w, n.Text(lang)+"\n"); err != nil {
			return fmt.Errorf("credential: writing a notice: %w", err)
		}
		return nil
	})
}
