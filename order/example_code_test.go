package order_test

import (
	"fmt"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func ExampleDelivery_Code() {
	printing := timeslot.Resolver{
		Carrier:  timeslot.Sagawa, // the shop's usual one
		Software: map[timeslot.Carrier]timeslot.Software{timeslot.Sagawa: timeslot.EHiden3Six},
	}
	night, _ := timeslot.Parse("18:00-20:00")
	day, _ := order.ParseDate("2026-12-24")
	for _, d := range []order.Delivery{
		{Slot: night, Label: "1820", Date: day}, // Rakuten's own field: no label that a reader could read
		{Slot: timeslot.Morning, Date: day, Carrier: timeslot.Yamato},
		{Slot: timeslot.Unresolved, Label: "おひさま便"},
	} {
		res, err := d.Code(printing)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(res.Code.Software, res.Code.Text)
	}
	// Output:
	// ehiden3-6 18
	// b2 0812
	// timeslot: the slot label could not be read
}

// Orders keep the slot that was read when they were. Resolve the stored ones when a rule has been
// added.
func ExampleOrder_SlotLabel() {
	rules := timeslot.NewLive(timeslot.Reader{}) // the Slots of the clients' Config
	stored := order.Order{Mall: order.AuPay, Shop: "example-shop", Parcels: []order.Parcel{{}}}
	d := &stored.Parcels[0].Delivery
	d.Method = "クール便"
	d.ReadSlot(rules, timeslot.Label{Text: "おひさま便", Mall: "aupay", Shop: "example-shop", Method: "クール便"}, order.FromField)
	fmt.Println(d.In(order.English))

	table, err := timeslot.NewTable("ours", timeslot.Rule{Label: "おひさま便", Slot: timeslot.Morning,
		Scope: timeslot.Scope{Mall: "aupay", Method: "クール便"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	rules.Swap(timeslot.Chain(table, timeslot.Reader{}))
	for i := range stored.Parcels {
		if d := &stored.Parcels[i].Delivery; d.Unresolved() {
			d.ReadSlot(rules, stored.SlotLabel(*d), d.From)
		}
	}
	fmt.Println(d.In(order.English), "by", d.Matcher)
	// Output:
	// not readable: おひさま便
	// morning by ours
}
