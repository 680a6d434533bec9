package amazon

import (
	"slices"
	"strings"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// What replies say about Assumptions, reported with Config.Drift; see transport.Config.Weigh.

func (c *Client) weigh(e transport.Evidence, tell transport.Verdict) {
	switch answer := e.Answer.(type) {
	case nil:
		if every := announced(e.Reply); every > 0 {
			tell("rate-header", believable(e.Call.Operation, every))
		}
		if e.Fail != nil && e.Call.Operation.Name == "confirmShipment" &&
			e.Fail.Class == order.ErrInvalid &&
			strings.Contains(strings.ToLower(e.Fail.Message), "carriercode") {
			tell("carrier-codes", false)
		}
	case *SearchOrdersResponse:
		for i := range answer.Orders {
			c.weighOrder(&answer.Orders[i], tell)
		}
	case *GetOrderResponse:
		c.weighOrder(&answer.Order, tell)
	}
}

func (c *Client) weighOrder(w *Order, tell transport.Verdict) {
	weighSum(w, tell)
	weighStatus(w, tell)
	for _, p := range w.Packages {
		for _, known := range carriers {
			if strings.EqualFold(known.code, p.Carrier) {
				tell("carrier-codes", slices.ContainsFunc(carriers,
					func(k carrierCode) bool { return k.code == p.Carrier }))
				break
			}
		}
	}
}

// weighSum checks the sum of an order that has a discount or tax besides the goods.
func weighSum(w *Order, tell transport.Verdict) {
	if w.Proceeds == nil || !w.Proceeds.GrandTotal.Value().Known() {
		return
	}
	total, rest := w.Proceeds.GrandTotal.Value(), order.Money{}
	tax, discount := order.Money{}, order.Money{}
	add := func(to *order.Money, m order.Money) {
		if to.Known() {
			m = to.Add(m)
		}
		*to = m
	}
	for _, b := range w.breakdowns() {
		switch b.Type {
		case ProceedsDiscount:
			add(&discount, b.Subtotal.Value())
		case ProceedsTax:
			add(&tax, b.Subtotal.Value())
			add(&rest, b.Subtotal.Value())
		default:
			add(&rest, b.Subtotal.Value())
		}
	}
	if !rest.Known() || tax.Sign() == 0 && discount.Sign() == 0 {
		return
	}
	off := discount
	if off.Sign() < 0 {
		off = off.Neg()
	}
	if discount.Sign() != 0 {
		switch total {
		case rest.Sub(off):
			tell("discount-sign", true)
		case rest.Add(off):
			tell("discount-sign", false)
		}
		rest = rest.Sub(off)
	}
	tell("grand-total", total == rest)
}

// breakdowns returns the order's, or those of its lines where the order has none.
func (w *Order) breakdowns() []OrderProceedsBreakdown {
	all := w.Proceeds.Breakdowns
	if len(all) > 0 {
		return all
	}
	for i := range w.OrderItems {
		if p := w.OrderItems[i].Proceeds; p != nil {
			for _, b := range p.Breakdowns {
				all = append(all, OrderProceedsBreakdown{Type: b.Type, Subtotal: b.Subtotal})
			}
		}
	}
	return all
}

// weighStatus checks whether an order whose status is not in the model still has units to ship.
func weighStatus(w *Order, tell transport.Verdict) {
	if w.Fulfillment == nil || w.Fulfillment.FulfillmentStatus == "" ||
		w.Fulfillment.FulfillmentStatus.Known() {
		return
	}
	left, told := int64(0), false
	for i := range w.OrderItems {
		if f := w.OrderItems[i].Fulfillment; f != nil && f.QuantityUnfulfilled != nil {
			left, told = left+*f.QuantityUnfulfilled, true
		}
	}
	if told {
		tell("unknown-status", left > 0)
	}
}
