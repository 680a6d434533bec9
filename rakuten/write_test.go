package rakuten_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/timeslot"
)

// put adds orders of the given progress and gives their numbers.
func put(mall *rakutentest.Mall, progress int, n int) []string {
	numbers := make([]string, n)
	for i := range numbers {
		numbers[i] = mall.AddOrder(rakutentest.Order{ID: fmt.Sprintf("p%d-%04d", progress, i), Progress: progress,
			Postage: 500})
	}
	return numbers
}

func confirmations(numbers ...string) []order.Confirmation {
	list := make([]order.Confirmation, len(numbers))
	for i, n := range numbers {
		list[i].Order = n
	}
	return list
}

func TestConfirm(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	fresh, ready, over := put(mall, 100, 2), put(mall, 300, 1), put(mall, 900, 1)
	open := mall.AddOrder(rakutentest.Order{ID: "open", Progress: 100, Postage: -9999})
	list := confirmations(fresh[0], ready[0], "", over[0], fresh[1], fresh[1], open, "unknown")

	dry, err := client.Confirm(t.Context(), list, order.WriteOptions{DryRun: true})
	require.Error(t, err)
	require.Zero(t, mall.Count("confirmOrder"))
	for i, want := range []order.Outcome{order.Done, order.Refused, order.Refused, order.Refused, order.Done,
		order.Refused, order.Refused, order.Refused} {
		require.Equal(t, want, dry[i].Outcome, "dry %d: %s", i, dry[i].Message)
	}

	results, err := client.Confirm(t.Context(), list, order.WriteOptions{})
	require.ErrorIs(t, err, order.ErrConflict)
	require.ErrorIs(t, err, order.ErrInvalid)
	require.Equal(t, 1, mall.Count("confirmOrder"))
	for i, want := range []struct {
		outcome order.Outcome
		code    string
	}{
		{order.Done, "INFO_101"}, {order.Refused, "ERROR_103"}, {order.Refused, ""}, {order.Refused, "cancelled"}, {order.Done, "INFO_101"},
		{order.Refused, ""}, {order.Refused, "ERROR_105"}, {order.Refused, ""},
	} {
		r := results[i]
		require.Equal(t, list[i].Order, r.Order)
		require.Equal(t, want.outcome, r.Outcome, "%d: %s", i, r.Message)
		require.True(t, strings.HasSuffix(r.Code, want.code), r.Code)
		require.Equal(t, r.Outcome == order.Done, r.Err == nil)
		require.Equal(t, order.Yes, r.Repeating)
	}
	o, _ := mall.Order(fresh[0])
	require.Equal(t, 300, o.Progress, "Rakuten takes a confirmed order on")
}

func TestConfirmThousand(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	results, err := client.Confirm(t.Context(), confirmations(put(mall, 100, 1000)...), order.WriteOptions{})
	require.NoError(t, err)
	require.Len(t, results, 1000)
	require.Equal(t, 10, mall.Count("confirmOrder"))
}

// TestConfirmAnswerLost repeats the call, since confirming twice is harmless, and knows what the
// second answer means.
func TestConfirmAnswerLost(t *testing.T) {
	synced(t, "lost", func(t *testing.T) {
		mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
		numbers := put(mall, 100, 3)
		require.NoError(t, mall.Inject(rakutentest.Fault{Kind: rakutentest.ReplyLost, Operation: "confirmOrder"}))
		results, err := client.Confirm(t.Context(), confirmations(numbers...), order.WriteOptions{})
		require.NoError(t, err)
		require.Equal(t, order.Done, results[2].Outcome)
		require.Equal(t, 2, mall.Count("confirmOrder"))
	})
}

// TestConfirmStops sends nothing more once a whole call has failed.
func TestConfirmStops(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	numbers := put(mall, 100, 250)
	require.NoError(t, mall.Inject(rakutentest.Fault{Kind: rakutentest.Maintenance, Operation: "confirmOrder", After: 1,
		Times: -1},
		rakutentest.Fault{Kind: rakutentest.Maintenance, Operation: "searchOrder", Times: -1})) // Check
	results, err := client.Confirm(t.Context(), confirmations(numbers...), order.WriteOptions{})
	require.ErrorIs(t, err, order.ErrMaintenance)
	require.Equal(t, 2, mall.Count("confirmOrder"))
	require.Equal(t, order.Done, results[99].Outcome)
	require.Equal(t, order.Refused, results[100].Outcome)
	require.Equal(t, order.NotSent, results[249].Outcome)
	require.Contains(t, results[249].Next.EN, "not sent")
}

