package rakuten_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/timeslot"
)

// handed is when parcels were handed over: in the evening of 31 May in London, which is 1 June in
// Japan.
var handed = time.Date(2026, 5, 31, 18, 0, 0, 0, time.UTC)

// two is an order of two destinations.
func two(mall *rakutentest.Mall, number string) (first, second string) {
	one := []rakutentest.Item{{Name: "見本茶", Price: 1000, Units: 2}}
	mall.AddOrder(rakutentest.Order{ID: number,
		Parcels: []rakutentest.Parcel{{Items: one}, {Items: one, Shipments: []rakutentest.Shipment{{}}}}})
	o, _ := mall.Order(number)
	return fmt.Sprint(o.Parcels[0].Basket), fmt.Sprint(o.Parcels[1].Basket)
}

func TestShip(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	first, second := two(mall, "two")
	list := []order.Shipment{
		{Order: "two", Parcel: first, Carrier: timeslot.Yamato, Numbers: order.Tracking("000000000001", "000000000002"), At: handed},
		{Order: "two", Parcel: second, Carrier: timeslot.Nekopos, Numbers: order.Tracking("000000000003"), At: handed},
	}
	dry, err := client.Ship(t.Context(), list, order.WriteOptions{DryRun: true})
	require.NoError(t, err)
	require.True(t, dry[0].DryRun)
	require.Zero(t, mall.Count("updateOrderShipping"))

	results, err := client.Ship(t.Context(), list, order.WriteOptions{})
	require.NoError(t, err)
	require.Equal(t, 1, mall.Count("updateOrderShipping"), "one call for one order")
	require.Len(t, results[0].Records, 2)
	require.Empty(t, results[1].Records, "the record that was there is filled")
	require.Equal(t, second, results[1].Parcel)
	o, _ := mall.Order("two")
	require.Equal(t, 500, o.Progress, "all destinations have a date")
	require.Equal(t, "000000000002", o.Parcels[0].Shipments[1].Number)
	require.Equal(t, "2026-06-01", o.Parcels[0].Shipments[1].Date)
	require.Equal(t, "1001", o.Parcels[1].Shipments[0].Company)
	require.Len(t, o.Parcels[1].Shipments, 1)

	// The same again finds its own records and adds nothing.
	again, err := client.Ship(t.Context(), list, order.WriteOptions{})
	require.NoError(t, err)
	require.Empty(t, again[0].Records)
	o, _ = mall.Order("two")
	require.Len(t, o.Parcels[0].Shipments, 2)

	// Correct one number, remove the other.
	records := results[0].Records
	_, err = client.Ship(t.Context(), []order.Shipment{
		{Order: "two", Parcel: first, Carrier: timeslot.Sagawa, At: handed, Numbers: []order.TrackingNumber{
			{Number: "000000000009", Record: records[0]}, {Record: records[1], Remove: true}}}}, order.WriteOptions{})
	require.NoError(t, err)
	o, _ = mall.Order("two")
	require.Equal(t, []rakutentest.Shipment{
		{ID: o.Parcels[0].Shipments[0].ID, Company: "1002", Number: "000000000009", Date: "2026-06-01"}}, o.Parcels[0].Shipments)

	// Removal alone needs neither carrier nor time.
	_, err = client.Ship(t.Context(), []order.Shipment{
		{Order: "two", Parcel: first, Numbers: []order.TrackingNumber{{Record: records[0], Remove: true}}}}, order.WriteOptions{})
	require.NoError(t, err)
	o, _ = mall.Order("two")
	require.Empty(t, o.Parcels[0].Shipments)
}

