package amazon

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"time"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// WarnCarrierOther is the code of the warning that Amazon has no code for a carrier, which is sent as Other with its name.
const WarnCarrierOther = "carrier_other"

// checkShipment refuses what Amazon could not take, before anything is read, and returns the shipment as it is to be sent.
func checkShipment(given order.Shipment, opts order.WriteOptions) (order.Shipment, []order.Warning, error) {
	var report check.Report
	f := report.Fields()
	p, warnings := batch.Shipment(f, given, 1, opts, time.Now())
	switch {
	case len(given.Numbers) == 0:
		f.Add("Numbers", "is empty: Amazon takes no package without a tracking number")
	case len(given.Numbers) > 1 && !opts.FirstNumbers:
		f.Add("Numbers", "one per package: give each package a Shipment of its own, with its Lines")
	}
	for i, n := range p.Numbers {
		if n.Remove {
			f.Item("Numbers", i).Add("Remove", "Amazon cannot remove a package; correct its number instead")
		}
		if n.Record != "" && !positive(n.Record) {
			f.Item("Numbers", i).Add("Record", "is no package reference")
		}
	}
	code, name := CarrierCode(p.Carrier)
	switch {
	case p.Carrier == "":
	case !p.Carrier.Known():
		batch.NoCode(f, p.Carrier)
	case p.Carrier == timeslot.OtherCarrier && p.CarrierName == "":
		f.Add("CarrierName", "is required for another carrier")
	case code != CarrierOther && p.CarrierName != "":
		warnings = append(warnings, batch.NotTaken("CarrierName"))
	case code == CarrierOther && p.Carrier != timeslot.OtherCarrier:
		warnings = append(warnings, order.Warning{Field: "Carrier", Code: WarnCarrierOther,
			Message: "Amazon has no code for the carrier: it is sent as Other with the name " + cmp.Or(p.CarrierName, name)})
	}
	if p.NoNumber != "" {
		warnings = append(warnings, batch.NotTaken("NoNumber"))
	}
	return p, warnings, report.Err()
}

// refuse is the error of a shipment that this order cannot have; nothing was sent for it.
func (o *shipped) refuse(why string, args ...any) error {
	return o.c.calls.Refuse(shipWrite.Operation, o.wire.OrderID, fmt.Errorf(why, args...))
}

// conflict is the error of a shipment that the state of this order does not allow; nothing was sent for it.
func (o *shipped) conflict(why string) error {
	return o.c.calls.Conflict(shipWrite.Operation, o.wire.OrderID, why)
}

// plan is the package of a shipment.
type plan struct {
	req      ConfirmShipmentRequest
	there    bool // the order shows it already
	lags     bool // nothing is left, but the order does not show all that was shipped: it may be there already
	warnings []order.Warning
}

// plan makes the request for a shipment of this order, or says why the order cannot be shipped so.
func (o *shipped) plan(p *order.Shipment, marketplace string) (plan, error) {
	w := o.wire
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
		d.OrderItems, out.lags, err = o.items(p, out.there)
	}
	if err != nil {
		return plan{}, err
	}
	out.req.PackageDetail = d
	out.warnings = w.warnings(d.OrderItems)
	return out, nil
}

// confirmedByAmazon says why confirmShipment is not for an order of the shop's own shipping; "" when it is.
func (w *Order) confirmedByAmazon() string {
	switch {
	case slices.Contains(w.Programs, ProgramFBMShipPlus):
		return "Amazon confirms FBM Ship+ orders by itself"
	case slices.Contains(w.Programs, ProgramEasyShip) || len(w.FulfillmentOrders) > 0:
		return "Amazon confirms Easy Ship orders by itself: schedule the pick-up or drop-off and print Amazon's label on Seller Central " +
			"(or with the Easy Ship API)"
	}
	return ""
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
		if p.PackageReferenceID == reference || order.SameTracking(p.TrackingNumber, tracking) {
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

// items are the lines of a package: those that were given, else everything that is left, of the parcel if one is named. lags tells
// that nothing is left although the packages do not show all of it.
func (o *shipped) items(p *order.Shipment, there bool) (items []ConfirmShipmentOrderItem, lags bool, err error) {
	if len(p.Lines) > 0 {
		for _, l := range p.Lines {
			left, ok := o.left[l.Line]
			switch {
			case !ok:
				return nil, false, o.refuse("the order has no line %q to ship", l.Line)
			case l.Quantity > left && !there && !o.unknown[l.Line]:
				if o.wire.packagesLag() {
					return nil, true, nil
				}
				return nil, false, o.refuse("line %q has %d left to ship, not %d", l.Line, left, l.Quantity)
			}
			items = append(items, ConfirmShipmentOrderItem{OrderItemID: l.Line, Quantity: l.Quantity})
		}
		return items, false, nil
	}
	if p.Parcel == "" && o.wire.severalWindows() {
		return nil, false, o.refuse("the order has several parcels: name one, or give Lines")
	}
	known := p.Parcel == ""
	for i := range o.wire.OrderItems {
		item := &o.wire.OrderItems[i]
		if p.Parcel != "" && label(item.window()) != p.Parcel {
			continue
		}
		known = true
		if o.unknown[item.OrderItemID] && !there {
			return nil, false, o.refuse("Amazon does not tell how much of line %q is left to ship: give Lines", item.OrderItemID)
		}
		if n := o.left[item.OrderItemID]; n > 0 {
			items = append(items, ConfirmShipmentOrderItem{OrderItemID: item.OrderItemID, Quantity: n})
		}
	}
	switch {
	case !known:
		return nil, false, o.refuse("the order has no such parcel")
	case len(items) == 0 && !there && o.wire.packagesLag():
		return nil, true, nil
	case len(items) == 0 && !there:
		return nil, false, o.conflict("nothing of the order is left to ship")
	}
	return items, false, nil
}

// packagesLag tells whether an order counts more as shipped than its packages show: a package was reported and does not show yet.
func (w *Order) packagesLag() bool {
	shipped, shown := int64(0), int64(0)
	for i := range w.OrderItems {
		if f := w.OrderItems[i].Fulfillment; f != nil && f.QuantityFulfilled != nil {
			shipped += *f.QuantityFulfilled
		}
	}
	for _, p := range w.Packages {
		if len(p.PackageItems) == 0 {
			return false // what it holds is not told
		}
		for _, item := range p.PackageItems {
			shown += item.Quantity
		}
	}
	return shipped > shown
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
		return nil, &order.Error{Class: order.ErrNotFound, Message: "the order has no package " + reference, Hint: transport.UnsentHint}
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
		return nil, o.refuse("what the package holds is not told by Amazon: give its Lines")
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
