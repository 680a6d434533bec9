package ordertest

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// Mall is the default mall of a Shop.
const Mall order.Mall = "example"

// The operations of a Shop beside its writes.
const (
	opOrders = "orders"
	opOrder  = "order"
	opSettle = "settle"
)

// ShopOptions configures a Shop. The zero value is the shop "mihon" of the mall Mall.
type ShopOptions struct {
	Mall    order.Mall
	Name    string
	Now     func() time.Time // its clock; nil is time.Now, which testing/synctest controls
	Numbers int              // tracking numbers that a parcel can hold; 0 is unlimited
}

// Shop is a shop in memory, for tests of code that handles orders: an [order.Source] with the
// writes to orders, a Settler and a StockKeeper. It sends nothing. It is safe for concurrent use.
// Orders and stock are apart: an order takes nothing out of the stock.
//
// Its operations, for faults, are "orders" (a list), "order" (each order read, also after a list),
// "read_stock", "settle", and the [order.Ability] of each write, once for each element. Inject
// documents the effect of each kind.
type Shop struct {
	mall    order.Mall
	name    string
	now     func() time.Time
	numbers int
	script  Script

	mu      sync.Mutex
	orders  map[string]order.Order
	ids     []string // as they were put
	stock   map[order.SKU]order.Stock
	broken  map[string]error
	calls   map[string]int
	lost    map[string]bool // by RequestID of an unsettled write: whether it was applied
	counter int             // of revisions, records and requests
}

var _ interface {
	order.Source
	order.Confirmer
	order.Shipper
	order.Canceller
	order.Annotator
	order.DeliveryChanger
	order.StockKeeper
	order.Settler
} = (*Shop)(nil)

// NewShop returns a shop with these orders; see Put.
func NewShop(o ShopOptions, orders ...order.Order) *Shop {
	s := &Shop{mall: o.Mall, name: o.Name, now: o.Now, numbers: o.Numbers,
		orders: map[string]order.Order{}, stock: map[order.SKU]order.Stock{},
		broken: map[string]error{}, calls: map[string]int{}, lost: map[string]bool{}}
	s.script.Operations = operations()
	if s.mall == "" {
		s.mall = Mall
	}
	if s.name == "" {
		s.name = "mihon"
	}
	if s.now == nil {
		s.now = time.Now
	}
	for _, one := range orders {
		s.Put(one)
	}
	return s
}

// operations are those that calls are counted by.
func operations() []string {
	all := []string{opOrders, opOrder, opSettle, readStock}
	for _, a := range []order.Ability{order.CanConfirm, order.CanShip, order.CanCancel,
		order.CanAnnotate, order.CanChangeDelivery, order.CanStock} {
		all = append(all, string(a))
	}
	return all
}

// Mall returns [ShopOptions.Mall], or Mall if that is empty.
func (s *Shop) Mall() order.Mall { return s.mall }

// Shop returns [ShopOptions.Name], or "mihon" if that is empty.
func (s *Shop) Shop() string { return s.name }

// Put adds an order, or replaces the one with its ID, and returns it as stored: with the Mall and
// Shop of s, a new Revision and Updated now. A missing ID, Placed (now), parcel or MallStatus is
// filled in.
func (s *Shop) Put(o order.Order) order.Order {
	s.mu.Lock()
	defer s.mu.Unlock()
	o = clone(o)
	if o.ID == "" {
		o.ID = s.next("order-")
	}
	if o.Placed.IsZero() {
		o.Placed = s.now().In(order.JST)
	}
	if len(o.Parcels) == 0 {
		o.Parcels = []order.Parcel{{Delivery: order.Delivery{Slot: timeslot.NoPreference}}}
	}
	if o.MallStatus == "" {
		o.MallStatus = o.Status.String()
	}
	if _, there := s.orders[o.ID]; !there {
		s.ids = append(s.ids, o.ID)
	}
	return clone(s.keep(o))
}

// keep stores an order in a new revision.
func (s *Shop) keep(o order.Order) order.Order {
	o.Mall, o.Shop, o.Updated, o.Revision = s.mall, s.name, s.now().In(order.JST), s.next("r")
	s.orders[o.ID] = o
	return o
}

