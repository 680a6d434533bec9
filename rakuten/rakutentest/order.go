package rakutentest

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// Order is an order of the mall in few fields, for tests to add, read and change. The rest is
// invented.
type Order struct {
	ID           string    // orderNumber; empty is set by the mall
	Progress     int       // orderProgress; 0 is 300
	Type         int       // orderType; 0 is 1
	Placed       time.Time // zero is now
	SubStatus    int64     // 0 is none
	DeliveryDate string    // 2026-06-06; empty is null
	ShippingTerm int64     // 0 is null
	Method       string    // deliveryName; empty is 宅配便
	Remarks      string
	Memo         string
	Payment      int   // settlementMethodCode; 0 is 1
	CashFee      int64 // 代引料
	Points       int64
	Coupon       int64    // paid by the shop
	Postage      int64    // of the first parcel; -9999 is not fixed
	Parcels      []Parcel // empty is a parcel with one item

	// Fields replaces top-level fields of getOrder's reply, by their JSON names: for what the
	// fields above cannot express, and for faults in single fields.
	Fields map[string]any
}

// Parcel is one destination.
type Parcel struct {
	Basket    int64  // basketId; set by the mall
	Recipient string // family name; empty is an invented one
	Items     []Item
	Shipments []Shipment
}

// Item is one line of an order.
type Item struct {
	ID      int64 // itemDetailId; set by the mall
	Name    string
	Manage  string // 商品管理番号
	SKU     string // システム連携用SKU番号
	Price   int64  // unit price with tax
	Units   int64  // 0 is 1
	TaxRate int    // percent; 0 is 10
}

// Shipment is one shipping record.
type Shipment struct {
	ID      int64  // shippingDetailId; set by the mall
	Company string // "1001"
	Number  string
	Date    string
}

// AddOrder adds a copy of an order to the mall and returns its number. An order of the same number
// is replaced.
func (m *Mall) AddOrder(o Order) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	w := m.build(o, fake.NewSeeder(m.options.Seed+uint64(len(m.numbers))+1))
	m.keep(w)
	return w.OrderNumber
}

func (m *Mall) keep(w *orderModel) {
	if _, again := m.orders[w.OrderNumber]; !again {
		m.numbers = append(m.numbers, w.OrderNumber)
	}
	m.orders[w.OrderNumber] = w
	if at, ok := w.dated(placedOn); ok {
		m.placed.Put(w.OrderNumber, at)
	}
	m.removed = slices.DeleteFunc(m.removed, func(n string) bool { return n == w.OrderNumber })
}

// Numbers returns the numbers of all orders, in the order of their arrival.
func (m *Mall) Numbers() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]string(nil), m.numbers...)
}

// Order returns a copy of an order as it is now; false when there is none.
func (m *Mall) Order(id string) (Order, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.advance(time.Now())
	w, ok := m.orders[id]
	if !ok {
		return Order{}, false
	}
	return w.snapshot(), true
}

// JSON returns an order as getOrder returns it now; false when there is none.
func (m *Mall) JSON(number string) ([]byte, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.advance(time.Now())
	w, ok := m.orders[number]
	if !ok {
		return nil, false
	}
	data, err := json.Marshal(w.reply())
	return data, err == nil
}

// ChangeOrder changes an order without the API, as the shop's staff or the buyer would, and reports
// whether it exists. Changes to Progress, SubStatus, DeliveryDate, ShippingTerm, Method, Remarks,
// Memo and Fields are applied; others are ignored.
func (m *Mall) ChangeOrder(id string, edit func(*Order)) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	w, ok := m.orders[id]
	if !ok {
		return false
	}
	o := w.snapshot()
	edit(&o)
	w.OrderProgress, w.SubStatusID = o.Progress, nonZero(o.SubStatus)
	w.DeliveryDate, w.ShippingTerm = text(o.DeliveryDate), nonZero(o.ShippingTerm)
	w.DeliveryModel.DeliveryName = o.Method
	w.Remarks = text(o.Remarks)
	w.Memo = text(o.Memo)
	w.override = o.Fields
	return true
}

// RemoveOrder makes an order unknown to getOrder; searchOrder still lists it.
func (m *Mall) RemoveOrder(number string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.orders[number] != nil {
		delete(m.orders, number)
		delete(m.moving, number)
		m.removed = append(m.removed, number)
	}
}

func (w *orderModel) snapshot() Order {
	o := Order{
		ID: w.OrderNumber, Progress: w.OrderProgress, Type: w.OrderType,
		DeliveryDate: plain(w.DeliveryDate),
		Method:       w.DeliveryModel.DeliveryName, Remarks: plain(w.Remarks), Memo: plain(w.Memo),
		CashFee: w.DeliveryPrice,
		Payment: w.SettlementModel.SettlementMethodCode, Points: w.PointModel.UsedPoint,
		Coupon:  w.CouponShopPrice,
		Postage: w.PostagePrice, Fields: maps.Clone(w.override),
	}
	o.Placed, _ = time.Parse(instantLayout, w.OrderDatetime)
	if w.SubStatusID != nil {
		o.SubStatus = *w.SubStatusID
	}
	if w.ShippingTerm != nil {
		o.ShippingTerm = *w.ShippingTerm
	}
	for _, p := range w.PackageModelList {
		parcel := Parcel{Basket: p.BasketID, Recipient: p.SenderModel.FamilyName}
		for _, i := range p.ItemModelList {
			parcel.Items = append(parcel.Items,
				Item{ID: i.ItemDetailID, Name: i.ItemName, Manage: i.ManageNumber,
					Price: i.PriceTaxIncl,
					Units: i.Units, TaxRate: percent(i.TaxRate)})
		}
		for _, s := range p.ShippingModelList {
			parcel.Shipments = append(parcel.Shipments,
				Shipment{s.ShippingDetailID, plain(s.DeliveryCompany), plain(s.ShippingNumber),
					plain(s.ShippingDate)})
		}
		o.Parcels = append(o.Parcels, parcel)
	}
	return o
}

// reply is the order as JSON, with its overrides.
func (w *orderModel) reply() any {
	if len(w.override) == 0 {
		return w
	}
	data, err := json.Marshal(w)
	if err != nil {
		return w
	}
	all := map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &all); err != nil {
		return w
	}
	merged := make(map[string]any, len(all))
	for name, value := range all {
		merged[name] = value
	}
	maps.Copy(merged, w.override)
	return merged
}

// instantLayout is how instants are written.
const instantLayout = "2006-01-02T15:04:05-0700"

func instant(t time.Time) string { return t.In(jst).Format(instantLayout) }

func day(t time.Time) string { return t.In(jst).Format(time.DateOnly) }

// text is a nullable text; empty is null.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func plain(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func nonZero(n int64) *int64 {
	if n == 0 {
		return nil
	}
	return &n
}

func percent(rate float64) int { return int(rate*100 + 0.5) }
