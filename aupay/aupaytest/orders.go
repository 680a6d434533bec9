package aupaytest

import (
	"slices"
	"strconv"
	"time"
)

// AddOrder puts an order into the mall, which keeps a copy, and gives its number. An order of the same number is replaced.
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

// Order gives a copy of an order as it stands now; false when there is none.
func (m *Mall) Order(id string) (Order, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	o, ok := m.orders[id]
	if !ok {
		return Order{}, false
	}
	return *o.clone(), true
}

// ChangeOrder changes an order behind the API's back, as the shop's staff or the buyer would; it is false when there is none.
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

// Numbers gives the numbers of all orders, in the order of their arrival.
func (m *Mall) Numbers() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.ids)
}

// before is an order as it stood before a change, which reads show until the change becomes visible.
type before struct {
	until time.Time
	order *Order
}

// visible is an order as reads show it: as it stood before the first change that is hidden still.
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
