package yahoo_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// The tables of this package, each stated again in the mall's own codes, as the pages of its APIs
// have them.

// decoded is what Convert makes of the elements of a literal order.
func decoded(t testing.TB, elements string) order.Order {
	t.Helper()
	var doc yahoo.OrderInfoResponse
	problems, err := wire.XML([]byte("<ResultSet><Result><Status>OK</Status><OrderInfo>"+elements+
		"</OrderInfo></Result></ResultSet>"), &doc)
	require.NoError(t, err)
	require.Empty(t, problems)
	return yahoo.Convert(&doc.Order, yahoo.ConvertOptions{})
}

// TestTableOfStatuses has the status of an order that is seen, paid by card and may be shipped, but
// for the fields of each row. A list row says the same as the whole order: one that nobody asks for
// is not read.
func TestTableOfStatuses(t *testing.T) {
	every := []order.Status{order.Unknown, order.New, order.Reserved, order.AwaitingPayment, order.ReadyToShip,
		order.PartiallyShipped, order.Shipped,
		order.Completed, order.OnHold, order.CancelRequested, order.Cancelled}
	for fields, want := range map[string]order.Status{
		"":                  order.ReadyToShip,
		"OrderStatus=0":     order.Unknown,
		"OrderStatus=1":     order.Reserved,
		"OrderStatus=2":     order.ReadyToShip,
		"OrderStatus=3":     order.OnHold,
		"OrderStatus=4":     order.Cancelled,
		"OrderStatus=5":     order.Completed,
		"OrderStatus=8":     order.OnHold,
		"OrderStatus=9":     order.Unknown,
		"IsSeen=false":      order.New,
		"PayStatus=0":       order.AwaitingPayment,
		"ShipStatus=0":      order.OnHold,
		"ShipStatus=1":      order.ReadyToShip,
		"ShipStatus=2":      order.ReadyToShip,
		"ShipStatus=3":      order.Shipped,
		"ShipStatus=4":      order.Shipped,
		"ShipStatus=9":      order.Unknown,
		"Suspect=0":         order.ReadyToShip,
		"Suspect=1":         order.OnHold,
		"Suspect=2":         order.ReadyToShip,
		"FraudHoldStatus=0": order.ReadyToShip,
		"FraudHoldStatus=1": order.OnHold,
		"FraudHoldStatus=2": order.ReadyToShip,
		"FraudHoldStatus=3": order.OnHold,
		"IsSplit=true":      order.OnHold,
		"SettleStatus=1":    order.ReadyToShip,
		"SettleStatus=2":    order.ReadyToShip,
		"SettleStatus=3":    order.ReadyToShip,
		"SettleStatus=4":    order.ReadyToShip,
		"SettleStatus=5":    order.ReadyToShip,
		"SettleStatus=6":    order.ReadyToShip,
		"SettleStatus=7":    order.ReadyToShip,
		"SettleStatus=8":    order.AwaitingPayment,
		"SettleStatus=9":    order.ReadyToShip,
		"SettleStatus=10":   order.AwaitingPayment,
		"SettleStatus=11":   order.ReadyToShip,
		"SettleStatus=12":   order.AwaitingPayment,
		"IsLineGiftOrder=true IsLineGiftShippable=true":  order.ReadyToShip,
		"IsLineGiftOrder=true IsLineGiftShippable=false": order.OnHold,
		"IsLineGiftShippable=false":                      order.ReadyToShip,
		"PayStatus=0 PayMethod=payment_d1":               order.ReadyToShip,
		"PayStatus=0 PayMethod=payment_b1 PayType=0":     order.ReadyToShip,
		"PayStatus=0 PayMethod=payment_b1 PayType=1":     order.AwaitingPayment,
		"StoreStatus=7": order.Completed, // the store's own
	} {
		t.Run(fields, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				mall := newMall(t)
				c := newClient(t, mall, func(c *yahoo.Config) {
					c.Statuses = map[string]order.Status{"7": order.Completed}
				})
				o := yahootest.Order{Placed: time.Now().Add(-time.Hour),
					Fields: map[string]string{"OrderStatus": "2", "IsSeen": "true", "PayStatus": "1",
						"PayMethod": "payment_a1", "PayType": "1", "ShipStatus": "1"}}
				for _, f := range strings.Fields(fields) {
					name, value, _ := strings.Cut(f, "=")
					o.Fields[name] = value
				}
				id := mall.AddOrder(o)
				q := order.Query{From: time.Now().AddDate(0, 0, -1), Statuses: []order.Status{want}}
				got := collect(t, c, q)
				require.Equal(t, []string{id}, idsOf(got))
				require.Equal(t, want, got[0].Status)
				require.Equal(t, 1, mall.Count("orderInfo"))

				q.Statuses = slices.DeleteFunc(slices.Clone(every), func(s order.Status) bool { return s == want })
				require.Empty(t, collect(t, c, q))
				require.Equal(t, 1, mall.Count("orderInfo"), "the row said so")
			})
		})
	}
}

