package amazon_test

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// The tables of this package, each stated again in Amazon's own words, as its models and documents
// have them.

// decoded is what Convert makes of the members of a literal order.
func decoded(t testing.TB, members string) order.Order {
	t.Helper()
	return amazon.Convert(decode(t, "{"+members+"}"), amazon.ConvertOptions{})
}

// TestTableOfStatuses has, for each fulfillmentStatus, what it is, whether a buyer's wish to cancel
// can still be granted, and whether the money of a card and of cash on delivery is there.
func TestTableOfStatuses(t *testing.T) {
	for text, want := range map[string]struct {
		status     order.Status
		wish       order.Status // with a buyer's request to cancel
		card, cash order.Answer
	}{
		"PENDING_AVAILABILITY": {order.Reserved, order.CancelRequested, order.No, order.No},
		"PENDING":              {order.AwaitingPayment, order.CancelRequested, order.No, order.No},
		"UNSHIPPED":            {order.ReadyToShip, order.CancelRequested, order.Yes, order.No},
		"PARTIALLY_SHIPPED":    {order.PartiallyShipped, order.CancelRequested, order.Yes, order.No},
		"SHIPPED":              {order.Shipped, order.Shipped, order.Yes, order.NotTold},
		"INVOICE_UNCONFIRMED":  {order.Shipped, order.Shipped, order.NotTold, order.NotTold},
		"CANCELLED":            {order.Cancelled, order.Cancelled, order.NotTold, order.NotTold},
		"UNFULFILLABLE":        {order.OnHold, order.CancelRequested, order.NotTold, order.NotTold},
		"SOMETHING_NEW":        {order.Unknown, order.CancelRequested, order.NotTold, order.NotTold},
	} {
		status := `"fulfillment": {"fulfillmentStatus": "` + text + `"}`
		pay := func(m string) string {
			return status + `, "payment": {"paymentExecutions": [{"paymentMethod": "` + m + `"}]}`
		}
		o := decoded(t, status)
		require.Equal(t, want.status, o.Status, text)
		require.Equal(t, text, o.MallStatus)
		require.Equal(t, want.wish, decoded(t,
			status+
				`, "orderItems": [{"quantityOrdered": 1, "cancellation": {"cancellationRequest": {"requester": "BUYER"}}}]`).Status, text)
		require.Equal(t, want.card, decoded(t, pay("CreditCard")).Payment.Paid, text)
		require.Equal(t, want.cash, decoded(t, pay("CashOnDelivery")).Payment.Paid, text)
	}
}

// TestTableOfSearchedStatuses has what a search for one status asks Amazon for. A wish to cancel
// shows in the lines only; Amazon takes no search for INVOICE_UNCONFIRMED.
func TestTableOfSearchedStatuses(t *testing.T) {
	for status, want := range map[order.Status]string{
		order.Reserved:         "PENDING_AVAILABILITY",
		order.AwaitingPayment:  "PENDING",
		order.ReadyToShip:      "UNSHIPPED",
		order.PartiallyShipped: "PARTIALLY_SHIPPED",
		order.Shipped:          "SHIPPED",
		order.Cancelled:        "CANCELLED",
		order.OnHold:           "UNFULFILLABLE",
		order.CancelRequested:  "PENDING_AVAILABILITY,PENDING,UNSHIPPED,PARTIALLY_SHIPPED,UNFULFILLABLE",
		order.Unknown:          "",
	} {
		m := newMall(t, amazontest.Options{Orders: -1})
		_, errs := all(t, newClient(t, config(m)),
			order.Query{From: time.Now().Add(-time.Hour), Statuses: []order.Status{status}})
		require.Empty(t, errs)
		require.Equal(t, want, m.Calls("searchOrders")[0].Query.Get("fulfillmentStatuses"), status)
	}
}

