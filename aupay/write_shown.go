package aupay

import (
	"context"
	"slices"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

// written is a write whose calls the mall has answered with success. That answer names no order, so the mall is looked at.
type written struct {
	*write
	result *order.Result
}

// listFrom is from how many orders on a search by shipping date is worth its call.
const listFrom = 3

// readBack looks whether the mall shows what was written, for as long as WriteOptions.ShownWithin allows. What it does not show is
// Unsettled.
func (c *Client) readBack(ctx context.Context, sent []written, opt order.WriteOptions) {
	if len(sent) == 0 {
		return
	}
	failed := map[string]error{}
	_, _ = batch.Shown(ctx, opt, func(ctx context.Context) (bool, error) {
		listed := c.listed(ctx, sent)
		found := false
		sent = slices.DeleteFunc(sent, func(w written) bool {
			shown := listed[w.order] != nil && w.shown(listed[w.order])
			found = found || shown
			return shown
		})
		if found && len(sent) > 0 { // the list works, and these it does not show: look at them next time
			return false, nil
		}
		var last error
		sent = slices.DeleteFunc(sent, func(w written) bool {
			if walk.ShopWide(last) {
				failed[w.order] = last
				return false
			}
			now, err := c.SearchTradeInfo(ctx, w.order)
			failed[w.order], last = err, err
			return err == nil && w.shown(now.Order())
		})
		return len(sent) == 0, last
	})
	for _, w := range sent {
		told := w.told()
		told.Operation = w.steps[len(w.steps)-1].operation
		batch.NotShown(w.result, told, failed[w.order])
	}
}

// listed finds orders by their shipping date in one call. One source alone knows that search, so nobody relies on what it lacks:
// what it does not show is read by number.
func (c *Client) listed(ctx context.Context, sent []written) map[string]*OrderInfo {
	var from, to order.Date
	for _, w := range sent {
		if w.day.IsZero() {
			return nil
		}
		if from.IsZero() || w.day.Compare(from) < 0 {
			from = w.day
		}
		if w.day.Compare(to) > 0 {
			to = w.day
		}
	}
	if len(sent) < listFrom || to.Compare(from.AddDays(maxDays-1)) > 0 {
		return nil
	}
	page, err := c.SearchTradeInfoList(ctx, SearchRequest{StartDate: from, EndDate: to, DateType: ByShippingDate})
	if err != nil {
		return nil
	}
	all := make(map[string]*OrderInfo, len(page.Orders))
	for i := range page.Orders {
		all[page.Orders[i].OrderID] = &page.Orders[i]
	}
	return all
}

// shipped reports whether an order shows a shipment: it is 完了 and has its number, if there is one.
func shipped(w *OrderInfo, numbers []string) bool {
	return w.OrderStatus == StatusCompleted && numbered(w, numbers)
}

func numbered(w *OrderInfo, numbers []string) bool {
	return !slices.ContainsFunc(numbers, func(n string) bool { return !order.SameTracking(w.ShippingNumber, n) })
}

func isCancelled(w *OrderInfo) bool { return w.OrderStatus == StatusCancelled || w.CancelStatus == "C" }

// Settle finds out what became of unsettled writes by reading their orders, one call each; it implements order.Settler. A shipment is
// done when its order is 完了 and has the number, a cancellation when it is キャンセル. What the order does not show once Result.Wait is over
// was not applied and is Refused; of a shipment of which the number alone is there, Next says so. What ChangeStatus was to set
// cannot be told from a Result: sending it again is harmless.
func (c *Client) Settle(ctx context.Context, results []order.Result) ([]order.Result, error) {
	return batch.Settle(ctx, results, func(ctx context.Context, open []*order.Result) {
		read := map[string]GetResponse{}
		failed := map[string]error{}
		for _, r := range open {
			w := batch.Write{Operation: opUpdate, Again: order.Yes, Wait: shownAfter, Find: shipFind}
			switch r.Ability {
			case order.CanCancel:
				w = batch.Write{Operation: opCancel, Again: order.NotTold, Wait: shownAfter, Find: cancelFind}
			case order.CanShip:
			default:
				batch.Open(r, batch.Write{Operation: opStatus, Again: order.Yes}, nil)
				continue
			}
			if _, asked := read[r.Order]; !asked {
				read[r.Order], failed[r.Order] = c.SearchTradeInfo(ctx, r.Order)
			}
			answer := read[r.Order]
			switch now := answer.Order(); {
			case failed[r.Order] != nil:
				batch.Open(r, w, failed[r.Order])
			case r.Ability == order.CanCancel && isCancelled(now), r.Ability == order.CanShip && shipped(now, r.Numbers):
				batch.Done(r, w.Again)
			default:
				batch.Absent(r, w)
				if r.Outcome == order.Refused && r.Ability == order.CanShip && len(r.Numbers) > 0 && numbered(now, r.Numbers) {
					r.Next = nextStatus
				}
			}
		}
	})
}
