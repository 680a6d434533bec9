package aupay_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// The tables of this package, each stated again in the mall's own codes, as its documents and the
// sources about it have them.

func convert(w aupay.OrderInfo) order.Order { return aupay.Convert(&w, aupay.ConvertOptions{}) }

func yen(n int64) *int64 { return &n }

func TestTableOfStatuses(t *testing.T) {
	for text, want := range map[string]order.Status{
		"新規受付":     order.New,
		"新規予約":     order.Reserved,
		"予約中":      order.Reserved,
		"発送前入金待ち":  order.AwaitingPayment,
		"与信待ち":     order.AwaitingPayment,
		"発送待ち":     order.ReadyToShip,
		"発送後入金待ち":  order.Shipped,
		"完了":       order.Completed,
		"保留":       order.OnHold,
		"キャンセル":    order.Cancelled,
		"キャンセル受付中": order.CancelRequested,
		"不正取引審査中":  order.OnHold,
		"審査保留":     order.OnHold,
		"審査NG":     order.OnHold,
		"店長確認中":    order.Unknown, // a shop's own
	} {
		o := convert(aupay.OrderInfo{OrderStatus: aupay.OrderStatus(text)})
		require.Equal(t, want, o.Status, text)
		require.Equal(t, text, o.MallStatus)
	}
}

func TestTableOfSettableStatuses(t *testing.T) {
	for text, want := range map[aupay.OrderStatus]bool{
		"新規受付": true, "新規予約": true, "予約中": true, "発送前入金待ち": true, "与信待ち": true, "発送待ち": true, "発送後入金待ち": true,
		"完了": true, "保留": true, "店長確認中": true,
		"キャンセル": false, "キャンセル受付中": false, "不正取引審査中": false, "審査保留": false, "審査NG": false, "": false,
	} {
		require.Equal(t, want, text.Settable(), text)
	}
}

// TestTableOfPaymentMethods holds the settlement names that were seen, and what stands in for one
// of them when it is prepaid, authorised, or collected at the door.
func TestTableOfPaymentMethods(t *testing.T) {
	for name, want := range map[string]struct {
		method     order.PaymentMethod
		paidN      order.Answer // paymentStatus N
		unpaid     order.Status // 発送待ち, neither paid nor authorised
		paid       order.Status // the same, paymentStatus Y
		authorised order.Status // the same, authorizationStatus Y
	}{
		"クレジットカード決済":       {order.Card, order.NotTold, order.AwaitingPayment, order.AwaitingPayment, order.ReadyToShip},
		"au PAY（auかんたん決済）": {order.Wallet, order.NotTold, order.AwaitingPayment, order.AwaitingPayment, order.ReadyToShip},
		"auかんたん決済":         {order.Wallet, order.NotTold, order.AwaitingPayment, order.AwaitingPayment, order.ReadyToShip},
		"au PAY":           {order.Wallet, order.NotTold, order.AwaitingPayment, order.AwaitingPayment, order.ReadyToShip},
		"銀行振込":             {order.BankTransfer, order.No, order.AwaitingPayment, order.ReadyToShip, order.AwaitingPayment},
		"郵便振替":             {order.BankTransfer, order.No, order.AwaitingPayment, order.ReadyToShip, order.AwaitingPayment},
		"ATM決済":            {order.BankTransfer, order.No, order.AwaitingPayment, order.ReadyToShip, order.AwaitingPayment},
		"銀行ネット決済":          {order.BankTransfer, order.No, order.AwaitingPayment, order.ReadyToShip, order.AwaitingPayment},
		"じぶん銀行決済":          {order.BankTransfer, order.No, order.AwaitingPayment, order.ReadyToShip, order.AwaitingPayment},
		"コンビニ決済":           {order.ConvenienceStore, order.No, order.AwaitingPayment, order.ReadyToShip, order.AwaitingPayment},
		"au Wowma!コンビニ決済":  {order.ConvenienceStore, order.No, order.AwaitingPayment, order.ReadyToShip, order.AwaitingPayment},
		"auポイントで全額支払う":     {order.Points, order.No, order.ReadyToShip, order.ReadyToShip, order.ReadyToShip},
		"全額auポイント支払い":      {order.Points, order.No, order.ReadyToShip, order.ReadyToShip, order.ReadyToShip},
		"ポイントで全額支払う":       {order.Points, order.No, order.ReadyToShip, order.ReadyToShip, order.ReadyToShip},
		"代金引換":             {order.CashOnDelivery, order.No, order.ReadyToShip, order.ReadyToShip, order.ReadyToShip},
		"商品代引":             {order.CashOnDelivery, order.No, order.ReadyToShip, order.ReadyToShip, order.ReadyToShip},
		"後払い":              {order.Deferred, order.No, order.ReadyToShip, order.ReadyToShip, order.ReadyToShip},
		"見本払い":             {order.OtherPayment, order.No, order.ReadyToShip, order.ReadyToShip, order.ReadyToShip},
		"":                 {"", order.No, order.ReadyToShip, order.ReadyToShip, order.ReadyToShip},
	} {
		w := aupay.OrderInfo{OrderStatus: "発送待ち", SettlementName: name, PaymentStatus: "N", AuthorizationStatus: "N",
			RequestPrice: yen(700)}
		o := convert(w)
		require.Equal(t, want.method, o.Payment.Method, name)
		require.Equal(t, name, o.Payment.Text)
		require.Equal(t, want.paidN, o.Payment.Paid, name)
		require.Equal(t, want.unpaid, o.Status, name)
		require.Equal(t, want.method == order.CashOnDelivery, o.Payment.Collect == order.Yen(700), name)

		w.PaymentStatus = "Y"
		require.Equal(t, order.Yes, convert(w).Payment.Paid, name)
		require.Equal(t, want.paid, convert(w).Status, name)
		w.PaymentStatus = ""
		require.Equal(t, order.NotTold, convert(w).Payment.Paid, name)
		w.AuthorizationStatus = "Y"
		require.Equal(t, want.authorised, convert(w).Status, name)
		w.AuthorizationStatus, w.RequestPrice = "N", yen(0)
		require.Equal(t, order.ReadyToShip, convert(w).Status, "%s: nothing is left to pay", name)
	}
}

