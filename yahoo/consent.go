package yahoo

import (
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

// AuthorizationURL is where a person consents (YConnect v2).
const AuthorizationURL = "https://auth.login.yahoo.co.jp/yconnect/v2/authorization"

// ConsentConfig is an application that asks a person for consent. ClientID and RedirectURI are required.
type ConsentConfig struct {
	ClientID     string            // アプリケーションID
	ClientSecret credential.Secret // empty for a client-side application
	RedirectURI  string            // as registered for the application (コールバックURL), to the letter

	Scopes []string // nil is openid, which is the least; store rights come from the application, not from a scope
	Prompt string   // "" lets the mall decide; login, select_account or consent make it ask

	AuthorizationURL string       // "" is the mall's
	TokenURL         string       // "" is the mall's
	HTTPClient       *http.Client // never changed; nil is a private one
	Logger           *slog.Logger // nil is silent
}

// Consent gets refresh tokens: by the authorisation-code flow with state and PKCE. The person who consents signs in with a
// Yahoo! JAPAN ID that is linked to the business ID of the store. The ID token is not read. It is safe for concurrent use.
//
// https://developer.yahoo.co.jp/yconnect/v2/authorization_code/
type Consent struct {
	cfg   ConsentConfig
	oauth oauth.Config
}

// ConsentRequest is a consent under way. Keep it for the one browser that was sent to URL, and give it to Finish.
type ConsentRequest struct {
	URL      string // where to send the browser
	State    credential.Secret
	Verifier credential.Secret // PKCE code_verifier
}

// Grant is what a person's consent gave.
type Grant struct {
	RefreshToken credential.Secret // lives four weeks; use does not prolong it
	ConsentedAt  time.Time         // what the order session and the refresh token are counted from
}

// NewConsent checks cfg and makes a Consent. It sends nothing.
func NewConsent(cfg ConsentConfig) (*Consent, error) {
	refuse := func(field string, err error) (*Consent, error) {
		return nil, &order.Error{Class: order.ErrInvalid, Mall: order.Yahoo, Err: fmt.Errorf("yahoo: ConsentConfig.%s %w", field, err)}
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
	cfg.AuthorizationURL = or(cfg.AuthorizationURL, AuthorizationURL)
	if u, err := url.Parse(cfg.AuthorizationURL); err != nil || u.Host == "" || u.RawQuery != "" {
		return refuse("AuthorizationURL", errors.New("is not the URL of an authorisation endpoint"))
	}
	if len(cfg.Scopes) == 0 {
		cfg.Scopes = []string{"openid"}
	}
	return &Consent{cfg: cfg, oauth: oauth.Config{
		TokenURL: or(cfg.TokenURL, TokenURL), Style: oauth.Basic, HTTPClient: cfg.HTTPClient, Mall: order.Yahoo, Logger: cfg.Logger,
		Credentials: func(context.Context) (string, credential.Secret, error) { return cfg.ClientID, cfg.ClientSecret, nil },
	}}, nil
}

// Begin makes the URL to which a browser is sent. Nothing is sent and nothing kept.
func (c *Consent) Begin() ConsentRequest {
	r := ConsentRequest{State: oauth.NewState(), Verifier: oauth.NewState()}
	query := url.Values{
		"response_type": {"code"}, "client_id": {c.cfg.ClientID}, "redirect_uri": {c.cfg.RedirectURI},
		"scope": {strings.Join(c.cfg.Scopes, " ")}, "state": {r.State.Reveal()},
		"code_challenge": {oauth.Challenge(r.Verifier)}, "code_challenge_method": {"S256"},
		"bail": {"1"}, // a refusal comes back here instead of ending on the mall's top page
	}
	if c.cfg.Prompt != "" {
		query.Set("prompt", c.cfg.Prompt)
	}
	r.URL = c.cfg.AuthorizationURL + "?" + query.Encode()
	return r
}

// Finish takes the query with which the mall sent the browser back, compares its state, and exchanges the code. The code works
// once, so the exchange is sent once: after a lost answer the consent has to be begun again, and the error says so. Store the Grant
// before using it; see KeyStore.
func (c *Consent) Finish(ctx context.Context, r ConsentRequest, callback url.Values) (Grant, error) {
	now := time.Now() // before the exchange: the earlier side is the safer one
	code, err := oauth.Callback(order.Yahoo, "", r.State, callback, "code")
	if err != nil {
		return Grant{}, err
	}
	token, err := oauth.Exchange(ctx, c.oauth, oauth.AuthCode{Code: code, RedirectURI: c.cfg.RedirectURI, Verifier: r.Verifier})
	if err != nil {
		return Grant{}, err
	}
	return Grant{RefreshToken: credential.NewSecret(token.RefreshToken), ConsentedAt: now}, nil
}

// Handler is a page at the redirect URI that does both: a visit begins a consent, the mall's redirect back ends it. State and
// verifier wait in a cookie of that browser. save stores the Grant (KeyStore.Consented); when it fails, the page says so and the
// consent has to be given again. A visit under another host name than that of RedirectURI is
// refused: a proxy in front has to pass the Host on. Who may open the page decides whose store is linked: put it behind your own sign-in.
func (c *Consent) Handler(save func(context.Context, Grant) error) http.Handler {
	begin := func() (string, credential.Secret, credential.Secret) {
		r := c.Begin()
		return r.URL, r.State, r.Verifier
	}
	return oauth.Handler(c.cfg.RedirectURI, begin, func(ctx context.Context, state, verifier credential.Secret, callback url.Values) (Grant, error) {
		return c.Finish(ctx, ConsentRequest{State: state, Verifier: verifier}, callback)
	}, save)
}
