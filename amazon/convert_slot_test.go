package amazon_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func TestScheduledDeliveryWindows(t *testing.T) {
	until := func(hour int) timeslot.Slot { s, _ := timeslot.Until(timeslot.At(hour, 0)); return s }
	from := func(hour int) timeslot.Slot { s, _ := timeslot.From(timeslot.At(hour, 0)); return s }
	tests := []struct {
		name, from, to string
		day, last      order.Date
		slot           timeslot.Slot
	}{
		{"afternoon, in UTC", "2026-01-07T05:00:00Z", "2026-01-07T07:00:00Z", day(2026, 1, 7), order.Date{}, window(t, 14, 16)},
		{"the evening before in UTC is the morning in Japan", "2026-01-06T23:00:00Z", "2026-01-07T03:00:00Z", day(2026, 1, 7), order.Date{}, window(t, 8, 12)},
		{"with an offset and a fraction", "2026-01-07T19:00:00.000+09:00", "2026-01-07T21:00:00+09:00", day(2026, 1, 7), order.Date{}, window(t, 19, 21)},
		{"an inclusive end", "2026-01-07T05:00:00Z", "2026-01-07T06:59:59Z", day(2026, 1, 7), order.Date{}, window(t, 14, 16)},
		{"until midnight", "2026-01-07T09:00:00Z", "2026-01-07T15:00:00Z", day(2026, 1, 7), order.Date{}, window(t, 18, 24)},
		{"a whole day", "2026-01-06T15:00:00Z", "2026-01-07T15:00:00Z", day(2026, 1, 7), order.Date{}, timeslot.NoPreference},
		{"a whole day, inclusive", "2026-01-06T15:00:00Z", "2026-01-07T14:59:59Z", day(2026, 1, 7), order.Date{}, timeslot.NoPreference},
		{"whole days", "2026-01-06T15:00:00Z", "2026-01-09T14:59:59Z", day(2026, 1, 7), day(2026, 1, 9), timeslot.NoPreference},
		{"only a beginning", "2026-01-07T11:00:00Z", "", day(2026, 1, 7), order.Date{}, from(20)},
		{"only an end", "", "2026-01-07T01:00:00Z", day(2026, 1, 7), order.Date{}, until(10)},
		{"from one day into the next", "2026-01-07T05:00:00Z", "2026-01-08T07:00:00Z", day(2026, 1, 7), day(2026, 1, 8), timeslot.Unresolved},
		{"reversed", "2026-01-07T07:00:00Z", "2026-01-07T05:00:00Z", day(2026, 1, 7), order.Date{}, timeslot.Unresolved},
		{"odd seconds", "2026-01-07T05:00:30Z", "2026-01-07T07:00:00Z", day(2026, 1, 7), order.Date{}, timeslot.Unresolved},
		{"not an instant", "later", "2026-01-07T07:00:00Z", day(2026, 1, 7), order.Date{}, timeslot.Unresolved},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			o := amazon.Convert(decode(t, head+address+status("UNSHIPPED")+`"orderItems":[{`+item+`,`+
				scheduled(test.from, test.to)+`}]}`), amazon.ConvertOptions{})
			d := o.Parcels[0].Delivery
			require.Equal(t, test.slot.String(), d.Slot.String())
			require.Equal(t, test.day, d.Date)
			require.Equal(t, test.last, d.DateTo)
			require.Equal(t, test.from+"/"+test.to, d.Label, "the window is kept as it came")
			require.Equal(t, order.FromField, d.From)
			require.Equal(t, test.slot == timeslot.Unresolved, o.Unresolved())
			if test.slot != timeslot.Unresolved {
				require.Equal(t, "amazon.scheduledDeliveryWindow", d.Matcher)
			}
		})
	}
}

func TestSeveralWindowsMakeSeveralParcels(t *testing.T) {
	o := amazon.Convert(decode(t, head+address+status("PARTIALLY_SHIPPED")+`"orderItems":[
		{"orderItemId":"1","quantityOrdered":1,"product":{},`+scheduled("2026-01-07T05:00:00Z", "2026-01-07T07:00:00Z")+
		`},
		{"orderItemId":"2","quantityOrdered":1,"product":{},`+scheduled("2026-01-08T10:00:00Z", "2026-01-08T12:00:00Z")+
		`},
		{"orderItemId":"3","quantityOrdered":1,"product":{},`+scheduled("2026-01-07T05:00:00Z", "2026-01-07T07:00:00Z")+
		`}],
		"packages":[{"packageReferenceId":"1","packageItems":[{"orderItemId":"2","quantity":1}]}]}`),
		amazon.ConvertOptions{})
	require.Len(t, o.Parcels, 2)
	require.Equal(t, window(t, 14, 16), o.Parcels[0].Delivery.Slot)
	require.Len(t, o.Parcels[0].Lines, 2)
	require.Empty(t, o.Parcels[0].Shipments)
	require.Equal(t, window(t, 19, 21), o.Parcels[1].Delivery.Slot)
	require.Equal(t, "1", o.Parcels[1].Shipments[0].ID)
	require.NotEqual(t, o.Parcels[0].ID, o.Parcels[1].ID)
	require.Equal(t, o.Parcels[0].Recipient, o.Parcels[1].Recipient)
}