// TestTableOfPaymentMethods has, for each method, whether an order that is not paid may be shipped:
// by PayType 1 (before) and 0 (after).
func TestTableOfPaymentMethods(t *testing.T) {
	const wait, ship = order.AwaitingPayment, order.ReadyToShip
	type row struct {
		code          string
		method        order.PaymentMethod
		before, after order.Status
	}
	rows := []row{
		{"payment_a1", order.Card, wait, wait},             // クレジットカード
		{"payment_a6", order.ConvenienceStore, wait, wait}, // セブン-イレブン
		{"payment_a7", order.ConvenienceStore, wait, wait}, // その他のコンビニ
		{"payment_a8", order.Wallet, wait, wait},           // モバイルSuica
		{"payment_a9", order.CarrierBilling, wait, wait},   // d払い
		{"payment_a10", order.CarrierBilling, wait, wait},  // au PAY (auかんたん決済)
		{"payment_a11", order.CarrierBilling, wait, wait},  // ソフトバンクまとめて支払い
		{"payment_a15", order.BankTransfer, wait, wait},    // Pay-easy
		{"payment_a16", order.Wallet, wait, wait},          // Yahoo!マネー/預金払い
		{"payment_a17", order.Wallet, wait, wait},          // PayPay残高等
		{"payment_a18", order.Deferred, wait, wait},        // ゆっくり払い: to the mall, which settles with the store
		{"payment_a19", order.Card, wait, wait},            // PayPayクレジット
		{"payment_c1", order.BankTransfer, wait, ship},     // ゆうちょ前払い
		{"payment_c2", order.Deferred, ship, ship},         // ゆうちょ後払い
		{"payment_c3", order.OtherPayment, wait, ship},     // 現金書留
		{"payment_d1", order.CashOnDelivery, ship, ship},   // 代金引換
		{"payment_h1", order.OtherPayment, wait, wait},     // 無料商品
		{"payment_z1", order.Points, wait, wait},           // 全額ポイント
		{"payment_z3", order.OtherPayment, wait, wait},     // LINE外部決済
		{"payment_z4", order.OtherPayment, wait, wait},     // 商品券
		{"payment_x1", order.OtherPayment, wait, wait},     // no code of the mall's
		{"", "", wait, wait},
	}
	for i := 1; i <= 6; i++ { // 銀行振込, named by the store
		rows = append(rows, row{"payment_b" + strconv.Itoa(i), order.BankTransfer, wait, ship})
	}
	for i := 1; i <= 15; i++ { // the store's own
		rows = append(rows, row{"payment_e" + strconv.Itoa(i), order.OtherPayment, wait, ship})
	}
	for _, row := range rows {
		form := `<OrderStatus>2</OrderStatus><IsSeen>true</IsSeen><Pay><PayStatus>%s</PayStatus><PayType>%d</PayType><PayMethod>` + row.code +
			`</PayMethod><PayMethodName>見本</PayMethodName></Pay><Ship><ShipStatus>1</ShipStatus></Ship><Detail><TotalPrice>700</TotalPrice></Detail>`
		o := decoded(t, fmt.Sprintf(form, "0", 1))
		require.Equal(t, row.method, o.Payment.Method, row.code)
		require.Equal(t, row.code, o.Payment.Code)
		require.Equal(t, "見本", o.Payment.Text)
		require.Equal(t, order.No, o.Payment.Paid)
		require.Equal(t, row.method == order.CashOnDelivery, o.Payment.Collect == order.Yen(700), row.code)
		require.Equal(t, row.before, o.Status, row.code)
		require.Equal(t, row.after, decoded(t, fmt.Sprintf(form, "0", 0)).Status, row.code)
		require.Equal(t, order.Yes, decoded(t, fmt.Sprintf(form, "1", 1)).Payment.Paid, row.code)
		require.Equal(t, order.NotTold, decoded(t, fmt.Sprintf(form, "", 1)).Payment.Paid, row.code)
	}
	o := decoded(t, `<Pay><PayMethodName>PayPay残高</PayMethodName><CombinedPayMethod>payment_a1</CombinedPayMethod>`+
		`<CombinedPayMethodName>カード</CombinedPayMethodName></Pay>`)
	require.Equal(t, "PayPay残高 + カード", o.Payment.Text)
}

