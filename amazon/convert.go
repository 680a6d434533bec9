package amazon

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// Flags that Convert sets in addition to those of package order.
const (
	FlagPrime   order.Flag = "amazon_prime"   // マケプレプライム
	FlagPremium order.Flag = "amazon_premium" // プレミアム配送
	// shipped with an Amazon Easy Ship label, not by confirmShipment
	FlagEasyShip order.Flag = "amazon_easy_ship"
	FlagShipPlus order.Flag = "amazon_ship_plus" // FBM Ship+: confirmShipment answers 400
	// confirmShipment asks for transparency codes
	FlagTransparency order.Flag = "amazon_transparency"
)

// ConvertOptions holds what Convert needs beside the order. The zero value works.
type ConvertOptions struct {
	Shop     string                  // goes into Order.Shop
	Statuses map[string]order.Status // by fulfillmentStatus; they override the built-in table

	// Slots maps delivery windows and reads the buyer's remarks. A window is passed as a label of
	// its hours in JST, without the day (08:00-12:00; 22:00-翌02:00 over midnight). nil is a plain
	// timeslot.Reader.
	Slots timeslot.Matcher
}

// Convert builds an [order.Order] from an order as v2026-01-01 sends it. w stays attached, is
// returned by Raw and must not be modified afterwards. A nil w gives an order without a number.
//
// Revision is lastUpdatedTime, unchanged. Amounts are never reconciled (see
// [order.Amounts.Unsure]). Parts that includedData did not ask for are empty; without
// [IncludeFulfillment] the status is [order.Unknown]. Taxes stay empty: Amazon sends tax amounts
// but no rates.
func Convert(w *Order, opts ConvertOptions) order.Order {
	if w == nil {
		return order.Order{Mall: order.Amazon, Shop: opts.Shop}
	}
	c := converter{w: w, opts: opts}
	o := &c.out
	o.Mall, o.Shop, o.ID = order.Amazon, opts.Shop, w.OrderID
	o.Placed = c.instant("createdTime", w.CreatedTime)
	o.Updated = c.instant("lastUpdatedTime", w.LastUpdatedTime)
	o.Revision = revision(w)
	c.status()
	c.buyer()
	c.parcels()
	c.payment()
	c.amounts()
	c.flags()
	return o.WithNative(w, nil)
}

// Raw returns the wire struct that o was built from; it must not be modified. ok is false when o
// was not read by this package.
func Raw(o order.Order) (w *Order, ok bool) {
	w, ok = o.Native().(*Order)
	return w, ok && w != nil
}

type converter struct {
	w    *Order
	opts ConvertOptions
	out  order.Order
}

// revision returns lastUpdatedTime. Without one it is a hash of the content, so that a change still
// shows.
func revision(w *Order) string {
	if w.LastUpdatedTime != "" {
		return string(w.LastUpdatedTime)
	}
	body, err := json.Marshal(w)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:8])
}

func (c *converter) problem(field, reason, text string) {
	if r := []rune(text); len(r) > wire.MaxText {
		text = string(r[:wire.MaxText])
	}
	c.out.Problems = append(c.out.Problems, order.Problem{Field: field, Reason: reason, Text: text})
}

// instant reads t. An empty text is the zero time, an unreadable one a problem as well.
func (c *converter) instant(field string, t DateTime) time.Time {
	v, ok := t.Time()
	if !ok && t != "" {
		c.problem(field, "not an instant", string(t))
	}
	return v
}

// money reads m. An absent amount is undetermined, an unreadable one a problem as well.
func (c *converter) money(field string, m Money) order.Money {
	v := m.Value()
	if !v.Known() && m != (Money{}) {
		c.problem(field, "not an amount with a currency", m.Amount+" "+m.CurrencyCode)
	}
	return v
}

func (c *converter) buyer() {
	b := c.w.Buyer
	if b == nil {
		return
	}
	c.out.Buyer = order.Party{Name: b.BuyerName, Company: b.BuyerCompanyName, Email: b.BuyerEmail}
}

func (c *converter) address() *CustomerAddress {
	if c.w.Recipient == nil {
		return nil
	}
	return c.w.Recipient.DeliveryAddress
}

// recipient reads the address. Amazon does not use the city in Japan (prefecture, then AddressLine1
// on), yet its own Japanese sample has one: every part that is there is kept.
func recipient(a *CustomerAddress) order.Party {
	if a == nil {
		return order.Party{}
	}
	p := order.Party{
		Name: a.Name, Company: a.CompanyName, Postal: a.PostalCode, Country: a.CountryCode,
		Prefecture: a.StateOrRegion, City: a.City, Phone: a.Phone,
	}
	municipality := a.Municipality
	if p.City == "" {
		p.City, municipality = municipality, ""
	}
	for _, line := range [...]string{a.DistrictOrCounty, municipality, a.AddressLine1,
		a.AddressLine2, a.AddressLine3} {
		if line != "" {
			if p.Address == nil {
				p.Address = make([]string, 0, 3)
			}
			p.Address = append(p.Address, line)
		}
	}
	return p
}

func (c *converter) flags() {
	w, fs := c.w, &c.out.Flags
	for _, p := range w.Programs {
		if f, ok := programFlags[p]; ok {
			fs.Set(f, true)
		}
	}
	if f := w.Fulfillment; f != nil {
		fs.Set(order.FulfilledByMall, f.FulfilledBy == ByAmazon)
		fs.Set(order.FastDelivery, f.FulfillmentServiceLevel == LevelSameDay ||
			f.FulfillmentServiceLevel == LevelNextDay)
	}
	for _, a := range w.AssociatedOrders {
		fs.Set(order.Replacement, a.AssociationType == ReplacementOf ||
			a.AssociationType == ExchangeOf)
	}
	a := c.address()
	fs.Set(order.NoPersonalData, a == nil || a.Name == "" && a.AddressLine1 == "")
	fs.Set(order.StorePickup, a != nil && a.AddressType == PickupPoint)
	fs.Set(order.DropOff, w.Recipient != nil && w.Recipient.DeliveryPreference != nil &&
		w.Recipient.DeliveryPreference.DropOffLocation != "")
	cancelled := 0
	for i := range w.OrderItems {
		item := &w.OrderItems[i]
		for _, p := range item.Programs {
			fs.Set(FlagTransparency, p == ItemTransparency)
			fs.Set(order.Subscription, p == ItemSubscribeAndSave)
		}
		fs.Set(order.GiftWish, item.gift() != nil)
		if item.cancelled() {
			cancelled++
		}
	}
	fs.Set(order.ShippedByMall, fs.Has(FlagEasyShip) || fs.Has(FlagShipPlus))
	fs.Set(order.ItemCancelled, cancelled > 0 && c.out.Status != order.Cancelled)
}

var programFlags = map[OrderProgram]order.Flag{
	ProgramBusiness: order.Business, ProgramPreorder: order.Preorder,
	ProgramInStorePickUp: order.StorePickup,
	ProgramPrime:         FlagPrime, ProgramPremium: FlagPremium, ProgramEasyShip: FlagEasyShip,
	ProgramFBMShipPlus: FlagShipPlus,
}
