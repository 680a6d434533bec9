package aupay

import (
	"context"
	"errors"
	"net/url"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// GetResponse is the answer to SearchTradeInfo.
type GetResponse struct {
	Result      Result      `xml:"result"`
	ResultCount int64       `xml:"resultCount"` // may be missing here
	Orders      []OrderInfo `xml:"orderInfo"`   // exactly one when there is no error
	Reply       Reply       `xml:"-"`
}

// Order returns the order; nil when there is none.
func (r *GetResponse) Order() *OrderInfo {
	if len(r.Orders) == 0 {
		return nil
	}
	return &r.Orders[0]
}

// SearchTradeInfo (searchTradeInfoProc, 受注情報取得API（個別）) reads one order by its number. The mall's
// answer to an unknown number is not known: an error that says so, or success without an order, is
// reported as [order.ErrNotFound]. An answer with another order is [order.ErrUndecodable]. Safe to
// repeat.
func (c *Client) SearchTradeInfo(ctx context.Context, orderID string) (GetResponse, error) {
	var answer GetResponse
	reply, err := c.get(ctx, opGet, func(shop string) (url.Values, error) {
		var report check.Report
		checkOrderID(report.Fields(), "orderId", orderID)
		return url.Values{"shopId": {shop}, "orderId": {orderID}}, report.Err()
	}, &answer, &answer.Result, nil)
	answer.Reply = reply
	if err != nil {
		return answer, err
	}
	for i := range answer.Orders {
		answer.Orders[i].Unify()
	}
	e := &order.Error{Mall: order.AuPay, Shop: c.shop, Operation: opGet, Order: orderID,
		HTTPStatus: answer.Reply.Status, Attempts: answer.Reply.Attempts}
	switch {
	case len(answer.Orders) == 0 || len(answer.Orders) == 1 && answer.Orders[0].OrderID == "":
		e.Class, e.Hint = order.ErrNotFound, transport.HintOf(order.ErrNotFound)
	case len(answer.Orders) > 1 || answer.Orders[0].OrderID != orderID:
		e.Class, e.Err = order.ErrUndecodable, errors.New("the mall answered with another order")
	default:
		return answer, nil
	}
	return answer, e
}

// orderIDBytes is the size of the mall's column for order numbers; those seen have 9 digits.
const orderIDBytes = 50

// checkOrderID refuses what cannot be an order number: the mall takes digits only.
func checkOrderID(f check.Fields, field, id string) {
	switch {
	case id == "":
		f.Add(field, "is required")
	case !digits(id):
		f.Add(field, "is not a number")
	}
	f.Bytes(field, id, orderIDBytes)
}
