package amazon_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// decode reads one order as getOrder sends it.
func decode(t testing.TB, payload string) *amazon.Order {
	t.Helper()
	var w amazon.Order
	problems, err := wire.JSON([]byte(payload), &w)
	require.NoError(t, err)
	require.Empty(t, problems)
	return &w
}

func window(t *testing.T, from, to int) timeslot.Slot {
	t.Helper()
	s, err := timeslot.Window(timeslot.At(from, 0), timeslot.At(to, 0))
	require.NoError(t, err)
	return s
}

func day(y int, m time.Month, d int) order.Date { return order.Date{Year: y, Month: m, Day: d} }

// normal is a merchant-fulfilled order of two lines with everything that a Japanese shop with all
// roles gets to see.
const normal = `{
  "orderId": "250-0000001-0000001",
  "orderAliases": [{"aliasId": "MIHON-1", "aliasType": "SELLER_ORDER_ID"}],
  "createdTime": "2026-01-04T15:30:00.123Z", "lastUpdatedTime": "2026-01-04T16:00:00.456Z",
  "programs": ["PRIME"],
  "salesChannel": {"channelName": "AMAZON", "marketplaceId": "A1VC38T7YXB528", "marketplaceName": "Amazon.co.jp"},
  "buyer": {"buyerName": "見本 太郎", "buyerEmail": "mihon000001@marketplace.example.jp"},
  "recipient": {"deliveryAddress": {"name": "見本 花子", "addressLine1": "例示市見本町1-2-3", "addressLine2": "架空ハイツ101", "addressLine3": "",
    "stateOrRegion": "東京都", "postalCode": "000-1234", "countryCode": "JP", "phone": "000-0123-4567", "addressType": "RESIDENTIAL"}},
  "proceeds": {"grandTotal": {"amount": "4140", "currencyCode": "JPY"}},
  "payment": {"paymentExecutions": [{"paymentMethod": "CreditCard", "paymentAmount": {"amount": "4140", "currencyCode": "JPY"}}]},
  "fulfillment": {"fulfillmentStatus": "UNSHIPPED", "fulfilledBy": "MERCHANT", "fulfillmentServiceLevel": "STANDARD",
    "shipByWindow": {"earliestDateTime": "2026-01-05T00:00:00Z", "latestDateTime": "2026-01-06T14:59:59Z"},
    "deliverByWindow": {"earliestDateTime": "2026-01-07T00:00:00Z", "latestDateTime": "2026-01-09T14:59:59Z"}},
  "orderItems": [
    {"orderItemId": "00000000000001", "quantityOrdered": 2, "product": {"asin": "B0MIHON001", "title": "見本園の煎茶", "sellerSku": "MIHON-TEA-01",
      "price": {"unitPrice": {"amount": "1280.00", "currencyCode": "JPY"}}},
     "proceeds": {"proceedsTotal": {"amount": "3110", "currencyCode": "JPY"}, "breakdowns": [
       {"type": "ITEM", "subtotal": {"amount": "2560.00", "currencyCode": "JPY"}}, {"type": "SHIPPING", "subtotal": {"amount": "550", "currencyCode": "JPY"}}]},
     "expense": {"pointsCost": {"pointsGranted": {"pointsNumber": 25, "pointsMonetaryValue": {"amount": "25", "currencyCode": "JPY"}}}},
     "fulfillment": {"quantityFulfilled": 0, "quantityUnfulfilled": 2}},
    {"orderItemId": "00000000000002", "quantityOrdered": 1, "product": {"asin": "B0MIHON002", "title": "標本窯 マグカップ", "sellerSku": "MIHON-MUG-01",
      "price": {"unitPrice": {"amount": "1320", "currencyCode": "JPY"}}},
     "proceeds": {"breakdowns": [{"type": "ITEM", "subtotal": {"amount": "1320", "currencyCode": "JPY"}}, {"type": "DISCOUNT", "subtotal": {"amount": "290", "currencyCode": "JPY"}}]},
     "fulfillment": {"quantityFulfilled": 0, "quantityUnfulfilled": 1}}
  ]
}`

