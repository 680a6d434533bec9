package aupay

import (
	"context"
	"errors"
	"net/url"

	"github.com/jpmall/jpmall/order"
)

// GetResponse is one order.
type GetResponse struct {
	Result Result     `xml:"result"`
	Order  *OrderInfo `xml:"orderInfo"` // never nil when the error is
	Reply  Reply      `xml:"-"`
}

// SearchTradeInfo (searchTradeInfoProc, 受注情報取得API（個別）) reads one order by its number. What the mall answers to an unknown number is not
// known: an error of its own, or success without an order, which is reported as ErrNotFound. It is a read: repeating it is harmless.
func (c *Client) SearchTradeInfo(ctx context.Context, orderID string) (GetResponse, error) {
	var answer GetResponse
	reply, err := c.get(ctx, opGet, func(shop string) (url.Values, error) {
		if err := checkOrderID(orderID); err != nil {
			return nil, err
		}
		return url.Values{"shopId": {shop}, "orderId": {orderID}}, nil
	}, &answer)
	answer.Reply = reply
	if err == nil && (answer.Order == nil || answer.Order.OrderID == "") {
		err = &order.Error{
			Class: order.ErrNotFound, Mall: order.AuPay, Shop: c.cfg.Shop, Operation: opGet, Order: orderID, HTTPStatus: reply.Status,
			Attempts: reply.Attempts, Hint: "check the number and that the order belongs to this shop",
		}
	}
	return answer, err
}

// checkOrderID refuses what cannot be an order number: the mall takes digits only.
func checkOrderID(id string) error {
	if id == "" {
		return errors.New("orderId is empty")
	}
	for _, r := range id {
		if r < '0' || r > '9' {
			return errors.New("orderId is not a number")
		}
	}
	return nil
}
