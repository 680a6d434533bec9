package yahoo_test

import (
	"context"
	"encoding/json"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

func yamato(id string, numbers ...string) order.Shipment {
	return order.Shipment{Order: id, Carrier: timeslot.Yamato, Numbers: order.Tracking(numbers...),
		At: time.Now().Add(-time.Minute)}
}

// The order is judged as it stands at the mall, alike in a dry run and in earnest, whatever the
// caller remembers of it.
func TestShipAsksTheMallWhetherItMay(t *testing.T) {
	for name, tc := range map[string]struct {
		fields []string
		code   order.ObjectionCode
		lifted order.WriteOptions
		sent   bool // once it is lifted: else the mall refuses
	}{
		"held":        {[]string{"OrderStatus", "3"}, order.ObjectOnHold, order.WriteOptions{AnyState: true}, true},
		"suspect":     {[]string{"Suspect", "1"}, order.ObjectOnHold, order.WriteOptions{AnyState: true}, true},
		"fraud":       {[]string{"FraudHoldStatus", "1"}, order.ObjectOnHold, order.WriteOptions{AnyState: true}, true},
		"reserved":    {[]string{"OrderStatus", "1"}, order.ObjectReserved, order.WriteOptions{AnyState: true}, true},
		"not paid":    {[]string{"PayStatus", "0"}, order.ObjectNotPaid, order.WriteOptions{AnyState: true}, true},
		"unknown":     {[]string{"OrderStatus", "7"}, order.ObjectUnknownStatus, order.WriteOptions{AnyState: true}, true},
		"cancelled":   {[]string{"OrderStatus", "4"}, order.ObjectCancelled, order.WriteOptions{AnyState: true}, false},
		"unread slot": {[]string{"ShipRequestTime", "夕方ごろ"}, order.ObjectUnreadSlot, order.WriteOptions{UnresolvedSlot: true}, true},
		"the mall's":  {[]string{"ShipInstructType", "102"}, order.ObjectMallShips, order.WriteOptions{AnyState: true}, true},
	} {
		t.Run(name, func(t *testing.T) {
			mall := newMall(t)
			c := newClient(t, mall)
			list := []order.Shipment{yamato(ordinary(mall, append([]string{"IsSeen", "true"}, tc.fields...)...),
				"490714955706")}
			for _, dry := range []bool{true, false} {
				got, err := c.Ship(t.Context(), list, order.WriteOptions{DryRun: dry})
				require.ErrorIs(t, err, order.ErrConflict)
				require.Equal(t, []string{string(tc.code), list[0].Order},
					[]string{got[0].Code, order.Concerns(got[0].Err)})
			}
			require.Zero(t, mall.Count("orderShipStatusChange"))
			got, err := c.Ship(t.Context(), list, tc.lifted)
			require.Equal(t, 1, mall.Count("orderShipStatusChange"))
			require.Equal(t, string(tc.code), got[0].Warnings[0].Code)
			require.Equal(t, tc.sent, err == nil, "%v", err)
		})
	}
}

// The other writes go by the table of states.
func TestOtherWritesAskTheMallToo(t *testing.T) {
	morning := timeslot.Morning
	for name, tc := range map[string]struct {
		fields []string
		write  func(context.Context, *yahoo.Client, string, order.WriteOptions) ([]order.Result, error)
	}{
		"confirm shipped": {[]string{"ShipStatus", "3"}, func(ctx context.Context, c *yahoo.Client, id string, o order.WriteOptions) ([]order.Result, error) {
			return c.Confirm(ctx, []order.Confirmation{{Order: id}}, o)
		}},
		"cancel cancelled": {[]string{"OrderStatus", "4"}, func(ctx context.Context, c *yahoo.Client, id string, o order.WriteOptions) ([]order.Result, error) {
			return c.Cancel(ctx, []order.Cancellation{{Order: id, Reason: order.Unpaid}}, o)
		}},
		"deliver completed": {[]string{"OrderStatus", "5"}, func(ctx context.Context, c *yahoo.Client, id string, o order.WriteOptions) ([]order.Result, error) {
			return c.ChangeDelivery(ctx, []order.DeliveryChange{{Order: id, Slot: &morning}}, o)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			mall := newMall(t)
			c := newClient(t, mall)
			id := ordinary(mall, tc.fields...)
			writes := func() int { return mall.Count("orderChange") + mall.Count("orderStatusChange") }
			for _, dry := range []bool{true, false} {
				_, err := tc.write(t.Context(), c, id, order.WriteOptions{DryRun: dry})
				require.ErrorIs(t, err, order.ErrConflict)
			}
			require.Zero(t, writes())
			_, _ = tc.write(t.Context(), c, id, order.WriteOptions{AnyState: true})
			require.Equal(t, 1, writes())
		})
	}
}

// Numbers, carriers and dates as people write them.
func TestShipmentsAsPeopleWriteThem(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	id := ordinary(mall, "IsSeen", "true", "ShipInvoiceNumber1", "4907-1495-5706")
	e := yamato(id, "４９０７－１４９５－５７０６", "4444-1375-8703\r\n", "="+`"490714955706"`)
	e.Carrier, e.CarrierName = "ヤマト運輸", "見本急便"
	got, err := c.Ship(t.Context(), []order.Shipment{e}, order.WriteOptions{})
	require.NoError(t, err)
	require.Equal(t, []string{"490714955706", "444413758703"}, got[0].Numbers)
	require.Equal(t, []string{"number_twice", "not_taken"}, codesOf(got[0].Warnings))
	o, _ := mall.Order(id)
	require.Equal(t, []string{"4907-1495-5706", "444413758703", "1001"},
		[]string{o.Fields["ShipInvoiceNumber1"], o.Fields["ShipInvoiceNumber2"], o.Fields["ShipCompanyCode"]},
		"one number in two spellings is one")

	post := yamato(ordinary(mall, "IsSeen", "true"), "1937-1530-1010")
	post.Carrier = timeslot.JapanPost
	_, err = c.Ship(t.Context(), []order.Shipment{post}, order.WriteOptions{})
	require.NoError(t, err)
	_, err = c.OrderShipStatusChange(t.Context(),
		yahoo.OrderShipStatusChangeRequest{OrderID: post.Order, Ship: yahoo.ShipStatusChange{
			ShipStatus: yahoo.ShipDone, ShipCompanyCode: yahoo.CompanyJapanPost,
			ShipInvoiceNumber1: ptr("EE12-3456-785JP")}})
	require.NoError(t, err, "the mall counts without hyphens")

	for want, bad := range map[string]order.Shipment{
		"spreadsheet": yamato(id, "4.05548E+11"), "no digit": yamato(id, "abc"), "31 days": {Order: id, Carrier: timeslot.Yamato, At: time.Now().AddDate(1, 0, 0)},
		"invented-express": {Order: id, Carrier: "invented-express", At: time.Now()},
	} {
		for _, dry := range []bool{true, false} {
			_, err := c.Ship(t.Context(), []order.Shipment{bad}, order.WriteOptions{DryRun: dry})
			require.ErrorIs(t, err, order.ErrInvalid)
			require.ErrorContains(t, err, want)
		}
	}
}

func codesOf(warnings []order.Warning) []string {
	var all []string
	for _, w := range warnings {
		all = append(all, w.Code)
	}
	return all
}

// WriteOptions.FirstNumbers takes as many numbers as there is room for, in the shipment and in the
// order.
func TestFirstNumbers(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	three := yamato(ordinary(mall, "IsSeen", "true"), "490714955706", "490714955710", "490714955721")
	one := yamato(ordinary(mall, "IsSeen", "true", "ShipInvoiceNumber1", "444413758703"), "490714955706", "490714955710")
	for _, e := range []order.Shipment{three, one} {
		_, err := c.Ship(t.Context(), []order.Shipment{e}, order.WriteOptions{})
		require.Error(t, err, "refused, never cut")
	}
	got, err := c.Ship(t.Context(), []order.Shipment{three, one}, order.WriteOptions{FirstNumbers: true})
	require.NoError(t, err)
	for i, want := range [][2]string{{"490714955706", "490714955710"}, {"444413758703", "490714955706"}} {
		require.Equal(t, []string{"numbers_cut"}, codesOf(got[i].Warnings))
		o, _ := mall.Order(got[i].Order)
		require.Equal(t, want, [2]string{o.Fields["ShipInvoiceNumber1"], o.Fields["ShipInvoiceNumber2"]})
	}
	require.Equal(t, []string{"490714955706"}, got[1].Numbers, "what was not sent is not told as reported")
}

// A tracking number and a reason for having none exclude each other, in one request and against
// what the order has.
func TestNoNumber(t *testing.T) {
	for reason, code := range map[order.NoNumber]string{order.MakerShips: "101", order.NothingToShip: "102",
		order.PickedUp:        "103",
		order.CarrierContacts: "104", order.MethodHasNoNumber: "105"} {
		mall := newMall(t)
		c := newClient(t, mall)
		e := yamato(ordinary(mall, "IsSeen", "true"))
		e.NoNumber = reason
		for range 2 { // harmless to repeat
			_, err := c.Ship(t.Context(), []order.Shipment{e}, order.WriteOptions{})
			require.NoError(t, err)
		}
		o, _ := mall.Order(e.Order)
		require.Equal(t, []string{code, "3", ""},
			[]string{o.Fields["ShipInvoiceNumberEmptyReason"], o.Fields["ShipStatus"], o.Fields["ShipInvoiceNumber1"]})
	}
	for name, tc := range map[string]struct {
		has    []string
		change func(*order.Shipment)
		class  order.Class
		says   string
	}{
		"both":             {nil, func(s *order.Shipment) { s.NoNumber, s.Numbers = order.PickedUp, order.Tracking("0001") }, order.ErrInvalid, "excludes"},
		"unknown reason":   {nil, func(s *order.Shipment) { s.NoNumber = "dog_ate_it" }, order.ErrInvalid, "NoNumber"},
		"order has number": {[]string{"ShipInvoiceNumber2", "0002"}, func(s *order.Shipment) { s.NoNumber = order.PickedUp }, order.ErrConflict, "tracking number"},
		"order has reason": {[]string{"ShipInvoiceNumberEmptyReason", "101"}, func(s *order.Shipment) { s.Numbers = order.Tracking("0001") }, order.ErrConflict, "伝票番号なし理由"},
	} {
		t.Run(name, func(t *testing.T) {
			mall := newMall(t)
			c := newClient(t, mall)
			e := yamato(ordinary(mall, append([]string{"IsSeen", "true"}, tc.has...)...))
			tc.change(&e)
			for _, dry := range []bool{true, false} {
				_, err := c.Ship(t.Context(), []order.Shipment{e}, order.WriteOptions{DryRun: dry})
				require.ErrorIs(t, err, tc.class)
				require.ErrorContains(t, err, tc.says)
			}
			require.Zero(t, mall.Count("orderShipStatusChange"))
		})
	}
	// The mall itself refuses what a raw call sends.
	mall := newMall(t)
	c := newClient(t, mall)
	id := ordinary(mall, "ShipInvoiceNumber1", "0001")
	_, err := c.OrderShipStatusChange(t.Context(), yahoo.OrderShipStatusChangeRequest{OrderID: id,
		Ship: yahoo.ShipStatusChange{ShipStatus: yahoo.ShipDone,
			ShipInvoiceNumberEmptyReason: ptr(yahoo.EmptyNoNumber)}})
	require.ErrorIs(t, err, order.ErrInvalid)
}

// The carrier tied to a delivery method wins over the one that was given: never done without a
// word.
func TestShipWithAMethod(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := yahootest.New(yahootest.Options{Orders: -1})
		defer mall.Close()
		c := newClient(t, mall)
		same := yamato(ordinary(mall, "IsSeen", "true"), "490714955706")
		other := yamato(ordinary(mall, "IsSeen", "true"), "490714955710")
		same.Method, other.Method = "postage1", "postage2"
		got, err := c.Ship(t.Context(), []order.Shipment{same, other}, order.WriteOptions{})
		require.Error(t, err)
		require.Equal(t, []order.Outcome{order.Done, order.Unsettled}, outcomes(got))
		require.Equal(t, []string{yahoo.WarnMethodCarrier}, codesOf(got[0].Warnings))
		require.Equal(t, []string{yahoo.WarnMethodCarrier, yahoo.WarnCarrierDiffers}, codesOf(got[1].Warnings))
		require.Contains(t, got[1].Message, "佐川急便 (1002), not ヤマト運輸")
		require.Equal(t, 2, mall.Count("orderShipStatusChange"))
		settled, err := c.Settle(t.Context(), got)
		require.Error(t, err)
		require.Equal(t, order.Unsettled, settled[1].Outcome, "the number shows, the carrier does not")

		other.Method = ""
		got, err = c.Ship(t.Context(), []order.Shipment{other}, order.WriteOptions{})
		require.NoError(t, err, "as Message says")
		o, _ := mall.Order(other.Order)
		require.Equal(t, []string{"1001", "490714955710", ""},
			[]string{o.Fields["ShipCompanyCode"], o.Fields["ShipInvoiceNumber1"], o.Fields["ShipInvoiceNumber2"]})
		require.Empty(t, got[0].Warnings)
	})
}

