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
