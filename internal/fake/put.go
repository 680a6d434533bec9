package fake

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// Put is an order of package order to be put into a fake mall. The mall takes from it what it can
// hold; Err refuses what is left, by name, so that nothing that a test asks for is lost silently.
// What a mall sets itself is ignored: numbers, revision, the mall's own texts, taxes, totals of
// lines.
type Put struct {
	order.Order
	fake    string // the fake's package, for errors
	refused []string
	left    []order.Component // not taken yet
}

// NewPut checks what every mall needs, and what no Put writes. parcels is how many destinations an
// order may have; 0 is no limit. An omitted recipient is the buyer, and vice versa.
func NewPut(fake string, o order.Order, parcels int) *Put {
	p := &Put{Order: o, fake: fake, left: slices.Clone(o.Amounts.Components)}
	p.Parcels = slices.Clone(o.Parcels)
	p.forbid("Gift", o.Gift != order.Gift{})
	p.forbid("Flags", len(o.Flags) > 0)
	switch {
	case len(p.Parcels) == 0:
		p.Refuse("Parcels: at least one is needed")
	case parcels > 0 && len(p.Parcels) > parcels:
		p.Refuse("%d Parcels: an order has one destination there", len(p.Parcels))
	}
	if len(p.Parcels) > 0 && nobody(p.Buyer) {
		p.Buyer = p.Parcels[0].Recipient
	}
	p.party("Buyer", p.Buyer)
	goods := order.Yen(0)
	for i := range p.Parcels {
		goods = goods.Add(p.parcel(fmt.Sprintf("Parcels[%d].", i), &p.Parcels[i]))
	}
	p.bill(goods)
	return p
}

// Refuse records something that the mall cannot hold, by name.
func (p *Put) Refuse(format string, args ...any) {
	p.refused = append(p.refused, fmt.Sprintf(format, args...))
}

func (p *Put) forbid(name string, there bool) {
	if there {
		p.Refuse("%s: not written by Put", name)
	}
}

func nobody(who order.Party) bool { return who.Name == "" && who.Family == "" }

func (p *Put) party(name string, who order.Party) {
	family, given := parts(who.Family, who.Given, who.Name)
	switch {
	case nobody(who):
		p.Refuse("%s.Name: needed", name)
	case who.Name != "" && who.Name != strings.TrimSpace(family+" "+given):
		p.Refuse("%s.Name %q: not Family and Given", name, who.Name)
	}
	p.forbid(name+".Company", who.Company+who.Department != "")
	p.forbid(name+".Phone2", who.Phone2 != "")
}

func parts(family, given, whole string) (string, string) {
	if family == "" && given == "" {
		family, given, _ = strings.Cut(whole, " ")
	}
	return family, given
}

// parcel returns the price of the goods of a parcel.
func (p *Put) parcel(at string, x *order.Parcel) order.Money {
	if nobody(x.Recipient) {
		x.Recipient = p.Buyer
	}
	p.party(at+"Recipient", x.Recipient)
	p.forbid(at+"Pickup", x.Pickup != nil)
	p.forbid(at+"Shipments", len(x.Shipments) > 0)
	p.forbid(at+"ShipBy", !x.ShipBy.IsZero())
	p.forbid(at+"Gift", x.Gift != order.Gift{})
	p.forbid(at+"Delivery.Carrier", x.Delivery.Carrier != "")
	p.forbid(at+"Delivery.DateTo", !x.Delivery.DateTo.IsZero())
	p.forbid(at+"Delivery.DropOff", x.Delivery.DropOff != "")
	if len(x.Lines) == 0 {
		p.Refuse("%sLines: at least one is needed", at)
	}
	goods := order.Yen(0)
	for i, l := range x.Lines {
		name := fmt.Sprintf("%sLines[%d].", at, i)
		price, ok := l.UnitPrice.Yen()
		switch {
		case l.Name == "" || l.SKU == "" || l.Quantity < 1:
			p.Refuse("%sName, SKU and Quantity: needed", name)
		case !ok || price < 0:
			p.Refuse("%sUnitPrice %s: whole yen are needed", name, l.UnitPrice)
		case Percent(l.TaxRate) < 0:
			p.Refuse("%sTaxRate %s: 10%%, 8%% and 0%% are there", name, l.TaxRate)
		}
		p.forbid(name+"Option", l.Option != "")
		p.forbid(name+"Gift", l.Gift != order.Gift{})
		p.forbid(name+"Cancelled", l.Cancelled)
		goods = goods.Add(l.UnitPrice.Mul(l.Quantity))
	}
	return goods
}

// Percent returns a tax rate of goods in percent, the standard rate for the zero TaxRate, and -1
// for a rate that does not exist.
func Percent(rate order.TaxRate) int {
	switch rate {
	case order.StandardRate, order.TaxRate{}:
		return 10
	case order.ReducedRate:
		return 8
	case order.ZeroRate:
		return 0
	}
	return -1
}

