package rakuten_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

// example makes a client of a fake mall; of the real one, leave HTTPClient and Limiter out.
func example(mall *rakutentest.Mall) *rakuten.Client {
	client, err := rakuten.New(rakuten.Config{
		Shop: "mihon-shop",
		Keys: credential.Static(rakuten.Keys{
			ServiceSecret: credential.NewSecret(mall.ServiceSecret()),
			LicenseKey:    credential.NewSecret(mall.LicenseKey()),
		}),
		HTTPClient: &http.Client{Transport: mall.Transport()},
		Limiter:    order.Unlimited,
	})
	if err != nil {
		panic(err)
	}
	return client
}

func ExampleClient_Orders() {
	mall := rakutentest.New(rakutentest.Options{Orders: -1})
	defer mall.Close()
	mall.AddOrder(rakutentest.Order{Number: "123456-20260601-0000000001", Placed: time.Now().Add(-time.Hour), Postage: 500, ShippingTerm: 1416,
		Parcels: []rakutentest.Parcel{{Items: []rakutentest.Item{{Name: "見本りんごジュース", Price: 3240, Units: 2, TaxRate: 8}}}}})
	client := example(mall)

	for o, err := range client.Orders(context.Background(), order.Query{From: time.Now().AddDate(0, 0, -1)}) {
		if number := order.Concerns(err); number != "" {
			fmt.Println("left out:", number, err) // the others go on
			continue
		}
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(o.ID, o.Status, o.Amounts.Billed, o.Parcels[0].Delivery.Slot, o.Reconcile().Verdict)
	}
	// Output: 123456-20260601-0000000001 ready_to_ship JPY 6980 14:00-16:00 adds_up
}

func ExampleClient_Check() {
	mall := rakutentest.New(rakutentest.Options{})
	defer mall.Close()
	client := example(mall)
	mall.RevokeKey(mall.LicenseKey())

	err := client.Check(context.Background())
	var e *order.Error
	if errors.As(err, &e) {
		fmt.Println(e.Code, errors.Is(err, order.ErrUnauthorized))
	}
	// Output: GA0001 true
}

func ExampleClient_Do() {
	mall := rakutentest.New(rakutentest.Options{Orders: 3})
	defer mall.Close()
	client := example(mall)

	reply, err := client.Do(context.Background(), rakuten.Operation{Name: "getOrder"},
		[]byte(`{"orderNumberList": ["`+mall.Numbers()[0]+`"], "version": 10}`))
	fmt.Println(reply.Status, reply.Attempts, err)
	// Output: 200 1 <nil>
}

func ExampleConvert() {
	stored := &rakuten.OrderModel{OrderNumber: "123456-20260601-0000000001", OrderProgress: rakuten.RakutenProcessing,
		RequestPrice: rakuten.NewYen(-9999)}
	o := rakuten.Convert(stored, rakuten.ConvertOptions{Shop: "mihon-shop"})
	fmt.Println(o.Status, o.MallStatus, o.Amounts.Billed)
	// Output: awaiting_payment 楽天処理中 undetermined
}
