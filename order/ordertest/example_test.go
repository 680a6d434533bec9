package ordertest_test

import (
	"context"
	"fmt"
	"time"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/ordertest"
)

// packingList is the code under test: it lists what can be shipped, by SKU.
func packingList(ctx context.Context, source order.Source, from time.Time) (lines []string, err error) {
	for o, err := range source.Orders(ctx, order.Query{From: from, Statuses: []order.Status{order.ReadyToShip}}) {
		if err != nil {
			return lines, err
		}
		for _, l := range o.Lines() {
			lines = append(lines, fmt.Sprintf("%s %s x%d", o.ID, l.SKU, l.Quantity))
		}
	}
	return lines, nil
}

func ExampleShop() {
	monday := time.Date(2026, 11, 2, 9, 0, 0, 0, order.JST)
	cancelled := ordertest.Sample(2, monday)
	cancelled.Status = order.Cancelled
	shop := ordertest.NewShop(ordertest.ShopOptions{Now: func() time.Time { return monday.Add(time.Hour) }},
		ordertest.Sample(1, monday), cancelled, ordertest.Sample(3, monday))

	fmt.Println(packingList(context.Background(), shop, monday))
	_ = shop.Inject(ordertest.Fault{Kind: ordertest.Maintenance})
	_, err := packingList(context.Background(), shop, monday)
	fmt.Println(err)
	// Output:
	// [M-0001 TEA-1 x1 M-0003 TEA-3 x1] <nil>
	// example shop mihon orders: maintenance: injected fault maintenance
}
