// Doctor finds out why a shop does not work: is the address reachable, the clock right, are key, function, address and role right,
// which reads answer, what quotas does the mall tell, and which key ends soon. It only reads.
//
//	go run ./examples/doctor                       four fake shops, nothing to set up
//	go run ./examples/doctor -config shops.json    your own shops (as for quickstart)
//	go run ./examples/doctor -lang en              in English
//	go run ./examples/doctor -json                 for an issue: no shop, no name, no key in it
//	go run ./examples/doctor -capture FILE         write the traffic, without anything personal or secret (see order/cassette)
//
// Before each step it says on standard error what it will call. Its exit code is 0 when all is fine, 1 when something needs a look,
// 2 when something does not work.
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
	code, err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "doctor:", err)
	}
	os.Exit(code)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (code int, err error) {
	flags := flag.NewFlagSet("doctor", flag.ContinueOnError)
	flags.SetOutput(stderr)
	config := flags.String("config", "", "read the real shops of this `file`; without it four fake shops are started")
	store := flags.String("store", "", "`file` of tokens, as examples/authorize writes it; else the one that the configuration names")
	asJSON := flags.Bool("json", false, "write one JSON object")
	lang := flags.String("lang", "ja", "`language`, ja or en")
	capture := flags.String("capture", "", "write the traffic to this new `file`, without anything personal or secret")
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
	w := &watch{traffic: map[key]*traffic{}}
	opened, err := shops.OpenWith(*config, *store, shops.Wire{Observer: w, Client: func(m order.Mall, shop string) *http.Client {
		next := http.DefaultTransport
		if recorder != nil {
			next = recorder.Transport(m, shop, next)
		}
		return &http.Client{Transport: w.transport(m, shop, next), Timeout: time.Minute}
	}})
	if err != nil {
		return int(failing), err
	}
	defer opened.Close()

	report := Report{Made: time.Now().In(order.JST).Truncate(time.Second)}
	for _, shop := range opened.Shops {
		report.Shops = append(report.Shops, examine(ctx, shop, w, func(t order.Text) {
			fmt.Fprintf(stderr, "%s %s: %s\n", shop.Source.Mall(), shop.Source.Shop(), t.In(order.Lang(*lang)))
		}))
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
