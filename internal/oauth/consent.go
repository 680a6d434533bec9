package oauth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"net/url"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
	"golang.org/x/oauth2"
)

// NewState returns a random state of a consent, or PKCE code_verifier (RFC 7636), of 43
// characters.
func NewState() credential.Secret {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // it does not fail; see crypto/rand
	return credential.NewSecret(base64.RawURLEncoding.EncodeToString(b))
}

// Challenge returns the code_challenge of a verifier, method S256.
func Challenge(verifier credential.Secret) string {
	sum := sha256.Sum256([]byte(verifier.Reveal()))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// Callback checks the callback of a consent and returns its code. It checks the state first, since
// anything in a callback with another state comes from a stranger. param is the name of the mall's
// code parameter. Only known error codes are passed on.
func Callback(
	mall order.Mall, shop string, state credential.Secret, callback url.Values, param string,
) (credential.Secret, error) {
	refuse := func(class order.Class, code, text string, hint order.Text) (credential.Secret,
		error) {
		return credential.Secret{}, &order.Error{Class: class, Mall: mall, Shop: shop,
			Operation: "consent", Code: code,
			Err: errors.New(text), Hint: hint}
	}
	got := callback.Get("state")
	if state.IsZero() || subtle.ConstantTimeCompare([]byte(got), []byte(state.Reveal())) != 1 {
		return refuse(order.ErrForbidden, "",
			"the state is not that of the consent which was begun",
			order.Text{
				EN: "begin again in the same browser: the page was left for too long, opened twice, or the link came from elsewhere",
				JA: "同じブラウザで最初からやり直してください。放置しすぎたか、二重に開いたか、別のところから来たリンクです"})
	}
	if code := callback.Get("error"); code != "" {
		known, ok := refusals[code]
		switch {
		case code == "login_required" || code == "consent_required" ||
			code == "interaction_required":
			return refuse(order.ErrForbidden, code, "nobody consented",
				order.Text{EN: "begin again and sign in",
					JA: "ログインして最初からやり直してください"})
		case !ok:
			return refuse(order.ErrInvalid, "",
				"the consent failed with an error code that is not known", order.Text{})
		}
		return refuse(known.class, code, "nobody consented", known.hint)
	}
	code := callback.Get(param)
	if code == "" {
		return refuse(order.ErrForbidden, "",
			"the callback brings no code: the consent was refused or left",
			order.Text{EN: "begin again",
				JA: "最初からやり直してください"})
	}
	return credential.NewSecret(code), nil
}

// CheckRedirect refuses a text that cannot be a registered redirect URI.
func CheckRedirect(text string) error {
	u, err := url.Parse(text)
	switch {
	case text == "":
		return errors.New("is empty: it is the redirect URI that is registered for the application")
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil ||
		u.Fragment != "":
		return errors.New("is not a URL of the form https://host/path")
	}
	return nil
}

// AuthCode is the result of a consent, to be exchanged for tokens. A code works once and for a few
// minutes (Amazon: 5).
type AuthCode struct {
	Code        credential.Secret
	RedirectURI string            // as in the consent URL
	Verifier    credential.Secret // PKCE code_verifier; empty if no challenge was sent
}

// Exchange exchanges a consent's code for an access token and a refresh token. Not safe to repeat:
// it is sent once. After an error for which transport.Unsettled is true, the code may be spent,
// and the consent must be repeated.
func Exchange(ctx context.Context, cfg Config, code AuthCode) (*oauth2.Token, error) {
	if code.Code.IsZero() {
		return nil, &order.Error{Class: order.ErrInvalid, Mall: cfg.Mall, Shop: cfg.Shop,
			Operation: operation,
			Message:   "the authorization code is empty", Hint: transport.UnsentHint}
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
		return nil, &order.Error{Class: order.ErrUndecodable, Mall: cfg.Mall, Shop: cfg.Shop,
			Operation: "consent",
			Err:       errors.New("the token reply holds no refresh token"),
			Hint: order.Text{EN: "begin the consent again",
				JA: "同意の手続きを最初からやり直してください"}}
	}
	return token, err
}
