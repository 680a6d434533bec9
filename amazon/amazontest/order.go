package amazontest

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// Order is an order of the fake mall. Its zero parts are simply absent from answers. ID is made by AddOrder when empty.
type Order struct {
	ID           string
	SellerID     string // the seller's own order number
	Placed       time.Time
	Updated      time.Time // zero is Placed; ChangeOrder sets it to now
	Status       string    // PENDING_AVAILABILITY, PENDING, UNSHIPPED, PARTIALLY_SHIPPED, SHIPPED, CANCELLED, UNFULFILLABLE, or any other
	FulfilledBy  string    // "" is MERCHANT
	Level        string    // fulfillmentServiceLevel; "" is STANDARD
	Programs     []string
	Replaces     string // id of the order that this one replaces
	Buyer        Buyer
	Address      Address
	DropOff      string
	Instruction  string
	ShipFrom     time.Time // shipByWindow
	ShipBy       time.Time
	DeliverFrom  time.Time // deliverByWindow
	DeliverBy    time.Time
	Lines        []Line
	Packages     []Package
	Payments     []Payment
	GrandTotal   string // decimal text; "" is the sum of the lines in whole yen, "-" leaves it out
	EasyShip     string // fulfillmentOrderId
	Marketplace  string // "" is the mall's
	Extra        map[string]any
	CancelReason string // what the buyer wrote when he asked for a cancellation; "" is no request
	Pickup       string // what updateShipmentStatus said last
	Regulated    string // VerificationStatus of a regulated order; "" is none

	hidden map[string]time.Time // packages that reads do not show before then
}

// Buyer is the buyer (注文者).
type Buyer struct{ Name, Email, Company, PurchaseOrder string }

// Address is the recipient's address (送付先).
type Address struct {
	Name, Company, Line1, Line2, Line3, City, State, Postal, Phone string
	Type                                                           string // "" is RESIDENTIAL
}

// Line is one line (明細). Amounts are decimal texts in yen; "" leaves the amount out.
type Line struct {
	ID, ASIN, SKU, Title string
	Quantity             int
	Shipped              int
	UnitPrice            string
	Item                 string // ITEM proceeds: price × quantity
	Shipping, GiftWrap   string
	CODFee, Discount     string
	Points               int // granted
	Programs             []string
	Gift                 *Gift
	From, To             time.Time // scheduledDeliveryWindow
	COD                  bool      // the carrier collects the payment
	Cancelled            string    // who cancelled it: BUYER, MERCHANT, AMAZON
}

// Gift is a gift wish.
type Gift struct{ Message, Wrap string }

// Package is a parcel that was reported as shipped.
type Package struct {
	ID, Carrier, Service, Tracking string
	Shipped                        time.Time
	Items                          map[string]int // quantity by line id
}

// Payment is one part of how an order is paid.
type Payment struct{ Method, Amount string }

// AddOrder adds an order, or replaces the one with the same id, and gives its id.
func (m *Mall) AddOrder(o Order) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.add(o)
}

func (m *Mall) add(o Order) string {
	for o.ID == "" {
		m.serial++
		id := fmt.Sprintf("250-0000%03d-%07d", m.serial/10_000_000%1000, m.serial%10_000_000)
		if m.orders[id] == nil {
			o.ID = id
		}
	}
	if o.Updated.IsZero() {
		o.Updated = o.Placed
	}
	for i := range o.Lines {
		if o.Lines[i].ID == "" {
			o.Lines[i].ID = fmt.Sprintf("%s%02d", o.ID[12:], i+1)
		}
	}
	m.orders[o.ID] = &o
	return o.ID
}

// Order gives an order as it is now. What it points to must not be changed.
func (m *Mall) Order(id string) (Order, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	o, ok := m.orders[id]
	if !ok {
		return Order{}, false
	}
	return *o, true
}

// Orders gives all orders by their ids.
func (m *Mall) Orders() []Order {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := make([]Order, 0, len(m.orders))
	for _, id := range slices.Sorted(maps.Keys(m.orders)) {
		all = append(all, *m.orders[id])
	}
	return all
}

// ChangeOrder changes an order and sets its Updated to now. It is false when there is no such order.
func (m *Mall) ChangeOrder(id string, change func(*Order)) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	o, ok := m.orders[id]
	if !ok {
		return false
	}
	changed := *o
	changed.Lines = slices.Clone(o.Lines)
	changed.Updated = time.Now()
	change(&changed)
	m.orders[id] = &changed
	return true
}
