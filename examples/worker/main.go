// Worker follows thousands of shops with any number of processes, on River and PostgreSQL.
//
//	go -C examples/worker run . -demo                      a PostgreSQL of its own and twelve fake shops in which orders come and change
//	DATABASE_URL=postgres://… go -C examples/worker run .  a worker for the shops in the table shops
//	DATABASE_URL=postgres://… go -C examples/worker run . -import shops.json
//
// README.md says how it is laid out and deployed.
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

	"example.com/jpmall-worker/internal/jobs"
	"example.com/jpmall-worker/internal/server"
	"example.com/jpmall-worker/internal/shops"
	"example.com/jpmall-worker/pgstore"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "worker:", err)
		os.Exit(1)
	}
}

type options struct {
	demo, fast       bool
	shops            int
	every            time.Duration
	database, listen string
	file, labels     string
	jobs             jobs.Config
}

func parse(args []string, stderr io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("worker", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.BoolVar(&o.demo, "demo", false, "run against fake shops")
	flags.IntVar(&o.shops, "shops", 12, "how `many` fake shops")
	flags.DurationVar(&o.every, "every", 5*time.Minute, "`pause` between two passes over a shop that is imported; 5 seconds for fake shops")
	flags.StringVar(&o.database, "database", os.Getenv("DATABASE_URL"), "`URL` of the database; default $DATABASE_URL, and with -demo a temporary one")
	flags.StringVar(&o.listen, "listen", "127.0.0.1:9464", "`address` of /metrics, /healthz and /readyz; empty for none")
	flags.StringVar(&o.file, "import", "", "put the shops of this `file` (that of examples/quickstart) into the tables, and end")
	flags.StringVar(&o.labels, "labels", "", "sender, contents and phone of labels: the settings `file` of examples/labels")
	flags.BoolVar(&o.fast, "unlimited", false, "lift the malls' quotas: for fake malls only")
	flags.IntVar(&o.jobs.Concurrency, "concurrency", 50, "jobs at once in this process")
	flags.DurationVar(&o.jobs.JobTimeout, "job-timeout", 5*time.Minute, "`time` after which a job is cut off; it goes on from there")
	flags.DurationVar(&o.jobs.RescueAfter, "rescue-after", 0, "`time` after which a job counts as lost with its process; default a minute more than -job-timeout")
	flags.DurationVar(&o.jobs.Reconcile, "reconcile", 10*time.Second, "`pause` between two looks at the table of shops")
	flags.DurationVar(&o.jobs.Retry, "retry", 30*time.Second, "first `pause` after a failed pass, doubled up to an hour")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	switch {
	case flags.NArg() > 0 || o.shops < 1 || o.every <= 0 || o.jobs.Concurrency < 1:
		return o, errors.New("want no arguments but flags, -shops and -concurrency of at least 1, and an -every above zero")
	case o.database == "" && !o.demo:
		return o, errors.New("no database: set DATABASE_URL or -database, or try -demo")
	case o.demo:
		o.fast = true
		o.every = min(o.every, 5*time.Second)
		o.jobs.Reconcile, o.jobs.Retry = min(o.jobs.Reconcile, 2*time.Second), min(o.jobs.Retry, 2*time.Second)
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
		return importShops(ctx, db, o)
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
	logger := slog.New(withTrace{slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn})})
	tele, err := newTelemetry(db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tele.close()) }()
	store := pgstore.Credentials{DB: db}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 1000, 100 // shops of a mall share its host
	clients := &shops.Clients{Store: store, Observer: tele.orders, HTTP: &http.Client{Transport: transport}}
	if !o.fast {
		quotas := pgstore.NewQuotas(db, logger)
		defer quotas.Close()
		clients.Quotas = quotas
	}
	cfg := o.jobs
	cfg.DB, cfg.Clients, cfg.Telemetry, cfg.Gauges, cfg.Logger = db, clients, tele.orders, tele.gauges, logger
	cfg.Notifier = credential.LogNotifier(logger, credential.English)
	if cfg.Labels, err = labelSettings(o); err != nil {
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
