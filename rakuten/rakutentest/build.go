package rakutentest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// undetermined is an amount that is not fixed.
const undetermined = -9999

// build makes a whole order of a simple one; people are invented.
func (m *Mall) build(o Order, s *fake.Seeder) *orderModel {
	if o.Placed.IsZero() {
		o.Placed = time.Now()
	}
	if o.ID == "" {
		o.ID = fmt.Sprintf("%s-%s-%010d", m.options.Shop, o.Placed.In(jst).Format("20060102"),
			len(m.numbers)+1)
	}
	if o.Progress == 0 {
		o.Progress = 300
	}
	if len(o.Parcels) == 0 {
		o.Parcels = []Parcel{{Items: invented(s, 1)}}
	}
	buyer := s.Person()
	w := &orderModel{
		OrderNumber: o.ID, OrderProgress: o.Progress, SubStatusID: nonZero(o.SubStatus),
		OrderDatetime: instant(o.Placed),
		DeliveryDate:  text(o.DeliveryDate), ShippingTerm: nonZero(o.ShippingTerm),
		Remarks: text(o.Remarks), Memo: text(o.Memo),
		RakutenMemberFlag: 1, CarrierCode: fake.Pick(s, []int{0, 11, 12, 21}),
		OrderType: max(o.Type, 1), PaymentChargeTaxRate: 0.1,
		ReceiptIssueHistoryList: []string{}, ChangeReasonModelList: []changeReason{},
		DueDateModelList: []dueDate{},
		OrdererModel: orderer{address: addressOf(buyer),
			EmailAddress: fmt.Sprintf("%032xs1@pc.fw.rakuten.ne.jp", s.Uint64())},
		SettlementModel: settle(max(o.Payment, 1)),
		DeliveryModel:   delivery{DeliveryName: o.Method, DeliveryClass: nonZero(0)},
		PointModel:      point{o.Points}, DeliveryPrice: o.CashFee, override: o.Fields,
	}
	if w.DeliveryModel.DeliveryName == "" {
		w.DeliveryModel.DeliveryName = "宅配便"
	}
	w.progressed(o.Placed)
	for i, p := range o.Parcels {
		pack := m.pack(p, s)
		if i == 0 {
			pack.PostagePrice, pack.DeliveryPrice = o.Postage, o.CashFee
		}
		w.PackageModelList = append(w.PackageModelList, pack)
	}
	if len(w.PackageModelList) > 1 {
		w.SeveralSenderFlag = 1
	}
	if o.Coupon > 0 {
		w.CouponModelList = append(w.CouponModelList, couponOf(1, o.Coupon))
	}
	w.sum()
	return w
}

// progressed fills the instants that an order of this progress has behind it.
func (w *orderModel) progressed(placed time.Time) {
	confirmed, fixed := instant(placed.Add(15*time.Minute)), instant(placed.Add(30*time.Minute))
	if w.OrderProgress >= 200 {
		w.ShopOrderCfmDatetime = &confirmed
	}
	if w.OrderProgress >= 300 {
		w.OrderFixDatetime, w.ShippingInstDatetime = &fixed, &fixed
	}
	if w.OrderProgress >= 500 && w.OrderProgress < 800 {
		w.ShippingCmplRptDatetime = text(instant(placed.Add(26 * time.Hour)))
	}
}

func (m *Mall) pack(p Parcel, s *fake.Seeder) *packageModel {
	to := s.Person()
	if p.Recipient != "" {
		to.Family = p.Recipient
	}
	pack := &packageModel{BasketID: m.id(), PostageTaxRate: 0.1, DeliveryTaxRate: 0.1,
		DefaultDeliveryCompanyCode: "1001",
		SenderModel:                sender{address: addressOf(to)},
		ShippingModelList:          []*shipping{}}
	for _, i := range p.Items {
		pack.ItemModelList = append(pack.ItemModelList, m.item(i))
	}
	for _, r := range p.Shipments {
		record := &shipping{ShippingDetailID: m.id(), DeliveryCompany: text(r.Company),
			ShippingNumber: text(r.Number), ShippingDate: text(r.Date)}
		if r.Company != "" {
			record.DeliveryCompanyName = text(companyName(r.Company))
		}
		pack.ShippingModelList = append(pack.ShippingModelList, record)
	}
	return pack
}

