package aupaytest

import (
	"cmp"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
	"github.com/jpmall/jpmall/order"
)

// Put puts an order in the form of package order into the mall and returns the number that the mall
// gives it. The other fakes have the same method. Read through the client it has the same status,
// buyer, recipient, lines, amounts, payment method, day and slot label; Placed is truncated to the
// minute.
//
// Put refuses by name what the mall cannot hold, and puts nothing then: a second parcel, discounts,
// goods without tax and the status partially_shipped. It also refuses what no Put writes: gifts,
// pickups, options, carriers, shipments and flags. A zero Placed is now, no Payment.Method is a
// card, and no TaxRate is the standard rate. The mall sets numbers, Payment.Paid and taxes.
func (m *Mall) Put(o order.Order) (id string, err error) {
	p := fake.NewPut("aupaytest", o, 1)
	p.Uncounted()
	method := cmp.Or(o.Payment.Method, order.Card)
	status := fake.Word(p, "Status", statuses, o.Status)
	settlement := fake.Word(p, "Payment.Method", settlements, method)
	fee := order.PaymentFee
	if method == order.CashOnDelivery {
		fee = order.CashFee
	}
	postage, charge, points := p.Amount(order.Shipping), p.Amount(fee), p.Amount(order.PointsUsed)
	coupon, kind := p.Amount(order.Coupon, order.PaidByMall), "M"
	if coupon == 0 {
		coupon, kind = p.Amount(order.Coupon, order.PaidByShop), "U"
	}
	var label string
	for i, parcel := range p.Parcels {
		if i == 0 {
			_, label = p.Wish(parcel.Delivery)
		}
		for j, l := range parcel.Lines {
			if fake.Percent(l.TaxRate) == 0 {
				p.Refuse("Lines[%d].TaxRate %s: this fake has no goods without tax", j, l.TaxRate)
			}
		}
	}
	if err := p.Err(); err != nil {
		return "", err
	}
	if o.Placed.IsZero() {
		o.Placed = time.Now()
	}
	s, to := fake.NewSeeder(m.opt.Seed), p.Parcels[0]
	x := plain(s, fake.PersonOf(p.Buyer), fake.PersonOf(to.Recipient), o.Placed)
	x.status, x.postage, x.charge, x.points, x.coupon = status, postage, charge, points, coupon
	if coupon > 0 {
		x.couponType = kind
	}
	for _, l := range to.Lines {
		price, _ := l.UnitPrice.Yen() // NewPut has looked
		item := fake.Item{Code: l.SKU, SKU: l.SKU, Name: l.Name, Price: price,
			TaxRate: fake.Percent(l.TaxRate)}
		x.addLine(s, item, l.Quantity)
	}
	x.set["settlementName"], x.set["deliveryRequestTime"] = settlement, label
	x.set["userComment"], x.set["memo"] = o.Remarks, o.Memo
	x.set["deliveryName"] = cmp.Or(to.Delivery.Method, x.set["deliveryName"])
	for _, name := range []string{"ordererName", "ordererKana", "senderName", "senderKana"} {
		x.set[name] = strings.TrimSpace(x.set[name]) // a person of one name
	}
	if d := to.Delivery.Date; !d.IsZero() {
		x.set["deliveryRequestDay"] = date(d.Time())
	}
	x.stand(o.Status, method)
	x.total()
	return m.AddOrder(Order{Placed: o.Placed, Status: x.status, Elements: x.set, Lines: x.lines}),
		nil
}

// statuses are the statuses of package order in the mall's words; for a shipped order shipStatus is
// set, too.
var statuses = map[order.Status]string{
	order.Reserved: "予約中", order.AwaitingPayment: "発送前入金待ち", order.New: "新規受付",
	order.OnHold: "保留", order.ReadyToShip: "発送待ち", order.Shipped: "発送待ち", order.Completed: "完了",
	order.CancelRequested: "キャンセル受付中", order.Cancelled: "キャンセル",
}

// settlements are the payment methods as settlementName.
var settlements = map[order.PaymentMethod]string{
	order.Card: "クレジットカード決済", order.CashOnDelivery: "代金引換", order.ConvenienceStore: "コンビニ決済",
	order.BankTransfer: "銀行振込", order.Deferred: "後払い決済", order.Wallet: "au PAY(auかんたん決済)",
	order.Points: "全額auポイント支払い",
}

// stand fills in what goes with a status: payment, shipping, cancellation.
func (o *invented) stand(status order.Status, method order.PaymentMethod) {
	prepaid := method == order.BankTransfer || method == order.ConvenienceStore
	switch status {
	case order.AwaitingPayment:
		o.set["authorizationStatus"], o.set["authorizationDate"] = "N", ""
	case order.Reserved:
		o.set["sellMethodSegment"], o.set["releaseDate"] = "2", date(o.placed.AddDate(0, 1, 0))
	case order.ReadyToShip:
		if prepaid {
			o.set["paymentStatus"] = "Y"
		}
	case order.Shipped, order.Completed:
		o.set["shipStatus"] = "Y"
		o.set["shipDate"], o.set["shippingDate"] = minutes(o.placed), date(o.placed)
		if prepaid || status == order.Completed {
			o.set["paymentStatus"] = "Y"
		}
	case order.Cancelled:
		o.set["cancelStatus"], o.set["cancelDate"] = "C", minutes(o.placed)
	}
}
