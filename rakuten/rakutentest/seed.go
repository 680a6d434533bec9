package rakutentest

import (
	"fmt"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// seedDays is over how many days before now the invented orders are spread.
const seedDays = 14

// variety is what the invented orders are like, one after the other and again from the start:
// whatever Rakuten can express.
var variety = []struct {
	name string
	make func(*Order, *fake.Seeder) // on the simple order
	then func(*orderModel)          // on the whole one
}{
	{name: "normal", make: func(o *Order, _ *fake.Seeder) { wish(o, 3, 1416, "14:00-16:00", ":") }},
	{name: "to be confirmed", make: func(o *Order, _ *fake.Seeder) { o.Progress = 100 }},
	{name: "unpaid", make: func(o *Order, _ *fake.Seeder) { o.Progress, o.Payment = 200, 14 },
		then: func(w *orderModel) {
			w.DueDateModelList = []dueDate{{0, "2099-12-31"}}
		}},
	{name: "pre-order", make: func(o *Order, _ *fake.Seeder) { o.Progress, o.Type = 200, 6 },
		then: func(w *orderModel) {
			w.ReserveNumber, w.ReserveDeliveryCount = text(w.OrderNumber+"-r"), nonZero(1)
			w.PackageModelList[0].ItemModelList[0].DelvdateInfo = text("入荷次第発送いたします。")
		}},
	{name: "gift", make: func(o *Order, _ *fake.Seeder) { wish(o, 5, 1, "午前中", ":") },
		then: func(w *orderModel) {
			w.GiftCheckFlag = 1
			w.WrappingModel1 = &wrapping{Title: 1, Name: "包装紙A", Price: 220, IncludeTaxFlag: 1,
				TaxRate: 0.1, TaxPrice: 20}
			w.WrappingModel2 = &wrapping{Title: 2, Name: "リボン（赤）", Price: 100, IncludeTaxFlag: 0,
				TaxRate: 0.1, TaxPrice: 10}
			w.PackageModelList[0].Noshi = text("御祝")
		}},
	{name: "several recipients", make: func(o *Order, s *fake.Seeder) {
		o.Parcels = []Parcel{{Items: invented(s, 2)}, {Items: invented(s, 1)}}
		wish(o, 4, 1820, "18時〜20時", ":")
	}, then: func(w *orderModel) { w.PackageModelList[1].PostagePrice = 600 }},
	{name: "points and coupons", make: func(o *Order, _ *fake.Seeder) {
		o.Points = 100
		o.Coupon = 50
	}, then: func(w *orderModel) {
		w.CouponModelList = append(w.CouponModelList, couponOf(2, 30), couponOf(3, 20))
	}},
	{name: "cash on delivery", make: func(o *Order, _ *fake.Seeder) {
		o.Payment = 2
		o.CashFee = 330
	}},
	{name: "cancelled", make: func(o *Order, _ *fake.Seeder) { o.Progress = 900 },
		then: func(w *orderModel) { w.cancelled(1) }},
	{name: "amounts not fixed", make: func(o *Order, _ *fake.Seeder) {
		o.Progress = 100
		o.Postage = undetermined
	}},
	{name: "unreadable slot", make: func(o *Order, _ *fake.Seeder) {
		wish(o, 3, 9, "夕方の涼しいころ", ":")
	}},
	{name: "slot in text only", make: func(o *Order, _ *fake.Seeder) {
		wish(o, 3, 0, "19：00〜21：00", "：")
	}},
	{name: "slot in text, other", make: func(o *Order, _ *fake.Seeder) {
		wish(o, 2, 9, "18時頃-20時頃", ":")
	}},
	{name: "subscription", make: func(o *Order, _ *fake.Seeder) { o.Type = 4 },
		then: func(w *orderModel) {
			w.ReserveNumber, w.ReserveDeliveryCount = text(w.OrderNumber+"-r"), nonZero(3)
		}},
	{name: "island", then: func(w *orderModel) {
		w.IsolatedIslandFlag, w.PackageModelList[0].SenderModel.IsolatedIslandFlag = 1, 1
		w.PackageModelList[0].SenderModel.Prefecture = "沖縄県"
	}},
	{name: "social gift, no address yet", then: func(w *orderModel) { w.socialGift(false) }},
	{name: "social gift", then: func(w *orderModel) { w.socialGift(true) }},
	{name: "convenience store pickup", make: func(o *Order, _ *fake.Seeder) { o.Method = "コンビニ受取" },
		then: func(w *orderModel) {
			w.PackageModelList[0].DeliveryCvsModel = &store{CvsCode: 50, StoreCode: "000123",
				StoreName: "架空駅前店", StoreZip: "000-0123",
				StorePrefecture: "東京都", StoreAddress: "例示市見本町1-1", OpenTime: "06:00",
				CloseTime: "24:00"}
		}},
	{name: "drop-off", then: func(w *orderModel) {
		w.PackageModelList[0].DropOffFlag, w.PackageModelList[0].DropOffLocation = 1, text("宅配ボックス")
	}},
	{name: "checked by Rakuten", make: func(o *Order, _ *fake.Seeder) { o.Progress = 200 },
		then: func(w *orderModel) { w.RakutenConfirmFlag = 1 }},
	{name: "medicine", then: func(w *orderModel) {
		w.DrugFlag, w.PackageModelList[0].ItemModelList[0].DrugFlag = 1, 1
	}},
	{name: "shipped", make: func(o *Order, s *fake.Seeder) { shipped(o, s, 500, 1) }},
	{name: "shipped, payment under way",
		make: func(o *Order, s *fake.Seeder) { shipped(o, s, 600, 2) }},
	{name: "completed", make: func(o *Order, s *fake.Seeder) { shipped(o, s, 700, 1) }},
	{name: "cancellation asked for", make: func(o *Order, _ *fake.Seeder) { o.Progress = 800 },
		then: func(w *orderModel) { w.cancelled(0) }},
	{name: "change not fixed", make: func(o *Order, _ *fake.Seeder) { o.Progress = 400 },
		then: func(w *orderModel) { w.ModifyFlag = 1 }},
	{name: "price without tax", then: func(w *orderModel) {
		i := &w.PackageModelList[0].ItemModelList[0]
		i.Price, i.IncludeTaxFlag, i.TaxRate, i.PriceTaxIncl = 1500, 0, 0.1, 1650
	}},
	{name: "bank transfer", make: func(o *Order, _ *fake.Seeder) { o.Payment = 9 }},
	{name: "deferred payment", make: func(o *Order, _ *fake.Seeder) { o.Payment = 21 },
		then: func(w *orderModel) {
			w.AdditionalFeeOccurAmountToUser = 250
		}},
	{name: "all by points", make: func(o *Order, _ *fake.Seeder) { o.Payment = 8 },
		then: func(w *orderModel) {
			w.sum()
			w.PointModel.UsedPoint = w.RequestPrice
		}},
	{name: "buyer to be careful with",
		then: func(w *orderModel) {
			w.CautionDisplayType = 1
			w.CautionDisplayDetailType = nonZero(102)
		}},
	{name: "next day", make: func(o *Order, _ *fake.Seeder) { wish(o, 1, 2, "午後", ":") },
		then: func(w *orderModel) {
			w.DeliveryCertPrgFlag, w.OneDayOperationFlag = 1, 1
		}},
	{name: "with a memo", make: func(o *Order, _ *fake.Seeder) {
		o.SubStatus, o.Memo = 3601, "お客様より電話あり。在庫確認中"
	}},
}

// seed fills the shop with invented orders, oldest first.
func (m *Mall) seed(n int) {
	s := fake.NewSeeder(m.options.Seed)
	stocks := fake.NewSeeder(m.options.Seed) // one of its own: the orders depend on Seed alone
	now := time.Now().Truncate(time.Second)
	for i, placed := range s.Times(n, now.AddDate(0, 0, -seedDays), now) {
		kind := variety[i%len(variety)]
		o := Order{Placed: placed, Postage: 800, Remarks: remarks("", "", ":", s.Remarks()),
			Parcels: []Parcel{{Items: invented(s, 1+s.IntN(3))}}}
		if kind.make != nil {
			kind.make(&o, s)
		}
		w := m.build(o, s)
		if kind.then != nil {
			kind.then(w)
		}
		if id := w.SubStatusID; id != nil {
			w.SubStatusName = text(m.subStatusName(*id))
		}
		w.sum()
		m.keep(w)
		m.seedStock(stocks, w, now)
	}
}

// wish sets a delivery wish some days after the order, in the fields and in remarks as the checkout
// form writes it.
func wish(o *Order, days int, term int64, label, colon string) {
	on := o.Placed.In(jst).AddDate(0, 0, days)
	o.DeliveryDate, o.ShippingTerm = day(on), term
	written := fmt.Sprintf("%s(%s)", day(on),
		[]string{"日", "月", "火", "水", "木", "金", "土"}[on.Weekday()])
	o.Remarks = remarks(written, label, colon, "")
}

func remarks(date, label, colon, comment string) string {
	return "[配送日時指定" + colon + "]\n" + date + "\n" + label + "\n\n[備考" + colon + "]\n" + comment +
		"\n"
}

func shipped(o *Order, s *fake.Seeder, progress, numbers int) {
	o.Progress = progress
	for range numbers {
		o.Parcels[0].Shipments = append(o.Parcels[0].Shipments,
			Shipment{Company: "1001", Number: s.Tracking(), Date: day(o.Placed.AddDate(0, 0, 1))})
	}
}

// cancelled adds the record of a cancellation; kind 0 is asked for, 1 confirmed.
func (w *orderModel) cancelled(kind int64) {
	at := w.OrderDatetime
	one := int64(1)
	c := changeReason{ChangeID: 700_000_001, ChangeType: &kind, ChangeReason: &one,
		ChangeReasonDetail: &one, ChangeApplyDatetime: &at}
	if kind == 1 {
		c.ChangeFixDatetime = &at
	}
	w.ChangeReasonModelList = append(w.ChangeReasonModelList, c)
}

// socialGift makes the order a social gift, whose recipient enters the address; until then it holds
// dummies.
func (w *orderModel) socialGift(answered bool) {
	p := w.PackageModelList[0]
	w.SocialGiftFlag = 1
	p.SocialGiftModel = &socialGift{SgMngNumber: "SG-" + w.OrderNumber, InputDueDate: "2099-12-31"}
	if answered {
		p.SocialGiftModel.InputFlag, p.SocialGiftModel.InputCompDatetime = 1, text(w.OrderDatetime)
		return
	}
	const dummy, kana = "入力待ち", "ニュウリョクマチ"
	p.SenderModel.address = address{"999", "9999", dummy, dummy, dummy, dummy, text(dummy),
		text(kana), text(kana), text("999"), text("9999"), text("9999")}
}
