package amazon

import (
	"context"
	"time"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/order"
)

var (
	_ order.Shipper = (*Client)(nil)
	_ order.Settler = (*Client)(nil)
)

// shipData is what an order is read with before and after it is shipped.
var shipData = []IncludedData{IncludeFulfillment, IncludePackages, IncludePayment, IncludeCancellation}

// shownAfter is how long after a confirmation the order surely shows its package. Amazon promises nothing; minutes were seen.
const shownAfter = 15 * time.Minute

// shipWrite is what repeating a shipment means: the package's reference makes it harmless.
var shipWrite = batch.Write{Operation: "confirmShipment", Again: order.Yes, Wait: shownAfter}

// Ship reports parcels with confirmShipment, one call for each, after reading its order (getOrder, once per order) to judge its state
// (order.MayShip) and to find what is left to ship, and reads the orders back at the end.
//
// Done means that the order shows the package. The answer of confirmShipment (204) is acceptance and no proof: Amazon drops what it
// does not like, an unknown carrier code for one. A package that the order does not show within WriteOptions.ShownWithin is Unsettled,
// with Wait; Settle looks again, and so does Shipped.
//
// Amazon holds one tracking number for a package. The package's reference (Result.Records) is made of carrier and number, so the same
// shipment again overwrites itself, and two different ones never each other; a number that the order already shows is not sent
// again. A TrackingNumber with a Record corrects that package. Packages cannot be removed.
//
// A carrier that Amazon has no code for goes as Other with its name, which the result warns of (WarnCarrierOther). Orders of Easy Ship
// and FBM Ship+ are refused: Amazon confirms those by itself.
func (c *Client) Ship(ctx context.Context, shipments []order.Shipment, opts order.WriteOptions) ([]order.Result, error) {
	b := batch.New(batch.Call{Mall: order.Amazon, Shop: c.cfg.Shop, Ability: order.CanShip, Check: c.Check}, len(shipments), opts)
	run := shipping{c: c, b: b, orders: make(map[string]*shipped)}
	for i := range shipments {
		p, warnings, err := checkShipment(shipments[i], opts)
		r := b.Result(i, p.Order, p.Parcel)
		r.Warnings = warnings
		if err != nil {
			batch.Fail(r, c.calls.Refuse(shipWrite.Operation, p.Order, err), shipWrite)
		} else if b.Over(ctx) {
			b.Unsent(r, shipWrite.Operation)
		} else {
			b.Sent(ctx, run.ship(ctx, &p, r), r)
		}
	}
	run.readBack(ctx, opts)
	return b.Results()
}

// Shipped tells whether an order shows the package with a reference by now (Result.Records of Ship).
func (c *Client) Shipped(ctx context.Context, orderID, packageReferenceID string) (bool, error) {
	got, err := c.GetOrder(ctx, GetOrderRequest{OrderID: orderID, IncludedData: shipData})
	if err != nil {
		return false, err
	}
	return got.Order.pack(packageReferenceID) != nil, nil
}

func (w *Order) pack(reference string) *OrderPackage {
	for i := range w.Packages {
		if w.Packages[i].PackageReferenceID == reference {
			return &w.Packages[i]
		}
	}
	return nil
}

// shows tells whether an order shows a package under its reference with its number. Amazon may leave the number out of a package: of
// a fresh one, which was not there before, the reference says enough.
func (w *Order) shows(reference, tracking string, fresh bool) bool {
	p := w.pack(reference)
	return p != nil && (order.SameTracking(p.TrackingNumber, tracking) || fresh && p.TrackingNumber == "")
}

// shipping is one call of Ship.
type shipping struct {
	c        *Client
	b        *batch.Batch
	orders   map[string]*shipped
	accepted []*order.Result // by Amazon, and not seen in the order yet
}

// shipped is an order that is being shipped.
type shipped struct {
	c       *Client
	wire    *Order
	err     error
	left    map[string]int64 // not shipped yet, by line
	unknown map[string]bool  // lines of which Amazon does not tell that
}

