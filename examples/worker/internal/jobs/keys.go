package jobs

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/riverqueue/river"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"

	"example.com/jpmall-worker/internal/shops"
)

// WatchKeys makes one pass of a credential.Monitor over all shops.
type WatchKeys struct{}

// Kind implements river.JobArgs.
func (WatchKeys) Kind() string { return "watch_keys" }

// InsertOpts implements river.JobArgsWithInsertOpts.
func (WatchKeys) InsertOpts() river.InsertOpts { return alone() }

type keysWorker struct {
	river.WorkerDefaults[WatchKeys]
	cfg   Config
	table shops.Table
}

func (w *keysWorker) Work(ctx context.Context, job *river.Job[WatchKeys]) error {
	store := w.cfg.Clients.Store
	probers := credential.ByShop{}
	active, err := w.table.Active(ctx)
	if err != nil {
		return err
	}
	for _, s := range active {
		// of a shop that cannot be opened its pass tells
		if client, err := w.cfg.Clients.Open(s); err == nil {
			probers[credential.ShopID{Mall: s.Mall, Shop: s.Shop}] = client
		}
	}
	monitor, err := credential.NewMonitor(credential.MonitorConfig{
		Records: credential.SourceFunc[[]credential.Record](
			func(ctx context.Context) ([]credential.Record, error) {
				return w.table.Records(ctx, store)
			}),
		Notifier: w.cfg.Notifier, Store: store, Prober: probers, Concurrency: 32,
	})
	if err != nil {
		return err
	}
	report, err := monitor.Run(ctx)
	w.cfg.Telemetry.Credentials(report)
	w.cfg.Gauges.watched.Store(job.ID)
	if _, mall := ofMall(err); mall || ctx.Err() != nil {
		return nil // told to people; the next pass asks again
	}
	return err
}

// RenewTokens renews the access tokens that end soon, so that a pass finds one that is good. Tokens
// are in the credential store, so one process renews for all.
type RenewTokens struct{}

// Kind implements river.JobArgs.
func (RenewTokens) Kind() string { return "renew_tokens" }

// InsertOpts implements river.JobArgsWithInsertOpts.
func (RenewTokens) InsertOpts() river.InsertOpts { return alone() }

type renewWorker struct {
	river.WorkerDefaults[RenewTokens]
	cfg   Config
	table shops.Table
}

// renewals is how many shops are renewed at once.
const renewals = 16

// renewEvery is shorter than the last quarter of an access token's hour, in which a client takes a
// new one in good time.
const renewEvery = 10 * time.Minute

func (w *renewWorker) Work(ctx context.Context, _ *river.Job[RenewTokens]) error {
	active, err := w.table.Active(ctx)
	if err != nil {
		return err
	}
	var all sync.WaitGroup
	defer all.Wait()
	room := make(chan struct{}, renewals)
	for _, s := range active {
		if s.Mall != order.Yahoo && s.Mall != order.Amazon { // the others have keys and no tokens
			continue
		}
		select {
		case <-ctx.Done():
			return nil // the next job goes on
		case room <- struct{}{}:
		}
		all.Go(func() {
			defer func() { <-room }()
			if err := w.renew(ctx, s); err != nil && ctx.Err() == nil {
				w.cfg.Logger.LogAttrs(ctx, slog.LevelWarn, "token",
					slog.String("mall", string(s.Mall)), slog.String("shop", s.Shop),
					slog.Any("error", err))
			}
		})
	}
	return nil
}

// renew makes the cheapest real call, for which a client takes a fresh token where the old one is
// about to end.
func (w *renewWorker) renew(ctx context.Context, s shops.Row) error {
	client, err := w.cfg.Clients.Open(s)
	if err != nil {
		return err
	}
	return client.Check(ctx)
}
