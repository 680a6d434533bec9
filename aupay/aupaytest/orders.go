package aupaytest

import (
	"slices"
	"strconv"
	"time"
)

// AddOrder puts an order into the mall and gives its number. A number that is there already is replaced.
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
	m.orders[c.ID] = c
	return c.ID
}

// Order gives a copy of an order as it is now.
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
func (m *Mall) ChangeOrder(id string, change func(*Order)) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	o, ok := m.orders[id]
	if ok {
		changed := o.clone()
		change(changed)
		changed.ID = id
		m.orders[id] = changed
	}
	return ok
}

// Orders gives copies of all orders, in the order of their arrival.
func (m *Mall) Orders() []Order {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := make([]Order, len(m.ids))
	for i, id := range m.ids {
		all[i] = *m.orders[id].clone()
	}
	return all
}

// Numbers gives the numbers of all orders, in the order of their arrival.
func (m *Mall) Numbers() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.ids)
}
