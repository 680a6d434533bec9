// Labels writes the files from which the carriers' own software prints shipping labels, and reads
// the tracking numbers that it returns.
//
//	go run ./examples/labels                                          four fake shops; files for four tools in a new folder
//	go run ./examples/labels -out DIR -pretend                        also write what the tools would return: back-….csv
//	go run ./examples/labels -back DIR/back-b2cloud.csv               what would be reported; -send reports it
//	go run ./examples/labels -config shops.json -settings labels.json -out DIR
//
// settings.example.json shows the settings: the sender, the carrier accounts, and the tool for each
// parcel. DIR/keys.jsonl maps the labels to the orders: keep it. All files hold personal data of
// buyers.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/jpmall/jpmall/examples/internal/shops"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil &&
		!errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "labels:", err)
		os.Exit(1)
	}
}

// program is what the flags ask for.
type program struct {
	sources  []order.Source
	settings settings
	keys     label.KeyStore
	folder   string
	lang     order.Lang
	out      io.Writer
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("labels", flag.ContinueOnError)
	flags.SetOutput(stderr)
	config := flags.String("config", "",
		"use the shops of this `file` instead of four fake ones")
	chosen := flags.String("settings", "",
		"`file` with the sender, the carrier accounts and the tools; by default invented ones, for the fake shops only")
	folder := flags.String("out", "",
		"write to this `folder`; by default to a new one, whose name is printed")
	back := flags.String("back", "",
		"read tracking numbers from this `file` of the label software and report them; a dry run by default")
	keys := flags.String("keys", "",
		"the `file` that maps labels to orders; by default keys.jsonl in the folder")
	send := flags.Bool("send", false,
		"with -back: report for real; by default nothing is changed at the mall")
	pretend := flags.Bool("pretend", false,
		"with the fake shops: also write the files that the label software would return")
	japanese := flags.Bool("ja", false, "print reasons in Japanese")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 || *pretend && *config != "" || *config != "" && *chosen == "" &&
		*back == "" {
		return errors.New(
			"want no arguments but flags; -config needs -settings; -pretend is for the fake shops")
	}
	p := program{lang: order.English, out: stdout, folder: *folder}
	if *japanese {
		p.lang = order.Japanese
	}
	var err error
	if p.settings, err = loadSettings(*chosen); err != nil {
		return err
	}
	opened, err := shops.Open(*config)
	if err != nil {
		return err
	}
	defer opened.Close()
	for _, shop := range opened.Shops {
		p.sources = append(p.sources, shop.Source)
	}
	if err := p.prepare(*back, *keys); err != nil {
		return err
	}
	if *back != "" {
		return p.report(ctx, *back, *send)
	}
	return p.write(ctx, *pretend)
}

// prepare finds or makes the folder and opens the file of keys in it.
func (p *program) prepare(back, keys string) (err error) {
	switch {
	case p.folder == "" && back != "":
		p.folder = filepath.Dir(back)
	case p.folder == "":
		if p.folder, err = os.MkdirTemp("", "labels-"); err != nil {
			return err
		}
	default:
		if err := os.MkdirAll(p.folder, 0o700); err != nil {
			return err
		}
	}
	if keys == "" {
		keys = filepath.Join(p.folder, "keys.jsonl")
	}
	p.keys, err = label.OpenFile(keys)
	return err
}
