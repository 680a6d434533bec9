package aupay_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// shippedAt is the last minute of 3 April 2026 in Japan.
var shippedAt = time.Date(2026, 4, 3, 23, 59, 0, 0, order.JST).UTC()

func shipment(id string) order.Shipment {
	return order.Shipment{Order: id, Carrier: timeslot.Sagawa, Numbers: order.Tracking("123456789012"), At: shippedAt}
}

func TestShipSetsTheDataAndThenTheStatus(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	id := mall.AddOrder(aupaytest.Order{Status: "発送待ち"})
	for range 2 { // repeating is harmless
		results, err := client.Ship(t.Context(), []order.Shipment{shipment(id)}, order.WriteOptions{})
		require.NoError(t, err)
		require.Equal(t, []order.Result{{Order: id, Outcome: order.Done, Repeating: order.Yes}}, results)
	}
	var operations []string
	for _, call := range mall.Calls("") {
		operations = append(operations, call.Operation)
	}
	require.Equal(t, []string{"updateTradeInfoProc", "updateTradeStsProc", "updateTradeInfoProc", "updateTradeStsProc"}, operations)
	o, err := client.Order(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, order.Completed, o.Status)
	s := o.Parcels[0].Shipments[0]
	require.Equal(t, timeslot.Sagawa, s.Carrier)
	require.Equal(t, "123456789012", s.Tracking)
	require.Equal(t, day(2026, 4, 3), s.Date)
}

func TestShipTellsAHalfWayState(t *testing.T) {
	for name, tc := range map[string]struct {
		fault   aupaytest.Fault
		outcome order.Outcome
		next    string
		half    bool // the first call took effect and the result says so
		message string
	}{
		"first refused": {aupaytest.Fault{Kind: aupaytest.Custom, Body: refusal, Operation: "updateTradeInfoProc"}, order.Refused, "as it was", false, "だめ"},
		"first lost":    {aupaytest.Fault{Kind: aupaytest.ReplyLost, Operation: "updateTradeInfoProc", Times: -1}, order.Unsettled, "harmless", false, "temporary"},
		"second refused": {aupaytest.Fault{Kind: aupaytest.Custom, Body: refusal, Operation: "updateTradeStsProc"},
			order.Refused, "UpdateTradeSts", true, "だめ"},
		"second lost": {aupaytest.Fault{Kind: aupaytest.ReplyLost, Operation: "updateTradeStsProc", Times: -1}, order.Unsettled, "read the order", true, "temporary"},
		"second key over": {aupaytest.Fault{Kind: aupaytest.ExpiredKey, Operation: "updateTradeStsProc"},
			order.Refused, "UpdateTradeSts", true, "認証に失敗しました"},
		"second never sent": {aupaytest.Fault{Kind: aupaytest.Dropped, Operation: "updateTradeStsProc", Times: -1}, order.Unsettled, "harmless", true, "temporary"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				mall, client := open(t, aupaytest.Options{Orders: -1})
				id := mall.AddOrder(aupaytest.Order{Status: "発送待ち"})
				require.NoError(t, mall.Inject(tc.fault))
				results, err := client.Ship(t.Context(), []order.Shipment{shipment(id)}, order.WriteOptions{})
				require.Error(t, err)
				require.Len(t, results, 1)
				r := results[0]
				require.Equal(t, tc.outcome, r.Outcome)
				require.Contains(t, r.Next, tc.next)
				require.Contains(t, r.Message, tc.message)
				require.Equal(t, order.Yes, r.Repeating)
				require.Equal(t, id, order.Concerns(r.Err))
				require.ErrorIs(t, err, r.Err)
				o, _ := mall.Order(id)
				if tc.half {
					require.Len(t, r.Warnings, 1)
					require.Equal(t, "updateTradeInfoProc", r.Warnings[0].Field)
					require.Equal(t, "123456789012", o.Elements["shippingNumber"])
				} else {
					require.Empty(t, r.Warnings)
				}

				mall.ClearFaults() // what the result says: sending it again is harmless, and settles it
				results, err = client.Ship(t.Context(), []order.Shipment{shipment(id)}, order.WriteOptions{})
				require.NoError(t, err)
				require.Equal(t, order.Done, results[0].Outcome)
				o, _ = mall.Order(id)
				require.Equal(t, "完了", o.Status)
				mall.Close()
			})
		})
	}
}

