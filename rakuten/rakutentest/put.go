package rakutentest

import (
	"cmp"

	"github.com/jpmall/jpmall/internal/fake"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// Put adds an order in the terms of package order and returns the number that the mall gives it.
// The other fakes have the same method. Read through the client it has the same status, buyer,
// recipients, lines, amounts, payment method, day and slot.
//
// Rakuten has one day and one slot for all parcels. A slot that is no shippingTerm becomes その他,
// with its label in the remarks as from the checkout form. What Rakuten cannot hold is refused by
// name: discounts, the status partially_shipped. So is what no Put writes: gifts, pickups, options,
// carriers, shipments, flags. Nothing is added then. A zero Placed is now, no Payment.Method is a
// card, and no TaxRate is the standard rate. The mall sets numbers, Payment.Paid and taxes.
func (m *Mall) Put(o order.Order) (id string, err error) {
	p := fake.NewPut("rakutentest", o, 0)
	x := Order{
		Progress: fake.Word(p, "Status", progresses, o.Status),
		Placed:   o.Placed, Memo: o.Memo, Remarks: o.Remarks,
		Payment: fake.Word(p, "Payment.Method", settlements, cmp.Or(o.Payment.Method, order.Card)),
		CashFee: p.Amount(order.CashFee), Postage: p.Amount(order.Shipping),
		Points: p.Amount(order.PointsUsed),
	}
	p.Uncounted()
	if o.Status == order.Reserved {
		x.Type = 6
	}
	fee, coupons := p.Amount(order.PaymentFee), [...]int64{ // by couponCapitalCode
		1: p.Amount(order.Coupon, order.PaidByShop),
		2: p.Amount(order.Coupon, order.PaidByMaker),
		3: p.Amount(order.Coupon, order.PaidByMall),
	}
	for i, parcel := range p.Parcels {
		if d := parcel.Delivery; i == 0 {
			x.Method = d.Method
			asked(p, &x, d)
		} else if d != p.Parcels[0].Delivery {
			p.Refuse("Parcels[%d].Delivery: day, slot and method are the whole order's", i)
		}
		var items []Item
		for _, l := range parcel.Lines {
			price, _ := l.UnitPrice.Yen()
			items = append(items, Item{Name: l.Name, Manage: l.SKU, SKU: l.SKU, Price: price,
				Units: l.Quantity})
		}
		x.Parcels = append(x.Parcels, Parcel{Items: items})
	}
	if err := p.Err(); err != nil {
		return "", err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	w := m.build(x, fake.NewSeeder(m.options.Seed))
	w.OrdererModel.address = addressOf(fake.PersonOf(p.Buyer))
	w.OrdererModel.EmailAddress = cmp.Or(p.Buyer.Email, w.OrdererModel.EmailAddress)
	for i, pack := range w.PackageModelList {
		pack.SenderModel.address = addressOf(fake.PersonOf(p.Parcels[i].Recipient))
		for j := range pack.ItemModelList {
			rate := fake.Percent(p.Parcels[i].Lines[j].TaxRate)
			pack.ItemModelList[j].TaxRate = float64(rate) / 100
		}
	}
	for capital, price := range coupons {
		if price > 0 {
			w.CouponModelList = append(w.CouponModelList, couponOf(capital, price))
		}
	}
	w.PaymentCharge = fee
	w.sum()
	m.keep(w)
	return w.OrderNumber, nil
}

// progresses are the statuses of package order as orderProgress; a pre-order waits at Rakuten
// until its shipping instruction.
var progresses = map[order.Status]int{
	order.New: 100, order.AwaitingPayment: 200, order.Reserved: 200, order.ReadyToShip: 300,
	order.OnHold: 400, order.Shipped: 500, order.Completed: 700, order.CancelRequested: 800,
	order.Cancelled: 900,
}

// settlements are the payment methods as settlementMethodCode.
var settlements = map[order.PaymentMethod]int{
	order.Card: 1, order.CashOnDelivery: 2, order.Invoice: 7, order.Points: 8,
	order.BankTransfer:     9,
	order.ConvenienceStore: 14, order.Wallet: 17, order.Deferred: 21,
}

// asked writes the buyer's wish: the code of the slot, or その他 with the label where the checkout
// form puts it.
func asked(p *fake.Put, x *Order, d order.Delivery) {
	if !d.Date.IsZero() {
		x.DeliveryDate = d.Date.String()
	}
	slot, label := p.Wish(d)
	if label == "" {
		return
	}
	from, to, _ := slot.Bounds()
	switch {
	case slot == timeslot.NoPreference:
	case slot == timeslot.Morning:
		x.ShippingTerm = 1
	case slot == timeslot.Afternoon:
		x.ShippingTerm = 2
	case slot.Kind() == timeslot.KindWindow && from >= timeslot.At(7, 0) && (from%60|to%60) == 0:
		x.ShippingTerm = int64(from/60*100 + to/60)
	default:
		x.ShippingTerm, x.Remarks = 9, remarks(x.DeliveryDate, label, ":", x.Remarks)
	}
}