func TestTableOfCarriers(t *testing.T) {
	for _, row := range []struct {
		code    aupay.Carrier
		carrier timeslot.Carrier
		name    string
		back    string // what CompanyOf gives
	}{
		{"1", timeslot.Yamato, "ヤマト運輸", "1"},
		{"2", timeslot.Sagawa, "佐川急便", "2"},
		{"3", timeslot.JPExpress, "JPエクスプレス", ""},
		{"4", timeslot.Fukuyama, "福山通運", "4"},
		{"5", timeslot.Seino, "西濃運輸", "5"},
		{"6", timeslot.JapanPost, "日本郵便", "6"},
		{"7", timeslot.RakutenExpress, "Rakuten EXPRESS", ""},
		{"9", timeslot.OtherCarrier, "その他配送会社", "9"},
		{"8", "8", "8", ""}, // not a code of the mall
	} {
		o := convert(aupay.OrderInfo{ShippingCarrier: row.code})
		require.Equal(t, []order.ShipmentRecord{{Carrier: row.carrier, Name: row.name}}, o.Parcels[0].Shipments)
		require.Equal(t, row.carrier, row.code.Carrier())
		code, ok := aupay.CompanyOf(row.carrier)
		require.Equal(t, row.back, string(code), row.name)
		require.Equal(t, row.back != "", ok, row.name)
	}
}