func (m *Mall) item(i Item) item {
	rate := 0.1
	if i.TaxRate != 0 {
		rate = float64(i.TaxRate) / 100
	}
	w := item{ItemDetailID: m.id(), ItemName: i.Name, ItemID: 10_000_000 + m.nextID%1000,
		ItemNumber: text(i.Manage), ManageNumber: strings.ToLower(i.Manage),
		Price: i.Price, Units: max(i.Units, 1), IncludeTaxFlag: 1, PointRate: 1, InventoryType: 1,
		TaxRate: rate, PriceTaxIncl: i.Price,
		SkuModelList: []sku{{VariantID: "normal-inventory", MerchantDefinedSkuID: text(i.SKU)}}}
	return w
}

// id gives ids that do not fit into 31 bits now and then, as the mall's.
func (m *Mall) id() int64 {
	m.nextID++
	return m.nextID
}

func invented(s *fake.Seeder, n int) []Item {
	var items []Item
	for _, i := range s.Items(n) {
		items = append(items, Item{Name: i.Name, Manage: i.Code, SKU: i.SKU, Price: i.Price,
			Units: int64(1 + s.IntN(3)), TaxRate: i.TaxRate})
	}
	return items
}

func addressOf(p fake.Person) address {
	zip1, zip2, _ := strings.Cut(p.Address.Postal, "-")
	phone := append(strings.Split(p.Phone, "-"), "", "")
	return address{ZipCode1: zip1, ZipCode2: zip2, Prefecture: p.Address.Prefecture,
		City:       p.Address.City,
		SubAddress: strings.TrimSpace(p.Address.Street + " " + p.Address.Building),
		FamilyName: p.Family, FirstName: text(p.Given),
		FamilyNameKana: text(p.FamilyKana), FirstNameKana: text(p.GivenKana),
		PhoneNumber1: text(phone[0]), PhoneNumber2: text(phone[1]), PhoneNumber3: text(phone[2])}
}

func couponOf(capital int, price int64) coupon {
	return coupon{CouponCode: "MIHO-NCOU-PON0-0001", CouponName: "見本クーポン",
		CouponSummary:     fmt.Sprintf("定額割引 %d円", price),
		CouponCapital:     []string{1: "ショップ", 2: "メーカー", 3: "サービス"}[capital],
		CouponCapitalCode: capital, ExpiryDate: "2099-12-31",
		CouponPrice: price, CouponUnit: 1, CouponTotalPrice: price}
}

// settle is the payment of a method.
func settle(code int) settlement {
	names := map[int]string{1: "クレジットカード", 2: "代金引換", 7: "請求書払い", 8: "ポイント", 9: "銀行振込",
		13: "セブンイレブン（前払）",
		14: "ファミリーマート、ローソン等（前払）", 17: "PayPal", 21: "後払い決済", 27: "Alipay（支付宝）"}
	name, ok := names[code]
	if !ok {
		name = "その他"
	}
	p := settlement{SettlementMethodCode: code, SettlementMethod: name, RpaySettlementFlag: 1}
	if code == 2 || code == 7 {
		p.RpaySettlementFlag = 0
	}
	if code == 1 {
		p.CardName = text("VISA")
		p.CardNumber = text("XXXX-XXXX-XXXX-0000")
		p.CardOwner = text("HANAKO MIHON")
		p.CardYm = text("2099-12")
		p.CardPayType = new(int64)
	}
	return p
}