// The answer to one operation is not the answer to another, and an order is no answer to a change
// of it.
func TestAnswersOfOtherOperationsAreNone(t *testing.T) {
	order1 := "<OrderInfo><OrderId>mihon-store-10000001</OrderId><IsSeen>true</IsSeen></OrderInfo>"
	for name, body := range map[string]string{
		"this order":    `<ResultSet totalResultsAvailable="1" totalResultsReturned="1" firstResultPosition="1"><Result><Status>OK</Status>` + order1 + `</Result></ResultSet>`,
		"another order": `<ResultSet totalResultsAvailable="1" totalResultsReturned="1" firstResultPosition="1"><Result><Status>OK</Status><OrderInfo><OrderId>mihon-store-9</OrderId></OrderInfo></Result></ResultSet>`,
		"a list":        `<Result><Status>OK</Status><Search><TotalCount>1</TotalCount>` + order1 + `</Search></Result>`,
		"a count":       `<ResultSet totalResultsAvailable="1" totalResultsReturned="1" firstResultPosition="1"><Result><Status>OK</Status><Count><NewOrder>1</NewOrder></Count></Result></ResultSet>`,
		"nothing":       `<ResultSet><Result><Status>OK</Status></Result></ResultSet>`,
		"none done":     `<ResultSet totalResultsAvailable="0" totalResultsReturned="0" ok="0" ng="0"><Result><Status>OK</Status></Result></ResultSet>`,
	} {
		t.Run(name, func(t *testing.T) {
			mall := newMall(t)
			c := newClient(t, mall)
			id := ordinary(mall)
			day := order.Date{Year: 2026, Month: 10, Day: 3}
			for operation, call := range map[string]func() ([]order.Result, error){
				"orderShipStatusChange": func() ([]order.Result, error) {
					return c.Ship(t.Context(), []order.Shipment{yamato(id, "0001")}, order.WriteOptions{})
				},
				"orderStatusChange": func() ([]order.Result, error) {
					return c.Cancel(t.Context(), []order.Cancellation{{Order: id, Reason: order.Unpaid}},
						order.WriteOptions{})
				},
				"orderChange": func() ([]order.Result, error) {
					return c.ChangeDelivery(t.Context(), []order.DeliveryChange{{Order: id, Date: &day}},
						order.WriteOptions{})
				},
			} {
				require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.Custom, Operation: operation,
					Body: body}))
				got, err := call()
				require.Error(t, err, operation)
				require.Equal(t, order.Unsettled, got[0].Outcome, "%s: %s", operation, got[0].Message)
				require.Equal(t, 1, mall.Count(operation), "sent once")
			}
			for operation, call := range map[string]func() error{
				"orderPayNumber": func() error { _, err := c.OrderPayNumber(t.Context(), id, ""); return err },
				"orderSplit": func() error {
					_, err := c.OrderSplit(t.Context(),
						yahoo.OrderSplitRequest{OrderID: id, OperationUser: "担当者", Parts: [2]yahoo.SplitPart{
							{Items: []yahoo.SplitItem{{LineID: 1, Quantity: 1}}}, {Items: []yahoo.SplitItem{{LineID: 1, Quantity: 1}}}}})
					return err
				},
			} {
				require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.Custom, Operation: operation,
					Body: body}))
				require.ErrorIs(t, call(), order.ErrUndecodable, operation)
			}
		})
	}
}

