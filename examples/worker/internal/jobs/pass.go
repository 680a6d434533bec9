package jobs

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/riverqueue/river"

	"github.com/jpmall/jpmall/order"

	"example.com/jpmall-worker/internal/shops"
	"example.com/jpmall-worker/pgstore"
)

// ShopPass looks for a shop's new orders and does what else is due, for ever: it is snoozed and
// never ends while the shop is active.
type ShopPass struct {
	Mall order.Mall `json:"mall"`
	Shop string     `json:"shop"`
}

// Kind implements river.JobArgs.
func (ShopPass) Kind() string { return "shop_pass" }

// InsertOpts implements river.JobArgsWithInsertOpts.
func (ShopPass) InsertOpts() river.InsertOpts { return alone() }

type passWorker struct {
	river.WorkerDefaults[ShopPass]
	cfg   Config
	table shops.Table
	feeds feeds
}

func (w *passWorker) Work(ctx context.Context, job *river.Job[ShopPass]) error {
	s, active, err := w.table.Get(ctx, job.Args.Mall, job.Args.Shop)
	if err != nil {
		return err
	}
	if !active { // the reconciler makes a new job when it is active again
		w.feeds.drop(job.Args)
		return nil
	}
	began := time.Now()
	st, looked, err := w.pass(ctx, s)
	if cutOff(ctx, err) {
		if !looked {
			w.cfg.Gauges.passed(ctx, s, time.Since(began), err)
			return river.JobSnooze(jitter(w.cfg.Retry))
		}
		// It read all the time: what is left of its looks the next one does.
		w.cfg.Gauges.passed(ctx, s, time.Since(began), nil)
		note, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		if err := w.table.Looked(note, st, "", false); err != nil {
			return err
		}
		return river.JobSnooze(time.Second)
	}
	w.cfg.Gauges.passed(ctx, s, time.Since(began), err)
	pause, left := w.pause(s, err)
	if left != nil {
		return left
	}
	mall, failed := ofMall(err)
	problem := ""
	if failed {
		problem = mall.Error() // nothing secret, nothing personal
	}
	parked := failed && dead(err)
	if err := w.table.Looked(ctx, st, problem, parked); err != nil {
		return err
	}
	return river.JobSnooze(pause)
}

// pause says how long to wait for the next pass, or which error is River's to retry.
func (w *passWorker) pause(s shops.Row, err error) (time.Duration, error) {
	switch mall, failed := ofMall(err); {
	case err == nil:
		return jitter(s.Every), nil
	case errors.Is(err, order.ErrFeedConflict): // another process was faster: its state counts
		return jitter(s.Every), nil
	case !failed:
		return 0, err
	case dead(err): // until somebody has renewed the key
		return jitter(max(s.Every, 10*w.cfg.Retry)), nil
	default:
		wait := min(w.cfg.Retry<<min(s.Failures, 10), time.Hour)
		return jitter(max(wait, mall.RetryAfter)), nil
	}
}

// cutOff reports whether a pass was ended by its job's time, which is over or too short to wait for
// the quota's next place, or by the end of the process. Neither is the mall's fault: what was read
// is kept, and the next pass goes on from there.
func cutOff(ctx context.Context, err error) bool {
	return ctx.Err() != nil || errors.Is(err, order.ErrLocalLimit) &&
		errors.Is(err, context.DeadlineExceeded)
}

// dead reports whether a shop's credential is over, which no retry mends.
func dead(err error) bool {
	return errors.Is(err, order.ErrUnauthorized) || errors.Is(err, order.ErrCredentialExpired) ||
		errors.Is(err, order.ErrForbidden)
}

// pass does what is due. It returns how the shop stands then, and whether it looked for new orders,
// which it may have done when it failed later.
func (w *passWorker) pass(
	ctx context.Context, s shops.Row,
) (st order.FeedStatus, looked bool, err error) {
	st = order.FeedStatus{Mall: s.Mall, Shop: s.Shop}
	client, err := w.cfg.Clients.Open(s)
	if err != nil {
		return st, false, &order.Error{Class: order.ErrInvalid, Mall: s.Mall, Shop: s.Shop,
			Message: err.Error(), Hint: order.Text{EN: "mend its row or its keys",
				JA: "設定の行またはキーを修正してください"}}
	}
	f, err := w.feeds.take(ctx, w.cfg, s, client)
	if err != nil {
		return st, false, err
	}
	began := time.Now()
	err = f.feed.Due(ctx, w.cfg.Telemetry.Handler(f.ends.Put))
	if err == nil {
		w.feeds.put(s, f)
	}
	st = f.feed.Status()[0]
	return st, st.Loaded && st.New <= time.Since(began), err
}

// feeds keeps the feeds of shops that this process had last, so that a pass need not read their
// state again. Where another process had the shop in between, or a pass failed, a feed is made
// anew.
type feeds struct {
	mu   sync.Mutex
	kept map[order.Ref]*kept
}

type kept struct {
	feed   *order.Feed
	ends   *pgstore.ShopFeed
	client shops.Client
}

// keptFeeds bounds the memory of a process: about 150 bytes for each order in a shop's window.
const keptFeeds = 2000

func (f *feeds) take(
	ctx context.Context, cfg Config, s shops.Row, client shops.Client,
) (*kept, error) {
	name := order.Ref{Mall: s.Mall, Shop: s.Shop}
	f.mu.Lock()
	k := f.kept[name]
	delete(f.kept, name)
	f.mu.Unlock()
	if k != nil && k.client == client {
		current, err := k.ends.Current(ctx)
		if err != nil || current {
			return k, err
		}
	}
	k = &kept{ends: pgstore.NewShopFeed(cfg.DB, s.Mall, s.Shop), client: client}
	var err error
	k.feed, err = order.NewFeed(order.FeedConfig{
		Store:   k.ends,
		Sources: []order.FeedSource{{Source: client, From: s.Since, Every: s.Every}},
		Notify: func(ctx context.Context, e order.FeedEvent) {
			cfg.Telemetry.FeedEvent(ctx, e)
			if e.Kind != order.FeedCaughtUp {
				cfg.Logger.LogAttrs(ctx, slog.LevelWarn, "feed",
					slog.String("mall", string(e.Mall)), slog.String("shop", e.Shop),
					slog.String("kind", string(e.Kind)), slog.Any("error", e.Err))
			}
		},
	})
	return k, err
}

func (f *feeds) put(s shops.Row, k *kept) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.kept == nil {
		f.kept = map[order.Ref]*kept{}
	}
	for name := range f.kept { // any one makes room
		if len(f.kept) < keptFeeds {
			break
		}
		delete(f.kept, name)
	}
	f.kept[order.Ref{Mall: s.Mall, Shop: s.Shop}] = k
}

func (f *feeds) drop(args ShopPass) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.kept, order.Ref{Mall: args.Mall, Shop: args.Shop})
}