// billed has every amount that an order can be made of, each another one.
func billed() aupay.OrderInfo {
	return aupay.OrderInfo{
		SettlementName: "銀行振込", CouponType: "U", CouponKey: "見本券", UsePointCancel: "N", UseAuPointCancel: "N",
		Details: []aupay.Detail{
			{ItemCode: "a", ItemManagementID: "-1", TotalItemPrice: yen(1001), TaxRate: "0.08"},
			{ItemCode: "b", TotalItemPrice: yen(2002), TaxRate: "0.1", ItemCancelStatus: "N"},
		},
		PostagePrice: yen(30), PostagePriceTaxRate: "0.1", ChargePrice: yen(40), ChargePriceTaxRate: "0.08",
		TotalItemOptionPrice: yen(50), TotalItemOptionPriceTaxRate: "0", TotalGiftWrappingPrice: yen(60),
		TotalGiftWrappingPriceTaxRate: "0.1",
		CouponTotalPrice:              yen(7), UsePoint: yen(8), UseAuPointPrice: yen(9), UseAuPoint: yen(11),
		TotalPrice: yen(3183), RequestPrice: yen(3159),
		RequestPriceNormalTax: yen(1), RequestTaxPriceNormalTax: yen(2), RequestPriceReducedTax: yen(3),
		RequestTaxPriceReducedTax: yen(4),
		RequestPriceNoTax:         yen(5), RequestTaxPriceNoTax: yen(6),
	}
}

func TestTableOfAmounts(t *testing.T) {
	o := convert(billed())
	require.Equal(t, order.Amounts{Billed: order.Yen(3159), Components: []order.Component{
		{Kind: order.Goods, Label: "a-1", Amount: order.Yen(1001), TaxRate: order.ReducedRate},
		{Kind: order.Goods, Label: "b", Amount: order.Yen(2002), TaxRate: order.StandardRate},
		{Kind: order.Shipping, Label: "postagePrice", Amount: order.Yen(30), TaxRate: order.StandardRate},
		{Kind: order.PaymentFee, Label: "chargePrice", Amount: order.Yen(40), TaxRate: order.ReducedRate},
		{Kind: order.Option, Label: "totalItemOptionPrice", Amount: order.Yen(50), TaxRate: order.ZeroRate},
		{Kind: order.Wrapping, Label: "totalGiftWrappingPrice", Amount: order.Yen(60), TaxRate: order.StandardRate},
		{Kind: order.Coupon, Label: "見本券", Amount: order.Yen(-7), Bearer: order.PaidByShop},
		{Kind: order.PointsUsed, Label: "usePoint", Amount: order.Yen(-8), Bearer: order.PaidByBuyer},
		{Kind: order.PointsUsed, Label: "useAuPointPrice", Amount: order.Yen(-9), Bearer: order.PaidByBuyer},
	}}, o.Amounts)
	require.Equal(t, order.AddsUp, o.Reconcile().Verdict)
	require.Equal(t, []order.Tax{
		{Rate: order.StandardRate, Billed: order.Yen(1), Tax: order.Yen(2)},
		{Rate: order.ReducedRate, Billed: order.Yen(3), Tax: order.Yen(4)},
		{Rate: order.ZeroRate, Billed: order.Yen(5), Tax: order.Yen(6)},
	}, o.Taxes)

	amount := func(w aupay.OrderInfo, label string) (found *order.Component) {
		for _, c := range convert(w).Amounts.Components {
			if c.Label == label {
				found = &c
			}
		}
		return found
	}
	w := billed()
	w.SettlementName = "代金引換"
	require.Equal(t, order.CashFee, amount(w, "chargePrice").Kind)
	for kind, bearer := range map[aupay.CouponType]order.Bearer{"D": order.PaidByMall, "M": order.PaidByMall,
		"U": order.PaidByShop, "X": "", "": ""} {
		w := billed()
		w.CouponType = kind
		require.Equal(t, bearer, amount(w, "見本券").Bearer, kind)
	}
	w = billed()
	w.UsePointCancel = "Y"
	require.Nil(t, amount(w, "usePoint"))
	require.NotNil(t, amount(w, "useAuPointPrice"))
	w = billed()
	w.UseAuPointCancel = "Y"
	require.NotNil(t, amount(w, "usePoint"))
	require.Nil(t, amount(w, "useAuPointPrice"))
	w = billed()
	w.Details[0].ItemCancelStatus = "C"
	require.Nil(t, amount(w, "a-1"))
	require.NotNil(t, amount(w, "b"))
}

