package amazontest

import (
	"fmt"
	"strconv"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// seed invents orders of the last 14 days. Each is one of the scenarios, in turn, so that any run
// of them is varied.
func (m *Mall) seed(now time.Time) {
	s := fake.NewSeeder(m.options.Seed)
	now = now.Truncate(time.Second)
	for i, placed := range s.Times(m.options.Orders, now.AddDate(0, 0, -14),
		now.Add(-10*time.Minute)) {
		o := plain(s, placed)
		scenarios[i%len(scenarios)](s, &o)
		for n := range o.Lines {
			o.Lines[n].ID = fmt.Sprintf("0000%06d%02d", i+1, n+1)
		}
		if o.Updated.After(now.Add(-3 * time.Minute)) {
			o.Updated = now.Add(-3 * time.Minute)
		}
		pack(s, &o)
		m.add(o)
	}
}

// plain is an unshipped order of one or two lines, paid by card, sent by the shop.
func plain(s *fake.Seeder, placed time.Time) Order {
	p := s.Person()
	a := p.Address
	o := Order{
		Placed: placed, Updated: placed.Add(time.Duration(5+s.IntN(90)) * time.Minute),
		Status: "UNSHIPPED",
		Buyer: Buyer{Name: p.Name(), Email: fmt.Sprintf("mihon%06d@marketplace.example.jp",
			s.IntN(1_000_000))},
		Address: Address{
			Name: p.Name(), State: a.Prefecture, Line1: a.City + a.Street, Line2: a.Building,
			Postal: a.Postal, Phone: p.Phone,
		},
		ShipFrom: placed, ShipBy: placed.Add(48 * time.Hour),
		DeliverFrom: placed.Add(48 * time.Hour), DeliverBy: placed.Add(96 * time.Hour),
	}
	for _, item := range s.Items(1 + s.IntN(2)) {
		n := 1 + s.IntN(3)
		o.Lines = append(o.Lines, Line{
			ASIN: fmt.Sprintf("B0MIHON%03d", s.IntN(1000)), SKU: item.SKU, Title: item.Name,
			Quantity:  n,
			UnitPrice: strconv.FormatInt(item.Price, 10),
			Item:      strconv.FormatInt(item.Price*int64(n), 10), Points: int(item.Price / 100),
		})
	}
	o.Payments = []Payment{{"CreditCard", o.total()}}
	return o
}

// pack gives a shipped order its parcel.
func pack(s *fake.Seeder, o *Order) {
	if o.Status != "SHIPPED" && o.Status != "PARTIALLY_SHIPPED" {
		return
	}
	p := Package{ID: "1", Carrier: fake.Pick(s, []string{"YAMATO", "SAGAWA", "Japan Post"}),
		Service: "宅配便", Tracking: s.Tracking(),
		Shipped: o.Placed.Add(20 * time.Hour), Items: make(map[string]int)}
	if now := time.Now(); p.Shipped.After(now) {
		p.Shipped = o.Placed.Add(5 * time.Minute)
	}
	for i := range o.Lines {
		l := &o.Lines[i]
		l.Shipped = l.Quantity
		if o.Status == "PARTIALLY_SHIPPED" && i == len(o.Lines)-1 {
			l.Shipped = l.Quantity - 1
		}
		if l.Shipped > 0 {
			p.Items[l.ID] = l.Shipped
		}
	}
	o.Packages = []Package{p}
}

// slot is a delivery window of some hours, Japan time, a few days after the order.
func (o *Order) slot(days, from, to int) (time.Time, time.Time) {
	day := o.Placed.In(jst).AddDate(0, 0, days)
	at := func(hour int) time.Time {
		return time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, jst)
	}
	return at(from), at(to)
}

var jst = time.FixedZone("JST", 9*60*60)

// schedule makes an order a scheduled delivery (お届け日時指定便).
func (o *Order) schedule(days, from, to int) {
	o.Level = "SCHEDULED"
	for i := range o.Lines {
		o.Lines[i].From, o.Lines[i].To = o.slot(days, from, to)
	}
}

