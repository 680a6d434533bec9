package yahoo

import (
	"context"
	"errors"
	"strings"

	"github.com/jpmall/jpmall/order"
)

// reasons maps the shared reasons to the mall's codes.
var reasons = map[order.CancelReason]CancelReason{
	order.BuyerRequest: CancelBuyerCancelled, order.Returned: CancelBuyerReturned, order.Unpaid: CancelBuyerUnpaid,
	order.Undeliverable: CancelBuyerUnreachable, order.RefusedByBuyer: CancelBuyerRefused, order.OutOfStock: CancelStoreOutOfStock,
	order.Delayed: CancelStoreOther, order.OtherReason: CancelStoreOther,
}

// Cancel cancels orders; the mall mails each buyer. order.Delayed and order.OtherReason become reason 230, which needs a Comment of
// 10 to 200 characters; the mall takes a comment with no other reason. It has no say on the stock, so Restock must be NotTold, and
// knows one way to cancel, whether shipped or not. A lost answer is settled by reading the order, where that shows it. A warning od91704 means that the
// cancellation is accepted and will be carried out later.
func (c *Client) Cancel(ctx context.Context, list []order.Cancellation, opts order.WriteOptions) ([]order.Result, error) {
	writes := make([]write, len(list))
	for i, e := range list {
		req, err := cancellation(e)
		writes[i] = write{order: e.Order, operation: orderStatusChange, err: err,
			applied: func(w *OrderInfo) bool { return w.OrderStatus == OrderCancelled }, fields: []Field{"OrderStatus"},
			send: func(ctx context.Context, _ *order.Result, dry bool) ([]Warning, error) {
				if dry {
					return nil, c.dry(ctx, orderStatusChange, req.OrderID, req)
				}
				r, err := c.OrderStatusChange(ctx, req)
				return r.Warnings, err
			}}
	}
	return c.run(ctx, order.CanCancel, writes, opts)
}

func cancellation(e order.Cancellation) (OrderStatusChangeRequest, error) {
	req := OrderStatusChangeRequest{OrderID: e.Order, Status: OrderCancelled, CancelReasonDetail: e.Comment}
	mapped, known := reasons[e.Reason]
	switch {
	case e.Code != "" && e.Reason != "":
		return req, errors.New("both Reason and Code are given")
	case e.Code != "":
		req.CancelReason = CancelReason(strings.TrimSpace(e.Code))
	case !known:
		return req, errors.New("field Reason is none that the malls share; give the mall's own Code")
	default:
		req.CancelReason = mapped
	}
	if e.Restock != order.NotTold {
		return req, errors.New("field Restock: the mall takes no word on the stock")
	}
	return req, nil
}
