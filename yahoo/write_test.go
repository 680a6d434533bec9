package yahoo_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

var shippedAt = jst("2026-09-30 23:30:00")

func TestConfirm(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	id, fresh := ordinary(mall), mall.AddOrder(yahootest.Order{})
	list := []order.Confirmation{{Order: id}, {Order: "見本"}, {Order: fresh}, {Order: "mihon-store-1"}}

	dry, err := c.Confirm(t.Context(), list, order.WriteOptions{DryRun: true})
	require.Error(t, err)
	require.Equal(t, []order.Outcome{order.Done, order.Refused, order.Refused, order.Refused}, outcomes(dry))
	require.Zero(t, mall.Count("orderChange"), "nothing is changed")
	o, _ := mall.Order(id)
	require.Equal(t, "false", o.Fields["IsSeen"])

	got, err := c.Confirm(t.Context(), list, order.WriteOptions{})
	require.Error(t, err)
	require.Equal(t, outcomes(dry), outcomes(got), "what a dry run finds is what happens")
	require.Equal(t, order.Result{Mall: order.Yahoo, Shop: mall.Shop(), Ability: order.CanConfirm, Order: id,
		Outcome: order.Done, Repeating: order.Yes}, got[0])
	require.ErrorIs(t, got[1].Err, order.ErrInvalid)
	require.ErrorIs(t, got[2].Err, order.ErrConflict)
	require.ErrorIs(t, got[3].Err, order.ErrNotFound)
	require.Equal(t, "od91801", got[3].Code)
	for _, r := range got[1:] {
		require.ErrorIs(t, err, r.Err)
		require.NotEmpty(t, r.Next)
	}
	o, _ = mall.Order(id)
	require.Equal(t, "true", o.Fields["IsSeen"])
}

func outcomes(results []order.Result) []order.Outcome {
	all := make([]order.Outcome, len(results))
	for i, r := range results {
		all[i] = r.Outcome
	}
	return all
}