func TestTableOfCarriers(t *testing.T) {
	for _, row := range []struct {
		code    yahoo.ShipCompanyCode
		name    string
		carrier timeslot.Carrier
	}{
		{"1000", "その他", timeslot.OtherCarrier},
		{"1001", "ヤマト運輸", timeslot.Yamato},
		{"1002", "佐川急便", timeslot.Sagawa},
		{"1003", "日本郵便", timeslot.JapanPost},
		{"1004", "西濃運輸", timeslot.Seino},
		{"1005", "西武運輸", timeslot.SeinoSuperExpress},
		{"1006", "福山通運", timeslot.Fukuyama},
		{"1007", "名鉄運輸", timeslot.Meitetsu},
		{"1008", "トナミ運輸", timeslot.Tonami},
		{"1009", "第一貨物", timeslot.Daiichi},
		{"1010", "新潟運輸", timeslot.Niigata},
		{"1011", "中越運送", timeslot.Chuetsu},
		{"1012", "岡山県貨物運送", timeslot.Okayama},
		{"1013", "久留米運送", timeslot.Kurume},
		{"1014", "山陽自動車運送", timeslot.Sanyo},
		{"1015", "日本トラック", timeslot.NXTransport},
		{"1016", "エコ配", timeslot.EcoHai},
		{"1017", "EMS", timeslot.EMS},
		{"1018", "DHL", timeslot.DHL},
		{"1019", "FedEx", timeslot.FedEx},
		{"1020", "UPS", timeslot.UPS},
		{"1021", "日通通運", timeslot.Nittsu},
		{"1022", "TNT", timeslot.TNT},
		{"1023", "OCS", timeslot.OCS},
		{"1024", "USPS", timeslot.USPS},
		{"1025", "SFエクスプレス", timeslot.SFExpress},
		{"1026", "Aramex", timeslot.Aramex},
		{"1027", "SGHグローバル・ジャパン", timeslot.SGHGlobal},
		{"1028", "JPロジスティクス", timeslot.JPLogistics},
		{"1029", "MagicalMove", timeslot.MagicalMove},
		{"5000", "ASKUL LOGIST", timeslot.AskulLogist},
		{"5001", "店頭受け取り", timeslot.StorePickup},
		{"1030", "1030", ""}, // not a code of the mall
	} {
		o := decoded(t, "<Ship><ShipCompanyCode>"+string(row.code)+
			"</ShipCompanyCode><ShipInvoiceNumber1>123456789012</ShipInvoiceNumber1></Ship>")
		require.Equal(t, row.carrier, o.Parcels[0].Delivery.Carrier, row.name)
		require.Equal(t, order.ShipmentRecord{ID: "1", Carrier: row.carrier, Name: row.name, Tracking: "123456789012"},
			o.Parcels[0].Shipments[0])
		require.Equal(t, row.carrier != "", row.code.Known())
		back, ok := yahoo.CompanyOf(row.carrier)
		require.Equal(t, row.carrier != "", ok, row.name)
		if ok {
			require.Equal(t, row.code, back, row.name)
		}
	}
	for old, now := range map[yahoo.ShipCompanyCode]yahoo.ShipCompanyCode{"999": "1000", "103": "1001", "104": "1002",
		"100": "1003", "101": "101"} {
		require.Equal(t, now, old.Current(), "orders before 2018-10")
	}
}

