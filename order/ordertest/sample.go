package ordertest

import (
	"fmt"
	"time"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// Sample returns the n-th invented order, for a Shop or any fake mall: paid, ready to ship, with
// one parcel and amounts that add up. Change what a test is about, then Put it. If placed is zero,
// Put sets the instant. The Put of a fake mall assigns a number of its own.
func Sample(n int, placed time.Time) order.Order {
	goods, postage := order.Yen(int64(1200+100*(n%7))), order.Yen(550)
	party := order.Party{
		Name: fmt.Sprintf("見本 %d子", n), Kana: "ミホン", Postal: "100-0001", Country: "JP",
		Prefecture: "東京都", City: "千代田区",
		Address: []string{fmt.Sprintf("見本町1-2-%d", n)}, Phone: "03-0000-0000",
		Email: "buyer@mail.example",
	}
	line := order.Line{ID: "1", ItemID: "mihon-tea", SKU: fmt.Sprintf("TEA-%d", n%5),
		Stock: order.SKU{Item: "mihon-tea", Variant: fmt.Sprintf("TEA-%d", n%5)},
		Name:  "見本のお茶", Quantity: 1, UnitPrice: goods, Total: goods,
		TaxRate: order.ReducedRate}
	return order.Order{
		ID: fmt.Sprintf("M-%04d", n), Placed: placed, Status: order.ReadyToShip,
		Buyer: party, Payment: order.Payment{Method: order.Card, Paid: order.Yes},
		Parcels: []order.Parcel{{ID: "1", Recipient: party, Lines: []order.Line{line},
			Delivery: order.Delivery{Method: "宅配便", Slot: timeslot.NoPreference}}},
		Amounts: order.Amounts{Billed: goods.Add(postage), Components: []order.Component{
			{Kind: order.Goods, TaxRate: order.ReducedRate, Amount: goods},
			{Kind: order.Shipping, TaxRate: order.StandardRate, Amount: postage}}},
	}
}
