package oauth

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// AuthCode is the answer to a consent, to be exchanged for tokens. A code works once and for a few minutes (Amazon: 5).
type AuthCode struct {
	Code        credential.Secret
	RedirectURI string            // as in the consent URL
	Verifier    credential.Secret // PKCE code_verifier; empty when no challenge was sent
}

// Exchange trades a consent's code for an access token and a refresh token. It is sent once: after an error for which
// transport.Unsettled is true the code may be spent, and the consent has to be repeated.
func Exchange(ctx context.Context, cfg Config, code AuthCode) (*oauth2.Token, error) {
	if code.Code.IsZero() {
		return nil, &order.Error{Class: order.ErrInvalid, Mall: cfg.Mall, Shop: cfg.Shop, Operation: operation,
			Message: "the authorization code is empty", Hint: "nothing was sent"}
	}
	form := url.Values{"grant_type": {"authorization_code"}, "code": {code.Code.Reveal()}}
	if code.RedirectURI != "" {
		form.Set("redirect_uri", code.RedirectURI)
	}
	if !code.Verifier.IsZero() {
		form.Set("code_verifier", code.Verifier.Reveal())
	}
	t, op, err := cfg.client(transport.Unsafe)
	if err != nil {
		return nil, err
	}
	defer t.CloseIdleConnections()
	token, err := ask(ctx, cfg, t, op, form)
	if err == nil && token.RefreshToken == "" {
		return nil, &order.Error{Class: order.ErrUndecodable, Mall: cfg.Mall, Shop: cfg.Shop, Operation: "consent",
			Err: errors.New("the token reply holds no refresh token"), Hint: "begin the consent again"}
	}
	return token, err
}

// ask sends one grant and reads the token.
func ask(ctx context.Context, cfg Config, t *transport.Client, op transport.Operation, form url.Values) (*oauth2.Token, error) {
	asked := time.Now() // a token's life is counted from before the request, which is the earlier and so the safer side
	reply, err := t.Do(ctx, transport.Call{
		Operation: op, Body: []byte(form.Encode()), ContentType: "application/x-www-form-urlencoded;charset=UTF-8",
	})
	var e *order.Error
	if errors.As(err, &e) && transport.Unsettled(err) {
		e.Hint = "the answer was lost and the code may be spent: begin the consent again"
	}
	if err != nil {
		return nil, err
	}
	token, err := parse(reply.Body, asked)
	if err != nil {
		class := order.ErrUndecodable
		if errors.Is(err, errNoAnswer) && op.Retry == transport.Read {
			class = order.ErrTemporary
		}
		return nil, &order.Error{Class: class, Mall: cfg.Mall, Shop: cfg.Shop, Operation: operation,
			HTTPStatus: reply.Status, RequestID: reply.RequestID, Attempts: reply.Attempts, Err: err}
	}
	return token, nil
}

// sign adds the client's id and secret in the one way that was chosen.
func (c Config) sign(ctx context.Context, req *http.Request, body []byte) error {
	id, secret, err := c.Credentials(ctx)
	if err != nil {
		return err
	}
	if id == "" {
		return &order.Error{Class: order.ErrUnauthorized, Message: "the client id is empty", Hint: "nothing was sent"}
	}
	if c.Style == Basic && !secret.IsZero() {
		// RFC 6749 section 2.3.1: both are form-encoded first.
		pair := url.QueryEscape(id) + ":" + url.QueryEscape(secret.Reveal())
		req.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(pair)))
		return nil
	}
	form := string(body) + "&client_id=" + url.QueryEscape(id)
	if !secret.IsZero() {
		form += "&client_secret=" + url.QueryEscape(secret.Reveal())
	}
	req.Body, req.ContentLength = io.NopCloser(strings.NewReader(form)), int64(len(form))
	req.GetBody = nil
	return nil
}