// TestTableOfAmounts has every amount that an order can be made of, each another one.
func TestTableOfAmounts(t *testing.T) {
	const items = `<Item><ItemId>a</ItemId><UnitPrice>500</UnitPrice><Quantity>2</Quantity><ItemTaxRatio>8</ItemTaxRatio><IsTaxable>true</IsTaxable></Item>` +
		`<Item><ItemId>b</ItemId><UnitPrice>300</UnitPrice><Quantity>1</Quantity><ItemTaxRatio>10</ItemTaxRatio></Item>` +
		`<Item><ItemId>c</ItemId><UnitPrice>200</UnitPrice><Quantity>1</Quantity><ItemTaxRatio>10</ItemTaxRatio><IsTaxable>false</IsTaxable></Item>`
	const detail = `<Detail><PayCharge>11</PayCharge><ShipCharge>22</ShipCharge><GiftWrapCharge>33</GiftWrapCharge><Discount>4</Discount>` +
		`<Adjustments>-5</Adjustments><UsePoint>60</UsePoint><GiftCardDiscount>20</GiftCardDiscount><TotalPrice>1490</TotalPrice>` +
		`<TotalMallCouponDiscount>7</TotalMallCouponDiscount><TotalImmediateBonusAmount>10</TotalImmediateBonusAmount></Detail>`
	want := []order.Component{
		{Kind: order.Goods, Label: "a", TaxRate: order.ReducedRate, Amount: order.Yen(1000)},
		{Kind: order.Goods, Label: "b", TaxRate: order.StandardRate, Amount: order.Yen(300)},
		{Kind: order.Goods, Label: "c", TaxRate: order.ZeroRate, Amount: order.Yen(200)},
		{Kind: order.Wrapping, Label: "GiftWrapCharge", Amount: order.Yen(33)},
		{Kind: order.Shipping, Label: "ShipCharge", Amount: order.Yen(22)},
		{Kind: order.PaymentFee, Label: "PayCharge", Amount: order.Yen(11)},
		{Kind: order.Discount, Label: "Discount", Bearer: order.PaidByShop, Amount: order.Yen(-4)},
		{Kind: order.PointsUsed, Label: "UsePoint", Bearer: order.PaidByBuyer, Amount: order.Yen(-30)},
		{Kind: order.Discount, Label: "TotalImmediateBonusAmount", Bearer: order.PaidByMall, Amount: order.Yen(-10)},
		{Kind: order.GiftCard, Label: "GiftCardDiscount", Bearer: order.PaidByBuyer, Amount: order.Yen(-20)},
		{Kind: order.Coupon, Label: "TotalMallCouponDiscount", Bearer: order.PaidByMall, Amount: order.Yen(-7)},
		{Kind: order.OtherAmount, Label: "Adjustments", Amount: order.Yen(-5)},
	}
	o := decoded(t, `<Pay><PayMethod>payment_b1</PayMethod></Pay>`+items+detail)
	require.Equal(t, order.Amounts{Billed: order.Yen(1490), Components: want}, o.Amounts)
	require.Equal(t, order.AddsUp, o.Reconcile().Verdict)
	want[5].Kind = order.CashFee
	require.Equal(t, want, decoded(t, `<Pay><PayMethod>payment_d1</PayMethod></Pay>`+items+detail).Amounts.Components)

	for elements, doubt := range map[string]string{
		`<Ship><RemoteAreaShippingType>0</RemoteAreaShippingType></Ship>`:                                 "",
		`<Ship><RemoteAreaShippingType>1</RemoteAreaShippingType></Ship>`:                                 "",
		`<Ship><RemoteAreaShippingType>2</RemoteAreaShippingType></Ship>`:                                 "remote area",
		`<Detail><LineGiftCharge>1</LineGiftCharge></Detail>`:                                             "LineGiftCharge",
		`<Detail><UsePoint>1</UsePoint><TotalImmediateBonusAmount>2</TotalImmediateBonusAmount></Detail>`: "UsePoint is less",
		`<Detail><UsePoint>1</UsePoint><GiftCardDiscount>2</GiftCardDiscount></Detail>`:                   "UsePoint is less",
	} {
		unsure := decoded(t, elements).Amounts.Unsure.In(order.English)
		require.Contains(t, unsure, doubt, elements)
		require.Equal(t, doubt == "", unsure == "", elements)
	}
}

