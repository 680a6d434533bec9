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
	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func shipment(id string) order.Shipment {
	return order.Shipment{Order: id, Carrier: timeslot.Sagawa, Numbers: order.Tracking("4907-1495-5706"),
		At: time.Now()}
}

func TestShipSetsTheDataAndThenTheStatus(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	id := mall.AddOrder(aupaytest.Order{Status: "発送待ち"})
	for range 2 { // repeating is harmless
		results, err := client.Ship(t.Context(), []order.Shipment{shipment(id)}, order.WriteOptions{})
		require.NoError(t, err)
		require.Equal(t, []order.Result{{Mall: order.AuPay, Shop: mall.Shop(), Ability: order.CanShip, Order: id,
			Outcome: order.Done,
			Numbers: []string{"490714955706"}, Repeating: order.Yes}}, results)
	}
	var operations []string
	for _, call := range mall.Calls("") {
		operations = append(operations, call.Operation)
	}
	once := []string{"searchTradeInfoProc", "updateTradeInfoProc", "updateTradeStsProc", "searchTradeInfoProc"}
	require.Equal(t, append(once, once...), operations)
	o, err := client.Order(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, order.Completed, o.Status)
	s := o.Parcels[0].Shipments[0]
	require.Equal(t, timeslot.Sagawa, s.Carrier)
	require.Equal(t, "490714955706", s.Tracking)
	require.Equal(t, order.DateOf(time.Now()), s.Date)
}