// "OK" names no order. What the order does not show is not done, whatever the mall answered.
func TestDoneIsWhatTheOrderShows(t *testing.T) {
	day, morning := order.Date{Year: 2026, Month: 10, Day: 3}, timeslot.Morning
	for name, tc := range map[string]struct {
		operation string
		write     func(context.Context, *yahoo.Client, string, order.WriteOptions) ([]order.Result, error)
	}{
		"ship": {"orderShipStatusChange", func(ctx context.Context, c *yahoo.Client, id string, o order.WriteOptions) ([]order.Result, error) {
			return c.Ship(ctx, []order.Shipment{yamato(id, "0001")}, o)
		}},
		"cancel": {"orderStatusChange", func(ctx context.Context, c *yahoo.Client, id string, o order.WriteOptions) ([]order.Result, error) {
			return c.Cancel(ctx, []order.Cancellation{{Order: id, Reason: order.Unpaid}}, o)
		}},
		"confirm": {"orderChange", func(ctx context.Context, c *yahoo.Client, id string, o order.WriteOptions) ([]order.Result, error) {
			return c.Confirm(ctx, []order.Confirmation{{Order: id}}, o)
		}},
		"annotate": {"orderChange", func(ctx context.Context, c *yahoo.Client, id string, o order.WriteOptions) ([]order.Result, error) {
			return c.Annotate(ctx, []order.Annotation{{Order: id, Memo: "見本"}}, o)
		}},
		"deliver": {"orderChange", func(ctx context.Context, c *yahoo.Client, id string, o order.WriteOptions) ([]order.Result, error) {
			return c.ChangeDelivery(ctx, []order.DeliveryChange{{Order: id, Date: &day, Slot: &morning}}, o)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				mall := yahootest.New(yahootest.Options{Orders: -1, ReadLag: 30 * time.Second})
				defer mall.Close()
				c := newClient(t, mall)
				id := ordinary(mall)
				require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.Custom, Operation: tc.operation,
					Body: `<ResultSet totalResultsAvailable="1" totalResultsReturned="1" ok="1" ng="0"><Result><Status>OK</Status></Result></ResultSet>`}))
				for range 2 { // not applied at all; then applied, and not shown yet
					begin := time.Now()
					got, err := tc.write(t.Context(), c, id, order.WriteOptions{ShownWithin: 20 * time.Second})
					require.ErrorIs(t, err, order.ErrTemporary)
					require.Equal(t, order.Unsettled, got[0].Outcome)
					require.Positive(t, got[0].Wait)
					require.Equal(t, 20*time.Second, time.Since(begin))
				}
				time.Sleep(time.Minute)
				got, err := tc.write(t.Context(), c, id, order.WriteOptions{ShownWithin: time.Minute})
				if name == "cancel" {
					require.ErrorIs(t, err, order.ErrConflict, "it shows by now")
					return
				}
				require.NoError(t, err)
				require.Equal(t, order.Done, got[0].Outcome)
			})
		})
	}
}

