package yahoo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/order"
)

// maxNumbers is how many tracking numbers an order holds.
const maxNumbers = 2

// Warning codes of Ship.
const (
	WarnMethodCarrier  = "method_carrier"  // a Method was given: the carrier tied to it in the store's settings wins over Carrier
	WarnCarrierDiffers = "carrier_differs" // the order shows another carrier than the one reported: buyers are sent to the wrong company
)

// Ship reports orders as shipped (出荷済み) and corrects tracking numbers. Each order is read first, one call more: its state is judged
// (order.MayShip), a number goes into a free place and one that is there already is not doubled, so that repeating is harmless; what
// has no place is refused and never cut, unless WriteOptions.FirstNumbers. A record's id is its place, "1" or "2". Two numbers of one
// order belong into one call, or the second one after the order shows the first.
//
// The mall ships an order whole: Lines must be empty or name everything. The day of At in JST becomes the shipping date, and the
// points are fixed. A tracking number and a reason for having none (NoNumber, 伝票番号なし理由) exclude each other, also against what the
// order has already. Warnings od91113 and od91115 are about the card payment.
//
// The mall's answer names no order, so the orders are read back at the end, one call more for each: one that does not show the report
// within WriteOptions.ShownWithin is Unsettled. With a Method (postage1 …) the carrier tied to it in the store's settings wins over
// Carrier, and a result whose order shows another one than reported is Unsettled and says which (WarnCarrierDiffers); sending it
// again without the Method sets the carrier.
func (c *Client) Ship(ctx context.Context, list []order.Shipment, opts order.WriteOptions) ([]order.Result, error) {
	writes := make([]write, len(list))
	placed := make(map[string][maxNumbers]string) // what this call has put into an order, which may not show it yet
	for i := range list {
		p, warnings, err := checkShipment(list[i], opts)
		w := write{Write: written(orderShipStatusChange, order.Yes), order: list[i].Order, parcel: list[i].Parcel, err: err,
			warnings: warnings,
			fields:   []Field{"ShipStatus", "ShipInvoiceNumber1", "ShipInvoiceNumber2", "ShipCompanyCode", "ShipInvoiceNumberEmptyReason"}}
		var sent ShipStatusChange
		w.send = func(ctx context.Context, r *order.Result, now *OrderInfo, dry bool) ([]Warning, error) {
			has := [maxNumbers]string{now.Ship.ShipInvoiceNumber1, now.Ship.ShipInvoiceNumber2}
			if own, ok := placed[p.Order]; ok {
				has = own
			}
			plan, err := c.shipping(&p, now, has, opts)
			if err != nil {
				return nil, err
			}
			sent = plan.change
			r.Warnings = append(r.Warnings, plan.warnings...)
			req := OrderShipStatusChangeRequest{OrderID: p.Order, Ship: sent}
			if err := c.checked(orderShipStatusChange, p.Order, req); err != nil || dry {
				return nil, err
			}
			r.Records, r.Numbers = plan.records, plan.numbers
			done, err := c.OrderShipStatusChange(ctx, req)
			if err == nil || batch.Lost(err, orderShipStatusChange) {
				placed[p.Order] = plan.places
			}
			if err == nil && onlyRemoves(p.Shipment) {
				r.Records = nil // none was made; an unsettled result says by them what was to be emptied
			}
			return done.Warnings, err
		}
		w.lacks = func(now *OrderInfo) (string, string) { return lacksShip(now, &sent) }
		writes[i] = w
	}
	return c.run(ctx, order.CanShip, writes, opts)
}

// parcel is a shipment that was checked.
type parcel struct {
	order.Shipment
	company ShipCompanyCode // "" when nothing but numbers is removed
	reason  EmptyReason
}

// emptyReasons are the mall's reasons for having no tracking number.
var emptyReasons = map[order.NoNumber]EmptyReason{
	order.MakerShips: EmptyMakerDirect, order.NothingToShip: EmptyNothingToShip, order.PickedUp: EmptyStorePickup,
	order.CarrierContacts: EmptyCarrierContacts, order.MethodHasNoNumber: EmptyNoNumber,
}

// checkShipment finds what is wrong without reading the order.
func checkShipment(e order.Shipment, opts order.WriteOptions) (parcel, []order.Warning, error) {
	var report check.Report
	f := report.Fields()
	s, warnings := batch.Shipment(f, e, maxNumbers, opts, time.Now())
	p := parcel{Shipment: s}
	if s.Parcel != "" {
		f.Add("Parcel", "an order of this mall is one parcel")
	}
	for i, n := range s.Numbers {
		if _, ok := placeOf(n.Record); !ok && n.Record != "" {
			f.Item("Numbers", i).Add("Record", "is not 1 or 2")
		}
	}
	if s.NoNumber != "" {
		var known bool
		if p.reason, known = emptyReasons[s.NoNumber]; !known {
			f.Add("NoNumber", "is none of order's reasons")
		}
	}
	if s.CarrierName != "" {
		warnings = append(warnings, batch.NotTaken("CarrierName"))
	}
	if s.Method != "" {
		warnings = append(warnings, order.Warning{Field: "Method", Code: WarnMethodCarrier,
			Message: "the carrier tied to the method in the store's settings wins over Carrier; the order is read back"})
	}
	if s.Carrier != "" && !onlyRemoves(s) {
		var ok bool
		if p.company, ok = CompanyOf(s.Carrier); !ok {
			batch.NoCode(f, s.Carrier)
		}
	}
	return p, warnings, report.Err()
}

