package faulttest_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/ordertest"
	"github.com/jpmall/jpmall/timeslot"
)

// mallOrder is ordertest's sample with what shops look at: two kinds of goods at two rates,
// another recipient, a day and a slot.
func mallOrder() order.Order {
	o := ordertest.Sample(1, time.Now().Add(-time.Hour).Truncate(time.Minute))
	o.Buyer.Name, o.Buyer.Kana = "例示 花子", "レイジ ハナコ"
	to := &o.Parcels[0]
	to.Recipient.Name, to.Recipient.Kana = "見本 太郎", "ミホン タロウ"
	to.Recipient.Address = []string{"見本町1-2-3", "架空ハイツ101"}
	to.Lines = append(to.Lines, order.Line{SKU: "TOWEL-3", Name: "例示タオル 3枚組", Quantity: 2,
		UnitPrice: order.Yen(1650), TaxRate: order.StandardRate})
	to.Delivery.Date = order.DateOf(o.Placed).AddDays(4)
	to.Delivery.Slot, to.Delivery.Label = window(14, 16), "14時～16時"
	o.Remarks = "玄関先でお願いします。"
	o.Amounts = order.Amounts{Billed: order.Yen(5150), Components: []order.Component{
		{Kind: order.Shipping, Amount: order.Yen(550)}}}
	return o
}

// window and until are slots of whole hours.
func window(from, to int) timeslot.Slot {
	s, _ := timeslot.Window(timeslot.At(from, 0), timeslot.At(to, 0))
	return s
}

func until(hour int) timeslot.Slot {
	s, _ := timeslot.Until(timeslot.At(hour, 0))
	return s
}

// component adds an amount that changes the bill.
func component(kind order.ComponentKind, bearer order.Bearer, yen int64) func(*order.Order) {
	return func(o *order.Order) {
		o.Amounts.Components = append(o.Amounts.Components,
			order.Component{Kind: kind, Bearer: bearer, Amount: order.Yen(yen)})
		o.Amounts.Billed = o.Amounts.Billed.Add(order.Yen(yen))
	}
}

func stands(s order.Status) func(*order.Order) { return func(o *order.Order) { o.Status = s } }

func paid(m order.PaymentMethod) func(*order.Order) {
	return func(o *order.Order) { o.Payment.Method = m }
}

func wanted(slot timeslot.Slot, label string) func(*order.Order) {
	return func(o *order.Order) {
		d := &o.Parcels[0].Delivery
		d.Slot, d.Label = slot, label
	}
}

// why says what each mall that cannot hold something says of it.
type why = map[order.Mall]string

func only(m order.Mall, text string) why { return why{m: text} }

