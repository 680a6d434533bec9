package amazon_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/order"
)

// An LWA client secret that is over is told as such: no new access token is asked for, since none
// helps, and nothing is sent twice. Its sentence says "expired" as that of an access token does,
// which is refreshed once.
func TestAnOverClientSecretIsNoDeadToken(t *testing.T) {
	const list = `{"errors":[{"code":"Unauthorized","message":"Access to requested resource is denied.","details":"`
	for name, c := range map[string]struct {
		details       string
		class         order.Class
		tokens, calls int
	}{
		"client secret":                {"The LWA secret token you provided has expired.", order.ErrCredentialExpired, 1, 1},
		"access token":                 {"The access token you provided has expired.", order.ErrUnauthorized, 2, 2},
		"revoked":                      {"The access token you provided is revoked, malformed or invalid.", order.ErrUnauthorized, 2, 2},
		"something else that is over":  {"The subscription of this application expired.", order.ErrForbidden, 1, 1},
		"something else, with a token": {"Token bucket configuration revoked by operator.", order.ErrForbidden, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := amazontest.New(amazontest.Options{})
				defer m.Close()
				client := newClient(t, config(m))
				require.NoError(t, client.Check(t.Context()))
				time.Sleep(time.Minute) // a token just issued is not put away
				require.NoError(t, m.Inject(amazontest.Fault{Kind: amazontest.Custom, Operation: "getOrder",
					Status: 403, Body: list + c.details + `"}]}`, Times: -1}))
				_, err := client.GetOrder(t.Context(), amazon.GetOrderRequest{OrderID: "250-0000000-0000001"})
				require.ErrorIs(t, err, c.class)
				require.Equal(t, c.tokens, m.Count("token"))
				require.Equal(t, c.calls, m.Count("getOrder"))
				if c.class == order.ErrCredentialExpired {
					require.ErrorContains(t, err, "180 days")
					require.ErrorContains(t, err, "Keys.ClientSecret")
				}
			})
		})
	}
}