// onlyRemoves tells whether a shipment does nothing but take numbers back.
func onlyRemoves(s order.Shipment) bool {
	return len(s.Numbers) > 0 && !slices.ContainsFunc(s.Numbers, func(n order.TrackingNumber) bool { return !n.Remove })
}

// shipping is the change that a shipment makes to an order.
type shipping struct {
	change   ShipStatusChange
	places   [maxNumbers]string // as they will be
	records  []string           // the places that are written, or emptied when nothing else is done
	numbers  []string           // that are reported
	warnings []order.Warning
}

// shipping works out the change from how the order stands and which numbers it has.
func (c *Client) shipping(p *parcel, now *OrderInfo, has [maxNumbers]string, opts order.WriteOptions) (shipping, error) {
	conflict := func(why string) (shipping, error) {
		return shipping{}, c.calls.Conflict(orderShipStatusChange, p.Order, why)
	}
	if err := wholeOrder(p.Shipment, now); err != nil {
		return shipping{}, c.calls.Refuse(orderShipStatusChange, p.Order, err)
	}
	change, places, cut, err := place(p.Numbers, has)
	reason := now.Ship.ShipInvoiceNumberEmptyReason
	switch {
	case err != nil:
		return conflict(err.Error())
	case len(cut) > 0 && !opts.FirstNumbers:
		return conflict(fmt.Sprintf("the order holds %d tracking numbers already; correct one by its Record", maxNumbers))
	case p.reason != "" && places != [maxNumbers]string{}:
		return conflict("the order has a tracking number, which excludes NoNumber: remove it first by its Record")
	case reason != "" && places != [maxNumbers]string{}:
		return conflict("the order has a 伝票番号なし理由 (" + reason.Name() + "), which excludes a number: clear it first with OrderChange")
	}
	out := shipping{places: places, records: recordsOf(change, onlyRemoves(p.Shipment))}
	out.numbers = slices.DeleteFunc(batch.Numbers(p.Shipment), func(n string) bool { return slices.Contains(cut, n) })
	if len(cut) > 0 {
		out.warnings = append(out.warnings, order.Warning{Field: "Numbers", Code: batch.WarnNumbersCut,
			Message: fmt.Sprintf("the order has no place for %d of the tracking numbers: they are not sent", len(cut))})
	}
	out.change = ShipStatusChange{ShipStatus: ShipDone, ShipCompanyCode: p.company, ShipMethod: p.Method,
		ShipInvoiceNumber1: change[0], ShipInvoiceNumber2: change[1]}
	if p.reason != "" {
		out.change.ShipInvoiceNumberEmptyReason = &p.reason
	}
	if onlyRemoves(p.Shipment) {
		out.change.ShipStatus = now.Ship.ShipStatus
		return out, nil
	}
	day := order.DateOf(p.At)
	out.change.ShipDate = &day
	if now.Ship.ShipStatus == ShipArrived {
		out.change.ShipStatus = ShipArrived // a correction does not take it back
	}
	return out, nil
}

// lacksShip says what of a change an order does not show, with a code for a carrier that is another one.
func lacksShip(w *OrderInfo, sent *ShipStatusChange) (text, code string) {
	number := func(now string, want *string) bool { return want == nil || now == *want }
	reason := sent.ShipInvoiceNumberEmptyReason
	switch {
	case w.Ship.ShipStatus != sent.ShipStatus:
		return "the mall accepted it, but the order does not show it as shipped yet", ""
	case !number(w.Ship.ShipInvoiceNumber1, sent.ShipInvoiceNumber1) || !number(w.Ship.ShipInvoiceNumber2, sent.ShipInvoiceNumber2):
		return "the mall accepted it, but the order does not show the tracking numbers yet", ""
	case reason != nil && w.Ship.ShipInvoiceNumberEmptyReason != *reason:
		return "the mall accepted it, but the order does not show why it has no tracking number", ""
	case sent.ShipCompanyCode != "" && w.Ship.ShipCompanyCode.Current() != sent.ShipCompanyCode:
		return fmt.Sprintf("the order shows the carrier %s (%s), not %s: send it again without Method",
			w.Ship.ShipCompanyCode.Name(), w.Ship.ShipCompanyCode, sent.ShipCompanyCode.Name()), WarnCarrierDiffers
	}
	return "", ""
}

// wholeOrder refuses a part of an order.
func wholeOrder(e order.Shipment, now *OrderInfo) error {
	if len(e.Lines) == 0 {
		return nil
	}
	left := make(map[string]int64, len(now.Items))
	for i := range now.Items {
		left[strconv.FormatInt(value(now.Items[i].LineID), 10)] = value(now.Items[i].Quantity)
	}
	for _, l := range e.Lines {
		left[l.Line] -= l.Quantity
	}
	for _, n := range left {
		if n != 0 {
			return errors.New("field Lines names a part of the order, or more than it; the mall ships an order whole: split it first (OrderSplit)")
		}
	}
	return nil
}