func TestConvertNormalOrder(t *testing.T) {
	w := decode(t, normal)
	o := amazon.Convert(w, amazon.ConvertOptions{Shop: "A0MIHON"})

	require.Equal(t, order.Ref{Mall: order.Amazon, Shop: "A0MIHON", ID: "250-0000001-0000001",
		Revision: "2026-01-04T16:00:00.456Z"}, o.Ref())
	require.Equal(t, "2026-01-05T00:30:00.123+09:00", o.Placed.Format(time.RFC3339Nano))
	require.Equal(t, order.ReadyToShip, o.Status)
	require.Equal(t, "UNSHIPPED", o.MallStatus)
	require.Equal(t, order.Party{Name: "見本 太郎", Email: "mihon000001@marketplace.example.jp"}, o.Buyer)
	require.Len(t, o.Parcels, 1)
	p := o.Parcels[0]
	require.Equal(t, order.Party{
		Name: "見本 花子", Postal: "000-1234", Country: "JP", Prefecture: "東京都",
		Address: []string{"例示市見本町1-2-3", "架空ハイツ101"}, Phone: "000-0123-4567",
	}, p.Recipient)
	require.Equal(t, timeslot.NoPreference, p.Delivery.Slot, "a promise of Amazon is no wish of the buyer")
	require.Empty(t, p.Delivery.Label)
	require.Equal(t, "2026-01-06T23:59:59+09:00", p.ShipBy.Format(time.RFC3339))
	require.Equal(t, order.Line{
		ID: "00000000000001", ItemID: "B0MIHON001", SKU: "MIHON-TEA-01", Name: "見本園の煎茶", Quantity: 2,
		UnitPrice: order.Yen(1280), Total: order.Yen(2560),
	}, p.Lines[0])
	require.Equal(t, order.Payment{Method: order.Card, Code: "CreditCard", Text: "クレジットカード", Paid: order.Yes},
		o.Payment)
	require.Equal(t, order.Yen(4140), o.Amounts.Billed)
	require.Equal(t, []order.Component{
		{Kind: order.Goods, Label: "00000000000001", Amount: order.Yen(2560)},
		{Kind: order.Shipping, Label: "00000000000001", Amount: order.Yen(550)},
		{Kind: order.Goods, Label: "00000000000002", Amount: order.Yen(1320)},
		{Kind: order.Discount, Label: "00000000000002", Amount: order.Yen(-290)},
	}, o.Amounts.Components)
	r := o.Reconcile()
	require.Equal(t, order.CannotBeTold, r.Verdict, "Amazon's formula is not known for sure")
	require.Equal(t, order.Yen(4140), r.Sum)
	require.Equal(t, order.Flags{amazon.FlagPrime}, o.Flags)
	require.Empty(t, o.Problems)

	raw, ok := amazon.Raw(o)
	require.True(t, ok)
	require.Same(t, w, raw)
}

// The rest are orders of which only the part in question matters.
const (
	head = `{"orderId":"250-0000001-0000002","createdTime":"2026-01-04T15:30:00Z","lastUpdatedTime":"2026-01-04T16:00:00Z",
 "salesChannel":{"channelName":"AMAZON"},`
	address = `"recipient":{"deliveryAddress":{"name":"見本 花子","addressLine1":"例示市見本町1-2-3","stateOrRegion":"東京都","postalCode":"000-1234","countryCode":"JP"}},`
	item    = `"orderItemId":"1","quantityOrdered":1,"product":{"asin":"B0MIHON001","title":"見本"}`
)

func status(s string) string {
	return `"fulfillment":{"fulfillmentStatus":"` + s + `","fulfilledBy":"MERCHANT"},`
}

func scheduled(from, to string) string {
	return `"fulfillment":{"quantityFulfilled":0,"quantityUnfulfilled":1,"shipping":{"scheduledDeliveryWindow":{"earliestDateTime":"` + from + `","latestDateTime":"` + to + `"}}}`
}

