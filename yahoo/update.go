package yahoo

import (
	"context"
	"errors"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// UpdateResponse is the answer to a change of an order. Without an error the change was made,
// whatever the warnings.
type UpdateResponse struct {
	Available int64     `xml:"totalResultsAvailable,attr"`
	Returned  int64     `xml:"totalResultsReturned,attr"`
	OK        int64     `xml:"ok,attr"`
	NG        int64     `xml:"ng,attr"`
	Status    string    `xml:"Result>Status"`
	Warnings  []Warning `xml:"Result>Warning"`
	Reply     Reply     `xml:"-"`
}

// warnings is what the mall's warning codes mean; the mall sends them without a message.
var warnings = []struct{ code, meaning string }{
	{"od91058", "settlement linkage failed; no action needed"},
	{"od91059", "settlement linkage failed; no action needed"},
	{"od91113", "the sale has been captured already"},
	{"od91115", "the authorisation has expired; the settlement was not linked"},
	{"od91123", "there is a refund"},
	{"od91130", "the stock was not linked for some lines"},
	{"od91703", "the card settlement is cancelled; the amount was not linked"},
	{"od91704", "the cancellation is accepted and will be carried out later"},
	{"od91705", "the status is as it was"},
}

// Meaning returns what the code means, in English; empty for a code that is not documented.
func (w Warning) Meaning() string {
	for _, row := range warnings {
		if row.code == w.Code {
			return row.meaning
		}
	}
	return ""
}

// target names the order to change.
type target struct {
	OrderID       string `xml:"OrderId"`
	IsPointFix    *bool  `xml:"IsPointFix"`
	IsQuotation   *bool  `xml:"IsQuotation"`
	OperationUser string `xml:"OperationUser" chars:"120"`
}

// update sends a change of one order. doc is the document; into is what the reply is decoded into,
// with the same envelope.
func (c *Client) update(
	ctx context.Context, operation, id string, report *check.Report, doc, into any,
) (Reply, error) {
	body, err := c.document(operation, id, report, doc)
	if err != nil {
		return Reply{}, err
	}
	return c.call(ctx, transport.Call{Body: body}, operation, id, into)
}

// document returns the body of a change, or everything that is wrong with it.
func (c *Client) document(operation, id string, report *check.Report, doc any) ([]byte, error) {
	if err := checkID(id); err != nil {
		report.Fields().Add("OrderID", "%v", err)
	}
	err := report.Err()
	var body []byte
	if err == nil {
		body, err = encode(doc)
	}
	if err != nil {
		return nil, c.calls.Refuse(operation, id, err)
	}
	return body, nil
}

// simple is update for the calls that answer with an UpdateResponse.
func (c *Client) simple(
	ctx context.Context, operation, id string, report *check.Report, doc any,
) (UpdateResponse, error) {
	var r UpdateResponse
	reply, err := c.update(ctx, operation, id, report, doc, &r)
	r.Reply = reply
	if err == nil {
		err = c.settled(operation, id, r)
	}
	return r, err
}

var errNotDone = errors.New("the reply is not the one to a change: it does not count one as done")

// settled refuses an answer that does not say that the change was made. The mall's answer to a
// change counts what was done (ok) and what failed (ng), and holds no order: an orderInfo document,
// of whichever order, is the answer to something else.
func (c *Client) settled(operation, id string, r UpdateResponse) error {
	switch {
	case r.Status != "OK":
		return c.undecodable(operation, id, r.Reply, errNoStatus)
	case r.OK < 1 && r.NG < 1:
		return c.undecodable(operation, id, r.Reply, errNotDone)
	case r.NG > 0 && r.OK == 0:
		return &order.Error{Class: order.ErrConflict, Mall: order.Yahoo, Shop: c.shop,
			Operation: operation, Order: id,
			HTTPStatus: r.Reply.Status, Attempts: r.Reply.Attempts,
			Message: "the mall counts the change as failed",
			Hint:    order.Text{EN: "read the order before trying again", JA: "再実行の前に注文を確認してください"}}
	}
	return nil
}

var errNoChange = errors.New("the request changes nothing")

type targetRequest struct {
	Target   target `xml:"Target"`
	SellerID string `xml:"SellerId"`
}

// OrderPayNumber (支払番号発行) issues a payment number for Suica, convenience stores or Pay-easy.
// operationUser may be empty. Not safe to repeat: after a lost answer read the order first.
//
// https://developer.yahoo.co.jp/webapi/shopping/orderPayNumber.html
func (c *Client) OrderPayNumber(
	ctx context.Context, orderID, operationUser string,
) (UpdateResponse, error) {
	return c.onTarget(ctx, orderPayNumber, orderID, operationUser)
}

// OrderCouponCancel (クーポンキャンセル) removes the coupons from an order. operationUser may be empty. Not
// safe to repeat: after a lost answer read the order first.
//
// https://developer.yahoo.co.jp/webapi/shopping/orderCouponCancel.html
func (c *Client) OrderCouponCancel(
	ctx context.Context, orderID, operationUser string,
) (UpdateResponse, error) {
	return c.onTarget(ctx, orderCouponCancel, orderID, operationUser)
}

func (c *Client) onTarget(ctx context.Context, operation, id, user string) (UpdateResponse, error) {
	doc := targetRequest{Target: target{OrderID: id, OperationUser: user}, SellerID: c.shop}
	return c.simple(ctx, operation, id, new(check.Report), doc)
}