// puts are changes to mallOrder.
var puts = map[string]struct {
	change  func(*order.Order)
	refused why // nobody where it is nil
}{
	"as it is":         {change: func(*order.Order) {}},
	"without a wish":   {change: func(o *order.Order) { o.Parcels[0].Delivery = order.Delivery{} }},
	"a day, no slot":   {change: wanted(timeslot.NoPreference, "")},
	"a slot, no label": {change: wanted(window(18, 20), "")},
	"the buyer's own":  {change: func(o *order.Order) { o.Parcels[0].Recipient = order.Party{} }},
	"free": {change: func(o *order.Order) {
		o.Parcels[0].Lines[0].UnitPrice, o.Amounts = order.Yen(0), order.Amounts{}
	}},
	"awaiting payment":  {change: stands(order.AwaitingPayment)},
	"reserved":          {change: stands(order.Reserved)},
	"on hold":           {change: stands(order.OnHold)},
	"shipped":           {change: stands(order.Shipped)},
	"cancelled":         {change: stands(order.Cancelled)},
	"convenience store": {change: paid(order.ConvenienceStore)},
	"cash on delivery": {change: func(o *order.Order) {
		o.Payment.Method = order.CashOnDelivery
		component(order.CashFee, "", 330)(o)
	}},

	"new":              {stands(order.New), only(order.Amazon, `Status "new"`)},
	"completed":        {stands(order.Completed), only(order.Amazon, `Status "completed"`)},
	"cancel requested": {stands(order.CancelRequested), only(order.Yahoo, `Status "cancel_requested"`)},
	"unknown":          {stands(order.Unknown), inAll(`Status "unknown"`)},
	"part of it shipped": {func(o *order.Order) {
		o.Status, o.Parcels[0].Lines[1].Shipped = order.PartiallyShipped, 1
	}, inAllBut(order.Amazon, `Status "partially_shipped"`)},
	"a count alone": {func(o *order.Order) { o.Parcels[0].Lines[1].Shipped = 1 },
		inAllBut(order.Amazon, "Parcels[0].Lines[1].Shipped")},

	"bank transfer":   {paid(order.BankTransfer), only(order.Amazon, `Payment.Method "bank_transfer"`)},
	"wallet":          {paid(order.Wallet), only(order.Amazon, `Payment.Method "wallet"`)},
	"invoice":         {paid(order.Invoice), why{order.Yahoo: `"invoice"`, order.AuPay: `"invoice"`}},
	"carrier billing": {paid(order.CarrierBilling), inAllBut(order.Yahoo, `"carrier_billing"`)},
	"cash to be paid before": {func(o *order.Order) {
		o.Status, o.Payment.Method = order.AwaitingPayment, order.CashOnDelivery
	}, only(order.Yahoo, "Status awaiting_payment")},

	"morning":            {wanted(timeslot.Morning, "午前中"), only(order.Amazon, "午前中")},
	"until ten":          {wanted(until(10), "10時まで"), only(order.Amazon, "10時まで")},
	"an unreadable slot": {wanted(timeslot.Unresolved, "夕方の涼しいころ"), only(order.Amazon, "夕方の涼しいころ")},
	"another slot": {wanted(timeslot.Morning, "14時～16時"),
		inAll(`the label "14時～16時" says "14:00-16:00"`)},
	"a memo": {func(o *order.Order) { o.Memo = "倉庫に確認済み" }, only(order.Amazon, "Memo")},

	"points": {component(order.PointsUsed, order.PaidByBuyer, -500), only(order.Amazon, "Amounts points")},
	"the mall's coupon": {component(order.Coupon, order.PaidByMall, -300),
		only(order.Amazon, `coupon, borne by "mall"`)},
	"the shop's coupon": {component(order.Coupon, order.PaidByShop, -300),
		why{order.Amazon: `coupon, borne by "shop"`, order.Yahoo: `coupon, borne by "shop"`}},
	"the shop's discount": {component(order.Discount, order.PaidByShop, -100),
		why{order.Rakuten: "Amounts discount", order.AuPay: "Amounts discount"}},
	"a fee for the payment": {component(order.PaymentFee, "", 220), only(order.Amazon, "Amounts payment_fee")},
	"a gift card":           {component(order.GiftCard, order.PaidByBuyer, -300), inAll("Amounts gift_card")},
	"a wrong sign":          {component(order.PointsUsed, order.PaidByBuyer, 500), inAll("negative for what is taken off")},
	"a wrong bill": {func(o *order.Order) { o.Amounts.Billed = order.Yen(1) },
		inAll("the parts sum to JPY 5150")},
	"goods without tax": {func(o *order.Order) { o.Parcels[0].Lines[0].TaxRate = order.ZeroRate },
		only(order.AuPay, "Lines[0].TaxRate")},
	"half a yen": {func(o *order.Order) {
		o.Parcels[0].Lines[0].UnitPrice, _ = order.ParseMoney("0.5", "JPY")
	}, inAll("whole yen")},
	"no quantity": {func(o *order.Order) { o.Parcels[0].Lines[0].Quantity = 0 },
		inAll("Name, SKU and Quantity")},

	"two parcels": {func(o *order.Order) {
		second := o.Parcels[0]
		second.Lines, o.Parcels[0].Lines = second.Lines[1:], second.Lines[:1]
		second.Recipient.Name = "架空 次郎"
		o.Parcels = append(o.Parcels, second)
	}, inAllBut(order.Rakuten, "2 Parcels")},
	"two parcels, two days": {func(o *order.Order) {
		second := o.Parcels[0]
		second.Delivery.Date = second.Delivery.Date.AddDays(1)
		o.Parcels, o.Amounts = append(o.Parcels, second), order.Amounts{}
	}, inAll("Parcels")},
	"a carrier": {func(o *order.Order) { o.Parcels[0].Delivery.Carrier = timeslot.Yamato },
		inAll("Parcels[0].Delivery.Carrier")},
	"a pickup": {func(o *order.Order) { o.Parcels[0].Pickup = &order.Pickup{Code: "0001"} },
		inAll("Parcels[0].Pickup")},
	"a gift": {func(o *order.Order) { o.Parcels[0].Lines[1].Gift.Wrap = "リボン" },
		inAll("Parcels[0].Lines[1].Gift")},
	"no goods": {func(o *order.Order) { o.Parcels[0].Lines, o.Amounts = nil, order.Amounts{} },
		inAll("Parcels[0].Lines")},
	"no name": {func(o *order.Order) { o.Buyer.Name, o.Parcels[0].Recipient.Name = "", "" },
		inAll("Buyer.Name: needed")},
	"nothing": {func(o *order.Order) { *o = order.Order{} }, inAll("Parcels: at least one")},
}

func inAll(text string) why { return inAllBut("", text) }

func inAllBut(one order.Mall, text string) why {
	all := why{}
	for _, m := range everyMall {
		if m != one {
			all[m] = text
		}
	}
	return all
}

var everyMall = []order.Mall{order.Rakuten, order.Yahoo, order.Amazon, order.AuPay}