// TestTableOfPaymentMethods has the methods, and which of two in one order is the one that the shop
// has to know.
func TestTableOfPaymentMethods(t *testing.T) {
	methods := []struct {
		text   string
		method order.PaymentMethod
		rank   int // the higher one is told
	}{
		{"CashOnDelivery", order.CashOnDelivery, 3},
		{"COD", order.CashOnDelivery, 3},
		{"ConvenienceStore", order.ConvenienceStore, 2},
		{"CVS", order.ConvenienceStore, 2},
		{"CreditCard", order.Card, 2},
		{"Invoice", order.Invoice, 2},
		{"Pix", order.OtherPayment, 2},
		{"SomethingNew", order.OtherPayment, 2},
		{"GC", order.OtherPayment, 1}, // a gift card
		{"PointsAccount", order.Points, 0},
	}
	const part = `{"paymentMethod": "%s", "paymentAmount": {"amount": "%d", "currencyCode": "JPY"}}`
	for _, a := range methods {
		p := decoded(t, `"payment": {"paymentExecutions": [`+fmt.Sprintf(part, a.text, 700)+`]}`).Payment
		require.Equal(t, a.method, p.Method, a.text)
		require.Equal(t, a.text, p.Code)
		require.Equal(t, a.method == order.CashOnDelivery, p.Collect == order.Yen(700), a.text)
		for _, b := range methods {
			p := decoded(t, `"payment": {"paymentExecutions": [`+fmt.Sprintf(part, a.text, 700)+", "+
				fmt.Sprintf(part, b.text, 300)+`]}`).Payment
			told := a
			if b.rank > a.rank {
				told = b
			}
			require.Equal(t, told.method, p.Method, "%s, %s", a.text, b.text)
			require.Equal(t, told.text, p.Code, "%s, %s", a.text, b.text)
			require.Equal(t, a.rank == 3 && b.rank == 3, p.Collect == order.Yen(1000), "%s, %s", a.text, b.text)
		}
	}
	p := decoded(t,
		`"orderItems": [{"fulfillment": {"shipping": {"shippingConstraints": {"cashOnDelivery": "MANDATORY"}}}}]`).Payment
	require.Equal(t, order.CashOnDelivery, p.Method, "a line says so")
	for _, other := range []string{"palletDelivery", "signatureConfirmation", "recipientIdentityVerification",
		"recipientAgeVerification"} {
		p := decoded(t, `"orderItems": [{"fulfillment": {"shipping": {"shippingConstraints": {"`+other+
			`": "MANDATORY"}}}}]`).Payment
		require.Empty(t, p.Method, other)
	}
}

// TestTableOfAmounts has every type of an amount, of the order and of its lines.
func TestTableOfAmounts(t *testing.T) {
	yen := func(n int) string { return fmt.Sprintf(`{"amount": "%d", "currencyCode": "JPY"}`, n) }
	for _, row := range []struct {
		text  string
		kind  order.ComponentKind
		label string // within a line; "" is the line's number
		minus bool
	}{
		{"ITEM", order.Goods, "", false},
		{"SHIPPING", order.Shipping, "", false},
		{"GIFT_WRAP", order.Wrapping, "", false},
		{"COD_FEE", order.CashFee, "", false},
		{"TAX", order.ExcludedTax, "", false},
		{"DISCOUNT", order.Discount, "", true},
		{"DELIVERY_TIP", order.OtherAmount, "DELIVERY_TIP", false},
		{"OTHER", order.OtherAmount, "OTHER", false},
		{"SOMETHING_NEW", order.OtherAmount, "SOMETHING_NEW", false},
	} {
		amount := order.Yen(7)
		if row.minus {
			amount = order.Yen(-7)
		}
		parts := `"breakdowns": [{"type": "` + row.text + `", "subtotal": ` + yen(7) + `}]`
		o := decoded(t, `"proceeds": {"grandTotal": `+yen(70)+`, `+parts+
			`}, "orderItems": [{"orderItemId": "L1", "proceeds": {"breakdowns": [{"type": "ITEM", "subtotal": `+yen(9)+
			`}]}}]`)
		require.Equal(t, order.Yen(70), o.Amounts.Billed)
		require.Equal(t, []order.Component{{Kind: row.kind, Label: row.text, Amount: amount}}, o.Amounts.Components,
			row.text)
		o = decoded(t, `"proceeds": {"grandTotal": `+yen(70)+`}, "orderItems": [{"orderItemId": "L1", "proceeds": {`+
			parts+`}}]`)
		label := "L1"
		if row.label != "" {
			label = row.label
		}
		require.Equal(t, []order.Component{{Kind: row.kind, Label: label, Amount: amount}}, o.Amounts.Components,
			row.text)
		require.Equal(t, row.text == "ITEM", o.Parcels[0].Lines[0].Total == order.Yen(7), row.text)
	}
	o := decoded(t, `"proceeds": {"breakdowns": [{"type": "DISCOUNT", "subtotal": `+yen(-7)+`}]}`)
	require.Equal(t, order.Yen(-7), o.Amounts.Components[0].Amount, "a minus stays one")
}