func (s *shipping) order(ctx context.Context, id string) *shipped {
	if o, ok := s.orders[id]; ok {
		return o
	}
	o := &shipped{c: s.c, left: make(map[string]int64), unknown: make(map[string]bool)}
	got, err := s.c.GetOrder(ctx, GetOrderRequest{OrderID: id, IncludedData: shipData})
	o.wire, o.err = &got.Order, err
	for i := range got.Order.OrderItems {
		item := &got.Order.OrderItems[i]
		if item.cancelled() {
			continue
		}
		n, told := o.wire.unshipped(item)
		o.left[item.OrderItemID], o.unknown[item.OrderItemID] = n, !told
	}
	s.orders[id] = o
	return o
}

// unshipped is how much of a line is left to ship. Amazon tells it, or what was shipped, or that nothing was; told is false when it
// tells none of these: an absent number is not 0.
func (w *Order) unshipped(item *OrderItem) (n int64, told bool) {
	f := item.Fulfillment
	switch {
	case f != nil && f.QuantityUnfulfilled != nil:
		return *f.QuantityUnfulfilled, true
	case f != nil && f.QuantityFulfilled != nil:
		return max(item.QuantityOrdered-*f.QuantityFulfilled, 0), true
	case w.Fulfillment != nil && w.Fulfillment.FulfillmentStatus == StatusUnshipped && len(w.Packages) == 0:
		return item.QuantityOrdered, true
	}
	return 0, false
}

// ship reports one parcel and fills in its result, unless Amazon accepted it: that is read back. The error is that of the call that
// failed, if one did.
func (s *shipping) ship(ctx context.Context, p *order.Shipment, r *order.Result) error {
	_, again := s.orders[p.Order]
	o := s.order(ctx, p.Order)
	if o.err != nil {
		batch.Fail(r, o.err, shipWrite)
		if again {
			return nil // no call was made for this one
		}
		return o.err
	}
	if why := o.wire.confirmedByAmazon(); why != "" { // no option lifts it, and what to do is Amazon's own
		batch.Fail(r, o.conflict(why), shipWrite)
		return nil
	}
	if !s.b.Judge(r, s.c.convert(o.wire), shipWrite) {
		return nil
	}
	plan, err := o.plan(p, s.c.cfg.Marketplaces[0])
	if err != nil {
		batch.Fail(r, err, shipWrite)
		return nil
	}
	r.Records, r.Numbers = []string{plan.req.PackageDetail.PackageReferenceID}, batch.Numbers(*p)
	r.Warnings = append(r.Warnings, plan.warnings...)
	switch {
	case plan.lags:
		batch.Unsettled(r, shipWrite, "the order counts everything as shipped, but does not show all packages yet: this one may be among them", nil)
		return nil
	case plan.there || r.DryRun:
		batch.Done(r, order.Yes)
		if !plan.there {
			o.take(plan.req)
		}
		return nil
	}
	_, err = s.c.ConfirmShipment(ctx, plan.req)
	if err == nil {
		o.take(plan.req)
		s.accepted = append(s.accepted, r)
		return nil
	}
	batch.Fail(r, err, shipWrite)
	if r.Outcome == order.Unsettled {
		o.take(plan.req) // it may have been applied: what comes after must not ship the same lines
		return err
	}
	r.Records, r.Numbers = nil, nil
	return err
}

// take books what a package holds.
func (o *shipped) take(req ConfirmShipmentRequest) {
	for _, item := range req.PackageDetail.OrderItems {
		o.left[item.OrderItemID] = max(o.left[item.OrderItemID]-item.Quantity, 0)
	}
}

// readBack looks for the packages that Amazon has accepted, each order once a round, for as long as the caller allows.
func (s *shipping) readBack(ctx context.Context, opts order.WriteOptions) {
	if len(s.accepted) == 0 {
		return
	}
	left := s.accepted
	_, err := batch.Shown(ctx, opts, func(ctx context.Context) (bool, error) {
		var failed error
		read := make(map[string]*Order)
		all := left
		left = nil
		for _, r := range all {
			w, known := read[r.Order]
			if !known {
				got, err := s.c.GetOrder(ctx, GetOrderRequest{OrderID: r.Order, IncludedData: shipData})
				if w = &got.Order; err != nil {
					failed = err
				}
				read[r.Order] = w
			}
			fresh := s.orders[r.Order].wire.pack(r.Records[0]) == nil
			if w.shows(r.Records[0], r.Numbers[0], fresh) {
				batch.Done(r, order.Yes)
				continue
			}
			left = append(left, r)
		}
		return len(left) == 0, failed
	})
	for _, r := range left {
		batch.NotShown(r, shipWrite, err)
	}
}
