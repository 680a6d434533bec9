package aupay

import (
	"context"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

var _ order.Shipper = (*Client)(nil)

// Ship reports orders as shipped (発送); it implements order.Shipper. Each order takes two calls, in this order: updateTradeInfoProc
// sets date, carrier and tracking number, updateTradeStsProc sets 完了, which is what shipped orders are here (the mall has no
// 発送済み). When the second fails, the Result says in a Warning that the first has taken effect, and in Next how to go on. Repeating
// is harmless: both set absolute values. The order is not read first: stop orders that ask for a cancellation before.
//
// The mall holds one tracking number of at most 15 bytes for a whole order: more numbers, several shipments of one order, and
// parts of an order are refused, never cut. Sending another number replaces the one before; removing it is refused, since no
// source shows how. A number may be left out. A carrier that the mall has no code for is reported as その他配送会社, with a Warning.
// For a shipped order that is to become something else than 完了 (発送後入金待ち, say) see UpdateTradeInfo and UpdateTradeSts.
func (c *Client) Ship(ctx context.Context, shipments []order.Shipment, opt order.WriteOptions) ([]order.Result, error) {
	times := make(map[string]int, len(shipments))
	for i := range shipments {
		times[shipments[i].Order]++
	}
	writes := make([]write, len(shipments))
	for i := range shipments {
		writes[i] = c.shipping(&shipments[i], times[shipments[i].Order])
	}
	return c.run(ctx, order.CanShip, writes, opt)
}

// shipping checks a shipment and plans its calls. times is how many shipments of the batch are of its order.
func (c *Client) shipping(s *order.Shipment, times int) write {
	var report check.Report
	f := report.Fields()
	date, code := order.DateOf(s.At), CarrierOther
	r := UpdateTradeInfoRequest{OrderID: s.Order, ShippingDate: &date, ShippingCarrier: &code}
	w := write{
		order: s.Order, parcel: s.Parcel, operation: opUpdate, repeating: order.Yes,
		find: "send it again, which is harmless, or read the order: it is shipped when its status is 完了 and the number is there",
	}
	checkOrderID(f, "Order", s.Order)
	if times > 1 {
		f.Add("Order", "%d shipments of this order, but the mall holds one", times)
	}
	if s.Parcel != "" {
		f.Add("Parcel", "the mall's parcels have no id")
	}
	if len(s.Lines) > 0 {
		f.Add("Lines", "the mall ships whole orders: leave it empty")
	}
	if s.At.IsZero() {
		f.Add("At", "is required")
	}
	var known bool
	if code, known = shippingCarrier(f, s.Carrier); s.Carrier != "" && !known {
		w.warn("Carrier", "the mall has no code for "+s.Carrier.Name()+": it is reported as その他配送会社")
	}
	if s.CarrierName != "" {
		w.warn("CarrierName", "the mall takes no name of a carrier: it is not sent")
	}
	if s.Method != "" {
		w.warn("Method", "the mall takes no shipping method: it is not sent")
	}
	if len(s.Numbers) > 1 {
		f.Add("Numbers", "%d tracking numbers, at most 1", len(s.Numbers))
	}
	for i, n := range s.Numbers {
		g := f.Item("Numbers", i)
		if n.Record != "" || n.Remove {
			g.Add("", "the mall has no shipping records: a number replaces the one before, and none can be removed")
			continue
		}
		g.Required("", n.Number)
		checkNumber(g, "", n.Number)
		r.ShippingNumber = &s.Numbers[i].Number
	}
	w.invalid = report.Err()
	w.steps = []step{{
		operation: opUpdate,
		do:        func(ctx context.Context) error { _, err := c.UpdateTradeInfo(ctx, r); return err },
		effect:    order.Warning{Field: opUpdate, Message: "took effect: date, carrier and number are set, the status is not"},
	}, {
		operation: opStatus,
		do: func(ctx context.Context) error {
			_, err := c.UpdateTradeSts(ctx, UpdateTradeStsRequest{OrderID: s.Order, OrderStatus: StatusCompleted})
			return err
		},
		next: "send it again, which is harmless, or set the status alone: UpdateTradeSts with 完了",
	}}
	return w
}

// shippingCarrier is the mall's code of a carrier; known is false when there is none and その他配送会社 stands in.
func shippingCarrier(f check.Fields, carrier timeslot.Carrier) (code Carrier, known bool) {
	if carrier == "" {
		f.Add("Carrier", "is required")
		return CarrierOther, false
	}
	if !carrier.Known() {
		f.Add("Carrier", "is no carrier of package timeslot")
		return CarrierOther, true
	}
	for _, c := range carriers {
		if c.carrier == carrier || c.carrier == carrier.Company() {
			if c.ended {
				f.Add("Carrier", "%s has ended its service", c.name)
			}
			return c.code, true
		}
	}
	return CarrierOther, false
}

func (w *write) warn(field, message string) {
	w.warnings = append(w.warnings, order.Warning{Field: field, Message: message})
}
