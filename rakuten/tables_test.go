package rakuten_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/timeslot"
)

// The tables of this package, each stated again in Rakuten's own codes, as the pages of RMS WEB
// SERVICE have them.

// decoded is what Convert makes of a literal order.
func decoded(t testing.TB, text string) order.Order {
	t.Helper()
	var w rakuten.OrderModel
	require.NoError(t, json.Unmarshal([]byte(text), &w))
	return rakuten.Convert(&w, rakuten.ConvertOptions{})
}

// TestTableOfPayments has, for each method, whether the money is there when Rakuten collects it, by
// orderProgress: before the shipping instruction (100, 200), from then on (300, 500, 600), and when
// the payment procedure is closed (700).
func TestTableOfPayments(t *testing.T) {
	const untold, no, yes = order.NotTold, order.No, order.Yes
	for _, row := range []struct {
		code                     int
		method                   order.PaymentMethod
		before, shipping, closed order.Answer
	}{
		{1, order.Card, untold, untold, yes},              // クレジットカード
		{2, order.CashOnDelivery, untold, untold, yes},    // 代金引換
		{3, order.Deferred, untold, untold, yes},          // 後払い（選択制決済）
		{4, order.OtherPayment, untold, untold, yes},      // ショッピングクレジット／ローン
		{5, order.OtherPayment, untold, untold, yes},      // オートローン
		{6, order.OtherPayment, untold, untold, yes},      // リース
		{7, order.Invoice, untold, untold, yes},           // 請求書払い
		{8, order.Points, untold, yes, yes},               // ポイント
		{9, order.BankTransfer, no, yes, yes},             // 銀行振込
		{12, order.Card, untold, untold, yes},             // Apple Pay
		{13, order.ConvenienceStore, no, yes, yes},        // セブンイレブン（前払）
		{14, order.ConvenienceStore, no, yes, yes},        // ファミリーマート、ローソン等（前払）
		{16, order.Wallet, untold, untold, yes},           // Alipay
		{17, order.Wallet, untold, untold, yes},           // PayPal
		{21, order.Deferred, untold, untold, yes},         // 後払い決済（楽天市場の共通決済）
		{27, order.Wallet, untold, untold, yes},           // Alipay（支付宝）
		{99, order.OtherPayment, untold, untold, yes},     // no code of Rakuten's
		{0, order.PaymentMethod(""), untold, untold, yes}, // very old orders
	} {
		for progress, paid := range map[int]order.Answer{100: row.before, 200: row.before, 300: row.shipping,
			400: untold,
			500: row.shipping, 600: row.shipping, 700: row.closed, 800: untold, 900: untold} {
			const form = `{"orderProgress": %d, "requestPrice": 700, "SettlementModel": {"settlementMethodCode": %d, "settlementMethod": "見本",
				"rpaySettlementFlag": %d}}`
			p := decoded(t, fmt.Sprintf(form, progress, row.code, 1)).Payment
			require.Equal(t, row.method, p.Method, row.code)
			require.Equal(t, paid, p.Paid, "%d in %d", row.code, progress)
			require.Equal(t, "見本", p.Text)
			if row.code != 0 {
				require.Equal(t, fmt.Sprint(row.code), p.Code)
			}
			require.Equal(t, row.method == order.CashOnDelivery, p.Collect == order.Yen(700))
			require.Equal(t, untold, decoded(t, fmt.Sprintf(form, progress, row.code, 0)).Payment.Paid,
				"選択制決済: Rakuten does not watch it")
		}
	}
}

