package amazon

import (
	"context"
	"time"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/order"
)

var _ order.Shipper = (*Client)(nil)

// shipData is what an order is read with before and after it is shipped.
var shipData = []IncludedData{IncludeFulfillment, IncludePackages, IncludePayment, IncludeCancellation}

// Ship reports parcels with confirmShipment, one call for each, after reading its order (getOrder, once per order) to find what is
// left to ship, and reads the orders back at the end: the answer of Amazon is no proof. A parcel that the order does not show yet
// is Done with a warning (code "not_visible_yet") that says since when; look again with Shipped.
//
// Amazon holds one tracking number for a package. The package's reference is made of carrier and number, so the same shipment again
// overwrites itself, and two different ones never each other; a number that the order already shows is not sent again. A
// TrackingNumber with a Record corrects that package. Packages cannot be removed.
func (c *Client) Ship(ctx context.Context, shipments []order.Shipment, opts order.WriteOptions) ([]order.Result, error) {
	b := batch.New(batch.Call{Mall: order.Amazon, Shop: c.cfg.Shop, Ability: order.CanShip, Check: c.Check}, len(shipments), opts)
	run := shipping{c: c, orders: make(map[string]*shipped)}
	for i := range shipments {
		p := &shipments[i]
		r := b.Result(i, p.Order, p.Parcel)
		if err := checkShipment(p); err != nil {
			batch.Fail(r, c.calls.Refuse(shipWrite.Operation, p.Order, err), shipWrite)
		} else if b.Over(ctx) {
			b.Unsent(r, shipWrite.Operation)
		} else {
			b.Sent(ctx, run.ship(ctx, p, r), r)
		}
	}
	results, err := b.Results()
	if !opts.DryRun {
		run.readBack(ctx, results)
	}
	return results, err
}

// shipWrite is what repeating a shipment means: the package's reference makes it harmless.
var shipWrite = batch.Write{Operation: "confirmShipment", Again: order.Yes,
	Find: "the answer was lost: sending the same again is harmless, or look with Shipped"}

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

// shipping is one call of Ship.
type shipping struct {
	c      *Client
	orders map[string]*shipped
}

// shipped is an order that is being shipped.
type shipped struct {
	c    *Client
	wire *Order
	err  error
	left map[string]int64 // not shipped yet, by line
}

func (s *shipping) order(ctx context.Context, id string) *shipped {
	if o, ok := s.orders[id]; ok {
		return o
	}
	o := &shipped{c: s.c, left: make(map[string]int64)}
	got, err := s.c.GetOrder(ctx, GetOrderRequest{OrderID: id, IncludedData: shipData})
	o.wire, o.err = &got.Order, err
	for i := range got.Order.OrderItems {
		item := &got.Order.OrderItems[i]
		if f := item.Fulfillment; f != nil && !item.cancelled() {
			o.left[item.OrderItemID] = f.QuantityUnfulfilled
		}
	}
	s.orders[id] = o
	return o
}

// ship reports one parcel and fills in its result. The error is that of the call that failed, if one did.
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
	plan, err := o.plan(p, s.c.cfg.Marketplaces[0])
	if err != nil {
		batch.Fail(r, err, shipWrite)
		return nil
	}
	r.Records, r.Warnings = []string{plan.req.PackageDetail.PackageReferenceID}, plan.warnings
	if !plan.there && !r.DryRun {
		if _, err := s.c.ConfirmShipment(ctx, plan.req); err != nil {
			batch.Fail(r, err, shipWrite)
			if r.Outcome == order.Refused {
				r.Records = nil
			}
			return err
		}
	}
	if !plan.there {
		o.take(plan.req)
	}
	batch.Done(r, order.Yes)
	return nil
}

// take books what a package holds.
func (o *shipped) take(req ConfirmShipmentRequest) {
	for _, item := range req.PackageDetail.OrderItems {
		o.left[item.OrderItemID] = max(o.left[item.OrderItemID]-item.Quantity, 0)
	}
}

// readBack looks whether the orders show what was reported.
func (s *shipping) readBack(ctx context.Context, results []order.Result) {
	since := time.Now()
	now := make(map[string]*Order)
	for i := range results {
		r := &results[i]
		if r.Outcome != order.Done || s.orders[r.Order].wire.pack(r.Records[0]) != nil {
			continue // nothing was sent, or it was there before; a correction shows in the same package and cannot be told apart
		}
		w, read := now[r.Order]
		if !read {
			got, err := s.c.GetOrder(ctx, GetOrderRequest{OrderID: r.Order, IncludedData: shipData})
			if err == nil {
				w = &got.Order
			}
			now[r.Order] = w
		}
		switch {
		case w == nil:
			r.Warnings = append(r.Warnings, order.Warning{Code: "not_read_back", Message: "Amazon accepted it, but the order could not be read back"})
			r.Next = "look again with Shipped"
		case w.pack(r.Records[0]) == nil:
			r.Warnings = append(r.Warnings, order.Warning{Code: "not_visible_yet",
				Message: "Amazon accepted it, but the order does not show it yet; accepted at " + since.In(order.JST).Format(time.RFC3339)})
			r.Next = "look again with Shipped; if it does not show within some minutes, check the carrier and send it again"
		}
	}
}
