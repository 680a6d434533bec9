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

// [SellerCentralJapan] is where a seller of Amazon.co.jp authorises an application. An
// authorisation is valid in one region.
const SellerCentralJapan = "https://sellercentral.amazon.co.jp"

const consentPath = "/apps/authorize/consent"

// ConsentConfig describes the application that a seller is to authorise. ApplicationID, ClientID
// and ClientSecret are required.
type ConsentConfig struct {
	ApplicationID string // amzn1.sp.solution.… or amzn1.sellerapps.app.…; not the client id
	ClientID      string
	ClientSecret  credential.Secret
	RedirectURI   string // one of the registered ones; "" is the first of them. Handler needs it
	Draft         bool   // the application is not published; without Draft, Amazon answers MD1000

	Shop string // the seller who must authorise (出品者ID); others are refused. "" accepts any seller

	SellerCentral string       // "" is SellerCentralJapan
	TokenURL      string       // "" is Login with Amazon
	HTTPClient    *http.Client // never modified; nil is a private one
	Logger        *slog.Logger // nil is silent
}

// Consent obtains refresh tokens by the website authorisation workflow. It is safe for concurrent
// use.
//
// A seller must authorise a public application again every 365 days, and whenever the application
// gains a role; the new refresh token replaces the stored one. A private application needs no
// Consent: the developer console shows its refresh token (アプリを承認); see [Grant.Self].
//
// https://developer-docs.amazon.com/sp-api/docs/website-authorization-workflow
type Consent struct {
	cfg   ConsentConfig
	oauth oauth.Config
}

// ConsentRequest is a consent in progress. Keep it for the one browser that was sent to URL, and
// pass it to Finish.
type ConsentRequest struct {
	URL   string // where to send the browser
	State credential.Secret
}

// Grant is the result of a seller's authorisation.
type Grant struct {
	Shop         string            // selling_partner_id
	RefreshToken credential.Secret // Atzr|…
	AuthorizedAt time.Time         // begins the lifetime of RefreshToken
	// self-authorised in the developer console; its lifetime is not documented
	Self bool
}

// NewConsent validates cfg and returns a Consent. It sends nothing. An error names the field that
// is wrong.
func NewConsent(cfg ConsentConfig) (*Consent, error) {
	refuse := func(err error) (*Consent, error) {
		return nil, &order.Error{Class: order.ErrInvalid, Mall: order.Amazon, Shop: cfg.Shop,
			Err: fmt.Errorf("amazon: %w", err)}
	}
	keys, err := Keys{ClientID: cfg.ClientID, ClientSecret: cfg.ClientSecret}.checked()
	if err != nil {
		return refuse(err)
	}
	if cfg.ApplicationID, err = check.Key("ConsentConfig.ApplicationID",
		cfg.ApplicationID); err != nil {
		return refuse(err)
	}
	if err := applicationID(cfg.ApplicationID); err != nil {
		return refuse(fmt.Errorf("ConsentConfig.ApplicationID %w", err))
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
	if err := sellerCentral(cfg.SellerCentral); err != nil {
		return refuse(fmt.Errorf("ConsentConfig.SellerCentral %w", err))
	}
	if cfg.TokenURL == "" {
		cfg.TokenURL = lwaURL
	}
	return &Consent{cfg: cfg, oauth: oauth.Config{
		TokenURL: cfg.TokenURL, Style: oauth.Params, HTTPClient: cfg.HTTPClient, Mall: order.Amazon,
		Shop: cfg.Shop, Logger: cfg.Logger,
		Credentials: func(context.Context) (string, credential.Secret, error) {
			return cfg.ClientID, cfg.ClientSecret, nil
		},
	}}, nil
}

// applicationID refuses the id that is pasted in its place.
func applicationID(text string) error {
	if strings.HasPrefix(text, "amzn1.application-oa2-client.") {
		return errors.New("is a client id: the application id stands beside it in the portal")
	}
	return nil
}

// sellerCentral refuses what is more than a host.
func sellerCentral(text string) error {
	if u, err := url.Parse(text); err != nil || u.Host == "" || strings.Trim(u.Path, "/") != "" ||
		u.RawQuery != "" {
		return errors.New("is not of the form https://host")
	}
	return nil
}

// Begin returns the URL to send a browser to, with a new state. It sends and stores nothing.
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

// Finish ends a consent. callback is the query with which Amazon sent the browser back. Finish
// checks its state and seller, then exchanges the code, which works once and for five minutes. A
// seller other than [ConsentConfig.Shop] is refused before anything is sent. The exchange is sent
// once: after a lost answer the consent must begin again, and the error says so. Store the Grant
// before using it; see [KeyStore].
func (c *Consent) Finish(
	ctx context.Context, r ConsentRequest, callback url.Values,
) (Grant, error) {
	now := time.Now()
	refuse := func(class order.Class, text string, hint order.Text) (Grant, error) {
		return Grant{}, &order.Error{Class: class, Mall: order.Amazon, Shop: c.cfg.Shop,
			Operation: "consent", Err: errors.New(text), Hint: hint}
	}
	code, err := oauth.Callback(order.Amazon, c.cfg.Shop, r.State, callback, "spapi_oauth_code")
	if err != nil {
		return Grant{}, err
	}
	seller, err := check.Key("selling_partner_id", callback.Get("selling_partner_id"))
	if err != nil {
		return refuse(order.ErrUndecodable, "the callback names no seller",
			order.Text{EN: "begin again",
				JA: "最初からやり直してください"})
	}
	if c.cfg.Shop != "" && seller != c.cfg.Shop {
		return refuse(order.ErrForbidden, "another seller than the one of this shop has authorised",
			order.Text{
				EN: "sign out of Seller Central, sign in as the seller of this shop, and begin again",
				JA: "セラーセントラルからログアウトし、この店舗の出品者としてログインして最初からやり直してください"})
	}
	token, err := oauth.Exchange(ctx, c.oauth,
		oauth.AuthCode{Code: code, RedirectURI: c.cfg.RedirectURI})
	if err != nil {
		return Grant{}, err
	}
	return Grant{Shop: seller, RefreshToken: credential.NewSecret(token.RefreshToken),
		AuthorizedAt: now}, nil
}

// Handler returns a page for the redirect URI: a visit begins a consent, Amazon's redirect back
// ends it. The state is kept in a cookie of that browser. save stores the Grant
// ([KeyStore.Authorized]); if it fails, the page says so and the seller must authorise again. A
// visit under a host name other than RedirectURI's is refused, so a proxy must pass the Host header
// on. Without a RedirectURI, visits to a loopback address alone are answered. Anyone who can open
// the page can link a seller's account: put it behind your own sign-in.
func (c *Consent) Handler(save func(context.Context, Grant) error) http.Handler {
	begin := func() (string, credential.Secret, credential.Secret) {
		r := c.Begin()
		return r.URL, r.State, credential.Secret{}
	}
	return oauth.Handler(c.cfg.RedirectURI, begin,
		func(ctx context.Context, state, _ credential.Secret, callback url.Values) (Grant, error) {
			return c.Finish(ctx, ConsentRequest{State: state}, callback)
		}, save)
}
