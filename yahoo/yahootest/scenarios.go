package yahootest

import (
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// scenario turns an ordinary order into a special one.
type scenario func(*fake.Seeder, *Order)

// fields makes a scenario of pairs of names and values.
func fields(pairs ...string) scenario { return func(_ *fake.Seeder, o *Order) { set(o, pairs...) } }

func pay(method, name, kind string) scenario {
	return fields("PayMethod", method, "PayMethodName", name, "PayKind", kind)
}

// all plays several scenarios.
func all(parts ...scenario) scenario {
	return func(s *fake.Seeder, o *Order) {
		for _, part := range parts {
			part(s, o)
		}
	}
}

var (
	unseen   = fields("IsSeen", "false")
	awaiting = fields("PayStatus", "0", "SettleStatus", "2", "PayDate", "", "PayType", "1",
		"ShipStatus", "0")
	shipped = scenario(func(s *fake.Seeder, o *Order) {
		set(o, "ShipStatus", "3", "ShipCompanyCode", fake.Pick(s, []string{"1001", "1002", "1003"}),
			"ShipInvoiceNumber1", s.Tracking(), "ShipDate", day(o.Placed.AddDate(0, 0, 1)))
	})
)

// scenarios are the kinds of orders that the store has.
func scenarios() []scenario {
	return append(append(common(), wishes()...), special()...)
}

// common: payment and progress.
func common() []scenario {
	return []scenario{
		unseen,
		pay("payment_a17", "PayPay残高", "6"),
		all(pay("payment_a7", "コンビニ決済(その他)", "5"), awaiting),
		all(pay("payment_b1", "銀行振込(見本銀行)", "3"), awaiting),
		all(pay("payment_d1", "商品代引", "4"),
			fields("PayStatus", "0", "SettleStatus", "2", "PayCharge", "330", "PayDate", "")),
		all(shipped, fields("SettleStatus", "5")),
		all(shipped, fields("SettleStatus", "5", "OrderStatus", "5", "FirstOrderDoneDate",
			"2026-01-01")),
		fields("OrderStatus", "4", "CancelReason", "300", "ShipStatus", "0", "SettleStatus", "6",
			"IsSeen", "true"),
		fields("OrderStatus", "4", "CancelReason", "230", "CancelReasonDetail", "倉庫の見本違いのため",
			"ShipStatus", "0", "SettleStatus", "7"),
		fields("OrderStatus", "3", "StoreStatus", "2", "Notes", "住所を確認中"),
		fields("SettleStatus", "10", "PayStatus", "0", "ShipStatus", "0",
			"IsPayMethodChangePossible", "true"),
		fields("UsePoint", "500", "TotalMallCouponDiscount", "300"),
		all(pay("payment_z1", "全額ポイント", "7"),
			func(_ *fake.Seeder, o *Order) { set(o, "UsePoint", decimal(total(o))) }),
		fields("PayMethod", "payment_a17", "PayMethodName", "PayPay残高", "CombinedPayType", "0",
			"CombinedPayKind", "0",
			"CombinedPayMethod", "payment_a1", "CombinedPayMethodName", "クレジットカード決済",
			"PayMethodAmount", "500"),
	}
}

// wishes: delivery and gifts.
func wishes() []scenario {
	return []scenario{
		fields("ShipRequestTime", "14:00-16:00"),
		fields("ShipRequestTime", "午前中"),
		fields("ShipRequestTime", "夕方ごろ"), // nobody can read it
		fields("ShipRequestTime", "", "ShipRequestTimeZoneCode", "103", "ShipInstructType", "102",
			"ShipInstructStatus", "101"),
		fields("ShipRequestTime", "", "BuyerComments", "配達希望時間帯：18時～20時でお願いします"),
		fields("NeedGiftWrap", "true", "GiftWrapType", "包装紙 見本柄", "GiftWrapMessage",
			"お誕生日おめでとうございます。", "GiftWrapCharge", "220"),
		func(s *fake.Seeder, o *Order) {
			set(o, "NeedGiftWrapPaper", "true", "GiftWrapPaperType", "内祝", "GiftWrapName", "見本")
			person(o, "Ship", s.Person())
			o.Lines[0].Inscriptions = []Choice{{Name: "名入れ", Value: "みほん"}}
		},
		fields("SocialGiftType", "1", "BillLastName", "ソーシャルギフト", "BillFirstName", "注文",
			"BillMailAddress", "noreply@example.com"),
		fields("IsLineGiftOrder", "true", "IsLineGiftShippable", "false", "LineGiftOrderId",
			"90000001", "ShipStatus", "0"),
		fields("IsEazy", "true", "EazyDeliveryCode", "2", "EazyDeliveryName", "宅配ボックス"),
		fields("ReceiveSatelliteType", "3", "ReceiveSatelliteCompanyName", "ヤマト運輸",
			"ReceiveSatelliteShopCode", "000000",
			"ReceiveSatelliteShopName", "見本営業所"),
		fields("ReceiveShopType", "1", "ReceiveShopCode", "mihon-01", "ReceiveShopName", "見本店",
			"ShipCharge", "0", "ShipCompanyCode", "5001"),
		fields("ShipPrefecture", "沖縄県", "ShipCity", "架空郡例示村", "RemoteAreaShippingType", "2"),
		fields("ExcellentDelivery", "2", "ArriveType", "2"),
	}
}

// special: everything else the mall can express.
func special() []scenario {
	return []scenario{
		all(unseen, func(_ *fake.Seeder, o *Order) {
			set(o, "OrderStatus", "1", "ShipStatus", "0")
			o.Lines[0].Fields["ReleaseDate"] = day(o.Placed.AddDate(0, 1, 0))
		}),
		fields("FraudHoldStatus", "1", "ShipStatus", "0"),
		fields("Suspect", "1", "ShipStatus", "0"),
		fields("IsSubscription", "true", "SubscriptionId", "teiki-20260101-mihon-00000001",
			"SubscriptionContinueCount", "3"),
		fields("IsMultiShip", "true", "MultiShipId", "mihon-multi-000000000000000000000000000001"),
		fields("IsFirstClassDrugIncludes", "true", "IsFirstClassDrugAgreement", "true",
			"ShipStatus", "0"),
		func(_ *fake.Seeder, o *Order) {
			set(o, "ParentOrderId", "mihon-store-09999999", "Discount", "100", "Adjustments", "-50")
		},
		fields("UsePoint", "800", "GiftCardDiscount", "500", "TotalImmediateBonusAmount", "200"),
		fields("IsSeller", "true", "IsRoyalty", "false"),
		// a sum that does not add up
		func(_ *fake.Seeder, o *Order) { set(o, "TotalPrice", decimal(total(o)+300)) },
		all(shipped, func(s *fake.Seeder, o *Order) {
			set(o, "ShipInvoiceNumber2", s.Tracking(), "ShipStatus", "4", "ArrivalDate",
				day(o.Placed.Add(48*time.Hour)))
		}),
	}
}
