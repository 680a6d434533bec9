package amazon

import (
	"context"
	"errors"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/oauth"
	"github.com/jpmall/jpmall/order"
)

// KeyStore is a [credential.Source] of Keys that keeps the refresh token and the client secret in a
// [credential.Store]. What Authorized and Notified store is valid at once in every process that
// shares the store. They also store a [credential.Record], for a [credential.Monitor]. A KeyStore
// is safe for concurrent use.
type KeyStore struct {
	kept oauth.Kept[storedKeys]
	base credential.Source[Keys]
}

// NewKeyStore returns a [KeyStore] for the seller id shop. base supplies the other keys, and all of
// them until others are stored. The store must be private: it holds tokens and secrets in plain
// text.
func NewKeyStore(
	store credential.Store, shop string, base credential.Source[Keys],
) (*KeyStore, error) {
	if store == nil || shop == "" || base == nil {
		return nil,
			errors.New("amazon: NewKeyStore wants a store, a seller id and keys to begin with")
	}
	return &KeyStore{kept: oauth.Kept[storedKeys]{Store: store, Mall: order.Amazon, Shop: shop},
		base: base}, nil
}

// storedKeys are the parts of Keys that change, as stored. TokenInstead and SecretInstead are
// fingerprints of base's values at that time: if base has another value now, base's is newer.
type storedKeys struct {
	RefreshToken string    `json:"refresh_token,omitempty"`
	TokenInstead string    `json:"refresh_token_instead,omitempty"`
	AuthorizedAt time.Time `json:"authorized_at,omitzero"`
	Self         bool      `json:"self_authorized,omitempty"`

	ClientSecret  string    `json:"client_secret,omitempty"`
	SecretInstead string    `json:"client_secret_instead,omitempty"`
	RotatedAt     time.Time `json:"rotated_at,omitzero"`
	OldSecretEnds time.Time `json:"old_secret_ends,omitzero"`
}

func (k storedKeys) over(base Keys) Keys {
	if k.RefreshToken != "" && k.TokenInstead == oauth.Fingerprint(base.RefreshToken) {
		base.RefreshToken, base.AuthorizedAt, base.SelfAuthorized = credential.NewSecret(
			k.RefreshToken), k.AuthorizedAt, k.Self
	}
	if k.ClientSecret != "" && k.SecretInstead == oauth.Fingerprint(base.ClientSecret) {
		base.ClientSecret, base.SecretIssued = credential.NewSecret(k.ClientSecret), k.RotatedAt
	}
	return base
}

// Current returns base's keys with the stored values in place. A value that base changed after it
// was stored is newer and is used instead. Without any authorisation the refresh token is empty,
// which is enough for grantless operations only.
func (s *KeyStore) Current(ctx context.Context) (Keys, error) {
	base, err := s.base.Current(ctx)
	if err != nil {
		return base, err
	}
	stored, err := s.kept.Load(ctx)
	return stored.over(base), err
}

// Authorized stores a new authorisation and the record of its lifetime. When it returns nil, both
// are in the store; a client on this [KeyStore] uses the new token from its next refresh on. Of two
// authorisations the later one is kept. A Grant of another seller is refused with
// [order.ErrForbidden].
func (s *KeyStore) Authorized(ctx context.Context, g Grant) error {
	switch {
	case g.RefreshToken.IsZero() || g.AuthorizedAt.IsZero():
		return errors.New(
			"amazon: Authorized wants a refresh token and the time of the authorisation")
	case g.Shop != s.kept.Shop:
		return &order.Error{Class: order.ErrForbidden, Mall: order.Amazon, Shop: s.kept.Shop,
			Err: errors.New("amazon: the Grant is of another seller")}
	}
	base, err := s.base.Current(ctx)
	if err != nil {
		return err
	}
	kept, err := s.kept.Update(ctx, func(k *storedKeys) bool {
		if k.AuthorizedAt.After(g.AuthorizedAt) {
			return false
		}
		k.RefreshToken = g.RefreshToken.Reveal()
		k.AuthorizedAt = g.AuthorizedAt
		k.TokenInstead = oauth.Fingerprint(base.RefreshToken)
		k.Self = g.Self
		return true
	})
	if err != nil || !kept {
		return err
	}
	kind, other := credential.KindAuthorization, credential.KindSelfAuthorization
	if g.Self {
		kind, other = other, kind
	}
	record := credential.Record{Mall: order.Amazon, Shop: s.kept.Shop, Kind: kind,
		Start: g.AuthorizedAt}
	if err := credential.PutRecord(ctx, s.kept.Store, record); err != nil {
		return err
	}
	record.Kind = other
	return credential.DropRecord(ctx, s.kept.Store, record.ID())
}