// Whatever says "repeating is harmless" is repeated at the worst moment: the answer was lost, and
// the order does not show it yet.
func TestRepeatingAtTheWorstMoment(t *testing.T) {
	day, morning := order.Date{Year: 2026, Month: 10, Day: 3}, timeslot.Morning
	for name, tc := range map[string]struct {
		operation string
		has       []string
		write     func(context.Context, *yahoo.Client, string) ([]order.Result, error)
		settles   bool // Settle can tell
	}{
		"ship": {"orderShipStatusChange", nil, func(ctx context.Context, c *yahoo.Client, id string) ([]order.Result, error) {
			return c.Ship(ctx, []order.Shipment{yamato(id, "0001", "0002")}, order.WriteOptions{})
		}, true},
		"ship the second": {"orderShipStatusChange", []string{"ShipInvoiceNumber1", "0009"}, func(ctx context.Context, c *yahoo.Client, id string) ([]order.Result, error) {
			return c.Ship(ctx, []order.Shipment{yamato(id, "0001")}, order.WriteOptions{})
		}, true},
		"two shipments": {"orderShipStatusChange", nil, func(ctx context.Context, c *yahoo.Client, id string) ([]order.Result, error) {
			return c.Ship(ctx, []order.Shipment{yamato(id, "0001"), yamato(id, "0002")}, order.WriteOptions{})
		}, true},
		"replace": {"orderShipStatusChange", []string{"ShipInvoiceNumber1", "0009", "ShipInvoiceNumber2", "0008"},
			func(ctx context.Context, c *yahoo.Client, id string) ([]order.Result, error) {
				e := yamato(id, "0001")
				e.Numbers = append(e.Numbers, order.TrackingNumber{Record: "1", Remove: true})
				return c.Ship(ctx, []order.Shipment{e}, order.WriteOptions{})
			}, true},
		"remove": {"orderShipStatusChange", []string{"ShipInvoiceNumber1", "0009", "ShipInvoiceNumber2", "0008"},
			func(ctx context.Context, c *yahoo.Client, id string) ([]order.Result, error) {
				return c.Ship(ctx, []order.Shipment{
					{Order: id, Numbers: []order.TrackingNumber{{Record: "1", Remove: true}}}}, order.WriteOptions{})
			}, true},
		"confirm": {"orderChange", nil, func(ctx context.Context, c *yahoo.Client, id string) ([]order.Result, error) {
			return c.Confirm(ctx, []order.Confirmation{{Order: id}}, order.WriteOptions{})
		}, true},
		"annotate": {"orderChange", nil, func(ctx context.Context, c *yahoo.Client, id string) ([]order.Result, error) {
			return c.Annotate(ctx, []order.Annotation{{Order: id, Memo: "見本"}}, order.WriteOptions{})
		}, false},
		"deliver": {"orderChange", nil, func(ctx context.Context, c *yahoo.Client, id string) ([]order.Result, error) {
			return c.ChangeDelivery(ctx, []order.DeliveryChange{{Order: id, Date: &day, Slot: &morning}},
				order.WriteOptions{})
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				after := func(lost bool) (map[string]string, []order.Result) {
					mall := yahootest.New(yahootest.Options{Orders: -1, ReadLag: 2 * time.Minute})
					defer mall.Close()
					c := newClient(t, mall)
					id := ordinary(mall, append([]string{"IsSeen", "false"}, tc.has...)...)
					time.Sleep(3 * time.Minute)
					var first []order.Result
					if lost {
						require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.ReplyLost,
							Operation: tc.operation, Times: 2}))
						got, err := tc.write(t.Context(), c, id)
						require.Error(t, err)
						for i, r := range got {
							require.Equal(t, []any{order.Unsettled, order.Yes}, []any{r.Outcome, r.Repeating},
								r.Message)
							text, err := json.Marshal(got[i]) // a restart
							require.NoError(t, err)
							first = append(first, order.Result{})
							require.NoError(t, json.Unmarshal(text, &first[i]))
						}
						mall.ClearFaults()
						settled, err := c.Settle(t.Context(), first)
						require.Error(t, err, "it does not show yet")
						require.Equal(t, order.Unsettled, settled[0].Outcome)
						require.LessOrEqual(t, settled[0].Wait, got[0].Wait)
					}
					got, err := tc.write(t.Context(), c, id)
					require.Error(t, err, "accepted, and not shown yet")
					for _, r := range got {
						require.Equal(t, []any{order.Unsettled, order.Yes}, []any{r.Outcome, r.Repeating}, r.Message)
					}
					time.Sleep(6 * time.Minute)
					settled, _ := c.Settle(t.Context(), append(first, got...))
					o, _ := mall.Order(id)
					for _, name := range []string{"HistoryId", "LastUpdateTime", "OrderTime", "PublicationTime"} {
						delete(o.Fields, name)
					}
					return o.Fields, settled[:len(first)]
				}
				once, _ := after(false)
				twice, settled := after(true)
				require.Equal(t, once, twice)
				for _, r := range settled {
					require.Equal(t, tc.settles, r.Outcome == order.Done, "%s %s", r.Outcome, r.Message)
				}
			})
		})
	}
}