func TestTableOfCarriers(t *testing.T) {
	for _, row := range []struct {
		code    rakuten.DeliveryCompany
		name    string
		carrier timeslot.Carrier
	}{
		{"1000", "その他", timeslot.OtherCarrier},
		{"1001", "ヤマト運輸", timeslot.Yamato},
		{"1002", "佐川急便", timeslot.Sagawa},
		{"1003", "日本郵便", timeslot.JapanPost},
		{"1004", "西濃運輸", timeslot.Seino},
		{"1005", "セイノースーパーエクスプレス", timeslot.SeinoSuperExpress},
		{"1006", "福山通運", timeslot.Fukuyama},
		{"1007", "名鉄運輸", timeslot.Meitetsu},
		{"1008", "トナミ運輸", timeslot.Tonami},
		{"1009", "第一貨物", timeslot.Daiichi},
		{"1010", "新潟運輸", timeslot.Niigata},
		{"1011", "中越運送", timeslot.Chuetsu},
		{"1012", "岡山県貨物運送", timeslot.Okayama},
		{"1013", "久留米運送", timeslot.Kurume},
		{"1014", "山陽自動車運送", timeslot.Sanyo},
		{"1015", "NXトランスポート", timeslot.NXTransport},
		{"1016", "エコ配", timeslot.EcoHai},
		{"1017", "EMS", timeslot.EMS},
		{"1018", "DHL", timeslot.DHL},
		{"1019", "FedEx", timeslot.FedEx},
		{"1020", "UPS", timeslot.UPS},
		{"1021", "日本通運", timeslot.Nittsu},
		{"1022", "TNT", timeslot.TNT},
		{"1023", "OCS", timeslot.OCS},
		{"1024", "USPS", timeslot.USPS},
		{"1025", "SFエクスプレス", timeslot.SFExpress},
		{"1026", "Aramex", timeslot.Aramex},
		{"1027", "SGHグローバル・ジャパン", timeslot.SGHGlobal},
		{"1028", "Rakuten EXPRESS", timeslot.RakutenExpress},
		{"1029", "日本郵便 楽天倉庫出荷", timeslot.RakutenPostShipment},
		{"1030", "ヤマト運輸 クロネコゆうパケット", timeslot.KuronekoYuPacket},
		{"1031", "名鉄NX運輸", timeslot.MeitetsuNX},
	} {
		o := decoded(t,
			fmt.Sprintf(
				`{"PackageModelList": [{"defaultDeliveryCompanyCode": "%s", "ShippingModelList": [{"deliveryCompany": "%[1]s"}]}]}`, row.code))
		require.Equal(t, row.carrier, o.Parcels[0].Delivery.Carrier, row.name)
		require.Equal(t, row.carrier, o.Parcels[0].Shipments[0].Carrier, row.name)
		require.Equal(t, row.name, row.code.Name())
		require.True(t, row.code.Known())
		back, ok := rakuten.CompanyOf(row.carrier)
		require.True(t, ok, row.name)
		require.Equal(t, row.code, back, row.name)
	}
	require.False(t, rakuten.DeliveryCompany("1032").Known())
	require.Equal(t, timeslot.Carrier("1032"), rakuten.DeliveryCompany("1032").Carrier())
}

