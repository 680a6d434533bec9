package amazon

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/oauth"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// Keys are what an application needs to act for a seller: the LWA client id and client secret
// (Solution Provider Portal, 認証情報を表示) and the refresh token of the seller's authorisation (アプリを承認).
// The secret must be rotated every 180 days.
type Keys struct {
	ClientID     string // amzn1.application-oa2-client.…
	ClientSecret credential.Secret
	// Atzr|…; may be empty where only grantless operations are called
	RefreshToken credential.Secret

	// when the seller authorised, which begins RefreshToken's lifetime; zero is unknown
	AuthorizedAt   time.Time
	SelfAuthorized bool // authorised in the developer console (private applications)
	// when ClientSecret was issued, which begins its 180 days; zero is unknown
	SecretIssued time.Time
}

// Records describes the refresh token and the client secret for a [credential.Monitor]. The records
// hold no key. shop is [Config.Shop]. The lifetime of the refresh token is that of the
// authorisation. A credential without a start date is reported as unknown, never as valid.
func (k Keys) Records(shop string) []credential.Record {
	var all []credential.Record
	if !k.RefreshToken.IsZero() {
		kind := credential.KindAuthorization
		if k.SelfAuthorized {
			kind = credential.KindSelfAuthorization
		}
		all = append(all, credential.Record{Mall: order.Amazon, Shop: shop, Kind: kind,
			Start: k.AuthorizedAt})
	}
	return append(all, credential.Record{Mall: order.Amazon, Shop: shop,
		Kind: credential.KindClientSecret, Start: k.SecretIssued})
}

// checked returns the keys without the white space that pasting leaves around them. An error names
// the field that cannot be a key.
func (k Keys) checked() (Keys, error) {
	id, err := check.Key("Keys.ClientID", k.ClientID)
	if err != nil {
		return k, err
	}
	secret, err := check.Key("Keys.ClientSecret", k.ClientSecret.Reveal())
	if err != nil {
		return k, err
	}
	k.ClientID, k.ClientSecret = id, credential.NewSecret(secret)
	if !k.RefreshToken.IsZero() {
		token, err := check.Key("Keys.RefreshToken", k.RefreshToken.Reveal())
		if err != nil {
			return k, err
		}
		k.RefreshToken = credential.NewSecret(token)
	}
	return k, nil
}

const (
	lwaURL         = "https://api.amazon.com/auth/o2/token" // one host for all regions
	scopeNotify    = "sellingpartnerapi::notifications"
	scopeRotation  = "sellingpartnerapi::client_credential:rotation"
	accessTokenKey = "X-Amz-Access-Token"
)

// tokens are the token sources of a client, one per kind of authorisation.
type tokens [byRotation + 1]oauth.Tokens

func newTokens(cfg Config) (t tokens, err error) {
	base := oauth.Config{
		TokenURL: cfg.TokenURL, PlainHTTP: cfg.PlainHTTP, Style: oauth.Params,
		HTTPClient: cfg.HTTPClient, UserAgent: cfg.UserAgent,
		Mall: order.Amazon, Shop: cfg.Shop, Logger: cfg.Logger, Observer: cfg.Observer,
	}
	if cfg.Tokens != nil {
		t[bySeller] = oauth.Given(cfg.Tokens)
	}
	if cfg.Keys == nil {
		return t, nil
	}
	base.Credentials = func(ctx context.Context) (string, credential.Secret, error) {
		k, err := currentKeys(ctx, cfg)
		return k.ClientID, k.ClientSecret, err
	}
	if t[bySeller] == nil {
		refresh := credential.SourceFunc[credential.Secret](
			func(ctx context.Context) (credential.Secret, error) {
				k, err := currentKeys(ctx, cfg)
				return k.RefreshToken, err
			})
		stored := base
		stored.Store, stored.StoreKey = cfg.Store, oauth.StoreKey(order.Amazon, cfg.Shop, "token")
		if t[bySeller], err = oauth.NewSource(stored, refresh); err != nil {
			return t, err
		}
	}
	for a, scope := range map[auth]string{byNotify: scopeNotify, byRotation: scopeRotation} {
		if t[a], err = oauth.NewGrantless(base, scope); err != nil {
			return t, err
		}
	}
	return t, nil
}

func currentKeys(ctx context.Context, cfg Config) (Keys, error) {
	k, err := cfg.Keys.Current(ctx)
	if err != nil {
		return k, err
	}
	if k, err = k.checked(); err != nil {
		return k, &order.Error{Class: order.ErrInvalid, Mall: order.Amazon, Shop: cfg.Shop,
			Err: err, Hint: transport.UnsentHint}
	}
	return k, nil
}

// ticket says which token the attempts of a call use. It travels in the context, which the
// transport passes to Sign and Renew.
type ticket struct {
	auth  auth
	token credential.Secret // a Restricted Data Token, in place of all others
}

type ticketKey struct{}

func ticketOf(ctx context.Context) ticket {
	t, _ := ctx.Value(ticketKey{}).(ticket)
	return t
}

var errNoKeys = errors.New("this operation acts for the application itself and needs Config.Keys")

func (c *Client) token(ctx context.Context) (string, error) {
	t := ticketOf(ctx)
	if !t.token.IsZero() {
		return t.token.Reveal(), nil
	}
	source := c.tokens[t.auth]
	if source == nil {
		return "", &order.Error{Class: order.ErrInvalid, Err: errNoKeys, Hint: transport.UnsentHint}
	}
	return oauth.Access(ctx, source)
}

// sign puts the token into x-amz-access-token.
func (c *Client) sign(ctx context.Context, req *http.Request, _ []byte) error {
	token, err := c.token(ctx)
	if err != nil {
		return err
	}
	req.Header[accessTokenKey] = []string{token}
	return nil
}

// renew gets another token after a refusal. A Restricted Data Token is left for its owner to renew.
func (c *Client) renew(
	ctx context.Context, refused *order.Error, sent *http.Request,
) (again bool, err error) {
	t := ticketOf(ctx)
	// with an expired client secret no token can be got
	if !t.token.IsZero() || refused.Class == order.ErrCredentialExpired {
		return false, nil
	}
	return oauth.Renew(ctx, c.tokens[t.auth], sent.Header.Get(accessTokenKey))
}