func TestTableOfFlags(t *testing.T) {
	ship := func(name, value string) string { return "<Ship><" + name + ">" + value + "</" + name + "></Ship>" }
	line := func(s string) string {
		return "<OrderTime>2026-09-01T10:00:00+09:00</OrderTime><Item><ReleaseDate>" + s + "</ReleaseDate></Item>"
	}
	for elements, want := range map[string]order.Flags{
		"":                             nil,
		"<OrderStatus>1</OrderStatus>": {order.NeedsConfirmation, order.Preorder},
		"<OrderStatus>1</OrderStatus><IsSeen>true</IsSeen>":           {order.Preorder},
		"<OrderStatus>2</OrderStatus>":                                {order.NeedsConfirmation},
		"<OrderStatus>2</OrderStatus><IsSeen>true</IsSeen>":           nil,
		"<OrderStatus>3</OrderStatus>":                                nil,
		"<IsReadOnly>1</IsReadOnly>":                                  {order.BuyerMayCancel},
		"<IsFirstClassDrugIncludes>true</IsFirstClassDrugIncludes>":   {order.RegulatedItem},
		"<IsFirstClassDrugAgreement>true</IsFirstClassDrugAgreement>": nil,
		"<FraudHoldStatus>1</FraudHoldStatus>":                        {order.UnderReview},
		"<FraudHoldStatus>2</FraudHoldStatus>":                        nil,
		"<FraudHoldStatus>3</FraudHoldStatus>":                        {order.BuyerCaution},
		"<Suspect>1</Suspect>":                                        {order.BuyerCaution},
		"<Suspect>2</Suspect>":                                        nil,
		line("2026-09-02"):                                            {order.Preorder},
		line("2026-09-01"):                                            nil,
		ship("IsSubscription", "true"):                                {order.Subscription},
		ship("NeedGiftWrap", "true"):                                  {order.GiftWish},
		ship("NeedGiftWrapPaper", "true"):                             {order.GiftWish},
		ship("NeedGiftWrap", "false"):                                 nil,
		"<SocialGiftType>0</SocialGiftType>":                          nil,
		"<SocialGiftType>1</SocialGiftType>":                          {order.SocialGift},
		"<SocialGiftType>2</SocialGiftType>":                          {order.SocialGift},
		"<SocialGiftType>3</SocialGiftType>":                          {order.SocialGift},
		"<SocialGiftType>4</SocialGiftType>":                          {order.SocialGift},
		"<IsLineGiftOrder>true</IsLineGiftOrder>":                     {order.SocialGift},
		"<IsLineGiftOrder>true</IsLineGiftOrder>" +
			ship("IsLineGiftShippable", "false"): {order.SocialGift, order.AddressPending},
		"<IsMultiShip>true</IsMultiShip>":                {order.SeveralRecipients},
		ship("RemoteAreaShippingType", "0"):              nil,
		ship("RemoteAreaShippingType", "1"):              {order.RemoteIsland},
		ship("RemoteAreaShippingType", "2"):              {order.RemoteIsland},
		ship("IsEazy", "true"):                           {order.DropOff},
		ship("IsMallContactlessDelivery", "true"):        {order.DropOff},
		ship("ExcellentDelivery", "0"):                   nil,
		ship("ExcellentDelivery", "1"):                   {order.FastDelivery},
		ship("ExcellentDelivery", "2"):                   {order.FastDelivery},
		ship("ArriveType", "0"):                          nil,
		ship("ArriveType", "1"):                          {order.FastDelivery},
		ship("ArriveType", "2"):                          {order.FastDelivery},
		ship("ReceiveShopType", "0"):                     nil,
		ship("ReceiveShopType", "1"):                     {order.StorePickup},
		ship("ReceiveShopType", "2"):                     {order.StorePickup},
		ship("ReceiveShopType", "3"):                     nil,
		ship("ReceiveSatelliteType", "0"):                nil,
		ship("ReceiveSatelliteType", "1"):                {order.StorePickup},
		ship("ReceiveSatelliteType", "3"):                {order.StorePickup},
		ship("ShipInstructType", "0"):                    nil,
		ship("ShipInstructType", "1"):                    {order.FulfilledByMall},
		ship("ShipInstructType", "102"):                  {order.FulfilledByMall},
		"<IsSplit>true</IsSplit>":                        {order.SplitOrder},
		"<ParentOrderId>example-store-1</ParentOrderId>": {order.SplitOrder},
		"<IsSeller>true</IsSeller>":                      {yahoo.TestOrder},
		"<IsRoyalty>false</IsRoyalty>":                   {yahoo.TestOrder},
		"<IsRoyalty>true</IsRoyalty>":                    nil,
	} {
		require.ElementsMatch(t, want, decoded(t, elements).Flags, elements)
	}
	// an order in processing, and a cancelled one, whose money went back as it should
	for settle, want := range map[string][2]bool{
		"1": {false, false}, "2": {false, false}, "3": {false, false}, "4": {false, false}, "5": {false, false}, "9": {false, false},
		"6": {true, false}, "7": {true, false}, "11": {true, false}, "8": {true, true}, "10": {true, true}, "12": {true, true},
	} {
		pay := "<Pay><SettleStatus>" + settle + "</SettleStatus></Pay>"
		require.Equal(t, want[0], decoded(t, "<OrderStatus>2</OrderStatus>"+pay).Flags.Has(order.PaymentUnusual),
			settle)
		require.Equal(t, want[1], decoded(t, "<OrderStatus>4</OrderStatus>"+pay).Flags.Has(order.PaymentUnusual),
			settle)
	}
}