// sum makes the amounts of an order from its parts, by the rules of the page: goodsPrice is what is
// registered, totalPrice is with tax, requestPrice is what the buyer is billed. 代引料 is taken as
// part of the bill, as the total on the RMS screen has it.
func (w *orderModel) sum() {
	var goods, withTax, postage, cash, couponShop, couponOther int64
	byRate := map[int]int64{}
	fixed := true
	add := func(rate float64, amount int64) {
		withTax += amount
		byRate[percent(rate)] += amount
	}
	for i, p := range w.PackageModelList {
		p.GoodsPrice, p.TotalPrice = 0, 0
		for _, x := range p.ItemModelList {
			p.GoodsPrice += x.Price * x.Units
			p.TotalPrice += x.PriceTaxIncl * x.Units
			add(x.TaxRate, x.PriceTaxIncl*x.Units)
		}
		for _, wrap := range []*wrapping{w.WrappingModel1, w.WrappingModel2} {
			if wrap == nil || i > 0 {
				continue
			}
			price := wrap.Price
			if wrap.IncludeTaxFlag == 0 {
				price += wrap.TaxPrice
			}
			p.GoodsPrice += wrap.Price
			p.TotalPrice += price
			add(wrap.TaxRate, price)
		}
		goods += p.GoodsPrice
		if p.PostagePrice == undetermined || p.DeliveryPrice == undetermined {
			fixed, p.TotalPrice = false, undetermined
			continue
		}
		p.TotalPrice += p.PostagePrice
		add(p.PostageTaxRate, p.PostagePrice)
		postage += p.PostagePrice
		cash += p.DeliveryPrice
	}
	for _, c := range w.CouponModelList {
		if c.CouponCapitalCode == 1 {
			couponShop += c.CouponTotalPrice
		} else {
			couponOther += c.CouponTotalPrice
		}
	}
	w.GoodsPrice, w.PostagePrice, w.DeliveryPrice, w.TotalPrice = goods, postage, cash, withTax
	w.CouponShopPrice = couponShop
	w.CouponOtherPrice = couponOther
	w.CouponAllTotalPrice = couponShop + couponOther
	w.RequestPrice = withTax + cash + w.PaymentCharge +
		w.AdditionalFeeOccurAmountToUser - w.CouponAllTotalPrice - w.PointModel.UsedPoint
	byRate[10] += cash + w.PaymentCharge
	if !fixed {
		w.PostagePrice, w.TotalPrice, w.RequestPrice = undetermined, undetermined, undetermined
	}
	w.taxes(byRate, fixed)
}

// taxes sums up each rate. Coupons lower the rate with the greatest part; points are not taken off.
func (w *orderModel) taxes(byRate map[int]int64, fixed bool) {
	rates := make([]int, 0, len(byRate))
	for rate, amount := range byRate {
		if amount != 0 {
			rates = append(rates, rate)
		}
	}
	slices.SortFunc(rates, func(a, b int) int { return int(byRate[b] - byRate[a]) })
	w.TaxSummaryModelList = []taxSummary{}
	for i, rate := range rates {
		t := taxSummary{TaxRate: float64(rate) / 100, TotalPrice: byRate[rate],
			ReqPrice: byRate[rate]}
		if i == 0 {
			t.CouponPrice = w.CouponAllTotalPrice
			t.ReqPrice -= t.CouponPrice
		}
		t.ReqPriceTax = t.ReqPrice * int64(rate) / int64(100+rate)
		if !fixed {
			t.ReqPrice, t.ReqPriceTax, t.TotalPrice = undetermined, undetermined, undetermined
		}
		w.TaxSummaryModelList = append(w.TaxSummaryModelList, t)
	}
}

// companyName is the Japanese name of the codes that the fake uses.
func companyName(code string) string {
	names := map[string]string{"1000": "その他", "1001": "ヤマト運輸", "1002": "佐川急便", "1003": "日本郵便",
		"1004": "西濃運輸", "1006": "福山通運"}
	return names[code]
}
