package oauth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/pause"
	"github.com/jpmall/jpmall/order"
)

// storedToken is a token in a credential.Store: in plain text, since a store is private.
type storedToken struct {
	// fingerprint of the consent's own refresh token; tokens of another consent are not ours
	Origin       string    `json:"origin"`
	AccessToken  string    `json:"access_token"`
	TokenType    string    `json:"token_type,omitempty"`
	RefreshToken string    `json:"refresh_token,omitempty"`
	Expiry       time.Time `json:"expiry,omitzero"`
	Issued       time.Time `json:"issued,omitzero"` // when it was requested; zero if unknown
}

func (t storedToken) held() held {
	return held{credential.NewSecret(t.AccessToken), credential.NewSecret(t.RefreshToken),
		t.TokenType, t.Expiry}
}

// leastLeft is the remaining life with which a stored token is used instead of requesting a new
// one; for a short-lived token, a quarter of its life.
const leastLeft = 5 * time.Minute

// fresh reports whether a stored token belongs to the consent and lives long enough.
func (t storedToken) fresh(origin string, now time.Time) bool {
	least := leastLeft
	if !t.Issued.IsZero() {
		least = min(least, t.Expiry.Sub(t.Issued)/4)
	}
	return t.AccessToken != "" && t.Origin == origin &&
		(t.Expiry.IsZero() || t.Expiry.Sub(now) > least)
}

// Fingerprint returns a short hash of a secret, by which a store can say which secret something
// belongs to. Spaces around the secret do not matter.
func Fingerprint(s credential.Secret) string {
	text := strings.TrimSpace(s.Reveal())
	if text == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// another adopts what another process has stored since this one last looked: its token (adopted),
// or at least its refresh token (newer), which is then the valid one. A token that the mall has
// refused is not adopted.
func (s *Source) another(ctx context.Context) (found held, newer bool, err error) {
	entry, err := s.cfg.Store.Load(ctx, s.cfg.StoreKey)
	if err != nil {
		return held{}, false, saveFailure(err)
	}
	changed := entry.Version != s.version
	s.version = entry.Version
	stored := readStored(entry.Value)
	if !changed || stored.Origin != Fingerprint(s.given) {
		return held{}, false, nil
	}
	found = stored.held()
	newer = s.follow(found)
	if !stored.fresh(stored.Origin, time.Now()) || s.used.access == found.access {
		return held{}, newer, nil
	}
	s.pending, s.used, s.adopted = held{}, found, true
	return found, newer, nil
}

// follow continues with the refresh token of a stored token.
func (s *Source) follow(found held) (newer bool) {
	if found.refresh.IsZero() || found.refresh == s.rotated || s.rotated.IsZero() &&
		found.refresh == s.given {
		return false
	}
	s.rotated = found.refresh
	return true
}

// readStored reads a stored token; anything else is treated as none.
func readStored(value []byte) (t storedToken) {
	if json.Unmarshal(value, &t) != nil {
		return storedToken{}
	}
	return t
}

// storeTries bounds the attempts of keepStored; each lost race is another process's success.
const storeTries = 50

// keepStored stores, by compare-and-swap, a token renewed with the refresh token spent. If another
// process has stored one since this one last looked, that one wins and is used, unless ours was
// renewed with its refresh token and is its successor.
func (s *Source) keepStored(
	ctx context.Context, renewed held, spent credential.Secret,
) (winner held, err error) {
	mine := storedToken{Fingerprint(s.given), renewed.access.Reveal(), renewed.kind,
		renewed.refresh.Reveal(), renewed.expiry, s.asked}
	value, err := json.Marshal(mine)
	if err != nil {
		return held{}, err
	}
	for try := 0; ; try++ {
		entry, err := s.cfg.Store.Load(ctx, s.cfg.StoreKey)
		if err != nil {
			return held{}, err
		}
		stored := readStored(entry.Value)
		found := stored.held()
		succeeds := renewed.refresh != spent && found.refresh == spent
		if entry.Version != s.version && stored.fresh(mine.Origin, time.Now()) && !succeeds {
			s.version = entry.Version
			s.follow(found)
			return found, nil
		}
		saved, err := s.cfg.Store.Save(ctx, s.cfg.StoreKey, value, entry.Version)
		if err == nil {
			s.version = saved
			return renewed, nil
		}
		switch {
		case !errors.Is(err, order.ErrConflict):
			return held{}, err
		case try == storeTries:
			return held{}, &order.Error{Class: order.ErrTemporary, Err: err,
				Hint: order.Text{
					EN: "the token's place in the store is changed all the time: does something else write there?",
					JA: "ストア内のトークンが繰り返し書き換えられています。ほかに書き込むプログラムがないか確認してください"}}
		}
		if err := pause.For(ctx, time.Duration(try)*time.Millisecond); err != nil {
			return held{}, err
		}
	}
}

// patience is how long a refused process waits, in growing steps, for a faster one to store its
// token.
var patience = [...]time.Duration{0, 50, 100, 200, 400, 800, 1600, 2000}

// newer looks for a replacement of a refused refresh token: a token that another process has
// stored since, or the form for another refresh token, of the store or of the caller's source. A
// nil form means that there is none.
func (s *Source) newer(
	ctx context.Context, refused credential.Secret,
) (found held, form url.Values, used credential.Secret, err error) {
	for _, step := range patience {
		if err := pause.For(ctx, step*time.Millisecond); err != nil {
			return held{}, nil, used, err
		}
		if s.cfg.Store != nil {
			if found, _, err = s.another(ctx); err != nil || s.adopted {
				return found, nil, used, err
			}
		}
		if form, used, err = s.grant(ctx); err != nil || used != refused {
			return held{}, form, used, err
		}
		if s.cfg.Store == nil {
			break
		}
	}
	return held{}, nil, used, nil
}
