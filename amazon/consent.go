package amazon

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

// SellerCentralJapan is where a seller of Amazon.co.jp authorises an application. An authorisation holds for one region.
const SellerCentralJapan = "https://sellercentral.amazon.co.jp"

const consentPath = "/apps/authorize/consent"

// ConsentConfig is an application that a seller is asked to authorise. ApplicationID, ClientID and ClientSecret are required.
type ConsentConfig struct {
	ApplicationID string // amzn1.sp.solution.… or amzn1.sellerapps.app.…; not the client id
	ClientID      string
	ClientSecret  credential.Secret
	RedirectURI   string // one of the registered ones; "" is the first of them
	Draft         bool   // the application is not published: without version=beta Amazon answers MD1000

	Shop string // the seller who must authorise (出品者ID); another one is refused. "" takes whoever does

	SellerCentral string       // "" is SellerCentralJapan
	TokenURL      string       // "" is Login with Amazon
	HTTPClient    *http.Client // never changed; nil is a private one
	Logger        *slog.Logger // nil is silent
}

// Consent gets refresh tokens by the website authorisation workflow. A seller of a public application has to authorise again every
// 365 days, and whenever the application gains a role; the new refresh token replaces the stored one. A private application needs
// none of this: its refresh token is shown in the developer console (アプリを承認), see Grant.Self. Safe for concurrent use.
//
// https://developer-docs.amazon.com/sp-api/docs/website-authorization-workflow
type Consent struct {
	cfg   ConsentConfig
	oauth oauth.Config
}

// ConsentRequest is a consent under way. Keep it for the one browser that was sent to URL, and give it to Finish.
type ConsentRequest struct {
	URL   string // where to send the browser
	State credential.Secret
}

// Grant is what a seller's authorisation gave.
type Grant struct {
	Shop         string            // selling_partner_id
	RefreshToken credential.Secret // Atzr|…
	AuthorizedAt time.Time         // what its life is counted from
	Self         bool              // self-authorised in the developer console; how long that lives is documented nowhere
}

// NewConsent checks cfg and makes a Consent. It sends nothing.
func NewConsent(cfg ConsentConfig) (*Consent, error) {
	refuse := func(err error) (*Consent, error) {
		return nil, &order.Error{Class: order.ErrInvalid, Mall: order.Amazon, Shop: cfg.Shop, Err: fmt.Errorf("amazon: %w", err)}
	}
	keys, err := Keys{ClientID: cfg.ClientID, ClientSecret: cfg.ClientSecret}.checked()
	if err != nil {
		return refuse(err)
	}
	if cfg.ApplicationID, err = check.Key("ConsentConfig.ApplicationID", cfg.ApplicationID); err != nil {
		return refuse(err)
	}
	if strings.HasPrefix(cfg.ApplicationID, "amzn1.application-oa2-client.") {
		return refuse(errors.New("ConsentConfig.ApplicationID is a client id: the application id stands beside it in the portal"))
	}
	if cfg.RedirectURI != "" {
		if err := oauth.CheckRedirect(cfg.RedirectURI); err != nil {
			return refuse(fmt.Errorf("ConsentConfig.RedirectURI %w", err))
		}
	}
	cfg.ClientID, cfg.ClientSecret = keys.ClientID, keys.ClientSecret
	if cfg.SellerCentral == "" {
		cfg.SellerCentral = SellerCentralJapan
	}
	if u, err := url.Parse(cfg.SellerCentral); err != nil || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return refuse(errors.New("ConsentConfig.SellerCentral is not of the form https://host"))
	}
	if cfg.TokenURL == "" {
		cfg.TokenURL = lwaURL
	}
	return &Consent{cfg: cfg, oauth: oauth.Config{
		TokenURL: cfg.TokenURL, Style: oauth.Params, HTTPClient: cfg.HTTPClient, Mall: order.Amazon, Shop: cfg.Shop, Logger: cfg.Logger,
		Credentials: func(context.Context) (string, credential.Secret, error) { return cfg.ClientID, cfg.ClientSecret, nil },
	}}, nil
}

// Begin makes the URL to which a browser is sent. Nothing is sent and nothing kept.
func (c *Consent) Begin() ConsentRequest {
	r := ConsentRequest{State: oauth.NewState()}
	query := url.Values{"application_id": {c.cfg.ApplicationID}, "state": {r.State.Reveal()}}
	if c.cfg.RedirectURI != "" {
		query.Set("redirect_uri", c.cfg.RedirectURI)
	}
	if c.cfg.Draft {
		query.Set("version", "beta")
	}
	r.URL = strings.TrimRight(c.cfg.SellerCentral, "/") + consentPath + "?" + query.Encode()
	return r
}

// Finish takes the query with which Amazon sent the browser back, compares its state and the seller, and exchanges the code, which
// works once and for five minutes. The exchange is sent once: after a lost answer the consent has to be begun again, and the error
// says so. Another seller than ConsentConfig.Shop is refused before anything is sent. Store the Grant before using it; see KeyStore.
func (c *Consent) Finish(ctx context.Context, r ConsentRequest, callback url.Values) (Grant, error) {
	now := time.Now()
	refuse := func(class order.Class, text, hint string) (Grant, error) {
		return Grant{}, &order.Error{Class: class, Mall: order.Amazon, Shop: c.cfg.Shop, Operation: "consent", Err: errors.New(text), Hint: hint}
	}
	code, err := oauth.Callback(order.Amazon, c.cfg.Shop, r.State, callback, "spapi_oauth_code")
	if err != nil {
		return Grant{}, err
	}
	seller, err := check.Key("selling_partner_id", callback.Get("selling_partner_id"))
	if err != nil {
		return refuse(order.ErrUndecodable, "the callback names no seller", "begin again")
	}
	if c.cfg.Shop != "" && seller != c.cfg.Shop {
		return refuse(order.ErrForbidden, "another seller than the one of this shop has authorised",
			"sign out of Seller Central, sign in as the seller of this shop, and begin again")
	}
	token, err := oauth.Exchange(ctx, c.oauth, oauth.AuthCode{Code: code, RedirectURI: c.cfg.RedirectURI})
	if err != nil {
		return Grant{}, err
	}
	return Grant{Shop: seller, RefreshToken: credential.NewSecret(token.RefreshToken), AuthorizedAt: now}, nil
}

// Handler is a page at the redirect URI that does both: a visit begins a consent, Amazon's redirect back ends it. The state waits in
// a cookie of that browser. save stores the Grant (KeyStore.Authorized); when it fails, the page says so and the seller has to
// authorise again. A visit under another host name than that of RedirectURI is
// refused: a proxy in front has to pass the Host on. Who may open the page decides whose account is linked: put it behind your own sign-in.
func (c *Consent) Handler(save func(context.Context, Grant) error) http.Handler {
	begin := func() (string, credential.Secret, credential.Secret) {
		r := c.Begin()
		return r.URL, r.State, credential.Secret{}
	}
	return oauth.Handler(c.cfg.RedirectURI, begin, func(ctx context.Context, state, _ credential.Secret, callback url.Values) (Grant, error) {
		return c.Finish(ctx, ConsentRequest{State: state}, callback)
	}, save)
}
