package amazontest_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/ordertest"
	"github.com/jpmall/jpmall/timeslot"
)

func client(m *amazontest.Mall, change func(*amazon.Config)) (*amazon.Client, error) {
	cfg := amazon.Config{
		Shop: m.Shop(), Limiter: order.Unlimited,
		Keys: credential.Static(amazon.Keys{
			ClientID: m.ClientID(), ClientSecret: credential.NewSecret(m.ClientSecret()),
			RefreshToken: credential.NewSecret(m.RefreshToken()),
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
		one := amazontest.New(amazontest.Options{Seed: 7})
		two := amazontest.New(amazontest.Options{Seed: 7})
		other := amazontest.New(amazontest.Options{Seed: 8})
		defer one.Close()
		defer two.Close()
		defer other.Close()
		require.Equal(t, ordersOf(one), ordersOf(two))
		require.NotEqual(t, ordersOf(one), ordersOf(other))
		require.Len(t, ordersOf(one), 40)
	})
}

func TestQuotaIsEnforced(t *testing.T) {
	server, err := amazontest.NewServer(amazontest.Options{Orders: -1, Quotas: true})
	require.NoError(t, err)
	defer server.Close()
	server.SetRate("getAccount", 0.001, 2)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	c, err := client(server.Mall, func(cfg *amazon.Config) {
		cfg.BaseURL, cfg.TokenURL = server.URL, server.TokenURL
		cfg.HTTPClient = &http.Client{Transport: untilRefused{cancel}} // else the client would wait and try again
	})
	require.NoError(t, err)
	for range 2 {
		_, err = c.GetAccount(ctx)
		require.NoError(t, err)
	}
	_, err = c.GetAccount(ctx)
	require.Error(t, err)
	calls := server.Calls("getAccount")
	require.Equal(t, 429, calls[2].Status)
}

// untilRefused ends a context with the first refusal for speed.
type untilRefused struct{ end func() }

func (u untilRefused) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err == nil && resp.StatusCode == http.StatusTooManyRequests {
		u.end()
	}
	return resp, err
}

func ordersOf(m *amazontest.Mall) []amazontest.Order {
	var all []amazontest.Order
	for _, id := range m.Numbers() {
		o, _ := m.Order(id)
		all = append(all, o)
	}
	return all
}

// One order, written once, goes into any of the fakes; each refuses by name what its mall cannot
// hold.
func ExampleMall_Put() {
	m := amazontest.New(amazontest.Options{Orders: -1})
	defer m.Close()
	o := ordertest.Sample(1, time.Time{})
	id, err := m.Put(o)
	fmt.Println(id, err)

	o.Memo, o.Parcels[0].Delivery.Slot = "倉庫に確認済み", timeslot.Morning
	_, err = m.Put(o)
	fmt.Println(err)
	// Output:
	// 250-0000000-0000001 <nil>
	// amazontest: Put: cannot hold Memo: the mall has none; Delivery "午前中": only a day, or hours of a day, can be scheduled (leave it out, or say it in the mall's words with AddOrder)
}
