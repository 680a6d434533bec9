package amazon

import (
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// checkShipment refuses what Amazon could not take, before anything is read.
func checkShipment(p *order.Shipment) error {
	var report check.Report
	f := report.Fields()
	f.Required("Order", p.Order)
	switch len(p.Numbers) {
	case 0:
		f.Add("Numbers", "is empty: Amazon takes no package without a tracking number")
	case 1:
		f.Item("Numbers", 0).Required("Number", p.Numbers[0].Number)
		if p.Numbers[0].Remove {
			f.Item("Numbers", 0).Add("Remove", "Amazon cannot remove a package; correct its number instead")
		}
		if r := p.Numbers[0].Record; r != "" && !positive(r) {
			f.Item("Numbers", 0).Add("Record", "is no package reference")
		}
	default:
		f.Add("Numbers", "%d numbers, Amazon holds one per package: give each package a Shipment of its own, with its Lines", len(p.Numbers))
	}
	if p.Carrier == "" {
		f.Add("Carrier", "is required")
	}
	if p.Carrier == timeslot.OtherCarrier && p.CarrierName == "" {
		f.Add("CarrierName", "is required for another carrier")
	}
	if p.At.IsZero() {
		f.Add("At", "is required")
	}
	for i, l := range p.Lines {
		f.Item("Lines", i).Required("Line", l.Line)
		if l.Quantity < 1 {
			f.Item("Lines", i).Add("Quantity", "must be at least 1")
		}
	}
	return report.Err()
}

func invalidShipment(err error) *order.Error {
	return &order.Error{Class: order.ErrInvalid, Err: err, Hint: "nothing was sent"}
}

// plan is the package of a shipment.
type plan struct {
	req      ConfirmShipmentRequest
	there    bool // the order shows it already
	warnings []order.Warning
}

// plan makes the request for a shipment of this order, or says why the order cannot be shipped so.
func (o *shipped) plan(p *order.Shipment, marketplace string) (plan, error) {
	w := o.wire
	if err := w.shippable(); err != nil {
		return plan{}, err
	}
	if w.SalesChannel.MarketplaceID != "" {
		marketplace = w.SalesChannel.MarketplaceID
	}
	number := p.Numbers[0]
	code, name := CarrierCode(p.Carrier)
	if p.CarrierName != "" && code == CarrierOther {
		name = p.CarrierName
	}
	d := PackageDetail{
		PackageReferenceID: reference(code, name, number.Number), CarrierCode: code, CarrierName: name,
		ShippingMethod: p.Method, TrackingNumber: number.Number, ShipDate: DateTimeOf(p.At),
	}
	out := plan{req: ConfirmShipmentRequest{OrderID: p.Order, MarketplaceID: marketplace}}
	if w.collected() {
		out.req.CODCollectionMethod = DirectPayment
	}
	var err error
	if number.Record != "" {
		d.PackageReferenceID = number.Record
		d.OrderItems, err = o.corrected(number.Record, p)
	} else {
		if there := w.shown(d.PackageReferenceID, number.Number); there != "" {
			d.PackageReferenceID, out.there = there, true
		}
		d.OrderItems, err = o.items(p, out.there)
	}
	if err != nil {
		return plan{}, err
	}
	out.req.PackageDetail = d
	out.warnings = w.warnings(d.OrderItems)
	return out, nil
}

// shippable refuses orders that the shop does not ship, or not yet.
func (w *Order) shippable() error {
	conflict := func(message string) error {
		return &order.Error{Class: order.ErrConflict, Message: message, Hint: "nothing was sent"}
	}
	if w.Fulfillment == nil {
		return nil
	}
	switch {
	case w.Fulfillment.FulfilledBy == ByAmazon:
		return conflict("Amazon ships this order")
	case w.Fulfillment.FulfillmentStatus == StatusPending, w.Fulfillment.FulfillmentStatus == StatusPendingAvailability:
		return conflict("the order is pending: its payment is not authorised, so it must not be shipped")
	case w.Fulfillment.FulfillmentStatus == StatusCancelled:
		return conflict("the order is cancelled")
	}
	for _, p := range w.Programs {
		if p == ProgramFBMShipPlus {
			return conflict("Amazon confirms FBM Ship+ orders by itself")
		}
	}
	return nil
}

// collected tells whether the carrier collects the payment.
func (w *Order) collected() bool {
	for i := range w.OrderItems {
		if w.OrderItems[i].collectAtDoor() {
			return true
		}
	}
	if w.Payment == nil {
		return false
	}
	for _, p := range w.Payment.PaymentExecutions {
		if paymentMethods[p.PaymentMethod] == order.CashOnDelivery {
			return true
		}
	}
	return false
}

// shown finds the package of a reference, or of a tracking number that other software reported. It is "" when there is none.
func (w *Order) shown(reference, tracking string) string {
	for _, p := range w.Packages {
		if p.PackageReferenceID == reference || p.TrackingNumber == tracking {
			return p.PackageReferenceID
		}
	}
	return ""
}

// reference makes a package reference of carrier and number: nine digits, so that the same package always gets the same one.
func reference(code, name, tracking string) string {
	h := fnv.New64a()
	for _, part := range [...]string{code, name, tracking} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return strconv.FormatUint(100_000_000+h.Sum64()%900_000_000, 10)
}

// items are the lines of a package: those that were given, else everything that is left, of the parcel if one is named.
func (o *shipped) items(p *order.Shipment, there bool) ([]ConfirmShipmentOrderItem, error) {
	var items []ConfirmShipmentOrderItem
	if len(p.Lines) > 0 {
		for _, l := range p.Lines {
			left, ok := o.left[l.Line]
			switch {
			case !ok:
				return nil, invalidShipment(fmt.Errorf("the order has no line %q to ship", l.Line))
			case l.Quantity > left && !there:
				return nil, invalidShipment(fmt.Errorf("line %q has %d left to ship, not %d", l.Line, left, l.Quantity))
			}
			items = append(items, ConfirmShipmentOrderItem{OrderItemID: l.Line, Quantity: l.Quantity})
		}
		return items, nil
	}
	if p.Parcel == "" && o.wire.severalWindows() {
		return nil, invalidShipment(errors.New("the order has several parcels: name one, or give Lines"))
	}
	known := p.Parcel == ""
	for i := range o.wire.OrderItems {
		item := &o.wire.OrderItems[i]
		if p.Parcel != "" && label(item.window()) != p.Parcel {
			continue
		}
		known = true
		if n := o.left[item.OrderItemID]; n > 0 {
			items = append(items, ConfirmShipmentOrderItem{OrderItemID: item.OrderItemID, Quantity: n})
		}
	}
	switch {
	case !known:
		return nil, invalidShipment(errors.New("the order has no such parcel"))
	case len(items) == 0 && !there:
		return nil, &order.Error{Class: order.ErrConflict, Message: "nothing of the order is left to ship", Hint: "nothing was sent"}
	}
	return items, nil
}

func (w *Order) severalWindows() bool {
	for i := range w.OrderItems {
		if w.OrderItems[i].window() != w.OrderItems[0].window() {
			return true
		}
	}
	return false
}

// corrected are the lines of a package that is corrected: those that were given, else those it has.
func (o *shipped) corrected(reference string, p *order.Shipment) ([]ConfirmShipmentOrderItem, error) {
	old := o.wire.pack(reference)
	if old == nil {
		return nil, &order.Error{Class: order.ErrNotFound, Message: "the order has no package " + reference, Hint: "nothing was sent"}
	}
	var items []ConfirmShipmentOrderItem
	for _, l := range p.Lines {
		items = append(items, ConfirmShipmentOrderItem{OrderItemID: l.Line, Quantity: l.Quantity})
	}
	if len(items) > 0 {
		return items, nil
	}
	for _, item := range old.PackageItems {
		items = append(items, ConfirmShipmentOrderItem(item))
	}
	if len(items) == 0 {
		return nil, invalidShipment(errors.New("what the package holds is not told by Amazon: give its Lines"))
	}
	return items, nil
}

// warnings are what a shipper should know of these lines.
func (w *Order) warnings(items []ConfirmShipmentOrderItem) []order.Warning {
	var all []order.Warning
	for i := range w.OrderItems {
		item := &w.OrderItems[i]
		for _, in := range items {
			if in.OrderItemID != item.OrderItemID {
				continue
			}
			if item.cancelRequested() {
				all = append(all, order.Warning{Field: in.OrderItemID, Code: "cancel_requested", Message: "the buyer has asked to cancel this line"})
			}
			for _, p := range item.Programs {
				if p == ItemTransparency && len(in.TransparencyCodes) == 0 {
					all = append(all, order.Warning{Field: in.OrderItemID, Code: "transparency",
						Message: "Amazon asks for transparency codes for this line: use ConfirmShipment to send them"})
				}
			}
		}
	}
	return all
}
