package yahoo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// A Client can be asked how its order session and its public keys stand.
var (
	_ credential.Prober  = (*Client)(nil)
	_ credential.Coverer = (*Client)(nil)
)

// codeGrantOver is the token endpoint's word for a consent that is over or withdrawn.
const codeGrantOver = "invalid_grant"

// Covers tells whether a record is this store's order session, or one of its public keys.
func (c *Client) Covers(record credential.Record) bool {
	return record.Mall == order.Yahoo && record.Shop == c.shop &&
		(record.Kind == credential.KindOrderSession || record.Kind == credential.KindPublicKey)
}

// Probe makes the cheapest real call (see Check) and reads what the mall says of the signature, header X-SWS-Authorize-Status. It
// tells no end, but whether the order session is over (px-04102, or a consent that is over or withdrawn), and by the status whether
// it lives four weeks or twelve hours.
//
// The Name of a record of a public key is its version; without a Name it is Keys.PublicKey. The call is signed with that key, also
// while the client rests it. A key that is past its year or not enabled is told as over; any other refusal of a signature (a wrong
// version, clock or store) is an error that says the remedy, since the key itself may be good.
func (c *Client) Probe(ctx context.Context, record credential.Record) (credential.Observation, error) {
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
		if version == "" || version != keys.PublicKeyVersion && version != keys.OldPublicKeyVersion {
			return none, credential.ErrCannotAsk
		}
		ctx = context.WithValue(ctx, wantedKey{}, version)
	}
	now := time.Now()
	reply, err := c.OrderList(ctx, OrderListRequest{
		Condition: Condition{OrderTimeFrom: now.Add(-time.Hour), OrderTimeTo: now}, Fields: []Field{"OrderId"}, Result: 1,
	})
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

// keyObservation is what a reply says of the public key that it was asked with. The status counts also where the call failed.
func (c *Client) keyObservation(status AuthorizeStatus, err error) (credential.Observation, error) {
	seen := credential.Observation{At: time.Now(), Words: string(status)}
	switch status {
	case Authorized:
		seen.State = credential.Valid
	case KeyVersionExpired, KeyNotEnabled:
		seen.State = credential.Expired
	case "":
		if errors.Is(err, order.ErrCredentialExpired) {
			err = credential.ErrCannotAsk // the consent is over, which its own record tells; nobody can ask about the key before a new one
		}
		if err == nil {
			err = c.unclear(order.ErrUndecodable, errors.New("the reply has no X-SWS-Authorize-Status"), "")
		}
		return credential.Observation{}, err
	default:
		return credential.Observation{}, c.unclear(order.ErrUnauthorized, fmt.Errorf("X-SWS-Authorize-Status is %q", status), status.Remedy())
	}
	return seen, nil
}

func (c *Client) unclear(class order.Class, err error, hint string) error {
	return &order.Error{Class: class, Mall: order.Yahoo, Shop: c.shop, Operation: "orderList", Err: err, Hint: hint}
}

// wantedKey is the version of the public key that a call must be signed with, in the context of Probe.
type wantedKey struct{}

// pickFor is pick, unless a call wants a key of its own.
func (s *signer) pickFor(ctx context.Context, keys Keys) (key, version string) {
	switch wanted, ok := ctx.Value(wantedKey{}).(string); {
	case ok && wanted == keys.PublicKeyVersion:
		return keys.PublicKey, wanted
	case ok && wanted == keys.OldPublicKeyVersion:
		return keys.OldPublicKey, wanted
	}
	return s.pick(keys)
}
