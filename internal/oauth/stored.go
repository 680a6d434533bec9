package oauth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// storedToken is a token as it stands in a credential.Store: plain, since a store is private.
type storedToken struct {
	Origin       string    `json:"origin"` // fingerprint of the consent's own refresh token: another consent's tokens are not ours
	AccessToken  string    `json:"access_token"`
	TokenType    string    `json:"token_type,omitempty"`
	RefreshToken string    `json:"refresh_token,omitempty"`
	Expiry       time.Time `json:"expiry,omitzero"`
}

func (t storedToken) token() *oauth2.Token {
	return &oauth2.Token{AccessToken: t.AccessToken, TokenType: t.TokenType, RefreshToken: t.RefreshToken, Expiry: t.Expiry}
}

// leastLeft is the life that a stored token must still have to be worth using in place of a new one.
const leastLeft = 5 * time.Minute

// fresh tells whether a stored token is of the consent and lives long enough.
func (t storedToken) fresh(origin string, now time.Time) bool {
	return t.AccessToken != "" && t.Origin == origin && (t.Expiry.IsZero() || t.Expiry.Sub(now) > leastLeft)
}

// Fingerprint names a secret without telling it, so that a store can say which one something belongs to. Blanks around a pasted
// one make no other of it.
func Fingerprint(s credential.Secret) string {
	text := strings.TrimSpace(s.Reveal())
	if text == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

func (s *Source) origin() string { return Fingerprint(credential.NewSecret(s.given)) }

// another takes over a token that another process has stored since; nil when there is none. What the mall has refused is none. A
// refresh token that was rotated before this process began is taken over in any case.
func (s *Source) another(ctx context.Context) (*oauth2.Token, error) {
	if s.cfg.Store == nil {
		return nil, nil
	}
	entry, err := s.cfg.Store.Load(ctx, s.cfg.StoreKey)
	if err != nil {
		return nil, saveFailure(err)
	}
	found := readStored(entry.Value)
	if found.Origin == s.origin() && found.RefreshToken != "" && found.RefreshToken != s.given {
		s.rotated = found.RefreshToken
	}
	if !found.fresh(s.origin(), time.Now()) || s.saved != nil && s.saved.AccessToken == found.AccessToken {
		return nil, nil
	}
	s.pending, s.saved, s.adopted = nil, found.token(), true
	return found.token(), nil
}

// readStored reads what is stored; anything that is no token of ours is as good as none.
func readStored(value []byte) (t storedToken) {
	if json.Unmarshal(value, &t) != nil {
		return storedToken{}
	}
	return t
}

// keepStored is the Save of a Store: it compares and swaps, and where another process was first it gives that one's token.
func (s *Source) keepStored(ctx context.Context, old, renewed *oauth2.Token) (*oauth2.Token, error) {
	mine := storedToken{s.origin(), renewed.AccessToken, renewed.TokenType, renewed.RefreshToken, renewed.Expiry}
	value, err := json.Marshal(mine)
	if err != nil {
		return nil, err
	}
	winner := renewed
	errLost := errors.New("another process was first")
	err = credential.Update(ctx, s.cfg.Store, s.cfg.StoreKey, func(stored []byte) ([]byte, error) {
		winner = renewed
		found := readStored(stored)
		if found.fresh(mine.Origin, time.Now()) && (old == nil || old.AccessToken != found.AccessToken) {
			winner = found.token()
			return nil, errLost
		}
		return value, nil
	})
	if err != nil && !errors.Is(err, errLost) {
		if errors.Is(err, order.ErrConflict) {
			return nil, &order.Error{Class: order.ErrTemporary, Err: err, Hint: "the token's place in the store is changed all the time: does something else write there?"}
		}
		return nil, err
	}
	return winner, nil
}