// TestTableOfFields has every text of an order and of a line in its place.
func TestTableOfFields(t *testing.T) {
	o := decoded(t, `<BuyerComments>備考</BuyerComments><Notes>社内</Notes>
		<Pay><BillLastName>見本</BillLastName><BillFirstName>花子</BillFirstName><BillLastNameKana>ミホン</BillLastNameKana><BillFirstNameKana>ハナコ</BillFirstNameKana>
		<BillZipCode>1000001</BillZipCode><BillPrefecture>東京都</BillPrefecture><BillCity>見本区</BillCity><BillAddress1>一</BillAddress1><BillAddress2>二</BillAddress2>
		<BillPhoneNumber>03-0000-0001</BillPhoneNumber><BillEmgPhoneNumber>03-0000-0002</BillEmgPhoneNumber><BillMailAddress>buyer@example.com</BillMailAddress>
		<BillSection1Value>見本社</BillSection1Value><BillSection2Value>営業部</BillSection2Value></Pay>
		<Ship><ShipLastName>例示</ShipLastName><ShipFirstName>太郎</ShipFirstName><ShipLastNameKana>レイジ</ShipLastNameKana><ShipFirstNameKana>タロウ</ShipFirstNameKana>
		<ShipZipCode>1000002</ShipZipCode><ShipPrefecture>大阪府</ShipPrefecture><ShipCity>例示市</ShipCity><ShipAddress1>三</ShipAddress1><ShipAddress2>四</ShipAddress2>
		<ShipPhoneNumber>06-0000-0003</ShipPhoneNumber><ShipEmgPhoneNumber>06-0000-0004</ShipEmgPhoneNumber><ShipSection1Value>例示社</ShipSection1Value>
		<ShipSection2Value>総務部</ShipSection2Value><GiftWrapType>包装紙</GiftWrapType><GiftWrapPaperType>内祝</GiftWrapPaperType><GiftWrapName>見本家</GiftWrapName>
		<GiftWrapMessage>おめでとう</GiftWrapMessage><Option1Field>問1</Option1Field><Option1Value>答1</Option1Value><Option2Field>問2</Option2Field>
		<Option2Value>答2</Option2Value><ReceiveShopType>1</ReceiveShopType><ReceiveShopCode>77</ReceiveShopCode><ReceiveShopName>本店</ReceiveShopName></Ship>
		<Item><LineId>3</LineId><ItemId>cup</ItemId><SubCode>cup-blue</SubCode><Title>湯のみ</Title><SubCodeOption>カラー:青</SubCodeOption>
		<Inscription><Name>名入れ</Name><Value>みほん</Value></Inscription><UnitPrice>100</UnitPrice><Quantity>2</Quantity></Item>`)
	require.Equal(t, order.Party{Name: "見本 花子", Family: "見本", Given: "花子", Kana: "ミホン ハナコ", Company: "見本社",
		Department: "営業部",
		Postal:     "1000001", Prefecture: "東京都", City: "見本区", Address: []string{"一", "二"}, Phone: "03-0000-0001",
		Phone2: "03-0000-0002",
		Email:  "buyer@example.com"}, o.Buyer)
	p := o.Parcels[0]
	require.Equal(t, order.Party{Name: "例示 太郎", Family: "例示", Given: "太郎", Kana: "レイジ タロウ", Company: "例示社",
		Department: "総務部",
		Postal:     "1000002", Prefecture: "大阪府", City: "例示市", Address: []string{"三", "四"}, Phone: "06-0000-0003",
		Phone2: "06-0000-0004"}, p.Recipient)
	require.Equal(t, "備考\n問1：答1\n問2：答2", o.Remarks)
	require.Equal(t, "社内", o.Memo)
	require.Equal(t, order.Gift{Wrap: "包装紙", Noshi: "内祝 見本家", Message: "おめでとう"}, o.Gift)
	require.Equal(t, &order.Pickup{Kind: "店頭受取", Code: "77", Name: "本店"}, p.Pickup)
	require.Equal(t, []order.Line{{ID: "3", ItemID: "cup", SKU: "cup-blue", Stock: order.SKU{Item: "cup", Variant: "cup-blue"},
		Name: "湯のみ", Option: "カラー:青\n名入れ:みほん", Quantity: 2,
		UnitPrice: order.Yen(100), Total: order.Yen(200)}}, p.Lines)
	p = decoded(t,
		`<Ship><ReceiveSatelliteType>3</ReceiveSatelliteType><ReceiveSatelliteShopCode>88</ReceiveSatelliteShopCode>
		<ReceiveSatelliteCompanyName>見本社</ReceiveSatelliteCompanyName><ReceiveSatelliteShopName>見本店</ReceiveSatelliteShopName></Ship>`).Parcels[0]
	require.Equal(t, &order.Pickup{Kind: "ヤマトの拠点受取", Code: "88", Name: "見本社 見本店"}, p.Pickup)
}