func TestShipRefuses(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	first, _ := two(mall, "two")
	over := put(mall, 900, 1)[0]
	many := make([]string, 21)
	for i := range many {
		many[i] = fmt.Sprintf("%012d", i)
	}
	good := order.Shipment{Order: "two", Parcel: first, Carrier: timeslot.Yamato,
		Numbers: order.Tracking("000000000001"), At: handed}
	for want, change := range map[string]func(*order.Shipment){
		"Order: is required":       func(s *order.Shipment) { s.Order = "" },
		"does not hold this order": func(s *order.Shipment) { s.Order = "unknown" },
		"AnyState":                 func(s *order.Shipment) { s.Order, s.Parcel = over, "" },
		"which Parcel?":            func(s *order.Shipment) { s.Parcel = "" },
		"not one of the order's":   func(s *order.Shipment) { s.Parcel = "1" },
		"Carrier: is required":     func(s *order.Shipment) { s.Carrier = "" },
		"timeslot.ParseCarrier":    func(s *order.Shipment) { s.Carrier = "見本運送" },
		"At: is required":          func(s *order.Shipment) { s.At = time.Time{} },
		"21 tracking numbers, of which the mall holds 20": func(s *order.Shipment) { s.Numbers = order.Tracking(many...) },
		"121 characters, at most 40":                      func(s *order.Shipment) { s.Numbers = order.Tracking(strings.Repeat("1", 121)) },
		"number 1: the record is not one":                 func(s *order.Shipment) { s.Numbers = []order.TrackingNumber{{Number: "000000000001", Record: "7"}} },
		"only a part of the lines":                        func(s *order.Shipment) { s.Lines = []order.LineQuantity{{Line: "x", Quantity: 1}} },
	} {
		s := good
		change(&s)
		results, err := client.Ship(t.Context(), []order.Shipment{s, good}, order.WriteOptions{DryRun: true})
		require.ErrorContains(t, err, want)
		require.Equal(t, order.Refused, results[0].Outcome, want)
		require.Equal(t, order.Done, results[1].Outcome, "the others go on")
	}
	require.Zero(t, mall.Count("updateOrderShipping"))
	o, _ := mall.Order("two")
	whole := good
	whole.Lines = []order.LineQuantity{{Line: fmt.Sprint(o.Parcels[0].Items[0].ID), Quantity: 2}}
	_, err := client.Ship(t.Context(), []order.Shipment{whole}, order.WriteOptions{})
	require.NoError(t, err, "all of the lines are the whole destination")
}

// TestShipAnswerLost adds once and says that nobody knows; trying again finds what was written.
func TestShipAnswerLost(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	number := put(mall, 300, 1)[0]
	list := []order.Shipment{{Order: number, Carrier: timeslot.Yamato, Numbers: order.Tracking("000000000001"),
		At: handed}}
	require.NoError(t, mall.Inject(rakutentest.Fault{Kind: rakutentest.ReplyLost, Operation: "updateOrderShipping",
		Times: -1}))
	results, err := client.Ship(t.Context(), list, order.WriteOptions{})
	require.Error(t, err)
	require.Equal(t, order.Unsettled, results[0].Outcome)
	require.Equal(t, 1, mall.Count("updateOrderShipping"))
	mall.ClearFaults()
	results, err = client.Ship(t.Context(), list, order.WriteOptions{})
	require.NoError(t, err)
	require.Equal(t, order.Done, results[0].Outcome)
	o, _ := mall.Order(number)
	require.Len(t, o.Parcels[0].Shipments, 1)
}

// TestShipMany goes through the asynchronous report.
func TestShipMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall, client := start(t, rakutentest.Options{Orders: -1, Step: 7 * time.Second}, nil)
		numbers := put(mall, 300, 150)
		var list []order.Shipment
		for i, n := range numbers {
			list = append(list, order.Shipment{Order: n, Carrier: timeslot.Yamato,
				Numbers: order.Tracking(fmt.Sprintf("%012d", i)), At: time.Now()})
		}
		// One is cancelled between reading and the work on the report.
		time.AfterFunc(time.Second, func() {
			mall.ChangeOrder(numbers[120], func(o *rakutentest.Order) { o.Progress = 900 })
		})
		results, err := client.Ship(t.Context(), list, order.WriteOptions{})
		require.Equal(t, 2, mall.Count("updateOrderShippingAsync"))
		require.Zero(t, mall.Count("updateOrderShipping"))
		require.ErrorIs(t, err, order.ErrConflict)
		for i, r := range results {
			if i == 120 {
				require.Equal(t, order.Refused, r.Outcome)
				require.Equal(t, numbers[120], order.Concerns(r.Err))
				continue
			}
			require.Equal(t, order.Done, r.Outcome, r.Message)
			require.Len(t, r.Records, 1)
		}
		time.Sleep(time.Minute)
		o, _ := mall.Order(numbers[0])
		require.Equal(t, 500, o.Progress)
	})
}

