// Package cart is a small shop system with a JSON API, like those that many shops run beside the
// malls. This example serves and follows it; nothing in it depends on jpmall.
//
//	GET  /v1/orders?by=ordered|changed&from=…&to=…&page=1   20 a page, a window of 31 days at most, the oldest first
//	GET  /v1/orders/{number}
//	POST /v1/orders/{number}/parcels                        another parcel has been shipped
//	POST /v1/orders/{number}/cancel
//	GET  /v1/key                                            when the key expires
//
// An error is {"code": …, "message": …}. More than 50 calls a second are refused with 429 and
// Retry-After.
package cart

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

// Order is an order as the API writes it.
type Order struct {
	Number  string    `json:"number"`
	Version int       `json:"version"` // counts its changes
	Ordered time.Time `json:"ordered"`
	Changed time.Time `json:"changed"`
	State   string    `json:"state"` // 受付, 入金待ち, 出荷待ち, 出荷済み, 取消
	Buyer   Person    `json:"buyer"`
	Items   []Item    `json:"items"`
	Postage int64     `json:"postage"`
	Total   any       `json:"total"`               // a number
	Day     string    `json:"wish_day,omitempty"`  // 2026-11-28
	Time    string    `json:"wish_time,omitempty"` // free text of the shop
	Note    string    `json:"note,omitempty"`
	Parcels []Parcel  `json:"parcels,omitempty"`
}

// Person is who ordered, and where it goes.
type Person struct {
	Name       string `json:"name"`
	Postal     string `json:"postal"`
	Prefecture string `json:"prefecture"`
	Address    string `json:"address"`
	Phone      string `json:"phone"`
}

// Item is one kind of goods; prices include 8 % tax.
type Item struct {
	Code  string `json:"code"`
	Name  string `json:"name"`
	Count int64  `json:"count"`
	Price int64  `json:"price"`
}

// Parcel is one that has left.
type Parcel struct {
	Carrier string    `json:"carrier"`
	Number  string    `json:"number"`
	Sent    time.Time `json:"sent"`
}

// Cart is the shop. It is safe for concurrent use.
type Cart struct {
	Key  string    // what callers have to know
	Ends time.Time // when it ends

	mu     sync.Mutex
	orders map[string]*Order
	calls  map[string]int // by operation
	second int64
	count  int // calls in second
	faults map[string]Fault
}

// New makes a shop whose key lives until ends.
func New(key string, ends time.Time) *Cart {
	return &Cart{Key: key, Ends: ends, orders: map[string]*Order{}, calls: map[string]int{},
		faults: map[string]Fault{}}
}

// Sell makes the n-th invented order, at an instant.
func (c *Cart) Sell(n int, at time.Time) string {
	times := []string{"午前中", "14時〜16時", "夜間 (19-21時)", "", "おひさま便"}
	price := int64(1080 + 108*(n%4))
	o := &Order{
		Number: fmt.Sprintf("K%05d", n), Version: 1, Ordered: at, Changed: at, State: "出荷待ち",
		Buyer: Person{Name: fmt.Sprintf("見本 %d子", n), Postal: "100-0001", Prefecture: "東京都",
			Address: "千代田区見本町1-2-3", Phone: "03-0000-0000"},
		Items: []Item{{Code: "TEA-1", Name: "見本のお茶", Count: 1, Price: price}}, Postage: 550,
		Total: price + 550,
		Day:   at.AddDate(0, 0, 5).Format(time.DateOnly), Time: times[n%len(times)],
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.orders[o.Number] = o
	return o.Number
}

// Edit changes an order, as the shop's staff does.
func (c *Cart) Edit(number string, edit func(*Order)) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, err := c.edit(number, edit)
	return err
}

func (c *Cart) edit(number string, edit func(*Order)) (*Order, error) {
	o := c.orders[number]
	if o == nil {
		return nil, fmt.Errorf("there is no order %s", number)
	}
	edit(o)
	o.Version++
	o.Changed = time.Now()
	return o, nil
}

// Calls counts the calls of an operation: list, read, ship, cancel, key. "" counts all.
func (c *Cart) Calls(operation string) (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for name, calls := range c.calls {
		if operation == "" || name == operation {
			n += calls
		}
	}
	return n
}

// found lists what was ordered or changed in a window, the oldest first.
func (c *Cart) found(by string, from, to time.Time) (all []Order) {
	at := func(o *Order) time.Time {
		if by == "changed" {
			return o.Changed
		}
		return o.Ordered
	}
	var hits []*Order
	for _, o := range c.orders {
		if t := at(o); !t.Before(from) && t.Before(to) {
			hits = append(hits, o)
		}
	}
	slices.SortFunc(hits, func(a, b *Order) int {
		if n := at(a).Compare(at(b)); n != 0 {
			return n
		}
		return len(a.Number) - len(b.Number)
	})
	for _, o := range hits {
		all = append(all, *o)
	}
	return all
}
