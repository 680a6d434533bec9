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

// LicenseExpiry is when a license key expires.
type LicenseExpiry struct {
	ExpiryDate string `json:"expiryDate"` // 2026-11-28T23:59:59, without a zone: JST
	Reply      Reply  `json:"-"`
}

// End returns the first instant at which the key has expired, in JST: the second after 23:59:59 of
// its last day, or the midnight after a date without a time. ok is false when the text cannot be
// parsed or its year is implausible: the end is then unknown, and the key not proven valid.
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

// GetLicenseExpiry (ライセンスキー有効期限取得, license.expiryDate.get) reads when a license key expires; an
// empty key is the one in use. The key is part of the URL: this package keeps it out of errors and
// logs, but a proxy may log it. The function must be ticked in RMS.
//
// Safe to repeat. Page: …/licensemanagementapi
func (c *Client) GetLicenseExpiry(
	ctx context.Context, key credential.Secret,
) (LicenseExpiry, error) {
	call := transport.Call{Operation: c.calls.Row("license.expiryDate.get")}
	if key.IsZero() {
		keys, err := c.auth.keys(ctx)
		if err != nil {
			return LicenseExpiry{}, c.calls.Refuse(call.Operation.Name, call.Order, err)
		}
		key = keys.LicenseKey
	}
	plain, err := check.Key("licenseKey", key.Reveal())
	if err != nil {
		return LicenseExpiry{}, c.calls.Refuse(call.Operation.Name, call.Order, err)
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

// [OldKeyName] is the [credential.Record.Name] of [Keys.OldLicenseKey]. That of [Keys.LicenseKey]
// is empty.
const OldKeyName = "old"

// Covers reports whether r is one of this shop's license keys, the only credentials whose end
// Rakuten reports. It implements [credential.Coverer].
func (c *Client) Covers(r credential.Record) bool {
	return r.Mall == order.Rakuten && r.Shop == c.shop && r.Kind == credential.KindLicenseKey &&
		(r.Name == "" || r.Name == OldKeyName)
}

// Probe queries Rakuten for the end of one of the shop's license keys. It implements
// [credential.Prober]. A refused key (ES01-01, GA0001) is reported as expired, since Rakuten does
// not distinguish expired keys from wrong ones. One younger than 30 minutes, by r.Start, may only
// be not accepted yet: the error is [credential.ErrCannotAsk]. Any other error means that the end
// is unknown: license.expiryDate.get is not ticked, the key is malformed (GK…, from a single
// source), there is maintenance, or the answer cannot be read.
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
	case errors.As(err, &e) && refusal(e.Code) && !r.Start.IsZero() &&
		now.Sub(r.Start) < propagation:
		return none, credential.ErrCannotAsk
	case errors.As(err, &e) && e.Class == order.ErrUnauthorized && ended(e.Code):
		return credential.Observation{At: now, State: credential.Expired, Words: e.Code}, nil
	case err != nil:
		return none, err
	}
	end, ok := out.End()
	if !ok {
		return none, &order.Error{Class: order.ErrUndecodable, Mall: order.Rakuten, Shop: c.shop,
			Operation: "license.expiryDate.get", HTTPStatus: out.Reply.Status,
			RequestID: out.Reply.RequestID,
			Message:   "expiryDate cannot be read"}
	}
	// Report 23:59:59 of the last day, as Rakuten's mails do, not the midnight after it.
	seen := credential.Observation{At: now, End: end.Add(-time.Second), State: credential.Valid}
	if !now.Before(end) {
		seen.State = credential.Expired
	}
	return seen, nil
}
