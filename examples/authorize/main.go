// Authorize serves a page on this machine that gets the consents of Yahoo! and Amazon and stores
// their tokens.
//
//	go run ./examples/authorize                                        two fake malls, nothing to set up
//	go run ./examples/authorize -config shops.json -store tokens.json  your own shops (as for quickstart)
//
// The tokens go into a file that only its owner may read (0600). If the configuration names it as
// "store", quickstart and expiry take them from there, and refresh_token can be omitted.
//
// The malls send the browser back to the redirect_uri of the configuration, which must be
// registered with them; without one it is the page itself. Amazon requires https: put a reverse
// proxy or a tunnel in front of the page. The page listens on this machine only and has no users:
// whoever can open it can link a shop.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"html/template"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/jpmall/jpmall/examples/internal/shops"
	"github.com/jpmall/jpmall/order"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "authorize:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("authorize", flag.ContinueOnError)
	flags.SetOutput(stderr)
	config := flags.String("config", "",
		"use the shops of this `file` instead of fake malls")
	store := flags.String("store", "",
		"`file` for the tokens; by default the one that the configuration names")
	port := flags.Int("port", 8765, "`port` of the page on this machine; 0 means any free one")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return errors.New("want no arguments but flags")
	}
	if *config == "" && *store == "" { // the fakes' tokens are worth nothing
		dir, err := os.MkdirTemp("", "authorize")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		*store = filepath.Join(dir, "tokens.json")
	}
	opened, err := shops.OpenStore(*config, *store)
	if opened != nil {
		defer opened.Close()
	}
	if err != nil {
		return err
	}
	// Loopback by number: a name could be made to lead here from elsewhere.
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", *port))
	if err != nil {
		return err
	}
	base := "http://" + listener.Addr().String()
	pages, err := opened.Consents(base)
	if err == nil && len(pages) == 0 {
		err = errors.New("no shop of the configuration needs a consent: Yahoo! and Amazon do")
	}
	if err != nil {
		listener.Close()
		return err
	}
	fmt.Fprintf(stdout, "ブラウザーで開いてください / open in your browser: %s\n保存先 / tokens go to: %s\n", base,
		opened.Store)
	server := &http.Server{Handler: local(listener.Addr().String(), pages),
		ReadHeaderTimeout: 10 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return server.Shutdown(last) // a consent under way is still stored
}

// local serves the list of shops and their pages.
func local(addr string, pages []shops.Consent) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			if r.Host != addr { // a stranger's site that pretends to be this machine
				http.Error(w, "not this host", http.StatusForbidden)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("X-Frame-Options", "DENY")
			_ = list.Execute(w, pages) // the browser is gone, then
			return
		}
		for _, p := range pages {
			if r.URL.Path == p.Path {
				p.Handler.ServeHTTP(w, r)
				return
			}
		}
		http.NotFound(w, r)
	})
}

var list = template.Must(template.New("list").Funcs(
	template.FuncMap{"mall": order.Mall.Name}).Parse(`<!DOCTYPE html>
<html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>認可 / Authorise</title>
<style>body{font:16px/1.8 sans-serif;max-width:40em;margin:3em auto;padding:0 1em}</style>
<h1>ショップの認可</h1>
<p>店舗の担当者がログインして同意します。リフレッシュトークンはこのコンピューターに保存されます。<br>
<span lang="en">Sign in as the shop and consent. The refresh token is stored on this machine.</span></p>
<ul>{{range .}}<li><a href="{{.Start}}">{{mall .Mall}} {{.Shop}}</a></li>{{end}}</ul></html>
`))