const refusal = "<response><result><status>1</status><error><code>XTE9</code><message>だめ</message></error></result></response>"

func TestShipRefusesWhatTheMallCannotHold(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	good, twice := mall.AddOrder(aupaytest.Order{}), mall.AddOrder(aupaytest.Order{})
	edits := []struct {
		want string
		edit func(*order.Shipment)
	}{
		{"Order: is required", func(s *order.Shipment) { s.Order = "" }},
		{"Order: is not a number", func(s *order.Shipment) { s.Order = "x1" }},
		{"Order: 2 shipments", func(s *order.Shipment) { s.Order = twice }},
		{"Order: 2 shipments", func(s *order.Shipment) { s.Order = twice }},
		{"Parcel", func(s *order.Shipment) { s.Parcel = "1" }},
		{"Carrier: is required", func(s *order.Shipment) { s.Carrier = "" }},
		{"Carrier: is no carrier", func(s *order.Shipment) { s.Carrier = "yamoto" }},
		{"Rakuten EXPRESS has ended", func(s *order.Shipment) { s.Carrier = timeslot.RakutenExpress }},
		{"Numbers: 2 tracking numbers, at most 1", func(s *order.Shipment) { s.Numbers = order.Tracking("1", "2") }},
		{"Numbers[0]: 16 bytes", func(s *order.Shipment) { s.Numbers = order.Tracking("1234567890123456") }},
		{"Numbers[0]: is required", func(s *order.Shipment) { s.Numbers = order.Tracking(" ") }},
		{"Numbers[0]: the mall has no shipping records", func(s *order.Shipment) { s.Numbers[0].Remove = true }},
		{"At: is required", func(s *order.Shipment) { s.At = time.Time{} }},
		{"Lines", func(s *order.Shipment) { s.Lines = []order.LineQuantity{{Line: "1", Quantity: 1}} }},
	}
	shipments := []order.Shipment{shipment(good)}
	for i, e := range edits {
		s := shipment(string(rune('1' + i)))
		e.edit(&s)
		shipments = append(shipments, s)
	}
	results, err := client.Ship(t.Context(), shipments, order.WriteOptions{})
	require.Error(t, err)
	require.Len(t, results, len(shipments))
	require.Equal(t, order.Done, results[0].Outcome, "refused elements do not stop others")
	for i, e := range edits {
		r := results[i+1]
		require.Equal(t, order.Refused, r.Outcome)
		require.Contains(t, r.Message, e.want)
		require.ErrorIs(t, r.Err, order.ErrInvalid)
		require.Equal(t, shipments[i+1].Order, r.Order)
	}
	require.Equal(t, 2, mall.Count(""), "of the others nothing was sent")
}

func TestShipCarriers(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	for carrier, tc := range map[timeslot.Carrier]struct {
		code     string
		warnings int
	}{
		timeslot.Yamato: {"1", 0}, timeslot.Nekopos: {"1", 0}, timeslot.Sagawa: {"2", 0}, timeslot.Fukuyama: {"4", 0}, timeslot.Seino: {"5", 0},
		timeslot.JapanPost: {"6", 0}, timeslot.ClickPost: {"6", 0}, timeslot.OtherCarrier: {"9", 0}, timeslot.Tonami: {"9", 1},
	} {
		id := mall.AddOrder(aupaytest.Order{})
		results, err := client.Ship(t.Context(), []order.Shipment{{Order: id, Carrier: carrier, At: shippedAt}}, order.WriteOptions{})
		require.NoError(t, err)
		require.Len(t, results[0].Warnings, tc.warnings, carrier)
		o, _ := mall.Order(id)
		require.Equal(t, tc.code, o.Elements["shippingCarrier"], carrier)
		require.NotContains(t, o.Elements, "shippingNumber", "a number may be left out")
	}
	s := shipment(mall.AddOrder(aupaytest.Order{}))
	s.CarrierName, s.Method = "見本運送", "宅配便"
	results, err := client.Ship(t.Context(), []order.Shipment{s}, order.WriteOptions{})
	require.NoError(t, err)
	require.Len(t, results[0].Warnings, 2, "what is not sent is said")
}