func TestTableOfCarriers(t *testing.T) {
	for _, row := range []struct {
		text    string
		carrier timeslot.Carrier
		written string // the code that a shipment of the carrier is told with, "" where Amazon has none
	}{
		{"YAMATO", timeslot.Yamato, "YAMATO"},
		{"SAGAWA", timeslot.Sagawa, "SAGAWA"},
		{"NITTSU", timeslot.Nittsu, "NITTSU"},
		{"Japan Post", timeslot.JapanPost, "Japan Post"},
		{"SEINO TRANSPORTATION", timeslot.Seino, "SEINO TRANSPORTATION"},
		{"JP_EXPRESS", timeslot.JPExpress, "JP_EXPRESS"},
		{"FEDEX_JP", timeslot.FedEx, "FEDEX_JP"},
		{"YamatoTransport", timeslot.Yamato, "YAMATO"},
		{"SagawaExpress", timeslot.Sagawa, "SAGAWA"},
		{"NipponExpress", timeslot.Nittsu, "NITTSU"},
		{"Self Delivery", timeslot.SelfDelivery, ""},
		{"福山通運", timeslot.Fukuyama, ""},
		{"見本運送", "見本運送", ""},
	} {
		o := decoded(t, `"packages": [{"packageReferenceId": "1", "carrier": "`+row.text+`"}]`)
		require.Equal(t, row.carrier, o.Parcels[0].Shipments[0].Carrier, row.text)
		require.Equal(t, row.text, o.Parcels[0].Shipments[0].Name)
		code, ok := amazon.CompanyOf(row.carrier)
		require.Equal(t, row.written, code, row.text)
		require.Equal(t, row.written != "", ok, row.text)
	}
	for constant, text := range map[string]string{amazon.CarrierYamato: "YAMATO", amazon.CarrierSagawa: "SAGAWA",
		amazon.CarrierNittsu:    "NITTSU",
		amazon.CarrierJapanPost: "Japan Post", amazon.CarrierSeino: "SEINO TRANSPORTATION",
		amazon.CarrierJPExpress: "JP_EXPRESS",
		amazon.CarrierFedEx:     "FEDEX_JP", amazon.CarrierOther: "Other"} {
		require.Equal(t, text, constant)
	}
}

