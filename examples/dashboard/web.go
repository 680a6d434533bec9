package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/order"
)

//go:embed pages static
var files embed.FS

// The cookies. None of them holds anything personal.
const (
	browserCookie = "jpmall_browser" // which browser a token was given to
	langCookie    = "jpmall_lang"
	maskCookie    = "jpmall_mask"
)

const maxForm = 4 << 20 // bytes of a form with its file

func newSession() (key [32]byte, err error) {
	_, err = rand.Read(key[:])
	return key, err
}

// hostsOf are the values of Host that are answered; any other is a name that somebody has pointed
// here (DNS rebinding).
func hostsOf(listen string, o options) []string {
	_, port, _ := net.SplitHostPort(listen)
	asked, _, _ := net.SplitHostPort(o.addr)
	var hosts []string
	if o.host != "" {
		hosts = append(hosts, o.host)
	}
	if ip := net.ParseIP(asked); asked != "" && (ip == nil || !ip.IsUnspecified()) {
		hosts = append(hosts, net.JoinHostPort(asked, port))
	}
	for _, name := range []string{"127.0.0.1", "localhost", "::1"} {
		if host := net.JoinHostPort(name, port); !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

func (a *app) handler() http.Handler {
	mux := http.NewServeMux()
	static, _ := fs.Sub(files, "static") // it is embedded
	mux.Handle("GET /static/", http.StripPrefix("/static/", http.FileServerFS(static)))
	mux.HandleFunc("GET /events", a.events)
	mux.HandleFunc("POST /settings", a.changing(a.settings))
	a.page(mux, "GET /{$}", "home", a.home)
	a.page(mux, "GET /orders", "orders", a.orders)
	a.page(mux, "GET /orders/{mall}/{shop}/{id}", "order", a.order)
	mux.HandleFunc("POST /orders/{mall}/{shop}/{id}", a.changing(a.lookAgain))
	a.page(mux, "GET /slots", "slots", a.slots)
	mux.HandleFunc("POST /slots", a.changing(a.teach))
	mux.HandleFunc("GET /slots/rules.json", a.rulesFile)
	a.page(mux, "GET /keys", "keys", a.keysPage)
	mux.HandleFunc("POST /keys", a.changing(a.askKeys))
	a.page(mux, "GET /support", "support", a.support)
	a.page(mux, "GET /actions", "actions", a.actionList)
	mux.HandleFunc("POST /actions", a.changing(a.begin))
	a.page(mux, "GET /actions/{id}", "action", a.action)
	mux.HandleFunc("POST /actions/{id}", a.changing(a.goOn))
	mux.HandleFunc("GET /labels/{id}/{file}", a.labelFile)
	for _, s := range a.shops {
		if s.consent != nil {
			mux.Handle("GET "+s.path, s.consent)
		}
	}
	return a.guard(mux)
}

// guard lets through what comes from a page of ours under a name of ours, and tells the browser
// what a page may do: nothing but show itself, our style and our script.
func (a *app) guard(next http.Handler) http.Handler {
	origin := http.NewCrossOriginProtection() // Sec-Fetch-Site, or Origin against Host
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy",
			"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "+
				"form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if !slices.Contains(a.hosts, r.Host) {
			http.Error(w, "this name is not answered here; see -host",
				http.StatusMisdirectedRequest)
			return
		}
		if from := r.Header.Get("Origin"); r.Method != http.MethodGet && from != "" &&
			!a.ours(from) {
			http.Error(w, "this change comes from another site", http.StatusForbidden)
			return
		}
		if err := origin.Check(r); err != nil {
			http.Error(w, "this change comes from another site", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (a *app) ours(origin string) bool {
	u, err := url.Parse(origin)
	return err == nil && slices.Contains(a.hosts, u.Host)
}

// changing takes a form with its token only.
func (a *app) changing(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		err := r.ParseMultipartForm(maxForm)
		if err != nil && r.MultipartForm == nil &&
			strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
			http.Error(w, "the form cannot be read, or its file is too big", http.StatusBadRequest)
			return
		}
		browser, _ := r.Cookie(browserCookie)
		if browser == nil || !hmac.Equal([]byte(a.token(browser.Value)),
			[]byte(r.PostFormValue("token"))) {
			http.Error(w,
				"this form is too old: go back, reload the page and try again / ページを再読み込みしてからやり直してください", http.StatusForbidden)
			return
		}
		next(w, r)
	}
}

func (a *app) token(browser string) string {
	mac := hmac.New(sha256.New, a.session[:])
	mac.Write([]byte(browser))
	return hex.EncodeToString(mac.Sum(nil))
}

// view is what a page is made of.
type view struct {
	Lang  order.Lang
	Mask  bool // personal data is hidden, for screen sharing
	Token string
	Path  string // of this page, with its query
	Here  string // the first part of it, for the navigation
	Now   time.Time
	Title order.Text
	Data  any
}

type pages map[string]*template.Template

func loadPages() (pages, error) {
	all := pages{}
	names, err := fs.Glob(files, "pages/*.html")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		short := strings.TrimSuffix(strings.TrimPrefix(name, "pages/"), ".html")
		t, err := template.New("layout.html").ParseFS(files, "pages/layout.html", name)
		if err != nil {
			return nil, err
		}
		all[short] = t
	}
	return all, nil
}

// failure is an error with the status that a browser gets for it.
type failure struct {
	status int
	order.Text
}

func (f failure) Error() string { return f.EN }

func notThere() error {
	return failure{http.StatusNotFound,
		order.Text{JA: "見つかりません", EN: "There is no such thing here"}}
}

func badInput(ja, en string) error {
	return failure{http.StatusBadRequest, order.Text{JA: ja, EN: en}}
}

// page serves what a function finds out with the template of a name.
func (a *app) page(
	mux *http.ServeMux, pattern, name string, find func(*http.Request) (order.Text, any, error),
) {
	mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		if lang := order.Lang(r.URL.Query().Get("lang")); lang == order.English ||
			lang == order.Japanese {
			a.setCookie(w, langCookie, string(lang))
			r.AddCookie(&http.Cookie{Name: langCookie, Value: string(lang)})
		}
		title, data, err := find(r)
		if err != nil {
			a.fail(w, r, err)
			return
		}
		a.render(w, r, http.StatusOK, name, title, data)
	})
}

