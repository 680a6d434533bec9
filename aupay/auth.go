package aupay

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/order"
)

// Keys is the credential of a shop.
type Keys struct {
	// APIKey is issued in Wow! manager > 各種お申し込み > API利用申請, for one shop, and ends 90 days later. Blanks around a pasted key
	// are dropped.
	APIKey credential.Secret
	// IssuedAt is the day of issue. The mall has no call that tells when a key ends, so the end is counted from here; zero is unknown.
	IssuedAt time.Time
}

// Records is what a credential.Monitor needs to know of all the keys, without the keys: shop is Config.Shop. The mall has no call that
// tells when a key ends, so its end is counted from IssuedAt; without it the state is unknown, never valid.
func (k Keys) Records(shop string) []credential.Record {
	return []credential.Record{{Mall: order.AuPay, Shop: shop, Kind: credential.KindAPIKey, Start: k.IssuedAt}}
}

// ends is when the key ends by its rule; zero when nobody knows.
func (k Keys) ends() time.Time {
	var book *credential.Rulebook
	rule, _ := book.Rule(order.AuPay, credential.KindAPIKey)
	return credential.Assess(rule, k.Records("")[0], time.Now()).End
}

// sign puts the current key on one attempt.
func (c *Client) sign(ctx context.Context, req *http.Request, _ []byte) error {
	keys, err := c.keys.Current(ctx)
	if err != nil {
		return err
	}
	bearer, err := keys.bearer()
	if err != nil {
		return &order.Error{Class: order.ErrInvalid, Err: err, Hint: "paste the API key again from Wow! manager; nothing was sent"}
	}
	req.Header.Set("Authorization", bearer)
	return nil
}

// secret is the present key, for taking it out of the mall's words; empty when it cannot be had.
func (c *Client) secret(ctx context.Context) string {
	keys, err := c.keys.Current(ctx)
	if err != nil {
		return ""
	}
	bearer, err := keys.bearer()
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(bearer, "Bearer ")
}

func (k Keys) bearer() (string, error) {
	key, err := check.Key("Keys.APIKey", k.APIKey.Reveal())
	return "Bearer " + key, err
}

// renew is asked when a key was refused: another one may have been put in its place since, and one that is known to be older than
// it can live needs no guessing.
func (c *Client) renew(ctx context.Context, e *order.Error, sent *http.Request) (again bool, err error) {
	keys, err := c.keys.Current(ctx)
	if err != nil {
		return false, nil // the mall's refusal says more
	}
	if bearer, err := keys.bearer(); err == nil && bearer != sent.Header.Get("Authorization") {
		return true, nil
	}
	if end := keys.ends(); !end.IsZero() && !time.Now().Before(end) {
		expired := *e
		expired.Class, expired.Hint = order.ErrCredentialExpired, expiredHint
		return false, &expired
	}
	return false, nil
}
