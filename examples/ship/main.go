// Ship reports shipping to the malls from a CSV file. Without -send it is a dry run: everything is
// checked, and nothing is changed at the mall.
//
//	go run ./examples/ship                                      four fake shops and invented rows for their orders
//	go run ./examples/ship -config shops.json shipped.csv       dry run against your shops
//	go run ./examples/ship -config shops.json -send shipped.csv report them
//
// The first line of the file has the titles mall, order, carrier, number and date, in any order,
// and shop if a mall has several shops:
//
//	mall,order,carrier,number,date
//	rakuten,123456-20261120-0000000001,ヤマト運輸,000000000000,2026-11-23
//
// Several rows with the same order, carrier and date are one shipment with several numbers.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/jpmall/jpmall/examples/internal/shops"
	"github.com/jpmall/jpmall/order"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil &&
		!errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "ship:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("ship", flag.ContinueOnError)
	flags.SetOutput(stderr)
	config := flags.String("config", "",
		"use the shops of this `file` instead of four fake ones")
	send := flags.Bool("send", false, "report for real; by default nothing is changed at the mall")
	force := flags.Bool("unresolved", false,
		"also ship orders whose delivery slot could not be read")
	patience := flags.Duration("patience", 5*time.Minute,
		"how long to check reports whose outcome is unknown")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 1 || flags.NArg() == 0 && *config != "" {
		return errors.New("want one CSV file")
	}
	opened, err := shops.Open(*config)
	if err != nil {
		return err
	}
	defer opened.Close()
	sources := make([]order.Source, len(opened.Shops))
	for i, shop := range opened.Shops {
		sources[i] = shop.Source
	}

	var rows []row
	if flags.NArg() == 0 {
		rows, err = invent(ctx, sources, stdout)
	} else {
		rows, err = readFile(flags.Arg(0))
	}
	if err != nil {
		return err
	}
	tasks, err := shipmentsOf(ctx, rows, sources)
	if err != nil {
		return err
	}
	actor, err := order.NewActor(sources...)
	if err != nil {
		return err
	}
	results, err := actor.Ship(ctx, tasks,
		order.WriteOptions{DryRun: !*send, UnresolvedSlot: *force})
	if *send && count(results) > 0 {
		results, err = settle(ctx, actor, results, *patience, stdout)
	}
	report(stdout, results, *send)
	if err != nil {
		return fmt.Errorf("not everything is done:\n%w", err)
	}
	return nil
}

func report(out io.Writer, results []order.Result, sent bool) {
	for _, r := range results {
		fmt.Fprintf(out, "%-8s %-28s %-13s %s\n", r.Mall, r.Order, r.In(order.English), r.Message)
		for _, w := range r.Warnings {
			fmt.Fprintf(out, "%-8s %-28s %-13s %s\n", "", "", "warning", w.Message)
		}
		if r.Outcome != order.Done && !r.Next.IsZero() {
			fmt.Fprintf(out, "%-8s %-28s %-13s %s\n", "", "", "next", r.Next)
		}
	}
	if !sent {
		fmt.Fprintln(out, "This was a dry run; -send reports for real.")
	}
}

// invent makes rows for one order of each fake shop that is ready to ship, and shows them as the
// file that would say the same.
func invent(ctx context.Context, sources []order.Source, out io.Writer) ([]row, error) {
	fmt.Fprintln(out, "mall,order,carrier,number,date")
	var rows []row
	for i, s := range sources {
		query := order.Query{From: time.Now().AddDate(0, 0, -14),
			Statuses: []order.Status{order.ReadyToShip}}
		for o, err := range s.Orders(ctx, query) {
			if err != nil {
				return nil, err
			}
			if o.Unresolved() || len(o.Parcels) != 1 {
				continue
			}
			r := row{
				mall: o.Mall, order: o.ID, carrier: "ヤマト運輸",
				// eleven digits and their check digit
				number: fmt.Sprintf("%011d%d", i+1, (i+1)%7),
				date:   order.DateOf(time.Now()), line: i + 2,
			}
			rows = append(rows, r)
			fmt.Fprintf(out, "%s,%s,%s,%s,%s\n", r.mall, r.order, r.carrier, r.number, r.date)
			break
		}
	}
	fmt.Fprintln(out)
	return rows, nil
}
