package rakuten

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/order"
)

// cancelReasons maps the shared reasons to Rakuten's. RefusedByBuyer is told apart by the payment, see cancelReason.
var cancelReasons = map[order.CancelReason]ChangeReasonDetail{
	order.BuyerRequest:   ReasonCancel,
	order.Returned:       ReasonReturned,
	order.Unpaid:         ReasonUnpaid,
	order.Undeliverable:  ReasonLongAbsence,
	order.RefusedByBuyer: ReasonLongAbsence,
	order.OutOfStock:     ReasonOutOfStock,
	order.Delayed:        ReasonDelay,
	order.OtherReason:    ReasonShopOther, // of the shop: one of the buyer needs Code 6
}

// Cancel cancels orders, one call each, after reading them: with Shipped the goods were shipped and are back (orders in 発送済 and
// later, cancelled for good), without it the order must not have been shipped. Code takes a number of changeReasonDetailApply in
// place of Reason. Restock NotTold leaves the stock to the setting of the item. A Comment is not sent: Rakuten takes none.
//
// Rakuten's message says that the request was taken (依頼が完了しました), so the orders are read back, once for all: those that are not in
// キャンセル確定待ち or later within WriteOptions.ShownWithin are Unsettled. Not harmless to repeat.
func (c *Client) Cancel(ctx context.Context, list []order.Cancellation, opts order.WriteOptions) ([]order.Result, error) {
	ids := make([]string, len(list))
	for i, e := range list {
		ids[i] = e.Order
	}
	ctx, b := c.begin(ctx, order.CanCancel, len(list), opts)
	orders, missing := c.state(ctx, ids)
	var sent []written
	for i, e := range list {
		r := b.Result(i, e.Order, "")
		write := batch.Write{Operation: "cancelOrder", Again: order.No, Wait: shownAfter}
		if e.Shipped {
			write.Operation = "cancelOrderAfterShipping"
		}
		w := orders[e.Order]
		switch {
		case e.Order == "":
			c.refuse(r, write, "Order: is required")
		case slices.Contains(ids[:i], e.Order):
			c.refuse(r, write, "the order is named twice")
		case w == nil:
			batch.Fail(r, missing[e.Order], write)
		case !c.judge(b, r, w, write):
		case !cancellable(w.OrderProgress, e.Shipped):
			c.conflict(r, write, fmt.Sprintf("an order in %s cannot be cancelled with Shipped=%t", w.OrderProgress.Name(), e.Shipped))
		case b.Over(ctx):
			b.Unsent(r, write.Operation)
		default:
			b.Sent(ctx, c.cancelOne(ctx, r, w, e, write), r)
			sent = append(sent, written{r, write, func(o *OrderModel) bool { return applied(r, o) }})
		}
	}
	c.readBack(ctx, sent, opts)
	return b.Results()
}

// cancelOne cancels an order that has been read, and fills in its result. The error is that of the call, if one was made.
func (c *Client) cancelOne(ctx context.Context, r *order.Result, w *OrderModel, e order.Cancellation, write batch.Write) error {
	reason, err := cancelReason(w, e)
	if err != nil {
		batch.Fail(r, c.calls.Refuse(write.Operation, r.Order, err), write)
		return nil
	}
	if !e.Shipped && hasShippingDate(w) {
		// Quoted from the mall's words by a single source, so it is left to the mall to refuse.
		r.Warnings = append(r.Warnings, order.Warning{Field: "shippingDate",
			Message: "発送日 is entered: Rakuten is said to refuse until it is deleted from the shipping records"})
	}
	if e.Comment != "" {
		r.Warnings = append(r.Warnings, batch.NotTaken("Comment"))
	}
	if r.DryRun {
		batch.Done(r, order.Yes)
		return nil
	}
	in := CancelRequest{OrderNumber: e.Order, InventoryRestoreType: restock(e.Restock), ChangeReasonDetailApply: reason}
	out, err := c.cancel(ctx, write.Operation, in)
	single(r, out, err, write)
	return err
}

func cancellable(p OrderProgress, shipped bool) bool {
	if shipped {
		return p == ShippedProgress || p == PaymentInProgress || p == PaymentDone || p == AwaitingCancelFix
	}
	return p == AwaitingConfirmation || p == RakutenProcessing || p == AwaitingShipment
}

func cancelReason(w *OrderModel, e order.Cancellation) (ChangeReasonDetail, error) {
	if e.Code != "" {
		n, err := strconv.ParseInt(e.Code, 10, 64)
		reason := ChangeReasonDetail(n)
		if err != nil || !reason.Known() || reason == ReasonNoAddress {
			return 0, errors.New("the code is no changeReasonDetailApply that a shop may give")
		}
		return reason, nil
	}
	reason, ok := cancelReasons[e.Reason]
	if !ok {
		return 0, errors.New("one of Reason and Code is required")
	}
	if e.Reason == order.RefusedByBuyer && w.SettlementModel != nil && w.SettlementModel.SettlementMethodCode == CashOnDelivery {
		return ReasonCODRefused, nil
	}
	return reason, nil
}

func hasShippingDate(w *OrderModel) bool {
	for _, p := range w.PackageModelList {
		for _, s := range p.ShippingModelList {
			if s.ShippingDate != "" {
				return true
			}
		}
	}
	return false
}

func restock(a order.Answer) RestoreInventory {
	switch a {
	case order.Yes:
		return Restore
	case order.No:
		return DoNotRestore
	}
	return RestoreByItem
}
