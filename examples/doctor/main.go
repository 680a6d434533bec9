// Doctor finds out why a shop does not work. It checks whether the address is reachable and the
// clock is right, whether key, functions, IP address and role are set up, which operations answer,
// which quotas the mall reports, which keys expire soon, and whether the mall still behaves as this
// SDK expects. It only reads, unless a probe is requested by name.
//
//	go run ./examples/doctor                       four fake shops, nothing to set up
//	go run ./examples/doctor -config shops.json    your own shops (as for quickstart)
//	go run ./examples/doctor -lang en              in English
//	go run ./examples/doctor -json                 for an issue: without shops, names and keys
//	go run ./examples/doctor -probe-quota          also call without a pause, 10 times at most
//	go run ./examples/doctor -probe-write ORDER    also write that order's memo again, unchanged, and check whether it is visible
//	go run ./examples/doctor -capture FILE         record the traffic, without personal data and secrets (see order/cassette)
//
// Before each step it prints to standard error what it will call. Its exit code is 0 if all is
// fine, 1 if something needs attention, 2 if something does not work.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"time"

	"github.com/jpmall/jpmall/examples/internal/shops"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/cassette"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code, err := run(ctx, os.Args[1:], nil, os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "doctor:", err)
	}
	os.Exit(code)
}

// run is the program; a limiter of nil is the malls' own quotas.
func run(
	ctx context.Context, args []string, limiter order.Limiters, stdout, stderr io.Writer,
) (code int, err error) {
	flags := flag.NewFlagSet("doctor", flag.ContinueOnError)
	flags.SetOutput(stderr)
	config := flags.String("config", "",
		"use the shops of this `file` instead of four fake ones")
	store := flags.String("store", "",
		"`file` of tokens, as written by examples/authorize; by default the one that the configuration names")
	asJSON := flags.Bool("json", false, "print one JSON object")
	lang := flags.String("lang", "ja", "`language`, ja or en")
	quick := flags.Bool("probe-quota", false,
		"also make up to 10 cheap reads at each shop without a pause, to see when the mall refuses; it may block the shop for a while")
	rewrite := flags.String("probe-write", "",
		"also write the memo of this `order` again, unchanged, at the shop that has it")
	capture := flags.String("capture", "",
		"record the traffic in this new `file`, without personal data and secrets")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return int(fine), nil
	case err != nil:
		return int(failing), nil // flags has said so
	case flags.NArg() > 0:
		return int(failing), errors.New("want no arguments but flags")
	case *lang != string(order.Japanese) && *lang != string(order.English):
		return int(failing), errors.New("-lang: want ja or en")
	}
	var recorder *cassette.Recorder
	if *capture != "" {
		file, failed := os.OpenFile(*capture, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if failed != nil {
			return int(failing), fmt.Errorf("-capture: %w", failed)
		}
		defer func() {
			if failed := file.Close(); failed != nil {
				code, err = int(failing), errors.Join(err, failed)
			}
		}()
		if recorder, err = cassette.NewRecorder(file); err != nil {
			return int(failing), err
		}
	}
	record := func(m order.Mall, shop string) http.RoundTripper {
		if recorder == nil {
			return http.DefaultTransport
		}
		return recorder.Transport(m, shop, http.DefaultTransport)
	}
	w := &watch{traffic: map[key]*traffic{}}
	opened, err := shops.OpenWith(*config, *store,
		shops.Wire{Observer: w, Drift: true, Limiter: limiter,
			Client: func(m order.Mall, shop string) *http.Client {
				return &http.Client{Transport: w.transport(m, shop, record(m, shop)),
					Timeout: time.Minute}
			}})
	if err != nil {
		return int(failing), err
	}
	defer opened.Close()

	report := Report{Made: time.Now().In(order.JST).Truncate(time.Second)}
	for _, shop := range opened.Shops {
		report.Shops = append(report.Shops,
			examine(ctx, shop, w, *rewrite, announcer(shop, stderr, *lang)))
	}
	if *rewrite != "" && !report.has("probe-write") {
		return int(failing), fmt.Errorf("-probe-write: no shop that has a memo has order %s",
			*rewrite)
	}
	if *quick {
		var seen tally
		again, err := shops.OpenWith(*config, *store,
			shops.Wire{Limiter: order.Unlimited, Observer: &seen,
				Client: func(m order.Mall, shop string) *http.Client {
					return &http.Client{Transport: record(m, shop), Timeout: time.Minute}
				}})
		if err != nil {
			return int(failing), err
		}
		defer again.Close()
		for i, shop := range again.Shops {
			seen.sent, seen.refused, seen.wait = 0, 0, 0
			f := probeQuota(ctx, shop, &seen, announcer(shop, stderr, *lang))
			report.Shops[i].Findings = append(report.Shops[i].Findings, f)
		}
	}
	if *asJSON {
		err = report.writeJSON(stdout)
	} else {
		err = report.write(stdout, order.Lang(*lang))
	}
	if recorder != nil {
		err = errors.Join(err, recorder.Err())
	}
	if err != nil {
		return int(failing), err
	}
	return int(report.worst()), nil
}

// announcer reports what will be called at a shop.
func announcer(shop shops.Shop, to io.Writer, lang string) func(order.Text) {
	return func(t order.Text) {
		fmt.Fprintf(to, "%s %s: %s\n", shop.Source.Mall(), shop.Source.Shop(),
			t.In(order.Lang(lang)))
	}
}