// TestTableOfDoubts has bills that do not add up, with what nobody has documented of them.
func TestTableOfDoubts(t *testing.T) {
	const (
		options = "whether options and wrapping are part of the sum is not documented"
		premium = "what a premium benefit changes is not documented"
	)
	for name, row := range map[string]struct {
		edit func(*aupay.OrderInfo)
		want string
	}{
		"nothing":          {func(*aupay.OrderInfo) {}, ""},
		"options":          {func(w *aupay.OrderInfo) { w.TotalItemOptionPrice = yen(1) }, options},
		"wrapping":         {func(w *aupay.OrderInfo) { w.TotalGiftWrappingPrice = yen(1) }, options},
		"benefit":          {func(w *aupay.OrderInfo) { w.PremiumIssuePrice = yen(1) }, premium},
		"benefit, by mall": {func(w *aupay.OrderInfo) { w.PremiumMallPrice = yen(1) }, premium},
		"benefit, by shop": {func(w *aupay.OrderInfo) { w.PremiumShopPrice = yen(1) }, premium},
		"cancelled":        {func(w *aupay.OrderInfo) { w.CancelStatus = "C" }, "the amounts of a cancelled order are not documented"},
		"line cancelled": {func(w *aupay.OrderInfo) { w.Details[0].ItemCancelStatus = "C" },
			"the amounts of an order with cancelled lines are not documented"},
	} {
		w := aupay.OrderInfo{RequestPrice: yen(99), PostagePrice: yen(0), ChargePrice: yen(0), CancelStatus: "N",
			Details: []aupay.Detail{{TotalItemPrice: yen(9), ItemCancelStatus: "N"}}}
		row.edit(&w)
		require.Equal(t, row.want, convert(w).Amounts.Unsure.In(order.English), name)
	}
}

func TestTableOfFlags(t *testing.T) {
	for name, row := range map[string]struct {
		edit func(*aupay.OrderInfo)
		want order.Flags
	}{
		"none":                        {func(*aupay.OrderInfo) {}, nil},
		"orderStatus 新規受付":            {func(w *aupay.OrderInfo) { w.OrderStatus = "新規受付" }, order.Flags{order.NeedsConfirmation}},
		"orderStatus 新規予約":            {func(w *aupay.OrderInfo) { w.OrderStatus = "新規予約" }, order.Flags{order.NeedsConfirmation}},
		"orderStatus 予約中":             {func(w *aupay.OrderInfo) { w.OrderStatus = "予約中" }, nil},
		"orderStatus 不正取引審査中":         {func(w *aupay.OrderInfo) { w.OrderStatus = "不正取引審査中" }, order.Flags{order.UnderReview}},
		"orderStatus 審査保留":            {func(w *aupay.OrderInfo) { w.OrderStatus = "審査保留" }, order.Flags{order.UnderReview}},
		"orderStatus 審査NG":            {func(w *aupay.OrderInfo) { w.OrderStatus = "審査NG" }, order.Flags{order.UnderReview, order.PaymentUnusual}},
		"orderStatus 保留":              {func(w *aupay.OrderInfo) { w.OrderStatus = "保留" }, nil},
		"sellMethodSegment 1":         {func(w *aupay.OrderInfo) { w.SellMethodSegment = "1" }, nil},
		"sellMethodSegment 2":         {func(w *aupay.OrderInfo) { w.SellMethodSegment = "2" }, order.Flags{order.Preorder}},
		"pgResult 0":                  {func(w *aupay.OrderInfo) { w.PGResult = "0" }, nil},
		"pgResult 1":                  {func(w *aupay.OrderInfo) { w.PGResult = "1" }, order.Flags{order.PaymentUnusual}},
		"senderShopCd":                {func(w *aupay.OrderInfo) { w.SenderShopCD = "0001" }, order.Flags{order.StorePickup}},
		"crossBorderEcTradeKbn R":     {func(w *aupay.OrderInfo) { w.CrossBorderECTradeKbn = "R" }, order.Flags{order.ProxyPurchase}},
		"crossBorderEcTradeKbn other": {func(w *aupay.OrderInfo) { w.CrossBorderECTradeKbn = "X" }, nil},
		"giftWrappingType":            {func(w *aupay.OrderInfo) { w.Details[0].GiftWrappingType = "包装" }, order.Flags{order.GiftWish}},
		"giftMessage":                 {func(w *aupay.OrderInfo) { w.Details[0].GiftMessage = "おめでとう" }, order.Flags{order.GiftWish}},
		"noshiType":                   {func(w *aupay.OrderInfo) { w.Details[0].NoshiType = "御祝" }, order.Flags{order.GiftWish}},
		"itemCancelStatus C":          {func(w *aupay.OrderInfo) { w.Details[0].ItemCancelStatus = "C" }, order.Flags{order.ItemCancelled}},
		"itemCancelStatus N":          {func(w *aupay.OrderInfo) { w.Details[0].ItemCancelStatus = "N" }, nil},
		"no senderName":               {func(w *aupay.OrderInfo) { w.SenderName = "" }, nil},
		"no senderAddress":            {func(w *aupay.OrderInfo) { w.SenderAddress = "" }, nil},
		"no sender":                   {func(w *aupay.OrderInfo) { w.SenderName, w.SenderAddress = "", "" }, order.Flags{order.NoPersonalData}},
	} {
		w := aupay.OrderInfo{SenderName: "見本 花子", SenderAddress: "東京都 見本区 1-2-3", Details: []aupay.Detail{{}}}
		row.edit(&w)
		require.Equal(t, row.want, convert(w).Flags, name)
	}
}

