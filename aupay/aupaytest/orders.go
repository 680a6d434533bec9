package aupaytest

import (
	"slices"
	"strconv"
	"time"
)

// AddOrder adds a copy of an order to the mall and returns its number. It replaces an order of the
// same number.
func (m *Mall) AddOrder(o Order) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.add(o)
}

func (m *Mall) add(o Order) string {
	c := o.clone()
	for c.ID == "" {
		m.serial++
		if id := strconv.Itoa(900000000 + m.serial); m.orders[id] == nil {
			c.ID = id
		}
	}
	if c.Placed.IsZero() {
		c.Placed = time.Now()
	}
	if c.Status == "" {
		c.Status = "新規受付"
	}
	if _, there := m.orders[c.ID]; !there {
		m.ids = append(m.ids, c.ID)
	}
	m.keep(c)
	return c.ID
}

func (m *Mall) keep(o *Order) {
	m.orders[o.ID] = o
	m.placed.Put(o.ID, o.Placed)
}

// Order returns a copy of an order as it is now; false when there is none.
func (m *Mall) Order(id string) (Order, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	o, ok := m.orders[id]
	if !ok {
		return Order{}, false
	}
	return *o.clone(), true
}

// ChangeOrder changes an order without the API, as the shop's staff or the buyer would. It returns
// false when there is none.
func (m *Mall) ChangeOrder(id string, edit func(*Order)) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	o, ok := m.orders[id]
	if ok {
		changed := o.clone()
		edit(changed)
		changed.ID = id
		m.keep(changed)
	}
	return ok
}

// Numbers returns the numbers of all orders, in the order of arrival.
func (m *Mall) Numbers() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.ids)
}

// before is an order before a change; reads return it until then.
type before struct {
	until time.Time
	order *Order
}

// visible returns an order as reads show it: before the first change that is still hidden.
func (m *Mall) visible(o *Order) *Order {
	if o == nil {
		return nil
	}
	past := m.past[o.ID]
	for len(past) > 0 && !time.Now().Before(past[0].until) {
		past = past[1:]
	}
	if m.past[o.ID] != nil {
		m.past[o.ID] = past
	}
	if len(past) > 0 {
		return past[0].order
	}
	return o
}
