// Dashboard shows the orders of many shops in the browser: which shops have errors, which keys
// expire soon, which orders need someone's attention. It also confirms orders, reports shipping and
// writes label files, always with a dry run first.
//
//	go -C examples/dashboard run .                                    four fake shops whose orders keep changing
//	go -C examples/dashboard run . -config shops.json -db orders.db   your own shops (the file of examples/quickstart)
//
// It prints the address to open. It has no users and no passwords: whoever reaches the address sees
// buyers' names. By default it listens on loopback only; leave it so, or put a proxy with a sign-in
// in front.
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

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil &&
		!errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "dashboard:", err)
		os.Exit(1)
	}
}

type options struct {
	addr, host string
	config, db string
	labels     string
	rules      string
	days       int
	calm       bool // tests: the fake shops do nothing by themselves
	orders     int  // tests: how many orders a fake shop begins with; 0 is the fakes' own number
}

func parse(args []string, stderr io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("dashboard", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.addr, "addr", "127.0.0.1:0",
		"listen on this `host:port`; port 0 means any free one")
	flags.StringVar(&o.host, "host", "",
		"the host `name` (with its port) that browsers use, if there is a proxy in front")
	flags.StringVar(&o.config, "config", "",
		"use the shops of this `file` instead of four fake ones")
	flags.StringVar(&o.db, "db", "",
		"SQLite `file` for orders and results; by default they are kept in memory")
	flags.StringVar(&o.rules, "rules", "",
		"`file` for the rules for slot labels, in the format of timeslot.LoadJSON; by default next to -db, or in memory")
	flags.StringVar(&o.labels, "labels", "",
		"JSON `file` with the sender and the carrier accounts, like labels.example.json")
	flags.IntVar(&o.days, "days", 30,
		"how many `days` to look back when a shop is followed for the first time")
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
	rules    *ruleBook
	look     time.Duration // how often the rule file is looked at
	keys     *keyWatch
	labels   *labelDesk
	news     *hub
	troubles *troubles
	pages    pages
	session  [32]byte // seals the tokens against cross-site requests
}

// open prepares everything. Nothing is followed before serve.
func open(ctx context.Context, o options) (a *app, err error) {
	a = &app{news: newHub(), troubles: &troubles{since: map[order.Ref]time.Time{}}, calm: o.calm,
		look: 2 * time.Second}
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
	if o.rules == "" && o.db != "" {
		o.rules = o.db + ".rules.json"
	}
	if a.rules, err = openRules(o.rules); err != nil {
		return a, err
	}
	if a.store, err = openStore(ctx, o.db, a.rules); err != nil {
		return a, err
	}
	shops, tokens := []credential.ShopSettings(nil), ""
	every := time.Duration(0) // the mall's own pace
	if o.config == "" {
		every = time.Second
		a.fakes, err = openFakes(o.orders)
		for _, f := range a.fakes {
			shops = append(shops, f.settings)
		}
	} else {
		shops, tokens, err = credential.ReadShops(o.config)
	}
	if err != nil {
		return a, err
	}
	if a.shops, err = openShops(shops, tokens, a.url, a.rules.slots); err != nil {
		return a, err
	}
	cfg := order.FeedConfig{Store: a.store, Notify: a.notify}
	var sources []order.Source
	for _, s := range a.shops {
		sources = append(sources, s.Source)
		cfg.Sources = append(cfg.Sources,
			order.FeedSource{Source: s.Source, From: time.Now().AddDate(0, 0, -o.days),
				Every: every})
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
	failed := make(chan error, 3)
	work.Go(func() { failed <- a.feed.Run(ctx, a.put) })
	work.Go(func() { failed <- server.Serve(a.listener) })
	work.Go(func() { a.keys.run(ctx) })
	work.Go(func() {
		if err := a.watchRules(ctx); err != nil {
			failed <- err
		}
	})
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
