package drifttest

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// replies are a fake's replies of one operation, once the month was read.
func replies(t *testing.T, operation string, open func(e edit) order.Source) []string {
	t.Helper()
	var all []string
	s := open(func(op, body string) string {
		if op == operation {
			all = append(all, body)
		}
		return body
	})
	for _, err := range s.Orders(t.Context(), order.Query{From: time.Now().AddDate(0, 0, -30)}) {
		require.NoError(t, err)
	}
	require.NotEmpty(t, all)
	return all
}

// reading decodes a reply and converts its orders.
type reading func(body []byte, w *wire.Watch) ([]order.Order, error)

// memberName is a JSON member or an XML element.
var memberName = regexp.MustCompile(`"([A-Za-z]\w*)":|</([A-Za-z]\w*)>`)

func without(body, name string) string {
	return strings.NewReplacer(`"`+name+`":`, `"gone":`, "<"+name+">", "<gone>", "</"+name+">", "</gone>", "<"+name+"/>", "<gone/>", "<"+name+" ", "<gone ").
		Replace(body)
}

// conditional are the names that convert reads and a mall may leave out, with the reason.
var conditional = map[order.Mall]map[string]string{
	order.Yahoo: {
		"an element without a value may be missing": `Adjustments BillAddress1 BillAddress2 BillCity
			BillFirstName BillFirstNameKana BillLastName BillLastNameKana BillMailAddress BillPhoneNumber
			BillPrefecture BillZipCode BuyerComments CombinedPayMethod CombinedPayMethodName Discount
			FraudHoldStatus GiftCardDiscount GiftWrapCharge GiftWrapMessage GiftWrapName GiftWrapPaperType
			GiftWrapType Inscription IsEazy IsFirstClassDrugIncludes IsLineGiftOrder IsLineGiftShippable
			IsMultiShip IsReadOnly IsSeen IsSubscription ItemOption ItemTaxRatio Name NeedGiftWrap
			NeedGiftWrapPaper Notes ParentOrderId PayCharge PayDate PayMethodName ReceiveSatelliteCompanyName
			ReceiveSatelliteShopCode ReceiveSatelliteShopName ReceiveSatelliteType ReceiveShopCode
			ReceiveShopName ReceiveShopType RemoteAreaShippingType Seller SellerId SettleStatus ShipAddress1
			ShipAddress2 ShipCharge ShipCity ShipCompanyCode ShipDate ShipFirstName ShipFirstNameKana
			ShipInstructType ShipInvoiceNumber1 ShipInvoiceNumber2 ShipLastName ShipLastNameKana
			ShipMethodName ShipPhoneNumber ShipPrefecture ShipRequestDate ShipRequestTime
			ShipRequestTimeZoneCode ShipZipCode SocialGiftType StoreStatus SubCode Suspect
			TotalImmediateBonusAmount TotalMallCouponDiscount UsePoint Value`,
	},
	order.Amazon: {
		"only if the application's role covers it": `buyer buyerCompanyName buyerEmail buyerName recipient
			deliveryAddress name companyName addressLine1 addressLine2 addressType countryCode phone
			postalCode stateOrRegion deliveryPreference addressInstruction dropOffLocation giftMessage`,
		"only of the orders that it concerns": `associatedOrders associationType cancellation
			cancellationExecution cancellationRequest giftOption giftWrapLevel programs packing shipping
			scheduledDeliveryWindow packages carrier shipTime trackingNumber`,
		"not of a pending order": `grandTotal proceeds breakdowns payment paymentAmount paymentExecutions
			paymentMethod price unitPrice shipByWindow earliestDateTime latestDateTime`,
		"optional in the model, without a word on when": `asin sellerSku title fulfilledBy
			fulfillmentServiceLevel quantityFulfilled`,
	},
	order.AuPay: {
		"left out where it has no value": `chargePriceTaxRate couponKey couponTotalPrice couponType
			deliveryName deliveryRequestDay deliveryRequestTime giftMessage giftWrappingType
			itemManagementId itemOption noshiPresenterName1 noshiType orderOption postagePriceTaxRate
			requestPriceNoTax requestPriceNormalTax requestPriceReducedTax requestTaxPriceNoTax
			requestTaxPriceNormalTax requestTaxPriceReducedTax shipDate shippingCarrier shippingDate
			shippingNumber shippingTimelimitDate taxRate useAuPointPrice usePoint usePointCancel userComment`,
	},
}

// envelopes surround the orders: without them a reply is refused.
var envelopes = []string{"OrderModelList", "OrderInfo", "Result", "ResultSet", "orders", "orderInfo",
	"response"}