// TestTableOfAmounts has every amount that an order can be made of, each another one. What was
// taken out of the order does not count.
func TestTableOfAmounts(t *testing.T) {
	const text = `{
		"requestPrice": 4012, "postagePrice": 70, "deliveryPrice": 15, "paymentCharge": 50, "paymentChargeTaxRate": 0.1,
		"additionalFeeOccurAmountToUser": 60, "additionalFeeOccurAmountToShop": 65, "couponAllTotalPrice": 6, "couponShopPrice": 1, "couponOtherPrice": 5,
		"PointModel": {"usedPoint": 7},
		"WrappingModel1": {"name": "紙", "price": 40, "includeTaxFlag": 1, "taxPrice": 4, "taxRate": 0.1},
		"WrappingModel2": {"name": "帯", "price": 50, "includeTaxFlag": 0, "taxPrice": 5, "taxRate": 0.08},
		"CouponModelList": [{"couponName": "店", "couponCapitalCode": 1, "couponTotalPrice": 1}, {"couponName": "社", "couponCapitalCode": 2, "couponTotalPrice": 2},
			{"couponName": "楽", "couponCapitalCode": 3, "couponTotalPrice": 3}],
		"PackageModelList": [
			{"basketId": 1, "postagePrice": 30, "postageTaxRate": 0.1, "deliveryPrice": 10, "deliveryTaxRate": 0.08, "ItemModelList": [
				{"manageNumber": "a", "priceTaxIncl": 500, "units": 2, "taxRate": 0.08},
				{"manageNumber": "gone", "priceTaxIncl": 9000, "units": 1, "taxRate": 0.1, "deleteItemFlag": 1}]},
			{"basketId": 2, "postagePrice": 40, "postageTaxRate": 0.08, "deliveryPrice": 5, "deliveryTaxRate": 0.1, "ItemModelList": [
				{"manageNumber": "b", "price": 2735, "includeTaxFlag": 1, "units": 1, "taxRate": 0}]},
			{"basketId": 3, "packageDeleteFlag": 1, "postagePrice": 8000, "deliveryPrice": 8000, "ItemModelList": [
				{"manageNumber": "deleted", "priceTaxIncl": 8000, "units": 1, "taxRate": 0.1}]}],
		"TaxSummaryModelList": [{"taxRate": 0.1, "reqPrice": 11, "reqPriceTax": 1, "totalPrice": 101}, {"taxRate": 0.08, "reqPrice": 22, "reqPriceTax": 2}]
	}`
	o := decoded(t, text)
	require.Equal(t, order.Amounts{Billed: order.Yen(4012), Components: []order.Component{
		{Kind: order.Goods, Label: "a", Parcel: "1", TaxRate: order.ReducedRate, Amount: order.Yen(1000)},
		{Kind: order.Goods, Label: "b", Parcel: "2", TaxRate: order.ZeroRate, Amount: order.Yen(2735)},
		{Kind: order.Wrapping, Label: "紙", TaxRate: order.StandardRate, Amount: order.Yen(40)},
		{Kind: order.Wrapping, Label: "帯", TaxRate: order.ReducedRate, Amount: order.Yen(55)},
		{Kind: order.Shipping, Label: "postagePrice", Parcel: "1", TaxRate: order.StandardRate, Amount: order.Yen(30)},
		{Kind: order.Shipping, Label: "postagePrice", Parcel: "2", TaxRate: order.ReducedRate, Amount: order.Yen(40)},
		{Kind: order.CashFee, Label: "deliveryPrice", Parcel: "1", TaxRate: order.ReducedRate, Amount: order.Yen(10)},
		{Kind: order.CashFee, Label: "deliveryPrice", Parcel: "2", TaxRate: order.StandardRate, Amount: order.Yen(5)},
		{Kind: order.PaymentFee, Label: "paymentCharge", TaxRate: order.StandardRate, Amount: order.Yen(50)},
		{Kind: order.PaymentFee, Label: "additionalFeeOccurAmountToUser", Amount: order.Yen(60)},
		{Kind: order.Coupon, Label: "店", Bearer: order.PaidByShop, Amount: order.Yen(-1)},
		{Kind: order.Coupon, Label: "社", Bearer: order.PaidByMaker, Amount: order.Yen(-2)},
		{Kind: order.Coupon, Label: "楽", Bearer: order.PaidByMall, Amount: order.Yen(-3)},
		{Kind: order.PointsUsed, Label: "usedPoint", Bearer: order.PaidByBuyer, Amount: order.Yen(-7)},
	}}, o.Amounts)
	require.Equal(t, order.AddsUp, o.Reconcile().Verdict)
	require.Equal(t, []order.Tax{
		{Rate: order.StandardRate, Billed: order.Yen(11), Tax: order.Yen(1)},
		{Rate: order.ReducedRate, Billed: order.Yen(22), Tax: order.Yen(2)},
	}, o.Taxes)
	require.Len(t, o.Parcels, 2, "a deleted destination is no parcel")
	require.Equal(t, []bool{false, true}, []bool{o.Parcels[0].Lines[0].Cancelled, o.Parcels[0].Lines[1].Cancelled})

	// The parts do not tell what the order tells: the order's own sums stand, save a coupon's
	// bearer that is not only the shop.
	o = decoded(t, strings.NewReplacer(`"postagePrice": 70`, `"postagePrice": 71`, `"deliveryPrice": 15`,
		`"deliveryPrice": 16`,
		`"couponAllTotalPrice": 6`, `"couponAllTotalPrice": 9`, `"couponShopPrice": 1`,
		`"couponShopPrice": 4`).Replace(text))
	require.Equal(t, []order.Component{
		{Kind: order.Shipping, Label: "postagePrice", Amount: order.Yen(71)},
		{Kind: order.CashFee, Label: "deliveryPrice", Amount: order.Yen(16)},
		{Kind: order.PaymentFee, Label: "paymentCharge", TaxRate: order.StandardRate, Amount: order.Yen(50)},
		{Kind: order.PaymentFee, Label: "additionalFeeOccurAmountToUser", Amount: order.Yen(60)},
		{Kind: order.Coupon, Label: "couponShopPrice", Bearer: order.PaidByShop, Amount: order.Yen(-4)},
		{Kind: order.Coupon, Label: "couponOtherPrice", Amount: order.Yen(-5)},
		{Kind: order.PointsUsed, Label: "usedPoint", Bearer: order.PaidByBuyer, Amount: order.Yen(-7)},
	}, o.Amounts.Components[4:])
	o = decoded(t, strings.Replace(text, `"couponAllTotalPrice": 6`, `"couponAllTotalPrice": 9`, 1))
	require.Contains(t, o.Amounts.Components,
		order.Component{Kind: order.Coupon, Label: "couponAllTotalPrice", Amount: order.Yen(-9)})
}

