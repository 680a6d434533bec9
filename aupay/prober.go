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

// Covers tells whether the record is of this shop's API key.
func (c *Client) Covers(record credential.Record) bool {
	return record.Mall == order.AuPay && record.Shop == c.shop && record.Kind == credential.KindAPIKey
}

// Probe makes a call of Check and tells whether the key is accepted now; it implements credential.Prober. The mall does not tell when
// a key ends: that is counted from the record's Start, the day of issue (see Keys.Records). A refusal alone does not prove that
// the key is over, for a wrong key and a caller's address that is not registered look alike: it is passed on as what could not be
// found out, unless Keys.IssuedAt says that 90 days have passed.
func (c *Client) Probe(ctx context.Context, record credential.Record) (credential.Observation, error) {
	if !c.Covers(record) {
		return credential.Observation{}, credential.ErrCannotAsk
	}
	if err := c.Check(ctx); err != nil {
		return credential.Observation{}, err
	}
	return credential.Observation{At: time.Now(), State: credential.Valid}, nil
}