// TestTableOfFields has every text of an order and of a line in its place.
func TestTableOfFields(t *testing.T) {
	o := convert(aupay.OrderInfo{
		OrderDate: "2026/04/01 09:15", MailAddress: "masked@relay.example.jp", RawMailAddress: "buyer@example.jp",
		OrdererName: "見本 花子", OrdererKana: "ミホン ハナコ", OrdererZipCode: "100-0001", OrdererAddress: "東京都 見本区 架空町1-2-3",
		OrdererPhoneNumber1: "03-0000-0001", OrdererPhoneNumber2: "03-0000-0002",
		SenderName: "例示 太郎", SenderKana: "レイジ タロウ", SenderZipCode: "100-0002", SenderAddress: "大阪府 例示市 架空町4-5-6",
		SenderPhoneNumber1: "06-0000-0003", SenderPhoneNumber2: "06-0000-0004", SenderShopCD: "0042",
		UserComment: "備考", OrderOption: "包装=なし", TradeRemarks: "特記", Memo: "社内", DeliveryName: "宅配便",
		DeliveryRequestDay: "2026/04/08",
		PaymentDate:        "2026/04/02 10:00", ShipDate: "2026/04/04 18:30", ShippingDate: "2026/04/03",
		ShippingCarrier: "1",
		ShippingNumber:  "123456789012",
		Details: []aupay.Detail{{
			OrderDetailID: "1", ItemManagementID: "-NV", ItemCode: "shirt", Lotnumber: "700000001", ItemName: "見本シャツ",
			ItemOption: "色=紺&大きさ=M",
			ItemOptionCommissions: []aupay.ItemOptionCommissions{
				{Title: "名入れ", Values: []aupay.ItemOptionCommission{{Name: "あり"}}}},
			GiftWrappingType: "包装", GiftMessage: "おめでとう", NoshiType: "御祝",
			NoshiPresenterName1: "一", NoshiPresenterName2: "二", NoshiPresenterName3: "三",
			ItemPrice: yen(500), Unit: 2, TotalItemPrice: yen(1000), TaxRate: "0.1",
			ShippingTimelimitDate: "2026/04/06",
		}, {ShippingTimelimitDate: "2026/04/05"}, {ShippingTimelimitDate: "2026/04/07"}},
	})
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 4, day, hour, minute, 0, 0, order.JST) }
	on := func(day int) order.Date { return order.Date{Year: 2026, Month: 4, Day: day} }
	require.True(t, at(1, 9, 15).Equal(o.Placed))
	require.Equal(t, order.Party{Name: "見本 花子", Kana: "ミホン ハナコ", Postal: "100-0001", Prefecture: "東京都", City: "見本区",
		Address: []string{"架空町1-2-3"}, Phone: "03-0000-0001", Phone2: "03-0000-0002", Email: "buyer@example.jp"},
		o.Buyer)
	p := o.Parcels[0]
	require.Equal(t, order.Party{Name: "例示 太郎", Kana: "レイジ タロウ", Postal: "100-0002", Prefecture: "大阪府", City: "例示市",
		Address: []string{"架空町4-5-6"}, Phone: "06-0000-0003", Phone2: "06-0000-0004"}, p.Recipient)
	require.Equal(t, &order.Pickup{Kind: "senderShopCd", Code: "0042"}, p.Pickup)
	require.Equal(t, "備考\n包装=なし", o.Remarks)
	require.Equal(t, "社内", o.Memo)
	require.Equal(t, "宅配便", p.Delivery.Method)
	require.Equal(t, on(8), p.Delivery.Date)
	require.True(t, at(2, 10, 0).Equal(o.Payment.PaidAt))
	require.True(t, at(6, 0, 0).Equal(p.ShipBy), "the end of the earliest day")
	require.Len(t, p.Shipments, 1)
	require.True(t, at(4, 18, 30).Equal(p.Shipments[0].At))
	p.Shipments[0].At = time.Time{}
	require.Equal(t, order.ShipmentRecord{Carrier: timeslot.Yamato, Name: "ヤマト運輸", Tracking: "123456789012",
		Date: on(3)}, p.Shipments[0])
	require.Equal(t, order.Line{ID: "1", ItemID: "700000001", SKU: "shirt-NV", Name: "見本シャツ",
		Option: "色=紺\n大きさ=M\n名入れ=あり", Quantity: 2,
		UnitPrice: order.Yen(500), Total: order.Yen(1000), TaxRate: order.StandardRate,
		Gift: order.Gift{Wanted: true, Wrap: "包装", Noshi: "御祝 一　二　三", Message: "おめでとう"}}, p.Lines[0])
}

