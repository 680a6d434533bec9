package yahoo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// A Client checks its order session and its public keys.
var (
	_ credential.Prober  = (*Client)(nil)
	_ credential.Coverer = (*Client)(nil)
)

// codeGrantOver is the token endpoint's error for a consent that has expired or was withdrawn.
const codeGrantOver = "invalid_grant"

// Covers reports whether record is of this store's order session or of one of its public keys. It
// implements [credential.Coverer].
func (c *Client) Covers(record credential.Record) bool {
	return record.Mall == order.Yahoo && record.Shop == c.shop &&
		(record.Kind == credential.KindOrderSession || record.Kind == credential.KindPublicKey)
}

// Probe finds out the state of the order session or of a public key. It implements
// [credential.Prober]. It makes the cheapest real call (see Check) and reads header
// X-SWS-Authorize-Status. The mall reports no time of expiry, but whether the order session has
// ended (px-04102, or a consent that has expired or was withdrawn) and, by the header, whether it
// lasts four weeks or twelve hours.
//
// The Name of a public key's record is its version; an empty Name is [Keys.PublicKeyVersion]. The
// call is signed with that key, even if the client has switched to the other one. A key that has
// expired or is not enabled is reported as expired. Any other refusal of a signature (a wrong
// version, clock or store) is an error with a remedy, since the key itself may be good.
func (c *Client) Probe(
	ctx context.Context, record credential.Record,
) (credential.Observation, error) {
	none := credential.Observation{}
	if !c.Covers(record) {
		return none, credential.ErrCannotAsk
	}
	if record.Kind == credential.KindPublicKey {
		keys, err := c.signer.current(ctx)
		if err != nil {
			return none, err
		}
		version := record.Name
		if version == "" {
			version = keys.PublicKeyVersion
		}
		if version == "" || version != keys.PublicKeyVersion &&
			version != keys.OldPublicKeyVersion {
			return none, credential.ErrCannotAsk
		}
		ctx = context.WithValue(ctx, wantedKey{}, version)
	}
	reply, err := c.lookOnce(ctx)
	status := reply.Reply.AuthorizeStatus
	if record.Kind == credential.KindPublicKey {
		return c.keyObservation(status, err)
	}
	seen := credential.Observation{At: time.Now(), Words: string(status)}
	if status != "" {
		seen.Extended = credential.Fails
		if status.Accepted() {
			seen.Extended = credential.Holds
		}
	}
	var e *order.Error
	switch {
	case err == nil:
		seen.State = credential.Valid
	case errors.As(err, &e) && (e.Code == codeSessionOver || e.Code == codeGrantOver):
		seen.State, seen.Words = credential.Expired, e.Code
	default:
		return none, err
	}
	return seen, nil
}

// keyObservation returns what a reply says of the public key that signed the call. The status is
// used even if the call failed.
func (c *Client) keyObservation(status AuthorizeStatus, err error) (credential.Observation, error) {
	seen := credential.Observation{At: time.Now(), Words: string(status)}
	switch status {
	case Authorized:
		seen.State = credential.Valid
	case KeyVersionExpired, KeyNotEnabled:
		seen.State = credential.Expired
	case "":
		if errors.Is(err, order.ErrCredentialExpired) {
			// the consent has expired, which its record shows; until a new one there is no way to
			// find out about the key
			err = credential.ErrCannotAsk
		}
		if err == nil {
			err = c.unclear(order.ErrUndecodable,
				errors.New("the reply has no X-SWS-Authorize-Status"), order.Text{})
		}
		return credential.Observation{}, err
	default:
		return credential.Observation{},
			c.unclear(order.ErrUnauthorized, fmt.Errorf("X-SWS-Authorize-Status is %q", status),
				status.Remedy())
	}
	return seen, nil
}

func (c *Client) unclear(class order.Class, err error, hint order.Text) error {
	return &order.Error{Class: class, Mall: order.Yahoo, Shop: c.shop, Operation: "orderList",
		Err: err, Hint: hint}
}

// wantedKey is the version of the public key that a call must be signed with, in the context of
// Probe.
type wantedKey struct{}

// pickFor is pick, unless the call wants a certain key.
func (s *signer) pickFor(ctx context.Context, keys Keys) (key, version string) {
	switch wanted, ok := ctx.Value(wantedKey{}).(string); {
	case ok && wanted == keys.PublicKeyVersion:
		return keys.PublicKey, wanted
	case ok && wanted == keys.OldPublicKeyVersion:
		return keys.OldPublicKey, wanted
	}
	return s.pick(keys)
}
