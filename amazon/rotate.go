package amazon

import (
	"context"
	"errors"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/oauth"
	"github.com/jpmall/jpmall/order"
)

// Notified takes a notification about the application's client secret, and tells whether it changed anything. Give it all that come
// from the queue; those of other types or applications change nothing, and neither does one that comes twice or late.
//
// A new secret (APPLICATION_OAUTH_CLIENT_NEW_SECRET, sent after RotateApplicationClientSecret or a rotation in the console) is stored,
// with the end that Amazon tells, before it returns: only then delete the message from the queue, since it is the only copy. A client
// on this KeyStore uses it with its next refresh; the old secret lives seven days more, so no call fails. An announced end
// (APPLICATION_OAUTH_CLIENT_SECRET_EXPIRY) goes into the credential.Record, where it counts more than a computed one.
func (s *KeyStore) Notified(ctx context.Context, n Notification) (changed bool, err error) {
	base, err := s.base.Current(ctx)
	if err != nil {
		return false, err
	}
	base, err = base.checked()
	if err != nil {
		return false, err
	}
	switch {
	case n.NewSecret != nil && n.NewSecret.ClientID == base.ClientID:
		return s.rotated(ctx, n, base)
	case n.SecretExpiry != nil && n.SecretExpiry.ClientID == base.ClientID:
		return s.announced(ctx, n)
	}
	return false, nil
}

func (s *KeyStore) rotated(ctx context.Context, n Notification, base Keys) (bool, error) {
	at, ok := n.EventTime.Time()
	if !ok {
		return false, s.unreadable("eventTime")
	}
	ends, _ := n.NewSecret.OldClientSecretExpiryTime.Time() // without it the old secret's end is not known, which harms nothing
	var late, again bool
	_, err := s.kept.Update(ctx, func(k *storedKeys) bool {
		late, again = at.Before(k.RotatedAt), at.Equal(k.RotatedAt)
		if late {
			return false
		}
		k.ClientSecret, k.SecretInstead = n.NewSecret.NewClientSecret.Reveal(), oauth.Fingerprint(base.ClientSecret)
		k.RotatedAt, k.OldSecretEnds = at, ends
		return true
	})
	if err != nil || late {
		return false, err
	}
	record := s.secret(at)
	if end, ok := n.NewSecret.NewClientSecretExpiryTime.Time(); ok {
		record.Observed = credential.Observation{At: at, End: end}
	}
	// Also when it came before: the program may have been killed between the two.
	return !again, credential.PutRecord(ctx, s.kept.Store, record)
}

// announced notes the end of the present secret. After a rotation Amazon announces the end of the old one, too: that is none of
// this record's.
func (s *KeyStore) announced(ctx context.Context, n Notification) (bool, error) {
	at, ok := n.EventTime.Time()
	if !ok {
		return false, s.unreadable("eventTime")
	}
	end, ok := n.SecretExpiry.ClientSecretExpiryTime.Time()
	if !ok {
		return false, s.unreadable("clientSecretExpiryTime")
	}
	stored, err := s.kept.Load(ctx)
	if err != nil || !at.After(stored.RotatedAt) || !end.After(stored.OldSecretEnds.Add(time.Hour)) {
		return false, err
	}
	record, err := s.kept.Known(ctx, s.secret(stored.RotatedAt))
	if err != nil {
		return false, err
	}
	if !at.After(record.Observed.At) {
		return false, nil
	}
	record.Observed = credential.Observation{At: at, End: end}
	return true, credential.PutRecord(ctx, s.kept.Store, record)
}

func (s *KeyStore) secret(start time.Time) credential.Record {
	return credential.Record{Mall: order.Amazon, Shop: s.kept.Shop, Kind: credential.KindClientSecret, Start: start}
}

func (s *KeyStore) unreadable(field string) error {
	return &order.Error{Class: order.ErrUndecodable, Mall: order.Amazon, Shop: s.kept.Shop, Operation: "notification",
		Err: errors.New(field + " cannot be read"), Hint: "leave the message in the queue and look at it"}
}
