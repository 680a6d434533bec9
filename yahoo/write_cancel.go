package yahoo

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/kit"
	"github.com/jpmall/jpmall/order"
)

// reasons maps the shared reasons to the mall's codes.
var reasons = map[order.CancelReason]CancelReason{
	order.BuyerRequest: CancelBuyerCancelled, order.Returned: CancelBuyerReturned,
	order.Unpaid:        CancelBuyerUnpaid,
	order.Undeliverable: CancelBuyerUnreachable, order.RefusedByBuyer: CancelBuyerRefused,
	order.OutOfStock: CancelStoreOutOfStock,
	order.Delayed:    CancelStoreOther, order.OtherReason: CancelStoreOther,
}

// Cancel cancels orders; the mall mails each buyer. It implements [order.Canceller].
// [order.Delayed] and [order.OtherReason] become reason 230, which needs a Comment of 10 to 200
// characters. With any other reason the mall takes no comment: a Comment is not sent, and the
// result has a warning. The mall takes no instruction about the stock, so Restock must be NotTold.
// Shipped has no effect.
//
// Each order is read first, one more call. One that is already cancelled is refused, since the mall
// accepts no second cancellation. The mall's answer names no order and may mean "accepted, carried
// out later" (warning od91704), so the orders are read back at the end: one that is not cancelled
// within WriteOptions.ShownWithin is Unsettled. Not known to be safe to repeat: call Settle first.
func (c *Client) Cancel(
	ctx context.Context, list []order.Cancellation, opts order.WriteOptions,
) ([]order.Result, error) {
	writes := make([]write, len(list))
	for i, e := range list {
		req, warnings, err := cancellation(e)
		if err == nil {
			err = c.checked(orderStatusChange, e.Order, req)
		}
		writes[i] = write{Write: written(orderStatusChange, order.NotTold), Order: e.Order,
			Err: err, Warnings: warnings, Lacks: kit.Shown(cancelled),
			Send: func(ctx context.Context, r *order.Result) error {
				answer, err := c.OrderStatusChange(ctx, req)
				return told(r, answer, err)
			}}
	}
	return c.run(ctx, order.CanCancel, writes, opts)
}

func cancelled(w *OrderInfo) bool { return w.OrderStatus == OrderCancelled }

func cancellation(
	e order.Cancellation,
) (req OrderStatusChangeRequest, warnings []order.Warning, err error) {
	req = OrderStatusChangeRequest{OrderID: e.Order, Status: OrderCancelled}
	mapped, known := reasons[e.Reason]
	switch {
	case e.Code != "" && e.Reason != "":
		return req, nil, errors.New("both Reason and Code are given")
	case e.Code != "":
		req.CancelReason = CancelReason(strings.TrimSpace(e.Code))
	case !known:
		return req, nil,
			errors.New("field Reason is not one that the malls share; give the mall's own Code")
	default:
		req.CancelReason = mapped
	}
	if e.Restock != order.NotTold {
		return req, nil, errors.New("field Restock: the mall does not accept an instruction for the stock")
	}
	switch {
	case req.CancelReason == CancelStoreOther:
		req.CancelReasonDetail = e.Comment
		if n := utf8.RuneCountInString(e.Comment); n < minDetail || n > maxDetail {
			return req, nil,
				errors.New(
					"field Comment: the mall wants 10 to 200 characters with this reason (230)")
		}
	case e.Comment != "":
		warnings = append(warnings, batch.NotTaken("Comment"))
	}
	return req, warnings, nil
}
