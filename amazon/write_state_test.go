package amazon_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func codesOf(warnings []order.Warning) []string {
	var all []string
	for _, w := range warnings {
		all = append(all, w.Code)
	}
	return all
}

// Only the documented answer of a write is one: not another status, not a document where Amazon
// sends none, not an error list.
func TestWritesTakeTheDocumentedAnswerOnly(t *testing.T) {
	type call func(context.Context, *amazon.Client, string) error
	queue := amazon.DestinationResource{SQS: &amazon.SQSResource{ARN: "arn:aws:sqs:us-west-2:000000000000:mihon"}}
	writes := map[string]call{
		"confirmShipment": func(ctx context.Context, c *amazon.Client, id string) error {
			_, err := c.ConfirmShipment(ctx, confirmation(id))
			return err
		},
		"updateShipmentStatus": func(ctx context.Context, c *amazon.Client, id string) error {
			_, err := c.UpdateShipmentStatus(ctx,
				amazon.UpdateShipmentStatusRequest{OrderID: id, MarketplaceID: amazon.Japan,
					ShipmentStatus: amazon.PickedUp})
			return err
		},
		"updateVerificationStatus": func(ctx context.Context, c *amazon.Client, id string) error {
			_, err := c.UpdateVerificationStatus(ctx, amazon.UpdateVerificationStatusRequest{OrderID: id,
				RegulatedOrderVerificationStatus: amazon.UpdateVerificationStatusRequestBody{
					Status: amazon.VerificationApproved, ExternalReviewerID: "mihon"}})
			return err
		},
		"createReport": func(ctx context.Context, c *amazon.Client, _ string) error {
			_, err := c.CreateReport(ctx, amazon.CreateReportRequest{ReportType: amazon.PendingOrders,
				MarketplaceIDs: []string{amazon.Japan}})
			return err
		},
		"cancelReport": func(ctx context.Context, c *amazon.Client, _ string) error {
			_, err := c.CancelReport(ctx, "1")
			return err
		},
		"createDestination": func(ctx context.Context, c *amazon.Client, _ string) error {
			_, err := c.CreateDestination(ctx, amazon.CreateDestinationRequest{Name: "x", ResourceSpecification: queue})
			return err
		},
		"deleteDestination": func(ctx context.Context, c *amazon.Client, _ string) error {
			_, err := c.DeleteDestination(ctx, "1")
			return err
		},
		"createSubscription": func(ctx context.Context, c *amazon.Client, _ string) error {
			_, err := c.CreateSubscription(ctx, amazon.CreateSubscriptionRequest{NotificationType: amazon.OrderChange,
				PayloadVersion: "1.0", DestinationID: "1"})
			return err
		},
		"deleteSubscriptionById": func(ctx context.Context, c *amazon.Client, _ string) error {
			_, err := c.DeleteSubscriptionByID(ctx, amazon.OrderChange, "1")
			return err
		},
		"rotateApplicationClientSecret": func(ctx context.Context, c *amazon.Client, _ string) error {
			_, err := c.RotateApplicationClientSecret(ctx)
			return err
		},
	}
	// answered with 204
	nothing := []string{"confirmShipment", "updateShipmentStatus", "updateVerificationStatus",
		"rotateApplicationClientSecret"}
	for operation, write := range writes {
		for _, bad := range []struct {
			status int
			body   string
		}{
			{201, `{"reportId":"1"}`}, {206, ``}, {200, `{"errors":[{"code":"InternalFailure","message":"x"}]}`}, {200, `{"message":"Service Unavailable"}`},
			{202, `{"errors":[]}`}, {203, `{}`}, {200, `<html></html>`}, {200, `null`}, {200, `[]`}, {204, ``},
		} {
			if bad.status == 204 && slices.Contains(nothing, operation) {
				continue
			}
			t.Run(fmt.Sprint(operation, bad), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { // confirmShipment is tried again
					m, c, id := shop(t, amazontest.Options{}, nil)
					defer m.Close()
					require.NoError(t, m.Inject(amazontest.Fault{Kind: amazontest.Custom, Operation: operation,
						Status: bad.status, Body: bad.body, Times: -1}))
					require.Error(t, write(t.Context(), c, id))
					if operation != "confirmShipment" {
						require.Equal(t, 1, m.Count(operation), "an unsafe write is sent once")
						return
					}
					got, err := c.Ship(t.Context(), []order.Shipment{parcel(id)}, order.WriteOptions{})
					require.Error(t, err)
					require.Equal(t, order.Unsettled, got[0].Outcome)
				})
			})
		}
	}
}

