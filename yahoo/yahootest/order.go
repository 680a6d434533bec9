package yahootest

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// Order is an order of the fake store. Fields holds everything but the lines by the mall's own names (BillLastName, ShipStatus,
// TotalPrice …), in the shapes of replies; a name that is missing is an empty element. OrderId, OrderTime and SellerId are filled
// in, LastUpdateTime is kept by the mall, and IsReadOnly is 1 in an order's first ten minutes unless it is set.
type Order struct {
	ID     string    // "" is the next free number
	Placed time.Time // zero is now
	Fields map[string]string
	Lines  []Line

	history []entry
}

// Line is a line of an order. LineId is filled in.
type Line struct {
	Fields       map[string]string
	Options      []Choice
	Inscriptions []Choice
}

// Choice is an ItemOption or an Inscription, which has no price.
type Choice struct{ Name, Value, Price string }

func (o *Order) clone() Order {
	c := *o
	c.Fields, c.history = maps.Clone(o.Fields), nil
	c.Lines = slices.Clone(o.Lines)
	for i := range c.Lines {
		l := &c.Lines[i]
		l.Fields = maps.Clone(l.Fields)
		l.Options, l.Inscriptions = slices.Clone(l.Options), slices.Clone(l.Inscriptions)
	}
	return c
}

// Add places an order and gives its number. TotalPrice and SettleAmount are worked out when they are missing.
func (m *Mall) Add(o Order) (id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.add(o)
}

func (m *Mall) add(o Order) string {
	o = o.clone()
	if o.Fields == nil {
		o.Fields = make(map[string]string)
	}
	if o.ID == "" {
		o.ID = m.options.Shop + "-" + decimal(int64(m.nextID))
		m.nextID++
	}
	if o.Placed.IsZero() {
		o.Placed = time.Now()
	}
	set := func(name, value string) {
		if o.Fields[name] == "" {
			o.Fields[name] = value
		}
	}
	for i := range o.Lines {
		if o.Lines[i].Fields == nil {
			o.Lines[i].Fields = make(map[string]string)
		}
		o.Lines[i].Fields["LineId"] = decimal(int64(i + 1))
	}
	o.Fields["OrderId"], o.Fields["SellerId"] = o.ID, m.options.Shop
	set("OrderTime", instant(o.Placed))
	set("LastUpdateTime", instant(o.Placed))
	set("PublicationTime", instant(o.Placed))
	set("OriginalOrderId", o.ID)
	set("Version", "1")
	set("OrderStatus", "2")
	set("IsSeen", "false")
	set("IsSplit", "false")
	set("ShipStatus", "0")
	set("PayStatus", "0")
	set("TotalPrice", decimal(total(&o)))
	set("SettleAmount", o.Fields["TotalPrice"])
	m.orders[o.ID] = &o
	at, again := slices.BinarySearchFunc(m.ids, o.ID, m.byTime)
	if !again {
		m.ids = slices.Insert(m.ids, at, o.ID)
	}
	return o.ID
}

// byTime compares two orders the way orderList sorts them.
func (m *Mall) byTime(a, b string) int {
	at, bt := m.orders[a].Placed.Truncate(time.Second), m.orders[b].Placed.Truncate(time.Second)
	return cmp.Or(at.Compare(bt), strings.Compare(a, b))
}

// Set changes fields of an order, as the store's staff or the mall would, and its LastUpdateTime. ok is false without the order.
func (m *Mall) Set(id string, fields map[string]string) (ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	o := m.orders[id]
	if o == nil {
		return false
	}
	maps.Copy(o.Fields, fields)
	if _, told := fields["LastUpdateTime"]; !told {
		o.Fields["LastUpdateTime"] = instant(time.Now())
	}
	return true
}

// Get gives a copy of an order.
func (m *Mall) Get(id string) (o Order, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found := m.orders[id]
	if found == nil {
		return Order{}, false
	}
	return found.clone(), true
}

// IDs are the numbers of all orders, oldest first.
func (m *Mall) IDs() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.ids)
}

// field is a field as it is now.
func (o *Order) field(name string, now time.Time) string {
	value := o.Fields[name]
	switch {
	case name == "IsReadOnly" && value == "":
		if now.Sub(o.Placed) < cancelWindow {
			return "1"
		}
		return "0"
	case value == "" && strings.HasSuffix(name, "Flag"):
		return yesNo(o.Fields[flagged[name]] != "")
	case name == "NeedGiftWrapMessage" && value == "":
		return yesNo(o.Fields["GiftWrapMessage"] != "")
	}
	return value
}

// flagged are the list's flags that stand for a value of the order.
var flagged = map[string]string{
	"PrintSlipFlag": "PrintSlipTime", "PrintDeliveryFlag": "PrintDeliveryTime", "PrintBillFlag": "PrintBillTime",
	"BuyerCommentsFlag": "BuyerComments",
}

func yesNo(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// jst is the zone of the mall.
var jst = time.FixedZone("JST", 9*60*60)

func instant(t time.Time) string { return t.In(jst).Format("2006-01-02T15:04:05-07:00") }

func day(t time.Time) string { return t.In(jst).Format(time.DateOnly) }
