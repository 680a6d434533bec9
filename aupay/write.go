package aupay

import (
	"context"
	"slices"
	"time"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/kit"
	"github.com/jpmall/jpmall/order"
)

var (
	_ order.Shipper   = (*Client)(nil)
	_ order.Canceller = (*Client)(nil)
	_ order.Settler   = (*Client)(nil)
)

// shownAfter is by when an order surely shows a write. The mall publishes nothing: it is a generous
// guess.
const shownAfter = 15 * time.Minute

type write = kit.Write[OrderInfo]

// The writes, as results report them. shipWrite is the first call of Ship.
var (
	shipWrite = batch.Write{Operation: opUpdate, Again: order.Yes, Wait: shownAfter,
		Find: shipFind}
	statusWrite = batch.Write{Operation: opStatus, Again: order.Yes, Wait: shownAfter,
		Find: statusFind}
	cancelWrite = batch.Write{Operation: opCancel, Again: order.NotTold, Wait: shownAfter,
		Find: cancelFind}
)

var (
	shipFind = order.Text{
		EN: "send it again, which is harmless, or read the order: it is shipped when its status is 完了 and the number is there",
		JA: "再送してください（二重になる心配はありません）。または受注を確認してください。ステータスが完了で伝票番号があれば反映済みです"}
	statusFind = order.Text{EN: "send it again, which is harmless, or read the order's status",
		JA: "再送してください（二重になる心配はありません）。または受注のステータスを確認してください"}
	cancelFind = order.Text{
		EN: "read the order: it is cancelled when its status is キャンセル; send it again only if it is not",
		JA: "受注を確認してください。ステータスがキャンセルなら反映済みです。そうでない場合だけ再送してください"}
)

func (c *Client) writer() kit.Writer[OrderInfo] {
	return kit.Writer[OrderInfo]{
		Call:  batch.Call{Mall: order.AuPay, Shop: c.shop, Check: c.Check},
		Calls: c.calls, Convert: func(w *OrderInfo) order.Order {
			return Convert(w, c.convert)
		},
		Read: kit.Each(func(ctx context.Context, id string) (*OrderInfo, error) {
			answer, err := c.SearchTradeInfo(ctx, id)
			return answer.Order(), err
		}),
	}
}

// twice returns how often an order is named in a batch: of several writes to one order, all are
// refused, since none is known to be the right one.
func twice[E any](list []E, id func(E) string) func(i int) (times int) {
	count := make(map[string]int, len(list))
	for _, e := range list {
		count[id(e)]++
	}
	return func(i int) int { return count[id(list[i])] }
}

// shipped reports whether an order shows a shipment: it is 完了 and has the number, if there is one.
func shipped(w *OrderInfo, numbers []string) bool {
	return w.OrderStatus == StatusCompleted && numbered(w, numbers)
}

func numbered(w *OrderInfo, numbers []string) bool {
	return !slices.ContainsFunc(numbers,
		func(n string) bool { return !order.SameTracking(w.ShippingNumber, n) })
}

func isCancelled(w *OrderInfo) bool {
	return w.OrderStatus == StatusCancelled || w.CancelStatus == IsCancelled
}

// Settle finds out what became of unsettled writes. It implements [order.Settler]. It reads their
// orders, one call each. A shipment is done when its order is 完了 and has the number, a cancellation
// when it is キャンセル. What an order does not show once Result.Wait has passed was not applied and is
// Refused; if the number of a shipment is there and the status is not, Message and Next say so. A
// Result of ChangeStatus does not hold the status, so it stays Unsettled: send the change again.
// Safe to repeat.
func (c *Client) Settle(ctx context.Context, results []order.Result) ([]order.Result, error) {
	w := c.writer()
	return w.Settle(ctx, results, func(r *order.Result) kit.Settling[OrderInfo] {
		switch r.Ability {
		case order.CanCancel:
			return kit.Settling[OrderInfo]{Write: cancelWrite,
				Shows: func(_ *order.Result, now *OrderInfo) bool { return isCancelled(now) }}
		case order.CanShip:
			return kit.Settling[OrderInfo]{
				Write: shipWrite,
				Shows: func(r *order.Result, now *OrderInfo) bool {
					return shipped(now, r.Numbers)
				},
				Absent: func(r *order.Result, now *OrderInfo) bool {
					if batch.Absent(r, shipWrite); r.Outcome == order.Refused &&
						len(r.Numbers) > 0 && numbered(now, r.Numbers) {
						batch.NotApplied(r, shipWrite, order.Text{
							EN: "partly applied: the number is there, the status is not 完了",
							JA: "一部だけ反映されています。伝票番号は登録済みですが、ステータスが完了ではありません"},
							nextStatus)
					}
					return true
				},
			}
		}
		return kit.Settling[OrderInfo]{Write: batch.Write{Operation: opStatus, Again: order.Yes},
			Err: batch.ErrNotKept}
	})
}