func TestTableOfFlags(t *testing.T) {
	program := func(p string) string { return `"programs": ["` + p + `"]` }
	level := func(l string) string { return `"fulfillment": {"fulfillmentServiceLevel": "` + l + `"}` }
	item := func(text string) string { return `"orderItems": [{` + text + `}]` }
	for members, want := range map[string]order.Flags{
		``:                                           nil,
		program("AMAZON_BAZAAR"):                     nil,
		program("AMAZON_BUSINESS"):                   {order.Business},
		program("AMAZON_EASY_SHIP"):                  {amazon.FlagEasyShip, order.ShippedByMall},
		program("AMAZON_HAUL"):                       nil,
		program("DELIVERY_BY_AMAZON"):                nil,
		program("FBM_SHIP_PLUS"):                     {amazon.FlagShipPlus, order.ShippedByMall},
		program("INVOICE_BY_AMAZON"):                 nil,
		program("IN_STORE_PICK_UP"):                  {order.StorePickup},
		program("PREMIUM"):                           {amazon.FlagPremium},
		program("PREORDER"):                          {order.Preorder},
		program("PRIME"):                             {amazon.FlagPrime},
		level("EXPEDITED"):                           nil,
		level("FREE_ECONOMY"):                        nil,
		level("NEXT_DAY"):                            {order.FastDelivery},
		level("PRIORITY"):                            nil,
		level("SAME_DAY"):                            {order.FastDelivery},
		level("SECOND_DAY"):                          nil,
		level("SCHEDULED"):                           nil,
		level("STANDARD"):                            nil,
		`"fulfillment": {"fulfilledBy": "AMAZON"}`:   {order.FulfilledByMall},
		`"fulfillment": {"fulfilledBy": "MERCHANT"}`: nil,
		`"associatedOrders": [{"associationType": "REPLACEMENT_ORIGINAL_ID"}]`: {order.Replacement},
		`"associatedOrders": [{"associationType": "EXCHANGE_ORIGINAL_ID"}]`:    {order.Replacement},
		`"associatedOrders": [{"associationType": "SOMETHING_NEW"}]`:           nil,
		`"recipient": {}`: {order.NoPersonalData},
		`"recipient": {"deliveryAddress": {"postalCode": "000-0001"}}`:                                      {order.NoPersonalData},
		`"recipient": {"deliveryAddress": {"addressLine1": "見本町1"}}`:                                        nil,
		`"recipient": {"deliveryAddress": {"name": "見本", "addressType": "RESIDENTIAL"}}`:                    nil,
		`"recipient": {"deliveryAddress": {"name": "見本", "addressType": "COMMERCIAL"}}`:                     nil,
		`"recipient": {"deliveryAddress": {"name": "見本", "addressType": "PICKUP_POINT"}}`:                   {order.StorePickup},
		`"recipient": {"deliveryAddress": {"name": "見本"}, "deliveryPreference": {"dropOffLocation": "玄関"}}`: {order.DropOff},
		item(`"programs": ["TRANSPARENCY"]`): {
			amazon.FlagTransparency},
		item(`"programs": ["SUBSCRIBE_AND_SAVE"]`): {
			order.Subscription},
		item(`"fulfillment": {"packing": {"giftOption": {"giftMessage": "祝"}}}`): {
			order.GiftWish},
		item(`"cancellation": {"cancellationExecution": {"cancelledBy": "BUYER"}}`): {
			order.ItemCancelled},
		item(
			`"cancellation": {"cancellationRequest": {"requester": "BUYER"}}`): nil,
		`"fulfillment": {"fulfillmentStatus": "CANCELLED"}, ` +
			item(`"cancellation": {"cancellationExecution": {}}`): nil,
	} {
		text := members
		if !strings.Contains(text, `"recipient"`) {
			text = strings.TrimSuffix(`"recipient": {"deliveryAddress": {"name": "見本"}}, `+text, ", ")
		}
		require.ElementsMatch(t, want, decoded(t, text).Flags, members)
	}
}

