package oauth

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"net/url"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// NewState makes the state of a consent, or a PKCE code_verifier (RFC 7636): 43 characters that nobody can guess.
func NewState() credential.Secret {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // it does not fail; see crypto/rand
	return credential.NewSecret(base64.RawURLEncoding.EncodeToString(b))
}

// Challenge is the code_challenge of a verifier, method S256.
func Challenge(verifier credential.Secret) string {
	sum := sha256.Sum256([]byte(verifier.Reveal()))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// Callback checks what came back from a consent: the state first, since everything else in a callback that was not asked for is a
// stranger's. param is the name under which the mall sends the code. Only known error codes are passed on.
func Callback(mall order.Mall, shop string, state credential.Secret, callback url.Values, param string) (credential.Secret, error) {
	refuse := func(class order.Class, code, text, hint string) (credential.Secret, error) {
		return credential.Secret{}, &order.Error{Class: class, Mall: mall, Shop: shop, Operation: "consent", Code: code,
			Err: errors.New(text), Hint: hint}
	}
	got := callback.Get("state")
	if state.IsZero() || subtle.ConstantTimeCompare([]byte(got), []byte(state.Reveal())) != 1 {
		return refuse(order.ErrForbidden, "", "the state is not that of the consent which was begun",
			"begin again in the same browser: the page was left for too long, opened twice, or the link came from elsewhere")
	}
	if code := callback.Get("error"); code != "" {
		known, ok := refusals[code]
		switch {
		case code == "login_required" || code == "consent_required" || code == "interaction_required":
			return refuse(order.ErrForbidden, code, "nobody consented", "begin again and sign in")
		case !ok:
			return refuse(order.ErrInvalid, "", "the consent failed with an error code that is not known", "")
		}
		return refuse(known.class, code, "nobody consented", known.hint)
	}
	code := callback.Get(param)
	if code == "" {
		return refuse(order.ErrForbidden, "", "the callback brings no code: the consent was refused or left", "begin again")
	}
	return credential.NewSecret(code), nil
}

// CheckRedirect refuses what cannot be a registered redirect URI.
func CheckRedirect(text string) error {
	u, err := url.Parse(text)
	switch {
	case text == "":
		return errors.New("is empty: it is the redirect URI that is registered for the application")
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || u.Fragment != "":
		return errors.New("is not a URL of the form https://host/path")
	}
	return nil
}