// A scheduled delivery whose window did not come is a wish that nobody can read: the label printer
// has to stop.
func TestScheduledWithoutWindow(t *testing.T) {
	w := decode(t,
		head+address+
			`"fulfillment":{"fulfillmentStatus":"UNSHIPPED","fulfillmentServiceLevel":"SCHEDULED"},"orderItems":[{`+
			item+`}]}`)
	o := amazon.Convert(w, amazon.ConvertOptions{})
	require.True(t, o.Unresolved())
	require.Equal(t, "SCHEDULED", o.Parcels[0].Delivery.Label)

	o = amazon.Convert(w, amazon.ConvertOptions{
		Slots: timeslot.Func(func(text string) (timeslot.Slot, bool) { return timeslot.Morning, text == "SCHEDULED" })})
	require.Equal(t, timeslot.Morning, o.Parcels[0].Delivery.Slot, "a shop's own matcher is asked")
}

// A window is taught by its hours, for every day, and orders that are read again follow the table
// that counts now.
func TestWindowsAreTaughtByTheirHours(t *testing.T) {
	table := func(csv string) *timeslot.Table {
		made, err := timeslot.LoadCSV("windows.csv", strings.NewReader("label,slot,mall\n"+csv))
		require.NoError(t, err)
		require.Empty(t, made.Warnings())
		return made
	}
	live := timeslot.NewLive(table("9:00～12:00,am,amazon\n22:00-翌02:00,night,*\n"))
	opts := amazon.ConvertOptions{Slots: timeslot.Chain(live, timeslot.Default())}
	read := func(from, to string) order.Delivery {
		w := &amazon.Order{OrderItems: []amazon.OrderItem{
			{OrderItemID: "1", Fulfillment: &amazon.ItemFulfillment{Shipping: &amazon.ItemShipping{
				ScheduledDeliveryWindow: amazon.DateTimeRange{EarliestDateTime: amazon.DateTime(from),
					LatestDateTime: amazon.DateTime(to)}}}}}}
		return amazon.Convert(w, opts).Parcels[0].Delivery
	}
	for _, day := range []string{"2026-12-24", "2027-01-05"} {
		d := read(day+"T09:00:00+09:00", day+"T11:59:59+09:00")
		require.Equal(t, timeslot.Morning, d.Slot)
		require.Equal(t, "windows.csv", d.Matcher)
		require.Equal(t, day, d.Date.String())
		require.Equal(t, day+"T09:00:00+09:00/"+day+"T11:59:59+09:00", d.Label)
		require.Equal(t, "09:00-12:00", d.Asked)
	}
	require.Equal(t, timeslot.Night, read("2026-12-24T22:00:00+09:00", "2026-12-25T02:00:00+09:00").Slot)
	require.Equal(t, "14:00-16:00", read("2026-12-24T14:00:00+09:00", "2026-12-24T16:00:00+09:00").Slot.String())
	for _, odd := range [][2]string{
		{"2026-12-24T14:00:30+09:00", "2026-12-24T16:00:00+09:00"}, {"2026-12-24T14:00:00+09:00", "2026-12-25T16:00:00+09:00"},
		{"2026-12-24T14:00:00+09:00", "2026-12-27T16:00:00+09:00"}, {"2026-12-24T16:00:00+09:00", "2026-12-24T14:00:00+09:00"}, {"2026-12-24T14:00:00+09:00", "later"},
	} {
		d := read(odd[0], odd[1])
		require.True(t, d.Unresolved(), "the reader guesses nothing of %v", odd)
		require.Equal(t, odd[0]+"/"+odd[1], d.Label)
	}
	live.Swap(table("9:00～12:00,09:00-12:00,amazon\n14:00-翌16:00,pm,*\n"))
	require.Equal(t, "09:00-12:00", read("2026-12-24T09:00:00+09:00", "2026-12-24T12:00:00+09:00").Slot.String())
	require.Equal(t, timeslot.Afternoon, read("2026-12-24T14:00:00+09:00", "2026-12-25T16:00:00+09:00").Slot)
}
