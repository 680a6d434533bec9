package amazon

import (
	"context"
	"errors"
	"time"

	"github.com/jpmall/jpmall/internal/transport"
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
	run := shipping{c: c, ctx: ctx, dry: opts.DryRun, orders: make(map[string]*shipped)}
	results := make([]order.Result, len(shipments))
	for i := range shipments {
		results[i] = run.ship(&shipments[i])
	}
	run.readBack(results)
	var errs []error
	for i := range results {
		errs = append(errs, results[i].Err)
	}
	return results, errors.Join(errs...)
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

// shipping is one call of Ship.
type shipping struct {
	c      *Client
	ctx    context.Context
	dry    bool
	orders map[string]*shipped
	over   error // why nothing more is sent: dead keys, a done context
}

// shipped is an order that is being shipped.
type shipped struct {
	wire *Order
	err  error
	left map[string]int64 // not shipped yet, by line
}

func (s *shipping) order(id string) *shipped {
	if o, ok := s.orders[id]; ok {
		return o
	}
	o := &shipped{left: make(map[string]int64)}
	got, err := s.c.GetOrder(s.ctx, GetOrderRequest{OrderID: id, IncludedData: shipData})
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

func (s *shipping) ship(p *order.Shipment) order.Result {
	r := order.Result{Order: p.Order, Parcel: p.Parcel, DryRun: s.dry, Repeating: order.Yes}
	if s.over == nil && s.ctx.Err() != nil {
		s.over = context.Cause(s.ctx)
	}
	if s.over != nil {
		return s.refused(r, &order.Error{Class: classOf(s.over), Err: s.over, Hint: "not sent, because an earlier call of this batch failed for good"})
	}
	if err := checkShipment(p); err != nil {
		return s.refused(r, invalidShipment(err))
	}
	o := s.order(p.Order)
	if o.err != nil {
		s.stop(o.err)
		return s.refused(r, o.err)
	}
	plan, err := o.plan(p, s.c.cfg.Marketplaces[0])
	if err != nil {
		return s.refused(r, err)
	}
	r.Records, r.Warnings = []string{plan.req.PackageDetail.PackageReferenceID}, plan.warnings
	if plan.there {
		r.Outcome = order.Done
		return r
	}
	if s.dry {
		r.Outcome = order.Done
		o.take(plan.req)
		return r
	}
	if _, err := s.c.ConfirmShipment(s.ctx, plan.req); err != nil {
		s.stop(err)
		if transport.Unsettled(err) {
			r.Err, r.Next = err, "the answer was lost; sending the same again is harmless, or look with Shipped"
			return r
		}
		return s.refused(r, err)
	}
	o.take(plan.req)
	r.Outcome = order.Done
	return r
}

// refused fills a result from an error.
func (s *shipping) refused(r order.Result, err error) order.Result {
	var e *order.Error
	if !errors.As(err, &e) {
		e = &order.Error{Class: order.ErrTemporary, Err: err}
	}
	own := *e
	own.Mall, own.Shop, own.Order = order.Amazon, s.c.cfg.Shop, r.Order
	if own.Operation == "" {
		own.Operation = "confirmShipment"
	}
	r.Outcome, r.Err, r.Code, r.Next = order.Refused, &own, own.Code, own.Hint
	r.Message = own.Message
	if r.Message == "" && own.Err != nil {
		r.Message = own.Err.Error()
	}
	return r
}

// stop notes a failure that every further call would meet as well.
func (s *shipping) stop(err error) {
	for _, class := range []order.Class{order.ErrUnauthorized, order.ErrCredentialExpired, order.ErrMaintenance} {
		if errors.Is(err, class) {
			s.over = err
		}
	}
}

func classOf(err error) order.Class {
	var e *order.Error
	if errors.As(err, &e) {
		return e.Class
	}
	return order.ErrLocalLimit
}

// take books what a package holds.
func (o *shipped) take(req ConfirmShipmentRequest) {
	for _, item := range req.PackageDetail.OrderItems {
		o.left[item.OrderItemID] = max(o.left[item.OrderItemID]-item.Quantity, 0)
	}
}

// readBack looks whether the orders show what was reported.
func (s *shipping) readBack(results []order.Result) {
	if s.dry {
		return
	}
	since := time.Now()
	now := make(map[string]*Order)
	for i := range results {
		r := &results[i]
		if r.Outcome != order.Done || s.orders[r.Order].wire.pack(r.Records[0]) != nil {
			continue // nothing was sent, or it was there before; a correction shows in the same package and cannot be told apart
		}
		w, read := now[r.Order]
		if !read {
			got, err := s.c.GetOrder(s.ctx, GetOrderRequest{OrderID: r.Order, IncludedData: shipData})
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