func TestShip(t *testing.T) {
	ship := func(numbers ...order.TrackingNumber) order.Shipment {
		return order.Shipment{Carrier: timeslot.Yamato, Numbers: numbers, At: shippedAt}
	}
	for name, tc := range map[string]struct {
		has     [2]string
		e       order.Shipment
		want    [2]string
		records []string
		class   order.Class
	}{
		"first number":     {e: ship(order.Tracking("000011112222")...), want: [2]string{"000011112222"}, records: []string{"1"}},
		"two numbers":      {e: ship(order.Tracking("000011112222", "000033334444")...), want: [2]string{"000011112222", "000033334444"}, records: []string{"1", "2"}},
		"no number":        {e: ship()},
		"second place":     {has: [2]string{"0001"}, e: ship(order.Tracking("0002")...), want: [2]string{"0001", "0002"}, records: []string{"2"}},
		"already there":    {has: [2]string{"0001", "0002"}, e: ship(order.Tracking("0002")...), want: [2]string{"0001", "0002"}},
		"no place left":    {has: [2]string{"0001", "0002"}, e: ship(order.Tracking("0003")...), want: [2]string{"0001", "0002"}, class: order.ErrConflict},
		"three numbers":    {e: ship(order.Tracking("0001", "0002", "0003")...), class: order.ErrInvalid},
		"correct":          {has: [2]string{"0001", "0002"}, e: ship(order.TrackingNumber{Record: "2", Number: "0009"}), want: [2]string{"0001", "0009"}, records: []string{"2"}},
		"replace":          {has: [2]string{"0001", "0002"}, e: ship(order.TrackingNumber{Record: "1", Remove: true}, order.TrackingNumber{Number: "0003"}), want: [2]string{"0003", "0002"}, records: []string{"1"}},
		"remove":           {has: [2]string{"0001", "0002"}, e: order.Shipment{Numbers: []order.TrackingNumber{{Record: "1", Remove: true}}}, want: [2]string{"", "0002"}},
		"no such place":    {e: ship(order.TrackingNumber{Record: "3", Number: "0001"}), class: order.ErrInvalid},
		"remove nothing":   {e: ship(order.TrackingNumber{Remove: true}), class: order.ErrInvalid},
		"letters":          {e: ship(order.Tracking("A1")...), class: order.ErrInvalid},
		"unknown carrier":  {e: order.Shipment{Carrier: "donkey", At: shippedAt}, class: order.ErrInvalid},
		"no carrier":       {e: order.Shipment{At: shippedAt}, class: order.ErrInvalid},
		"no instant":       {e: order.Shipment{Carrier: timeslot.Yamato}, class: order.ErrInvalid},
		"a parcel":         {e: order.Shipment{Carrier: timeslot.Yamato, At: shippedAt, Parcel: "1"}, class: order.ErrInvalid},
		"all of the lines": {e: order.Shipment{Carrier: timeslot.Yamato, At: shippedAt, Lines: []order.LineQuantity{{Line: "1", Quantity: 2}}}},
		"a part":           {e: order.Shipment{Carrier: timeslot.Yamato, At: shippedAt, Lines: []order.LineQuantity{{Line: "1", Quantity: 1}}}, class: order.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			mall := newMall(t)
			c := newClient(t, mall)
			id := ordinary(mall, "ShipInvoiceNumber1", tc.has[0], "ShipInvoiceNumber2", tc.has[1])
			tc.e.Order = id
			dry, dryErr := c.Ship(t.Context(), []order.Shipment{tc.e}, order.WriteOptions{DryRun: true})
			require.Zero(t, mall.Count("orderShipStatusChange"))
			got, err := c.Ship(t.Context(), []order.Shipment{tc.e}, order.WriteOptions{})
			require.Equal(t, outcomes(dry), outcomes(got))
			o, _ := mall.Order(id)
			require.Equal(t, tc.want, [2]string{o.Fields["ShipInvoiceNumber1"], o.Fields["ShipInvoiceNumber2"]},
				"numbers")
			if tc.class != 0 {
				require.ErrorIs(t, err, tc.class)
				require.ErrorIs(t, dryErr, tc.class)
				require.Zero(t, mall.Count("orderShipStatusChange"))
				return
			}
			require.NoError(t, err)
			require.Equal(t, tc.records, got[0].Records)
			if name == "remove" {
				require.Equal(t, "1", o.Fields["ShipStatus"], "taking a number back ships nothing")
				return
			}
			require.Equal(t, "3", o.Fields["ShipStatus"])
			require.Equal(t, "1001", o.Fields["ShipCompanyCode"])
			require.Equal(t, "2026-09-30", o.Fields["ShipDate"], "the day in Japan")
		})
	}
}

func TestShippingTwiceDoublesNothing(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	id := ordinary(mall)
	list := []order.Shipment{{Order: id, Carrier: timeslot.Sagawa, Numbers: order.Tracking("000011112222"),
		At: shippedAt}}
	for range 2 {
		got, err := c.Ship(t.Context(), list, order.WriteOptions{})
		require.NoError(t, err)
		require.Equal(t, order.Yes, got[0].Repeating)
	}
	o, _ := mall.Order(id)
	require.Equal(t, "000011112222", o.Fields["ShipInvoiceNumber1"])
	require.Empty(t, o.Fields["ShipInvoiceNumber2"])
}

