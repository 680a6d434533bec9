package aupay

import (
	"cmp"
	"context"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/kit"
	"github.com/jpmall/jpmall/order"
)

// reasonOther is the only reason code that a source shows, with a free comment.
const reasonOther = "9"

// reasonTexts are the comments for reasons without one.
var reasonTexts = map[order.CancelReason]string{
	order.BuyerRequest:   "お客様のご都合のため",
	order.Returned:       "返品のため",
	order.Unpaid:         "ご入金を確認できないため",
	order.Undeliverable:  "お届けできないため",
	order.RefusedByBuyer: "受取拒否のため",
	order.OutOfStock:     "在庫切れのため",
	order.Delayed:        "発送遅延のため",
}

// Cancel cancels whole orders with cancelTradeProc. It implements [order.Canceller]. The mall's
// reason codes are not public. A Code is sent unchanged. A Reason is sent as 9 (other) with the
// Comment, or with the reason in Japanese if there is none; a Warning says so. OtherReason needs a
// Comment. The Comment has at most 100 bytes; who can read it is not known. The mall decides what
// becomes of the stock: a Restock other than NotTold is refused.
//
// Each order is read first, also in a dry run; one that is cancelled is refused. The mall's answer
// names no order, so the orders are read back at the end, and one that is not キャンセル within
// WriteOptions.ShownWithin is Unsettled.
//
// Not safe to repeat: a cancellation cannot be undone, and the effect of a second one is not known.
// Read an Unsettled order before sending again, for instance with Settle.
func (c *Client) Cancel(
	ctx context.Context, cancellations []order.Cancellation, opt order.WriteOptions,
) ([]order.Result, error) {
	times := twice(cancellations, func(x order.Cancellation) string { return x.Order })
	writes := make([]write, len(cancellations))
	for i := range cancellations {
		writes[i] = c.cancelling(&cancellations[i], times(i))
	}
	w := c.writer()
	return w.Write(ctx, order.CanCancel, writes, opt)
}

func (c *Client) cancelling(x *order.Cancellation, times int) write {
	var report check.Report
	f := report.Fields()
	w := write{Write: cancelWrite, Order: x.Order, Lacks: kit.Shown(isCancelled)}
	r := CancelTradeRequest{OrderID: x.Order, CancelReason: x.Code, CancelComment: x.Comment}
	if times > 1 {
		f.Add("Order", "is named %d times in the batch", times)
	}
	if x.Restock != order.NotTold {
		f.Add("Restock", "the mall does not support this")
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
		w.Warnings = []order.Warning{batch.Warn("Reason", "", order.Text{
			EN: "the mall's code for it is not public: it is sent as 9 (other) with a comment; give Code to send another",
			JA: "モールの理由コードが非公開のため、9（その他）とコメントで送信します"})}
	default:
		f.Add("Reason", "is required, and one of package order, unless Code is given")
	}
	r.check(f, "Order", "Code", "Comment")
	w.Err = report.Err()
	w.Send = func(ctx context.Context, _ *order.Result) error {
		_, err := c.CancelTrade(ctx, r)
		return err
	}
	return w
}