func TestTableOfFlags(t *testing.T) {
	parcel := func(text string) string {
		return `"PackageModelList": [{"SenderModel": {"familyName": "見本"}, ` + text + `}]`
	}
	for text, want := range map[string]order.Flags{
		`"orderProgress": 100`:               {order.NeedsConfirmation},
		`"orderProgress": 300`:               nil,
		`"OrdererModel": {"familyName": ""}`: {order.NoPersonalData},
		`"drugFlag": 1`:                      {order.RegulatedItem},
		`"rakutenConfirmFlag": 1`:            {order.UnderReview},
		`"orderType": 1`:                     nil,
		`"orderType": 4`:                     {order.Subscription},
		`"orderType": 5`:                     {order.Subscription},
		`"orderType": 6`:                     {order.Preorder},
		`"giftCheckFlag": 1`:                 {order.GiftWish},
		`"WrappingModel1": {"name": "紙"}`:    {order.GiftWish},
		`"WrappingModel2": {"name": "帯"}`:    {order.GiftWish},
		`"WrappingModel1": {"name": "紙", "deleteWrappingFlag": 1}`: nil,
		`"socialGiftFlag": 1`:                              {order.SocialGift},
		`"severalSenderFlag": 1`:                           {order.SeveralRecipients},
		`"equalSenderFlag": 1`:                             nil,
		`"isolatedIslandFlag": 1`:                          {order.RemoteIsland},
		`"cautionDisplayType": 1`:                          {order.BuyerCaution},
		`"cautionDisplayType": 2`:                          nil,
		`"asurakuFlag": 1`:                                 {order.FastDelivery},
		`"deliveryCertPrgFlag": 1`:                         {order.FastDelivery},
		`"oneDayOperationFlag": 1`:                         {order.FastDelivery},
		`"modifyFlag": 1`:                                  {order.ChangedByBuyer},
		`"dealFlag": 1`:                                    nil,
		`"rakutenMemberFlag": 1`:                           nil,
		parcel(`"noshi": "御祝"`):                            {order.GiftWish},
		parcel(`"SocialGiftModel": {"inputFlag": 0}`):      {order.SocialGift, order.AddressPending},
		parcel(`"SocialGiftModel": {"inputFlag": 1}`):      {order.SocialGift},
		parcel(`"dropOffFlag": 1`):                         {order.DropOff},
		parcel(`"DeliveryCvsModel": {"cvsCode": 50}`):      {order.StorePickup},
		parcel(`"ItemModelList": [{"drugFlag": 1}]`):       {order.RegulatedItem},
		parcel(`"ItemModelList": [{"deleteItemFlag": 1}]`): {order.ItemCancelled},
		parcel(`"packageDeleteFlag": 1, "noshi": "御祝", "dropOffFlag": 1, "SocialGiftModel": {}, "DeliveryCvsModel": {},
			"ItemModelList": [{"drugFlag": 1}, {"deleteItemFlag": 1}]`): nil, // taken out of the order
		parcel(`"ItemModelList": [{"dealFlag": 1}]`):                    nil,
		`"PackageModelList": [{"SenderModel": {"prefecture": "入力待ち"}}]`: {order.AddressPending},
	} {
		base := `{"OrdererModel": {"familyName": "見本"}, `
		if strings.Contains(text, "OrdererModel") {
			base = "{"
		}
		require.ElementsMatch(t, want, decoded(t, base+text+"}").Flags, text)
	}
}