func TestCancel(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	ready, shipped := put(mall, 300, 5), put(mall, 500, 2)
	cod := mall.AddOrder(rakutentest.Order{ID: "cod", Payment: 2, CashFee: 330})
	dated := mall.AddOrder(rakutentest.Order{ID: "dated", Parcels: []rakutentest.Parcel{{
		Items:     []rakutentest.Item{{Name: "見本", Price: 100}},
		Shipments: []rakutentest.Shipment{{Company: "1001", Date: "2026-06-05"}}}}})
	list := []order.Cancellation{
		{Order: ready[0], Reason: order.OutOfStock, Restock: order.No},
		{Order: ready[1], Code: "14"},
		{Order: shipped[0], Reason: order.Returned, Shipped: true},
		{Order: shipped[1], Reason: order.Returned},              // wrong way
		{Order: ready[2], Reason: order.Returned, Shipped: true}, // wrong way
		{Order: ready[3]}, // no reason
		{Order: ready[4], Code: "16"},
		{Order: "unknown", Reason: order.Unpaid},
		{Order: cod, Reason: order.RefusedByBuyer},
		{Order: dated, Reason: order.BuyerRequest},
		{Order: ready[0], Reason: order.OutOfStock},
	}
	dry, err := client.Cancel(t.Context(), list, order.WriteOptions{DryRun: true})
	require.Error(t, err)
	require.Zero(t, mall.Count("cancelOrder")+mall.Count("cancelOrderAfterShipping"))
	require.True(t, dry[0].DryRun)
	results, err := client.Cancel(t.Context(), list, order.WriteOptions{})
	require.Error(t, err)
	for i, want := range []order.Outcome{order.Done, order.Done, order.Done, order.Refused, order.Refused,
		order.Refused, order.Refused, order.Refused,
		order.Done, order.Refused, order.Refused} {
		require.Equal(t, want, results[i].Outcome, "%d: %s", i, results[i].Message)
		if i != 9 { // the mall's own refusal, foretold by a warning
			require.Equal(t, want, dry[i].Outcome, "dry %d: %s", i, dry[i].Message)
		}
	}
	require.ErrorIs(t, results[7].Err, order.ErrNotFound)
	require.Contains(t, results[9].Message, "発送日")
	require.Contains(t, dry[9].Warnings[0].Message, "発送日")
	require.Equal(t, 4, mall.Count("cancelOrder"))
	require.Equal(t, 1, mall.Count("cancelOrderAfterShipping"))
	require.JSONEq(t, `{"orderNumber":"p300-0000","inventoryRestoreType":2,"changeReasonDetailApply":8}`,
		string(mall.Calls("cancelOrder")[0].Body))
	require.JSONEq(t, `{"orderNumber":"cod","inventoryRestoreType":0,"changeReasonDetailApply":5}`,
		string(mall.Calls("cancelOrder")[2].Body))
	o, _ := mall.Order(ready[0])
	require.Equal(t, 900, o.Progress)
}

// TestCancelAnswerLost is sent once and left open.
func TestCancelAnswerLost(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	number := put(mall, 300, 1)[0]
	require.NoError(t, mall.Inject(rakutentest.Fault{Kind: rakutentest.ReplyLost, Operation: "cancelOrder", Times: -1}))
	results, err := client.Cancel(t.Context(), []order.Cancellation{{Order: number, Reason: order.Unpaid}},
		order.WriteOptions{})
	require.Error(t, err)
	require.Equal(t, order.Unsettled, results[0].Outcome)
	require.Equal(t, order.No, results[0].Repeating)
	require.Contains(t, results[0].Next.EN, "read the order")
	require.Equal(t, 1, mall.Count("cancelOrder"))
}

