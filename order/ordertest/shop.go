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

// Mall is the mall of a Shop that is given none.
const Mall order.Mall = "example"

// ShopOptions says what a Shop is like. The zero value is the shop "mihon" of the mall Mall.
type ShopOptions struct {
	Mall    order.Mall
	Name    string
	Now     func() time.Time // its clock; nil is time.Now, which testing/synctest moves
	Numbers int              // tracking numbers that a parcel can hold; 0 is any
}

// Shop is a shop in memory: an order.Source with all writes and a Settler, for tests of what handles orders. It talks to nobody.
// It is safe for concurrent use.
//
// Faults strike its operations, which are "orders" (a list), "order" (each order read, after a list as well), "settle", and the
// order.Ability of each write, once for each element. What a client would make of each kind stands at Inject.
type Shop struct {
	mall    order.Mall
	name    string
	now     func() time.Time
	numbers int
	script  Script

	mu      sync.Mutex
	orders  map[string]order.Order
	ids     []string // as they were put
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
	order.Settler
} = (*Shop)(nil)

// NewShop makes a shop with these orders; see Put.
func NewShop(o ShopOptions, orders ...order.Order) *Shop {
	s := &Shop{mall: o.Mall, name: o.Name, now: o.Now, numbers: o.Numbers, orders: map[string]order.Order{}, broken: map[string]error{},
		calls: map[string]int{}, lost: map[string]bool{}}
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

// Mall implements order.Source.
func (s *Shop) Mall() order.Mall { return s.mall }

// Shop implements order.Source.
func (s *Shop) Shop() string { return s.name }

// Put adds an order, or replaces the one with its ID, and returns it as it is kept: of this shop, with a new Revision, Updated now,
// and an ID, a Placed instant (now) and a parcel where it has none.
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

// Change lets change alter an order, as the mall or the buyer may at any time; it gets a new Revision if that altered anything. An
// order that is not there is an error. change must not call the Shop.
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

// Break makes an order unreadable: reading it fails with an *order.Error that names it and comes from err. A nil err mends it.
func (s *Shop) Break(id string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		delete(s.broken, id)
		return
	}
	s.broken[id] = err
}

// Inject plans faults, by the kinds of the fake malls. To a write, RateLimited, Maintenance and ExpiredKey leave its element NotSent;
// Delayed and SlowBody let it take Delay longer; every other kind loses its answer: it is Unsettled, and applied where the kind says
// "handled", or Fault.Applied. To reading, each is an error of the class that a client would give it. Status, Body and Location do nothing.
func (s *Shop) Inject(faults ...Fault) error {
	if err := s.script.Add(faults...); err != nil {
		return fmt.Errorf("ordertest: %w", err)
	}
	return nil
}

// ClearFaults ends all faults, and mends what Break broke.
func (s *Shop) ClearFaults() {
	s.script.Clear()
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.broken)
}

// PendingFaults is how many injected faults have not struck for the last time.
func (s *Shop) PendingFaults() int { return s.script.Pending() }

// Count is how many calls of an operation, or for "" of all, were made.
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

// call counts a call and tells which fault strikes it.
func (s *Shop) call(operation string) (Fault, bool) {
	s.mu.Lock()
	s.calls[operation]++
	s.mu.Unlock()
	return s.script.Next(operation)
}

// troubles is what a client makes of a fault.
var troubles = map[string]order.Class{
	RateLimited: order.ErrRateLimited, ServerError: order.ErrTemporary, Maintenance: order.ErrMaintenance,
	ExpiredKey: order.ErrCredentialExpired, Dropped: order.ErrTemporary, ReplyLost: order.ErrTemporary, Truncated: order.ErrTemporary,
	EndlessBody: order.ErrLocalLimit,
}

// trouble is the error of a call that a fault struck.
func (s *Shop) trouble(operation, id string, f Fault) *order.Error {
	class, ok := troubles[f.Kind]
	if !ok {
		class = order.ErrUndecodable
	}
	return &order.Error{Class: class, Mall: s.mall, Shop: s.name, Operation: operation, Order: id, RetryAfter: f.RetryAfter, Attempts: 1,
		Err: errors.New("injected fault " + f.Kind)}
}

// clone copies an order so deep that nothing of it is shared but what Native and Body give.
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