func TestConvertVariants(t *testing.T) {
	tests := map[string]struct {
		payload string
		check   func(*testing.T, order.Order)
	}{
		"reserved": {head + status("PENDING_AVAILABILITY") + `"programs":["PREORDER"],"orderItems":[{` + item + `}]}`, func(t *testing.T, o order.Order) {
			require.Equal(t, order.Reserved, o.Status)
			require.True(t, o.Flags.Has(order.Preorder))
			require.Equal(t, order.No, o.Payment.Paid)
		}},
		"convenience store, not paid": {head + status("PENDING") + `"payment":{"paymentExecutions":[{"paymentMethod":"ConvenienceStore"}]},"orderItems":[{` + item + `}]}`,
			func(t *testing.T, o order.Order) {
				require.Equal(t, order.AwaitingPayment, o.Status)
				require.Equal(t, order.Payment{Method: order.ConvenienceStore, Code: "ConvenienceStore", Text: "コンビニ払い",
					Paid: order.No}, o.Payment)
				require.True(t, o.Flags.Has(order.NoPersonalData))
				require.False(t, o.Amounts.Billed.Known())
			}},
		"cash on delivery with points": {head + address + status("UNSHIPPED") + `"payment":{"paymentExecutions":[
			{"paymentMethod":"PointsAccount","paymentAmount":{"amount":"100","currencyCode":"JPY"}},
			{"paymentMethod":"CashOnDelivery","paymentAmount":{"amount":"1510.00","currencyCode":"JPY"}}]},
			"orderItems":[{` + item +
			`,"proceeds":{"breakdowns":[{"type":"COD_FEE","subtotal":{"amount":"330","currencyCode":"JPY"}}]},
			"fulfillment":{"quantityUnfulfilled":1,"shipping":{"shippingConstraints":{"cashOnDelivery":"MANDATORY"}}}}]}`,
			func(t *testing.T, o order.Order) {
				require.Equal(t, order.CashOnDelivery, o.Payment.Method)
				require.Equal(t, order.Yen(1510), o.Payment.Collect)
				require.Equal(t, order.No, o.Payment.Paid)
				require.Equal(t, "Amazonポイント, 代金引換", o.Payment.Text)
				require.Equal(t, order.CashFee, o.Amounts.Components[0].Kind)
			}},
		"cash on delivery, payment not asked for": {head + address + status("UNSHIPPED") + `"orderItems":[{` + item + `,
			"fulfillment":{"quantityUnfulfilled":1,"shipping":{"shippingConstraints":{"cashOnDelivery":"MANDATORY"}}}}]}`,
			func(t *testing.T, o order.Order) {
				require.Equal(t, order.CashOnDelivery, o.Payment.Method)
				require.False(t, o.Payment.Collect.Known())
			}},
		"points and gift card only": {head + address + status("UNSHIPPED") + `"payment":{"paymentExecutions":[{"paymentMethod":"PointsAccount"},{"paymentMethod":"GC"}]},
			"orderItems":[{` + item + `}]}`, func(t *testing.T, o order.Order) {
			require.Equal(t, "GC", o.Payment.Code)
			require.Equal(t, order.Yes, o.Payment.Paid)
		}},
		"gift": {head + address + status("UNSHIPPED") + `"orderItems":[{` + item + `,"fulfillment":{"packing":{"giftOption":{"giftMessage":"お誕生日おめでとう","giftWrapLevel":"ギフト袋"}}}}]}`,
			func(t *testing.T, o order.Order) {
				require.Equal(t, order.Gift{Wanted: true, Wrap: "ギフト袋", Message: "お誕生日おめでとう"},
					o.Parcels[0].Lines[0].Gift)
				require.True(t, o.Flags.Has(order.GiftWish))
			}},
		"gift without personal data": {head + status("UNSHIPPED") + `"orderItems":[{` + item + `,"fulfillment":{"packing":{"giftOption":{}}}}]}`,
			func(t *testing.T, o order.Order) { require.True(t, o.Parcels[0].Lines[0].Gift.Wanted) }},
		"cancelled": {head + status("CANCELLED") + `"orderItems":[{` + item + `,"cancellation":{"cancellationRequest":{"requester":"BUYER","cancelReason":"誤注文"},
			"cancellationExecution":{"cancelledBy":"BUYER"}}}]}`, func(t *testing.T, o order.Order) {
			require.Equal(t, order.Cancelled, o.Status)
			require.True(t, o.Parcels[0].Lines[0].Cancelled)
			require.False(t, o.Flags.Has(order.ItemCancelled), "the whole order is")
		}},
		"cancellation asked for": {head + status("UNSHIPPED") + `"orderItems":[{` + item + `,"cancellation":{"cancellationRequest":{"requester":"BUYER"}},
			"fulfillment":{"quantityFulfilled":0,"quantityUnfulfilled":1}}]}`, func(t *testing.T, o order.Order) {
			require.Equal(t, order.CancelRequested, o.Status)
		}},
		"cancellation asked for too late": {head + status("SHIPPED") + `"orderItems":[{` + item + `,"cancellation":{"cancellationRequest":{"requester":"BUYER"}}}]}`,
			func(t *testing.T, o order.Order) { require.Equal(t, order.Shipped, o.Status) }},
		"one line cancelled": {head + status("UNSHIPPED") + `"orderItems":[{` + item + `},{"orderItemId":"2","quantityOrdered":1,"product":{},
			"cancellation":{"cancellationExecution":{"cancelledBy":"MERCHANT"}}}]}`, func(t *testing.T, o order.Order) {
			require.True(t, o.Flags.Has(order.ItemCancelled))
			require.Equal(t, order.ReadyToShip, o.Status)
		}},
		"unlisted status": {head + status("UNDER_INVESTIGATION") + `"orderItems":[{` + item + `}]}`, func(t *testing.T, o order.Order) {
			require.Equal(t, order.Unknown, o.Status)
			require.Equal(t, "UNDER_INVESTIGATION", o.MallStatus)
		}},
		"status not asked for": {head + `"orderItems":[{` + item + `}]}`, func(t *testing.T, o order.Order) {
			require.Equal(t, order.Unknown, o.Status)
		}},
		"FBA": {head + `"recipient":{"deliveryAddress":{"postalCode":"000-1234","countryCode":"JP"}},"fulfillment":{"fulfillmentStatus":"SHIPPED","fulfilledBy":"AMAZON",
			"fulfillmentServiceLevel":"NEXT_DAY"},"orderItems":[{` + item + `}]}`, func(t *testing.T, o order.Order) {
			require.Equal(t, order.Flags{order.FulfilledByMall, order.FastDelivery, order.NoPersonalData}, o.Flags)
			require.Equal(t, "000-1234", o.Parcels[0].Recipient.Postal)
		}},
		"packages": {head + address + status("SHIPPED") + `"orderItems":[{` + item + `}],"packages":[{"packageReferenceId":"1","carrier":"YAMATO",
			"trackingNumber":"000000000000","shipTime":"2026-01-05T16:00:00Z","packageStatus":{"status":"SHIPPED"},"packageItems":[{"orderItemId":"1","quantity":1}]},
			{"packageReferenceId":"2","carrier":"架空運輸"}]}`, func(t *testing.T, o order.Order) {
			s := o.Parcels[0].Shipments
			require.Len(t, s, 2)
			require.Equal(t, timeslot.Yamato, s[0].Carrier)
			require.Equal(t, day(2026, 1, 6), s[0].Date)
			require.Equal(t, timeslot.Carrier("架空運輸"), s[1].Carrier)
		}},
		"pick-up point": {head + `"recipient":{"deliveryAddress":{"name":"見本 花子","companyName":"見本マート","addressLine1":"1-1","addressType":"PICKUP_POINT"}},` +
			status("UNSHIPPED") + `"orderItems":[{` + item + `}]}`, func(t *testing.T, o order.Order) {
			require.Equal(t, &order.Pickup{Kind: "PICKUP_POINT", Name: "見本マート"}, o.Parcels[0].Pickup)
			require.True(t, o.Flags.Has(order.StorePickup))
		}},
		"drop-off": {head + `"recipient":{"deliveryAddress":{"name":"見本","addressLine1":"1-1"},"deliveryPreference":{"dropOffLocation":"玄関前","addressInstruction":"静かに"}},` +
			status("UNSHIPPED") + `"orderItems":[{` + item + `}]}`, func(t *testing.T, o order.Order) {
			require.Equal(t, "玄関前", o.Parcels[0].Delivery.DropOff)
			require.Equal(t, "静かに", o.Remarks)
			require.True(t, o.Flags.Has(order.DropOff))
		}},
		"replacement": {head + status("UNSHIPPED") + `"associatedOrders":[{"orderId":"250-0000009-0000009","associationType":"REPLACEMENT_ORIGINAL_ID"}],"orderItems":[{` + item + `}]}`,
			func(t *testing.T, o order.Order) { require.True(t, o.Flags.Has(order.Replacement)) }},
		"city as in Amazon's own sample": {head + `"recipient":{"deliveryAddress":{"name":"見本","addressLine1":"1-1","city":"Tokyo","postalCode":"150-0002"}},"orderItems":[{` + item + `}]}`,
			func(t *testing.T, o order.Order) {
				require.Equal(t, "Tokyo", o.Parcels[0].Recipient.City)
				require.Empty(t, o.Parcels[0].Recipient.Prefecture)
			}},
		"no lines": {head + status("PENDING") + `"orderItems":[]}`, func(t *testing.T, o order.Order) { require.Len(t, o.Parcels, 1) }},
		"unreadable texts": {`{"orderId":"250-0000001-0000002","createdTime":"soon","lastUpdatedTime":"","proceeds":{"grandTotal":{"amount":"1,507","currencyCode":"JPY"}},"orderItems":[]}`,
			func(t *testing.T, o order.Order) {
				require.Equal(t, []order.Problem{
					{Field: "createdTime", Reason: "not an instant", Text: "soon"},
					{Field: "proceeds.grandTotal", Reason: "not an amount with a currency", Text: "1,507 JPY"},
				}, o.Problems)
				require.NotEmpty(t, o.Revision, "a content hash where lastUpdatedTime is missing")
				require.True(t, o.Placed.IsZero())
			}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.check(t, amazon.Convert(decode(t, test.payload), amazon.ConvertOptions{Shop: "A0MIHON"}))
		})
	}
}

func TestConvertOwnStatuses(t *testing.T) {
	w := decode(t, head+status("UNDER_INVESTIGATION")+`"orderItems":[{`+item+`}]}`)
	o := amazon.Convert(w, amazon.ConvertOptions{
		Statuses: map[string]order.Status{"UNDER_INVESTIGATION": order.OnHold}})
	require.Equal(t, order.OnHold, o.Status)
}

func TestRawOfAnotherMallsOrder(t *testing.T) {
	_, ok := amazon.Raw(order.Order{}.WithNative("something else", nil))
	require.False(t, ok)
}

// TestRawOfNothing says no to an order of another mall, and to one without anything behind it.
func TestRawOfNothing(t *testing.T) {
	for _, native := range []any{nil, (*amazon.Order)(nil), amazon.Order{}, "text"} {
		w, ok := amazon.Raw(order.Order{}.WithNative(native, nil))
		require.False(t, ok, "%T", native)
		require.Nil(t, w)
	}
	w := new(amazon.Order)
	got, ok := amazon.Raw(order.Order{}.WithNative(w, nil))
	require.True(t, ok)
	require.Same(t, w, got)
}
