package rakuten

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/kit"
	"github.com/jpmall/jpmall/order"
)

// cancelReasons maps the shared reasons to Rakuten's. RefusedByBuyer also depends on the payment,
// see cancelReason.
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

// Cancel cancels orders, one call each. It implements [order.Canceller]. The orders are read first.
// With Shipped the goods were shipped and are back: the order must be in 発送済 or later and is
// cancelled for good. Without it the order must not have been shipped. Code is a number of
// changeReasonDetailApply in place of Reason. Restock NotTold follows the setting of the item. A
// Comment is not sent, because Rakuten has no field for it.
//
// Rakuten's message says only that the request was accepted (依頼が完了しました), so the orders are read
// back, once for all. Those that are not in キャンセル確定待ち or later within WriteOptions.ShownWithin are
// Unsettled. Not safe to repeat.
func (c *Client) Cancel(
	ctx context.Context, list []order.Cancellation, opts order.WriteOptions,
) ([]order.Result, error) {
	writes := make([]write, len(list))
	for i, e := range list {
		writes[i] = c.cancelling(e)
	}
	w := c.writer()
	w.Once = true
	return w.Write(ctx, order.CanCancel, writes, opts)
}

func (c *Client) cancelling(e order.Cancellation) write {
	w := write{Write: batch.Write{Operation: "cancelOrder", Again: order.No, Wait: shownAfter},
		Order: e.Order, Lacks: kit.Shown(isCancelled)}
	if e.Shipped {
		w.Operation = "cancelOrderAfterShipping"
	}
	in := CancelRequest{OrderNumber: e.Order, InventoryRestoreType: restock(e.Restock)}
	w.Allow = func(r *order.Result, o *OrderModel) (err error) {
		if !cancellable(o.OrderProgress, e.Shipped) {
			ja := "ステータスが%sの受注は、発送前のキャンセルができません"
			if e.Shipped {
				ja = "ステータスが%sの受注は、発送後のキャンセルができません"
			}
			return c.calls.Conflict(w.Operation, e.Order, order.Text{
				EN: fmt.Sprintf("an order in %s cannot be cancelled with Shipped=%t",
					o.OrderProgress.Name(), e.Shipped),
				JA: fmt.Sprintf(ja, o.OrderProgress.Name())})
		}
		if in.ChangeReasonDetailApply, err = cancelReason(o, e); err != nil {
			return err
		}
		if !e.Shipped && hasShippingDate(o) {
			// Known from a single source, so the refusal is left to Rakuten.
			r.Warnings = append(r.Warnings, batch.Warn("shippingDate", "", order.Text{
				EN: "発送日 is entered: Rakuten is said to refuse until it is deleted from the shipping records",
				JA: "発送日が入力されています。発送明細から削除するまで、楽天に拒否される可能性があります"}))
		}
		if e.Comment != "" {
			r.Warnings = append(r.Warnings, batch.NotTaken("Comment"))
		}
		return nil
	}
	w.Send = func(ctx context.Context, r *order.Result) error {
		out, err := c.cancel(ctx, w.Operation, in)
		return single(r, out, err, w.Again)
	}
	return w
}

func isCancelled(o *OrderModel) bool {
	return o.OrderProgress == AwaitingCancelFix || o.OrderProgress == CancelFixed
}

func cancellable(p OrderProgress, shipped bool) bool {
	if shipped {
		return p == ShippedProgress || p == PaymentInProgress || p == PaymentDone ||
			p == AwaitingCancelFix
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
	if e.Reason == order.RefusedByBuyer && w.SettlementModel != nil &&
		w.SettlementModel.SettlementMethodCode == CashOnDelivery {
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
