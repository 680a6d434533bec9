package amazon_test

import (
	"context"
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

// shop is a fake mall with one unshipped order of two lines (2 and 1 pieces).
func shop(
	t testing.TB, o amazontest.Options, change func(*amazontest.Order),
) (*amazontest.Mall, *amazon.Client, string) {
	t.Helper()
	o.Orders = -1
	m := amazontest.New(o)
	t.Cleanup(m.Close)
	add := amazontest.Order{Placed: time.Now().Add(-time.Hour), Status: "UNSHIPPED",
		Lines: []amazontest.Line{{ID: "11", Quantity: 2}, {ID: "12", Quantity: 1}}}
	if change != nil {
		change(&add)
	}
	return m, newClient(t, config(m)), m.AddOrder(add)
}

func parcel(id string) order.Shipment {
	return order.Shipment{Order: id, Carrier: timeslot.Yamato, Numbers: order.Tracking("490714955706"), At: time.Now()}
}

func TestShipWholeOrder(t *testing.T) {
	m, c, id := shop(t, amazontest.Options{}, nil)
	got, err := c.Ship(t.Context(), []order.Shipment{parcel(id)}, order.WriteOptions{})
	require.NoError(t, err)
	require.Equal(t, order.Done, got[0].Outcome)
	require.Empty(t, got[0].Warnings, "the read-back shows it")
	require.Equal(t, order.Yes, got[0].Repeating)
	o, _ := m.Order(id)
	require.Equal(t, "SHIPPED", o.Status)
	require.Equal(t, map[string]int{"11": 2, "12": 1}, o.Packages[0].Items)
	require.Equal(t, "YAMATO", o.Packages[0].Carrier)
	require.Equal(t, got[0].Records[0], o.Packages[0].ID)
	require.Contains(t, string(m.Calls("confirmShipment")[0].Body), `"packageReferenceId":"`, "as a JSON string")

	again, err := c.Ship(t.Context(), []order.Shipment{parcel(id)}, order.WriteOptions{})
	require.NoError(t, err)
	require.Equal(t, order.Done, again[0].Outcome)
	require.Equal(t, 1, m.Count("confirmShipment"), "what the order shows already is not sent again")

	other := parcel(id)
	other.Numbers = order.Tracking("444413758703")
	refused, err := c.Ship(t.Context(), []order.Shipment{other}, order.WriteOptions{})
	require.ErrorIs(t, err, order.ErrConflict)
	require.Equal(t, order.Refused, refused[0].Outcome)
}

func TestShipInTwoPackages(t *testing.T) {
	m, c, id := shop(t, amazontest.Options{}, nil)
	first, second := parcel(id), parcel(id)
	first.Lines = []order.LineQuantity{{Line: "11", Quantity: 1}}
	second.Numbers, second.Carrier = order.Tracking("444413758703"), timeslot.JapanPost
	got, err := c.Ship(t.Context(), []order.Shipment{first, second}, order.WriteOptions{})
	require.NoError(t, err)
	require.NotEqual(t, got[0].Records, got[1].Records)
	o, _ := m.Order(id)
	require.Len(t, o.Packages, 2)
	require.Equal(t, map[string]int{"11": 1, "12": 1}, o.Packages[1].Items, "the second takes what the first has left")
	require.Equal(t, 2, m.Count("getOrder"), "one read before, one after")
}

func TestShipDryRun(t *testing.T) {
	m, c, id := shop(t, amazontest.Options{}, nil)
	got, err := c.Ship(t.Context(), []order.Shipment{parcel(id), {Order: id}}, order.WriteOptions{DryRun: true})
	require.ErrorIs(t, err, order.ErrInvalid)
	require.Equal(t, order.Done, got[0].Outcome)
	require.True(t, got[0].DryRun)
	require.Equal(t, order.Refused, got[1].Outcome)
	require.Zero(t, m.Count("confirmShipment"))
}

func TestShipIsRefused(t *testing.T) {
	tests := map[string]struct {
		order  func(*amazontest.Order)
		change func(*order.Shipment)
		class  order.Class
		says   string
	}{
		"no carrier":        {nil, func(s *order.Shipment) { s.Carrier = "" }, order.ErrInvalid, "Carrier"},
		"no date":           {nil, func(s *order.Shipment) { s.At = time.Time{} }, order.ErrInvalid, "At"},
		"no number":         {nil, func(s *order.Shipment) { s.Numbers = nil }, order.ErrInvalid, "Numbers"},
		"two numbers":       {nil, func(s *order.Shipment) { s.Numbers = order.Tracking("0001", "0002") }, order.ErrInvalid, "one per package"},
		"removal":           {nil, func(s *order.Shipment) { s.Numbers[0].Record, s.Numbers[0].Remove = "1", true }, order.ErrInvalid, "remove"},
		"other, no name":    {nil, func(s *order.Shipment) { s.Carrier = timeslot.OtherCarrier }, order.ErrInvalid, "CarrierName"},
		"unknown line":      {nil, func(s *order.Shipment) { s.Lines = []order.LineQuantity{{Line: "99", Quantity: 1}} }, order.ErrInvalid, "99"},
		"too many":          {nil, func(s *order.Shipment) { s.Lines = []order.LineQuantity{{Line: "11", Quantity: 3}} }, order.ErrInvalid, "2 left"},
		"none":              {nil, func(s *order.Shipment) { s.Lines = []order.LineQuantity{{Line: "11"}} }, order.ErrInvalid, "at least 1"},
		"unknown parcel":    {nil, func(s *order.Shipment) { s.Parcel = "another" }, order.ErrInvalid, "no such parcel"},
		"unknown package":   {nil, func(s *order.Shipment) { s.Numbers[0].Record = "7" }, order.ErrNotFound, "no package 7"},
		"unknown order":     {nil, func(s *order.Shipment) { s.Order = "250-9999999-9999999" }, order.ErrNotFound, ""},
		"pending":           {func(o *amazontest.Order) { o.Status = "PENDING" }, nil, order.ErrConflict, "not paid"},
		"cancelled":         {func(o *amazontest.Order) { o.Status = "CANCELLED" }, nil, order.ErrConflict, "cancelled"},
		"shipped by Amazon": {func(o *amazontest.Order) { o.FulfilledBy = "AMAZON" }, nil, order.ErrConflict, "the mall's warehouse"},
		"FBM Ship+":         {func(o *amazontest.Order) { o.Programs = []string{"FBM_SHIP_PLUS"} }, nil, order.ErrConflict, "Ship+"},
		"Easy Ship":         {func(o *amazontest.Order) { o.Programs = []string{"AMAZON_EASY_SHIP"} }, nil, order.ErrConflict, "schedule the pick-up"},
		"reserved":          {func(o *amazontest.Order) { o.Status = "PENDING_AVAILABILITY" }, nil, order.ErrConflict, "reservation"},
		"held":              {func(o *amazontest.Order) { o.Status = "UNFULFILLABLE" }, nil, order.ErrConflict, "on hold"},
		"status unknown":    {func(o *amazontest.Order) { o.Status = "UNDER_INVESTIGATION" }, nil, order.ErrConflict, "not known"},
		"to be cancelled":   {func(o *amazontest.Order) { o.CancelReason = "誤注文" }, nil, order.ErrConflict, "asked to cancel"},
		"unknown carrier":   {nil, func(s *order.Shipment) { s.Carrier = "架空運輸" }, order.ErrInvalid, "timeslot.OtherCarrier"},
		"a spreadsheet":     {nil, func(s *order.Shipment) { s.Numbers = order.Tracking("4.05548E+11") }, order.ErrInvalid, "spreadsheet"},
		"a broken number":   {nil, func(s *order.Shipment) { s.Numbers = order.Tracking("4055\x00") }, order.ErrInvalid, "control character"},
		"a year away":       {nil, func(s *order.Shipment) { s.At = time.Now().AddDate(1, 0, 0) }, order.ErrInvalid, "31 days"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m, c, id := shop(t, amazontest.Options{}, test.order)
			s := parcel(id)
			if test.change != nil {
				test.change(&s)
			}
			for _, dry := range []bool{true, false} {
				got, err := c.Ship(t.Context(), []order.Shipment{s}, order.WriteOptions{DryRun: dry})
				require.ErrorIs(t, err, test.class)
				require.ErrorContains(t, err, test.says)
				require.Equal(t, order.Refused, got[0].Outcome)
				require.Equal(t, s.Order, order.Concerns(got[0].Err))
				require.NotEmpty(t, got[0].Next)
			}
			require.Zero(t, m.Count("confirmShipment"))
		})
	}
}

