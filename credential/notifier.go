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

// Notifier tells people. Notify may be called from several goroutines at once. An error means that nobody was told: the Monitor
// reports it and tries again in its next pass.
type Notifier interface {
	Notify(ctx context.Context, n Notice) error
}

// NotifierFunc makes a Notifier of a function.
type NotifierFunc func(ctx context.Context, n Notice) error

// Notify calls f.
func (f NotifierFunc) Notify(ctx context.Context, n Notice) error { return f(ctx, n) }

// Notifiers tells all of them, also when one fails. If one fails, all are told again in the next pass: twice is better than
// never, and Notice.Key tells a receiver.
type Notifiers []Notifier

// Notify tells each in order and joins their errors. Nobody to tell is an error, too.
func (all Notifiers) Notify(ctx context.Context, n Notice) error {
	if len(all) == 0 {
		return errors.New("credential: no notifier: nobody is told")
	}
	var errs []error
	for _, one := range all {
		errs = append(errs, one.Notify(ctx, n))
	}
	return errors.Join(errs...)
}

// LogNotifier writes notices to a logger: expired at level Error, the others at Warn. The message is the title in the language;
// English unless told otherwise. A nil logger is refused when the first notice comes.
func LogNotifier(logger *slog.Logger, lang Lang) Notifier {
	return NotifierFunc(func(ctx context.Context, n Notice) error {
		if logger == nil {
			return errors.New("credential: LogNotifier without a logger: nobody is told")
		}
		level := slog.LevelWarn
		if n.Event == EventExpired {
			level = slog.LevelError
		}
		logger.LogAttrs(ctx, level, n.Title.In(lang), slog.Any("notice", n))
		return nil
	})
}

// LogValue groups the fields that a log needs.
func (n Notice) LogValue() slog.Value {
	attrs := []slog.Attr{
		slog.String("key", n.Key), slog.String("event", string(n.Event)), slog.String("mall", string(n.Mall)),
		slog.String("shop", n.Shop), slog.String("kind", string(n.Kind)), slog.String("state", n.State.String()),
	}
	if n.Name != "" {
		attrs = append(attrs, slog.String("name", n.Name))
	}
	if !n.End.IsZero() {
		attrs = append(attrs, slog.String("end", n.End.Format(time.RFC3339)), slog.Int("days_left", n.Days))
	}
	if n.Event == EventUnknown {
		attrs = append(attrs, slog.String("why", n.Why.EN))
	}
	return slog.GroupValue(append(attrs, slog.String("url", n.URL))...)
}

// WriterNotifier writes each notice as several lines of text, followed by an empty one. Whole notices are written, one at a
// time, whatever the writer.
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
