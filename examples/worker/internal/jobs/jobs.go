// Package jobs are the River jobs of a worker: they follow shops, watch and renew keys, report
// shipments and write label files.
package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
	"github.com/jpmall/jpmall/order/otelorder"

	"example.com/jpmall-worker/internal/shops"
	"example.com/jpmall-worker/pgstore"
)

// Config is what a worker process works with.
type Config struct {
	DB        *pgxpool.Pool
	Clients   *shops.Clients
	Telemetry *otelorder.Telemetry
	Gauges    *Gauges
	Tracer    trace.Tracer        // makes a span of each job; nil makes none
	Notifier  credential.Notifier // hears what a person must do about a key
	// sender and contents; layout, account and keys are filled in
	Labels   label.Config
	Accounts map[string]label.Account // the contracts with carriers, by layout
	Logger   *slog.Logger

	Concurrency int           // jobs at once in this process; 0 is 50
	Reconcile   time.Duration // how often the table of shops is looked at; 0 is 10 s
	// the first pause after a failed look, doubled up to an hour; 0 is 30 s
	Retry time.Duration

	// JobTimeout ends a job; what a pass had acknowledged by then is kept. 0 is 5 minutes.
	// RescueAfter is when a job counts as lost with its process, and must be longer: until then its
	// shop waits. 0 is a minute more.
	JobTimeout, RescueAfter time.Duration
}

func (c Config) defaults() Config {
	if c.Tracer == nil {
		c.Tracer = noop.NewTracerProvider().Tracer("")
	}
	if c.Concurrency == 0 {
		c.Concurrency = 50
	}
	if c.Reconcile == 0 {
		c.Reconcile = 10 * time.Second
	}
	if c.Retry == 0 {
		c.Retry = 30 * time.Second
	}
	if c.JobTimeout == 0 {
		c.JobTimeout = 5 * time.Minute
	}
	if c.RescueAfter == 0 {
		c.RescueAfter = c.JobTimeout + time.Minute
	}
	return c
}

// Migrate brings River's tables and this program's up to date.
func Migrate(ctx context.Context, db *pgxpool.Pool) error {
	m, err := rivermigrate.New(riverpgxv5.New(db), nil)
	if err != nil {
		return err
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		// Several processes may come up at once: the second to come finds the work done.
		if done, check := m.Validate(ctx, nil); check != nil || !done.OK {
			return errors.Join(err, check)
		}
	}
	return pgstore.Migrate(ctx, db)
}

// New makes the River client of a worker process; Start and Stop are the caller's.
func New(cfg Config) (*river.Client[pgx.Tx], error) {
	cfg = cfg.defaults()
	if cfg.RescueAfter <= cfg.JobTimeout {
		return nil,
			errors.New(
				"jobs: RescueAfter must be longer than JobTimeout, or a job is rescued that still runs")
	}
	table := shops.Table{DB: cfg.DB}
	workers := river.NewWorkers()
	river.AddWorker(workers, &reconciler{cfg: cfg})
	river.AddWorker(workers, &passWorker{cfg: cfg, table: table})
	river.AddWorker(workers, &shipWorker{cfg: cfg, table: table})
	river.AddWorker(workers, &labelWorker{cfg: cfg, table: table})
	river.AddWorker(workers, &keysWorker{cfg: cfg, table: table})
	river.AddWorker(workers, &renewWorker{cfg: cfg, table: table})
	return river.NewClient(riverpgxv5.New(cfg.DB), &river.Config{
		Queues: map[string]river.QueueConfig{
			river.QueueDefault: {MaxWorkers: cfg.Concurrency}},
		Workers:              workers,
		Middleware:           []rivertype.Middleware{traced(cfg.Tracer)},
		Logger:               cfg.Logger,
		JobTimeout:           cfg.JobTimeout,
		RescueStuckJobsAfter: cfg.RescueAfter,
		PeriodicJobs: []*river.PeriodicJob{
			periodic(cfg.Reconcile, Reconcile{}),
			periodic(6*time.Hour, WatchKeys{}),
			periodic(renewEvery, RenewTokens{}),
		},
		CompletedJobRetentionPeriod: time.Hour,
	})
}

func periodic(every time.Duration, args river.JobArgs) *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(every),
		func() (river.JobArgs, *river.InsertOpts) { return args, nil },
		&river.PeriodicJobOpts{RunOnStart: true})
}

// traced runs each job in a span of its kind, so that its log lines and its calls can be found
// together. An error's own words may be personal and are not recorded.
func traced(tracer trace.Tracer) river.WorkerMiddlewareFunc {
	return func(
		ctx context.Context, job *rivertype.JobRow, work func(context.Context) error,
	) error {
		ctx, span := tracer.Start(ctx, "jpmall."+job.Kind,
			trace.WithSpanKind(trace.SpanKindConsumer))
		defer span.End()
		var of ShopPass // the arguments of all jobs for one shop; other jobs have none
		if err := json.Unmarshal(job.EncodedArgs, &of); err == nil && of.Shop != "" {
			span.SetAttributes(otelorder.MallKey.String(string(of.Mall)),
				otelorder.ShopKey.String(of.Shop))
		}
		err := work(ctx)
		if err != nil && !errors.Is(err, &river.JobSnoozeError{}) {
			span.SetStatus(codes.Error, "the job failed")
		}
		return err
	}
}

// alone makes a job the only one of its arguments that is under way. River's default counts
// completed ones, too, and would not start a shop again that was paused for an hour.
func alone() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true,
		ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
			rivertype.JobStateScheduled, rivertype.JobStateRetryable,
		}}}
}

// jitter spreads a pause by a tenth to both sides.
func jitter(d time.Duration) time.Duration {
	return d + time.Duration((rand.Float64()-0.5)/5*float64(d))
}

// ofMall reports whether an error is the mall's or the shop's own, and none of the database: it is
// waited out, and costs no attempt.
func ofMall(err error) (*order.Error, bool) {
	var mall *order.Error
	ok := errors.As(err, &mall)
	return mall, ok
}