// An answer that is lost is settled by reading the order: nothing is sent twice, and what cannot be
// seen stays open.
func TestLostAnswer(t *testing.T) {
	day, morning := order.Date{Year: 2026, Month: 10, Day: 3}, timeslot.Morning
	for name, call := range map[string]func(context.Context, *yahoo.Client, string) ([]order.Result, error){
		"orderShipStatusChange": func(ctx context.Context, c *yahoo.Client, id string) ([]order.Result, error) {
			return c.Ship(ctx, []order.Shipment{
				{Order: id, Carrier: timeslot.Yamato, At: shippedAt, Numbers: order.Tracking("000011112222")}}, order.WriteOptions{})
		},
		"orderStatusChange": func(ctx context.Context, c *yahoo.Client, id string) ([]order.Result, error) {
			return c.Cancel(ctx, []order.Cancellation{{Order: id, Reason: order.OutOfStock}}, order.WriteOptions{})
		},
		"orderChange Notes": func(ctx context.Context, c *yahoo.Client, id string) ([]order.Result, error) {
			return c.Annotate(ctx, []order.Annotation{{Order: id, Memo: "a\r\nb"}}, order.WriteOptions{})
		},
		"orderChange IsSeen": func(ctx context.Context, c *yahoo.Client, id string) ([]order.Result, error) {
			return c.Confirm(ctx, []order.Confirmation{{Order: id}}, order.WriteOptions{})
		},
		"orderChange delivery": func(ctx context.Context, c *yahoo.Client, id string) ([]order.Result, error) {
			return c.ChangeDelivery(ctx, []order.DeliveryChange{{Order: id, Date: &day, Slot: &morning}},
				order.WriteOptions{})
		},
	} {
		operation := strings.Fields(name)[0]
		for kind, want := range map[string]order.Outcome{yahootest.ReplyLost: order.Done,
			yahootest.Truncated: order.Done,
			yahootest.Malformed: order.Done, yahootest.EmptyBody: order.Done, yahootest.Custom: order.Done,
			yahootest.Dropped: order.Unsettled} {
			t.Run(name+" "+kind, func(t *testing.T) {
				mall := newMall(t)
				c := newClient(t, mall)
				f := yahootest.Fault{Kind: kind, Operation: operation}
				if kind == yahootest.Custom { // cut off late, or without a word on how it went
					f.Applied, f.Body = true, `<ResultSet ok="1" ng="0"><Result><Status>OK</Status><Warning>`
				}
				require.NoError(t, mall.Inject(f))
				got, err := call(t.Context(), c, ordinary(mall))
				require.Equal(t, want, got[0].Outcome)
				require.Equal(t, 1, mall.Count(operation))
				if want == order.Done {
					require.NoError(t, err)
					require.Contains(t, got[0].Message, "the answer was lost")
					return
				}
				require.ErrorIs(t, err, order.ErrTemporary)
				require.Contains(t, got[0].Next.EN, "read the order")
				require.Positive(t, got[0].Wait)
			})
		}
	}
}

// A failed read before a write leaves nothing open: nothing was sent.
func TestFailedReadBeforeAWriteIsNoLostAnswer(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.Malformed, Operation: "orderInfo", Times: -1}))
	got, err := c.Ship(t.Context(), []order.Shipment{{Order: ordinary(mall), Carrier: timeslot.Yamato, At: shippedAt}},
		order.WriteOptions{})
	require.ErrorIs(t, err, order.ErrUndecodable)
	require.Equal(t, order.Refused, got[0].Outcome)
	require.Zero(t, mall.Count("orderShipStatusChange"))
}

func TestCancel(t *testing.T) {
	for name, tc := range map[string]struct {
		e    order.Cancellation
		want string
	}{
		"buyer":          {order.Cancellation{Reason: order.BuyerRequest}, "100"},
		"returned":       {order.Cancellation{Reason: order.Returned, Shipped: true}, "110"},
		"unpaid":         {order.Cancellation{Reason: order.Unpaid}, "120"},
		"undeliverable":  {order.Cancellation{Reason: order.Undeliverable}, "150"},
		"refused":        {order.Cancellation{Reason: order.RefusedByBuyer}, "140"},
		"out of stock":   {order.Cancellation{Reason: order.OutOfStock}, "210"},
		"delayed":        {order.Cancellation{Reason: order.Delayed, Comment: "入荷が大幅に遅れるため"}, "230"},
		"own code":       {order.Cancellation{Code: "170"}, "170"},
		"no comment":     {order.Cancellation{Reason: order.OtherReason}, ""},
		"needless words": {order.Cancellation{Reason: order.OutOfStock, Comment: "入荷が大幅に遅れるため"}, "210"},
		"none":           {order.Cancellation{}, ""},
		"both":           {order.Cancellation{Reason: order.Unpaid, Code: "120"}, ""},
		"buyer's code":   {order.Cancellation{Code: "380"}, ""},
		"restock":        {order.Cancellation{Reason: order.Unpaid, Restock: order.Yes}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			mall := newMall(t)
			c := newClient(t, mall)
			tc.e.Order = ordinary(mall)
			dry, _ := c.Cancel(t.Context(), []order.Cancellation{tc.e}, order.WriteOptions{DryRun: true})
			require.Zero(t, mall.Mailed())
			got, err := c.Cancel(t.Context(), []order.Cancellation{tc.e}, order.WriteOptions{})
			require.Equal(t, outcomes(dry), outcomes(got))
			if tc.want == "" {
				require.ErrorIs(t, err, order.ErrInvalid)
				require.Zero(t, mall.Count("orderStatusChange"))
				return
			}
			require.NoError(t, err)
			o, _ := mall.Order(tc.e.Order)
			require.Equal(t, "4", o.Fields["OrderStatus"])
			require.Equal(t, tc.want, o.Fields["CancelReason"])
			require.Equal(t, 1, mall.Mailed())

			require.Equal(t, tc.want != "230" && tc.e.Comment != "", len(got[0].Warnings) > 0 &&
				got[0].Warnings[0].Code == "not_taken")

			for _, again := range []order.WriteOptions{{DryRun: true}, {}} {
				_, err = c.Cancel(t.Context(), []order.Cancellation{tc.e}, again)
				require.ErrorIs(t, err, order.ErrConflict)
			}
			require.Equal(t, 1, mall.Count("orderStatusChange"), "the order says that it is cancelled already")
			_, err = c.Cancel(t.Context(), []order.Cancellation{tc.e}, order.WriteOptions{AnyState: true})
			require.ErrorContains(t, err, "Cannot Be Operated")
			require.Equal(t, 1, mall.Mailed())
		})
	}
}

