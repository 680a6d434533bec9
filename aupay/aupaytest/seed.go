package aupaytest

import (
	"strconv"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// seed fills the mall with orders of the two weeks before now, of every kind the mall can express.
func (m *Mall) seed(now time.Time) {
	if m.opt.Orders < 0 {
		return // a shop without orders has no invented items either
	}
	s := fake.NewSeeder(m.opt.Seed)
	// one of its own, so that the orders depend on Seed alone
	stocks := fake.NewSeeder(m.opt.Seed)
	for _, item := range stocks.Items(1000) { // all there are
		m.seedStock(stocks, item.Code, managementID(item))
	}
	now = now.Truncate(time.Minute)
	for i, placed := range s.Times(m.opt.Orders, now.AddDate(0, 0, -13), now.Add(-time.Hour)) {
		o := invent(s, i, placed.Truncate(time.Minute))
		for _, l := range o.Lines {
			m.seedStock(stocks, l["itemCode"], l["itemManagementId"])
		}
		m.add(o)
	}
}

// managementID returns the part of an item's SKU that names the variant.
func managementID(item fake.Item) string { return item.SKU[len(item.Code):] }

// kinds are the variations of orders; they take turns.
var kinds = []func(*fake.Seeder, *invented){
	func(*fake.Seeder, *invented) {},
	// authorised card: may ship
	func(_ *fake.Seeder, o *invented) { o.status, o.set["paymentStatus"] = "発送待ち", "N" },
	func(_ *fake.Seeder, o *invented) { // prepaid, money not there
		o.status, o.set["settlementName"], o.set["authorizationStatus"] = "発送前入金待ち", "銀行振込", "N"
	},
	func(_ *fake.Seeder, o *invented) { // cash on delivery
		o.status, o.charge, o.set["settlementName"] = "発送待ち", 330, "代金引換"
	},
	func(s *fake.Seeder, o *invented) { // shipped
		o.status, o.set["shipStatus"], o.set["paymentStatus"] = "完了", "Y", "Y"
		shipped := o.placed.AddDate(0, 0, 1)
		o.set["shipDate"], o.set["shippingDate"] = minutes(shipped), date(shipped)
		o.set["shippingCarrier"], o.set["shippingNumber"] = fake.Pick(s,
			[]string{"1", "2", "6", "9"}), s.Tracking()
	},
	func(s *fake.Seeder, o *invented) { // gift
		o.lines[0]["giftWrappingType"], o.lines[0]["giftMessage"] = "リボン", s.GiftMessage()
		o.lines[0]["noshiType"], o.lines[0]["noshiPresenterName1"] = "内のし", "見本"
	},
	func(_ *fake.Seeder, o *invented) {
		o.points = 100
		o.auPoints = 200
		o.coupon = 300
		o.couponType = "M"
	},
	func(_ *fake.Seeder, o *invented) { o.coupon, o.couponType = 500, "U" },
	func(_ *fake.Seeder, o *invented) { // reserved
		o.status = "予約中"
		o.set["sellMethodSegment"] = "2"
		o.set["releaseDate"] = date(o.placed.AddDate(0, 1, 0))
	},
	func(_ *fake.Seeder, o *invented) { // cancelled
		o.status, o.set["cancelStatus"], o.set["cancelReason"] = "キャンセル", "C", "9"
		o.set["cancelComment"], o.set["cancelDate"] = "在庫切れのため", minutes(o.placed.Add(5*time.Hour))
	},
	func(_ *fake.Seeder, o *invented) { o.status = "キャンセル受付中" },
	func(_ *fake.Seeder, o *invented) {
		o.status, o.set["authorizationStatus"] = "不正取引審査中", "N"
	},
	func(_ *fake.Seeder, o *invented) { o.status = "店長確認中" }, // a shop's own status
	func(_ *fake.Seeder, o *invented) { // a slot in the shop's own order form
		delete(o.set, "deliveryRequestTime")
		o.set["orderOption"] = "配達希望時間帯=14-16時"
	},
	func(_ *fake.Seeder, o *invented) { // points used and taken back: not subtracted
		o.set["usePoint"], o.set["usePointCancel"] = "150", "Y"
	},
	func(_ *fake.Seeder, o *invented) { // not fixed yet
		o.open = true
	},
}

// invented is an order while it is being built.
type invented struct {
	placed                           time.Time
	status                           string
	set                              map[string]string
	lines                            []Line
	charge, coupon, points, auPoints int64
	couponType                       string
	goods, reduced, units, postage   int64
	open                             bool
}

func invent(s *fake.Seeder, i int, placed time.Time) Order {
	buyer := s.Person()
	recipient := buyer
	if s.Chance(30) {
		recipient = s.Person()
	}
	o := plain(s, buyer, recipient, placed)
	if s.Chance(70) {
		o.set["deliveryRequestTime"] = s.SlotLabel()
		o.set["deliveryRequestDay"] = date(placed.AddDate(0, 0, 3+s.IntN(5)))
	}
	for _, item := range s.Items(1 + s.IntN(3)) {
		o.addLine(s, item, int64(1+s.IntN(3)))
	}
	o.postage = fake.Pick(s, []int64{0, 550, 660, 880})
	kinds[i%len(kinds)](s, o)
	o.total()
	return Order{Placed: placed, Status: o.status, Elements: o.set, Lines: o.lines}
}

// plain returns a new order without lines, paid by card, without special wishes.
func plain(s *fake.Seeder, buyer, recipient fake.Person, placed time.Time) *invented {
	return &invented{placed: placed, status: "新規受付", set: map[string]string{
		"sellMethodSegment": "1", "siteAndDevice": fake.Pick(s,
			[]string{"au PAY マーケット(SP(アプリ))", "au PAY マーケット(PC)"}),
		"mailAddress": buyer.Email, "ordererName": buyer.Name(), "ordererKana": buyer.Kana(),
		"ordererZipCode": buyer.Address.Postal,
		"ordererAddress": oneLine(buyer.Address), "ordererPhoneNumber1": buyer.Phone,
		"senderName": recipient.Name(), "senderKana": recipient.Kana(),
		"senderZipCode": recipient.Address.Postal,
		"senderAddress": oneLine(recipient.Address), "senderPhoneNumber1": recipient.Phone,
		"settlementName": "クレジットカード決済", "userComment": s.Remarks(), "memo": "",
		"contactStatus":       "N",
		"authorizationStatus": "Y", "authorizationDate": minutes(placed), "paymentStatus": "N",
		"shipStatus": "N", "printStatus": "N",
		"cancelStatus": "N", "deliveryName": "宅配便", "deliveryMethodId": "1", "settleStatus": "AD",
	}}
}

func oneLine(a fake.Address) string {
	text := a.Prefecture + " " + a.City + " " + a.Street
	if a.Building != "" {
		text += " " + a.Building
	}
	return text
}

func yen(n int64) string { return strconv.FormatInt(n, 10) }

func (o *invented) addLine(s *fake.Seeder, item fake.Item, unit int64) {
	line := Line{
		"itemCode": item.Code, "lotnumber": strconv.Itoa(700000000 + s.IntN(1_000_000)),
		"itemName": item.Name, "itemCancelStatus": "N",
		"beforeDiscount": yen(item.Price), "discount": "0", "itemPrice": yen(item.Price),
		"unit":           yen(unit),
		"totalItemPrice": yen(item.Price * unit), "taxRate": "0.1",
		"giftPoint":             yen(item.Price / 100),
		"shippingDayDispText":   "2～3営業日以内に発送",
		"shippingTimelimitDate": date(o.placed.AddDate(0, 0, 5)),
	}
	if variant := managementID(item); variant != "" {
		line["itemManagementId"] = variant
	}
	if item.Option != "" {
		line["itemOption"] = "タイプ=" + item.Option + "&ラッピング=なし"
	}
	if item.TaxRate == 8 {
		line["taxRate"] = "0.08"
		o.reduced += item.Price * unit
	}
	o.goods += item.Price * unit
	o.units += unit
	o.lines = append(o.lines, line)
}

// taxes writes the sums of each rate: deductions are divided in proportion, and tax is cut to whole
// yen.
func (o *invented) taxes(sum int64) {
	if o.open {
		return
	}
	normal, reduced := sum-o.reduced, o.reduced
	for name, n := range map[string]int64{"totalSalePriceNormalTax": o.goods - o.reduced,
		"totalSalePriceReducedTax": o.reduced} {
		o.set[name] = yen(n)
	}
	for _, off := range []struct {
		name string
		n    int64
	}{{"couponTotalPrice", o.coupon}, {"usePoint", o.points}, {"useAuPointPrice", o.auPoints}} {
		if off.n == 0 {
			continue
		}
		less := (2*off.n*reduced + normal + reduced) / (2 * (normal + reduced)) // rounded half up
		normal, reduced = normal-(off.n-less), reduced-less
		o.set[off.name+"NormalTax"], o.set[off.name+"ReducedTax"], o.set[off.name+
			"NoTax"] = yen(off.n-less), yen(less), "0"
	}
	for name, n := range map[string]int64{
		"requestPriceNormalTax": normal, "requestTaxPriceNormalTax": normal * 10 / 110,
		"requestPriceReducedTax": reduced, "requestTaxPriceReducedTax": reduced * 8 / 108,
		"requestPriceNoTax": 0, "requestTaxPriceNoTax": 0,
	} {
		o.set[name] = yen(n)
	}
}

// total writes the sums: requestPrice = goods + postage + charge - coupon - points.
func (o *invented) total() {
	sum := o.goods + o.postage + o.charge
	if sum < o.coupon+o.points+o.auPoints {
		o.coupon, o.points, o.auPoints, o.couponType = 0, 0, 0, ""
	}
	billed := sum - o.coupon - o.points - o.auPoints
	for name, n := range map[string]int64{
		"totalSalePrice": o.goods, "totalSaleUnit": o.units, "postagePrice": o.postage,
		"chargePrice": o.charge, "totalPrice": sum,
		"totalPriceReducedTax": o.reduced, "totalPriceNormalTax": sum - o.reduced,
		"requestPrice": billed,
	} {
		o.set[name] = yen(n)
	}
	o.set["postagePriceTaxRate"], o.set["chargePriceTaxRate"] = "0.1", "0.1"
	for name, n := range map[string]int64{"couponTotalPrice": o.coupon, "usePoint": o.points,
		"useAuPointPrice": o.auPoints} {
		if n > 0 {
			o.set[name] = yen(n)
		}
	}
	if o.couponType != "" {
		o.set["couponType"], o.set["couponKey"] = o.couponType, "INVENTED-COUPON"
	}
	o.taxes(sum)
	if o.open {
		o.set["postagePrice"], o.set["requestPrice"] = "", ""
	}
}
