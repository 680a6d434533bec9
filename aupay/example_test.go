package aupay_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func Example() {
	// a fake mall; leave HTTPClient and Limiter out for the real one
	mall := aupaytest.New(aupaytest.Options{Orders: 3})
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

// The mall accepts calls from registered addresses (接続元IPアドレス) only, so many shops use a relay with
// a fixed address. It replaces the mall's host (BaseURL, with a Header if it needs one), or is a
// proxy of the RoundTripper.
func ExampleConfig_relay() {
	mall := aupaytest.New(aupaytest.Options{Addresses: []string{"192.0.2.10"}})
	defer mall.Close()
	relay := relay{key: "an invented relay key", address: "192.0.2.10", mall: mall}

	client, err := aupay.New(aupay.Config{
		Shop:       mall.Shop(),
		Keys:       credential.Static(aupay.Keys{APIKey: credential.NewSecret(mall.APIKey())}),
		BaseURL:    "https://relay.example.com/aupay",
		Header:     http.Header{"X-Relay-Key": {"an invented relay key"}},
		HTTPClient: &http.Client{Transport: relay, Timeout: time.Minute}, // &http.Transport{Proxy: …} for a proxy
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(client.Check(context.Background()))
	fmt.Println(mall.Calls("")[0].Host, mall.Calls("")[0].Path)
	// Output:
	// <nil>
	// relay.example.com /aupay/searchTradeNoListProc
}

// relay forwards calls from a registered address.
type relay struct {
	key, address string
	mall         *aupaytest.Mall
}

func (r relay) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Header.Get("X-Relay-Key") != r.key {
		return nil, errors.New("this relay does not know the caller")
	}
	r.mall.CallFrom(r.address)
	return r.mall.Transport().RoundTrip(req)
}

// Ship sets carrier, number and date, then the status 完了. A Result says how to go on when only the
// first succeeded.
func ExampleClient_Ship() {
	mall := aupaytest.New(aupaytest.Options{})
	defer mall.Close()
	number := mall.AddOrder(aupaytest.Order{Status: "発送待ち"})
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
	results, err := client.Ship(context.Background(), []order.Shipment{{
		Order: number, Carrier: timeslot.Yamato, Numbers: order.Tracking("000012345678"), At: time.Now(),
	}, {
		Order: "123", Carrier: timeslot.Yamato, Numbers: order.Tracking("000012345678", "000012345679"), At: time.Now(),
	}}, order.WriteOptions{})
	for _, r := range results {
		fmt.Printf("%s %q\n", r.Outcome, r.Message)
	}
	fmt.Println(errors.Is(err, order.ErrInvalid))
	shipped, _ := mall.Order(number)
	fmt.Println(shipped.Status)
	// Output:
	// done ""
	// refused "Numbers: 2 tracking numbers, of which the mall holds 1: leave some out, or set WriteOptions.FirstNumbers"
	// true
	// 完了
}

// The mall has no search by last change. OrdersBy reads what was shipped in the last days, whenever
// it was placed.
func ExampleClient_OrdersBy() {
	mall := aupaytest.New(aupaytest.Options{Orders: -1})
	defer mall.Close()
	mall.AddOrder(aupaytest.Order{
		ID: "900000001", Placed: time.Now().AddDate(0, -3, 0), Status: "完了",
		Elements: map[string]string{"shippingDate": time.Now().Format("2006/01/02")},
	})
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
	today := order.DateOf(time.Now())
	for o, err := range client.OrdersBy(context.Background(), aupay.SearchRequest{
		StartDate: today.AddDays(-14), EndDate: today.AddDays(1), DateType: aupay.ByShippingDate,
	}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(o.ID, o.Status)
	}
	// Output: 900000001 completed
}

// Do makes calls that only the mall's documents for merchants describe.
func ExampleClient_Do() {
	mall := aupaytest.New(aupaytest.Options{})
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
	reply, err := client.Do(context.Background(), aupay.Operation{
		Name: "searchItemInfo", Method: http.MethodGet, Query: url.Values{"itemCode": {"sample-shirt"}},
	}, nil)
	fmt.Println(reply.Status, err != nil) // the fake mall does not have it
	// Output: 404 true
}
