package order

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/jpmall/jpmall/timeslot"
)

// Order (受注) is one customer order of one shop. It contains no secrets of the shop, but names,
// addresses, telephone numbers and remarks are personal data of the buyer: do not log them. The
// package documentation describes its JSON form.
type Order struct {
	Mall Mall   `json:"mall"`
	Shop string `json:"shop"` // as in the client's Config
	ID   string `json:"id"`   // the mall's order number, opaque
	// opaque; a different one means that the order has changed
	Revision   string    `json:"revision"`
	Placed     time.Time `json:"placed"`           // 注文日時
	Updated    time.Time `json:"updated,omitzero"` // zero where the mall does not report it
	Status     Status    `json:"status"`
	MallStatus string    `json:"mall_status"` // the mall's own status text or code, always kept
	SubStatus  string    `json:"sub_status,omitempty"`
	Buyer      Party     `json:"buyer"`   // 注文者
	Parcels    []Parcel  `json:"parcels"` // 送付先 and what is shipped there; at least one
	Payment    Payment   `json:"payment"`
	Amounts    Amounts   `json:"amounts"`
	Taxes      []Tax     `json:"taxes,omitempty"`   // one per rate, where the mall reports them
	Gift       Gift      `json:"gift,omitzero"`     // wishes for the whole order
	Remarks    string    `json:"remarks,omitempty"` // 備考: what the buyer wrote
	Memo       string    `json:"memo,omitempty"`    // ひとことメモ, 社内メモ: the shop's own note
	Flags      Flags     `json:"flags,omitempty"`
	Problems   []Problem `json:"problems,omitempty"`

	native any
	body   []byte
}

// Ref returns the Ref of the order in this state.
func (o Order) Ref() Ref { return Ref{o.Mall, o.Shop, o.ID, o.Revision} }

// Lines returns the lines (明細) of all parcels, in order.
func (o Order) Lines() []Line {
	var all []Line
	for _, p := range o.Parcels {
		all = append(all, p.Lines...)
	}
	return all
}

// Unresolved reports whether a parcel has a slot label that could not be read. Do not print a
// shipping label for such an order.
func (o Order) Unresolved() bool {
	return slices.ContainsFunc(o.Parcels, func(p Parcel) bool { return p.Delivery.Unresolved() })
}

// SlotLabel returns the slot label of one of the order's deliveries with what rules may depend on:
// mall, shop and delivery method. Read a stored order again with it after a rule was added:
//
//	if d.Unresolved() {
//		d.ReadSlot(matcher, o.SlotLabel(*d), d.From)
//	}
func (o Order) SlotLabel(d Delivery) timeslot.Label {
	text := d.Label
	if d.From == FromField && d.Asked != "" { // what a rule was asked about: at Amazon the hours
		text = d.Asked
	}
	return timeslot.Label{Text: text, Mall: string(o.Mall), Shop: o.Shop, Method: d.Method}
}

// WithNative returns o with what the mall sent attached: its wire struct and, if the client keeps
// it, the reply. It is called by a Source; the mall's package returns the struct by its type
// (rakuten.Raw and so on). Neither is part of the JSON form.
func (o Order) WithNative(wire any, body []byte) Order {
	o.native, o.body = wire, body
	return o
}

// UnmarshalJSON reads the JSON form, with instants in JST: the order is as it was when it was
// written, but for Native and Body. A struct that embeds an Order has this method as well; give the
// Order a name there.
func (o *Order) UnmarshalJSON(data []byte) error {
	type plain Order
	if err := json.Unmarshal(data, (*plain)(o)); err != nil {
		return err
	}
	inJST(&o.Placed, &o.Updated, &o.Payment.PaidAt)
	for i := range o.Parcels {
		p := &o.Parcels[i]
		inJST(&p.ShipBy)
		for j := range p.Shipments {
			inJST(&p.Shipments[j].At)
		}
	}
	return nil
}

// inJST moves instants into JST; the zero time stays none.
func inJST(instants ...*time.Time) {
	for _, t := range instants {
		if !t.IsZero() {
			*t = t.In(JST)
		}
	}
}

// Native returns the mall's wire struct, or nil.
func (o Order) Native() any { return o.native }

// Body returns the reply, or the part of it, that the order was read from. It is nil unless the
// client's Config.KeepBody is set. The bytes must not be modified.
func (o Order) Body() []byte { return o.body }

