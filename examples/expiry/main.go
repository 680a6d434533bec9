// Expiry prints the state of all keys of all shops: which expires when, what to do, and where.
//
//	go run ./examples/expiry                      four fake shops, nothing to set up
//	go run ./examples/expiry -config shops.json   your own shops (as for quickstart)
//	go run ./examples/expiry -ask                 also query the malls that report when a key expires
//	go run ./examples/expiry -json                for programs
//
// Its exit code is 0 if all is fine, 1 if a key expires soon, 2 if one has expired or could not be
// checked. For cron, which mails what a program prints, -quiet prints only what needs attention:
//
//	0 9 * * *  expiry -config /etc/jpmall/shops.json -ask -quiet
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

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/examples/internal/shops"
)

// The exit codes.
const (
	fine     = 0
	expiring = 1
	failing  = 2 // over, or unknown: also where the program itself fails, since then nobody knows
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code, err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "expiry:", err)
	}
	os.Exit(code)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (code int, err error) {
	flags := flag.NewFlagSet("expiry", flag.ContinueOnError)
	flags.SetOutput(stderr)
	config := flags.String("config", "",
		"use the shops of this `file` instead of four fake ones")
	store := flags.String("store", "",
		"`file` of tokens, as written by examples/authorize; by default the one that the configuration names")
	ask := flags.Bool("ask", false, "also query the malls that report when a key expires")
	quiet := flags.Bool("quiet", false, "print only what needs attention")
	asJSON := flags.Bool("json", false, "print one JSON object")
	lang := flags.String("lang", "ja", "`language`, ja or en")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return fine, nil
	case err != nil:
		return failing, nil // flags has said so
	case flags.NArg() > 0:
		return failing, errors.New("want no arguments but flags")
	case *lang != string(credential.Japanese) && *lang != string(credential.English):
		return failing, errors.New("-lang: want ja or en")
	}
	opened, err := shops.OpenStore(*config, *store)
	if err != nil {
		return failing, err
	}
	defer opened.Close()
	report, err := look(ctx, opened.Shops, *ask)
	if err != nil {
		return failing, err
	}
	if *asJSON {
		err = writeJSON(stdout, report, time.Now(), *quiet)
	} else {
		_, err = io.WriteString(stdout, text(report, credential.Lang(*lang), *quiet))
	}
	if err != nil {
		return failing, err
	}
	return exitCode(report), nil
}

// assumed is noted where an end is only true while the mall accepts a signature, and nobody asked
// whether it does.
const assumed = "公開鍵認証が受け付けられている前提の期限です（-ask で確認できます）/ if the public-key signature is accepted, which -ask finds out"

// look makes one pass of a monitor that remembers nothing: so every credential that needs a look
// comes with its notice.
func look(ctx context.Context, all []shops.Shop, ask bool) (credential.Report, error) {
	var records []credential.Record
	var probers credential.Probers
	for _, shop := range all {
		for _, r := range shop.Records {
			if r.Extended && !ask {
				r.Note = assumed
			}
			records = append(records, r)
		}
		probers = append(probers, shop.Prober)
	}
	cfg := credential.MonitorConfig{
		Records: credential.Static(records), Store: new(credential.Memory),
		// the report has them
		Notifier: credential.NotifierFunc(
			func(context.Context, credential.Notice) error { return nil }),
	}
	if ask {
		cfg.Prober = probers
	}
	monitor, err := credential.NewMonitor(cfg)
	if err != nil {
		return credential.Report{}, err
	}
	return monitor.Run(ctx)
}

// exitCode is the gravest of all. A mall that was asked and gave no answer leaves the state
// unknown, whatever was computed.
func exitCode(report credential.Report) int {
	for _, a := range report.Assessments {
		if a.ProbeErr != nil {
			return failing
		}
	}
	switch report.Worst() {
	case credential.Valid:
		return fine
	case credential.Expiring:
		return expiring
	}
	return failing
}
