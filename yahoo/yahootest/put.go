package yahootest

import (
	"cmp"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
	"github.com/jpmall/jpmall/order"
)

// Put puts an order in the form of package order into the mall and returns the number that the mall
// gives it. The other fakes have the same method. Read through the client it has the same status,
// buyer, recipient, lines, amounts, payment method, day and slot label.
//
// Put refuses by name what Yahoo! cannot hold, and puts nothing then: a second parcel, discounts
// other than the mall's coupons and the store's discounts, the statuses partially_shipped and
// cancel_requested, and awaiting payment with cash on delivery. It also refuses what no Put writes:
// gifts, pickups, options, carriers, shipments and flags. A zero Placed is now, no Payment.Method
// is a card, and no TaxRate is the standard rate. The mall sets numbers, Payment.Paid and taxes.
func (m *Mall) Put(o order.Order) (id string, err error) {
	p := fake.NewPut("yahootest", o, 1)
	p.Uncounted()
	method := cmp.Or(o.Payment.Method, order.Card)
	stands := fake.Word(p, "Status", statuses, o.Status)
	pay := fake.Word(p, "Payment.Method", payMethods, method)
	door := method == order.CashOnDelivery
	if door && o.Status == order.AwaitingPayment {
		p.Refuse("Status %s: with cash on delivery nothing is waited for", o.Status)
	}
	fee := order.PaymentFee
	if door {
		fee = order.CashFee
	}
	charges := []string{
		"ShipCharge", decimal(p.Amount(order.Shipping)), "PayCharge", decimal(p.Amount(fee)),
		"UsePoint", decimal(p.Amount(order.PointsUsed)),
		"Discount", decimal(p.Amount(order.Discount, order.PaidByShop, "")),
		"TotalMallCouponDiscount", decimal(p.Amount(order.Coupon, order.PaidByMall)),
	}
	var label string
	if len(p.Parcels) > 0 {
		_, label = p.Wish(p.Parcels[0].Delivery)
	}
	if err := p.Err(); err != nil {
		return "", err
	}
	if o.Placed.IsZero() {
		o.Placed = time.Now()
	}
	to, buyer := p.Parcels[0], fake.PersonOf(p.Buyer)
	x := ordinary(fake.NewSeeder(m.options.Seed), o.Placed)
	person(&x, "Bill", buyer)
	person(&x, "Ship", fake.PersonOf(to.Recipient))
	set(&x, charges...)
	set(&x, stands...)
	set(&x, "BillMailAddress", buyer.Email, "BillAddressFrom", "bill",
		"BuyerComments", o.Remarks, "Notes", o.Memo,
		"PayMethod", pay[0], "PayMethodName", pay[1], "PayKind", pay[2],
		"ShipRequestTime", label, "ShipRequestDate", "",
		"ShipMethodName", cmp.Or(to.Delivery.Method, "宅配便"))
	if d := to.Delivery.Date; !d.IsZero() {
		set(&x, "ShipRequestDate", d.String())
	}
	if door || o.Status == order.AwaitingPayment {
		set(&x, "PayStatus", "0", "SettleStatus", "2", "PayDate", "", "PayActionTime", "")
	}
	x.Lines = nil
	for _, l := range to.Lines {
		price, _ := l.UnitPrice.Yen() // NewPut has looked
		item := fake.Item{Code: l.SKU, SKU: l.SKU, Name: l.Name, Price: price,
			TaxRate: fake.Percent(l.TaxRate)}
		x.Lines = append(x.Lines, line(item, int(l.Quantity)))
	}
	return m.AddOrder(x), nil
}

// statuses are the statuses of package order in the mall's fields, by pairs of names and values.
var statuses = map[order.Status][]string{
	order.Reserved:        {"OrderStatus", "1", "ShipStatus", "0", "IsSeen", "false"},
	order.AwaitingPayment: {"ShipStatus", "0", "PayType", "1"},
	order.New:             {"IsSeen", "false"},
	order.OnHold:          {"OrderStatus", "3"},
	order.ReadyToShip:     {"ShipStatus", "1"},
	order.Shipped:         {"ShipStatus", "3"},
	order.Completed:       {"OrderStatus", "5", "ShipStatus", "3"},
	order.Cancelled:       {"OrderStatus", "4", "ShipStatus", "0"},
}

// payMethods are the payment methods as PayMethod, PayMethodName and PayKind.
var payMethods = map[order.PaymentMethod][3]string{
	order.Card:             {"payment_a1", "クレジットカード決済", "0"},
	order.CashOnDelivery:   {"payment_d1", "商品代引", "4"},
	order.ConvenienceStore: {"payment_a7", "コンビニ決済(その他)", "5"},
	order.BankTransfer:     {"payment_b1", "銀行振込(見本銀行)", "3"},
	order.Wallet:           {"payment_a17", "PayPay残高", "6"},
	order.Points:           {"payment_z1", "全額ポイント", "7"},
	order.CarrierBilling:   {"payment_a11", "ソフトバンクまとめて支払い", "0"},
	order.Deferred:         {"payment_a18", "ゆっくり払い", "0"},
}
