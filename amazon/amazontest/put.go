package amazontest

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// Put puts an order written in the terms of package order into the mall and returns its id. The
// other fakes have the same method. Read through the client it has the same status, buyer,
// recipient, lines, amounts, payment method, day and slot. A pending order (reserved,
// awaiting_payment) has no buyer, recipient and remarks.
//
// Amazon has one address, no memo, no coupons or points to take off, and no statuses new and
// completed. Instead of slots it has scheduled deliveries (お届け日時指定便): a day, or hours of a day. It
// has none for words such as 午前中. What Amazon cannot hold is an error that names it, and so is what
// no Put writes (gifts, pickups, options, carriers, shipments, flags); nothing is put then. What
// Amazon does not send is left out: kana, tax rates, and the shop's name of the delivery method. A
// zero Placed is now, and an empty [Payment.Method] is a card. Numbers and Payment.Paid are set by
// the mall.
func (m *Mall) Put(o order.Order) (id string, err error) {
	p := fake.NewPut("amazontest", o, 1)
	p.Without("Memo", o.Memo)
	method := cmp.Or(o.Payment.Method, order.Card)
	x := Order{
		Placed: o.Placed, Instruction: o.Remarks,
		Status:   fake.Word(p, "Status", statuses, o.Status),
		Payments: []Payment{{Method: fake.Word(p, "Payment.Method", paymentWords, method)}},
	}
	if o.Status == order.CancelRequested {
		x.CancelReason = "見本のため"
	}
	shipping, cash := p.Amount(order.Shipping), p.Amount(order.CashFee)
	off := p.Amount(order.Discount)
	var from, to time.Time
	if len(p.Parcels) > 0 {
		from, to = scheduled(p, p.Parcels[0].Delivery)
	}
	if err := p.Err(); err != nil {
		return "", err
	}
	buyer, recipient := fake.PersonOf(p.Buyer), fake.PersonOf(p.Parcels[0].Recipient)
	a := recipient.Address
	x.Buyer = Buyer{Name: strings.TrimSpace(buyer.Name()), Email: buyer.Email}
	x.Address = Address{Name: strings.TrimSpace(recipient.Name()), Phone: recipient.Phone,
		Postal: a.Postal, State: a.Prefecture, City: a.City, Line1: a.Street, Line2: a.Building}
	if !from.IsZero() {
		x.Level = "SCHEDULED"
	}
	for i, l := range p.Parcels[0].Lines {
		price, _ := l.UnitPrice.Yen() // NewPut has looked
		line := Line{
			ASIN: fmt.Sprintf("B0MIHON%03d", i), SKU: l.SKU, Title: l.Name,
			Quantity: int(l.Quantity), Shipped: int(l.Shipped),
			UnitPrice: strconv.FormatInt(price, 10), Item: strconv.FormatInt(price*l.Quantity, 10),
			From: from, To: to, COD: method == order.CashOnDelivery,
		}
		if o.Status == order.Shipped {
			line.Shipped = line.Quantity
		}
		if i == 0 { // amounts belong to lines here
			line.Shipping, line.CODFee, line.Discount = whole(shipping), whole(cash), whole(off)
		}
		x.Lines = append(x.Lines, line)
	}
	x.Payments[0].Amount = x.total()
	return m.AddOrder(x), nil
}

// whole returns an amount as text, or "" for 0.
func whole(yen int64) string {
	if yen == 0 {
		return ""
	}
	return strconv.FormatInt(yen, 10)
}

// scheduled returns the scheduled delivery that a wish asks for; two zero instants are none.
func scheduled(p *fake.Put, d order.Delivery) (from, to time.Time) {
	slot, label := p.Wish(d)
	day := d.Date.Time()
	begins, ends, _ := slot.Bounds()
	switch {
	case label == "" && d.Date.IsZero():
		return time.Time{}, time.Time{}
	case slot == timeslot.NoPreference && !d.Date.IsZero():
		return day, day.AddDate(0, 0, 1)
	case slot.Kind() == timeslot.KindWindow && !d.Date.IsZero():
		at := func(c timeslot.Clock) time.Time { return day.Add(time.Duration(c) * time.Minute) }
		return at(begins), at(ends)
	}
	p.Refuse("Delivery %q: only a day, or hours of a day, can be scheduled",
		strings.TrimSpace(d.Date.String()+" "+label))
	return from, to
}

// statuses maps the statuses of package order to fulfillmentStatus. A buyer requests a cancellation
// while nothing is shipped.
var statuses = map[order.Status]string{
	order.Reserved: "PENDING_AVAILABILITY", order.AwaitingPayment: "PENDING",
	order.ReadyToShip: "UNSHIPPED", order.CancelRequested: "UNSHIPPED",
	order.OnHold:           "UNFULFILLABLE",
	order.PartiallyShipped: "PARTIALLY_SHIPPED", order.Shipped: "SHIPPED",
	order.Cancelled: "CANCELLED",
}

// paymentWords maps payment methods to Amazon's.
var paymentWords = map[order.PaymentMethod]string{
	order.Card: "CreditCard", order.CashOnDelivery: "CashOnDelivery",
	order.ConvenienceStore: "ConvenienceStore", order.Invoice: "Invoice",
	order.Points: "PointsAccount",
}
