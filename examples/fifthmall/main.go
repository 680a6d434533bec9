// Fifthmall follows your own shop system, writes to it and watches its key, as if it were a fifth
// mall. It uses the public packages of jpmall alone. Without -url it serves an invented shop itself.
// Package kobune is the mall's client, package cart the shop.
//
//	go -C examples/fifthmall run .
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"

	"example.com/jpmall-fifthmall/cart"
	"example.com/jpmall-fifthmall/kobune"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil &&
		!errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "fifthmall:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	flags := flag.NewFlagSet("fifthmall", flag.ContinueOnError)
	flags.SetOutput(stderr)
	url := flags.String("url", "",
		"the shop's `address`, with its key in FIFTHMALL_KEY; by default an invented shop is served")
	if err := flags.Parse(args); err != nil {
		return err
	}
	key := os.Getenv("FIFTHMALL_KEY")
	if *url == "" {
		key = "an-invented-key"
		address, end, err := serve(key)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, end()) }()
		*url = address
	}
	client, err := kobune.New(kobune.Config{Shop: "mihon", BaseURL: *url,
		Key: credential.Static(credential.NewSecret(key))})
	if err != nil {
		return err
	}
	orders, err := follow(ctx, client, stdout)
	if err != nil {
		return err
	}
	if err := ship(ctx, client, orders, stdout); err != nil {
		return err
	}
	return watch(ctx, client, stdout)
}

// serve serves an invented shop on loopback.
func serve(key string) (address string, end func() error, err error) {
	shop := cart.New(key, time.Now().AddDate(0, 0, 6))
	for n := range 45 {
		shop.Sell(n, time.Now().Add(-time.Duration(50-n)*26*time.Hour))
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: shop.Handler(), ReadHeaderTimeout: 10 * time.Second}
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	return "http://" + l.Addr().String(), func() error {
		err := server.Close()
		if serving := <-done; !errors.Is(serving, http.ErrServerClosed) {
			err = errors.Join(err, serving)
		}
		return err
	}, nil
}

// follow makes one pass of a Feed and prints what it gives: each order with the code that the
// carrier's label software wants.
func follow(
	ctx context.Context, client *kobune.Client, stdout io.Writer,
) (all []order.Order, err error) {
	feed, err := order.NewFeed(order.FeedConfig{
		Sources: []order.FeedSource{{Source: client, From: time.Now().AddDate(0, 0, -60)}},
		Store:   order.NewMemoryFeedStore(),
	})
	if err != nil {
		return nil, err
	}
	labels := timeslot.Resolver{Carrier: timeslot.Yamato}
	err = feed.Once(ctx, func(_ context.Context, o order.Order) error {
		all = append(all, o)
		delivery := o.Parcels[0].Delivery
		code := "needs attention: " + delivery.Label
		if r, err := delivery.Code(labels); err == nil {
			code = "code " + cmp.Or(r.Code.Text, "none")
		}
		_, err := fmt.Fprintln(stdout, "followed", o.Mall.Name(), o.ID, o.Status,
			o.Amounts.Billed.In(order.English), delivery.Date, delivery.Slot, code)
		return err
	})
	slices.SortFunc(all, func(a, b order.Order) int { return cmp.Compare(a.ID, b.ID) })
	return all, err
}

// ship reports two orders as shipped, and cancels a third, by an Actor, which takes orders of any
// mall.
func ship(ctx context.Context, client *kobune.Client, all []order.Order, stdout io.Writer) error {
	actor, err := order.NewActor(client)
	if err != nil || len(all) < 3 {
		return err
	}
	var tasks []order.Task[order.Shipment]
	for i, o := range all[:2] {
		tasks = append(tasks, order.Task[order.Shipment]{Order: o, Do: order.Shipment{
			Carrier: timeslot.Yamato, Numbers: order.Tracking(fmt.Sprintf("12345678901%d", i)),
			At: time.Now(),
		}})
	}
	results, err := actor.Ship(ctx, tasks, order.WriteOptions{})
	if err != nil {
		return err
	}
	cancelled, err := actor.Cancel(ctx,
		[]order.Task[order.Cancellation]{
			{Order: all[2], Do: order.Cancellation{Reason: order.OutOfStock}}},
		order.WriteOptions{})
	for _, r := range append(results, cancelled...) {
		fmt.Fprintln(stdout, "wrote", r.Mall.Name(), r.Order, r.Ability, r.Outcome)
	}
	return err
}

// watch reports what the Monitor has to say of the shop's key.
func watch(ctx context.Context, client *kobune.Client, stdout io.Writer) error {
	book, err := credential.NewRulebook(kobune.Rule())
	if err != nil {
		return err
	}
	monitor, err := credential.NewMonitor(credential.MonitorConfig{
		Records: credential.Static([]credential.Record{client.Record()}), Rulebook: book,
		Prober:   client,
		Notifier: credential.WriterNotifier(stdout, credential.English),
		Store:    new(credential.Memory),
	})
	if err != nil {
		return err
	}
	_, err = monitor.Run(ctx)
	return err
}