// TestTableOfZones has ShipRequestTimeZoneCode, of Yamato's fulfilment.
func TestTableOfZones(t *testing.T) {
	for code, want := range map[string]string{"101": "08:00-12:00", "102": "14:00-16:00", "103": "16:00-18:00",
		"104": "18:00-20:00",
		"105": "19:00-21:00", "106": ""} {
		d := decoded(t, "<Ship><ShipRequestTimeZoneCode>"+code+"</ShipRequestTimeZoneCode></Ship>").Parcels[0].Delivery
		require.Equal(t, want, d.Slot.String(), code)
		require.Equal(t, code, d.Label)
	}
}

func TestTableOfCancelReasons(t *testing.T) {
	for reason, code := range map[order.CancelReason]string{
		order.BuyerRequest:   "100",
		order.Returned:       "110",
		order.Unpaid:         "120",
		order.RefusedByBuyer: "140",
		order.Undeliverable:  "150",
		order.OutOfStock:     "210",
		order.Delayed:        "230",
		order.OtherReason:    "230",
	} {
		t.Run(string(reason), func(t *testing.T) {
			mall := newMall(t)
			c := newClient(t, mall)
			cancellation := order.Cancellation{Order: ordinary(mall), Reason: reason}
			if code == "230" {
				cancellation.Comment = "倉庫の見本違いのため取消"
			}
			_, err := c.Cancel(t.Context(), []order.Cancellation{cancellation}, order.WriteOptions{})
			require.NoError(t, err)
			now, _ := mall.Order(cancellation.Order)
			require.Equal(t, code, now.Fields["CancelReason"])
			require.Equal(t, cancellation.Comment, now.Fields["CancelReasonDetail"])
		})
	}
}

// TestTableOfErrors has the mall's codes with class and hint of each; 500 is a status of many of
// them.
func TestTableOfErrors(t *testing.T) {
	const fields, state, sagawa, settlement, warning, coupon, stock = "the mall refuses a field",
		"the order's state does not allow it",
		"linkage with 佐川急便", "the settlement does not allow it", "among the warnings once", "fewer coupons",
		"refuses the stock"
	type row struct {
		class order.Class
		hint  string
	}
	want := map[string]row{
		"px-04001": {order.ErrInvalid, "the request names no store"},
		"px-04102": {order.ErrCredentialExpired, "the order session has expired"},
		"px-04303": {order.ErrForbidden, "not approved for the order APIs"},
		"px-04306": {order.ErrForbidden, "接続元IPアドレス"},
		"px-04307": {order.ErrForbidden, "the consent was withdrawn"},
		"px-14303": {order.ErrForbidden, "ツール管理権限"},
		"px-14304": {order.ErrForbidden, "check Config.Shop"},
		"od90101":  {order.ErrInvalid, "names the parameter or field"},
		"od91801":  {order.ErrNotFound, "no such order"},
		"od91133":  {order.ErrInvalid, ""},
		"od91001":  {order.ErrTemporary, ""},
		"od90137":  {order.ErrInvalid, fields},
		"od90150":  {order.ErrInvalid, fields},
		"od90166":  {order.ErrInvalid, fields},
		"od90175":  {order.ErrInvalid, sagawa},
		"od90176":  {order.ErrInvalid, sagawa},
		"od90180":  {order.ErrInvalid, fields},
		"od90183":  {order.ErrInvalid, fields},
		"od90191":  {order.ErrInvalid, fields},
		"od90192":  {order.ErrInvalid, fields},
		"od90193":  {order.ErrInvalid, fields},
		"od90207":  {order.ErrInvalid, coupon},
		"od91060":  {order.ErrConflict, settlement},
		"od91061":  {order.ErrConflict, settlement},
		"od91062":  {order.ErrConflict, settlement},
		"od91063":  {order.ErrConflict, settlement},
		"od91150":  {order.ErrConflict, warning},
		"od91152":  {order.ErrConflict, warning},
		"od91153":  {order.ErrConflict, warning},
		"od91154":  {order.ErrConflict, warning},
		"od91180":  {order.ErrConflict, state},
		"od91181":  {order.ErrConflict, warning},
		"od91183":  {order.ErrConflict, state},
		"od91192":  {order.ErrConflict, coupon},
		"ed-00000": {order.ErrNotFound, ""},
		"ed-00001": {order.ErrTemporary, ""},
		"ed-00002": {order.ErrMaintenance, "after the maintenance"},
		"ed-00003": {order.ErrInvalid, ""},
		"ed-00004": {order.ErrInvalid, ""},
		"ed-00005": {order.ErrInvalid, ""},
		"st-02101": {order.ErrInvalid, "an item code is malformed"},
		"st-02104": {order.ErrInvalid, stock},
		"st-02108": {order.ErrInvalid, stock},
		"st-02109": {order.ErrInvalid, stock},
		"st-02110": {order.ErrInvalid, stock},
		"it-05002": {order.ErrNotFound, "no such item"},
		"it-02001": {order.ErrInvalid, "no item was given"},
	}
	require.ElementsMatch(t, slices.Collect(maps.Keys(want)), slices.Collect(maps.Keys(yahoo.Codes())))
	synctest.Test(t, func(t *testing.T) {
		mall := newMall(t)
		c := newClient(t, mall)
		for code, want := range want {
			require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.Custom, Operation: "orderList", Status: 500,
				Times: -1,
				Body:  "<Error><Code>" + code + "</Code><Message>見本</Message></Error>"}))
			var e *order.Error
			require.ErrorAs(t, c.Check(t.Context()), &e)
			require.Equal(t, want.class, e.Class, code)
			require.Equal(t, want.class, yahoo.Codes()[code], code)
			require.Contains(t, e.Hint.EN, want.hint, code)
			for _, other := range []string{fields, state, sagawa, settlement, warning, coupon, stock, "malformed",
				"no item was given", "no such item", "after the maintenance"} {
				require.Equal(t, other == want.hint || strings.Contains(want.hint, other),
					strings.Contains(e.Hint.EN, other), "%s: %s", code, other)
			}
			mall.ClearFaults()
		}
	})
}