// A name that convert reads cannot disappear in silence: it is missing, or stands in the list of
// those that are not in every order.
func TestNamesThatConvertReadsAreMissed(t *testing.T) {
	for _, m := range []struct {
		mall order.Mall
		docs []string
		read reading
	}{
		{order.Rakuten, replies(t, "getOrder", func(e edit) order.Source {
			_, c := openRakuten(t, rakutentest.Options{Seed: 1, Orders: 24}, new(told), e)
			return c
		}), func(body []byte, w *wire.Watch) (all []order.Order, err error) {
			var r rakuten.GetOrderResponse
			_, err = wire.JSONWatched(body, &r, w)
			for i := range r.OrderModelList {
				all = append(all, rakuten.Convert(&r.OrderModelList[i], rakuten.ConvertOptions{}))
			}
			return all, err
		}},
		{order.Yahoo, replies(t, "orderInfo", func(e edit) order.Source {
			_, c := openYahoo(t, yahootest.Options{Seed: 2, Orders: 24}, new(told), e)
			return c
		}), func(body []byte, w *wire.Watch) ([]order.Order, error) {
			var r yahoo.OrderInfoResponse
			_, err := wire.XMLWatched(body, &r, w)
			return []order.Order{yahoo.Convert(&r.Order, yahoo.ConvertOptions{})}, err
		}},
		{order.Amazon, replies(t, "orders", func(e edit) order.Source {
			_, c := openAmazon(t, amazontest.Options{Seed: 3, Orders: 24}, new(told), e)
			return c
		}), func(body []byte, w *wire.Watch) (all []order.Order, err error) {
			var r amazon.SearchOrdersResponse
			_, err = wire.JSONWatched(body, &r, w)
			for i := range r.Orders {
				all = append(all, amazon.Convert(&r.Orders[i], amazon.ConvertOptions{}))
			}
			return all, err
		}},
		{order.AuPay, replies(t, "searchTradeInfoListProc", func(e edit) order.Source {
			_, c := openAuPay(t, aupaytest.Options{Seed: 4, Orders: 24}, new(told), e)
			return c
		}), func(body []byte, w *wire.Watch) (all []order.Order, err error) {
			var r aupay.SearchResponse
			_, err = wire.XMLWatched(body, &r, w)
			for i := range r.Orders {
				all = append(all, aupay.Convert(&r.Orders[i], aupay.ConvertOptions{}))
			}
			return all, err
		}},
	} {
		t.Run(string(m.mall), func(t *testing.T) {
			// read returns what is converted of all replies without a name, and whether that is missed.
			read := func(name string) (string, bool) {
				var out []order.Order
				missed := false
				for _, body := range m.docs {
					var w wire.Watch
					all, err := m.read([]byte(without(body, name)), &w)
					require.NoError(t, err, name)
					for _, o := range all {
						o.Revision = ""
						out = append(out, o.WithNative(nil, nil))
					}
					missed = missed || slices.ContainsFunc(w.Found(), func(d wire.Drift) bool {
						return d.Kind == order.DriftMissing && (d.Path == name || strings.HasSuffix(d.Path, "."+name))
					})
				}
				text, err := json.Marshal(out)
				require.NoError(t, err)
				return string(text), missed
			}
			names := map[string]bool{}
			for _, body := range m.docs {
				for _, found := range memberName.FindAllStringSubmatch(body, -1) {
					names[found[1]+found[2]] = true
				}
			}
			var mayLack []string
			for _, list := range conditional[m.mall] {
				mayLack = append(mayLack, strings.Fields(list)...)
			}
			whole, _ := read("-")
			for name := range names {
				if slices.Contains(envelopes, name) {
					continue
				}
				text, missed := read(name)
				if text != whole {
					require.Equal(t, !slices.Contains(mayLack, name), missed, name)
				}
			}
		})
	}
}

// What was not asked for is not missed: parts of an order, and an older version of it.
func TestWhatWasNotAskedForIsNotMissed(t *testing.T) {
	var to told
	r, rc := openRakuten(t, rakutentest.Options{Seed: 1, Orders: 8}, &to, nil)
	_, err := rc.GetOrderItem(t.Context(), r.Numbers())
	require.NoError(t, err)
	for version := range int64(8) {
		_, err = rc.GetOrder(t.Context(), rakuten.GetOrderRequest{OrderNumberList: r.Numbers(), Version: 3 + version})
		require.NoError(t, err)
	}
	y, yc := openYahoo(t, yahootest.Options{Seed: 2, Orders: 1}, &to, nil)
	_, err = yc.OrderInfo(t.Context(),
		yahoo.OrderInfoRequest{OrderID: y.Numbers()[0], Fields: []yahoo.Field{"OrderId", "ShipStatus"}})
	require.NoError(t, err)
	a, ac := openAmazon(t, amazontest.Options{Seed: 3, Orders: 8}, &to, nil)
	for _, id := range a.Numbers() {
		_, err = ac.GetOrder(t.Context(), amazon.GetOrderRequest{OrderID: id})
		require.NoError(t, err)
	}
	require.Empty(t, to.drift())
}

// A row of Yahoo!'s list must have what says whether the order changed.
func TestNamesOfRowsAreMissed(t *testing.T) {
	for _, name := range []string{"OrderId", "OrderTime", "OrderStatus", "LastUpdateTime", "PayStatus", "PayMethod",
		"ShipStatus"} {
		var to told
		_, c := openYahoo(t, yahootest.Options{Seed: 2, Orders: 3}, &to, func(op, body string) string {
			if op == "orderList" {
				return without(body, name)
			}
			return body
		})
		for _, err := range c.Orders(t.Context(), order.Query{From: time.Now().AddDate(0, 0, -30)}) {
			_ = err // without a number a row is refused
		}
		require.Contains(t, to.drift(), "orderList missing Search.OrderInfo[]."+name)
	}
}