// 204 is acceptance, and Amazon drops what it does not like: what the order does not show is not
// done.
func TestShipIsDoneWhenTheOrderShowsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, c, id := shop(t, amazontest.Options{}, nil)
		defer m.Close()
		require.NoError(t, m.Inject(amazontest.Fault{Kind: amazontest.Custom, Operation: "confirmShipment",
			Status: 204}))
		begin := time.Now()
		got, err := c.Ship(t.Context(), []order.Shipment{parcel(id)}, order.WriteOptions{ShownWithin: time.Minute})
		require.ErrorIs(t, err, order.ErrTemporary)
		require.Equal(t, time.Minute, time.Since(begin), "as long as the caller allows")
		require.Equal(t, []any{order.Unsettled, order.Yes}, []any{got[0].Outcome, got[0].Repeating})
		require.Positive(t, got[0].Wait)
		require.NotEmpty(t, got[0].Next)

		settled, err := c.Settle(t.Context(), got)
		require.Error(t, err)
		require.Equal(t, order.Unsettled, settled[0].Outcome)
		time.Sleep(settled[0].Wait)
		settled, err = c.Settle(t.Context(), settled)
		require.Error(t, err)
		require.Equal(t, []any{order.Refused, order.Yes}, []any{settled[0].Outcome, settled[0].Repeating},
			"it was dropped")
		got, err = c.Ship(t.Context(), []order.Shipment{parcel(id)}, order.WriteOptions{})
		require.NoError(t, err)
		require.Equal(t, order.Done, got[0].Outcome)
	})
}

// A correction shows when the package has its new number.
func TestCorrectionIsReadBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, c, id := shop(t, amazontest.Options{}, nil)
		defer m.Close()
		first, err := c.Ship(t.Context(), []order.Shipment{parcel(id)}, order.WriteOptions{})
		require.NoError(t, err)
		require.NoError(t, m.Inject(amazontest.Fault{Kind: amazontest.Custom, Operation: "confirmShipment",
			Status: 204}))
		fix := parcel(id)
		fix.Numbers = []order.TrackingNumber{{Number: "444803009836", Record: first[0].Records[0]}}
		got, err := c.Ship(t.Context(), []order.Shipment{fix}, order.WriteOptions{ShownWithin: -1})
		require.Error(t, err)
		require.Equal(t, order.Unsettled, got[0].Outcome, "the package still has its old number")
	})
}

// What says "repeating is harmless" is repeated at the worst moment: the answer was lost, the order
// does not show it, or shows a part.
func TestShipRepeatedAtTheWorstMoment(t *testing.T) {
	for name, shipments := range map[string]func(id string) []order.Shipment{
		"whole order": func(id string) []order.Shipment { return []order.Shipment{parcel(id)} },
		"two packages": func(id string) []order.Shipment {
			a, b := parcel(id), parcel(id)
			a.Lines, b.Numbers = []order.LineQuantity{{Line: "11", Quantity: 1}}, order.Tracking("444413758703")
			return []order.Shipment{a, b}
		},
		"one line": func(id string) []order.Shipment {
			a := parcel(id)
			a.Lines = []order.LineQuantity{{Line: "12", Quantity: 1}}
			return []order.Shipment{a}
		},
	} {
		for _, counts := range []bool{false, true} {
			for _, fault := range []string{"", amazontest.ReplyLost, amazontest.Dropped} {
				t.Run(fmt.Sprint(name, counts, fault), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						m, c, id := shop(t, amazontest.Options{ReadLag: 3 * time.Minute, CountsLag: counts}, nil)
						defer m.Close()
						if fault != "" {
							require.NoError(t, m.Inject(amazontest.Fault{Kind: fault, Operation: "confirmShipment",
								Times: 4}))
						}
						first, err := c.Ship(t.Context(), shipments(id), order.WriteOptions{})
						require.Error(t, err)
						m.ClearFaults()
						require.Equal(t, []any{order.Unsettled, order.Yes}, []any{first[0].Outcome, first[0].Repeating})
						text, err := json.Marshal(first) // a restart
						require.NoError(t, err)
						for range 3 {
							again, err := c.Ship(t.Context(), shipments(id), order.WriteOptions{})
							require.Error(t, err)
							for _, r := range again {
								require.NotEqual(t, order.Done, r.Outcome)
								if fault == "" {
									require.Equal(t, order.Unsettled, r.Outcome, r.Message)
								}
							}
							time.Sleep(10 * time.Second)
						}
						time.Sleep(4 * time.Minute)
						var stored []order.Result
						require.NoError(t, json.Unmarshal(text, &stored))
						settled, _ := c.Settle(t.Context(), stored)
						require.Equal(t, order.Done, settled[0].Outcome, settled[0].Message)
						o, _ := m.Order(id)
						require.Len(t, o.Packages, len(shipments(id)), "nothing twice")
						got, err := c.Ship(t.Context(), shipments(id), order.WriteOptions{})
						require.NoError(t, err)
						require.Equal(t, order.Done, got[0].Outcome)
						require.Len(t, o.Packages, len(shipments(id)))
					})
				})
			}
		}
	}
}

