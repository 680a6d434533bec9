package aupay

import (
	"context"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

var (
	_ credential.Prober  = (*Client)(nil)
	_ credential.Coverer = (*Client)(nil)
)

// Covers reports whether record is of this shop's API key. It implements [credential.Coverer].
func (c *Client) Covers(record credential.Record) bool {
	return record.Mall == order.AuPay && record.Shop == c.shop &&
		record.Kind == credential.KindAPIKey
}

// Probe reports whether the key is accepted now, with the call of Check. It implements
// [credential.Prober]. The mall does not report when a key expires: that is computed from the
// record's Start, the day of issue (see [Keys.Records]). A refusal is returned as an error. Its
// class is [order.ErrCredentialExpired] only when 90 days have passed since [Keys.IssuedAt];
// otherwise it does not prove that the key has expired, since the key may be wrong or the caller's
// address not registered.
func (c *Client) Probe(
	ctx context.Context, record credential.Record,
) (credential.Observation, error) {
	if !c.Covers(record) {
		return credential.Observation{}, credential.ErrCannotAsk
	}
	if err := c.Check(ctx); err != nil {
		return credential.Observation{}, err
	}
	return credential.Observation{At: time.Now(), State: credential.Valid}, nil
}
