package yahoo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/oauth"
	"github.com/jpmall/jpmall/order"
)

// [AuthorizationURL] is the page on which a user consents (YConnect v2).
const AuthorizationURL = "https://auth.login.yahoo.co.jp/yconnect/v2/authorization"

// ConsentConfig configures a Consent. ClientID and RedirectURI are required.
type ConsentConfig struct {
	ClientID     string            // Client ID (アプリケーションID)
	ClientSecret credential.Secret // empty for a client-side application
	RedirectURI  string            // exactly as registered for the application (コールバックURL)

	// nil is openid, the minimum; store rights come from the application, not from a scope
	Scopes []string
	Prompt string // "" lets the mall decide; login, select_account or consent forces that step

	AuthorizationURL string       // "" is the mall's
	TokenURL         string       // "" is the mall's
	HTTPClient       *http.Client // never modified; nil is a private one
	Logger           *slog.Logger // nil is silent
}

// Consent gets refresh tokens by the authorisation-code flow, with state and PKCE. It is safe for
// concurrent use. The user signs in with a Yahoo! JAPAN ID, which presumably must be linked to a
// business ID with rights on the store. The ID token is not read.
//
// https://developer.yahoo.co.jp/yconnect/v2/authorization_code/
type Consent struct {
	cfg   ConsentConfig
	oauth oauth.Config
}

// ConsentRequest is a consent in progress. Keep it for the one browser that was sent to URL, and
// pass it to Finish.
type ConsentRequest struct {
	URL      string // where to send the browser
	State    credential.Secret
	Verifier credential.Secret // PKCE code_verifier
}

// Grant is the result of a consent.
type Grant struct {
	RefreshToken credential.Secret // valid for four weeks, not extended by use
	ConsentedAt  time.Time         // start of the order session and the refresh token
}

// NewConsent validates cfg and returns a Consent. It sends nothing. An error names the field that
// is wrong.
func NewConsent(cfg ConsentConfig) (*Consent, error) {
	refuse := func(field string, err error) (*Consent, error) {
		return nil, &order.Error{Class: order.ErrInvalid, Mall: order.Yahoo,
			Err: fmt.Errorf("yahoo: ConsentConfig.%s %w", field, err)}
	}
	keys, err := Keys{ClientID: cfg.ClientID, ClientSecret: cfg.ClientSecret}.clean(false)
	if err == nil {
		_, err = check.Key("Keys.ClientID", cfg.ClientID)
	}
	if err != nil {
		return refuse("ClientID or ClientSecret cannot be right:", err)
	}
	if err := oauth.CheckRedirect(cfg.RedirectURI); err != nil {
		return refuse("RedirectURI", err)
	}
	cfg.ClientID, cfg.ClientSecret = keys.ClientID, keys.ClientSecret
	cfg.AuthorizationURL = cmp.Or(cfg.AuthorizationURL, AuthorizationURL)
	if u, err := url.Parse(cfg.AuthorizationURL); err != nil || u.Host == "" || u.RawQuery != "" {
		return refuse("AuthorizationURL", errors.New("is not the URL of an authorisation endpoint"))
	}
	if len(cfg.Scopes) == 0 {
		cfg.Scopes = []string{"openid"}
	}
	return &Consent{cfg: cfg, oauth: oauth.Config{
		TokenURL: cmp.Or(cfg.TokenURL, TokenURL), Style: oauth.Basic, HTTPClient: cfg.HTTPClient,
		Mall: order.Yahoo, Logger: cfg.Logger,
		Credentials: func(context.Context) (string, credential.Secret, error) {
			return cfg.ClientID, cfg.ClientSecret, nil
		},
	}}, nil
}

// Begin returns the URL to send a browser to. Nothing is sent or stored.
func (c *Consent) Begin() ConsentRequest {
	r := ConsentRequest{State: oauth.NewState(), Verifier: oauth.NewState()}
	query := url.Values{
		"response_type": {"code"}, "client_id": {c.cfg.ClientID},
		"redirect_uri": {c.cfg.RedirectURI},
		"scope":        {strings.Join(c.cfg.Scopes, " ")}, "state": {r.State.Reveal()},
		"code_challenge": {oauth.Challenge(r.Verifier)}, "code_challenge_method": {"S256"},
		"bail": {"1"}, // a refusal comes back here instead of ending on the mall's top page
	}
	if c.cfg.Prompt != "" {
		query.Set("prompt", c.cfg.Prompt)
	}
	r.URL = c.cfg.AuthorizationURL + "?" + query.Encode()
	return r
}

// Finish checks the state in callback, the query with which the mall sent the browser back, and
// exchanges the code. Store the Grant before using it; see [KeyStore]. Not safe to repeat: the code
// works once, so the exchange is sent once. After a lost answer the consent must be started again,
// and the error says so.
func (c *Consent) Finish(
	ctx context.Context, r ConsentRequest, callback url.Values,
) (Grant, error) {
	now := time.Now() // before the exchange: the earlier side is the safer one
	code, err := oauth.Callback(order.Yahoo, "", r.State, callback, "code")
	if err != nil {
		return Grant{}, err
	}
	token, err := oauth.Exchange(ctx, c.oauth,
		oauth.AuthCode{Code: code, RedirectURI: c.cfg.RedirectURI, Verifier: r.Verifier})
	if err != nil {
		return Grant{}, err
	}
	return Grant{RefreshToken: credential.NewSecret(token.RefreshToken), ConsentedAt: now}, nil
}

// Handler returns a page for the redirect URI that does both: a visit begins a consent, the mall's
// redirect ends it. State and verifier are kept in a cookie. save stores the Grant
// ([KeyStore.Consented]); if it fails, the page says so and the consent must be given again.
//
// A visit under another host name than that of RedirectURI is refused, so a proxy must pass the
// Host header on. Whoever can open the page can link a store: put it behind your own sign-in.
func (c *Consent) Handler(save func(context.Context, Grant) error) http.Handler {
	begin := func() (string, credential.Secret, credential.Secret) {
		r := c.Begin()
		return r.URL, r.State, r.Verifier
	}
	return oauth.Handler(c.cfg.RedirectURI, begin,
		func(ctx context.Context, state, verifier credential.Secret, callback url.Values) (Grant,
			error) {
			return c.Finish(ctx, ConsentRequest{State: state, Verifier: verifier}, callback)
		}, save)
}