func TestShipTellsAHalfWayState(t *testing.T) {
	for name, tc := range map[string]struct {
		fault   aupaytest.Fault
		outcome order.Outcome
		next    string
		half    bool // the first call took effect and the result says so
		message string
	}{
		"first refused": {aupaytest.Fault{Kind: aupaytest.Custom, Body: refusal, Operation: "updateTradeInfoProc"}, order.Refused, "nothing was changed", false, "だめ"},
		"first lost":    {aupaytest.Fault{Kind: aupaytest.ReplyLost, Operation: "updateTradeInfoProc", Times: -1}, order.Unsettled, "harmless", false, "outcome unknown"},
		"second refused": {aupaytest.Fault{Kind: aupaytest.Custom, Body: refusal, Operation: "updateTradeStsProc"},
			order.Refused, "UpdateTradeSts", true, "だめ"},
		"second lost": {aupaytest.Fault{Kind: aupaytest.ReplyLost, Operation: "updateTradeStsProc", Times: -1}, order.Unsettled, "read the order", true, "outcome unknown"},
		"second key over": {aupaytest.Fault{Kind: aupaytest.ExpiredKey, Operation: "updateTradeStsProc"},
			order.Refused, "UpdateTradeSts", true, "認証に失敗しました"},
		"second never sent": {aupaytest.Fault{Kind: aupaytest.Dropped, Operation: "updateTradeStsProc", Times: -1}, order.Unsettled, "harmless", true, "outcome unknown"},
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
				require.Contains(t, r.Next.EN, tc.next)
				require.Contains(t, r.Message, tc.message)
				require.Equal(t, order.Yes, r.Repeating)
				require.Equal(t, id, order.Concerns(r.Err))
				require.ErrorIs(t, err, r.Err)
				o, _ := mall.Order(id)
				if tc.half {
					require.Len(t, r.Warnings, 1)
					require.Equal(t, "updateTradeInfoProc", r.Warnings[0].Field)
					require.Equal(t, "490714955706", o.Elements["shippingNumber"])
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
	ready := aupaytest.Order{Status: "発送待ち"}
	good, twice := mall.AddOrder(ready), mall.AddOrder(ready)
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
		{"Carrier: the mall has no code", func(s *order.Shipment) { s.Carrier = "yamoto" }},
		{`the mall has no code for "Rakuten EXPRESS"`, func(s *order.Shipment) { s.Carrier = timeslot.RakutenExpress }},
		{"Numbers: 2 tracking numbers, of which the mall holds 1", func(s *order.Shipment) { s.Numbers = order.Tracking("490714955706", "490714955710") }},
		{"Numbers[0].Number: 16 bytes", func(s *order.Shipment) { s.Numbers = order.Tracking("1234567890123456") }},
		{"Numbers[0].Number: the tracking number is empty", func(s *order.Shipment) { s.Numbers = order.Tracking(" ") }},
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
	require.Equal(t, 4, mall.Count(""), "of the others nothing was sent")
}

func TestShipCarriers(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	ready := aupaytest.Order{Status: "発送待ち"}
	for carrier, code := range map[timeslot.Carrier]string{
		timeslot.Yamato: "1", timeslot.Nekopos: "1", "ヤマト運輸": "1", "クロネコヤマト": "1", timeslot.Sagawa: "2",
		timeslot.Fukuyama: "4", timeslot.Seino: "5",
		timeslot.JapanPost: "6", timeslot.ClickPost: "6", timeslot.OtherCarrier: "9", timeslot.Tonami: "", "架空急便": "",
	} {
		id := mall.AddOrder(ready)
		results, err := client.Ship(t.Context(), []order.Shipment{{Order: id, Carrier: carrier, At: time.Now()}},
			order.WriteOptions{})
		o, _ := mall.Order(id)
		if code == "" {
			require.ErrorContains(t, err, "timeslot.ParseCarrier", carrier)
			require.ErrorContains(t, err, "timeslot.OtherCarrier")
			continue
		}
		require.NoError(t, err)
		require.Empty(t, results[0].Warnings, carrier)
		require.Equal(t, code, o.Elements["shippingCarrier"], carrier)
		require.NotContains(t, o.Elements, "shippingNumber", "a number may be left out")
	}
	s := shipment(mall.AddOrder(ready))
	s.CarrierName, s.Method = "見本運送", "宅配便"
	results, err := client.Ship(t.Context(), []order.Shipment{s}, order.WriteOptions{})
	require.NoError(t, err)
	require.Equal(t, []order.Warning{batch.NotTaken("CarrierName"), batch.NotTaken("Method")}, results[0].Warnings,
		"what is not sent is said")

	s = shipment(mall.AddOrder(ready))
	s.Numbers = order.Tracking("490714955706", "490714955710")
	results, err = client.Ship(t.Context(), []order.Shipment{s}, order.WriteOptions{FirstNumbers: true})
	require.NoError(t, err)
	require.Equal(t, []string{"490714955706"}, results[0].Numbers)
	require.Equal(t, batch.WarnNumbersCut, results[0].Warnings[0].Code)
}

// A dry run reads wherever the real run would be refused, and writes nothing.
func TestDryRunReads(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	ready := mall.AddOrder(aupaytest.Order{Status: "発送待ち"})
	held := mall.AddOrder(aupaytest.Order{Status: "キャンセル受付中"})
	over := mall.AddOrder(aupaytest.Order{Status: "キャンセル"})
	for _, dry := range []bool{true, false} {
		opts := order.WriteOptions{DryRun: dry}
		results, err := client.Ship(t.Context(), []order.Shipment{shipment(held), shipment(over), shipment("7"), {}},
			opts)
		require.Error(t, err)
		require.Equal(t, []string{"cancel_requested", "cancelled"}, []string{results[0].Code, results[1].Code})
		require.Contains(t, results[2].Message, "存在しません")
		more, _ := client.Cancel(t.Context(),
			[]order.Cancellation{{Order: over, Reason: order.OutOfStock}, {Order: "7", Reason: order.OutOfStock}}, opts)
		status, _ := client.ChangeStatus(t.Context(),
			[]aupay.StatusChange{{over, aupay.StatusOnHold}, {"7", aupay.StatusOnHold}, {ready, aupay.StatusCancelled}},
			opts)
		for _, r := range append(append(results, more...), status...) {
			require.Equal(t, []any{order.Refused, dry}, []any{r.Outcome, r.DryRun}, r.Message)
		}
	}
	dry := order.WriteOptions{DryRun: true}
	results, err := client.Ship(t.Context(), []order.Shipment{shipment(ready)}, dry)
	require.NoError(t, err)
	require.True(t, results[0].DryRun)
	_, err = client.Cancel(t.Context(), []order.Cancellation{{Order: ready, Reason: order.OutOfStock}}, dry)
	require.NoError(t, err)
	_, err = client.ChangeStatus(t.Context(), []aupay.StatusChange{{ready, aupay.StatusOnHold}}, dry)
	require.NoError(t, err)
	results, err = client.Ship(t.Context(), []order.Shipment{shipment(held)},
		order.WriteOptions{DryRun: true, AnyState: true})
	require.NoError(t, err)
	require.Equal(t, string(order.ObjectCancelRequested), results[0].Warnings[0].Code)
	for _, operation := range []string{"updateTradeInfoProc", "updateTradeStsProc", "cancelTradeProc"} {
		require.Zero(t, mall.Count(operation))
	}
}

func TestAFailureOfTheWholeShopEndsABatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall, client := open(t, aupaytest.Options{Orders: -1})
		var shipments []order.Shipment
		for range 5 {
			shipments = append(shipments, shipment(mall.AddOrder(aupaytest.Order{Status: "発送待ち"})))
		}
		// two reads, three writes
		require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.ExpiredKey, After: 5, Times: -1}))
		results, err := client.Ship(t.Context(), shipments, order.WriteOptions{})
		require.ErrorIs(t, err, order.ErrUnauthorized)
		require.Equal(t, 5+1+1+1, mall.Count(""),
			"the key is over, as Check says too: the others are not sent; the first is read back")
		require.Contains(t, results[2].Err.Error(), "接続元IPアドレス")
		require.Equal(t, order.Unsettled, results[0].Outcome, "written, and nobody can look")
		require.Equal(t, order.Refused, results[1].Outcome)
		require.NotEmpty(t, results[1].Warnings, "half way")
		for i, r := range results[2:] {
			require.Equal(t, order.NotSent, r.Outcome)
			require.Contains(t, r.Next.EN, "not sent")
			require.Equal(t, shipments[i+2].Order, order.Concerns(r.Err))
			require.Equal(t, order.Yes, r.Repeating)
		}

		mall.ClearFaults()
		before := mall.Count("")
		require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.ServerError, Times: -1}))
		_, err = client.Ship(t.Context(), shipments, order.WriteOptions{})
		require.ErrorIs(t, err, order.ErrTemporary)
		require.Equal(t, before+3*4, mall.Count(""), "three in a row mean that the mall is in trouble")

		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		results, err = client.Ship(ctx, shipments, order.WriteOptions{})
		require.ErrorIs(t, err, context.Canceled)
		for _, r := range results {
			require.Equal(t, order.NotSent, r.Outcome)
			require.ErrorIs(t, r.Err, context.Canceled)
		}
		require.Equal(t, before+3*4, mall.Count(""))
		mall.Close()
	})
}

