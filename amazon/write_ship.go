package amazon

import (
	"context"
	"slices"
	"time"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/kit"
	"github.com/jpmall/jpmall/order"
)

var (
	_ order.Shipper = (*Client)(nil)
	_ order.Settler = (*Client)(nil)
)

// shipData is what is read of an order before and after it is shipped.
var shipData = []IncludedData{IncludeFulfillment, IncludePackages, IncludePayment,
	IncludeCancellation}

// shownAfter is how long after a confirmation the order is sure to show its package. Amazon
// promises nothing; minutes were seen.
const shownAfter = 15 * time.Minute

// shipWrite says that repeating a shipment is harmless, because of the package's reference.
var shipWrite = batch.Write{Operation: "confirmShipment", Again: order.Yes, Wait: shownAfter}

// Ship reports each shipment with one call of confirmShipment. It implements [order.Shipper]. It
// reads each order once before (getOrder), to judge its state ([order.MayShip]) and to find what is
// left to ship, and reads the orders back at the end. Safe to repeat.
//
// Done means that the order shows the package. The answer of confirmShipment (204) is no proof:
// Amazon drops what it does not accept, such as an unknown carrier code. A package that does not
// show within WriteOptions.ShownWithin is Unsettled, with Wait; Settle or Shipped checks again.
//
// Amazon holds one tracking number per package. The package's reference (Result.Records) is derived
// from carrier and number: repeating a shipment overwrites its own package only. A number that the
// order already shows is not sent again. A TrackingNumber with a Record corrects that package.
// Packages cannot be removed.
//
// A carrier without an Amazon code is sent as Other with its name, and the result has the warning
// [WarnCarrierOther]. Orders of Easy Ship and FBM Ship+ are refused: Amazon confirms those itself.
func (c *Client) Ship(
	ctx context.Context, shipments []order.Shipment, opts order.WriteOptions,
) ([]order.Result, error) {
	// each is read once before, however many of its parcels are shipped
	orders := make(map[string]*shipped)
	writes := make([]kit.Write[Order], len(shipments))
	for i := range shipments {
		p, warnings, err := checkShipment(shipments[i], opts)
		w := kit.Write[Order]{Write: shipWrite, Order: p.Order, Parcel: p.Parcel,
			Warnings: warnings, Err: err}
		var req ConfirmShipmentRequest
		w.Allow = func(r *order.Result, _ *Order) error {
			o := orders[p.Order]
			plan, err := o.plan(&p, c.cfg.Marketplaces[0])
			if err != nil {
				return err
			}
			req = plan.req
			r.Records, r.Numbers = []string{req.PackageDetail.PackageReferenceID}, batch.Numbers(p)
			r.Warnings = append(r.Warnings, plan.warnings...)
			switch {
			case plan.lags:
				batch.Unsettled(r, shipWrite, order.Text{
					EN: "the order counts everything as shipped, but does not show all packages yet: this one may be among them",
					JA: "注文はすべて発送済みですが、まだ表示されない荷物があります。この荷物が含まれている可能性があります"}, nil)
			case plan.there:
				batch.Done(r, order.Yes)
			case r.DryRun:
				o.take(req)
			}
			return nil
		}
		w.Send = func(ctx context.Context, _ *order.Result) error {
			_, err := c.ConfirmShipment(ctx, req)
			if err == nil || batch.Lost(err, shipWrite.Operation) {
				// it may have been applied: what comes after must not ship the same lines
				orders[p.Order].take(req)
			}
			return err
		}
		w.Lacks = kit.Shown(func(now *Order) bool {
			d := req.PackageDetail
			return now.shows(d.PackageReferenceID, d.TrackingNumber,
				orders[p.Order].wire.pack(d.PackageReferenceID) == nil)
		})
		writes[i] = w
	}
	w := c.writer()
	w.Look = w.Read
	w.Read = kit.Each(func(ctx context.Context, id string) (*Order, error) {
		if orders[id] == nil {
			o, err := c.shipped(ctx, id)
			if err != nil {
				return nil, err
			}
			orders[id] = o
		}
		return orders[id].wire, nil
	})
	return w.Write(ctx, order.CanShip, writes, opts)
}

