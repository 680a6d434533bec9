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

// [WarnCarrierOther] is the code of the warning that a carrier is sent as Other with its name:
// Amazon has no code for it, or [order.Shipment] says so of one that has a code.
const WarnCarrierOther = "carrier_other"

// takes is what Amazon accepts in a shipment. A carrier without a code is sent as CarrierOther.
var takes = batch.Takes{Numbers: 1, Parcel: true, CarrierName: true, Method: true,
	Code: timeslot.Carrier.Known}

// checkShipment refuses what Amazon could not accept, before anything is read, and returns the
// shipment as it is to be sent.
func checkShipment(
	given order.Shipment, opts order.WriteOptions,
) (order.Shipment, []order.Warning, error) {
	var report check.Report
	f := report.Fields()
	p, warnings := batch.Shipment(f, given, takes, opts, time.Now())
	switch {
	case len(given.Numbers) == 0:
		f.Add("Numbers", "is empty: Amazon requires a tracking number for each package")
	case len(given.Numbers) > 1 && !opts.FirstNumbers:
		f.Add("Numbers", "one per package: give each package its own Shipment, with its Lines")
	}
	for i, n := range p.Numbers {
		if n.Remove {
			f.Item("Numbers", i).Add("Remove",
				"Amazon cannot remove a package; correct its number instead")
		}
		if n.Record != "" && !positive(n.Record) {
			f.Item("Numbers", i).Add("Record", "is no package reference")
		}
	}
	switch code, known := CompanyOf(p.Carrier); {
	case !p.Carrier.Known():
	case p.Carrier == timeslot.OtherCarrier && p.CarrierName == "":
		f.Add("CarrierName", "is required for another carrier")
	case p.Carrier == timeslot.OtherCarrier:
		named := timeslot.Carrier(p.CarrierName)
		if code, ok := CompanyOf(named); ok && code != CarrierOther {
			warnings = append(warnings, order.Warning{Field: "CarrierName", Code: WarnCarrierOther,
				Message: "the carrier is sent as Other, although Amazon has a code for " +
					named.Name() + ": give it as the Carrier"})
		}
	case known && code != CarrierOther && p.CarrierName != "":
		warnings = append(warnings, batch.NotTaken("CarrierName"))
	case !known:
		warnings = append(warnings, batch.Warn("Carrier", WarnCarrierOther, batch.Textf(
			"Amazon has no code for the carrier: it is sent as Other with the name %s",
			"Amazonにこの配送会社のコードがないため、「その他」として名前（%s）を送信します",
			cmp.Or(p.CarrierName, p.Carrier.Name()))))
	}
	return p, warnings, report.Err()
}

// refuse is the error of a shipment that this order cannot have; nothing was sent for it.
func (o *shipped) refuse(why string, args ...any) error {
	return o.c.calls.Refuse(shipWrite.Operation, o.wire.OrderID, fmt.Errorf(why, args...))
}

// conflict is the error of a shipment that the state of this order does not allow; nothing was sent
// for it.
func (o *shipped) conflict(why order.Text) error {
	return o.c.calls.Conflict(shipWrite.Operation, o.wire.OrderID, why)
}

// plan is the package of a shipment.
type plan struct {
	req   ConfirmShipmentRequest
	there bool // the order already shows it
	// nothing is left to ship, but the packages do not show all of it yet: this one may be among
	// them
	lags     bool
	warnings []order.Warning
}