// TestTableOfFields has every text of an order and of a line in its place.
func TestTableOfFields(t *testing.T) {
	o := decoded(t,
		`"orderId": "250-1", "createdTime": "2026-01-04T15:30:00Z", "lastUpdatedTime": "2026-01-05T16:00:00Z",
		"buyer": {"buyerName": "見本 太郎", "buyerEmail": "m@example.jp", "buyerCompanyName": "見本社", "buyerPurchaseOrderNumber": "PO"},
		"recipient": {"deliveryAddress": {"name": "例示 花子", "companyName": "例示社", "addressLine1": "一", "addressLine2": "二", "addressLine3": "三",
			"city": "市", "districtOrCounty": "郡", "stateOrRegion": "東京都", "municipality": "町", "postalCode": "000-0001", "countryCode": "JP", "phone": "03-0000-0001"},
			"deliveryPreference": {"dropOffLocation": "玄関", "addressInstruction": "裏口へ"}},
		"fulfillment": {"fulfillmentServiceLevel": "STANDARD", "shipByWindow": {"earliestDateTime": "2026-01-05T00:00:00Z", "latestDateTime": "2026-01-06T00:00:00Z"},
			"deliverByWindow": {"earliestDateTime": "2026-01-07T00:00:00Z", "latestDateTime": "2026-01-08T00:00:00Z"}},
		"orderItems": [{"orderItemId": "L1", "quantityOrdered": 3, "product": {"asin": "B0", "title": "煎茶", "sellerSku": "TEA", "price": {"unitPrice": {"amount": "5", "currencyCode": "JPY"}}},
			"fulfillment": {"quantityFulfilled": 1, "quantityUnfulfilled": 2, "packing": {"giftOption": {"giftMessage": "祝", "giftWrapLevel": "袋"}}}}],
		"packages": [{"packageReferenceId": "9", "carrier": "YAMATO", "shipTime": "2026-01-06T00:00:00Z", "createdTime": "2026-01-09T00:00:00Z", "trackingNumber": "123456789012"}]`)
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 1, day, hour, minute, 0, 0, time.UTC) }
	require.Equal(t, "250-1", o.ID)
	require.True(t, at(4, 15, 30).Equal(o.Placed))
	require.True(t, at(5, 16, 0).Equal(o.Updated))
	require.Equal(t, "2026-01-05T16:00:00Z", o.Revision)
	require.Equal(t, order.Party{Name: "見本 太郎", Company: "見本社", Email: "m@example.jp"}, o.Buyer)
	p := o.Parcels[0]
	require.Equal(t, order.Party{Name: "例示 花子", Company: "例示社", Postal: "000-0001", Country: "JP", Prefecture: "東京都",
		City:    "市",
		Address: []string{"郡", "町", "一", "二", "三"}, Phone: "03-0000-0001"}, p.Recipient)
	require.Equal(t, "裏口へ", o.Remarks)
	require.Equal(t, "玄関", p.Delivery.DropOff)
	require.Equal(t, "STANDARD", p.Delivery.Method)
	require.True(t, at(6, 0, 0).Equal(p.ShipBy))
	require.Equal(t, []order.Line{{ID: "L1", ItemID: "B0", SKU: "TEA", Name: "煎茶", Quantity: 3, Shipped: 1,
		UnitPrice: order.Yen(5),
		Gift:      order.Gift{Wanted: true, Wrap: "袋", Message: "祝"}}}, p.Lines)
	require.Len(t, p.Shipments, 1)
	require.True(t, at(6, 0, 0).Equal(p.Shipments[0].At))
	p.Shipments[0].At = time.Time{}
	require.Equal(t, order.ShipmentRecord{ID: "9", Carrier: timeslot.Yamato, Name: "YAMATO", Tracking: "123456789012",
		Date: day(2026, 1, 6)}, p.Shipments[0])
}

// TestTableOfErrors has what Amazon answers, with class and hint of each. The first that fits
// decides.
func TestTableOfErrors(t *testing.T) {
	const expired, secret, notFound, input, trouble, access, quota = "a new one is requested once",
		"the LWA client secret has expired",
		"belongs to another seller", "Amazon names the parameter", "Amazon is in trouble",
		"the role for this operation", "the quota is shared"
	hints := []string{expired, secret, notFound, input, trouble, access, quota, "removes x-amz-access-token",
		"it is there already", "send fewer elements",
		"does a relay change it?", "restricted role"}
	for _, row := range []struct {
		status  int
		code    string
		details string
		class   order.Class
		hint    string
	}{
		{403, "Unauthorized", "The LWA secret token you provided has expired.", order.ErrCredentialExpired, secret},
		{401, "Unauthorized", "The LWA secret token you provided has expired.", order.ErrCredentialExpired, secret},
		{403, "Unauthorized", "The access token you provided has expired.", order.ErrUnauthorized, expired},
		{403, "Unauthorized", "The access token you provided is revoked, malformed or invalid.", order.ErrUnauthorized, expired},
		{403, "Unauthorized", "Access token is missing in the request header.", order.ErrUnauthorized, "removes x-amz-access-token"},
		{403, "Unauthorized", "", order.ErrForbidden, access},
		{401, "Unauthorized", "", order.ErrUnauthorized, expired},
		{404, "NotFound", "", order.ErrNotFound, notFound},
		{404, "InvalidInput", "", order.ErrNotFound, notFound},
		{429, "QuotaExceeded", "", order.ErrRateLimited, quota},
		{429, "SomethingNew", "", order.ErrRateLimited, quota},
		{400, "QuotaExceeded", "", order.ErrRateLimited, quota},
		{409, "Conflict", "", order.ErrConflict, "it is there already"},
		{413, "RequestTooLarge", "", order.ErrInvalid, "send fewer elements"},
		{415, "UnsupportedMediaType", "", order.ErrInvalid, "does a relay change it?"},
		{400, "InvalidInput", "Application does not have access to one or more requested data elements: [buyerInfo]", order.ErrForbidden, "restricted role"},
		{400, "InvalidInput", "", order.ErrInvalid, input},
		{400, "Invalid Input", "", order.ErrInvalid, input},
		{400, "InvalidRequest", "", order.ErrInvalid, input},
		{400, "NotFound", "", order.ErrNotFound, notFound},
		{500, "InternalFailure", "", order.ErrTemporary, trouble},
		{400, "InternalFailure", "", order.ErrTemporary, trouble},
		{503, "ServiceUnavailable", "", order.ErrTemporary, trouble},
		{400, "ServiceUnavailable", "", order.ErrTemporary, trouble},
		{400, "SomethingNew", "", order.ErrInvalid, ""},
	} {
		synctest.Test(t, func(t *testing.T) {
			m := amazontest.New(amazontest.Options{Orders: -1})
			defer m.Close()
			body := fmt.Sprintf(`{"errors": [{"code": "%s", "message": "見本", "details": "%s"}]}`, row.code, row.details)
			require.NoError(t, m.Inject(amazontest.Fault{Kind: amazontest.Custom, Operation: "getOrder",
				Status: row.status, Body: body, Times: -1}))
			_, err := newClient(t, config(m)).GetOrder(t.Context(),
				amazon.GetOrderRequest{OrderID: "250-0000000-0000001"})
			require.ErrorIs(t, err, row.class, body)
			var e *order.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, row.code, e.Code)
			for _, hint := range hints {
				require.Equal(t, hint == row.hint, strings.Contains(e.Hint.EN, hint), "%d %s: %s", row.status, body,
					hint)
			}
		})
	}
}