func TestShipSoonVisible(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, c, id := shop(t, amazontest.Options{ReadLag: 5 * time.Second}, nil)
		defer m.Close()
		got, err := c.Ship(t.Context(), []order.Shipment{parcel(id)}, order.WriteOptions{})
		require.NoError(t, err)
		require.Equal(t, order.Done, got[0].Outcome)
		require.Empty(t, got[0].Warnings)
		require.Equal(t, []string{"490714955706"}, got[0].Numbers)
	})
}

// An absent number is unknown: it comes from what Amazon does tell, or is asked for.
func TestQuantitiesThatAreNotTold(t *testing.T) {
	for name, tc := range map[string]struct {
		status  string
		item    string // the line's fulfillment
		lines   []order.LineQuantity
		says    string // "" ships
		contain string
	}{
		"told":                 {"UNSHIPPED", `{"quantityUnfulfilled":2}`, nil, "", `"quantity":2`},
		"told to be none":      {"UNSHIPPED", `{"quantityUnfulfilled":0}`, nil, "nothing of the order is left", ""},
		"from what is shipped": {"PARTIALLY_SHIPPED", `{"quantityFulfilled":1}`, nil, "", `"quantity":1`},
		"nothing shipped yet":  {"UNSHIPPED", `{}`, nil, "", `"quantity":2`},
		"unknown":              {"PARTIALLY_SHIPPED", `{}`, nil, "does not report how much", ""},
		"unknown, given":       {"PARTIALLY_SHIPPED", `{}`, []order.LineQuantity{{Line: "11", Quantity: 1}}, "", `"quantity":1`},
	} {
		t.Run(name, func(t *testing.T) {
			m, c, id := shop(t, amazontest.Options{}, nil)
			body := fmt.Sprintf(
				`{"order":{"orderId":%q,"createdTime":"2026-01-05T01:00:00Z","lastUpdatedTime":"2026-01-05T01:00:00Z",
				"salesChannel":{"channelName":"AMAZON","marketplaceId":"A1VC38T7YXB528"},"fulfillment":{"fulfillmentStatus":%q,"fulfilledBy":"MERCHANT"},
				"orderItems":[{"orderItemId":"11","quantityOrdered":2,"product":{},"fulfillment":%s}]}}`, id, tc.status,
				tc.item)
			require.NoError(t, m.Inject(amazontest.Fault{Kind: amazontest.Custom, Operation: "getOrder", Body: body}))
			s := parcel(id)
			s.Lines = tc.lines
			_, err := c.Ship(t.Context(), []order.Shipment{s}, order.WriteOptions{})
			if tc.says != "" {
				require.ErrorContains(t, err, tc.says)
				require.Zero(t, m.Count("confirmShipment"))
				return
			}
			require.NoError(t, err)
			require.Contains(t, string(m.Calls("confirmShipment")[0].Body), tc.contain)
		})
	}
}