func TestDryRunChecksAndSendsNothing(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	dry := order.WriteOptions{DryRun: true}
	results, err := client.Ship(t.Context(), []order.Shipment{shipment("1"), {}}, dry)
	require.Error(t, err)
	require.Equal(t, order.Result{Order: "1", Outcome: order.Done, DryRun: true, Repeating: order.Yes}, results[0])
	require.Equal(t, order.Refused, results[1].Outcome)
	results, err = client.Cancel(t.Context(), []order.Cancellation{{Order: "1", Reason: order.OutOfStock}}, dry)
	require.NoError(t, err)
	require.True(t, results[0].DryRun)
	results, err = client.ChangeStatus(t.Context(), []aupay.StatusChange{{"1", aupay.StatusOnHold}, {"2", aupay.StatusCancelled}}, dry)
	require.ErrorIs(t, err, order.ErrInvalid)
	require.Equal(t, []order.Outcome{order.Done, order.Refused}, []order.Outcome{results[0].Outcome, results[1].Outcome})
	require.Zero(t, mall.Count(""))
}

func TestAFailureOfTheWholeShopEndsABatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall, client := open(t, aupaytest.Options{Orders: 6})
		var shipments []order.Shipment
		for _, id := range mall.Numbers()[:5] {
			mall.ChangeOrder(id, func(o *aupaytest.Order) { o.Status = "発送待ち" })
			shipments = append(shipments, shipment(id))
		}
		require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.ExpiredKey, After: 3, Times: -1}))
		results, err := client.Ship(t.Context(), shipments, order.WriteOptions{})
		require.ErrorIs(t, err, order.ErrUnauthorized)
		require.Equal(t, 4, mall.Count(""), "the key is over: the others are not sent")
		require.Contains(t, results[2].Err.Error(), "接続元IPアドレス")
		require.Equal(t, order.Done, results[0].Outcome)
		require.NotEmpty(t, results[1].Warnings, "half way")
		for i, r := range results[2:] {
			require.Equal(t, order.Refused, r.Outcome)
			require.Contains(t, r.Next, "not sent")
			require.Equal(t, shipments[i+2].Order, order.Concerns(r.Err))
			require.Equal(t, order.Yes, r.Repeating)
		}

		mall.ClearFaults()
		require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.ServerError, Times: -1}))
		_, err = client.Ship(t.Context(), shipments, order.WriteOptions{})
		require.ErrorIs(t, err, order.ErrTemporary)
		require.Equal(t, 4+3*4, mall.Count(""), "three in a row mean that the mall is in trouble")

		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		results, err = client.Ship(ctx, shipments, order.WriteOptions{})
		require.ErrorIs(t, err, context.Canceled)
		for _, r := range results {
			require.Equal(t, order.Refused, r.Outcome)
			require.ErrorIs(t, r.Err, context.Canceled)
		}
		require.Equal(t, 4+3*4, mall.Count(""))
		mall.Close()
	})
}

func TestAnUnreadableAnswerIsNoRefusal(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: 1})
	id := mall.Numbers()[0]
	const broken = "<response><result><status>0</status></result><a></b></response>"
	require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom, Body: broken, Times: -1}))
	results, err := client.ChangeStatus(t.Context(), []aupay.StatusChange{{id, aupay.StatusOnHold}}, order.WriteOptions{})
	require.ErrorIs(t, err, order.ErrUndecodable)
	require.Equal(t, order.Unsettled, results[0].Outcome)
}