// TestTableOfOperations holds how an operation is sent, what may be sent again, its quota (one
// token every so often, and the size of the bucket) and on whose authority it goes: the seller's,
// or a grantless one.
func TestTableOfOperations(t *testing.T) {
	type row struct {
		method, path string
		retry        transport.Retry
		every        time.Duration
		burst        int
	}
	const read, idempotent, unsafe, second = transport.Read, transport.Idempotent, transport.Unsafe, time.Second
	const v0, notify, reports = "/orders/v0/orders", "/notifications/v1/", "/reports/2021-06-30/"
	want := map[string]row{
		"searchOrders": {"GET", "/orders/2026-01-01/orders", read, 180 * second, 20},
		"getOrder":     {"GET", "/orders/2026-01-01/orders/{orderId}", read, 2 * second, 30},

		"confirmShipment":           {"POST", v0 + "/{orderId}/shipmentConfirmation", idempotent, second / 2, 10},
		"updateShipmentStatus":      {"POST", v0 + "/{orderId}/shipment", unsafe, second / 5, 15},
		"getOrderRegulatedInfo":     {"GET", v0 + "/{orderId}/regulatedInfo", read, 2 * second, 30},
		"updateVerificationStatus":  {"PATCH", v0 + "/{orderId}/regulatedInfo", unsafe, 2 * second, 30},
		"v0.getOrders":              {"GET", v0, read, 60 * second, 20},
		"v0.getOrder":               {"GET", v0 + "/{orderId}", read, 2 * second, 30},
		"v0.getOrderBuyerInfo":      {"GET", v0 + "/{orderId}/buyerInfo", read, 2 * second, 30},
		"v0.getOrderAddress":        {"GET", v0 + "/{orderId}/address", read, 2 * second, 30},
		"v0.getOrderItems":          {"GET", v0 + "/{orderId}/orderItems", read, 2 * second, 30},
		"v0.getOrderItemsBuyerInfo": {"GET", v0 + "/{orderId}/orderItems/buyerInfo", read, 2 * second, 30},

		"createRestrictedDataToken":    {"POST", "/tokens/2021-03-01/restrictedDataToken", read, second, 10},
		"getMarketplaceParticipations": {"GET", "/sellers/v1/marketplaceParticipations", read, 62*second + second/2, 15},
		"getAccount":                   {"GET", "/sellers/v1/account", read, 62*second + second/2, 15},

		"createDestination":      {"POST", notify + "destinations", unsafe, second, 5},
		"getDestinations":        {"GET", notify + "destinations", read, second, 5},
		"getDestination":         {"GET", notify + "destinations/{destinationId}", read, second, 5},
		"deleteDestination":      {"DELETE", notify + "destinations/{destinationId}", unsafe, second, 5},
		"createSubscription":     {"POST", notify + "subscriptions/{notificationType}", unsafe, second, 5},
		"getSubscription":        {"GET", notify + "subscriptions/{notificationType}", read, second, 5},
		"getSubscriptions":       {"GET", notify + "subscriptions", read, second, 5},
		"getSubscriptionById":    {"GET", notify + "subscriptions/{notificationType}/{subscriptionId}", read, second, 5},
		"deleteSubscriptionById": {"DELETE", notify + "subscriptions/{notificationType}/{subscriptionId}", unsafe, second, 5},
		"sendTestNotification":   {"POST", notify + "subscriptions/{notificationType}/testNotification", unsafe, second, 5},

		"rotateApplicationClientSecret": {"POST", "/applications/2023-11-30/clientSecret", unsafe, 60 * second, 1},

		"createReport":      {"POST", reports + "reports", unsafe, 60 * second, 15},
		"getReports":        {"GET", reports + "reports", read, 45 * second, 10},
		"getReport":         {"GET", reports + "reports/{reportId}", read, second / 2, 15},
		"cancelReport":      {"DELETE", reports + "reports/{reportId}", unsafe, 45 * second, 10},
		"getReportDocument": {"GET", reports + "documents/{reportDocumentId}", read, 60 * second, 15},
	}
	grantless := map[string]string{
		"createDestination": "notifications", "getDestinations": "notifications", "getDestination": "notifications", "deleteDestination": "notifications",
		"getSubscriptionById": "notifications", "deleteSubscriptionById": "notifications", "sendTestNotification": "notifications",
		"rotateApplicationClientSecret": "client_credential:rotation",
	}
	got := map[string]row{}
	for _, op := range amazon.Table() {
		got[op.Name] = row{op.Method, op.Path, op.Retry, op.Quota.Every, op.Quota.Burst}
		require.Empty(t, op.Quota.Group, op.Name)

		m := newMall(t, amazontest.Options{Orders: -1})
		require.NoError(t, m.Inject(amazontest.Fault{Kind: amazontest.Custom, Operation: op.Name, Status: 400,
			Times: -1,
			Body:  `{"errors": [{"code": "InvalidInput", "message": "見本"}]}`}))
		path := regexp.MustCompile(`\{\w+\}`).ReplaceAllString(op.Path, "1")
		_, err := newClient(t, config(m)).Do(t.Context(),
			amazon.Operation{Name: op.Name, Method: op.Method, Path: path}, nil)
		require.ErrorIs(t, err, order.ErrInvalid, op.Name)
		asked, err := url.ParseQuery(string(m.Calls("token")[0].Body))
		require.NoError(t, err)
		scope := ""
		if s, ok := grantless[op.Name]; ok {
			scope = "sellingpartnerapi::" + s
		}
		require.Equal(t, scope, asked.Get("scope"), op.Name)
	}
	require.Equal(t, want, got)
	require.False(t, slices.ContainsFunc(amazon.Table(), func(op transport.Operation) bool { return op.Title == "" }))
}

