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
// date without a time. ok is false when Rakuten's text cannot be read, or names a year that no key can have; that is "unknown" and
// never "valid".
func (l LicenseExpiry) End() (end time.Time, ok bool) {
	if at, err := wire.ParseTime(l.ExpiryDate); err == nil {
		end = at.In(order.JST).Add(time.Second)
	} else if day, ok := Date(l.ExpiryDate).Date(); ok && len(l.ExpiryDate) == len(time.DateOnly) {
		end = day.AddDays(1).Time()
	}
	if end.Year() < 2000 || end.Year() > 2100 {
		return time.Time{}, false
	}
	return end, true
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

// OldKeyName is the credential.Record.Name under which Probe knows Keys.OldLicenseKey; that of Keys.LicenseKey is empty.
const OldKeyName = "old"

// Covers tells whether a credential is one of this shop's license keys, the ones of which Rakuten tells the end.
func (c *Client) Covers(r credential.Record) bool {
	return r.Mall == order.Rakuten && r.Shop == c.shop && r.Kind == credential.KindLicenseKey && (r.Name == "" || r.Name == OldKeyName)
}

// Probe asks Rakuten when a license key of the shop ends: it makes Client a credential.Prober. A key that is refused (ES01-01,
// GA0001) is told as over: it is of no use, and Rakuten does not tell expired from wrong. One younger than half an hour, by the
// record's Start, may only be not accepted yet: then there is nothing to ask. A missing function license.expiryDate.get,
// maintenance and an answer that cannot be read are errors: the end could not be found out.
func (c *Client) Probe(ctx context.Context, r credential.Record) (credential.Observation, error) {
	none := credential.Observation{}
	if !c.Covers(r) {
		return none, credential.ErrCannotAsk
	}
	keys, err := c.auth.keys(ctx)
	if err != nil {
		return none, err
	}
	key := keys.LicenseKey
	if r.Name == OldKeyName {
		if key = keys.OldLicenseKey; key.IsZero() {
			return none, credential.ErrCannotAsk
		}
	}
	now := time.Now()
	out, err := c.GetLicenseExpiry(ctx, key)
	var e *order.Error
	switch {
	case errors.As(err, &e) && refusal(e.Code) && !r.Start.IsZero() && now.Sub(r.Start) < propagation:
		return none, credential.ErrCannotAsk
	case errors.As(err, &e) && e.Class == order.ErrUnauthorized && e.Code != codeBadRequest:
		return credential.Observation{At: now, State: credential.Expired, Words: e.Code}, nil
	case err != nil:
		return none, err
	}
	end, ok := out.End()
	if !ok {
		return none, &order.Error{Class: order.ErrUndecodable, Mall: order.Rakuten, Shop: c.shop,
			Operation: "license.expiryDate.get", HTTPStatus: out.Reply.Status, RequestID: out.Reply.RequestID,
			Message: "expiryDate cannot be read"}
	}
	// People are told 23:59:59 of the last day, as Rakuten's own mails do, not the midnight after it.
	seen := credential.Observation{At: now, End: end.Add(-time.Second), State: credential.Valid}
	if !now.Before(end) {
		seen.State = credential.Expired
	}
	return seen, nil
}
