package yahoo

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/kit"
	"github.com/jpmall/jpmall/order"
)

var (
	_ order.Confirmer       = (*Client)(nil)
	_ order.Shipper         = (*Client)(nil)
	_ order.Canceller       = (*Client)(nil)
	_ order.Annotator       = (*Client)(nil)
	_ order.DeliveryChanger = (*Client)(nil)
	_ order.Settler         = (*Client)(nil)
)

// shownAfter is how long after an update the order surely shows it: a generous guess, since the
// mall promises nothing.
const shownAfter = 15 * time.Minute

// codeLater is the warning of a cancellation that is accepted and carried out later; when is not
// documented.
const codeLater = "od91704"

type write = kit.Write[OrderInfo]

// shownFields are the fields in which an order shows a write.
var shownFields = []Field{"OrderId", "OrderStatus", "IsSeen", "Notes", "ShipStatus",
	"ShipCompanyCode", "ShipInvoiceNumber1",
	"ShipInvoiceNumber2", "ShipInvoiceNumberEmptyReason", "ShipRequestDate", "ShipRequestTime"}

// writer reads each order before it is written to. All of the mall's writes take one order a call,
// one call a second; its answers name no order, so they prove nothing by themselves: the orders are
// read back at the end.
func (c *Client) writer() kit.Writer[OrderInfo] {
	return kit.Writer[OrderInfo]{
		Call:  batch.Call{Mall: order.Yahoo, Shop: c.shop, Check: c.Check},
		Calls: c.calls, Convert: func(w *OrderInfo) order.Order {
			return Convert(w, c.convert)
		},
		Read: kit.Each(c.writable),
		Look: kit.Each(func(ctx context.Context, id string) (*OrderInfo, error) {
			doc, err := c.OrderInfo(ctx, OrderInfoRequest{OrderID: id, Fields: shownFields})
			return &doc.Order, err
		}),
	}
}

// run makes writes.
func (c *Client) run(
	ctx context.Context, ability order.Ability, writes []write, opts order.WriteOptions,
) ([]order.Result, error) {
	w := c.writer()
	for i := range writes {
		e := &writes[i]
		if e.Err == nil {
			e.Err = checkID(e.Order)
		}
		send := e.Send
		e.Send = func(ctx context.Context, r *order.Result) error {
			err := send(ctx, r)
			if warned(r, codeLater) {
				e.Wait = 0
			}
			if err != nil && doubtful(err, e.Operation) {
				c.doubt(ctx, w.Look, e, r)
			}
			return err
		}
	}
	return w.Write(ctx, ability, writes, opts)
}

// doubt looks at the order of a write whose answer does not say what became of it. It ends the
// result when the order shows the write.
func (c *Client) doubt(ctx context.Context, look kit.Read[OrderInfo], w *write, r *order.Result) {
	orders, _ := look(ctx, []string{w.Order})
	now := orders[w.Order]
	if now == nil {
		return
	}
	switch why, code := w.Lacks(now); {
	case why.IsZero():
		batch.Done(r, w.Again)
		r.Text = order.Text{
			EN: "the answer was lost or a failure; the order, read again, shows that the change was made",
			JA: "応答を受け取れなかったかエラーでしたが、注文を読み直し、反映を確認しました"}
		r.Message = r.Text.EN
	case code != "":
		r.Warnings = append(r.Warnings, batch.Warn("", code, why))
	}
}

// told adds the mall's warnings.
func told(r *order.Result, answer UpdateResponse, err error) error {
	for _, warning := range answer.Warnings {
		r.Warnings = append(r.Warnings,
			order.Warning{Code: warning.Code, Message: cmp.Or(warning.Message, warning.Meaning())})
	}
	return err
}

func written(operation string, again order.Answer) batch.Write {
	return batch.Write{Operation: operation, Again: again, Wait: shownAfter}
}

// doubtful reports whether reading the order can tell if the write was made: the answer was lost,
// or the mall refused it with a server error.
func doubtful(err error, operation string) bool {
	var e *order.Error
	return batch.Lost(err, operation) ||
		errors.As(err, &e) && e.Operation == operation &&
			e.HTTPStatus >= http.StatusInternalServerError && e.Code != ""
}

// writable reads an order in full, and refuses one that the mall has locked.
func (c *Client) writable(ctx context.Context, id string) (*OrderInfo, error) {
	doc, err := c.OrderInfo(ctx, OrderInfoRequest{OrderID: id})
	if err == nil && doc.Order.IsReadOnly {
		err = c.locked(&doc.Order)
	}
	return &doc.Order, err
}

// lockedFor is how long the buyer can cancel an order, and the shop not change it.
const lockedFor = 10 * time.Minute

// locked returns the error of a write to an order in its first minutes. RetryAfter is what is left
// of them, if the order's time is known.
func (c *Client) locked(w *OrderInfo) error {
	e := c.calls.Conflict("", w.OrderID, order.Text{
		EN: "the buyer can still cancel the order: it cannot be changed in its first ten minutes",
		JA: "購入者がまだキャンセルできる時間内（注文から10分間）のため、変更できません"})
	if placed, ok := w.OrderTime.Time(); ok {
		left := time.Until(placed.Add(lockedFor + time.Second - 1)).Truncate(time.Second)
		e.RetryAfter = min(max(left, 0), lockedFor)
	}
	e.Hint = hintLocked
	return e
}

// warned reports whether a result has a warning.
func warned(r *order.Result, code string) bool {
	return slices.ContainsFunc(r.Warnings, func(w order.Warning) bool { return w.Code == code })
}

// change is a write of one OrderChange; shows reports whether the order shows it.
func (c *Client) change(
	id string, err error, change OrderChange, shows func(*OrderInfo) bool,
) write {
	req := OrderChangeRequest{OrderID: id, Order: change}
	if err == nil {
		err = c.checked(orderChange, id, req)
	}
	return write{Write: written(orderChange, order.Yes), Order: id, Err: err,
		Lacks: kit.Shown(shows),
		Send: func(ctx context.Context, r *order.Result) error {
			answer, err := c.OrderChange(ctx, req)
			return told(r, answer, err)
		}}
}

// request is a change of one order.
type request interface {
	prepare(shop string) (*check.Report, any)
}

// checked makes all checks of a change and sends nothing.
func (c *Client) checked(operation, id string, req request) error {
	report, doc := req.prepare(c.shop)
	_, err := c.document(operation, id, report, doc)
	return err
}