var scenarios = []func(*fake.Seeder, *Order){
	func(*fake.Seeder, *Order) {},
	func(_ *fake.Seeder, o *Order) { o.schedule(3, 14, 16) },
	func(_ *fake.Seeder, o *Order) { o.Status, o.Programs = "SHIPPED", []string{"PRIME"} },
	cashOnDelivery,
	convenienceStore,
	func(_ *fake.Seeder, o *Order) { // FBA: the shop gets neither name nor address
		o.Status, o.FulfilledBy, o.Programs = "SHIPPED", "AMAZON", []string{"PRIME"}
	},
	gift,
	func(_ *fake.Seeder, o *Order) { o.schedule(2, 8, 12) },
	func(_ *fake.Seeder, o *Order) { o.Status = "CANCELLED"; o.Lines[0].Cancelled = "BUYER" },
	func(_ *fake.Seeder, o *Order) { o.CancelReason = "間違えて注文しました" },
	preorder,
	func(_ *fake.Seeder, o *Order) { // two kinds of goods on two days
		o.Level = "SCHEDULED"
		o.Lines = append(o.Lines, o.Lines[0])
		for i := range o.Lines {
			o.Lines[i].From, o.Lines[i].To = o.slot(3+i, 18, 20)
		}
	},
	func(s *fake.Seeder, o *Order) { // Amazonビジネス
		o.Programs = []string{"AMAZON_BUSINESS"}
		o.Buyer.Company = "株式会社例示"
		o.Buyer.PurchaseOrder = fmt.Sprintf("PO-%04d", s.IntN(10_000))
		o.Address.Company = "株式会社例示 見本部"
		o.Address.Type = "COMMERCIAL"
		o.Payments = []Payment{{"Invoice", o.total()}}
	},
	pointsAndGiftCard,
	// a slot that is no slot: from one day's afternoon to the next day's
	func(s *fake.Seeder, o *Order) {
		o.Level = "SCHEDULED"
		from, _ := o.slot(2, 14, 16)
		_, to := o.slot(3, 14, 16)
		for i := range o.Lines {
			o.Lines[i].From, o.Lines[i].To = from, to
		}
	},
	// scheduled, but the window did not come
	func(_ *fake.Seeder, o *Order) { o.Level = "SCHEDULED" },
	func(_ *fake.Seeder, o *Order) { // コンビニ受取
		o.Address.Type, o.Address.Company, o.Address.Phone = "PICKUP_POINT", "見本マート 例示駅前店", ""
	},
	func(_ *fake.Seeder, o *Order) { o.Lines[0].Programs = []string{"SUBSCRIBE_AND_SAVE"} },
	func(_ *fake.Seeder, o *Order) { o.Status = "PARTIALLY_SHIPPED"; o.Lines[0].Quantity++ },
	func(_ *fake.Seeder, o *Order) { // a status that no model lists
		o.Status = "UNDER_INVESTIGATION"
	},
	func(_ *fake.Seeder, o *Order) {
		o.DropOff, o.Instruction = "玄関前", "インターホンは鳴らさないでください"
	},
	func(_ *fake.Seeder, o *Order) {
		o.Replaces = "250-0000999-0000001"
		o.Lines[0].Item, o.Lines[0].UnitPrice = "0", "0"
	},
	func(_ *fake.Seeder, o *Order) { // the day, any time
		o.Level = "SCHEDULED"
		from, _ := o.slot(4, 0, 0)
		for i := range o.Lines {
			o.Lines[i].From, o.Lines[i].To = from, from.Add(24*time.Hour-time.Second)
		}
	},
	func(_ *fake.Seeder, o *Order) { o.Lines[0].Discount, o.Lines[0].Shipping = "200", "550" },
	func(_ *fake.Seeder, o *Order) {
		o.Programs, o.EasyShip = []string{"AMAZON_EASY_SHIP"}, "MIHON-EASY-0001"
	},
	func(_ *fake.Seeder, o *Order) { // yen as older systems write them
		for i := range o.Lines {
			o.Lines[i].UnitPrice += ".00"
			o.Lines[i].Item += ".00"
		}
	},
	func(_ *fake.Seeder, o *Order) { // an amount that did not come
		o.GrandTotal = "-"
		o.Lines[0].Item, o.Lines[0].UnitPrice = "", ""
	},
	func(_ *fake.Seeder, o *Order) { o.Status, o.FulfilledBy = "UNFULFILLABLE", "AMAZON" },
	func(_ *fake.Seeder, o *Order) {
		o.Level = "SAME_DAY"
		o.Programs = []string{"PRIME", "PREMIUM"}
	},
	func(_ *fake.Seeder, o *Order) { o.schedule(5, 19, 21); o.Status = "SHIPPED" },
}

func cashOnDelivery(_ *fake.Seeder, o *Order) {
	o.Lines[0].CODFee = "330"
	for i := range o.Lines {
		o.Lines[i].COD = true
	}
	o.Payments = []Payment{{"CashOnDelivery", o.total()}}
}

// convenienceStore is an order that waits for its payment: no address, no personal data.
func convenienceStore(_ *fake.Seeder, o *Order) {
	o.Status, o.Payments = "PENDING", []Payment{{"ConvenienceStore", o.total()}}
	o.ShipFrom = time.Time{}
	o.ShipBy = time.Time{}
	o.DeliverFrom = time.Time{}
	o.DeliverBy = time.Time{}
}

func gift(s *fake.Seeder, o *Order) {
	o.Lines[0].Gift = &Gift{Message: s.GiftMessage(), Wrap: "ギフト袋"}
	o.Lines[0].GiftWrap = "330"
	recipient := s.Person()
	o.Address.Name = recipient.Name()
	o.Payments[0].Amount = o.total()
}

func preorder(_ *fake.Seeder, o *Order) {
	o.Status, o.Programs, o.Payments = "PENDING_AVAILABILITY", []string{"PREORDER"}, nil
	o.ShipFrom, o.ShipBy = time.Time{}, time.Time{}
}

// pointsAndGiftCard pays in three parts.
func pointsAndGiftCard(_ *fake.Seeder, o *Order) {
	rest, err := strconv.Atoi(o.total())
	if err != nil || rest < 200 {
		return
	}
	o.Payments = []Payment{{"PointsAccount", "100"}, {"GC", "50"},
		{"CreditCard", strconv.Itoa(rest - 150)}}
}