// Problem is a field of the mall's reply that could not be read as expected. The rest of the order
// is valid.
type Problem struct {
	Field  string `json:"field"`          // path in the mall's reply
	Reason string `json:"reason"`         // what was expected
	Text   string `json:"text,omitempty"` // what was there, shortened; may be personal data
}

// Party is a buyer (注文者) or a recipient (送付先). Any field may be empty.
type Party struct {
	Name       string `json:"name,omitempty"`   // full name, family name first
	Family     string `json:"family,omitempty"` // where the mall has the parts
	Given      string `json:"given,omitempty"`
	Kana       string `json:"kana,omitempty"`
	Company    string `json:"company,omitempty"`
	Department string `json:"department,omitempty"`
	// as the mall writes it; two parts are joined by a hyphen
	Postal     string   `json:"postal,omitempty"`
	Country    string   `json:"country,omitempty"`
	Prefecture string   `json:"prefecture,omitempty"`
	City       string   `json:"city,omitempty"`
	Address    []string `json:"address,omitempty"` // the rest after the city, line by line
	Phone      string   `json:"phone,omitempty"`
	Phone2     string   `json:"phone2,omitempty"`
	Email      string   `json:"email,omitempty"` // usually a relay address of the mall
}

// Parcel (荷物) is one destination of an order, with the lines shipped there.
type Parcel struct {
	// the mall's id of the destination; empty where it has none
	ID        string           `json:"id,omitempty"`
	Recipient Party            `json:"recipient"` // 送付先
	Pickup    *Pickup          `json:"pickup,omitempty"`
	Lines     []Line           `json:"lines"`
	Delivery  Delivery         `json:"delivery"`
	Shipments []ShipmentRecord `json:"shipments,omitempty"` // what was reported as shipped
	// latest instant at which the shop should ship, where the mall reports it
	ShipBy time.Time `json:"ship_by,omitzero"`
	Gift   Gift      `json:"gift,omitzero"`
}

// Pickup is a convenience store, post office, locker or shop where the buyer collects the parcel.
type Pickup struct {
	Kind string `json:"kind,omitempty"` // the mall's word or code
	Code string `json:"code,omitempty"`
	Name string `json:"name,omitempty"`
}

// Line (明細) is one kind of goods in a parcel. Prices include tax where the mall's do, and are
// undetermined where it has none.
type Line struct {
	ID     string `json:"id,omitempty"`      // the mall's line id
	ItemID string `json:"item_id,omitempty"` // the mall's item id
	SKU    string `json:"sku,omitempty"`     // the shop's code for exactly this variant
	// Stock is what the mall's [StockKeeper] calls these goods; the zero SKU where the order does
	// not say, as for au's variants, or where there is no StockKeeper.
	Stock     SKU     `json:"stock,omitzero"`
	Name      string  `json:"name"`
	Option    string  `json:"option,omitempty"` // the buyer's choices as text
	Quantity  int64   `json:"quantity"`
	Shipped   int64   `json:"shipped,omitempty"` // of Quantity, where the mall counts it
	UnitPrice Money   `json:"unit_price"`
	Total     Money   `json:"total"`
	TaxRate   TaxRate `json:"tax_rate"`
	Cancelled bool    `json:"cancelled,omitempty"`
	Gift      Gift    `json:"gift,omitzero"`
}

// Gift holds gift wishes (ギフト): wrapping, のし and a message.
type Gift struct {
	Wanted  bool   `json:"wanted,omitempty"`
	Wrap    string `json:"wrap,omitempty"`
	Noshi   string `json:"noshi,omitempty"`
	Message string `json:"message,omitempty"`
}

// ShipmentRecord is one shipping record of a parcel.
type ShipmentRecord struct {
	// the mall's id of the record, needed to correct it
	ID       string           `json:"id,omitempty"`
	Carrier  timeslot.Carrier `json:"carrier,omitempty"` // 配送会社
	Name     string           `json:"name,omitempty"`    // the carrier as the mall writes it
	Tracking string           `json:"tracking,omitempty"`
	At       time.Time        `json:"at,omitzero"`
	Date     Date             `json:"date,omitzero"`
}

// Payment is how the buyer pays.
type Payment struct {
	Method PaymentMethod `json:"method"`
	Code   string        `json:"code,omitempty"` // the mall's code
	Text   string        `json:"text,omitempty"` // the mall's words
	// No means not yet; NotTold where the mall does not report it
	Paid    Answer    `json:"paid"`
	PaidAt  time.Time `json:"paid_at,omitzero"`
	Collect Money     `json:"collect,omitzero"` // to be collected on delivery (代金引換)
}
