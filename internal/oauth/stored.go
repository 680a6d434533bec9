package oauth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"

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
	Issued       time.Time `json:"issued,omitzero"` // when it was asked for; zero is not known
}

func (t storedToken) held() held {
	return held{credential.NewSecret(t.AccessToken), credential.NewSecret(t.RefreshToken), t.TokenType, t.Expiry}
}

// leastLeft is the life that a stored token must still have to be worth using in place of a new one; of a token that lives shorter,
// a quarter of its life.
const leastLeft = 5 * time.Minute

// fresh reports whether a stored token is of the consent and lives long enough.
func (t storedToken) fresh(origin string, now time.Time) bool {
	least := leastLeft
	if !t.Issued.IsZero() {
		least = min(least, t.Expiry.Sub(t.Issued)/4)
	}
	return t.AccessToken != "" && t.Origin == origin && (t.Expiry.IsZero() || t.Expiry.Sub(now) > least)
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

// another takes over what another process has stored since this one last looked: its token (adopted), or at least its refresh token
// (newer), which then is the living one. What the mall has refused is no token to take over.
func (s *Source) another(ctx context.Context) (found held, newer bool, err error) {
	if s.cfg.Store == nil {
		return held{}, false, nil
	}
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

// follow goes on with the refresh token of a stored token.
func (s *Source) follow(found held) (newer bool) {
	if found.refresh.IsZero() || found.refresh == s.rotated || s.rotated.IsZero() && found.refresh == s.given {
		return false
	}
	s.rotated = found.refresh
	return true
}

// readStored reads what is stored; anything that is no token of ours is as good as none.
func readStored(value []byte) (t storedToken) {
	if json.Unmarshal(value, &t) != nil {
		return storedToken{}
	}
	return t
}

// storeTries bounds keepStored. Each lost race means that another process has won one.
const storeTries = 50

// keepStored compares and swaps: it stores a token that was renewed with the refresh token spent, unless another process has stored
// one since this one last looked; then that is the winner's, which all use. But what was renewed with the stored one's own refresh
// token is its successor.
func (s *Source) keepStored(ctx context.Context, renewed held, spent credential.Secret) (winner held, err error) {
	mine := storedToken{Fingerprint(s.given), renewed.access.Reveal(), renewed.kind, renewed.refresh.Reveal(), renewed.expiry, s.asked}
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
				Hint: "the token's place in the store is changed all the time: does something else write there?"}
		}
		if err := wait(ctx, time.Duration(try)*time.Millisecond); err != nil {
			return held{}, err
		}
	}
}