// TestTableOfNames has what Seller Central Japan and Japanese order systems call Amazon's values;
// others keep their text.
func TestTableOfNames(t *testing.T) {
	for text, want := range map[amazon.FulfillmentStatus]string{"PENDING_AVAILABILITY": "予約注文", "PENDING": "保留中",
		"UNSHIPPED":         "未出荷",
		"PARTIALLY_SHIPPED": "一部出荷済み", "SHIPPED": "出荷済み", "CANCELLED": "キャンセル済み", "UNFULFILLABLE": "出荷不可",
		"INVOICE_UNCONFIRMED": "出荷済み (請求書未確認)", "NEW": "NEW"} {
		require.Equal(t, want, text.Name())
	}
	for text, want := range map[amazon.ServiceLevel]string{"EXPEDITED": "お急ぎ便", "NEXT_DAY": "お急ぎ便",
		"SAME_DAY": "当日お急ぎ便", "SECOND_DAY": "翌々日",
		"SCHEDULED": "お届け日時指定便", "STANDARD": "通常配送", "PRIORITY": "PRIORITY", "FREE_ECONOMY": "FREE_ECONOMY"} {
		require.Equal(t, want, text.Name())
	}
	for text, want := range map[amazon.PaymentMethod]string{"CashOnDelivery": "代金引換", "COD": "代金引換",
		"ConvenienceStore": "コンビニ払い",
		"CVS":              "コンビニ払い", "CreditCard": "クレジットカード", "Invoice": "請求書払い", "GC": "Amazonギフトカード", "PointsAccount": "Amazonポイント", "Pix": "Pix"} {
		require.Equal(t, want, text.Name())
	}
}

