// Follow writes the orders of many shops into an SQL database and prints each that is new or changed. It can be killed at any moment
// and started again: nothing is lost, nothing is there twice.
//
//	go -C examples/follow run .                                      four fake shops in which orders come and change
//	go -C examples/follow run . -shops 12 -db /tmp/orders.db         twelve of them, into a file
//	go -C examples/follow run . -config shops.json -db orders.db     your own shops (the file of examples/quickstart)
//	go -C examples/follow run . -config shops.json -db orders.db -once
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/jpmall/jpmall/order"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "follow:", err)
		os.Exit(1)
	}
}

type options struct {
	config, db string
	shops      int
	days       int
	every      time.Duration
	once, fast bool
}

func parse(args []string, stderr io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("follow", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.config, "config", "", "follow the real shops of this `file`; without it fake shops are started")
	flags.StringVar(&o.db, "db", "", "SQLite `file` for orders and state; without it they are kept in memory")
	flags.IntVar(&o.shops, "shops", 4, "how `many` fake shops")
	flags.IntVar(&o.days, "days", 30, "how many `days` to look back when a shop is followed for the first time")
	flags.DurationVar(&o.every, "every", 0, "`pause` between two looks for new orders; default 1 minute, 2 seconds for fake shops")
	flags.BoolVar(&o.once, "once", false, "look once at every shop and end")
	flags.BoolVar(&o.fast, "unlimited", false, "lift the malls' quotas: for fake malls only")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 || o.days < 1 || o.shops < 1 || o.every < 0 {
		return o, errors.New("want no arguments but flags, -days and -shops of at least 1, and an -every that is not negative")
	}
	if o.config == "" {
		o.fast = true
		if o.every == 0 {
			o.every = 2 * time.Second
		}
	}
	return o, nil
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	o, err := parse(args, stderr)
	if err != nil {
		return err
	}
	entries, fakes, err := entriesOf(o)
	if err != nil {
		return err
	}
	defer closeFakes(fakes)
	tables, err := openTables(ctx, o.db, stdout)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tables.Close()) }()

	cfg := order.FeedConfig{Store: tables, Notify: report(stderr)}
	for i, e := range entries {
		source, err := e.open(o.fast)
		if err != nil {
			return fmt.Errorf("shops[%d]: %w", i, err)
		}
		cfg.Sources = append(cfg.Sources, order.FeedSource{Source: source, From: time.Now().AddDate(0, 0, -o.days), Every: o.every})
	}
	feed, err := order.NewFeed(cfg)
	if err != nil {
		return err
	}
	if o.once {
		return feed.Once(ctx, tables.Put)
	}
	var orders sync.WaitGroup
	defer orders.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	orders.Go(func() { stir(ctx, fakes) })
	if err := feed.Run(ctx, tables.Put); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil // somebody ended it
}

// entriesOf gives the shops to follow, and the fakes behind them if there are any.
func entriesOf(o options) ([]entry, []*fake, error) {
	if o.config != "" {
		entries, err := readConfig(o.config)
		return entries, nil, err
	}
	fakes, err := openFakes(o.shops)
	var entries []entry
	for _, f := range fakes {
		entries = append(entries, f.entry)
	}
	return entries, fakes, err
}

// report tells what a person should hear of.
func report(w io.Writer) func(context.Context, order.FeedEvent) {
	var mu sync.Mutex
	return func(_ context.Context, e order.FeedEvent) {
		if e.Kind == order.FeedCaughtUp {
			return
		}
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintf(w, "%s %s %s: %s", time.Now().Format(time.TimeOnly), e.Mall, e.Shop, e.Kind)
		if e.Order != "" {
			fmt.Fprintf(w, ", order %s", e.Order)
		}
		if e.Err != nil {
			fmt.Fprintf(w, ": %v", e.Err)
		}
		if e.Next > 0 {
			fmt.Fprintf(w, " (again in %s)", e.Next)
		}
		fmt.Fprintln(w)
	}
}