func TestTableOfUnreadableFields(t *testing.T) {
	w := aupay.OrderInfo{
		OrderDate: "a", PaymentDate: "b", ShipDate: "c", PostagePriceTaxRate: "d", ChargePriceTaxRate: "e",
		TotalItemOptionPriceTaxRate:   "f",
		TotalGiftWrappingPriceTaxRate: "g", DeliveryRequestDay: "h", ShippingDate: "i",
		Details: []aupay.Detail{{}, {TaxRate: "j", ShippingTimelimitDate: "k"}},
	}
	require.ElementsMatch(t, []order.Problem{
		{Field: "orderDate", Reason: "not a date and time", Text: "a"},
		{Field: "paymentDate", Reason: "not a date and time", Text: "b"},
		{Field: "shipDate", Reason: "not a date and time", Text: "c"},
		{Field: "postagePriceTaxRate", Reason: "not a tax rate", Text: "d"},
		{Field: "chargePriceTaxRate", Reason: "not a tax rate", Text: "e"},
		{Field: "totalItemOptionPriceTaxRate", Reason: "not a tax rate", Text: "f"},
		{Field: "totalGiftWrappingPriceTaxRate", Reason: "not a tax rate", Text: "g"},
		{Field: "deliveryRequestDay", Reason: "not a date", Text: "h"},
		{Field: "shippingDate", Reason: "not a date", Text: "i"},
		{Field: "detail[1].taxRate", Reason: "not a tax rate", Text: "j"},
		{Field: "detail[1].shippingTimelimitDate", Reason: "not a date", Text: "k"},
	}, convert(w).Problems)
}

