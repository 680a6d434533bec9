package yahootest

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// Order is an order of the fake store. Fields holds everything but the lines, by the mall's names
// (BillLastName, ShipStatus, TotalPrice …) and in the format of replies; a name that is missing is
// an empty element. The mall sets OrderId, OrderTime, SellerId and LastUpdateTime. IsReadOnly is 1
// in an order's first ten minutes unless it is set.
type Order struct {
	ID     string    // "" is the next free number
	Placed time.Time // zero is now
	Fields map[string]string
	Lines  []Line

	history []entry
	earlier []view // what reads show while a change is on its way
}

// view is an order as reads show it until an instant.
type view struct {
	until time.Time
	order *Order
}

// shown is the order as reads show it.
func (o *Order) shown(now time.Time) *Order {
	for _, v := range o.earlier {
		if now.Before(v.until) {
			return v.order
		}
	}
	return o
}

// Line is a line of an order. The mall sets LineId.
type Line struct {
	Fields       map[string]string
	Options      []Choice
	Inscriptions []Choice
}

// Choice is an ItemOption or an Inscription; the latter has no price.
type Choice struct{ Name, Value, Price string }

func (o *Order) clone() Order {
	c := *o
	c.Fields, c.history, c.earlier = maps.Clone(o.Fields), nil, nil
	c.Lines = slices.Clone(o.Lines)
	for i := range c.Lines {
		l := &c.Lines[i]
		l.Fields = maps.Clone(l.Fields)
		l.Options, l.Inscriptions = slices.Clone(l.Options), slices.Clone(l.Inscriptions)
	}
	return c
}

// AddOrder puts a copy of an order into the mall and returns its number. An order of the same
// number is replaced. TotalPrice and SettleAmount are computed if they are missing.
func (m *Mall) AddOrder(o Order) string {
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
	if _, again := m.orders[o.ID]; again {
		m.ids = slices.DeleteFunc(m.ids, func(id string) bool { return id == o.ID })
	} else {
		m.numbers = append(m.numbers, o.ID)
	}
	o.history = []entry{{at: o.Placed, user: "system", changes: o.initial()}}
	set("HistoryId", "1")
	m.keep(&o)
	at, _ := slices.BinarySearchFunc(m.ids, o.ID, m.byTime)
	m.ids = slices.Insert(m.ids, at, o.ID)
	return o.ID
}

func (m *Mall) keep(o *Order) {
	m.orders[o.ID] = o
	if o.Fields["OrderTime"] == instant(o.Placed) {
		delete(m.odd, o.ID)
		return
	}
	if m.odd == nil {
		m.odd = make(map[string]bool)
	}
	m.odd[o.ID] = true
}

// initial is what the first entry of an order's log lists: every field that it has.
func (o *Order) initial() []logged {
	var all []logged
	for _, name := range slices.Sorted(maps.Keys(o.Fields)) {
		all = append(all, logged{field: name, value: o.Fields[name]})
	}
	for _, line := range o.Lines {
		for _, name := range slices.Sorted(maps.Keys(line.Fields)) {
			if name != "LineId" {
				all = append(all, logged{line: line.Fields["LineId"], field: name,
					value: line.Fields[name]})
			}
		}
	}
	return all
}

// byTime compares two orders the way orderList sorts them.
func (m *Mall) byTime(a, b string) int {
	at, bt := m.orders[a].Placed.Truncate(time.Second), m.orders[b].Placed.Truncate(time.Second)
	return cmp.Or(at.Compare(bt), strings.Compare(a, b))
}

// Order returns a copy of an order as it is now; false if there is none.
func (m *Mall) Order(id string) (Order, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	o := m.orders[id]
	if o == nil {
		return Order{}, false
	}
	return o.clone(), true
}

// ChangeOrder changes an order outside the API, as the store's staff or the buyer would, and
// reports whether there is one. ID, Placed and the history stay. LastUpdateTime becomes now unless
// edit sets it.
func (m *Mall) ChangeOrder(id string, edit func(*Order)) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	o := m.orders[id]
	if o == nil {
		return false
	}
	changed := o.clone()
	edit(&changed)
	changed.ID, changed.Placed, changed.history = o.ID, o.Placed, o.history
	if changed.Fields == nil {
		changed.Fields = make(map[string]string)
	}
	if changed.Fields["LastUpdateTime"] == o.Fields["LastUpdateTime"] {
		changed.Fields["LastUpdateTime"] = instant(time.Now())
	}
	m.keep(&changed)
	return true
}

// Numbers returns the numbers of all orders, in the order of arrival.
func (m *Mall) Numbers() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.numbers)
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
	"PrintSlipFlag": "PrintSlipTime", "PrintDeliveryFlag": "PrintDeliveryTime",
	"PrintBillFlag":     "PrintBillTime",
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