// Carriers and numbers as people write them go as Amazon's codes, never as Other without a word.
func TestShipAsPeopleWriteIt(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(*order.Shipment)
		body   string
		warned []string
	}{
		"Yamato":        {func(s *order.Shipment) { s.Carrier = "ヤマト運輸" }, `"carrierCode":"YAMATO",`, nil},
		"a service":     {func(s *order.Shipment) { s.Carrier = "ネコポス" }, `"carrierCode":"YAMATO",`, nil},
		"Sagawa":        {func(s *order.Shipment) { s.Carrier, s.Numbers = "佐川急便", order.Tracking("4448-0300-9836") }, `"carrierCode":"SAGAWA","trackingNumber":"444803009836"`, nil},
		"without code":  {func(s *order.Shipment) { s.Carrier = "トナミ運輸" }, `"carrierCode":"Other","carrierName":"トナミ運輸"`, []string{amazon.WarnCarrierOther}},
		"needless name": {func(s *order.Shipment) { s.CarrierName = "クロネコ" }, `"carrierCode":"YAMATO",`, []string{"not_taken"}},
		"a reason":      {func(s *order.Shipment) { s.Numbers = order.Tracking("４９０７－１４９５－５７０６") }, `"trackingNumber":"490714955706"`, nil},
		"mistyped":      {func(s *order.Shipment) { s.Numbers = order.Tracking("490714955705") }, `"trackingNumber":"490714955705"`, []string{"check_digit"}},
	} {
		t.Run(name, func(t *testing.T) {
			m, c, id := shop(t, amazontest.Options{}, nil)
			s := parcel(id)
			tc.change(&s)
			got, err := c.Ship(t.Context(), []order.Shipment{s}, order.WriteOptions{})
			require.NoError(t, err)
			require.Contains(t, string(m.Calls("confirmShipment")[0].Body), tc.body)
			require.Equal(t, tc.warned, codesOf(got[0].Warnings))
		})
	}
	m, c, id := shop(t, amazontest.Options{}, nil)
	s := parcel(id)
	s.Numbers = order.Tracking("490714955706", "444413758703")
	got, err := c.Ship(t.Context(), []order.Shipment{s}, order.WriteOptions{FirstNumbers: true})
	require.NoError(t, err)
	require.Equal(t, []string{"numbers_cut"}, codesOf(got[0].Warnings))
	require.Equal(t, []string{"490714955706"}, got[0].Numbers)
	s.NoNumber, s.Numbers = order.PickedUp, nil
	got, err = c.Ship(t.Context(), []order.Shipment{s}, order.WriteOptions{})
	require.ErrorContains(t, err, "requires a tracking number")
	require.Equal(t, []string{"not_taken"}, codesOf(got[0].Warnings))
	require.Equal(t, 1, m.Count("confirmShipment"))
}

// With AnyState Amazon decides, and what was objected stands in the warnings.
func TestShipInAnyState(t *testing.T) {
	m, c, id := shop(t, amazontest.Options{}, func(o *amazontest.Order) { o.CancelReason = "誤注文" })
	got, err := c.Ship(t.Context(), []order.Shipment{parcel(id)}, order.WriteOptions{AnyState: true})
	require.NoError(t, err)
	require.Equal(t, string(order.ObjectCancelRequested), got[0].Warnings[0].Code)
	pending := m.AddOrder(amazontest.Order{Status: "PENDING", Lines: []amazontest.Line{{ID: "11", Quantity: 1}}})
	got, err = c.Ship(t.Context(), []order.Shipment{parcel(pending)}, order.WriteOptions{AnyState: true})
	require.ErrorContains(t, err, "not eligible", "Amazon's words")
	require.Equal(t, order.Refused, got[0].Outcome)
}

// One order that Amazon refuses with a 403, while the seller's keys are well, fails alone.
func TestOneOrdersRefusalIsNotTheShops(t *testing.T) {
	m, c, id := shop(t, amazontest.Options{}, nil)
	second := m.AddOrder(amazontest.Order{Status: "UNSHIPPED", Lines: []amazontest.Line{{ID: "21", Quantity: 1}}})
	third := m.AddOrder(amazontest.Order{Status: "UNSHIPPED", Lines: []amazontest.Line{{ID: "31", Quantity: 1}}})
	require.NoError(t, m.Inject(amazontest.Fault{Kind: amazontest.Custom, Operation: "confirmShipment", After: 1,
		Status: 403,
		Body:   `{"errors":[{"code":"Unauthorized","message":"Access to requested resource is denied.","details":""}]}`}))
	list := []order.Shipment{parcel(id), parcel(second), parcel(third)}
	list[1].Carrier, list[2].Carrier = timeslot.JapanPost, timeslot.JapanPost
	got, err := c.Ship(t.Context(), list, order.WriteOptions{})
	require.ErrorIs(t, err, order.ErrForbidden)
	require.Equal(t, []order.Outcome{order.Done, order.Refused, order.Done},
		[]order.Outcome{got[0].Outcome, got[1].Outcome, got[2].Outcome})
	require.Equal(t, second, order.Concerns(got[1].Err))
}

// A column is found by the name that the report gives it.
func TestReportColumnsByTheirOwnNames(t *testing.T) {
	r, err := amazon.NewReportReader(strings.NewReader(
		"order-id\tverge-of-cancellation\tverge-of-lateShipment\n250-0000000-0000001\tfalse\ttrue\n"), "")
	require.NoError(t, err)
	for row, err := range r.Rows() {
		require.NoError(t, err)
		for _, name := range []string{"verge-of-lateShipment", "verge-of-lateshipment", "Verge-Of-LateShipment"} {
			got, ok := row.Lookup(name)
			require.True(t, ok, name)
			require.Equal(t, "true", got)
		}
		require.Equal(t, "true", row.Get(r.Columns()[2]))
		_, ok := row.Lookup("none")
		require.False(t, ok)
	}
}
