package aupay

import (
	"context"

	"github.com/jpmall/jpmall/order"
)

// StatusChange sets the status of one order.
type StatusChange struct {
	Order  string      // order number
	Status OrderStatus // a Settable one, or the shop's own
}

// ChangeStatus sets the statuses of orders with updateTradeStsProc, in the shape of the writes of package order: a Result for each
// element, whatever happened. The orders are read first, also in a dry run: a cancelled one is refused; and read back at the end: one that
// does not show the status within WriteOptions.ShownWithin is Unsettled. Repeating it is harmless. Another system may move orders
// too: of several changes the last one counts.
func (c *Client) ChangeStatus(ctx context.Context, changes []StatusChange, opt order.WriteOptions) ([]order.Result, error) {
	writes := make([]write, len(changes))
	for i, change := range changes {
		r := UpdateTradeStsRequest{OrderID: change.Order, OrderStatus: change.Status}
		writes[i] = write{
			order: change.Order, operation: opStatus, invalid: r.check("Order", "Status"), repeating: order.Yes,
			find:  "send it again, which is harmless, or read the order's status",
			shown: func(o *OrderInfo) bool { return o.OrderStatus == change.Status },
			steps: []step{{operation: opStatus, do: func(ctx context.Context) error { _, err := c.UpdateTradeSts(ctx, r); return err }}},
		}
	}
	return c.run(ctx, "", writes, opt)
}
