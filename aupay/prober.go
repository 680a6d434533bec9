package aupay

import (
	"context"
	"errors"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// A Client can be asked whether its key is accepted.
var (
	_ credential.Prober  = (*Client)(nil)
	_ credential.Coverer = (*Client)(nil)
)

// keyLife is how long a key lives, from the day of its issue.
const keyLife = 90 * 24 * time.Hour

// Covers tells whether a record is this shop's API key.
func (c *Client) Covers(record credential.Record) bool {
	return record.Mall == order.AuPay && record.Shop == c.shop && record.Kind == credential.KindAPIKey && record.Name == ""
}

// Probe makes the cheapest real call (see Check). The mall has no call that tells a key's end: it is counted from the stored day of
// issue, Record.Start or else Keys.IssuedAt. A key that is refused after its 90 days is told as over. One that is refused before
// is an error, since the mall answers alike to a wrong key, one that lacks the function and perhaps to an address that is not
// registered: the error says what to check.
func (c *Client) Probe(ctx context.Context, record credential.Record) (credential.Observation, error) {
	none := credential.Observation{}
	if !c.Covers(record) {
		return none, credential.ErrCannotAsk
	}
	seen := credential.Observation{At: time.Now(), State: credential.Valid}
	err := c.Check(ctx)
	if err == nil {
		return seen, nil
	}
	var e *order.Error
	old := !record.Start.IsZero() && time.Since(record.Start) >= keyLife
	if !errors.As(err, &e) || e.Class != order.ErrCredentialExpired && (e.Class != order.ErrUnauthorized || !old) {
		return none, err
	}
	seen.State, seen.Words = credential.Expired, e.Code
	return seen, nil
}
