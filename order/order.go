package order

import (
	"slices"
	"time"

	"github.com/jpmall/jpmall/timeslot"
)

// Order (受注) is one customer order at one shop. Nothing in it is a secret of the shop, but names, addresses, telephone numbers
// and remarks are personal data of the buyer: do not log them. Its JSON form is described in the package documentation.
type Order struct {
	Mall       Mall      `json:"mall"`
	Shop       string    `json:"shop"`             // as in the client's Config
	ID         string    `json:"id"`               // the mall's order number, opaque
	Revision   string    `json:"revision"`         // opaque; another revision means that the order changed
	Placed     time.Time `json:"placed"`           // 注文日時
	Updated    time.Time `json:"updated,omitzero"` // zero where the mall does not tell it
	Status     Status    `json:"status"`           //
	MallStatus string    `json:"mall_status"`      // the mall's own status text or code, always kept
	SubStatus  string    `json:"sub_status,omitempty"`
	Buyer      Party     `json:"buyer"`             // 注文者
	Parcels    []Parcel  `json:"parcels"`           // 送付先 and what goes there, at least one
	Payment    Payment   `json:"payment"`           //
	Amounts    Amounts   `json:"amounts"`           //
	Taxes      []Tax     `json:"taxes,omitempty"`   // one per rate, where the mall tells them
	Gift       Gift      `json:"gift,omitzero"`     // wishes for the whole order
	Remarks    string    `json:"remarks,omitempty"` // 備考: what the buyer wrote
	Memo       string    `json:"memo,omitempty"`    // ひとことメモ: what the shop wrote
	Flags      Flags     `json:"flags,omitempty"`   //
	Problems   []Problem `json:"problems,omitempty"`

	native any
	body   []byte
}

// Ref names the order in this state.
func (o Order) Ref() Ref { return Ref{o.Mall, o.Shop, o.ID, o.Revision} }

// Lines are the lines (明細) of all parcels, in order.
func (o Order) Lines() []Line {
	var all []Line
	for _, p := range o.Parcels {
		all = append(all, p.Lines...)
	}
	return all
}

// Unresolved tells whether a parcel carries a slot label that nobody could read: whoever prints labels should stop there.
func (o Order) Unresolved() bool {
	return slices.ContainsFunc(o.Parcels, func(p Parcel) bool { return p.Delivery.Unresolved() })
}

// WithNative attaches what the mall sent: its wire struct and, where the client keeps it, the bytes. Each mall's package reads
// it back by type (rakuten.Raw and so on). Called by a Source; neither part is in the JSON form.
func (o Order) WithNative(wire any, body []byte) Order {
	o.native, o.body = wire, body
	return o
}

// Native is the mall's wire struct, or nil.
func (o Order) Native() any { return o.native }

// Body is the reply, or the part of it, that the order was read from; nil unless the client's Config.KeepBody is set.
// The bytes must not be changed.
func (o Order) Body() []byte { return o.body }

// Problem is a field of the reply that could not be read as what it should be. The rest of the order is sound.
type Problem struct {
	Field  string `json:"field"`          // path in the mall's reply
	Reason string `json:"reason"`         // what was expected
	Text   string `json:"text,omitempty"` // what stood there, shortened; may be personal data
}

// Party is a buyer (注文者) or a recipient (送付先). Every field may be empty.
type Party struct {
	Name       string   `json:"name,omitempty"`   // whole name, family name first
	Family     string   `json:"family,omitempty"` // where the mall gives the parts
	Given      string   `json:"given,omitempty"`
	Kana       string   `json:"kana,omitempty"`
	Company    string   `json:"company,omitempty"`
	Department string   `json:"department,omitempty"`
	Postal     string   `json:"postal,omitempty"` // as the mall writes it, hyphen included where it comes in parts
	Country    string   `json:"country,omitempty"`
	Prefecture string   `json:"prefecture,omitempty"`
	City       string   `json:"city,omitempty"`
	Address    []string `json:"address,omitempty"` // what follows the city, line by line
	Phone      string   `json:"phone,omitempty"`
	Phone2     string   `json:"phone2,omitempty"`
	Email      string   `json:"email,omitempty"` // usually a relay address of the mall
}

// Parcel (荷物) is one destination of an order with the lines that go there.
type Parcel struct {
	ID        string           `json:"id,omitempty"` // the mall's id of the destination, empty where it has none
	Recipient Party            `json:"recipient"`    // 送付先
	Pickup    *Pickup          `json:"pickup,omitempty"`
	Lines     []Line           `json:"lines"`
	Delivery  Delivery         `json:"delivery"`
	Shipments []ShipmentRecord `json:"shipments,omitempty"` // what was reported as shipped
	ShipBy    time.Time        `json:"ship_by,omitzero"`    // latest instant at which the shop should ship, where the mall tells it
	Gift      Gift             `json:"gift,omitzero"`
}

// Pickup is a convenience store, post office, locker or shop where the buyer collects the parcel.
type Pickup struct {
	Kind string `json:"kind,omitempty"` // the mall's word or code
	Code string `json:"code,omitempty"`
	Name string `json:"name,omitempty"`
}

// Line (明細) is one kind of goods. Prices include tax where the mall gives them so; undetermined where it gives none.
type Line struct {
	ID        string  `json:"id,omitempty"`      // the mall's line id
	ItemID    string  `json:"item_id,omitempty"` // the mall's item id
	SKU       string  `json:"sku,omitempty"`     // the shop's code for exactly this variant
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

// Gift holds gift wishes (ギフト): wrapping, のし, a message.
type Gift struct {
	Wanted  bool   `json:"wanted,omitempty"`
	Wrap    string `json:"wrap,omitempty"`
	Noshi   string `json:"noshi,omitempty"`
	Message string `json:"message,omitempty"`
}

// ShipmentRecord is one shipping record of a parcel.
type ShipmentRecord struct {
	ID       string           `json:"id,omitempty"`      // the mall's id of the record, needed to correct it
	Carrier  timeslot.Carrier `json:"carrier,omitempty"` // 配送会社
	Name     string           `json:"name,omitempty"`    // the carrier as the mall writes it
	Tracking string           `json:"tracking,omitempty"`
	At       time.Time        `json:"at,omitzero"`
	Date     Date             `json:"date,omitzero"`
}

// Payment is how the buyer pays.
type Payment struct {
	Method  PaymentMethod `json:"method"`
	Code    string        `json:"code,omitempty"`   // the mall's code
	Text    string        `json:"text,omitempty"`   // the mall's words
	Paid    Answer        `json:"paid"`             // no is "not yet"; unknown where the mall does not say
	PaidAt  time.Time     `json:"paid_at,omitzero"` //
	Collect Money         `json:"collect,omitzero"` // to be collected at the door (代金引換)
}