func TestCancel(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	id := func() string { return mall.AddOrder(aupaytest.Order{}) }
	shipped := mall.AddOrder(aupaytest.Order{Elements: map[string]string{"shipStatus": "Y"}})
	cancellations := []order.Cancellation{
		{Order: id(), Reason: order.OutOfStock},
		{Order: id(), Reason: order.BuyerRequest, Comment: "お電話で承りました"},
		{Order: id(), Reason: order.OtherReason, Comment: "重複注文"},
		{Order: id(), Code: "3"},
		{Order: shipped, Reason: order.OutOfStock},
		{Order: id(), Reason: order.OtherReason},
		{Order: id(), Reason: order.OutOfStock, Restock: order.Yes},
		{Order: id()},
		{Order: id(), Reason: "whim"},
	}
	results, err := client.Cancel(t.Context(), cancellations, order.WriteOptions{})
	require.Error(t, err)
	for i, want := range []struct{ code, comment string }{{"9", "在庫切れのため"}, {"9", "お電話で承りました"}, {"9", "重複注文"}, {"3", ""}} {
		require.Equal(t, order.Done, results[i].Outcome)
		require.Equal(t, order.NotTold, results[i].Repeating, "what repeating does is not known")
		require.Equal(t, i < 2, len(results[i].Warnings) == 1, "a reason that is sent as another is told")
		o, _ := mall.Order(results[i].Order)
		require.Equal(t, "キャンセル", o.Status)
		require.Equal(t, want.code, o.Elements["cancelReason"])
		require.Equal(t, want.comment, o.Elements["cancelComment"])
	}
	for i, want := range []string{"発送済み", "Comment: is required", "Restock", "Reason", "Reason"} {
		require.Equal(t, order.Refused, results[4+i].Outcome)
		require.Contains(t, results[4+i].Message, want)
	}
	require.Equal(t, 5, mall.Count("cancelTradeProc"))
}

func TestCancelIsSentOnce(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	id := mall.AddOrder(aupaytest.Order{})
	require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.ReplyLost, Times: -1}))
	results, err := client.Cancel(t.Context(), []order.Cancellation{{Order: id, Reason: order.OutOfStock}}, order.WriteOptions{})
	require.ErrorIs(t, err, order.ErrTemporary)
	require.Equal(t, order.Unsettled, results[0].Outcome)
	require.Equal(t, order.NotTold, results[0].Repeating)
	require.Contains(t, results[0].Next, "read the order")
	require.Equal(t, 1, mall.Count("cancelTradeProc"))
	o, _ := mall.Order(id)
	require.Equal(t, "キャンセル", o.Status, "it was applied, and nobody could say so")

	twice := []order.Cancellation{{Order: id, Reason: order.OutOfStock}, {Order: id, Reason: order.OutOfStock}}
	_, err = client.Cancel(t.Context(), twice, order.WriteOptions{})
	require.ErrorContains(t, err, "2 times")
	require.Equal(t, 1, mall.Count(""))
}

func TestWritesThroughADroppedLine(t *testing.T) {
	client, err := aupay.New(aupay.Config{Shop: "10000001", Keys: keys("invented"), Limiter: order.Unlimited,
		HTTPClient: &http.Client{Transport: failing{}}})
	require.NoError(t, err)
	synctest.Test(t, func(t *testing.T) {
		results, err := client.ChangeStatus(t.Context(), []aupay.StatusChange{{"1", aupay.StatusOnHold}}, order.WriteOptions{})
		require.ErrorIs(t, err, order.ErrTemporary)
		require.Equal(t, order.Unsettled, results[0].Outcome, "a RoundTripper of the caller's may have sent it")
	})
}

// failing is a RoundTripper that fails without saying whether it sent anything.
type failing struct{}

func (failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, errors.New("no line") }
