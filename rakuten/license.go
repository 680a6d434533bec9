package rakuten

import (
	"context"
	"errors"
	"net/url"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// LicenseExpiry is when a license key ends.
type LicenseExpiry struct {
	ExpiryDate string `json:"expiryDate"` // 2026-11-28T23:59:59, without a zone: JST
	Reply      Reply  `json:"-"`
}

// End is the first instant at which the key is over, in JST: the second after 23:59:59 of its last day, or the midnight after a
// date without a time. ok is false when Rakuten's text cannot be read; that is "unknown" and never "valid".
func (l LicenseExpiry) End() (end time.Time, ok bool) {
	if at, err := wire.ParseTime(l.ExpiryDate); err == nil {
		return at.In(order.JST).Add(time.Second), true
	}
	if day, ok := Date(l.ExpiryDate).Date(); ok && len(l.ExpiryDate) == len(time.DateOnly) {
		return day.AddDays(1).Time(), true
	}
	return time.Time{}, false
}

// GetLicenseExpiry (ライセンス管理API, license.expiryDate.get) asks when a license key ends; an empty key is the one in use. The key stands in
// the URL: it never comes into an error or a log of this SDK, but a proxy may log it. The function has to be ticked in RMS.
//
// Read: harmless to repeat.
func (c *Client) GetLicenseExpiry(ctx context.Context, key credential.Secret) (LicenseExpiry, error) {
	call := transport.Call{Operation: c.operation("license.expiryDate.get")}
	if key.IsZero() {
		keys, err := c.auth.keys(ctx)
		if err != nil {
			return LicenseExpiry{}, c.refuse(call, err)
		}
		key = keys.LicenseKey
	}
	plain, err := check.Key("licenseKey", key.Reveal())
	if err != nil {
		return LicenseExpiry{}, c.refuse(call, err)
	}
	call.Query = url.Values{"licenseKey": {plain}}
	var out LicenseExpiry
	out.Reply, err = c.send(ctx, call, nil, &out)
	return out, err
}

var (
	_ credential.Prober  = (*Client)(nil)
	_ credential.Coverer = (*Client)(nil)
)

// Covers tells whether a credential is this shop's license key, the one of which Rakuten tells the end.
func (c *Client) Covers(r credential.Record) bool {
	return r.Mall == order.Rakuten && r.Shop == c.shop && r.Kind == credential.KindLicenseKey
}

// Probe asks Rakuten when the shop's license key ends: it makes Client a credential.Prober. A key that is refused is over, unless it
// may only be not accepted yet, or the function license.expiryDate.get is missing, which looks the same: then the end cannot be
// found out.
func (c *Client) Probe(ctx context.Context, r credential.Record) (credential.Observation, error) {
	if !c.Covers(r) {
		return credential.Observation{}, credential.ErrCannotAsk
	}
	now := time.Now()
	out, err := c.GetLicenseExpiry(ctx, credential.Secret{})
	var e *order.Error
	switch {
	case errors.As(err, &e) && e.Class == order.ErrUnauthorized && e.Code != codeBadRequest:
		return credential.Observation{At: now, State: credential.Expired, Words: e.Code}, nil
	case err != nil:
		return credential.Observation{}, err
	}
	end, ok := out.End()
	if !ok {
		return credential.Observation{}, &order.Error{Class: order.ErrUndecodable, Mall: order.Rakuten, Shop: c.shop,
			Operation: "license.expiryDate.get", HTTPStatus: out.Reply.Status, RequestID: out.Reply.RequestID,
			Message: "expiryDate cannot be read"}
	}
	seen := credential.Observation{At: now, End: end, State: credential.Valid, Words: "expiryDate"}
	if !now.Before(end) {
		seen.State = credential.Expired
	}
	return seen, nil
}