func TestAnnotate(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	id := ordinary(mall, "Notes", "前のメモ")
	got, err := c.Annotate(t.Context(), []order.Annotation{{Order: id, Memo: "確認済み <&>"},
		{Order: id, Memo: strings.Repeat("あ", 501)}}, order.WriteOptions{})
	require.ErrorIs(t, err, order.ErrInvalid)
	require.Equal(t, []order.Outcome{order.Done, order.Refused}, outcomes(got))
	o, err := c.Order(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, "確認済み <&>", o.Memo)
	_, err = c.Annotate(t.Context(), []order.Annotation{{Order: id}}, order.WriteOptions{})
	require.NoError(t, err)
	o, err = c.Order(t.Context(), id)
	require.NoError(t, err)
	require.Empty(t, o.Memo, "an empty memo clears")

	id = ordinary(mall, "OrderStatus", "4")
	for _, dry := range []bool{true, false} {
		got, err = c.Annotate(t.Context(), []order.Annotation{{Order: id, Memo: "a"}}, order.WriteOptions{DryRun: dry})
		require.ErrorIs(t, err, order.ErrConflict, "dry %t", dry)
		require.Equal(t, []order.Outcome{order.Refused}, outcomes(got))
	}
}

func TestChangeDelivery(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	day := order.Date{Year: 2026, Month: 10, Day: 3}
	until, err := timeslot.Until(timeslot.At(10, 0))
	require.NoError(t, err)
	from, err := timeslot.From(timeslot.At(20, 0))
	require.NoError(t, err)
	for _, want := range []timeslot.Slot{slot(14, 16), slot(8, 12), timeslot.Morning, timeslot.Afternoon,
		timeslot.Night, until, from, timeslot.NoPreference} {
		id := ordinary(mall, "ShipRequestTime", "18:00-20:00", "ShipRequestDate", "2026-09-01")
		_, err := c.ChangeDelivery(t.Context(), []order.DeliveryChange{{Order: id, Slot: &want}}, order.WriteOptions{})
		require.NoError(t, err, want)
		o, err := c.Order(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, want, o.Parcels[0].Delivery.Slot)
		require.Equal(t, "2026-09-01", o.Parcels[0].Delivery.Date.String(), "the date is left")
		require.LessOrEqual(t, len(yahoo.SlotLabel(want)), 13)
	}
	id := ordinary(mall, "ShipRequestTime", "18:00-20:00")
	_, err = c.ChangeDelivery(t.Context(), []order.DeliveryChange{{Order: id, Date: &day}}, order.WriteOptions{})
	require.NoError(t, err)
	o, _ := mall.Order(id)
	require.Equal(t, "2026-10-03", o.Fields["ShipRequestDate"])
	require.Equal(t, "18:00-20:00", o.Fields["ShipRequestTime"], "the slot is left")
	_, err = c.ChangeDelivery(t.Context(), []order.DeliveryChange{{Order: id, Date: &order.Date{}}},
		order.WriteOptions{})
	require.NoError(t, err)
	o, _ = mall.Order(id)
	require.Empty(t, o.Fields["ShipRequestDate"], "a zero date clears")

	calls := mall.Count("orderChange")
	unresolved := timeslot.Unresolved
	for name, e := range map[string]order.DeliveryChange{
		"nothing": {}, "unresolved": {Slot: &unresolved}, "no day": {Date: &order.Date{Year: 2026, Month: 2, Day: 30}},
	} {
		e.Order = id
		_, err = c.ChangeDelivery(t.Context(), []order.DeliveryChange{e}, order.WriteOptions{})
		require.ErrorIs(t, err, order.ErrInvalid, name)
	}
	require.Equal(t, calls, mall.Count("orderChange"))
}