// plan builds the request for a shipment of this order. An error says why it cannot be shipped so.
func (o *shipped) plan(p *order.Shipment, marketplace string) (plan, error) {
	w := o.wire
	if w.SalesChannel.MarketplaceID != "" {
		marketplace = w.SalesChannel.MarketplaceID
	}
	number := p.Numbers[0]
	code, known := CompanyOf(p.Carrier)
	name := ""
	if !known || code == CarrierOther {
		code, name = CarrierOther, cmp.Or(p.CarrierName, CarrierOf(string(p.Carrier)).Name())
	}
	d := PackageDetail{
		PackageReferenceID: reference(code, name, number.Number), CarrierCode: code,
		CarrierName:    name,
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

// confirmedByAmazon returns why confirmShipment cannot be used for an order; zero when it can.
func (w *Order) confirmedByAmazon() order.Text {
	switch {
	case slices.Contains(w.Programs, ProgramFBMShipPlus):
		return order.Text{EN: "Amazon confirms FBM Ship+ orders by itself",
			JA: "FBM Ship+の注文はAmazonが発送を通知します"}
	case slices.Contains(w.Programs, ProgramEasyShip) || len(w.FulfillmentOrders) > 0:
		return order.Text{
			EN: "Amazon confirms Easy Ship orders by itself: schedule the pick-up or drop-off and print Amazon's label on Seller Central " +
				"(or with the Easy Ship API)",
			JA: "Easy Shipの注文はAmazonが発送を通知します。セラーセントラルで集荷または持ち込みを予約し、Amazonの送り状を印刷してください"}
	}
	return order.Text{}
}

// collected reports whether the carrier collects the payment.
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

// shown returns the reference of the package that has this reference, or this tracking number,
// which other software may have reported. It is "" when there is none.
func (w *Order) shown(reference, tracking string) string {
	for _, p := range w.Packages {
		if p.PackageReferenceID == reference || order.SameTracking(p.TrackingNumber, tracking) {
			return p.PackageReferenceID
		}
	}
	return ""
}

// reference derives a package reference of nine digits from carrier and number, so that the same
// package always gets the same one.
func reference(code, name, tracking string) string {
	h := fnv.New64a()
	for _, part := range [...]string{code, name, tracking} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return strconv.FormatUint(100_000_000+h.Sum64()%900_000_000, 10)
}

// items returns the lines of a package: those given, or all that is left, of the parcel if one is
// named. lags is true when nothing is left although the packages do not show all of it.
func (o *shipped) items(
	p *order.Shipment, there bool,
) (items []ConfirmShipmentOrderItem, lags bool, err error) {
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
				return nil, false, o.refuse("line %q has %d left to ship, not %d", l.Line, left,
					l.Quantity)
			}
			items = append(items, ConfirmShipmentOrderItem{OrderItemID: l.Line,
				Quantity: l.Quantity})
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
			return nil, false,
				o.refuse("Amazon does not report how much of line %q is left to ship: give Lines",
					item.OrderItemID)
		}
		if n := o.left[item.OrderItemID]; n > 0 {
			items = append(items, ConfirmShipmentOrderItem{OrderItemID: item.OrderItemID,
				Quantity: n})
		}
	}
	switch {
	case !known:
		return nil, false, o.refuse("the order has no such parcel")
	case len(items) == 0 && !there && o.wire.packagesLag():
		return nil, true, nil
	case len(items) == 0 && !there:
		return nil, false, o.conflict(order.Text{
			EN: "nothing of the order is left to ship", JA: "発送する商品が残っていません"})
	}
	return items, false, nil
}

// packagesLag reports whether an order has more shipped units than its packages show: then a
// package was reported that does not show yet.
func (w *Order) packagesLag() bool {
	shipped, shown := int64(0), int64(0)
	for i := range w.OrderItems {
		if f := w.OrderItems[i].Fulfillment; f != nil && f.QuantityFulfilled != nil {
			shipped += *f.QuantityFulfilled
		}
	}
	for _, p := range w.Packages {
		if len(p.PackageItems) == 0 {
			return false // what it holds is unknown
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

// corrected returns the lines of a package that is corrected: those given, or those it has.
func (o *shipped) corrected(
	reference string, p *order.Shipment,
) ([]ConfirmShipmentOrderItem, error) {
	old := o.wire.pack(reference)
	if old == nil {
		why := batch.Textf("the order has no package %s", "注文に荷物%sがありません", reference)
		return nil, &order.Error{Class: order.ErrNotFound,
			Message: why.EN, Text: why, Hint: transport.UnsentHint}
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
		return nil, o.refuse("Amazon does not report what the package holds: give its Lines")
	}
	return items, nil
}

// warnings returns what a shipper should know about these lines.
func (w *Order) warnings(items []ConfirmShipmentOrderItem) []order.Warning {
	var all []order.Warning
	for i := range w.OrderItems {
		item := &w.OrderItems[i]
		for _, in := range items {
			if in.OrderItemID != item.OrderItemID {
				continue
			}
			if item.cancelRequested() {
				all = append(all, batch.Warn(in.OrderItemID, "cancel_requested", order.Text{
					EN: "the buyer has asked to cancel this line",
					JA: "購入者がこの商品のキャンセルを希望しています"}))
			}
			for _, p := range item.Programs {
				if p == ItemTransparency && len(in.TransparencyCodes) == 0 {
					all = append(all, batch.Warn(in.OrderItemID, "transparency", order.Text{
						EN: "Amazon asks for transparency codes for this line: use ConfirmShipment to send them",
						JA: "この商品にはTransparencyコードが必要です。セラーセントラルで登録してください"}))
				}
			}
		}
	}
	return all
}
