// Worker follows thousands of shops with any number of processes, on River and PostgreSQL.
//
//	go -C examples/worker run . -demo                      a temporary PostgreSQL and twelve fake shops whose orders keep changing
//	DATABASE_URL=postgres://… go -C examples/worker run .  a worker for the shops in the table shops
//	DATABASE_URL=postgres://… go -C examples/worker run . -import shops.json
//
// README.md describes its layout and deployment.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order/otelorder"

	"example.com/jpmall-worker/internal/jobs"
	"example.com/jpmall-worker/internal/server"
	"example.com/jpmall-worker/internal/shops"
	"example.com/jpmall-worker/pgstore"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil &&
		!errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "worker:", err)
		os.Exit(1)
	}
}

type options struct {
	demo, fast       bool
	shops            int
	every, pace      time.Duration
	database, listen string
	file, labels     string
	jobs             jobs.Config
}

func parse(args []string, stderr io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("worker", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.BoolVar(&o.demo, "demo", false, "run against fake shops")
	flags.IntVar(&o.shops, "shops", 12, "how `many` fake shops")
	flags.DurationVar(&o.every, "every", 5*time.Minute,
		"`interval` of the passes over an imported shop; 5 seconds for fake shops")
	flags.StringVar(&o.database, "database", os.Getenv("DATABASE_URL"),
		"`URL` of the database; by default $DATABASE_URL, or with -demo a temporary one")
	flags.StringVar(&o.listen, "listen", "127.0.0.1:9464",
		"`address` of /metrics, /healthz and /readyz; empty means none")
	flags.StringVar(&o.file, "import", "",
		"write the shops of this `file` (that of examples/quickstart) to the tables, and exit")
	flags.StringVar(&o.labels, "labels", "",
		"`file` with sender, contents, phone and accounts for labels, as for examples/labels")
	flags.DurationVar(&o.pace, "pace", shops.Pace,
		"`interval` between calls where a mall allows one a second; increase it if the network to the mall is uneven")
	flags.BoolVar(&o.fast, "unlimited", false, "turn the malls' quotas off; for fake malls only")
	flags.IntVar(&o.jobs.Concurrency, "concurrency", 50, "jobs at once in this process")
	flags.DurationVar(&o.jobs.JobTimeout, "job-timeout", 5*time.Minute,
		"`time` after which a job is cut off; the next one resumes there")
	flags.DurationVar(&o.jobs.RescueAfter, "rescue-after", 0,
		"`time` after which a job is taken for lost with its process; by default a minute more than -job-timeout")
	flags.DurationVar(&o.jobs.Reconcile, "reconcile", 10*time.Second,
		"`interval` at which to read the table of shops")
	flags.DurationVar(&o.jobs.Retry, "retry", 30*time.Second,
		"first `pause` after a failed pass, doubled up to an hour")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	switch {
	case flags.NArg() > 0 || o.shops < 1 || o.every <= 0 || o.pace < time.Second ||
		o.jobs.Concurrency < 1:
		return o,
			errors.New(
				"want no arguments but flags, -shops and -concurrency of at least 1, -pace of at least a second, and an -every above zero")
	case o.database == "" && !o.demo:
		return o, errors.New("no database: set DATABASE_URL or -database, or try -demo")
	case o.demo:
		o.every = min(o.every, 5*time.Second)
		o.jobs.Reconcile = min(o.jobs.Reconcile, 2*time.Second)
		o.jobs.Retry = min(o.jobs.Retry, 2*time.Second)
	}
	return o, nil
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	o, err := parse(args, stderr)
	if err != nil {
		return err
	}
	if o.database == "" {
		own, err := server.Start(ctx)
		if err != nil {
			return err
		}
		defer func() { _ = own.Stop() }()
		o.database = own.URL
		fmt.Fprintln(stdout, "database", own.URL)
	}
	db, err := pgxpool.New(ctx, o.database)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := jobs.Migrate(ctx, db); err != nil {
		return err
	}
	if o.file != "" {
		n, err := importShops(ctx, db, o)
		if err == nil {
			fmt.Fprintf(stdout, "%d shops are in the tables\n", n)
		}
		return err
	}
	if o.demo {
		end, err := startDemo(ctx, db, o, stdout)
		if err != nil {
			return err
		}
		defer end()
	}
	return work(ctx, db, o, stdout, stderr)
}

// work runs a worker until ctx ends, and then lets its jobs end.
func work(ctx context.Context, db *pgxpool.Pool, o options, stdout, stderr io.Writer) (err error) {
	logger := slog.New(withTrace{slog.NewTextHandler(stderr,
		&slog.HandlerOptions{Level: slog.LevelWarn})})
	tele, err := newTelemetry(db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tele.close()) }()
	store := pgstore.Credentials{DB: db}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	// shops of a mall share its host
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 1000, 100
	clients := &shops.Clients{Store: store, Pace: o.pace, Observer: tele.orders,
		Logger: logger,
		HTTP:   &http.Client{Transport: otelorder.Transport(transport)}}
	if !o.fast {
		quotas := pgstore.NewQuotas(db, logger)
		defer quotas.Close()
		clients.Quotas = quotas
	}
	cfg := o.jobs
	cfg.DB = db
	cfg.Clients = clients
	cfg.Telemetry = tele.orders
	cfg.Gauges = tele.gauges
	cfg.Tracer = tele.traces.Tracer(scope)
	cfg.Logger = logger
	cfg.Notifier = credential.LogNotifier(logger, credential.English)
	if cfg.Labels, cfg.Accounts, err = labelSettings(o); err != nil {
		return err
	}
	client, err := jobs.New(cfg)
	if err != nil {
		return err
	}
	var serving sync.WaitGroup
	defer serving.Wait()
	if o.listen != "" {
		end, address, err := serve(&serving, o.listen, tele.handler, db, client.Stopped())
		if err != nil {
			return err
		}
		defer end()
		fmt.Fprintf(stdout, "metrics http://%s/metrics\n", address)
	}
	// The client's own context goes on when ctx ends, so that jobs under way can end.
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	fmt.Fprintln(stdout, "working")
	<-ctx.Done()
	gently, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	if err := client.Stop(gently); err == nil {
		return nil
	}
	hard, cancelHard := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancelHard()
	return client.StopAndCancel(hard)
}
