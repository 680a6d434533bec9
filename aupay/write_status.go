package aupay

import (
	"context"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/kit"
	"github.com/jpmall/jpmall/order"
)

// StatusChange sets the status of one order.
type StatusChange struct {
	Order  string      // order number
	Status OrderStatus // a Settable one, or the shop's own
}

// ChangeStatus sets the statuses of orders with updateTradeStsProc. Like the writes of package
// order it returns a Result for each element. The orders are read first, also in a dry run. A
// cancelled one is refused, and so are all changes of an order that is named twice. They are read back at the end, and one that does not show the status
// within WriteOptions.ShownWithin is Unsettled. Other systems may change statuses too; the last
// change wins. Safe to repeat: it sets absolute values.
func (c *Client) ChangeStatus(
	ctx context.Context, changes []StatusChange, opt order.WriteOptions,
) ([]order.Result, error) {
	times := twice(changes, func(x StatusChange) string { return x.Order })
	writes := make([]write, len(changes))
	for i, change := range changes {
		var report check.Report
		f := report.Fields()
		if n := times(i); n > 1 {
			f.Add("Order", "is named %d times in the batch", n)
		}
		r := UpdateTradeStsRequest{OrderID: change.Order, OrderStatus: change.Status}
		r.check(f, "Order", "Status")
		writes[i] = write{
			Write: statusWrite, Order: change.Order, Err: report.Err(),
			// order has no table for this write
			Allow: func(_ *order.Result, now *OrderInfo) error {
				if statusOf(now, c.convert.Statuses) == order.Cancelled {
					return c.calls.Conflict(opStatus, change.Order,
						order.Text{EN: "the order is cancelled", JA: "キャンセル済みです"})
				}
				return nil
			},
			Send: func(ctx context.Context, _ *order.Result) error {
				_, err := c.UpdateTradeSts(ctx, r)
				return err
			},
			Lacks: kit.Shown(func(o *OrderInfo) bool { return o.OrderStatus == change.Status }),
		}
	}
	w := c.writer()
	return w.Write(ctx, "", writes, opt)
}
