package amazon

import (
	"context"
	"errors"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/oauth"
	"github.com/jpmall/jpmall/order"
)

// Notified handles a notification about the application's client secret, and reports whether it
// changed anything. Pass it every notification from the queue: other types, other applications,
// duplicates and late ones change nothing.
//
// A new secret (APPLICATION_OAUTH_CLIENT_NEW_SECRET, sent after RotateApplicationClientSecret or a
// rotation in the console) is stored before Notified returns, with the end that Amazon gives.
// Delete the message from the queue only then: it is the only copy. A client on this [KeyStore]
// uses the secret from its next refresh on. The old secret works for seven more days, so no call
// fails.
//
// An announced end (APPLICATION_OAUTH_CLIENT_SECRET_EXPIRY) is stored in the [credential.Record],
// where it takes precedence over the computed one.
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
	// without it the old secret's end is unknown, which does no harm
	ends, _ := n.NewSecret.OldClientSecretExpiryTime.Time()
	var late, again bool
	_, err := s.kept.Update(ctx, func(k *storedKeys) bool {
		late, again = at.Before(k.RotatedAt), at.Equal(k.RotatedAt)
		if late {
			return false
		}
		k.ClientSecret = n.NewSecret.NewClientSecret.Reveal()
		k.SecretInstead = oauth.Fingerprint(base.ClientSecret)
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

// announced stores the end of the current secret. After a rotation Amazon also announces the end of
// the old one, which is ignored.
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
	if err != nil || !at.After(stored.RotatedAt) ||
		!end.After(stored.OldSecretEnds.Add(time.Hour)) {
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
	return credential.Record{Mall: order.Amazon, Shop: s.kept.Shop,
		Kind: credential.KindClientSecret, Start: start}
}

func (s *KeyStore) unreadable(field string) error {
	return &order.Error{Class: order.ErrUndecodable, Mall: order.Amazon, Shop: s.kept.Shop,
		Operation: "notification",
		Err:       errors.New(field + " cannot be read"),
		Hint: order.Text{EN: "leave the message in the queue and look at it",
			JA: "メッセージをキューに残したまま内容を確認してください"}}
}

// RotateApplicationClientSecret asks Amazon for a new LWA client secret. It needs [Config.Keys].
// The answer is 204 without content. The secret comes in an APPLICATION_OAUTH_CLIENT_NEW_SECRET
// notification (see [ParseNotifications]), which is the proof, through the SQS queue that was
// registered in the developer console beforehand. Without a queue the call is refused. The old
// secret works for seven more days. One call a minute, burst 1. Not safe to repeat: sent once.
func (c *Client) RotateApplicationClientSecret(ctx context.Context) (NoContent, error) {
	reply, err := c.do(ctx, "rotateApplicationClientSecret", input{}, nil)
	return NoContent{reply}, err
}
