package faulttest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/timeslot"
	"github.com/jpmall/jpmall/yahoo"
)

// A slot once read is used as it is: what a mall's own field gave is no label, and still has its
// code.
func TestSlotsOfTheMallsOwnFieldsHaveTheirCodes(t *testing.T) {
	term := func(n int64) order.Order {
		return rakuten.Convert(&rakuten.OrderModel{ShippingTerm: &n, DeliveryDate: "2026-12-24"},
			rakuten.ConvertOptions{})
	}
	window := func(from, to string) order.Order {
		return amazon.Convert(&amazon.Order{OrderItems: []amazon.OrderItem{
			{OrderItemID: "1", Fulfillment: &amazon.ItemFulfillment{Shipping: &amazon.ItemShipping{
				ScheduledDeliveryWindow: amazon.DateTimeRange{
					EarliestDateTime: amazon.DateTime("2026-12-24T" + from + "+09:00"),
					LatestDateTime:   amazon.DateTime("2026-12-24T" + to + "+09:00")}}}}}},
			amazon.ConvertOptions{})
	}
	zone := func(code string) order.Order {
		w := &yahoo.OrderInfo{}
		w.Ship.ShipRequestTimeZoneCode, w.Ship.ShipRequestDate = code, "2026-12-24"
		return yahoo.Convert(w, yahoo.ConvertOptions{})
	}
	asked := 0
	resolver := timeslot.Resolver{
		Carrier: timeslot.Yamato,
		Matcher: timeslot.Func(func(string) (timeslot.Slot, bool) { asked++; return timeslot.Night, true }),
	}
	for name, c := range map[string]struct {
		o    order.Order
		code string
	}{
		"rakuten none": {term(0), ""}, "rakuten morning": {term(1), "0812"}, "rakuten 8-12": {term(812), "0812"}, "rakuten 14-16": {term(1416), "1416"},
		"rakuten 16-18": {term(1618), "1618"}, "rakuten 18-20": {term(1820), "1820"}, "rakuten 19-21": {term(1921), "1921"},
		"amazon morning": {window("08:00:00", "12:00:00"), "0812"}, "amazon 14-16": {window("14:00:00", "15:59:59"), "1416"},
		"amazon 18-20": {window("18:00:00", "20:00:00"), "1820"}, "amazon 19-21": {window("19:00:00", "21:00:00"), "1921"},
		"yahoo morning": {zone("101"), "0812"}, "yahoo 19-21": {zone("105"), "1921"},
		"aupay": {aupay.Convert(&aupay.OrderInfo{DeliveryRequestTime: "14-16時", DeliveryRequestDay: "2026/12/24"}, aupay.ConvertOptions{}), "1416"},
	} {
		res, err := c.o.Parcels[0].Delivery.Code(resolver)
		require.NoError(t, err, name)
		require.Equal(t, c.code, res.Code.Text, name)
		require.Equal(t, c.o.Parcels[0].Delivery.Slot, res.Match.Slot, name)
	}
	require.Zero(t, asked, "no label is read again")

	// The day counts, and the shop's policy is asked.
	late := term(2021)
	_, err := late.Parcels[0].Delivery.Code(resolver)
	require.ErrorIs(t, err, timeslot.ErrNotOffered)
	from, _ := timeslot.Parse("20:00-21:00")
	to, _ := timeslot.Parse("19:00-21:00")
	resolver.Policy = timeslot.Substitutes(map[timeslot.Slot]timeslot.Slot{from: to})
	res, err := late.Parcels[0].Delivery.Code(resolver)
	require.NoError(t, err)
	require.True(t, res.Substituted)
	require.Equal(t, "1921", res.Code.Text)
	other := term(9)
	_, err = other.Parcels[0].Delivery.Code(resolver)
	require.ErrorIs(t, err, timeslot.ErrUnresolved)
}
