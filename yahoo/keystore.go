package yahoo

import (
	"context"
	"errors"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/oauth"
	"github.com/jpmall/jpmall/order"
)

// KeyStore is a Source of Keys whose consent lives in a credential.Store: what Consented has stored counts at once, in every
// process that shares the store. The other fields come from base. It is safe for concurrent use.
//
// With the consent it stores credential.Records of the order session and the refresh token, for a credential.Monitor.
type KeyStore struct {
	kept oauth.Kept[storedGrant]
	base credential.Source[Keys]
}

// NewKeyStore makes a KeyStore for a store account. The store must be a private one: tokens stand in it plainly.
func NewKeyStore(store credential.Store, shop string, base credential.Source[Keys]) (*KeyStore, error) {
	if store == nil || shop == "" || base == nil {
		return nil, errors.New("yahoo: NewKeyStore wants a store, a store account and keys to begin with")
	}
	return &KeyStore{kept: oauth.Kept[storedGrant]{Store: store, Mall: order.Yahoo, Shop: shop}, base: base}, nil
}

// storedGrant is a Grant as it stands in the store.
type storedGrant struct {
	RefreshToken string    `json:"refresh_token"`
	ConsentedAt  time.Time `json:"consented_at"`
	Instead      string    `json:"instead"` // fingerprint of the refresh token in base at that time
}

// Current gives base's keys with the stored consent. A refresh token that was put into base since is the newer one and counts
// instead. Without any consent it fails with order.ErrCredentialExpired: a person must authorise.
func (s *KeyStore) Current(ctx context.Context) (Keys, error) {
	keys, err := s.base.Current(ctx)
	if err != nil {
		return keys, err
	}
	stored, err := s.kept.Load(ctx)
	if err != nil {
		return keys, err
	}
	if stored.RefreshToken != "" && stored.Instead == oauth.Fingerprint(keys.RefreshToken) {
		keys.RefreshToken, keys.ConsentedAt = credential.NewSecret(stored.RefreshToken), stored.ConsentedAt
	}
	if keys.RefreshToken.IsZero() {
		return keys, &order.Error{Class: order.ErrCredentialExpired, Mall: order.Yahoo, Shop: s.kept.Shop,
			Err: errors.New("nobody has consented yet"), Hint: "a person must authorise; nothing was sent"}
	}
	return keys, nil
}

// Consented stores a new consent, and the records of its lives. When it returns nil, the consent survives the process; a client on
// this KeyStore uses it with its next call. Of two consents the later one stays.
func (s *KeyStore) Consented(ctx context.Context, g Grant) error {
	if g.RefreshToken.IsZero() || g.ConsentedAt.IsZero() {
		return errors.New("yahoo: Consented wants a refresh token and the time of the consent")
	}
	base, err := s.base.Current(ctx)
	if err != nil {
		return err
	}
	_, err = s.kept.Update(ctx, func(stored *storedGrant) bool {
		if stored.ConsentedAt.After(g.ConsentedAt) {
			return false
		}
		*stored = storedGrant{g.RefreshToken.Reveal(), g.ConsentedAt, oauth.Fingerprint(base.RefreshToken)}
		return true
	})
	if err != nil {
		return err
	}
	return s.record(ctx, g.ConsentedAt)
}

// record puts the lives of a consent on record. Whether the signature was accepted outlives a consent, so that part stays.
func (s *KeyStore) record(ctx context.Context, at time.Time) error {
	var fresh []credential.Record
	for _, kind := range []credential.Kind{credential.KindOrderSession, credential.KindRefreshToken} {
		record, err := s.kept.Known(ctx, credential.Record{Mall: order.Yahoo, Shop: s.kept.Shop, Kind: kind})
		if err != nil {
			return err
		}
		if record.Start.After(at) {
			continue
		}
		record.Start = at
		fresh = append(fresh, record)
	}
	return credential.PutRecords(ctx, s.kept.Store, fresh)
}