// TestTableOfOperations holds what an operation is called, how it is sent, and what may be sent
// again: there is no idempotency key, so no change is. The second between two calls is counted for
// each URL.
func TestTableOfOperations(t *testing.T) {
	type row struct {
		title, method string
		retry         transport.Retry
		batch         int
	}
	want := map[string]row{
		"orderList":             {"注文検索", "POST", transport.Read, 0},
		"orderInfo":             {"注文詳細", "POST", transport.Read, 0},
		"orderCount":            {"注文ステータス別件数参照", "GET", transport.Read, 0},
		"orderChangeHistory":    {"注文操作履歴一覧", "GET", transport.Read, 0},
		"orderChange":           {"注文内容変更", "POST", transport.Unsafe, 0},
		"orderStatusChange":     {"注文ステータス変更", "POST", transport.Unsafe, 0},
		"orderPayStatusChange":  {"入金ステータス変更", "POST", transport.Unsafe, 0},
		"orderShipStatusChange": {"出荷ステータス変更", "POST", transport.Unsafe, 0},
		"orderItemAdd":          {"注文ライン追加", "POST", transport.Unsafe, 0},
		"orderSplit":            {"注文分割", "POST", transport.Unsafe, 0},
		"orderPayNumber":        {"支払番号発行", "POST", transport.Unsafe, 0},
		"orderCouponCancel":     {"クーポンキャンセル", "POST", transport.Unsafe, 0},
		"getStock":              {"在庫参照", "POST", transport.Read, 1000},
		"setStock":              {"在庫更新", "POST", transport.Unsafe, 1000},
	}
	got := map[string]row{}
	for _, op := range yahoo.Operations() {
		got[op.Name] = row{op.Title, op.Method, op.Retry, op.Batch}
		require.Equal(t, "/"+op.Name, op.Path)
		require.Equal(t, transport.Quota{Every: time.Second, Burst: 1}, op.Quota, op.Name)
	}
	require.Equal(t, want, got)
}

// TestTableOfEmptyReasons has ShipInvoiceNumberEmptyReason for each shared reason for having no
// tracking number.
func TestTableOfEmptyReasons(t *testing.T) {
	for reason, code := range map[order.NoNumber]string{
		order.MakerShips:        "101",
		order.NothingToShip:     "102",
		order.PickedUp:          "103",
		order.CarrierContacts:   "104",
		order.MethodHasNoNumber: "105",
	} {
		t.Run(string(reason), func(t *testing.T) {
			mall := newMall(t)
			c := newClient(t, mall)
			id := ordinary(mall)
			_, err := c.Ship(t.Context(), []order.Shipment{
				{Order: id, Carrier: timeslot.Yamato, NoNumber: reason, At: time.Now()}}, order.WriteOptions{})
			require.NoError(t, err)
			now, _ := mall.Order(id)
			require.Equal(t, code, now.Fields["ShipInvoiceNumberEmptyReason"])
		})
	}
}
