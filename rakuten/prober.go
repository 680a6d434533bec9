package rakuten

import (
	"context"
	"errors"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// OldKeyName is the credential.Record.Name under which Probe knows Keys.OldLicenseKey; that of Keys.LicenseKey is empty.
const OldKeyName = "old"

// A Client can be asked how its license keys stand.
var (
	_ credential.Prober  = (*Client)(nil)
	_ credential.Coverer = (*Client)(nil)
)

// Covers tells whether a record is one of this shop's license keys.
func (c *Client) Covers(record credential.Record) bool {
	return record.Mall == order.Rakuten && record.Shop == c.shop && record.Kind == credential.KindLicenseKey &&
		(record.Name == "" || record.Name == OldKeyName)
}

// Probe asks Rakuten when a license key of Keys ends; see GetLicenseExpiryDate for cost and conditions. A refused key
// (ES01-01, GA0001) is told as over: it is of no use, whatever the reason, and Rakuten does not tell expired from wrong. Only one
// younger than half an hour, by the record's Start, may be refused and good; then there is nothing to ask yet. A missing function,
// maintenance or an unreadable answer are errors: how the key stands could not be found out.
func (c *Client) Probe(ctx context.Context, record credential.Record) (credential.Observation, error) {
	if !c.Covers(record) {
		return credential.Observation{}, credential.ErrCannotAsk
	}
	keys, err := c.auth.keys(ctx)
	if err != nil {
		return credential.Observation{}, err
	}
	key := keys.LicenseKey
	if record.Name == OldKeyName {
		if key = keys.OldLicenseKey; key.IsZero() {
			return credential.Observation{}, credential.ErrCannotAsk
		}
	}
	reply, err := c.GetLicenseExpiryDate(ctx, key)
	seen := credential.Observation{At: time.Now()}
	var e *order.Error
	switch {
	case err == nil:
		seen.End, _ = reply.Time()
		return seen, nil
	case !errors.As(err, &e) || !keyRefused(e.Code):
		return credential.Observation{}, err
	case !record.Start.IsZero() && time.Since(record.Start) < propagation:
		return credential.Observation{}, credential.ErrCannotAsk
	case errors.Is(err, order.ErrUnauthorized):
		seen.State, seen.Words = credential.Expired, e.Code
		return seen, nil
	}
	return credential.Observation{}, err
}

// keyRefused tells the codes that mean the key itself. ES04-01 may also be a function that is not ticked.
func keyRefused(code string) bool { return code == "ES01-01" || code == "GA0001" }
