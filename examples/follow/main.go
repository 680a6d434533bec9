// Follow writes the orders of many shops to an SQL database and prints each one that is new or has
// changed. It can be killed at any moment and started again: nothing is lost, and nothing is stored
// twice.
//
//	go -C examples/follow run .                                      four fake shops whose orders keep changing
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

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil &&
		!errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "follow:", err)
		os.Exit(1)
	}
}

type options struct {
	config, db string
	shops      int
	days       int
	every      time.Duration
	once       bool
}

func parse(args []string, stderr io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("follow", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.config, "config", "",
		"use the shops of this `file` instead of fake ones")
	flags.StringVar(&o.db, "db", "",
		"SQLite `file` for orders and state; by default they are kept in memory")
	flags.IntVar(&o.shops, "shops", 4, "how `many` fake shops")
	flags.IntVar(&o.days, "days", 30,
		"how many `days` to look back when a shop is followed for the first time")
	flags.DurationVar(&o.every, "every", 0,
		"`interval` at which to look for new orders; by default 1 minute, or 2 seconds for fake shops")
	flags.BoolVar(&o.once, "once", false, "read every shop once and exit")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 || o.days < 1 || o.shops < 1 || o.every < 0 {
		return o,
			errors.New(
				"want no arguments but flags, -days and -shops of at least 1, and an -every that is not negative")
	}
	if o.config == "" {
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
	shops, fakes, err := shopsOf(o)
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
	for i, settings := range shops {
		source, err := open(settings)
		if err != nil {
			return fmt.Errorf("shops[%d]: %w", i, err)
		}
		cfg.Sources = append(cfg.Sources,
			order.FeedSource{Source: source, From: time.Now().AddDate(0, 0, -o.days),
				Every: o.every})
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

// shopsOf returns the settings of the shops to follow, and the fakes behind them if there are any.
func shopsOf(o options) (shops []credential.ShopSettings, fakes []*fake, err error) {
	if o.config != "" {
		shops, _, err = credential.ReadShops(o.config)
		return shops, nil, err
	}
	fakes, err = openFakes(o.shops)
	for _, f := range fakes {
		shops = append(shops, f.settings)
	}
	return shops, fakes, err
}

// report reports what a person should hear of.
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
