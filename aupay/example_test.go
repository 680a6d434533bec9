package aupay_test

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

func Example() {
	mall := aupaytest.New(aupaytest.Options{Orders: 3}) // a fake mall; leave HTTPClient and Limiter out for the real one
	defer mall.Close()
	client, err := aupay.New(aupay.Config{
		Shop:       mall.Shop(),
		Keys:       credential.Static(aupay.Keys{APIKey: credential.NewSecret(mall.APIKey())}),
		HTTPClient: &http.Client{Transport: mall.Transport()},
		Limiter:    order.Unlimited,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	if err := client.Check(ctx); err != nil {
		fmt.Println(err) // says whether key, address or shop number is wrong, and what to do
		return
	}
	n := 0
	for _, err := range client.Orders(ctx, order.Query{From: time.Now().AddDate(0, 0, -14)}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		n++
	}
	fmt.Println(n, "orders")
	// Output: 3 orders
}

// The mall takes calls from registered addresses only, so a relay with a fixed address is normal.
func ExampleConfig_relay() {
	_, err := aupay.New(aupay.Config{
		Shop:       "10000001",
		Keys:       credential.Static(aupay.Keys{APIKey: credential.NewSecret("an invented key")}),
		BaseURL:    "https://relay.example.com/wmshopapi",
		Header:     http.Header{"X-Relay-Key": {"an invented relay key"}},
		HTTPClient: &http.Client{Transport: &http.Transport{Proxy: http.ProxyFromEnvironment}, Timeout: time.Minute},
	})
	fmt.Println(err)
	// Output: <nil>
}
