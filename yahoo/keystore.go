package yahoo

import (
	"context"
	"errors"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/oauth"
	"github.com/jpmall/jpmall/order"
)

// KeyStore is a [credential.Source] of Keys that keeps the consent in a [credential.Store]. A new
// consent takes effect at once in every process that shares the store. All other fields come from
// the base Source. It is safe for concurrent use.
//
// With the consent it stores credential.Records of the order session and the refresh token, for a
// [credential.Monitor].
type KeyStore struct {
	kept oauth.Kept[storedGrant]
	base credential.Source[Keys]
}

// NewKeyStore returns a [KeyStore] for a store account. The store must be private: it holds tokens
// in plain text.
func NewKeyStore(
	store credential.Store, shop string, base credential.Source[Keys],
) (*KeyStore, error) {
	if store == nil || shop == "" || base == nil {
		return nil,
			errors.New("yahoo: NewKeyStore wants a store, a store account and keys to begin with")
	}
	return &KeyStore{kept: oauth.Kept[storedGrant]{Store: store, Mall: order.Yahoo, Shop: shop},
		base: base}, nil
}

// storedGrant is a Grant as stored.
type storedGrant struct {
	RefreshToken string    `json:"refresh_token"`
	ConsentedAt  time.Time `json:"consented_at"`
	Instead      string    `json:"instead"` // fingerprint of the refresh token in base at that time
}

// Current returns base's keys with the stored consent. It implements [credential.Source]. A refresh
// token that was put into base after that consent is used instead. Without any consent the error is
// of class [order.ErrCredentialExpired]: someone must authorise.
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
		keys.RefreshToken = credential.NewSecret(stored.RefreshToken)
		keys.ConsentedAt = stored.ConsentedAt
	}
	if keys.RefreshToken.IsZero() {
		return keys, &order.Error{Class: order.ErrCredentialExpired, Mall: order.Yahoo,
			Shop: s.kept.Shop,
			Err:  errors.New("there is no consent yet"),
			Hint: order.Text{EN: "someone must authorise; nothing was sent",
				JA: "認可（ログインと同意）が必要です。何も送信していません"}}
	}
	return keys, nil
}

// Consented stores a new consent and records its start. After it returns nil, the consent survives
// a restart, and a client on this [KeyStore] uses it with its next call. A later consent that is
// stored already stays.
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
		*stored = storedGrant{g.RefreshToken.Reveal(), g.ConsentedAt,
			oauth.Fingerprint(base.RefreshToken)}
		return true
	})
	if err != nil {
		return err
	}
	return s.record(ctx, g.ConsentedAt)
}

// record stores the records of a consent. Whether the signature was accepted outlives a consent, so
// that part stays.
func (s *KeyStore) record(ctx context.Context, at time.Time) error {
	var fresh []credential.Record
	for _, kind := range []credential.Kind{credential.KindOrderSession,
		credential.KindRefreshToken} {
		record, err := s.kept.Known(ctx,
			credential.Record{Mall: order.Yahoo, Shop: s.kept.Shop, Kind: kind})
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
