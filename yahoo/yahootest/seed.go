package yahootest

import (
	"strconv"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// spread is how far back the seeded orders go.
const spread = 14 * 24 * time.Hour

// seed fills the store. The scenarios come one after the other, so that every n orders at least n
// of them occur.
func (m *Mall) seed(seed uint64, n int) {
	s := fake.NewSeeder(seed)
	stocks := fake.NewSeeder(seed) // one of its own, so that the orders depend on seed alone
	now := time.Now().Truncate(time.Second)
	cases := scenarios()
	for i, at := range s.Times(n, now.Add(-spread), now.Add(-cancelWindow)) {
		o := ordinary(s, at)
		cases[i%len(cases)](s, &o)
		if i == n-1 {
			o.Placed = now.Add(-2 * time.Minute) // one that the buyer can still cancel
			set(&o, "IsSeen", "false", "ShipStatus", "0")
		}
		updated := o.Placed.Add(time.Duration(1+s.IntN(300)) * time.Second)
		if last := now.Add(-time.Minute); updated.After(last) { // not in the future
			updated = last
		}
		o.Fields["LastUpdateTime"] = instant(updated)
		m.add(o)
		for _, l := range o.Lines {
			m.seedStock(stocks, l.Fields["ItemId"], l.Fields["SubCode"], now)
		}
	}
}

// set writes pairs of names and values.
func set(o *Order, pairs ...string) {
	for i := 0; i+1 < len(pairs); i += 2 {
		o.Fields[pairs[i]] = pairs[i+1]
	}
}

// ordinary is a paid order of one or two lines that waits to be shipped.
func ordinary(s *fake.Seeder, at time.Time) Order {
	o := Order{Placed: at, Fields: make(map[string]string)}
	buyer := s.Person()
	person(&o, "Bill", buyer)
	person(&o, "Ship", buyer)
	set(&o, "BillMailAddress", buyer.Email, "BillAddressFrom", "ship",
		"DeviceType", "3", "IsSeen", "true", "IsRoyalty", "true", "IsRoyaltyFix", "false",
		"IsSeller", "false", "IsAffiliate", "false",
		"IsRatingB2s", "false", "Suspect", "0", "OrderStatus", "2", "OperationUser", "system",
		"HistoryId", "1", "FraudHoldStatus", "0",
		"IsYahooAuctionOrder", "false", "IsLineGiftOrder", "false", "SocialGiftType", "0",
		"OverlapOrderResult", "2", "AffiliateType", "0",
		"OptionPartnerType", "0", "BuyerComments", s.Remarks(),
		"PayStatus", "1", "SettleStatus", "3", "PayType", "0", "PayKind", "0", "PayMethod",
		"payment_a1",
		"PayMethodName", "クレジットカード決済", "PayDate", day(at), "PayActionTime",
		instant(at.Add(3*time.Second)),
		"SettleId", "mihon"+strconv.Itoa(100_000+s.IntN(900_000)), "NeedBillSlip", "false",
		"NeedDetailedSlip", "true", "NeedReceipt", "false",
		"ShipStatus", "1", "ShipMethod", "postage1", "ShipMethodName", "宅配便", "ShipRequestTime",
		s.SlotLabel(), "ArriveType", "0",
		"NeedGiftWrap", "false", "NeedGiftWrapPaper", "false", "ExcellentDelivery", "0", "IsEazy",
		"false", "RemoteAreaShippingType", "0",
		"PayCharge", "0", "ShipCharge", "550", "GiftWrapCharge", "0", "Discount", "0", "UsePoint",
		"0", "GiftCardDiscount", "0",
		"IsGetPointFixAll", "false", "TotalMallCouponDiscount", "0", "FspLicenseCode", "2000",
		"FspLicenseName", "なし", "IsLogin", "true")
	if s.Chance(60) {
		set(&o, "ShipRequestDate", day(at.AddDate(0, 0, 2+s.IntN(6))))
	}
	for _, item := range s.Items(1 + s.IntN(3)) {
		o.Lines = append(o.Lines, line(item, 1+s.IntN(3)))
	}
	return o
}

func person(o *Order, prefix string, p fake.Person) {
	set(o, prefix+"LastName", p.Family, prefix+"FirstName", p.Given, prefix+"LastNameKana",
		p.FamilyKana, prefix+"FirstNameKana", p.GivenKana,
		prefix+"ZipCode", p.Address.Postal, prefix+"Prefecture", p.Address.Prefecture,
		prefix+"City", p.Address.City,
		prefix+"Address1", p.Address.Street, prefix+"Address2", p.Address.Building,
		prefix+"PhoneNumber", p.Phone)
}

func line(item fake.Item, quantity int) Line {
	l := Line{Fields: map[string]string{
		"ItemId": item.Code, "Title": item.Name, "IsUsed": "false", "IsTaxable": "true",
		"ItemTaxRatio":    strconv.Itoa(item.TaxRate),
		"UnitPrice":       decimal(item.Price),
		"NonTaxUnitPrice": decimal(item.Price * 100 / int64(100+item.TaxRate)),
		"Quantity":        strconv.Itoa(quantity), "UnitGetPoint": decimal(item.Price / 100),
		"PriceType": "1",
	}}
	if item.SKU != item.Code {
		l.Fields["SubCode"], l.Fields["SubCodeOption"] = item.SKU, item.Option
		l.Options = []Choice{{Name: "種類", Value: item.Option, Price: "0"}}
	}
	return l
}