func (c *Client) writer() kit.Writer[Order] {
	return kit.Writer[Order]{
		Call:  batch.Call{Mall: order.Amazon, Shop: c.cfg.Shop, Check: c.Check},
		Calls: c.calls, Convert: c.convert,
		Read: kit.Each(func(ctx context.Context, id string) (*Order, error) {
			got, err := c.GetOrder(ctx, GetOrderRequest{OrderID: id, IncludedData: shipData})
			return &got.Order, err
		}),
	}
}

// Settle finds out what became of unsettled writes. It implements [order.Settler]. It reads each
// order once. A result is Done when the order shows the package, by its reference or by its
// tracking number. A package that does not show 15 minutes after it was sent is treated as dropped:
// the result is Refused, and the shipment can safely be sent again.
func (c *Client) Settle(ctx context.Context, results []order.Result) ([]order.Result, error) {
	w := c.writer()
	return w.Settle(ctx, results, func(*order.Result) kit.Settling[Order] {
		return kit.Settling[Order]{Write: shipWrite,
			Shows: func(r *order.Result, now *Order) bool { return now.showsAll(r) }}
	})
}

// showsAll reports whether an order shows what a result of Ship reported.
func (w *Order) showsAll(r *order.Result) bool {
	if len(r.Records) == 1 && len(r.Numbers) == 1 && w.shows(r.Records[0], r.Numbers[0], true) {
		return true
	}
	for _, number := range r.Numbers {
		if !slices.ContainsFunc(w.Packages,
			func(p OrderPackage) bool { return order.SameTracking(p.TrackingNumber, number) }) {
			return false
		}
	}
	return len(r.Numbers) > 0
}

// Shipped reports whether an order shows the package with a reference (Result.Records of Ship).
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

// shows reports whether an order shows a package under its reference with its number. Amazon may
// leave out the number. For a package that was not there before (fresh), the reference is then
// enough.
func (w *Order) shows(reference, tracking string, fresh bool) bool {
	p := w.pack(reference)
	return p != nil && (order.SameTracking(p.TrackingNumber, tracking) || fresh &&
		p.TrackingNumber == "")
}

// shipped is an order that is being shipped.
type shipped struct {
	c       *Client
	wire    *Order
	left    map[string]int64 // not shipped yet, by line
	unknown map[string]bool  // lines whose left is not known
}

// shipped reads an order. It refuses one that Amazon confirms itself, whatever the options.
func (c *Client) shipped(ctx context.Context, id string) (*shipped, error) {
	got, err := c.GetOrder(ctx, GetOrderRequest{OrderID: id, IncludedData: shipData})
	if err != nil {
		return nil, err
	}
	o := &shipped{c: c, wire: &got.Order, left: make(map[string]int64),
		unknown: make(map[string]bool)}
	if why := o.wire.confirmedByAmazon(); !why.IsZero() {
		return nil, o.conflict(why)
	}
	for i := range got.Order.OrderItems {
		item := &got.Order.OrderItems[i]
		if item.cancelled() {
			continue
		}
		n, told := o.wire.unshipped(item)
		o.left[item.OrderItemID], o.unknown[item.OrderItemID] = n, !told
	}
	return o, nil
}

// unshipped returns how much of a line is left to ship: from Amazon's number, or from what was
// shipped, or because nothing was. told is false when none of these is known; an absent number is
// not 0.
func (w *Order) unshipped(item *OrderItem) (n int64, told bool) {
	f := item.Fulfillment
	switch {
	case f != nil && f.QuantityUnfulfilled != nil:
		return *f.QuantityUnfulfilled, true
	case f != nil && f.QuantityFulfilled != nil:
		return max(item.QuantityOrdered-*f.QuantityFulfilled, 0), true
	case w.Fulfillment != nil && w.Fulfillment.FulfillmentStatus == StatusUnshipped &&
		len(w.Packages) == 0:
		return item.QuantityOrdered, true
	}
	return 0, false
}

// take subtracts what a package holds.
func (o *shipped) take(req ConfirmShipmentRequest) {
	for _, item := range req.PackageDetail.OrderItems {
		o.left[item.OrderItemID] = max(o.left[item.OrderItemID]-item.Quantity, 0)
	}
}
