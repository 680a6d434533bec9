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
	"github.com/jpmall/jpmall/timeslot"
)

// example returns a client for a fake mall. For the real one, omit HTTPClient and Limiter.
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
	mall.AddOrder(rakutentest.Order{ID: "123456-20260601-0000000001", Placed: time.Now().Add(-time.Hour), Postage: 500,
		ShippingTerm: 1416,
		Parcels: []rakutentest.Parcel{{Items: []rakutentest.Item{
			{Name: "見本りんごジュース", Price: 3240, Units: 2, TaxRate: 8}}}}})
	client := example(mall)

	for o, err := range client.Orders(context.Background(), order.Query{From: time.Now().AddDate(0, 0, -1)}) {
		if number := order.Concerns(err); number != "" {
			fmt.Println("left out:", number, err) // the other orders follow
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

func ExampleClient_Ship() {
	mall := rakutentest.New(rakutentest.Options{Orders: -1})
	defer mall.Close()
	number := mall.AddOrder(rakutentest.Order{ID: "123456-20260601-0000000001"})
	client := example(mall)

	shipments := []order.Shipment{{Order: number, Carrier: timeslot.Yamato, Numbers: order.Tracking("000000000001"),
		At: time.Now()}}
	for _, dry := range []bool{true, false} {
		results, err := client.Ship(context.Background(), shipments, order.WriteOptions{DryRun: dry})
		fmt.Println(results[0].Outcome, results[0].DryRun, len(results[0].Records), err)
	}
	// Output:
	// done true 0 <nil>
	// done false 1 <nil>
}

func ExampleClient_UpdateOrderMemo() {
	mall := rakutentest.New(rakutentest.Options{Orders: -1})
	defer mall.Close()
	number := mall.AddOrder(rakutentest.Order{ID: "123456-20260601-0000000001", Memo: "old",
		DeliveryDate: "2026-06-06"})
	client := example(mall)

	_, err := client.UpdateOrderMemo(context.Background(), rakuten.UpdateOrderMemoRequest{
		OrderNumber:  number,
		Memo:         rakuten.Set("連絡済み"),
		DeliveryDate: rakuten.Clear[order.Date](), // everything else is kept
	})
	o, _ := mall.Order(number)
	fmt.Printf("%q %q %v\n", o.Memo, o.DeliveryDate, err)
	// Output: "連絡済み" "" <nil>
}

func ExampleClient_ConfirmOrder() {
	mall := rakutentest.New(rakutentest.Options{Orders: -1})
	defer mall.Close()
	mall.AddOrder(rakutentest.Order{ID: "n-1", Progress: 100})
	mall.AddOrder(rakutentest.Order{ID: "n-2", Progress: 900})
	client := example(mall)

	out, err := client.ConfirmOrder(context.Background(), []string{"n-1", "n-2"})
	for _, m := range out.MessageModelList {
		fmt.Println(m.OrderNumber, m.MessageType)
	}
	fmt.Println(order.Concerns(err), errors.Is(err, order.ErrConflict))
	// Output:
	// n-1 INFO
	// n-2 ERROR
	// n-2 true
}

func ExampleClient_GetLicenseExpiry() {
	mall := rakutentest.New(rakutentest.Options{Issued: time.Now().AddDate(0, 0, -80)})
	defer mall.Close()

	out, err := example(mall).GetLicenseExpiry(context.Background(), credential.Secret{}) // the key in use
	if err != nil {
		fmt.Println(err)
		return
	}
	end, ok := out.End()
	fmt.Println(ok, order.DateOf(end) == order.DateOf(time.Now()).AddDays(11)) // the midnight after the 90th day
	// Output: true true
}

func ExampleParseNotification() {
	n, err := rakuten.ParseNotification([]byte(
		`<notifyModel><authModel><authKey>k</authKey></authModel><notifyInfoModel>
		<serviceId>5000</serviceId><functionId>1100</functionId><value1 name="orderNumber">n-1</value1></notifyInfoModel></notifyModel>`))
	if err != nil {
		fmt.Println(err)
		return
	}
	number, _ := n.Events[0].Value("orderNumber")
	fmt.Println(n.Events[0].Kind(), number)
	// Output: review_result n-1
}
