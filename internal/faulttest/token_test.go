package faulttest_test

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/order"
)

// TestFaultsOfTheTokenEndpoint: the first call of a client is for a token, so that a fault of any
// operation strikes there. It is answered as the token endpoint would, whose own error code stands
// in the error.
func TestFaultsOfTheTokenEndpoint(t *testing.T) {
	for _, open := range []func(seed uint64, n int, quotas bool) *mall{openYahoo, openAmazon} {
		for _, c := range []struct {
			kind  string
			class order.Class
			code  string
		}{
			{amazontest.ExpiredKey, order.ErrCredentialExpired, "invalid_grant"},
			{amazontest.RateLimited, order.ErrRateLimited, "request_throttled"},
			{amazontest.ServerError, order.ErrTemporary, "server_error"},
			{amazontest.Maintenance, order.ErrTemporary, "temporarily_unavailable"},
		} {
			synctest.Test(t, func(t *testing.T) {
				m := open(71, 1, false)
				t.Cleanup(m.close)
				m.limits = order.Unlimited
				shop, err := m.open(&http.Client{Transport: m.wire})
				require.NoError(t, err)
				require.NoError(t, m.inject(fault{Kind: c.kind, Times: -1}))
				err = shop.(interface{ Check(context.Context) error }).Check(t.Context())
				require.ErrorIs(t, err, c.class, "%s %s", m.name, c.kind)
				var e *order.Error
				require.ErrorAs(t, err, &e)
				require.Equal(t, c.code, e.Code, "%s %s", m.name, c.kind)
				require.Equal(t, m.count(""), m.count("token"), "nothing else was called")
			})
		}
	}
}

// TestStatusOfAFault: Status replaces that of every kind that answers in place of the mall, and of
// no later fault.
func TestStatusOfAFault(t *testing.T) {
	for _, open := range openers {
		m := open(71, 1, false)
		t.Cleanup(m.close)
		get := func() int {
			r, err := (&http.Client{Transport: m.wire}).Get("https://mall.example.jp/")
			require.NoError(t, err)
			require.NoError(t, r.Body.Close())
			return r.StatusCode
		}
		for kind, usual := range map[string]int{amazontest.RateLimited: 429, amazontest.ServerError: 500,
			amazontest.Maintenance: 503} {
			require.NoError(t, m.inject(fault{Kind: kind, Status: 502}))
			require.Equal(t, 502, get(), "%s %s", m.name, kind)
			require.NoError(t, m.inject(fault{Kind: kind}))
			require.Equal(t, usual, get(), "%s %s", m.name, kind)
		}
		require.NoError(t, m.inject(fault{Kind: amazontest.ExpiredKey, Status: 418}))
		require.Equal(t, 418, get(), "%s", m.name)
	}
}
