package yahoo_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// exampleClient talks to a fake store; a real one needs Shop and Keys only.
func exampleClient(mall *yahootest.Mall) *yahoo.Client {
	client, err := yahoo.New(yahoo.Config{
		Shop: mall.Shop(),
		Keys: credential.Static(yahoo.Keys{
			ClientID:         mall.ClientID(),
			ClientSecret:     credential.NewSecret(mall.ClientSecret()),
			RefreshToken:     credential.NewSecret(mall.RefreshToken()),
			ConsentedAt:      mall.ConsentedAt(),
			PublicKey:        mall.PublicKey(),
			PublicKeyVersion: mall.PublicKeyVersion(),
		}),
		HTTPClient: &http.Client{Transport: mall.Transport()},
		Limiter:    order.Unlimited, // for the fake only
	})
	if err != nil {
		panic(err)
	}
	return client
}

func ExampleClient_Orders() {
	mall := yahootest.New(yahootest.Options{Orders: 3})
	defer mall.Close()
	client := exampleClient(mall)
	n := 0
	for o, err := range client.Orders(context.Background(), order.Query{From: time.Now().AddDate(0, 0, -30)}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		n++
		if o.Unresolved() {
			fmt.Println("stop before the label:", o.ID)
		}
	}
	fmt.Println(n, "orders")
	// Output: 3 orders
}

func ExampleClient_Check() {
	mall := yahootest.New(yahootest.Options{})
	defer mall.Close()
	client := exampleClient(mall)
	fmt.Println(client.Check(context.Background()))
	mall.RefuseIP(true)
	fmt.Println(errors.Is(client.Check(context.Background()), order.ErrForbidden))
	// Output:
	// <nil>
	// true
}

func ExampleClient_Do() {
	mall := yahootest.New(yahootest.Options{Orders: -1})
	defer mall.Close()
	id := mall.AddOrder(yahootest.Order{})
	client := exampleClient(mall)
	body := "<Req><Target><OrderId>" + id + "</OrderId><Field>OrderId,OrderStatus</Field></Target><SellerId>" +
		mall.Shop() + "</SellerId></Req>"
	reply, err := client.Do(context.Background(), yahoo.Operation{Name: "orderInfo"}, []byte(body))
	fmt.Println(reply.Status, reply.AuthorizeStatus, err)
	// Output: 200 authorized <nil>
}

func ExampleConvert() {
	w := &yahoo.OrderInfo{OrderID: "mihon-store-10000001", OrderStatus: yahoo.OrderProcessing, IsSeen: true}
	w.Pay.PayStatus, w.Ship.ShipStatus = yahoo.PayPaid, yahoo.ShipPossible
	w.Ship.ShipRequestTime = "14:00～16:00"
	o := yahoo.Convert(w, yahoo.ConvertOptions{Shop: "mihon-store"})
	fmt.Println(o.Status, o.Parcels[0].Delivery.Slot)
	// Output: ready_to_ship 14:00-16:00
}

func ExampleClient_Ship() {
	mall := yahootest.New(yahootest.Options{Orders: -1})
	defer mall.Close()
	id := mall.AddOrder(yahootest.Order{Placed: time.Now().Add(-time.Hour),
		Fields: map[string]string{"PayStatus": "1", "ShipStatus": "1"}})
	client := exampleClient(mall)
	shipments := []order.Shipment{{Order: id, Carrier: timeslot.Yamato, Numbers: order.Tracking("0000-1234-5678"),
		At: time.Now()}}
	for _, dry := range []bool{true, false} {
		results, err := client.Ship(context.Background(), shipments, order.WriteOptions{DryRun: dry})
		fmt.Println(results[0].Outcome, results[0].DryRun, results[0].Records, err)
	}
	// Output:
	// done true [] <nil>
	// done false [1] <nil>
}

func ExampleClient_Session() {
	mall := yahootest.New(yahootest.Options{Orders: -1})
	defer mall.Close()
	client := exampleClient(mall)
	if err := client.Check(context.Background()); err != nil {
		fmt.Println(err)
	}
	session, err := client.Session(context.Background())
	fmt.Println(session.Status, session.Ends.Sub(session.ConsentedAt), err)
	mall.EnableKey(mall.PublicKeyVersion(), false) // the call goes well, but the session shrinks
	if err := client.Check(context.Background()); err != nil {
		fmt.Println(err)
	}
	session, err = client.Session(context.Background())
	fmt.Println(session.Status, session.Ends.Sub(session.ConsentedAt), err)
	// Output:
	// authorized 672h0m0s <nil>
	// invalid-key-status 12h0m0s <nil>
}

func ExampleBudget() {
	budget := &yahoo.Budget{Reserve: 5_000} // reads stop at 45,000 calls a day
	fmt.Println(budget.State().Reads, budget.State().Left)
	// Output: 45000 50000
}