func TestAnUnreadableAnswerIsNoRefusal(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: 1})
	id := mall.Numbers()[0]
	const broken = "<response><result><status>0</status></result><a></b></response>"
	require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom, Operation: "updateTradeStsProc",
		Body: broken, Times: -1}))
	results, err := client.ChangeStatus(t.Context(), []aupay.StatusChange{{id, aupay.StatusOnHold}},
		order.WriteOptions{})
	require.ErrorIs(t, err, order.ErrUndecodable)
	require.Equal(t, order.Unsettled, results[0].Outcome)
}

// Of two changes of one order none is known to be the right one.
func TestStatusChangesOfOneOrderAreRefused(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: 2})
	one, other := mall.Numbers()[0], mall.Numbers()[1]
	results, err := client.ChangeStatus(t.Context(), []aupay.StatusChange{
		{one, aupay.StatusOnHold}, {other, aupay.StatusOnHold}, {one, aupay.StatusReadyToShip},
	}, order.WriteOptions{})
	require.ErrorContains(t, err, "Order: is named 2 times in the batch")
	require.Equal(t, []order.Outcome{order.Refused, order.Done, order.Refused},
		[]order.Outcome{results[0].Outcome, results[1].Outcome, results[2].Outcome})
	require.Equal(t, 1, mall.Count("updateTradeStsProc"))
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
		{Order: shipped, Code: "3"},
		{Order: id(), Reason: order.OtherReason},
		{Order: id(), Reason: order.OutOfStock, Restock: order.Yes},
		{Order: id()},
		{Order: id(), Reason: "whim"},
	}
	results, err := client.Cancel(t.Context(), cancellations, order.WriteOptions{})
	require.Error(t, err)
	for i, want := range []struct{ code, comment string }{{"9", "在庫切れのため"}, {"9", "お電話で承りました"}, {"9", "重複注文"},
		{"3", ""}, {"3", ""}} {
		require.Equal(t, order.Done, results[i].Outcome)
		require.Equal(t, order.NotTold, results[i].Repeating, "what repeating does is not known")
		require.Equal(t, i < 2, len(results[i].Warnings) == 1, "a reason that is sent as another is told")
		o, _ := mall.Order(results[i].Order)
		require.Equal(t, "キャンセル", o.Status)
		require.Equal(t, want.code, o.Elements["cancelReason"])
		require.Equal(t, want.comment, o.Elements["cancelComment"])
	}
	for i, want := range []string{"Comment: is required", "Restock", "Reason", "Reason"} {
		require.Equal(t, order.Refused, results[5+i].Outcome)
		require.Contains(t, results[5+i].Message, want)
	}
	require.Equal(t, 5, mall.Count("cancelTradeProc"))
}