// TestShipmentOfTheOnlyDestinationLeft needs no Parcel, and one that was taken out of the order
// cannot be shipped.
func TestShipmentOfTheOnlyDestinationLeft(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	number := mall.AddOrder(rakutentest.Order{Fields: map[string]any{"PackageModelList": []any{
		map[string]any{"basketId": 1, "packageDeleteFlag": 1, "ItemModelList": []any{}},
		map[string]any{"basketId": 2, "ItemModelList": []any{}}}}})
	for parcel, want := range map[string]order.Outcome{"": order.Done, "2": order.Done, "1": order.Refused} {
		results, _ := client.Ship(t.Context(),
			[]order.Shipment{{Order: number, Parcel: parcel, Carrier: timeslot.Yamato,
				Numbers: []order.TrackingNumber{{Number: "123456789012"}}, At: time.Now()}},
			order.WriteOptions{DryRun: true})
		require.Equal(t, want, results[0].Outcome, "%q: %s", parcel, results[0].Message)
	}
}

// TestTableOfErrors has the gateway's codes and the order API's, with class and hint of each.
func TestTableOfErrors(t *testing.T) {
	const refused = "rpay.order.getOrder"
	type row struct {
		code  string
		class order.Class
		hint  string
	}
	try := func(t *testing.T, status int, body string, want row) {
		t.Helper()
		_, client := start(t, rakutentest.Options{Orders: -1}, func(cfg *rakuten.Config) {
			cfg.HTTPClient = &http.Client{Transport: replies(status, body)}
		})
		_, err := client.GetOrder(t.Context(), rakuten.GetOrderRequest{OrderNumberList: []string{"n-1"}})
		require.ErrorIs(t, err, want.class, want.code)
		var e *order.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, want.code, e.Code)
		require.Contains(t, e.Hint.EN, want.hint, want.code)
	}
	for _, want := range []row{
		{"ES01-01", order.ErrUnauthorized, refused},
		{"GA0001", order.ErrUnauthorized, refused},
		{"ES04-01", order.ErrUnauthorized, refused},
		{"GK0001", order.ErrUnauthorized, refused},
		{"GK0005", order.ErrUnauthorized, refused},
		{"GK0006", order.ErrUnauthorized, refused},
		{"ES09-99", order.ErrInvalid, ""},
	} {
		try(t, 400, `{"Results": {"errorCode": "`+want.code+`", "message": "見本"}}`, want)
		try(t, 200, `{"Results": {"errorCode": "`+want.code+`", "message": "見本"}}`, want)
		try(t, 400, `{"errors": [{"code": "`+want.code+`", "message": "見本"}]}`, want)
	}
	for _, want := range []row{
		{"GET_ORDER_ERROR_009", order.ErrInvalid, "orderNumberList or version is missing"},
		{"SEARCH_ORDER_ERROR_009", order.ErrInvalid, "a required item is missing"},
		{"SEARCH_ORDER_ERROR_010", order.ErrInvalid, "present but empty"},
		{"SEARCH_ORDER_ERROR_011", order.ErrInvalid, "wrong form"},
		{"CONFIRM_ORDER_ERROR_102", order.ErrConflict, "the order is cancelled"},
		{"CONFIRM_ORDER_ERROR_103", order.ErrConflict, "confirmed already"},
		{"CONFIRM_ORDER_ERROR_105", order.ErrConflict, "an amount is not fixed yet"},
		{"UPDATE_ORDERSHIPPING_ERROR_011", order.ErrInvalid, "wrong form"},
		{"UPDATE_ORDERSHIPPING_ERROR_102", order.ErrConflict, "the order is cancelled"},
		{"UPDATE_ORDERSUBSTATUS_ERROR_016", order.ErrNotFound, "the order belongs to another shop"},
		{"UPDATE_ORDERSUBSTATUS_ERROR_101", order.ErrConflict, "the order is cancelled"},
		{"UPDATE_ORDERSUBSTATUS_ERROR_102", order.ErrConflict, "this sub-status does not belong to the order's orderProgress"},
		{"UPDATE_ORDERSENDER_ERROR_136", order.ErrInvalid, "代金引換 needs deliveryPrice"},
		{"UPDATE_ORDERSENDER_ERROR_139", order.ErrInvalid, "an item with several SKUs needs skuInfo"},
		{"UPDATE_ORDERSENDER_ERROR_114", order.ErrNotFound, ""}, // its meaning is not published: the status says
	} {
		want.code = "ORDER_EXT_API_" + want.code
		try(t, 404, `{"MessageModelList": [{"messageType": "ERROR", "messageCode": "`+want.code+`", "message": "見本"}]}`,
			want)
	}
}

