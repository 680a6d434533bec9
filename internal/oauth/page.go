package oauth

import (
	"context"
	"errors"
	"html/template"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// page guides a browser through a consent: a visit without a state begins one, and the visit to
// which the mall redirects ends it. State and verifier are kept in a cookie of that browser, so
// that no consent can be passed off as another person's, and the page needs no memory and can be
// served by several machines.
type page struct {
	redirect *url.URL // where the page is; nil if unknown
	begin    func() (url string, state, verifier credential.Secret)
	finish   func(ctx context.Context, state, verifier credential.Secret, callback url.Values) error
}

// Handler returns the page of a consent at its redirect URI. begin and finish are the mall's; save
// stores the grant. A visit under another host name is refused, since anyone can point a name at
// this server; if redirect is "", so is every visit but those to a loopback address.
func Handler[G any](redirect string, begin func() (url string, state, verifier credential.Secret),
	finish func(ctx context.Context, state, verifier credential.Secret, callback url.Values) (G,
		error),
	save func(context.Context, G) error) http.Handler {
	p := page{begin: begin,
		finish: func(ctx context.Context, state, verifier credential.Secret, callback url.Values) error {
			grant, err := finish(ctx, state, verifier, callback)
			if err != nil {
				return err
			}
			return save(ctx, grant)
		}}
	if u, err := url.Parse(redirect); err == nil && u.Host != "" {
		p.redirect = u
	}
	return p
}

// ours reports whether a visit is under the page's own host name, or under a loopback address,
// which a proxy on the same machine may use.
func (p page) ours(host string) bool {
	u := url.URL{Host: host}
	if p.redirect != nil && strings.EqualFold(u.Hostname(), p.redirect.Hostname()) {
		return true
	}
	ip := net.ParseIP(u.Hostname())
	return ip != nil && ip.IsLoopback()
}

const cookieName = "jpmall_consent"

// consentTime is the time limit for the user, in seconds.
const consentTime = 30 * 60

// ServeHTTP answers GET only. The page shows the outcome in both languages, and nothing secret.
func (p page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer") // the address of this visit holds the code
	h.Set("X-Frame-Options", "DENY")
	if r.Method != http.MethodGet {
		h.Set("Allow", http.MethodGet)
		http.Error(w, "GET only", http.StatusMethodNotAllowed)
		return
	}
	if !p.ours(r.Host) {
		text := "このホスト名のページではありません。 Not a page of this host: open it under the redirect URI, and let a proxy pass the Host on."
		if p.redirect == nil {
			text = "RedirectURIが設定されていません。 RedirectURI is not configured, so this page is open to the machine itself only."
		}
		http.Error(w, text, http.StatusForbidden)
		return
	}
	query := r.URL.Query()
	if !query.Has("state") && !query.Has("error") {
		to, state, verifier := p.begin()
		p.cookie(w, r, state.Reveal()+"."+verifier.Reveal(), consentTime)
		http.Redirect(w, r, to, http.StatusFound)
		return
	}
	var state, verifier string
	if c, err := r.Cookie(cookieName); err == nil {
		state, verifier, _ = strings.Cut(c.Value, ".")
	}
	p.cookie(w, r, "", -1) // a state serves once
	err := p.finish(r.Context(), credential.NewSecret(state), credential.NewSecret(verifier), query)
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	w.WriteHeader(statusOf(err))
	_ = outcome.Execute(w, view(err, r.URL.Path)) // the browser is gone, then
}

func (p page) cookie(w http.ResponseWriter, r *http.Request, value string, age int) {
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: value, Path: r.URL.Path, MaxAge: age,
		HttpOnly: true, Secure: p.redirect == nil || p.redirect.Scheme == "https",
		SameSite: http.SameSiteLaxMode}) // Lax: the mall's redirect is a visit from another site
}

func statusOf(err error) int {
	switch {
	case err == nil:
		return http.StatusOK
	case errors.Is(err, order.ErrForbidden), errors.Is(err, order.ErrInvalid),
		errors.Is(err, order.ErrCredentialExpired):
		return http.StatusBadRequest
	}
	return http.StatusBadGateway
}

func view(err error, again string) any {
	v := struct{ Error, Again string }{Again: again}
	if err != nil {
		v.Error = err.Error()
	}
	return v
}

var outcome = template.Must(template.New("outcome").Parse(`<!DOCTYPE html>
<html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>body{font:16px/1.6 sans-serif;max-width:40em;margin:3em auto;padding:0 1em}</style>
{{if .Error}}<title>認可できませんでした</title>
<h1>認可できませんでした</h1><p lang="en">The authorisation failed.</p><p>{{.Error}}</p>
<p><a href="{{.Again}}">もう一度 / Try again</a></p>
{{else}}<title>認可が完了しました</title>
<h1>認可が完了しました</h1><p>この画面は閉じて構いません。</p><p lang="en">Authorised and stored. You may close this page.</p>
{{end}}</html>
`))