// bill checks the amounts: the goods are the sum of the lines, each sign fits its kind, and the
// sum is what is billed.
func (p *Put) bill(goods order.Money) {
	told, sum := order.Yen(0), goods
	p.left = slices.DeleteFunc(p.left, func(c order.Component) bool {
		if c.Kind == order.Goods {
			told = told.Add(c.Amount)
			return true
		}
		sign := 1
		switch c.Kind {
		case order.Coupon, order.Discount, order.PointsUsed, order.GiftCard:
			sign = -1
		}
		if _, ok := c.Amount.Yen(); !ok || c.Amount.Sign() == -sign {
			p.Refuse("Amounts %s of %s: whole yen are needed, negative for what is taken off",
				c.Kind, c.Amount)
		}
		sum = sum.Add(c.Amount)
		return false
	})
	if told.Sign() != 0 && told != goods {
		p.Refuse("Amounts goods of %s: the lines cost %s", told, goods)
	}
	if billed := p.Amounts.Billed; billed.Known() && billed != sum || sum.Sign() < 0 {
		p.Refuse("Amounts.Billed %s: the parts sum to %s", billed, sum)
	}
}

// Amount takes the components of a kind, of these bearers or of any, and returns their sum in yen,
// without its sign.
func (p *Put) Amount(kind order.ComponentKind, bearers ...order.Bearer) (yen int64) {
	p.left = slices.DeleteFunc(p.left, func(c order.Component) bool {
		if c.Kind != kind || len(bearers) > 0 && !slices.Contains(bearers, c.Bearer) {
			return false
		}
		if c.TaxRate.Known() && c.TaxRate != order.StandardRate {
			p.Refuse("Amounts %s at %s: only goods have another rate than the standard one",
				kind, c.TaxRate)
		}
		n, _ := c.Amount.Yen() // NewPut has looked
		yen += max(n, -n)
		return true
	})
	return yen
}

// Word returns the mall's word for a value of package order; a value without one is refused.
func Word[K comparable, V any](p *Put, name string, words map[K]V, value K) V {
	word, ok := words[value]
	if !ok {
		p.Refuse("%s %q: the mall has no such thing", name, fmt.Sprint(value))
	}
	return word
}

// Wish returns the slot of a parcel, and the label for a mall that has one: the order's own, or
// the slot as people write it. An unreadable label gives an unresolved slot, as it will when it is
// read back; no wish gives no label.
func (p *Put) Wish(d order.Delivery) (timeslot.Slot, string) {
	if d.Label == "" {
		if !d.Slot.Wanted() {
			return timeslot.NoPreference, ""
		}
		return d.Slot, d.Slot.In(order.Japanese)
	}
	read, _ := timeslot.Read(timeslot.Reader{}, timeslot.Label{Text: d.Label})
	if d.Slot.Resolved() && d.Slot != read.Slot {
		p.Refuse("Delivery.Slot %s: the label %q says %q", d.Slot, d.Label, read.Slot)
	}
	return read.Slot, d.Label
}

// Without refuses a text that the mall has no field for.
func (p *Put) Without(name, text string) {
	if text != "" {
		p.Refuse("%s: the mall has none", name)
	}
}

// Uncounted refuses Line.Shipped, for a mall that does not count the shipped units of a line.
func (p *Put) Uncounted() {
	for i, parcel := range p.Parcels {
		for j, l := range parcel.Lines {
			if l.Shipped != 0 {
				p.Refuse("Parcels[%d].Lines[%d].Shipped: the mall does not count it", i, j)
			}
		}
	}
}

// Err returns an error if the order holds something that the mall cannot.
func (p *Put) Err() error {
	for _, c := range p.left {
		if c.Amount.Sign() != 0 {
			p.Refuse("Amounts %s, borne by %q: no place for it", c.Kind, string(c.Bearer))
		}
	}
	p.left = nil
	if len(p.refused) == 0 {
		return nil
	}
	return fmt.Errorf(
		"%s: Put: cannot hold %s (leave it out, or say it in the mall's words with AddOrder)",
		p.fake, strings.Join(p.refused, "; "))
}

// PersonOf returns a buyer or recipient in the parts that the malls keep.
func PersonOf(who order.Party) Person {
	var x Person
	x.Family, x.Given = parts(who.Family, who.Given, who.Name)
	x.FamilyKana, x.GivenKana = parts("", "", who.Kana)
	x.Email, x.Phone = who.Email, who.Phone
	x.Address = Address{Postal: who.Postal, Prefecture: who.Prefecture, City: who.City}
	if len(who.Address) > 0 {
		x.Address.Street, x.Address.Building = who.Address[0], strings.Join(who.Address[1:], " ")
	}
	return x
}
