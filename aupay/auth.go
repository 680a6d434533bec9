package aupay

import (
	"context"
	"net/http"
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

// sign puts the current key on one attempt.
func (c *Client) sign(ctx context.Context, req *http.Request, _ []byte) error {
	keys, err := c.keys.Current(ctx)
	if err != nil {
		return err
	}
	key, err := check.Key("Keys.APIKey", keys.APIKey.Reveal())
	if err != nil {
		return &order.Error{Class: order.ErrInvalid, Err: err, Hint: "paste the API key again from Wow! manager; nothing was sent"}
	}
	req.Header.Set("Authorization", "Bearer "+key)
	return nil
}