// TestAsyncReport submits, polls and can be resumed by request id.
func TestAsyncReport(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall, client := start(t, rakutentest.Options{Orders: -1, Step: time.Hour}, nil)
		numbers := put(mall, 300, 101)
		var orders []rakuten.OrderShippingModel
		for _, n := range numbers {
			o, _ := mall.Order(n)
			orders = append(orders, rakuten.OrderShippingModel{OrderNumber: n,
				BasketidModelList: []rakuten.BasketModel{{BasketID: o.Parcels[0].Basket,
					ShippingModelList: []rakuten.ShippingChange{
						{DeliveryCompany: "1001", ShippingNumber: rakuten.Set("000000000001")}}}}})
		}
		var stored []string
		for _, chunk := range [][]rakuten.OrderShippingModel{orders[:100], orders[100:]} {
			id, _, err := client.UpdateOrderShippingAsync(t.Context(), chunk)
			require.NoError(t, err)
			stored = append(stored, id)
		}
		late, err := client.AwaitOrderShipping(t.Context(), stored[0])
		require.ErrorIs(t, err, order.ErrTemporary)
		require.ErrorContains(t, err, "same request id")
		require.False(t, late.Ready())
		require.Less(t, mall.Count("getResultUpdateOrderShippingAsync"), 60, "asked more and more seldom")

		time.Sleep(time.Hour)
		out, err := client.AwaitOrderShipping(t.Context(), stored[1])
		require.NoError(t, err)
		require.Equal(t, numbers[100], out.ResultShippingModelList[0].OrderNumber)
		require.NotZero(t, out.ResultShippingModelList[0].MessageModelList[0].ShippingDetailID)

		// A malformed report is refused at once and whole; the same order twice is refused before
		// it is sent.
		bad := append([]rakuten.OrderShippingModel(nil), orders[:2]...)
		bad[1].BasketidModelList = []rakuten.BasketModel{
			{BasketID: 1, ShippingModelList: []rakuten.ShippingChange{{DeliveryCompany: "ヤマト"}}}}
		id, _, err := client.UpdateOrderShippingAsync(t.Context(), bad)
		require.Empty(t, id)
		require.ErrorIs(t, err, order.ErrInvalid)
		require.Equal(t, numbers[1], order.Concerns(err))
		before := mall.Count("")
		_, _, err = client.UpdateOrderShippingAsync(t.Context(), []rakuten.OrderShippingModel{orders[0], orders[0]})
		require.ErrorContains(t, err, "repeats")
		require.Equal(t, before, mall.Count(""))
		_, err = client.GetResultUpdateOrderShippingAsync(t.Context(), " ")
		require.ErrorIs(t, err, order.ErrInvalid)
	})
}

// TestShipManyLate leaves open what Rakuten has not worked on in time, and names the request id to
// ask with.
func TestShipManyLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall, client := start(t, rakutentest.Options{Orders: -1, Queue: time.Hour}, nil)
		var list []order.Shipment
		for i, n := range put(mall, 300, 110) {
			list = append(list, order.Shipment{Order: n, Carrier: timeslot.Yamato,
				Numbers: order.Tracking(fmt.Sprintf("%012d", i)), At: time.Now()})
		}
		results, err := client.Ship(t.Context(), list, order.WriteOptions{})
		require.ErrorIs(t, err, order.ErrTemporary)
		require.Equal(t, 2, mall.Count("updateOrderShippingAsync"), "all is submitted, whatever takes long")
		for _, r := range results {
			require.Equal(t, order.Unsettled, r.Outcome)
			require.Contains(t, r.RequestID, "_2000")
			require.Equal(t, order.No, r.Repeating)
			require.Positive(t, r.Wait)
			require.Contains(t, r.Next.EN, "queue")
		}
	})
}

// TestShipManyRefused answers a submission that is refused at once: each order that is wrong, and
// the others since the mall accepts all of a call or none.
func TestShipManyRefused(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	var list []order.Shipment
	for i, n := range put(mall, 300, 105) {
		list = append(list, order.Shipment{Order: n, Carrier: timeslot.Yamato,
			Numbers: order.Tracking(fmt.Sprintf("%012d", i)), At: handed})
	}
	require.NoError(t, mall.Inject(rakutentest.Fault{Kind: rakutentest.Custom, Operation: "updateOrderShippingAsync",
		Status: 200, Body: `{"MessageModelList":[
		{"messageType":"ERROR","messageCode":"ORDER_EXT_API_UPDATE_ORDERSHIPPING_ASYNC_ERROR_011","message":"書式が不正です。","orderNumber":"` + list[3].Order + `"}]}`}))
	results, err := client.Ship(t.Context(), list, order.WriteOptions{})
	require.ErrorIs(t, err, order.ErrInvalid)
	require.Equal(t, order.Refused, results[3].Outcome)
	require.Equal(t, list[3].Order, order.Concerns(results[3].Err))
	require.Equal(t, order.NotSent, results[0].Outcome, "the submission is refused as a whole")
	require.Contains(t, results[0].Next.EN, "not accepted")
	require.Equal(t, list[0].Order, order.Concerns(results[0].Err))
	require.Equal(t, order.Done, results[104].Outcome)
}
