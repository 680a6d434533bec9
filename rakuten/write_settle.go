package rakuten

import (
	"context"
	"slices"
	"time"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/kit"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// settling is what the results of a write need to be settled; nothing is written.
var settling = map[order.Ability]batch.Write{
	order.CanShip: {Operation: "updateOrderShipping", Again: order.No,
		Wait: queueSettled},
	order.CanConfirm:        {Operation: "confirmOrder", Again: order.Yes, Wait: shownAfter},
	order.CanCancel:         {Operation: "cancelOrder", Again: order.No, Wait: shownAfter},
	order.CanAnnotate:       {Operation: "updateOrderMemo", Again: order.Yes},
	order.CanChangeDelivery: {Operation: "updateOrderMemo", Again: order.Yes},
}

// Settle finds out what became of unsettled writes. It implements [order.Settler]. A report with a
// RequestID is looked up with getResultUpdateOrderShippingAsync, which may refuse it; without an
// answer it stays Unsettled, since Rakuten does not distinguish waiting reports from lost ones.
//
// Done means that the order, read with getOrder (100 a call), shows it: a shipment its numbers, or
// without any the records that its report names; a confirmation that the order has moved on; a
// cancellation キャンセル確定待ち or later. What the order does not show after Result.Wait was not applied
// and is Refused, unless its report claims success: then it stays Unsettled. A shipment with
// neither number nor RequestID cannot be checked, nor can a memo or a delivery date: these two are
// safe to send again.
func (c *Client) Settle(ctx context.Context, results []order.Result) ([]order.Result, error) {
	asked := slices.Clone(results)
	told := c.askReports(transport.Writing(ctx), asked)
	w := c.writer()
	return w.Settle(ctx, asked, func(r *order.Result) kit.Settling[OrderModel] {
		s := kit.Settling[OrderModel]{Write: settling[r.Ability], Shows: applied}
		if r.Ability == order.CanAnnotate || r.Ability == order.CanChangeDelivery {
			s.Shows, s.Err = nil, batch.ErrNotKept
		}
		answer := told[reportOf(r)]
		if r.Ability == order.CanShip {
			s.Shows = answer.shown
		}
		s.Absent = func(r *order.Result, _ *OrderModel) bool {
			switch {
			case answer.refused != nil:
				batch.Fail(r, answer.refused, s.Write)
			case len(answer.success) > 0:
				s.Wait = askAgain
				batch.Unsettled(r, s.Write, order.Text{
					EN: "the mall accepted it and does not show it yet",
					JA: "モールは受け付けましたが、まだ反映されていません"}, nil)
			case r.RequestID != "":
				batch.Open(r, queued(s.Write), nil)
				r.At, r.Wait = time.Now().UTC().Round(0), askAgain
			case r.Ability == order.CanShip && len(r.Numbers) == 0:
				s.Find = order.Text{
					EN: "read the order: without a tracking number it is unclear which of its shipping records belong to this report",
					JA: "受注を確認してください。お荷物伝票番号がないため、どの発送明細がこの報告によるものか判別できません"}
				batch.Open(r, s.Write, nil)
			default:
				return false
			}
			return true
		}
		return s
	})
}

// report is an order of an asynchronous report.
type report struct{ id, order string }

func reportOf(r *order.Result) report { return report{r.RequestID, r.Order} }

// askAgain is how long to wait before looking up a report again.
const askAgain = 30 * time.Second

// queued is a write whose report is, or may be, in Rakuten's queue.
func queued(w batch.Write) batch.Write {
	w.Find, w.Wait = order.Text{
		EN: "it is in Rakuten's queue: ask Settle, or AwaitOrderShipping with RequestID, after Wait; do not send it again before",
		JA: "楽天で処理待ちです。待ち時間が過ぎてから結果を確認してください。それまで再送しないでください"}, askAgain
	return w
}

// told is what a report says of an order. It proves a refusal only: a success is Done once the
// order shows it.
type told struct {
	refused error // of a record; a Result does not say which records were its own
	success []MessageModel
}

// askReports looks up each report once.
func (c *Client) askReports(ctx context.Context, results []order.Result) map[report]told {
	all := map[report]told{}
	answers := map[string]ShippingResultResponse{}
	for k := range results {
		r := &results[k]
		if r.RequestID == "" || r.Ability != order.CanShip || r.Outcome != order.Unsettled {
			continue
		}
		answer, asked := answers[r.RequestID]
		if !asked {
			// without an answer the order is read
			answer, _ = c.GetResultUpdateOrderShippingAsync(ctx, r.RequestID)
			answers[r.RequestID] = answer
		}
		i := slices.IndexFunc(answer.ResultShippingModelList,
			func(s ShippingResult) bool { return s.OrderNumber == r.Order })
		if i < 0 {
			continue
		}
		t := told{success: own("updateOrderShipping", []string{r.Order},
			answer.ResultShippingModelList[i].MessageModelList)}
		bad := slices.IndexFunc(t.success,
			func(m MessageModel) bool { return m.MessageType == Failure })
		if bad >= 0 {
			m := t.success[bad]
			m.OrderNumber = r.Order
			t = told{refused: c.failure(c.calls.Row("updateOrderShipping"), answer.Reply, m)}
		}
		all[reportOf(r)] = t
	}
	return all
}

// shown reports whether an order shows a shipment, and keeps the warnings of its report.
func (t told) shown(r *order.Result, w *OrderModel) bool {
	if !shows(r, w) && (len(r.Numbers) > 0 || !t.recorded(r, w)) {
		return false
	}
	for _, m := range t.success {
		warning := order.Warning{Code: m.MessageCode, Message: m.Message}
		if m.MessageType == Warning && !slices.Contains(r.Warnings, warning) {
			r.Warnings = append(r.Warnings, warning)
		}
	}
	return true
}

// recorded reports whether the order has all records that the report names, one of them at the
// destination of the shipment.
func (t told) recorded(r *order.Result, w *OrderModel) bool {
	here := false
	for _, m := range t.success {
		there := false
		for _, p := range w.destinations() {
			if slices.ContainsFunc(p.ShippingModelList, func(s ShippingModel) bool {
				return s.ShippingDetailID == m.ShippingDetailID
			}) {
				there = true
				here = here || r.Parcel == "" || r.Parcel == id(p.BasketID)
			}
		}
		if !there || m.ShippingDetailID == 0 {
			return false
		}
	}
	return here
}

// applied reports whether an order shows a confirmation or a cancellation.
func applied(r *order.Result, w *OrderModel) bool {
	switch r.Ability {
	case order.CanConfirm:
		return w.OrderProgress > AwaitingConfirmation && w.OrderProgress < AwaitingCancelFix
	case order.CanCancel:
		return isCancelled(w)
	}
	return false
}

// shows reports whether a destination has all tracking numbers of a shipment.
func shows(r *order.Result, w *OrderModel) bool {
	for _, p := range w.destinations() {
		if r.Parcel != "" && r.Parcel != id(p.BasketID) {
			continue
		}
		missing := slices.ContainsFunc(r.Numbers, func(number string) bool {
			return !slices.ContainsFunc(p.ShippingModelList,
				func(s ShippingModel) bool { return order.SameTracking(s.ShippingNumber, number) })
		})
		if !missing && len(r.Numbers) > 0 {
			return true
		}
	}
	return false
}