func (a *app) render(
	w http.ResponseWriter, r *http.Request, status int, name string, title order.Text, data any,
) {
	browser, err := r.Cookie(browserCookie)
	if err != nil {
		browser = &http.Cookie{Value: rand.Text()}
		a.setCookie(w, browserCookie, browser.Value)
	}
	here, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	v := view{Lang: langOf(r), Token: a.token(browser.Value), Path: r.URL.RequestURI(), Here: here,
		Now: time.Now(), Title: title, Data: data}
	mask, err := r.Cookie(maskCookie)
	v.Mask = err == nil && mask.Value == "1"
	var out bytes.Buffer
	if err := a.pages[name].Execute(&out, v); err != nil {
		http.Error(w, "the page cannot be made: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes()) // the browser may have gone
}

// fail shows an error as a page.
func (a *app) fail(w http.ResponseWriter, r *http.Request, err error) {
	f, ok := err.(failure)
	if !ok {
		f = failure{http.StatusInternalServerError, order.Text{JA: err.Error(), EN: err.Error()}}
	}
	a.render(w, r, f.status, "failure", order.Text{JA: "できませんでした", EN: "That did not work"}, f.Text)
}

func (a *app) setCookie(w http.ResponseWriter, name, value string) {
	http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: 365 * 86400,
		HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// langOf is the language that was chosen; Japanese at first. The youngest cookie counts: page adds
// one.
func langOf(r *http.Request) order.Lang {
	lang := order.Japanese
	for _, c := range r.CookiesNamed(langCookie) {
		if c.Value == string(order.English) || c.Value == string(order.Japanese) {
			lang = order.Lang(c.Value)
		}
	}
	return lang
}

// settings switches the mask.
func (a *app) settings(w http.ResponseWriter, r *http.Request) {
	a.setCookie(w, maskCookie, r.PostFormValue("mask"))
	back(w, r, r.PostFormValue("back"), "/")
}

// back leads to a page of ours, never to another site.
func back(w http.ResponseWriter, r *http.Request, to, otherwise string) {
	if u, err := url.Parse(to); err != nil || u.Host != "" || u.Scheme != "" ||
		!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.Contains(to, `\`) {
		to = otherwise
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// events is the stream by which an open page hears that it is out of date.
func (a *app) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	ear, leave := a.news.listen()
	defer leave()
	alive := time.NewTicker(20 * time.Second)
	defer alive.Stop()
	text := ": hello\n\n"
	for {
		if _, err := fmt.Fprint(w, text); err != nil || out.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case kind := <-ear:
			text = "data: " + kind + "\n\n"
		case <-alive.C:
			text = ": alive\n\n"
		}
	}
}

// long is the context of work at the malls, which a closed browser window must not interrupt
// halfway.
func long(r *http.Request) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(r.Context()), 5*time.Minute)
}
