package aupay

import (
	"context"
	"net/http"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/order"
)

// Keys is the credential of one shop.
type Keys struct {
	// APIKey is issued for one shop in Wow! manager > 各種お申し込み > API利用申請, and expires after 90 days.
	// Blanks around it are removed.
	APIKey credential.Secret
	// IssuedAt is the day of issue, from which the expiry is computed: no call of the mall returns
	// it. Zero is unknown.
	IssuedAt time.Time
}

// Records returns the record of the key for a [credential.Monitor], without the key itself. shop is
// [Config.Shop]. The expiry is computed from IssuedAt. Without it the key is reported as unknown,
// never as valid.
func (k Keys) Records(shop string) []credential.Record {
	return []credential.Record{{Mall: order.AuPay, Shop: shop, Kind: credential.KindAPIKey,
		Start: k.IssuedAt}}
}

// ends returns when the key expires by its rule; zero when that is not known.
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
		return &order.Error{Class: order.ErrInvalid, Err: err,
			Hint: order.Text{EN: "paste the API key again from Wow! manager; nothing was sent",
				JA: "Wow! managerからAPIキーをもう一度貼り付けてください。何も送信していません"}}
	}
	req.Header.Set("Authorization", bearer)
	return nil
}

func (k Keys) bearer() (string, error) {
	key, err := check.Key("Keys.APIKey", k.APIKey.Reveal())
	return "Bearer " + key, err
}

// renew is called when a key was refused. The call is made again if the source has another key by
// now; a key past its lifetime is reported as expired.
func (c *Client) renew(
	ctx context.Context, e *order.Error, sent *http.Request,
) (again bool, err error) {
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
