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

// Login with Amazon's words for what is over.
const (
	codeGrantOver  = "invalid_grant"  // the refresh token
	codeSecretOver = "invalid_client" // the client secret
)

// Covers tells whether a record is this seller's authorisation or refresh token, or the client secret. With Config.Tokens the
// client has neither.
func (c *Client) Covers(record credential.Record) bool {
	if record.Mall != order.Amazon || record.Shop != c.cfg.Shop || record.Name != "" || c.cfg.Tokens != nil {
		return false
	}
	switch record.Kind {
	case credential.KindAuthorization, credential.KindSelfAuthorization, credential.KindRefreshToken, credential.KindClientSecret:
		return true
	}
	return false
}

// Probe makes the cheapest real call, getMarketplaceParticipations (one a minute, burst 15), and tells whether Login with Amazon
// accepted the refresh token and the secret. Amazon tells no end by API; that of the secret comes in notifications, see
// KeyStore.Notified. An access token serves for an hour, so a death may show an hour late.
func (c *Client) Probe(ctx context.Context, record credential.Record) (credential.Observation, error) {
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
		return none, credential.ErrCannotAsk // the refusal of the one hides how the other stands
	}
	seen.State, seen.Words = credential.Expired, e.Code
	return seen, nil
}
