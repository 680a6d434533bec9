package amazon

import (
	"context"
	"errors"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/oauth"
	"github.com/jpmall/jpmall/order"
)

// KeyStore is a Source of Keys whose refresh token and client secret live in a credential.Store: what Authorized and Notified have
// stored counts at once, in every process that shares the store. The rest comes from base. It is safe for concurrent use.
//
// With them it stores credential.Records of their lives, for a credential.Monitor.
type KeyStore struct {
	kept oauth.Kept[storedKeys]
	base credential.Source[Keys]
}

// NewKeyStore makes a KeyStore for a seller id. The store must be a private one: tokens and secrets stand in it plainly.
func NewKeyStore(store credential.Store, shop string, base credential.Source[Keys]) (*KeyStore, error) {
	if store == nil || shop == "" || base == nil {
		return nil, errors.New("amazon: NewKeyStore wants a store, a seller id and keys to begin with")
	}
	return &KeyStore{kept: oauth.Kept[storedKeys]{Store: store, Mall: order.Amazon, Shop: shop}, base: base}, nil
}

// storedKeys are the parts of Keys that change, as they stand in the store. Each remembers which value of base it was stored in
// place of: a value that was put into base since is the newer one.
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
		base.RefreshToken, base.AuthorizedAt, base.SelfAuthorized = credential.NewSecret(k.RefreshToken), k.AuthorizedAt, k.Self
	}
	if k.ClientSecret != "" && k.SecretInstead == oauth.Fingerprint(base.ClientSecret) {
		base.ClientSecret, base.SecretIssued = credential.NewSecret(k.ClientSecret), k.RotatedAt
	}
	return base
}

// Current gives base's keys with what is stored. A value that was put into base since it was stored is the newer one and counts
// instead. Without any authorisation the refresh token is empty, which serves grantless operations only.
func (s *KeyStore) Current(ctx context.Context) (Keys, error) {
	base, err := s.base.Current(ctx)
	if err != nil {
		return base, err
	}
	stored, err := s.kept.Load(ctx)
	return stored.over(base), err
}

// Authorized stores a new authorisation, and the record of its life. When it returns nil, it survives the process; a client on this
// KeyStore uses it with its next refresh. Of two the later one stays. A Grant of another seller is refused.
func (s *KeyStore) Authorized(ctx context.Context, g Grant) error {
	switch {
	case g.RefreshToken.IsZero() || g.AuthorizedAt.IsZero():
		return errors.New("amazon: Authorized wants a refresh token and the time of the authorisation")
	case g.Shop != s.kept.Shop:
		return &order.Error{Class: order.ErrForbidden, Mall: order.Amazon, Shop: s.kept.Shop, Err: errors.New("amazon: the Grant is of another seller")}
	}
	base, err := s.base.Current(ctx)
	if err != nil {
		return err
	}
	kept, err := s.kept.Update(ctx, func(k *storedKeys) bool {
		if k.AuthorizedAt.After(g.AuthorizedAt) {
			return false
		}
		k.RefreshToken, k.AuthorizedAt, k.TokenInstead = g.RefreshToken.Reveal(), g.AuthorizedAt, oauth.Fingerprint(base.RefreshToken)
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
	record := credential.Record{Mall: order.Amazon, Shop: s.kept.Shop, Kind: kind, Start: g.AuthorizedAt}
	if err := credential.PutRecord(ctx, s.kept.Store, record); err != nil {
		return err
	}
	record.Kind = other
	return credential.DropRecord(ctx, s.kept.Store, record.ID())
}
