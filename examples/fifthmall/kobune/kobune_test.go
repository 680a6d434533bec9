package kobune_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/credential/credentialtest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/ordertest"
	"github.com/jpmall/jpmall/timeslot"

	"example.com/jpmall-fifthmall/cart"
	"example.com/jpmall-fifthmall/kobune"
)

const secret = "an-invented-key"

// open serves a shop with 45 orders of the last 50 days: three pages, two windows.
func open() (*cart.Cart, *kobune.Client, []string, func(), error) {
	shop := cart.New(secret, time.Now().AddDate(0, 0, 5))
	start := time.Now().AddDate(0, 0, -50).Truncate(time.Second)
	var numbers []string
	for n := range 45 {
		numbers = append(numbers, shop.Sell(n, start.Add(time.Duration(n+1)*time.Hour*26)))
	}
	server := httptest.NewServer(shop.Handler())
	client, err := kobune.New(kobune.Config{
		Shop: "mihon", BaseURL: server.URL, Key: credential.Static(credential.NewSecret(secret)),
		Limiter: order.Unlimited(""), Pause: time.Millisecond,
	})
	return shop, client, numbers, server.Close, err
}

func subject() (*ordertest.Subject, error) {
	shop, client, numbers, end, err := open()
	trouble := func(f cart.Fault) func(order.Ability) error {
		return func(a order.Ability) error { shop.Break(string(a), f); return nil }
	}
	return &ordertest.Subject{
		Source: client, IDs: numbers, From: time.Now().AddDate(0, 0, -51), Unknown: "K99999", Sorted: true, Close: end,
		Calls:  func() int { return shop.Calls("") },
		Change: func(id string) error { return shop.Edit(id, func(o *cart.Order) { o.Note = "変更" }) },
		Break:  func(id string) error { return shop.Edit(id, func(o *cart.Order) { o.Total = "千円" }) },
		Fail:   func() error { shop.Break("", cart.Fails); return nil },
		Ready:  map[order.Ability][]string{order.CanShip: numbers[:3], order.CanCancel: numbers[3:6]},
		Writes: func() int { return shop.Calls("ship") + shop.Calls("cancel") },
		Drop:   trouble(cart.Drops), Lose: trouble(cart.Loses), Restore: shop.Mend,
	}, err
}

func TestSource(t *testing.T) { ordertest.TestSource(t, subject) }
func TestWrites(t *testing.T) { ordertest.TestWrites(t, subject) }

// TestKeySource: the key may come from wherever the program keeps it.
func TestKeySource(t *testing.T) {
	credentialtest.TestSource(t, func() (*credentialtest.Source[credential.Secret], error) {
		key := credential.NewSecret(secret)
		return &credentialtest.Source[credential.Secret]{Source: credential.Static(key), Want: key}, nil
	})
}

// TestClasses: what the shop answers has the class that a mall's client would give it.
func TestClasses(t *testing.T) {
	for name, tc := range map[string]struct {
		spoil func(*cart.Cart)
		class order.Class
		calls int
	}{
		"wrong key":   {func(s *cart.Cart) { s.Key = "another" }, order.ErrUnauthorized, 1},
		"key is over": {func(s *cart.Cart) { s.Ends = time.Now() }, order.ErrCredentialExpired, 1},
		"maintenance": {func(s *cart.Cart) { s.Break("", cart.Closed) }, order.ErrMaintenance, 4},
		"fails":       {func(s *cart.Cart) { s.Break("", cart.Fails) }, order.ErrTemporary, 4},
	} {
		t.Run(name, func(t *testing.T) {
			shop, client, numbers, end, err := open()
			require.NoError(t, err)
			defer end()
			tc.spoil(shop)
			_, err = client.Order(t.Context(), numbers[0])
			require.ErrorIs(t, err, tc.class)
			require.ErrorContains(t, err, "小舟カート shop mihon read order K00000")
			require.NotContains(t, err.Error(), secret)
			require.Equal(t, tc.calls, shop.Calls("read"))
		})
	}
}

// TestAParcelIsNeverSentTwice: of a shipment whose answer is lost nobody knows, until Settle looks.
func TestAParcelIsNeverSentTwice(t *testing.T) {
	shop, client, numbers, end, err := open()
	require.NoError(t, err)
	defer end()
	shop.Break("ship", cart.Loses)
	shipment := []order.Shipment{{Order: numbers[0], Carrier: timeslot.Yamato, Numbers: order.Tracking("123456789012"),
		At: time.Now()}}
	results, err := client.Ship(t.Context(), shipment, order.WriteOptions{})
	require.ErrorIs(t, err, order.ErrTemporary)
	require.Equal(t, 1, shop.Calls("ship"))
	require.Equal(t, order.Unsettled, results[0].Outcome)
	shop.Mend()
	results, err = client.Settle(t.Context(), results)
	require.NoError(t, err)
	require.Equal(t, order.Done, results[0].Outcome)
}

func TestConfigIsChecked(t *testing.T) {
	key := credential.Static(credential.NewSecret(secret))
	for says, cfg := range map[string]kobune.Config{
		"Shop is empty":     {BaseURL: "http://127.0.0.1:1", Key: key},
		"BaseURL is no":     {Shop: "mihon", BaseURL: "127.0.0.1", Key: key},
		"Config.Key is nil": {Shop: "mihon", BaseURL: "http://127.0.0.1:1"},
	} {
		_, err := kobune.New(cfg)
		require.ErrorIs(t, err, order.ErrInvalid)
		require.ErrorContains(t, err, says)
	}
}

func ExampleNew() {
	shop := cart.New(secret, time.Now().AddDate(0, 0, 60))
	number := shop.Sell(1, time.Now().Add(-time.Hour))
	server := httptest.NewServer(shop.Handler())
	defer server.Close()
	client, err := kobune.New(kobune.Config{Shop: "mihon", BaseURL: server.URL,
		Key: credential.Static(credential.NewSecret(secret)), HTTPClient: http.DefaultClient})
	if err != nil {
		fmt.Println(err)
		return
	}
	o, err := client.Order(context.Background(), number)
	fmt.Println(o.Mall.Name(), o.ID, o.Status, o.Amounts.Billed, o.Parcels[0].Delivery.Slot, err)
	// Output: 小舟カート K00001 ready_to_ship JPY 1738 14:00-16:00 <nil>
}
