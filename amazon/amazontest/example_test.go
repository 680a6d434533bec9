package amazontest_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

func client(m *amazontest.Mall, change func(*amazon.Config)) (*amazon.Client, error) {
	cfg := amazon.Config{
		Shop: m.Shop(), Limiter: order.Unlimited,
		Keys: credential.Static(amazon.Keys{
			ClientID: m.ClientID(), ClientSecret: credential.NewSecret(m.ClientSecret()), RefreshToken: credential.NewSecret(m.RefreshToken()),
		}),
	}
	change(&cfg)
	return amazon.New(cfg)
}

// A fake on loopback, for programs that take their URLs from a configuration.
func ExampleNewServer() {
	server, err := amazontest.NewServer(amazontest.Options{Orders: 120})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer server.Close()
	c, err := client(server.Mall, func(cfg *amazon.Config) { cfg.BaseURL, cfg.TokenURL = server.URL, server.TokenURL })
	if err != nil {
		fmt.Println(err)
		return
	}
	n := 0
	for _, err := range c.Orders(context.Background(), order.Query{From: time.Now().AddDate(0, 0, -15)}) {
		if err != nil {
			fmt.Println(err)
		}
		n++
	}
	fmt.Println(n, server.Count("searchOrders"))
	// Output: 120 2
}

// The same seed gives the same shop.
func TestSeedsAreDeterministic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		one, two, other := amazontest.New(amazontest.Options{Seed: 7}), amazontest.New(amazontest.Options{Seed: 7}), amazontest.New(amazontest.Options{Seed: 8})
		defer one.Close()
		defer two.Close()
		defer other.Close()
		require.Equal(t, one.Orders(), two.Orders())
		require.NotEqual(t, one.Orders(), other.Orders())
		require.Len(t, one.Orders(), 40)
	})
}

func TestQuotaIsEnforced(t *testing.T) {
	server, err := amazontest.NewServer(amazontest.Options{Orders: -1, Quotas: true})
	require.NoError(t, err)
	defer server.Close()
	server.SetRate("getAccount", 0.001, 2)
	c, err := client(server.Mall, func(cfg *amazon.Config) { cfg.BaseURL, cfg.TokenURL = server.URL, server.TokenURL })
	require.NoError(t, err)
	for range 2 {
		_, err = c.GetAccount(t.Context())
		require.NoError(t, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = c.GetAccount(ctx)
	require.Error(t, err)
	calls := server.Calls("getAccount")
	require.Equal(t, 429, calls[2].Status)
}
