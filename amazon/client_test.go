package amazon_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// keys are a fake mall's keys.
func keys(m *amazontest.Mall) credential.Source[amazon.Keys] {
	return credential.Static(amazon.Keys{
		ClientID:     m.ClientID(),
		ClientSecret: credential.NewSecret(m.ClientSecret()),
		RefreshToken: credential.NewSecret(m.RefreshToken()),
	})
}

// config is that of a client of a fake mall, without quotas.
func config(m *amazontest.Mall) amazon.Config {
	return amazon.Config{
		Shop: m.Shop(), Keys: keys(m), HTTPClient: &http.Client{Transport: m.Transport()}, Limiter: order.Unlimited,
	}
}

func newMall(t testing.TB, o amazontest.Options) *amazontest.Mall {
	t.Helper()
	m := amazontest.New(o)
	t.Cleanup(m.Close)
	return m
}

func newClient(t testing.TB, cfg amazon.Config) *amazon.Client {
	t.Helper()
	c, err := amazon.New(cfg)
	require.NoError(t, err)
	return c
}

// all reads every order of the query; errors about single orders are returned beside them.
func all(t testing.TB, c *amazon.Client, q order.Query) (orders []order.Order, errs []error) {
	t.Helper()
	for o, err := range c.Orders(t.Context(), q) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		orders = append(orders, o)
	}
	return orders, errs
}

func TestOrdersReadsEveryOrderOnce(t *testing.T) {
	m := newMall(t, amazontest.Options{Orders: 250})
	c := newClient(t, config(m))
	got, errs := all(t, c, order.Query{From: time.Now().AddDate(0, 0, -15)})
	require.Empty(t, errs)
	require.Len(t, got, 250)
	require.Equal(t, 3, m.Count("searchOrders"))
	require.Equal(t, 1, m.Count("token"))
	seen := make(map[string]bool)
	for _, o := range got {
		require.False(t, seen[o.ID], "order %s twice", o.ID)
		seen[o.ID] = true
		require.Empty(t, o.Problems, "order %s", o.ID)
	}
	require.NoError(t, c.Check(t.Context()))
}