// TestTableOfErrors has the codes that are known, and prefixes that say where a code comes from,
// with the class and hint of each.
func TestTableOfErrors(t *testing.T) {
	const key, shop = "接続元IPアドレス", "Config.Shop"
	for _, row := range []struct {
		code   string
		status int
		class  order.Class
		hint   string
	}{
		{"0002", 200, order.ErrUnauthorized, key},
		{"0002", 401, order.ErrUnauthorized, key},
		{"0099", 200, order.ErrUnauthorized, key},
		{"1002", 200, order.ErrInvalid, ""},
		{"00021", 200, order.ErrInvalid, ""},
		{"CME0021", 200, order.ErrInvalid, shop},
		{"CME0022", 200, order.ErrInvalid, shop},
		{"CME0099", 200, order.ErrInvalid, ""},
		{"CME0099", 404, order.ErrInvalid, ""},
		{"PME0095", 200, order.ErrInvalid, ""},
		{"PME0106", 404, order.ErrInvalid, ""},
		{"XTE0001", 200, order.ErrInvalid, ""},
		{"XTE0001", 404, order.ErrNotFound, ""},
		{"XTE0001", 403, order.ErrForbidden, "90 days"},
	} {
		mall, client := open(t, aupaytest.Options{Orders: -1})
		require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom, Status: row.status, Times: -1,
			Body: "<response><result><status>1</status><error><code>" + row.code +
				"</code><message>見本</message></error></result></response>"}))
		_, err := client.SearchTradeInfo(t.Context(), "900000001")
		require.ErrorIs(t, err, row.class, row.code)
		var e *order.Error
		require.True(t, errors.As(err, &e))
		require.Equal(t, row.code, e.Code)
		require.Contains(t, e.Hint.EN, row.hint, row.code)
		require.Equal(t, row.hint == shop, strings.Contains(e.Hint.EN, shop), row.code)
		require.Equal(t, row.hint == key, strings.Contains(e.Hint.EN, "受注・決済"), row.code)
	}
}

func TestTableOfCancelReasons(t *testing.T) {
	for reason, comment := range map[order.CancelReason]string{
		order.BuyerRequest:   "お客様のご都合のため",
		order.Returned:       "返品のため",
		order.Unpaid:         "ご入金を確認できないため",
		order.Undeliverable:  "お届けできないため",
		order.RefusedByBuyer: "受取拒否のため",
		order.OutOfStock:     "在庫切れのため",
		order.Delayed:        "発送遅延のため",
		order.OtherReason:    "見本の理由",
	} {
		mall, client := open(t, aupaytest.Options{Orders: -1})
		id := mall.AddOrder(aupaytest.Order{Elements: map[string]string{"orderStatus": "発送待ち"}})
		c := order.Cancellation{Order: id, Reason: reason}
		if reason == order.OtherReason {
			c.Comment = comment
		}
		_, err := client.Cancel(t.Context(), []order.Cancellation{c}, order.WriteOptions{})
		require.NoError(t, err)
		now, _ := mall.Order(id)
		require.Equal(t, "9", now.Elements["cancelReason"], reason)
		require.Equal(t, comment, now.Elements["cancelComment"], reason)
	}
}

// TestTableOfOperations holds what an operation is called, how it is sent, and what may be sent
// again. No quota is published: careful clients make one call a second, whichever it is.
func TestTableOfOperations(t *testing.T) {
	type row struct {
		title, method string
		retry         transport.Retry
		batch         int
	}
	want := map[string]row{
		"searchTradeInfoListProc":     {"受注情報取得API（一括）", http.MethodGet, transport.Read, 1000},
		"searchTradeNoListProc":       {"受注番号取得API", http.MethodGet, transport.Read, 1000},
		"searchTradeInfoProc":         {"受注情報取得API（個別）", http.MethodGet, transport.Read, 1},
		"updateTradeInfoProc":         {"受注情報更新API", http.MethodPost, transport.Idempotent, 1},
		"updateTradeStsProc":          {"受注ステータス更新API", http.MethodPost, transport.Idempotent, 1},
		"cancelTradeProc":             {"取引キャンセル", http.MethodPost, transport.Unsafe, 1},
		"searchSellPerformanceStatus": {"販売実績取得API", http.MethodGet, transport.Read, 0},
		"searchImgCapacity":           {"画像容量", http.MethodGet, transport.Read, 0},
		"searchStocks":                {"在庫検索", http.MethodGet, transport.Read, 500},
		"updateStock":                 {"在庫更新", http.MethodPost, transport.Idempotent, 200},
	}
	got := map[string]row{}
	for _, op := range aupay.Operations() {
		got[op.Name] = row{op.Title, op.Method, op.Retry, op.Batch}
		require.Equal(t, "/"+op.Name, op.Path)
		require.Equal(t, transport.Quota{Every: time.Second, Burst: 1, Group: "shop"}, op.Quota, op.Name)
	}
	require.Equal(t, want, got)
}