// A failure of the whole shop ends a batch: the others would only fail alike, one a second.
func TestShopWideFailureEndsABatch(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	list := []order.Annotation{{Order: ordinary(mall)}, {Order: ordinary(mall)}, {Order: ordinary(mall)}}
	require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.ExpiredKey, Operation: "orderChange", After: 1,
		Times: -1},
		yahootest.Fault{Kind: yahootest.ExpiredKey, Operation: "orderList", Times: -1}))
	got, err := c.Annotate(t.Context(), list, order.WriteOptions{})
	require.ErrorIs(t, err, order.ErrCredentialExpired)
	require.Equal(t, []order.Outcome{order.Done, order.Refused, order.NotSent}, outcomes(got))
	require.Equal(t, 2, mall.Count("orderChange"))
	require.Contains(t, got[2].Next.EN, "not sent")
}

// An order that the mall refuses as if the key were dead, while Check is well, fails alone: the
// others go on.
func TestOneOrdersRefusalIsNotTheShops(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	list := []order.Annotation{{Order: ordinary(mall)}, {Order: ordinary(mall)}, {Order: ordinary(mall)}}
	require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.Custom, Operation: "orderChange", After: 1,
		Status: 403,
		Body:   "<Error><Code>px-14303</Code><Message>Use of API is not permitted.</Message></Error>"}))
	got, err := c.Annotate(t.Context(), list, order.WriteOptions{})
	require.ErrorIs(t, err, order.ErrForbidden)
	require.Equal(t, []order.Outcome{order.Done, order.Refused, order.Done}, outcomes(got))
	require.Equal(t, list[1].Order, order.Concerns(got[1].Err))
	require.Contains(t, got[1].Next.EN, "this order alone")
}

// Completing an order follows the steps of the mall: paid, shipped, completed.
func TestLifeOfAnOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := yahootest.New(yahootest.Options{Orders: -1, Quotas: true})
		defer mall.Close()
		cfg := configOf(mall)
		cfg.Limiter = nil
		c, err := yahoo.New(cfg)
		require.NoError(t, err)
		id := mall.AddOrder(yahootest.Order{Fields: map[string]string{"PayMethod": "payment_b1", "PayType": "1"}})
		status := func() order.Status {
			o, err := c.Order(t.Context(), id)
			require.NoError(t, err)
			return o.Status
		}
		require.Equal(t, order.AwaitingPayment, status())
		time.Sleep(10 * time.Minute)
		_, err = c.OrderPayStatusChange(t.Context(),
			yahoo.OrderPayStatusChangeRequest{OrderID: id, PayStatus: yahoo.PayPaid})
		require.NoError(t, err)
		require.Equal(t, order.ReadyToShip, status())
		_, err = c.Ship(t.Context(), []order.Shipment{
			{Order: id, Carrier: timeslot.JapanPost, Numbers: order.Tracking("00001111222"), At: time.Now()}}, order.WriteOptions{})
		require.NoError(t, err)
		require.Equal(t, order.Shipped, status())
		_, err = c.OrderStatusChange(t.Context(),
			yahoo.OrderStatusChangeRequest{OrderID: id, Status: yahoo.OrderCompleted, IsPointFix: true})
		require.NoError(t, err)
		require.Equal(t, order.Completed, status())
		for _, call := range mall.Calls("") {
			require.Equal(t, 200, call.Status, call.Operation)
		}
	})
}