func (s *Shop) next(prefix string) string {
	s.counter++
	return prefix + strconv.Itoa(s.counter)
}

// Change applies change to an order, as the mall or the buyer may at any time. The order gets a new
// Revision if that altered anything. An unknown order is an error. change must not call s.
func (s *Shop) Change(id string, change func(*order.Order)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	before, there := s.orders[id]
	if !there {
		return fmt.Errorf("ordertest: shop %s has no order %q", s.name, id)
	}
	s.alter(before, change)
	return nil
}

func (s *Shop) alter(before order.Order, change func(*order.Order)) {
	after := clone(before)
	change(&after)
	after.ID = before.ID
	if after.Status != before.Status && after.MallStatus == before.MallStatus {
		after.MallStatus = after.Status.String()
	}
	if !reflect.DeepEqual(before, after) {
		s.keep(after)
	}
}

// Break makes an order unreadable: reading it returns an *order.Error that names it and wraps err.
// A nil err makes it readable again.
func (s *Shop) Break(id string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		delete(s.broken, id)
		return
	}
	s.broken[id] = err
}

// Inject adds faults, by the kinds of the fake malls. Delayed and [SlowBody] delay a call by Delay.
// On a read, any other kind is an error of the class that a client would return. On a write,
// [RateLimited], Maintenance and [ExpiredKey] leave the element NotSent; with any other kind, or
// with [Fault.Applied], the answer is lost: the element is Unsettled, and applied if the kind is
// "handled" or [Fault.Applied] is set. Status, Body and Location have no effect. A fault that is
// impossible, or of an operation that s does not have, is an error, and none is added.
func (s *Shop) Inject(faults ...Fault) error {
	if err := s.script.Add(faults...); err != nil {
		return fmt.Errorf("ordertest: %w", err)
	}
	return nil
}

// ClearFaults removes all faults and makes all orders readable again.
func (s *Shop) ClearFaults() {
	s.script.Clear()
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.broken)
}

// PendingFaults returns how many injected faults are still to strike.
func (s *Shop) PendingFaults() int { return s.script.Pending() }

// Count returns how many calls of an operation were made, or of all operations for "".
func (s *Shop) Count(operation string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, calls := range s.calls {
		if operation == "" || operation == name {
			n += calls
		}
	}
	return n
}

// call counts a call and returns the fault that strikes it, if any.
func (s *Shop) call(operation string) (Fault, bool) {
	s.mu.Lock()
	s.calls[operation]++
	s.mu.Unlock()
	return s.script.Next(operation)
}

// troubles are the classes that a client gives to faults.
var troubles = map[string]order.Class{
	RateLimited: order.ErrRateLimited, ServerError: order.ErrTemporary,
	Maintenance: order.ErrMaintenance,
	ExpiredKey:  order.ErrCredentialExpired, Dropped: order.ErrTemporary,
	ReplyLost: order.ErrTemporary, Truncated: order.ErrTemporary,
	EndlessBody: order.ErrLocalLimit,
}

// trouble is the error of a call that a fault struck.
func (s *Shop) trouble(operation, id string, f Fault) *order.Error {
	class, ok := troubles[f.Kind]
	if !ok {
		class = order.ErrUndecodable
	}
	return &order.Error{Class: class, Mall: s.mall, Shop: s.name, Operation: operation, Order: id,
		RetryAfter: f.RetryAfter, Attempts: 1,
		Err: errors.New("injected fault " + f.Kind)}
}

// clone copies an order. Only what Native and Body return is shared.
func clone(o order.Order) order.Order {
	o.Parcels = slices.Clone(o.Parcels)
	for i := range o.Parcels {
		p := &o.Parcels[i]
		p.Lines, p.Shipments = slices.Clone(p.Lines), slices.Clone(p.Shipments)
		p.Recipient.Address = slices.Clone(p.Recipient.Address)
		if p.Pickup != nil {
			pickup := *p.Pickup
			p.Pickup = &pickup
		}
	}
	o.Buyer.Address = slices.Clone(o.Buyer.Address)
	o.Amounts.Components, o.Taxes = slices.Clone(o.Amounts.Components), slices.Clone(o.Taxes)
	o.Flags, o.Problems = slices.Clone(o.Flags), slices.Clone(o.Problems)
	return o
}