func TestAnnotate(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	numbers := put(mall, 300, 3)
	list := []order.Annotation{
		{Order: numbers[0], Memo: "お客様へ<連絡済み> & 了承"}, {Order: numbers[1], Memo: strings.Repeat("長", 1001)}, {Order: numbers[2], Memo: "①番倉庫"},
	}
	dry, err := client.Annotate(t.Context(), list, order.WriteOptions{DryRun: true})
	require.Error(t, err)
	require.Zero(t, mall.Count("updateOrderMemo"))
	require.True(t, dry[0].DryRun)
	require.Equal(t, order.Done, dry[0].Outcome)
	require.Equal(t, "memo", dry[2].Warnings[0].Field, "①: 機種依存文字 are foretold")

	results, err := client.Annotate(t.Context(), list, order.WriteOptions{})
	require.Error(t, err)
	require.Equal(t, order.Done, results[0].Outcome)
	require.Equal(t, order.Refused, results[1].Outcome)
	require.Contains(t, results[1].Message, "memo: 1001 characters, at most 1000")
	require.Equal(t, order.Refused, results[2].Outcome)
	require.Equal(t, 2, mall.Count("updateOrderMemo"))
	require.Contains(t, string(mall.Calls("updateOrderMemo")[0].Body), "<連絡済み> &", "sent as it is, without escapes")
	o, _ := mall.Order(numbers[0])
	require.Equal(t, list[0].Memo, o.Memo)

	_, err = client.Annotate(t.Context(), []order.Annotation{{Order: numbers[0]}}, order.WriteOptions{})
	require.NoError(t, err)
	o, _ = mall.Order(numbers[0])
	require.Empty(t, o.Memo)
}

func TestChangeDelivery(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	number := mall.AddOrder(rakutentest.Order{ID: "d", DeliveryDate: "2026-06-06", ShippingTerm: 1416, Memo: "stays"})
	day := order.Date{Year: 2026, Month: 6, Day: 8}
	slot := func(text string) *timeslot.Slot { s := window(t, text); return &s }
	for _, c := range []struct {
		change order.DeliveryChange
		want   order.Outcome
		body   string
		date   string
		term   int64
	}{
		{order.DeliveryChange{Order: number, Date: &day}, order.Done, `{"orderNumber":"d","deliveryDate":"2026-06-08"}`, "2026-06-08", 1416},
		{order.DeliveryChange{Order: number, Slot: slot("18:00-20:00")}, order.Done, `{"orderNumber":"d","shippingTerm":1820}`, "2026-06-08", 1820},
		{order.DeliveryChange{Order: number, Slot: slot("none")}, order.Done, `{"orderNumber":"d","shippingTerm":0}`, "2026-06-08", 0},
		{order.DeliveryChange{Order: number, Date: &order.Date{}}, order.Done, `{"orderNumber":"d","deliveryDate":null}`, "", 0},
		{order.DeliveryChange{Order: number, Slot: slot("night")}, order.Refused, "", "", 0},
		{order.DeliveryChange{Order: number, Slot: slot("")}, order.Refused, "", "", 0},
		{order.DeliveryChange{Order: number}, order.Refused, "", "", 0},
	} {
		before := len(mall.Calls("updateOrderMemo"))
		results, err := client.ChangeDelivery(t.Context(), []order.DeliveryChange{c.change}, order.WriteOptions{})
		require.Equal(t, c.want, results[0].Outcome, results[0].Message)
		require.Equal(t, c.want == order.Done, err == nil)
		calls := mall.Calls("updateOrderMemo")[before:]
		if c.want == order.Done {
			require.JSONEq(t, c.body, string(calls[0].Body))
		} else {
			require.Empty(t, calls, "nothing is sent")
		}
		o, _ := mall.Order(number)
		require.Equal(t, c.date, o.DeliveryDate)
		require.Equal(t, c.term, o.ShippingTerm)
		require.Equal(t, "stays", o.Memo)
	}
}

