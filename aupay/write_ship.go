package aupay

import (
	"context"
	"time"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

var _ order.Shipper = (*Client)(nil)

// Ship reports orders as shipped (発送); it implements order.Shipper. Each order is read first, and refused when order.MayShip stops it, also
// in a dry run: see WriteOptions. Then it takes two calls, in this order: updateTradeInfoProc sets date, carrier and tracking
// number, updateTradeStsProc sets 完了, which is what shipped orders are here (the mall has no 発送済み). When the second fails, the Result
// says in a Warning that the first has taken effect, and in Next how to go on. Repeating is harmless: both set absolute values.
//
// The mall's answers name no order, so they prove nothing by themselves: at the end the orders are read back, once for the batch, and
// one that is not 完了 with its number within WriteOptions.ShownWithin is Unsettled; Settle looks again.
//
// The mall holds one tracking number of at most 15 bytes for a whole order: more numbers, several shipments of one order, and
// parts of an order are refused, never cut unless WriteOptions.FirstNumbers asks for it. Sending another number replaces the one
// before; removing it is refused, since no source shows how. A number may be left out. A carrier that the mall has no code for is
// refused: timeslot.OtherCarrier reports その他配送会社.
// For a shipped order that is to become something else than 完了 (発送後入金待ち, say) see UpdateTradeInfo and UpdateTradeSts.
func (c *Client) Ship(ctx context.Context, shipments []order.Shipment, opt order.WriteOptions) ([]order.Result, error) {
	times := make(map[string]int, len(shipments))
	for i := range shipments {
		times[shipments[i].Order]++
	}
	writes := make([]write, len(shipments))
	for i := range shipments {
		writes[i] = c.shipping(shipments[i], times[shipments[i].Order], opt)
	}
	return c.run(ctx, order.CanShip, writes, opt)
}

const (
	shipFind   = "send it again, which is harmless, or read the order: it is shipped when its status is 完了 and the number is there"
	nextStatus = "send it again, which is harmless, or set the status alone: UpdateTradeSts with 完了"
)

// shipping checks a shipment and plans its calls. times is how many shipments of the batch are of its order.
func (c *Client) shipping(s order.Shipment, times int, opt order.WriteOptions) write {
	var report check.Report
	f := report.Fields()
	w := write{order: s.Order, parcel: s.Parcel, operation: opUpdate, repeating: order.Yes, find: shipFind}
	s, w.warnings = batch.Shipment(f, s, 1, opt, time.Now())
	date, code := order.DateOf(s.At), shippingCarrier(f, s.Carrier)
	r := UpdateTradeInfoRequest{OrderID: s.Order, ShippingDate: &date, ShippingCarrier: &code}
	if s.Order != "" {
		checkOrderID(f, "Order", s.Order)
	}
	if times > 1 {
		f.Add("Order", "%d shipments of this order, but the mall holds one", times)
	}
	if s.Parcel != "" {
		f.Add("Parcel", "the mall's parcels have no id")
	}
	if len(s.Lines) > 0 {
		f.Add("Lines", "the mall ships whole orders: leave it empty")
	}
	for _, field := range [][2]string{{"CarrierName", s.CarrierName}, {"Method", s.Method}, {"NoNumber", string(s.NoNumber)}} {
		if field[1] != "" {
			w.warnings = append(w.warnings, batch.NotTaken(field[0]))
		}
	}
	for i, n := range s.Numbers {
		g := f.Item("Numbers", i)
		if n.Record != "" || n.Remove {
			g.Add("", "the mall has no shipping records: a number replaces the one before, and none can be removed")
			continue
		}
		checkNumber(g, "Number", n.Number)
		r.ShippingNumber = &s.Numbers[i].Number
	}
	w.numbers, w.day = batch.Numbers(s), date
	w.shown = func(o *OrderInfo) bool { return shipped(o, w.numbers) }
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
		next: nextStatus,
	}}
	return w
}

// shippingCarrier is the mall's code of a carrier.
func shippingCarrier(f check.Fields, carrier timeslot.Carrier) Carrier {
	for _, c := range carriers {
		if c.carrier == carrier || c.carrier == carrier.Company() {
			if c.ended {
				f.Add("Carrier", "%s has ended its service", c.name)
			}
			return c.code
		}
	}
	if carrier != "" {
		batch.NoCode(f, carrier)
	}
	return CarrierOther
}