func TestShipCashOnDeliveryAndOtherCarriers(t *testing.T) {
	m, source, id := shop(t, amazontest.Options{}, func(o *amazontest.Order) { o.Lines[0].COD = true })
	s := parcel(id)
	s.Carrier, s.CarrierName, s.Method = timeslot.OtherCarrier, "架空運輸", "宅配便"
	_, err := source.Ship(t.Context(), []order.Shipment{s}, order.WriteOptions{})
	require.NoError(t, err)
	body := string(m.Calls("confirmShipment")[0].Body)
	require.Contains(t, body, `"codCollectionMethod":"DirectPayment"`)
	require.Contains(t, body, `"carrierCode":"Other","carrierName":"架空運輸","shippingMethod":"宅配便"`)

	for _, c := range []struct {
		carrier timeslot.Carrier
		name    string
		warns   bool
	}{{"その他", "ヤマト運輸", true}, {timeslot.OtherCarrier, "架空運輸", false}, {"佐川急便", "", false}} {
		s := parcel(id)
		s.Carrier, s.CarrierName = c.carrier, c.name
		results, err := source.Ship(t.Context(), []order.Shipment{s}, order.WriteOptions{DryRun: true})
		require.NoError(t, err)
		warned := slices.ContainsFunc(results[0].Warnings, func(w order.Warning) bool {
			return w.Code == amazon.WarnCarrierOther && strings.Contains(w.Message, "has a code for ヤマト運輸")
		})
		require.Equal(t, c.warns, warned, "%v", results[0].Warnings)
	}
}

