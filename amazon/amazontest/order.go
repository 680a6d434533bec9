package amazontest

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// Order is an order of the fake mall. Zero fields are absent from answers, unless noted.
type Order struct {
	ID       string    // "" lets AddOrder make one
	SellerID string    // the seller's own order number
	Placed   time.Time // zero is now
	Updated  time.Time // zero is Placed; ChangeOrder sets it
	// PENDING_AVAILABILITY, PENDING, UNSHIPPED, PARTIALLY_SHIPPED, SHIPPED, CANCELLED,
	// UNFULFILLABLE, or any other
	Status      string
	FulfilledBy string // "" is MERCHANT
	Level       string // fulfillmentServiceLevel; "" is STANDARD
	Programs    []string
	Replaces    string // id of the order that this one replaces
	Buyer       Buyer
	Address     Address
	DropOff     string
	Instruction string
	ShipFrom    time.Time // shipByWindow
	ShipBy      time.Time
	DeliverFrom time.Time // deliverByWindow
	DeliverBy   time.Time
	Lines       []Line
	Packages    []Package
	Payments    []Payment
	GrandTotal  string // decimal text; "" is the sum of the lines in whole yen, "-" leaves it out
	EasyShip    string // fulfillmentOrderId
	Marketplace string // "" is the mall's
	// further members of the answer, by name
	Extra        map[string]any
	CancelReason string // the buyer's reason for a cancellation request; "" is no request
	Pickup       string // last status from updateShipmentStatus
	Regulated    string // VerificationStatus of a regulated order; "" is none

	hidden  map[string]time.Time // when packages appear in reads, by id
	earlier []view               // what reads show while a change is delayed
}

// view is an order as reads show it until a time.
type view struct {
	until time.Time
	order *Order
}

// read returns the order as reads show it.
func (o *Order) read(now time.Time) *Order {
	for _, v := range o.earlier {
		if now.Before(v.until) {
			return v.order
		}
	}
	return o
}

// Buyer is the buyer (注文者).
type Buyer struct{ Name, Email, Company, PurchaseOrder string }

// Address is the recipient's address (送付先).
type Address struct {
	Name, Company, Line1, Line2, Line3, City, State, Postal, Phone string
	Type                                                           string // "" is RESIDENTIAL
}

// Line is a line of an order (明細). Amounts are decimal texts in yen; "" leaves the amount out.
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
	Cancelled            string    // by whom: BUYER, MERCHANT, AMAZON
}

// Gift is a gift request.
type Gift struct{ Message, Wrap string }

// Package is a package that was reported as shipped.
type Package struct {
	ID, Carrier, Service, Tracking string
	Shipped                        time.Time
	Items                          map[string]int // quantity by line id
}

// Payment is one part of the payment of an order.
type Payment struct{ Method, Amount string }

// clone returns a copy. It shares with o only the values of Extra, which edits replace as a whole.
func (o *Order) clone() Order {
	c := *o
	c.Programs = slices.Clone(o.Programs)
	c.Payments = slices.Clone(o.Payments)
	c.Lines = slices.Clone(o.Lines)
	c.Packages = slices.Clone(o.Packages)
	c.Extra = maps.Clone(o.Extra)
	c.hidden = maps.Clone(o.hidden)
	c.earlier = slices.Clone(o.earlier)
	for i := range c.Lines {
		l := &c.Lines[i]
		l.Programs = slices.Clone(l.Programs)
		if l.Gift != nil {
			gift := *l.Gift
			l.Gift = &gift
		}
	}
	for i := range c.Packages {
		c.Packages[i].Items = maps.Clone(c.Packages[i].Items)
	}
	return c
}

// AddOrder puts a copy of an order into the mall and returns its id. An order with the same id is
// replaced.
func (m *Mall) AddOrder(o Order) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.add(o)
}

func (m *Mall) add(o Order) string {
	o = o.clone()
	for o.ID == "" {
		m.serial++
		id := fmt.Sprintf("250-0000%03d-%07d", m.serial/10_000_000%1000, m.serial%10_000_000)
		if m.orders[id] == nil {
			o.ID = id
		}
	}
	if o.Placed.IsZero() {
		o.Placed = time.Now()
	}
	if o.Updated.IsZero() {
		o.Updated = o.Placed
	}
	for i := range o.Lines {
		if o.Lines[i].ID == "" {
			o.Lines[i].ID = fmt.Sprintf("%s%02d", o.ID[12:], i+1)
		}
	}
	if m.orders[o.ID] == nil {
		m.numbers = append(m.numbers, o.ID)
	}
	m.keep(&o)
	return o.ID
}

func (m *Mall) keep(o *Order) {
	m.orders[o.ID] = o
	m.placed.Put(o.ID, o.Placed)
	m.updated.Put(o.ID, o.Updated)
}

// Order returns a copy of an order in its current state; false when there is none.
func (m *Mall) Order(id string) (Order, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	o, ok := m.orders[id]
	if !ok {
		return Order{}, false
	}
	return o.clone(), true
}

// ChangeOrder changes an order outside the API, as the seller, the buyer or Amazon would. It sets
// Updated to now before edit. The id stays. It returns false when there is no such order.
func (m *Mall) ChangeOrder(id string, edit func(*Order)) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	o, ok := m.orders[id]
	if !ok {
		return false
	}
	changed := o.clone()
	changed.Updated = time.Now()
	edit(&changed)
	changed.ID = id
	m.keep(&changed)
	return true
}

// Numbers returns the ids of all orders, in the order of their arrival.
func (m *Mall) Numbers() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.numbers)
}