// What was never applied is known to be so after a while, and the mall's state decides on a
// cancellation.
func TestSettle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := yahootest.New(yahootest.Options{Orders: -1, CancelLater: time.Hour})
		defer mall.Close()
		c := newClient(t, mall)
		require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.Dropped, Operation: "orderShipStatusChange"}))
		ship, err := c.Ship(t.Context(), []order.Shipment{yamato(ordinary(mall), "0001")}, order.WriteOptions{})
		require.Error(t, err)
		later, err := c.Cancel(t.Context(), []order.Cancellation{{Order: ordinary(mall), Reason: order.Unpaid}},
			order.WriteOptions{})
		require.Error(t, err, "accepted, to be carried out later: not done")
		require.Equal(t, order.Unsettled, later[0].Outcome)
		require.Equal(t, "od91704", later[0].Warnings[0].Code)
		require.Equal(t, 1, mall.Mailed())

		open := append(ship, later...)
		open = append(open, order.Result{Mall: order.Yahoo, Shop: mall.Shop(), Ability: order.CanShip,
			Order: "mihon-store-1"},
			order.Result{Mall: order.Yahoo, Shop: mall.Shop(), Order: "x", Outcome: order.Done})
		got, err := c.Settle(t.Context(), open)
		require.Error(t, err)
		require.Equal(t, []order.Outcome{order.Unsettled, order.Unsettled, order.Unsettled, order.Done}, outcomes(got))
		require.Positive(t, got[0].Wait)
		require.ErrorIs(t, got[2].Err, order.ErrNotFound)
		time.Sleep(got[0].Wait)
		got, err = c.Settle(t.Context(), open)
		require.Error(t, err)
		require.Equal(t, order.Unsettled, got[1].Outcome, "it was accepted, and is still to come")
		require.Equal(t, order.Refused, got[0].Outcome, "it was never applied")
		require.Equal(t, order.Yes, got[0].Repeating)
		time.Sleep(time.Hour)
		got, _ = c.Settle(t.Context(), later)
		require.Equal(t, order.Done, got[0].Outcome)

		require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.ExpiredKey, Operation: "orderInfo", Times: -1}))
		calls := mall.Count("orderInfo")
		got, err = c.Settle(t.Context(), open)
		require.ErrorIs(t, err, order.ErrCredentialExpired)
		require.Equal(t, []order.Outcome{order.Unsettled, order.Unsettled, order.Unsettled, order.Done}, outcomes(got))
		require.Equal(t, calls+1, mall.Count("orderInfo"), "a dead key is not tried for each")
	})
}
