package aupay

import (
	"cmp"
	"context"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/order"
)

var _ order.Canceller = (*Client)(nil)

// reasonOther is the one reason code that a source shows, with a free comment.
const reasonOther = "9"

// reasonTexts are the comments for reasons given without one.
var reasonTexts = map[order.CancelReason]string{
	order.BuyerRequest:   "お客様のご都合のため",
	order.Returned:       "返品のため",
	order.Unpaid:         "ご入金を確認できないため",
	order.Undeliverable:  "お届けできないため",
	order.RefusedByBuyer: "受取拒否のため",
	order.OutOfStock:     "在庫切れのため",
	order.Delayed:        "発送遅延のため",
}

// Cancel cancels whole orders with cancelTradeProc; it implements order.Canceller. The mall's reason codes are not public: a Code is
// sent as it is, a Reason as 9 (other) with the Comment, or without one with the reason's Japanese words; a Warning says so.
// OtherReason needs a Comment. The comment has at most 100 bytes; who reads it is not known. What becomes of the stock is the
// mall's to decide: an order to restock, or not to, is refused.
//
// Each order is read first, also in a dry run: one that is cancelled is refused. The mall's answer names no order, so the orders are
// read back at the end: one that is not キャンセル within WriteOptions.ShownWithin is Unsettled. A cancellation cannot be taken back, and
// what repeating does is not known: it is sent once, and what is Unsettled must be read first; Settle does so.
func (c *Client) Cancel(ctx context.Context, cancellations []order.Cancellation, opt order.WriteOptions) ([]order.Result, error) {
	times := make(map[string]int, len(cancellations))
	for i := range cancellations {
		times[cancellations[i].Order]++
	}
	writes := make([]write, len(cancellations))
	for i := range cancellations {
		writes[i] = c.cancelling(&cancellations[i], times[cancellations[i].Order])
	}
	return c.run(ctx, order.CanCancel, writes, opt)
}

const cancelFind = "read the order: it is cancelled when its status is キャンセル; send it again only if it is not"

func (c *Client) cancelling(x *order.Cancellation, times int) write {
	var report check.Report
	f := report.Fields()
	w := write{
		order: x.Order, operation: opCancel, repeating: order.NotTold,
		find: cancelFind, shown: isCancelled,
	}
	r := CancelTradeRequest{OrderID: x.Order, CancelReason: x.Code, CancelComment: x.Comment}
	if times > 1 {
		f.Add("Order", "stands %d times in the batch", times)
	}
	if x.Restock != order.NotTold {
		f.Add("Restock", "the mall takes no such wish")
	}
	text, known := reasonTexts[x.Reason]
	switch {
	case x.Code != "":
	case x.Reason == order.OtherReason && x.Comment == "":
		f.Add("Comment", "is required for a reason of other")
	case x.Reason == order.OtherReason:
		r.CancelReason = reasonOther
	case known:
		r.CancelReason, r.CancelComment = reasonOther, cmp.Or(x.Comment, text)
		w.warn("Reason", "the mall's code for it is not public: it is sent as 9 (other) with a comment; give Code to send another")
	default:
		f.Add("Reason", "is required, and one of package order, unless Code is given")
	}
	r.check(f, "Order", "Code", "Comment")
	w.invalid = report.Err()
	w.steps = []step{{operation: opCancel, do: func(ctx context.Context) error { _, err := c.CancelTrade(ctx, r); return err }}}
	return w
}