// TestAbilities finds every write where Capabilities says that it is.
func TestAbilities(t *testing.T) {
	_, client := start(t, rakutentest.Options{Orders: -1}, nil)
	var source order.Source = client
	can := rakuten.Capabilities()
	_, is := order.As[order.Confirmer](source)
	require.Equal(t, can.Can(order.CanConfirm), is)
	_, is = order.As[order.Shipper](source)
	require.Equal(t, can.Can(order.CanShip), is)
	_, is = order.As[order.Canceller](source)
	require.Equal(t, can.Can(order.CanCancel), is)
	_, is = order.As[order.Annotator](source)
	require.Equal(t, can.Can(order.CanAnnotate), is)
	_, is = order.As[order.DeliveryChanger](source)
	require.Equal(t, can.Can(order.CanChangeDelivery), is)
}

// TestWriteRefusedKey fails every element with the same error, and says so by order.
func TestWriteRefusedKey(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	numbers := put(mall, 300, 2)
	mall.RevokeKey(mall.LicenseKey())
	for _, write := range []func() ([]order.Result, error){
		func() ([]order.Result, error) {
			return client.Confirm(t.Context(), confirmations(numbers...), order.WriteOptions{})
		},
		func() ([]order.Result, error) {
			return client.Cancel(t.Context(), []order.Cancellation{{Order: numbers[0], Reason: order.Unpaid},
				{Order: numbers[1], Reason: order.Unpaid}}, order.WriteOptions{})
		},
		func() ([]order.Result, error) {
			return client.Ship(t.Context(), []order.Shipment{
				{Order: numbers[0], Carrier: timeslot.Yamato, At: time.Now()},
				{Order: numbers[1], Carrier: timeslot.Yamato, At: time.Now()}}, order.WriteOptions{})
		},
	} {
		results, err := write()
		require.Len(t, results, 2)
		require.ErrorIs(t, err, order.ErrUnauthorized)
		for _, r := range results {
			require.Equal(t, order.Refused, r.Outcome)
			require.Empty(t, r.Records)
			var e *order.Error
			require.True(t, errors.As(r.Err, &e))
			require.Equal(t, "GA0001", e.Code)
		}
	}
}

// TestWriteEnds does not knock at a closed door for every element.
func TestWriteEnds(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	numbers := put(mall, 300, 4)
	require.NoError(t, mall.Inject(
		rakutentest.Fault{Kind: rakutentest.ExpiredKey, Operation: "updateOrderMemo", After: 1, Times: -1},
		rakutentest.Fault{Kind: rakutentest.Maintenance, Operation: "cancelOrder", After: 1, Times: -1},
		rakutentest.Fault{Kind: rakutentest.ExpiredKey, Operation: "updateOrderShipping", After: 1, Times: -1},
		rakutentest.Fault{Kind: rakutentest.ExpiredKey, Operation: "searchOrder", Times: -1})) // Check
	var notes []order.Annotation
	var cancels []order.Cancellation
	var shipments []order.Shipment
	for _, n := range numbers {
		notes = append(notes, order.Annotation{Order: n, Memo: "a"})
		cancels = append(cancels, order.Cancellation{Order: n, Reason: order.Unpaid})
		shipments = append(shipments, order.Shipment{Order: n, Carrier: timeslot.Yamato, At: handed})
	}
	for _, c := range []struct {
		operation string
		write     func() ([]order.Result, error)
	}{
		{"updateOrderMemo", func() ([]order.Result, error) { return client.Annotate(t.Context(), notes, order.WriteOptions{}) }},
		{"cancelOrder", func() ([]order.Result, error) { return client.Cancel(t.Context(), cancels[:3], order.WriteOptions{}) }},
		{"updateOrderShipping", func() ([]order.Result, error) { return client.Ship(t.Context(), shipments[1:], order.WriteOptions{}) }},
	} {
		results, err := c.write()
		require.Error(t, err)
		require.Equal(t, 2, mall.Count(c.operation), c.operation)
		require.Equal(t, order.Done, results[0].Outcome, "%s: %s", c.operation, results[0].Message)
		require.Equal(t, []order.Outcome{order.Refused, order.NotSent},
			[]order.Outcome{results[1].Outcome, results[2].Outcome})
		require.Contains(t, results[2].Next.EN, "not sent")
		for _, r := range results[1:] {
			require.Equal(t, r.Order, order.Concerns(r.Err), "each element has an error of its own")
		}
	}
}