func TestTableOfMarketplaces(t *testing.T) {
	const fe, na, eu, europe = amazon.FarEast, amazon.NorthAmerica, amazon.Europe,
		"https://sellercentral-europe.amazon.com"
	require.Equal(t, []amazon.Marketplace{
		{ID: "A1VC38T7YXB528", Country: "JP", Name: "Japan", Region: fe, SellerCentral: "https://sellercentral.amazon.co.jp"},
		{ID: "A39IBJ37TRP1C6", Country: "AU", Name: "Australia", Region: fe, SellerCentral: "https://sellercentral.amazon.com.au"},
		{ID: "A19VAU5U5O7RUS", Country: "SG", Name: "Singapore", Region: fe, SellerCentral: "https://sellercentral.amazon.sg"},
		{ID: "ATVPDKIKX0DER", Country: "US", Name: "United States", Region: na, SellerCentral: "https://sellercentral.amazon.com"},
		{ID: "A2EUQ1WTGCTBG2", Country: "CA", Name: "Canada", Region: na, SellerCentral: "https://sellercentral.amazon.ca"},
		{ID: "A1AM78C64UM0Y8", Country: "MX", Name: "Mexico", Region: na, SellerCentral: "https://sellercentral.amazon.com.mx"},
		{ID: "A2Q3Y263D00KWC", Country: "BR", Name: "Brazil", Region: na, SellerCentral: "https://sellercentral.amazon.com.br"},
		{ID: "A28R8C7NBKEWEA", Country: "IE", Name: "Ireland", Region: eu, SellerCentral: europe},
		{ID: "A1RKKUPIHCS9HS", Country: "ES", Name: "Spain", Region: eu, SellerCentral: europe},
		{ID: "A1F83G8C2ARO7P", Country: "GB", Name: "United Kingdom", Region: eu, SellerCentral: europe},
		{ID: "A13V1IB3VIYZZH", Country: "FR", Name: "France", Region: eu, SellerCentral: europe},
		{ID: "AMEN7PMS3EDWL", Country: "BE", Name: "Belgium", Region: eu, SellerCentral: europe},
		{ID: "A1805IZSGTT6HS", Country: "NL", Name: "Netherlands", Region: eu, SellerCentral: europe},
		{ID: "A1PA6795UKMFR9", Country: "DE", Name: "Germany", Region: eu, SellerCentral: europe},
		{ID: "APJ6JRA9NG5V4", Country: "IT", Name: "Italy", Region: eu, SellerCentral: europe},
		{ID: "A2NODRKZP88ZB9", Country: "SE", Name: "Sweden", Region: eu, SellerCentral: europe},
		{ID: "AE08WJ6YKNBMC", Country: "ZA", Name: "South Africa", Region: eu, SellerCentral: "https://sellercentral.amazon.co.za"},
		{ID: "A1C3SOZRARQ6R3", Country: "PL", Name: "Poland", Region: eu, SellerCentral: europe},
		{ID: "ARBP9OOSHTCHU", Country: "EG", Name: "Egypt", Region: eu, SellerCentral: "https://sellercentral.amazon.eg"},
		{ID: "A33AVAJ2PDY3EV", Country: "TR", Name: "Turkey", Region: eu, SellerCentral: "https://sellercentral.amazon.com.tr"},
		{ID: "A17E79C6D8DWNP", Country: "SA", Name: "Saudi Arabia", Region: eu, SellerCentral: "https://sellercentral.amazon.sa"},
		{ID: "A2VIGQ35RCS4UG", Country: "AE", Name: "United Arab Emirates", Region: eu, SellerCentral: "https://sellercentral.amazon.ae"},
		{ID: "A21TJRUUN4KGV", Country: "IN", Name: "India", Region: eu, SellerCentral: "https://sellercentral.amazon.in"},
	}, amazon.Marketplaces())
}
