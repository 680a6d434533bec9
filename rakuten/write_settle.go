package rakuten

import (
	"context"
	"slices"
	"time"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/order"
)

// settling is what the results of a write need to be settled; nothing is written.
var settling = map[order.Ability]batch.Write{
	order.CanShip:           {Operation: "updateOrderShipping", Again: order.No, Wait: queueSettled},
	order.CanConfirm:        {Operation: "confirmOrder", Again: order.Yes, Wait: shownAfter},
	order.CanCancel:         {Operation: "cancelOrder", Again: order.No, Wait: shownAfter},
	order.CanAnnotate:       {Operation: "updateOrderMemo", Again: order.Yes},
	order.CanChangeDelivery: {Operation: "updateOrderMemo", Again: order.Yes},
}

// Settle finds out what became of unsettled writes; it implements order.Settler. A result with a RequestID is asked for by that
// (getResultUpdateOrderShippingAsync), and as long as Rakuten has no answer it stays open, since Rakuten does not tell a waiting report
// from a lost one. The others are read with getOrder, a hundred a call: shipping is done when its numbers are there, a confirmation
// when the order has moved on, a cancellation when it is in キャンセル確定待ち or later. What the order does not show once Result.Wait is
// over was not applied, and is Refused. A memo or a delivery date cannot be told from a Result: sending it again is harmless.
func (c *Client) Settle(ctx context.Context, results []order.Result) ([]order.Result, error) {
	return batch.Settle(ctx, results, func(ctx context.Context, open []*order.Result) {
		refused := c.askReports(ctx, open)
		var ids []string
		for _, r := range open {
			if r.Ability != order.CanAnnotate && r.Ability != order.CanChangeDelivery && r.Outcome == order.Unsettled {
				ids = append(ids, r.Order)
			}
		}
		orders, missing := c.state(ctx, ids)
		for _, r := range open {
			w := settling[r.Ability]
			switch o := orders[r.Order]; {
			case r.Outcome != order.Unsettled: // the report has settled it
			case w.Again == order.Yes && w.Wait == 0:
				batch.Open(r, w, nil)
			case o == nil:
				batch.Open(r, w, missing[r.Order])
			case applied(r, o):
				batch.Done(r, w.Again)
			case refused[r] != nil:
				batch.Fail(r, refused[r], w)
			case r.RequestID != "":
				batch.Open(r, queued(w), nil)
				r.At, r.Wait = time.Now().UTC().Round(0), askAgain
			case r.Ability == order.CanShip && len(r.Numbers) == 0:
				w.Find = "read the order: without a tracking number it cannot be told which of its shipping records are of this report"
				batch.Open(r, w, nil)
			default:
				batch.Absent(r, w)
			}
		}
	})
}

// askAgain is how long to wait before asking for the result of a report once more.
const askAgain = 30 * time.Second

// queued is a write whose report is, or may be, in Rakuten's queue.
func queued(w batch.Write) batch.Write {
	w.Find, w.Wait = "it is in Rakuten's queue: ask Settle, or AwaitOrderShipping with RequestID, after Wait; do not send it again before", askAgain
	return w
}

// askReports asks for the result of each report once and settles what it says. An order of which it says that some record failed is
// looked at, because a Result does not tell which of the records were its own: for those there is an error.
func (c *Client) askReports(ctx context.Context, open []*order.Result) map[*order.Result]error {
	failed := map[*order.Result]error{}
	answers := map[string]ShippingResultResponse{}
	for _, r := range open {
		if r.RequestID == "" || r.Ability != order.CanShip {
			continue
		}
		answer, asked := answers[r.RequestID]
		if !asked {
			answer, _ = c.GetResultUpdateOrderShippingAsync(ctx, r.RequestID) // without an answer the order is read
			answers[r.RequestID] = answer
		}
		i := slices.IndexFunc(answer.ResultShippingModelList, func(s ShippingResult) bool { return s.OrderNumber == r.Order })
		if i < 0 {
			continue
		}
		messages := own("updateOrderShipping", []string{r.Order}, answer.ResultShippingModelList[i].MessageModelList)
		bad := slices.IndexFunc(messages, func(m MessageModel) bool { return m.MessageType == Failure })
		switch {
		case len(messages) == 0:
		case bad < 0:
			done(r, messages[0], order.No)
		default:
			m := messages[bad]
			m.OrderNumber = r.Order
			failed[r] = c.failure(c.operation("updateOrderShipping"), answer.Reply, m)
		}
	}
	return failed
}

// applied reports whether an order shows what a result wrote.
func applied(r *order.Result, w *OrderModel) bool {
	switch r.Ability {
	case order.CanConfirm:
		return w.OrderProgress > AwaitingConfirmation && w.OrderProgress < AwaitingCancelFix
	case order.CanCancel:
		return w.OrderProgress == AwaitingCancelFix || w.OrderProgress == CancelFixed
	case order.CanShip:
		return shows(r, w)
	}
	return false
}

// shows reports whether a destination has all tracking numbers of a shipment.
func shows(r *order.Result, w *OrderModel) bool {
	for i := range w.PackageModelList {
		p := &w.PackageModelList[i]
		if r.Parcel != "" && r.Parcel != id(p.BasketID) {
			continue
		}
		missing := slices.ContainsFunc(r.Numbers, func(number string) bool {
			return !slices.ContainsFunc(p.ShippingModelList, func(s ShippingModel) bool { return order.SameTracking(s.ShippingNumber, number) })
		})
		if !missing && len(r.Numbers) > 0 {
			return true
		}
	}
	return false
}