func TestCancelIsSentOnce(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	id := mall.AddOrder(aupaytest.Order{})
	require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.ReplyLost, Operation: "cancelTradeProc", Times: -1}))
	results, err := client.Cancel(t.Context(), []order.Cancellation{{Order: id, Reason: order.OutOfStock}},
		order.WriteOptions{})
	require.ErrorIs(t, err, order.ErrTemporary)
	require.Equal(t, order.Unsettled, results[0].Outcome)
	require.Equal(t, order.NotTold, results[0].Repeating)
	require.Contains(t, results[0].Next.EN, "read the order")
	require.Equal(t, 1, mall.Count("cancelTradeProc"))
	o, _ := mall.Order(id)
	require.Equal(t, "キャンセル", o.Status, "it was applied, and nobody could say so")

	twice := []order.Cancellation{{Order: id, Reason: order.OutOfStock}, {Order: id, Reason: order.OutOfStock}}
	_, err = client.Cancel(t.Context(), twice, order.WriteOptions{})
	require.ErrorContains(t, err, "2 times")
	require.Equal(t, 1, mall.Count("cancelTradeProc"))
}

func TestWritesThroughADroppedLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall, client := open(t, aupaytest.Options{Orders: -1}, func(cfg *aupay.Config) {
			cfg.HTTPClient = &http.Client{Transport: failing{cfg.HTTPClient.Transport}}
		})
		id := mall.AddOrder(aupaytest.Order{})
		results, err := client.ChangeStatus(t.Context(), []aupay.StatusChange{{id, aupay.StatusOnHold}},
			order.WriteOptions{})
		require.ErrorIs(t, err, order.ErrTemporary)
		require.Equal(t, order.Unsettled, results[0].Outcome, "a RoundTripper of the caller's may have sent it")
		mall.Close()
	})
}

// failing is a RoundTripper that fails writes without saying whether it sent anything.
type failing struct{ next http.RoundTripper }

func (f failing) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodGet {
		return f.next.RoundTrip(r)
	}
	return nil, errors.New("no line")
}
