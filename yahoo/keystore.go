package yahoo

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
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
	store credential.Store
	shop  string
	base  credential.Source[Keys]
}

// NewKeyStore makes a KeyStore for a store account. The store must be a private one: tokens stand in it plainly.
func NewKeyStore(store credential.Store, shop string, base credential.Source[Keys]) (*KeyStore, error) {
	if store == nil || shop == "" || base == nil {
		return nil, errors.New("yahoo: NewKeyStore wants a store, a store account and keys to begin with")
	}
	return &KeyStore{store: store, shop: shop, base: base}, nil
}

// storedGrant is a Grant as it stands in the store.
type storedGrant struct {
	RefreshToken string    `json:"refresh_token"`
	ConsentedAt  time.Time `json:"consented_at"`
	Instead      string    `json:"instead"` // fingerprint of the refresh token in base at that time
}

func (s *KeyStore) key() string { return storeKey(s.shop, "keys") }

func storeKey(shop, what string) string {
	return string(order.Yahoo) + "/" + url.PathEscape(shop) + "/" + what
}

// Current gives base's keys with the stored consent. A refresh token that was put into base since is the newer one and counts
// instead. Without any consent it fails with order.ErrCredentialExpired: a person must authorise.
func (s *KeyStore) Current(ctx context.Context) (Keys, error) {
	keys, err := s.base.Current(ctx)
	if err != nil {
		return keys, err
	}
	entry, err := s.store.Load(ctx, s.key())
	if err != nil {
		return keys, err
	}
	var stored storedGrant
	if entry.Value != nil {
		if err := json.Unmarshal(entry.Value, &stored); err != nil {
			return keys, &order.Error{Class: order.ErrUndecodable, Mall: order.Yahoo, Shop: s.shop,
				Err: errors.New("the stored consent cannot be read")}
		}
	}
	if stored.RefreshToken != "" && stored.Instead == oauth.Fingerprint(keys.RefreshToken) {
		keys.RefreshToken, keys.ConsentedAt = credential.NewSecret(stored.RefreshToken), stored.ConsentedAt
	}
	if keys.RefreshToken.IsZero() {
		return keys, &order.Error{Class: order.ErrCredentialExpired, Mall: order.Yahoo, Shop: s.shop,
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
	err = credential.Update(ctx, s.store, s.key(), func(old []byte) ([]byte, error) {
		var stored storedGrant
		if json.Unmarshal(old, &stored) == nil && stored.ConsentedAt.After(g.ConsentedAt) {
			return old, nil
		}
		return json.Marshal(storedGrant{g.RefreshToken.Reveal(), g.ConsentedAt, oauth.Fingerprint(base.RefreshToken)})
	})
	if err != nil {
		return err
	}
	return s.record(ctx, g.ConsentedAt)
}

// record puts the lives of a consent on record. Whether the signature was accepted outlives a consent, so that part stays.
func (s *KeyStore) record(ctx context.Context, at time.Time) error {
	records, err := credential.LoadRecords(ctx, s.store)
	if err != nil {
		return err
	}
	for _, kind := range []credential.Kind{credential.KindOrderSession, credential.KindRefreshToken} {
		record := credential.Record{Mall: order.Yahoo, Shop: s.shop, Kind: kind}
		for _, known := range records {
			if known.ID() == record.ID() {
				record = known
			}
		}
		if record.Start.After(at) {
			continue
		}
		record.Start = at
		if err := credential.PutRecord(ctx, s.store, record); err != nil {
			return err
		}
	}
	return nil
}
