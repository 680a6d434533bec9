// Quickstart reads the orders of all shops at once and prints them as one list.
//
//	go run ./examples/quickstart                      four fake shops, nothing to set up
//	go run ./examples/quickstart -config shops.json   your own shops (see shops.example.json)
//	go run ./examples/quickstart -check               only check the keys
//	go run ./examples/quickstart -json                one order per line, as JSON
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"sync"
	"time"

	"github.com/jpmall/jpmall/examples/internal/shops"
	"github.com/jpmall/jpmall/order"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil &&
		!errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "quickstart:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	flags := flag.NewFlagSet("quickstart", flag.ContinueOnError)
	flags.SetOutput(stderr)
	config := flags.String("config", "",
		"use the shops of this `file` instead of four fake ones")
	asJSON := flags.Bool("json", false, "print one order per line, as JSON")
	check := flags.Bool("check", false, "only check the keys")
	days := flags.Int("days", 14, "how many `days` to look back")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 || *days < 1 {
		return fmt.Errorf("want no arguments but flags, and -days of at least 1")
	}
	opened, err := shops.Open(*config)
	if err != nil {
		return err
	}
	defer opened.Close()

	if *check {
		return checkKeys(ctx, opened.Shops, stdout)
	}
	orders, failed := read(ctx, opened.Shops, time.Now().AddDate(0, 0, -*days), stderr)
	slices.SortStableFunc(orders, func(a, b order.Order) int { return a.Placed.Compare(b.Placed) })
	if *asJSON {
		out := json.NewEncoder(stdout)
		out.SetEscapeHTML(false)
		for _, o := range orders {
			if err := out.Encode(o); err != nil {
				return err
			}
		}
		return failed
	}
	p := newPrinter(stdout)
	p.orders(orders)
	p.summary(orders)
	p.expiring(opened.Shops, time.Now())
	return errors.Join(p.err, failed)
}

// read reads all shops concurrently. The error joins what failed; the orders are those that could
// be read all the same.
func read(
	ctx context.Context, all []shops.Shop, from time.Time, progress io.Writer,
) ([]order.Order, error) {
	var (
		mu     sync.Mutex // of all that the goroutines share, progress too
		orders []order.Order
		failed []error
		wg     sync.WaitGroup
	)
	for _, shop := range all {
		wg.Go(func() {
			n := 0
			tell := func(format string) {
				fmt.Fprintf(progress, format, shop.Source.Mall(), shop.Source.Shop(), n)
			}
			for o, err := range shop.Source.Orders(ctx, order.Query{From: from}) {
				mu.Lock()
				if err != nil {
					failed = append(failed, err)
				} else {
					orders = append(orders, o)
					if n++; n%100 == 0 {
						tell("%s %s: %d orders so far\n")
					}
				}
				mu.Unlock()
			}
			mu.Lock()
			tell("%s %s: %d orders\n")
			mu.Unlock()
		})
	}
	wg.Wait()
	return orders, errors.Join(failed...)
}

func checkKeys(ctx context.Context, all []shops.Shop, stdout io.Writer) error {
	var failed []error
	for _, shop := range all {
		if err := shop.Check(ctx); err != nil {
			fmt.Fprintf(stdout, "%-8s %-20s FAILED\n", shop.Source.Mall(), shop.Source.Shop())
			failed = append(failed, err)
			continue
		}
		fmt.Fprintf(stdout, "%-8s %-20s ok\n", shop.Source.Mall(), shop.Source.Shop())
	}
	return errors.Join(failed...)
}