// TestTableOfCancelReasons has changeReasonDetailApply for each shared reason; a refusal at the
// door is told apart by the payment.
func TestTableOfCancelReasons(t *testing.T) {
	type row struct {
		reason  order.CancelReason
		payment int
	}
	for want, code := range map[row]int{
		{order.BuyerRequest, 1}:   1,
		{order.Returned, 1}:       2,
		{order.Undeliverable, 1}:  3,
		{order.RefusedByBuyer, 1}: 3,
		{order.RefusedByBuyer, 2}: 5,
		{order.Undeliverable, 2}:  3,
		{order.Unpaid, 1}:         4,
		{order.OutOfStock, 1}:     8,
		{order.OtherReason, 1}:    10,
		{order.Delayed, 1}:        13,
	} {
		for restock, kind := range map[order.Answer]int{order.NotTold: 0, order.Yes: 1, order.No: 2} {
			mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
			number := mall.AddOrder(rakutentest.Order{Payment: want.payment})
			_, err := client.Cancel(t.Context(),
				[]order.Cancellation{{Order: number, Reason: want.reason, Restock: restock}}, order.WriteOptions{})
			require.NoError(t, err, want.reason)
			require.JSONEq(t,
				fmt.Sprintf(`{"orderNumber": "%s", "inventoryRestoreType": %d, "changeReasonDetailApply": %d}`, number,
					kind, code),
				string(mall.Calls("cancelOrder")[0].Body), want.reason)
		}
	}
}

// TestTableOfCancelCodes has the reasons that a shop may give: 16 is Rakuten's own.
func TestTableOfCancelCodes(t *testing.T) {
	ok := map[int]bool{1: true, 2: true, 3: true, 4: true, 5: true, 6: true, 8: true, 10: true, 13: true, 14: true,
		15: true}
	for code := range 18 {
		mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
		number := mall.AddOrder(rakutentest.Order{})
		_, err := client.Cancel(t.Context(), []order.Cancellation{{Order: number, Code: fmt.Sprint(code)}},
			order.WriteOptions{})
		require.Equal(t, ok[code], err == nil, code)
		require.Equal(t, ok[code], mall.Count("cancelOrder") == 1, code)
	}
}

// TestTableOfCancellableStates has the orderProgress in which each of the two operations may be
// called.
func TestTableOfCancellableStates(t *testing.T) {
	for progress, operation := range map[int]string{100: "cancelOrder", 200: "cancelOrder", 300: "cancelOrder", 400: "",
		500: "cancelOrderAfterShipping", 600: "cancelOrderAfterShipping", 700: "cancelOrderAfterShipping",
		800: "cancelOrderAfterShipping", 900: ""} {
		for _, shipped := range []bool{false, true} {
			name := map[bool]string{false: "cancelOrder", true: "cancelOrderAfterShipping"}[shipped]
			mall, client := start(t, rakutentest.Options{Orders: -1, Step: time.Hour}, nil)
			number := mall.AddOrder(rakutentest.Order{Progress: progress})
			_, _ = client.Cancel(t.Context(), []order.Cancellation{
				{Order: number, Reason: order.OutOfStock, Shipped: shipped}},
				order.WriteOptions{AnyState: true})
			require.Equal(t, operation == name, mall.Count(name) == 1, "%d %s", progress, name)
		}
	}
}

