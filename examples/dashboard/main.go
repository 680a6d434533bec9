// Dashboard shows the orders of many shops on a page in the browser: what is broken, which keys end, which orders a person must look
// at; and it confirms, ships and writes label files, always as a dry run first.
//
//	go -C examples/dashboard run .                                    four fake shops in which orders come and change
//	go -C examples/dashboard run . -config shops.json -db orders.db   your own shops (the file of examples/quickstart)
//
// It prints the address to open. It has no users and no passwords: whoever reaches the address sees buyers' names. Without -addr it
// listens on loopback only; leave it so, or put a proxy with a sign-in in front.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
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
		fmt.Fprintln(os.Stderr, "dashboard:", err)
		os.Exit(1)
	}
}

type options struct {
	addr, host string
	config, db string
	labels     string
	days       int
	calm       bool // tests: the fake shops do nothing by themselves
}

func parse(args []string, stderr io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("dashboard", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.addr, "addr", "127.0.0.1:0", "listen on this `host:port`; port 0 is a free one")
	flags.StringVar(&o.host, "host", "", "the `name` (with its port) by which browsers reach it, when a proxy stands in front")
	flags.StringVar(&o.config, "config", "", "show the real shops of this `file`; without it four fake shops are started")
	flags.StringVar(&o.db, "db", "", "SQLite `file` for orders, rules and results; without it they are kept in memory")
	flags.StringVar(&o.labels, "labels", "", "the sender and contracts for labels, a JSON `file` like labels.example.json")
	flags.IntVar(&o.days, "days", 30, "how many `days` to look back when a shop is followed for the first time")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 || o.days < 1 {
		return o, errors.New("want no arguments but flags, and -days of at least 1")
	}
	return o, nil
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	o, err := parse(args, stderr)
	if err != nil {
		return err
	}
	a, err := open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	fmt.Fprintln(stdout, a.url)
	return a.serve(ctx)
}

// app is the program: the shops, what is followed of them, what is kept, and the pages.
type app struct {
	url      string
	hosts    []string // the values of Host that are answered
	listener net.Listener
	shops    []*shop
	fakes    []*fake
	calm     bool
	feed     *order.Feed
	actor    *order.Actor
	store    *store
	keys     *keyWatch
	labels   *labelDesk
	news     *hub
	troubles *troubles
	pages    pages
	session  [32]byte // seals the tokens against cross-site requests
}

// open prepares everything. Nothing is followed before serve.
func open(ctx context.Context, o options) (a *app, err error) {
	a = &app{news: newHub(), troubles: &troubles{since: map[order.Ref]time.Time{}}, calm: o.calm}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Close())
		}
	}()
	if a.pages, err = loadPages(); err != nil {
		return a, err
	}
	if a.session, err = newSession(); err != nil {
		return a, err
	}
	if a.listener, err = net.Listen("tcp", o.addr); err != nil {
		return a, err
	}
	a.hosts = hostsOf(a.listener.Addr().String(), o)
	a.url = "http://" + a.hosts[0]
	if a.store, err = openStore(ctx, o.db); err != nil {
		return a, err
	}
	entries, tokens := []entry(nil), ""
	every := time.Duration(0) // the mall's own pace
	if o.config == "" {
		every = time.Second
		a.fakes, err = openFakes()
		for _, f := range a.fakes {
			entries = append(entries, f.entry)
		}
	} else {
		entries, tokens, err = readConfig(o.config)
	}
	if err != nil {
		return a, err
	}
	if a.shops, err = openShops(entries, tokens, a.url, a.store.slots, o.config == ""); err != nil {
		return a, err
	}
	cfg := order.FeedConfig{Store: a.store, Notify: a.notify}
	var sources []order.Source
	for _, s := range a.shops {
		sources = append(sources, s.Source)
		cfg.Sources = append(cfg.Sources, order.FeedSource{Source: s.Source, From: time.Now().AddDate(0, 0, -o.days), Every: every})
	}
	if a.feed, err = order.NewFeed(cfg); err != nil {
		return a, err
	}
	if a.actor, err = order.NewActor(sources...); err != nil {
		return a, err
	}
	if a.keys, err = newKeyWatch(a.shops); err != nil {
		return a, err
	}
	a.labels, err = newLabelDesk(o)
	return a, err
}

// Close ends what open began.
func (a *app) Close() error {
	var failed []error
	for _, f := range a.fakes {
		f.close()
	}
	if a.listener != nil {
		_ = a.listener.Close() // serve has closed it, unless it never ran
	}
	if a.store != nil {
		failed = append(failed, a.store.Close())
	}
	return errors.Join(failed...)
}

// serve follows the shops and answers browsers until ctx ends.
func (a *app) serve(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	server := &http.Server{
		Handler: a.handler(), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		BaseContext: func(net.Listener) context.Context { return ctx }, // ends the event streams
	}
	var work sync.WaitGroup
	defer work.Wait()
	failed := make(chan error, 2)
	work.Go(func() { failed <- a.feed.Run(ctx, a.put) })
	work.Go(func() { failed <- server.Serve(a.listener) })
	work.Go(func() { a.keys.run(ctx) })
	if !a.calm {
		work.Go(func() { stir(ctx, a.fakes) })
	}
	var err error
	select {
	case <-ctx.Done(): // somebody ended it
	case err = <-failed:
		if ctx.Err() != nil {
			err = nil
		}
	}
	stop()
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return errors.Join(err, server.Shutdown(patience))
}

// put is the feed's handler: when it returns nil, the order is in the database.
func (a *app) put(ctx context.Context, o order.Order) error {
	kind, err := a.store.put(ctx, o)
	if kind != "" {
		a.news.tell(kind)
	}
	return err
}