func TestShipCorrectsAPackage(t *testing.T) {
	m, c, id := shop(t, amazontest.Options{}, nil)
	first, err := c.Ship(t.Context(), []order.Shipment{parcel(id)}, order.WriteOptions{})
	require.NoError(t, err)
	fix := parcel(id)
	fix.Numbers = []order.TrackingNumber{{Number: "444803009836", Record: first[0].Records[0]}}
	_, err = c.Ship(t.Context(), []order.Shipment{fix}, order.WriteOptions{})
	require.NoError(t, err)
	o, _ := m.Order(id)
	require.Len(t, o.Packages, 1)
	require.Equal(t, "444803009836", o.Packages[0].Tracking)
	require.Equal(t, map[string]int{"11": 2, "12": 1}, o.Packages[0].Items)
}

// The answer is lost after Amazon has applied the write: it is repeated, which overwrites the same
// package.
func TestShipAnswerLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, c, id := shop(t, amazontest.Options{}, nil)
		defer m.Close()
		require.NoError(t, m.Inject(amazontest.Fault{Kind: amazontest.ReplyLost, Operation: "confirmShipment"}))
		got, err := c.Ship(t.Context(), []order.Shipment{parcel(id)}, order.WriteOptions{})
		require.NoError(t, err)
		require.Equal(t, order.Done, got[0].Outcome)
		require.Equal(t, 2, m.Count("confirmShipment"))
		o, _ := m.Order(id)
		require.Len(t, o.Packages, 1)

		require.NoError(t, m.Inject(amazontest.Fault{Kind: amazontest.ReplyLost, Operation: "confirmShipment",
			Times: -1}))
		fix := parcel(id)
		fix.Numbers = []order.TrackingNumber{{Number: "444803009836", Record: got[0].Records[0]}}
		got, err = c.Ship(t.Context(), []order.Shipment{fix}, order.WriteOptions{})
		require.ErrorIs(t, err, order.ErrTemporary)
		require.Equal(t, order.Unsettled, got[0].Outcome)
		require.NotEmpty(t, got[0].Next)
	})
}

func TestShipStopsWhenTheKeysAreDead(t *testing.T) {
	m, c, id := shop(t, amazontest.Options{}, nil)
	m.RevokeAuthorization()
	got, err := c.Ship(t.Context(), []order.Shipment{parcel(id), parcel(id), parcel(id)}, order.WriteOptions{})
	require.ErrorIs(t, err, order.ErrCredentialExpired)
	require.Len(t, got, 3)
	require.Equal(t, []order.Outcome{order.Refused, order.NotSent, order.NotSent},
		[]order.Outcome{got[0].Outcome, got[1].Outcome, got[2].Outcome})
	require.Zero(t, m.Count("getOrder"))

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got, err = c.Ship(ctx, []order.Shipment{parcel(id)}, order.WriteOptions{})
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, order.NotSent, got[0].Outcome)
}

func TestShipWarnings(t *testing.T) {
	_, c, id := shop(t, amazontest.Options{}, func(o *amazontest.Order) {
		o.CancelReason = "誤注文"
		o.Lines[1].Programs = []string{"TRANSPARENCY"}
	})
	got, err := c.Ship(t.Context(), []order.Shipment{parcel(id)}, order.WriteOptions{DryRun: true, AnyState: true})
	require.NoError(t, err)
	var codes []string
	for _, w := range got[0].Warnings {
		codes = append(codes, w.Code)
	}
	require.Equal(t, []string{"cancel_requested", "cancel_requested", "cancel_requested", "transparency"}, codes)
}

func TestShipOneParcelOfTwo(t *testing.T) {
	m, c, id := shop(t, amazontest.Options{}, func(o *amazontest.Order) {
		day := time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, 2)
		o.Level = "SCHEDULED"
		o.Lines[0].From, o.Lines[0].To = day.Add(5*time.Hour), day.Add(7*time.Hour)
		o.Lines[1].From, o.Lines[1].To = day.Add(29*time.Hour), day.Add(31*time.Hour)
	})
	o, err := c.Order(t.Context(), id)
	require.NoError(t, err)
	require.Len(t, o.Parcels, 2)
	s := parcel(id)
	_, err = c.Ship(t.Context(), []order.Shipment{s}, order.WriteOptions{})
	require.ErrorContains(t, err, "several parcels")
	s.Parcel = o.Parcels[1].ID
	_, err = c.Ship(t.Context(), []order.Shipment{s}, order.WriteOptions{})
	require.NoError(t, err)
	now, _ := m.Order(id)
	require.Equal(t, map[string]int{"12": 1}, now.Packages[0].Items)
	require.Equal(t, "PARTIALLY_SHIPPED", now.Status)
}