// TestTableOfOperations holds what an operation is called, how it is sent, and what may be sent
// again. What the published second between two calls is counted by nobody has documented: all share
// it.
func TestTableOfOperations(t *testing.T) {
	type row struct {
		title, method, path string
		retry               transport.Retry
		batch               int
	}
	const read, idempotent, unsafe = transport.Read, transport.Idempotent, transport.Unsafe
	want := map[string]row{
		"searchOrder":                       {"受注検索", "POST", "/es/2.0/order/searchOrder/", read, 0},
		"getOrder":                          {"注文情報取得", "POST", "/es/2.0/order/getOrder/", read, 100},
		"confirmOrder":                      {"注文確認", "POST", "/es/2.0/order/confirmOrder/", idempotent, 100},
		"updateOrderShipping":               {"発送完了報告", "POST", "/es/2.0/order/updateOrderShipping/", unsafe, 0},
		"updateOrderShippingAsync":          {"発送完了報告（非同期）", "POST", "/es/2.0/order/updateOrderShippingAsync/", unsafe, 100},
		"getResultUpdateOrderShippingAsync": {"発送完了報告（非同期）結果確認", "POST", "/es/2.0/order/getResultUpdateOrderShippingAsync/", read, 0},
		"getSubStatusList":                  {"サブステータス情報取得", "POST", "/es/2.0/order/getSubStatusList/", read, 0},
		"updateOrderSubStatus":              {"サブステータス情報更新", "POST", "/es/2.0/order/updateOrderSubStatus/", idempotent, 100},
		"updateOrderMemo":                   {"ひとことメモ更新", "POST", "/es/2.0/order/updateOrderMemo/", idempotent, 0},
		"updateOrderRemarks":                {"備考情報更新", "POST", "/es/2.0/order/updateOrderRemarks/", idempotent, 0},
		"updateOrderSender":                 {"送付先情報更新", "POST", "/es/2.0/order/updateOrderSender/", unsafe, 0},
		"updateOrderSenderAfterShipping":    {"送付先情報更新（発送後）", "POST", "/es/2.0/order/updateOrderSenderAfterShipping/", unsafe, 0},
		"cancelOrder":                       {"注文キャンセル", "POST", "/es/2.0/order/cancelOrder/", unsafe, 0},
		"cancelOrderAfterShipping":          {"注文キャンセル（発送後）", "POST", "/es/2.0/order/cancelOrderAfterShipping/", unsafe, 0},
		"updateOrderOrderer":                {"注文者情報更新", "POST", "/es/2.0/order/updateOrderOrderer/", idempotent, 0},
		"updateOrderDelivery":               {"配送方法更新", "POST", "/es/2.0/order/updateOrderDelivery/", idempotent, 0},
		"simulateCouponAmount":              {"クーポン利用額シミュレーション", "POST", "/es/2.0/order/simulateCouponAmount/", unsafe, 0},
		"getPayment":                        {"決済情報取得", "POST", "/es/2.0/order/getPayment/", read, 0},
		"getOrderItem":                      {"購入商品情報取得", "POST", "/es/2.0/purchaseItem/getOrderItem/", read, 100},
		"license.expiryDate.get":            {"ライセンスキー有効期限取得", "GET", "/es/1.0/license-management/license-key/expiry-date", read, 0},
		"inventories.variants.get":          {"在庫情報取得", "GET", "/es/2.1/inventories/manage-numbers/{manageNumber}/variants/{variantId}", read, 0},
		"inventories.variants.upsert":       {"在庫情報登録・更新", "PUT", "/es/2.1/inventories/manage-numbers/{manageNumber}/variants/{variantId}", unsafe, 0},
		"inventories.bulk.get":              {"在庫情報一括取得", "POST", "/es/2.1/inventories/bulk-get", read, 1000},
		"inventories.bulk.get.range":        {"在庫数範囲指定取得", "GET", "/es/2.1/inventories/bulk-get/range", read, 0},
		"inventories.bulk.upsert":           {"在庫情報一括登録・更新", "POST", "/es/2.1/inventories/bulk-upsert", unsafe, 400},
	}
	got := map[string]row{}
	for _, op := range rakuten.Operations() {
		got[op.Name] = row{op.Title, op.Method, op.Path, op.Retry, op.Batch}
		require.Equal(t, transport.Quota{Every: time.Second, Burst: 1, Group: "rms"}, op.Quota, op.Name)
	}
	require.Equal(t, want, got)
}

// TestTableOfSearchedStatuses has what a search for one status asks Rakuten for: a warning can
// cancel an order in any orderProgress, and what is not known can be any.
func TestTableOfSearchedStatuses(t *testing.T) {
	for status, want := range map[order.Status]string{
		order.New:             `[100]`,
		order.Reserved:        `[100, 200, 300]`,
		order.AwaitingPayment: `[200]`,
		order.ReadyToShip:     `[300]`,
		order.OnHold:          `[100, 200, 300, 400]`,
		order.Shipped:         `[500, 600]`,
		order.Completed:       `[700]`,
		order.CancelRequested: `[800]`,
		order.Cancelled:       `null`,
		order.Unknown:         `null`,
	} {
		mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
		_, errs := all(t, client, order.Query{Statuses: []order.Status{status}})
		require.Empty(t, errs)
		var asked struct {
			List json.RawMessage `json:"orderProgressList"`
		}
		require.NoError(t, json.Unmarshal(mall.Calls("searchOrder")[0].Body, &asked))
		if asked.List == nil {
			asked.List = json.RawMessage("null")
		}
		require.JSONEq(t, want, string(asked.List), status)
	}
}