// TestOneOrderIntoEveryFake writes an order once and puts it into all four fakes. It comes back
// through each client as it was put, or is refused by the name of what the mall cannot hold.
func TestOneOrderIntoEveryFake(t *testing.T) {
	t.Parallel()
	for i, name := range everyMall {
		t.Run(string(name), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { // the malls' quotas cost nothing here
				m := openMall(t, i, 1, -1)
				source := m.source(t, m.wire)
				for what, tc := range puts {
					o := mallOrder()
					tc.change(&o)
					before := len(m.ids())
					id, err := m.put(o)
					if text, ok := tc.refused[name]; ok {
						require.ErrorContains(t, err, text, what)
						require.ErrorContains(t, err, "AddOrder", what)
						require.Empty(t, id, what)
						require.Len(t, m.ids(), before, "%s: nothing is put", what)
						continue
					}
					require.NoError(t, err, what)
					require.Contains(t, m.ids(), id, what)
					back, err := source.Order(t.Context(), id)
					require.NoError(t, err, what)
					require.Equal(t, expected(o, name), seen(back), what)
					if name != order.Amazon { // whose formula is not known for sure
						require.Equal(t, order.AddsUp, back.Reconcile().Verdict, what)
					}
				}
			})
		})
	}
}

// seenOrder is what has to come back of an order.
type seenOrder struct {
	Status        order.Status
	Placed        int64
	Method        order.PaymentMethod
	Memo, Remarks string
	Buyer         string
	Parcels       []seenParcel
	Billed        order.Money
	Sums          map[order.ComponentKind]order.Money
}

type seenParcel struct {
	Recipient []string
	Date      order.Date
	Slot      timeslot.Slot
	Label     string
	Lines     []order.Line
}

func seen(o order.Order) seenOrder {
	x := seenOrder{Status: o.Status, Placed: o.Placed.Unix(), Method: o.Payment.Method, Memo: o.Memo,
		Remarks: o.Remarks, Buyer: o.Buyer.Name, Billed: o.Amounts.Billed,
		Sums: map[order.ComponentKind]order.Money{}}
	for _, c := range o.Amounts.Components {
		if c.Amount.Sign() != 0 {
			x.Sums[c.Kind] = order.Yen(0).Add(c.Amount).Add(cmp.Or(x.Sums[c.Kind], order.Yen(0)))
		}
	}
	for _, p := range o.Parcels {
		r := p.Recipient
		parcel := seenParcel{Recipient: []string{r.Name, r.Kana, r.Postal, r.Prefecture, r.City,
			strings.Join(r.Address, " "), r.Phone},
			Date: p.Delivery.Date, Slot: p.Delivery.Slot, Label: p.Delivery.Label}
		for _, l := range p.Lines {
			parcel.Lines = append(parcel.Lines, order.Line{Name: l.Name, SKU: l.SKU, Quantity: l.Quantity,
				UnitPrice: l.UnitPrice, Total: l.UnitPrice.Mul(l.Quantity), TaxRate: l.TaxRate})
		}
		x.Parcels = append(x.Parcels, parcel)
	}
	return x
}

// terms are the codes that Rakuten has for the slots of these tests.
var terms = map[timeslot.Slot]string{
	window(14, 16): "1416", window(18, 20): "1820", timeslot.Morning: "1",
}

// expected is what has to come back of an order that was put into a mall: the same, save what
// that mall says in another way.
func expected(o order.Order, mall order.Mall) seenOrder {
	if o.Parcels[0].Recipient.Name == "" {
		o.Parcels[0].Recipient = o.Buyer
	}
	goods := order.Yen(0)
	for _, l := range o.Lines() {
		goods = goods.Add(l.UnitPrice.Mul(l.Quantity))
	}
	o.Amounts.Components = append(slices.Clone(o.Amounts.Components),
		order.Component{Kind: order.Goods, Amount: goods})
	if !o.Amounts.Billed.Known() {
		o.Amounts.Billed = goods
	}
	x := seen(o)
	pending := mall == order.Amazon && (o.Status == order.AwaitingPayment || o.Status == order.Reserved)
	if pending {
		x.Buyer, x.Remarks = "", ""
	}
	for i := range x.Parcels {
		p := &x.Parcels[i]
		label := p.Label
		switch {
		case label == "" && !p.Slot.Wanted():
			p.Slot = timeslot.NoPreference
		case label == "":
			label = p.Slot.In(order.Japanese)
		}
		p.Label = label
		switch mall {
		case order.Rakuten: // a code for most slots, and the words of the checkout form for the others
			if term, ok := terms[p.Slot]; ok {
				p.Label = term
			} else if label != "" {
				x.Remarks = "[配送日時指定:]\n" + p.Date.String() + "\n" + label +
					"\n\n[備考:]\n" + o.Remarks + "\n"
			}
		case order.Amazon: // two instants, in UTC; no kana, no rates
			p.Label, p.Recipient[1] = "", ""
			from, to, timed := p.Slot.Bounds()
			if day := p.Date.Time(); !p.Date.IsZero() {
				if !timed {
					to = timeslot.At(24, 0)
				}
				at := func(c timeslot.Clock) string {
					return day.Add(time.Duration(c) * time.Minute).UTC().Format(time.RFC3339)
				}
				p.Label = at(from) + "/" + at(to)
			}
			for j := range p.Lines {
				p.Lines[j].TaxRate = order.TaxRate{}
			}
			if pending {
				p.Recipient = make([]string, len(p.Recipient))
			}
		}
	}
	return x
}
