package amazon

import (
	"context"
	"errors"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// A Client can be asked whether its authorisation and its client secret are accepted.
var (
	_ credential.Prober  = (*Client)(nil)
	_ credential.Coverer = (*Client)(nil)
)

// Login with Amazon's error codes for what has expired or is invalid.
const (
	codeGrantOver  = "invalid_grant"  // the refresh token
	codeSecretOver = "invalid_client" // the client secret
)

// Covers reports whether a record is this seller's authorisation or refresh token, or the client
// secret. With [Config.Tokens] the client has neither. It implements [credential.Coverer].
func (c *Client) Covers(record credential.Record) bool {
	if record.Mall != order.Amazon || record.Shop != c.cfg.Shop || record.Name != "" ||
		c.cfg.Tokens != nil {
		return false
	}
	switch record.Kind {
	case credential.KindAuthorization, credential.KindSelfAuthorization,
		credential.KindRefreshToken, credential.KindClientSecret:
		return true
	}
	return false
}

// Probe reports whether Login with Amazon accepts the refresh token and the client secret. It
// implements [credential.Prober]. It calls getMarketplaceParticipations (one call every 62.5 s,
// burst 15). An access token lives for an hour, so a credential that has ended may show an hour
// late. No API returns when a credential ends; for the secret, notifications do, see
// [KeyStore.Notified].
func (c *Client) Probe(
	ctx context.Context, record credential.Record,
) (credential.Observation, error) {
	none := credential.Observation{}
	if !c.Covers(record) {
		return none, credential.ErrCannotAsk
	}
	_, err := c.GetMarketplaceParticipations(ctx)
	seen := credential.Observation{At: time.Now(), State: credential.Valid}
	if err == nil {
		return seen, nil
	}
	var e *order.Error
	if !errors.As(err, &e) || e.Code != codeGrantOver && e.Code != codeSecretOver {
		return none, err
	}
	if (e.Code == codeSecretOver) != (record.Kind == credential.KindClientSecret) {
		return none, credential.ErrCannotAsk // one being refused says nothing about the other
	}
	seen.State, seen.Words = credential.Expired, e.Code
	return seen, nil
}
