package amazon_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// example is a client of a fake mall with one order; a real one needs no HTTPClient and no Limiter.
func example() (*amazontest.Mall, *amazon.Client) {
	mall := amazontest.New(amazontest.Options{Orders: -1})
	day := time.Now().AddDate(0, 0, -1).UTC().Truncate(24 * time.Hour)
	mall.AddOrder(amazontest.Order{
		Placed: day, Status: "UNSHIPPED", Address: amazontest.Address{Name: "見本 花子", Line1: "例示市見本町1-2-3",
			State: "東京都"},
		Lines: []amazontest.Line{{SKU: "MIHON-TEA-01", Title: "見本園の煎茶", Quantity: 2, UnitPrice: "1280", Item: "2560",
			From: day.Add(77 * time.Hour), To: day.Add(79 * time.Hour)}},
	})
	client, err := amazon.New(amazon.Config{
		Shop: mall.Shop(),
		Keys: credential.Static(amazon.Keys{
			ClientID:     mall.ClientID(),
			ClientSecret: credential.NewSecret(mall.ClientSecret()),
			RefreshToken: credential.NewSecret(mall.RefreshToken()),
		}),
		HTTPClient: &http.Client{Transport: mall.Transport()},
		Limiter:    order.Unlimited,
	})
	if err != nil {
		panic(err)
	}
	return mall, client
}

func ExampleClient_Orders() {
	mall, client := example()
	defer mall.Close()
	for o, err := range client.Orders(context.Background(), order.Query{From: time.Now().AddDate(0, 0, -7)}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		p := o.Parcels[0]
		fmt.Println(o.ID, o.Status, p.Recipient.Prefecture, p.Lines[0].Name, p.Lines[0].Quantity, o.Amounts.Billed,
			p.Delivery.Slot)
	}
	// Output: 250-0000000-0000001 ready_to_ship 東京都 見本園の煎茶 2 JPY 2560 14:00-16:00
}

func ExampleClient_Check() {
	mall, client := example()
	defer mall.Close()
	fmt.Println(client.Check(context.Background()))
	// Output: <nil>
}

func ExampleClient_SearchOrders() {
	mall, client := example()
	defer mall.Close()
	page, err := client.SearchOrders(context.Background(), amazon.SearchOrdersRequest{
		LastUpdatedAfter:    time.Now().AddDate(0, 0, -7),
		FulfillmentStatuses: []amazon.FulfillmentStatus{amazon.StatusUnshipped},
		IncludedData:        []amazon.IncludedData{amazon.IncludeFulfillment},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range page.Orders {
		fmt.Println(o.OrderID, o.Fulfillment.FulfillmentStatus.Name())
	}
	// Output: 250-0000000-0000001 未出荷
}

func ExampleClient_Ship() {
	mall, client := example()
	defer mall.Close()
	results, err := client.Ship(context.Background(), []order.Shipment{{
		Order:   "250-0000000-0000001",
		Carrier: timeslot.Yamato,
		Numbers: order.Tracking("000000000000"),
		At:      time.Now(),
	}}, order.WriteOptions{})
	fmt.Println(results[0].Outcome, len(results[0].Warnings), err)
	// Output: done 0 <nil>
}

func ExampleNewReportReader() {
	file := strings.NewReader("order-id\tproduct-name\tscheduled-delivery-start-date\tscheduled-delivery-end-date\n" +
		"250-0000000-0000001\t見本園の煎茶\t2026-01-07T05:00:00+00:00\t2026-01-07T07:00:00+00:00\n")
	report, err := amazon.NewReportReader(file, "text/plain; charset=UTF-8")
	if err != nil {
		fmt.Println(err)
		return
	}
	for row, err := range report.Rows() {
		if err != nil {
			fmt.Println(err)
			return
		}
		day, slot := row.Scheduled()
		fmt.Println(row.Get("order-id"), row.Get("product-name"), day, slot)
	}
	// Output: 250-0000000-0000001 見本園の煎茶 2026-01-07 14:00-16:00
}

func ExampleParseNotifications() {
	body := `{"NotificationType":"ORDER_CHANGE","Payload":{"OrderChangeNotification":{"AmazonOrderId":"250-0000000-0000001","OrderChangeType":"OrderStatusChange"}}}`
	messages, err := amazon.ParseNotifications([]byte(body))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, n := range messages {
		if n.OrderChange != nil {
			fmt.Println(n.OrderChange.AmazonOrderID, n.OrderChange.OrderChangeType)
		}
	}
	// Output: 250-0000000-0000001 OrderStatusChange
}

func ExampleClient_Do() {
	mall, client := example()
	defer mall.Close()
	reply, err := client.Do(context.Background(), amazon.Operation{Name: "getMarketplaceParticipations"}, nil)
	fmt.Println(reply.Status, err)
	// Output: 200 <nil>
}

func ExampleRaw() {
	mall, client := example()
	defer mall.Close()
	o, err := client.Order(context.Background(), "250-0000000-0000001")
	if err != nil {
		fmt.Println(err)
		return
	}
	if w, ok := amazon.Raw(o); ok {
		fmt.Println(w.SalesChannel.MarketplaceName, w.OrderItems[0].Product.Condition.ConditionType)
	}
	// Output: Amazon.co.jp NEW
}
