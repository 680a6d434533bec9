package aupay

import (
	"context"
	"encoding/xml"
	"errors"
	"net/http"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// Byte limits of what is written, by the sizes of the columns that clients made from the mall's sheets. Whether the mall counts in
// UTF-8 is not known; it is the stricter way to count.
const (
	carrierBytes       = 1
	numberBytes        = 15
	cancelReasonBytes  = 2
	cancelCommentBytes = 100
)

// UpdateTradeInfoRequest sets what is known of an order's shipping. A nil field is left out of the request and stays as it is; one that
// points to a zero value is sent as an empty element, and whether that clears it is not known. At least one field must be set.
type UpdateTradeInfoRequest struct {
	OrderID         string
	ShippingDate    *order.Date // 発送日
	ShippingCarrier *Carrier    // 配送会社, at most 1 byte
	ShippingNumber  *string     // お荷物伝票番号, at most 15 bytes; the mall holds one
}

// UpdateResponse is the answer to an update: nothing but its head. It names no order, so a write without an error is only that the mall
// answered this call with status 0, in HTTP 200 and with nothing of another call: what it did is seen by reading the order, as Ship,
// Cancel and ChangeStatus do.
type UpdateResponse struct {
	Result Result `xml:"result"`
	Reply  Reply  `xml:"-"`
}

type tradeInfoBody struct {
	XMLName         xml.Name `xml:"request"`
	ShopID          string   `xml:"shopId"`
	OrderID         string   `xml:"orderId"`
	ShippingDate    *string  `xml:"shippingDate"`
	ShippingCarrier *Carrier `xml:"shippingCarrier"`
	ShippingNumber  *string  `xml:"shippingNumber"`
}

// UpdateTradeInfo (updateTradeInfoProc, 受注情報更新API) sets shipping date, carrier and tracking number of one order. It changes neither the
// order's status nor does it send a mail: see UpdateTradeSts, and Ship for both in order. The number is sent as order.ReadTracking spells
// it, and what that refuses is refused. It sets absolute values, so repeating it is harmless. A nil error means that the mall
// answered status 0: it names no order, so only reading shows what it did.
func (c *Client) UpdateTradeInfo(ctx context.Context, r UpdateTradeInfoRequest) (UpdateResponse, error) {
	var answer UpdateResponse
	if err := r.check(); err != nil {
		return answer, c.calls.Refuse(opUpdate, r.OrderID, err)
	}
	body := tradeInfoBody{ShopID: c.shop, OrderID: r.OrderID, ShippingCarrier: r.ShippingCarrier, ShippingNumber: r.ShippingNumber}
	if r.ShippingDate != nil {
		date := compact(*r.ShippingDate)
		body.ShippingDate = &date
	}
	if r.ShippingNumber != nil && *r.ShippingNumber != "" {
		if number, err := order.ReadTracking(*r.ShippingNumber); err == nil {
			body.ShippingNumber = &number
		}
	}
	return c.update(ctx, opUpdate, r.OrderID, body)
}

// update makes a call whose documented success is a result of status 0 and nothing else, in HTTP 200. A document of another call, which
// may well say status 0, proves nothing. Nor does the mall's answer name the order: what it did is only seen by reading.
func (c *Client) update(ctx context.Context, operation, orderID string, body any) (UpdateResponse, error) {
	var answer struct {
		Result Result     `xml:"result"`
		Count  []string   `xml:"resultCount"`
		Orders []struct{} `xml:"orderInfo"`
		Stocks []struct{} `xml:"searchResult"`
		Rows   []struct{} `xml:"updateResult"`
	}
	var reply Reply
	err := c.post(ctx, operation, orderID, body, &answer, &answer.Result, &reply)
	if err == nil && (reply.Status != http.StatusOK || len(answer.Count)+len(answer.Orders)+len(answer.Stocks)+len(answer.Rows) > 0) {
		err = c.foreign(operation, orderID, reply)
	}
	return UpdateResponse{Result: answer.Result, Reply: reply}, err
}

// foreign is the error of an answer that does not tell of the call.
func (c *Client) foreign(operation, orderID string, reply Reply) error {
	return c.calls.Undecodable(operation, orderID, transport.Response{Status: reply.Status, Attempts: reply.Attempts},
		errors.New("the answer is not the documented one of this call"))
}

func (r UpdateTradeInfoRequest) check() error {
	var report check.Report
	f := report.Fields()
	checkOrderID(f, "orderId", r.OrderID)
	if r.ShippingDate == nil && r.ShippingCarrier == nil && r.ShippingNumber == nil {
		f.Add("", "nothing is to be changed")
	}
	if r.ShippingDate != nil && !r.ShippingDate.IsZero() && !r.ShippingDate.Valid() {
		f.Add("shippingDate", "is no day of the calendar")
	}
	if r.ShippingCarrier != nil {
		f.Bytes("shippingCarrier", string(*r.ShippingCarrier), carrierBytes)
		f.Characters("shippingCarrier", string(*r.ShippingCarrier), unsafeText)
	}
	if r.ShippingNumber != nil {
		checkNumber(f, "shippingNumber", *r.ShippingNumber)
	}
	return report.Err()
}

// checkNumber refuses what is no tracking number, and what has more bytes than the mall holds once it is normalised. An empty one is
// no number at all.
func checkNumber(f check.Fields, field, number string) {
	if number == "" {
		return
	}
	read, err := order.ReadTracking(number)
	if err != nil {
		f.Add(field, "%s", err)
	}
	f.Bytes(field, read, numberBytes)
}

// UpdateTradeStsRequest sets an order's status.
type UpdateTradeStsRequest struct {
	OrderID     string
	OrderStatus OrderStatus // a Settable one, or the shop's own; at most 32 bytes
}

type tradeStsBody struct {
	XMLName     xml.Name    `xml:"request"`
	ShopID      string      `xml:"shopId"`
	OrderID     string      `xml:"orderId"`
	OrderStatus OrderStatus `xml:"orderStatus"`
}

// UpdateTradeSts (updateTradeStsProc, 受注ステータス更新API) sets the status of one order. The statuses that only the mall or cancelTradeProc sets
// are refused here; whether the shop has a status of its own, the mall answers. It sets an absolute value, so repeating it is
// harmless. ChangeStatus does it for many orders.
func (c *Client) UpdateTradeSts(ctx context.Context, r UpdateTradeStsRequest) (UpdateResponse, error) {
	var answer UpdateResponse
	if err := r.check("orderId", "orderStatus"); err != nil {
		return answer, c.calls.Refuse(opStatus, r.OrderID, err)
	}
	body := tradeStsBody{ShopID: c.shop, OrderID: r.OrderID, OrderStatus: r.OrderStatus}
	return c.update(ctx, opStatus, r.OrderID, body)
}

// check names the fields as the caller does.
func (r UpdateTradeStsRequest) check(orderID, status string) error {
	var report check.Report
	f := report.Fields()
	checkOrderID(f, orderID, r.OrderID)
	checkStatus(f, status, r.OrderStatus)
	if r.OrderStatus != "" && !r.OrderStatus.Settable() {
		f.Add(status, "cannot be set: it is the mall's, or cancelTradeProc's, to set")
	}
	return report.Err()
}

// CancelTradeRequest cancels an order.
type CancelTradeRequest struct {
	OrderID       string
	CancelReason  string // a code of at most 2 bytes. The list is in the mall's sheet only; "9" was seen, with a free comment
	CancelComment string // at most 100 bytes; empty is left out
}

type cancelBody struct {
	XMLName       xml.Name `xml:"request"`
	ShopID        string   `xml:"shopId"`
	OrderID       string   `xml:"orderId"`
	CancelReason  string   `xml:"cancelReason"`
	CancelComment string   `xml:"cancelComment,omitempty"`
}

// CancelTrade (cancelTradeProc, 取引キャンセル) cancels one whole order. What repeating it does is not known, so it is never sent twice: after a
// lost answer, read the order. One source alone shows this call.
func (c *Client) CancelTrade(ctx context.Context, r CancelTradeRequest) (UpdateResponse, error) {
	var answer UpdateResponse
	var report check.Report
	report.Fields().Required("cancelReason", r.CancelReason)
	r.check(report.Fields(), "orderId", "cancelReason", "cancelComment")
	if err := report.Err(); err != nil {
		return answer, c.calls.Refuse(opCancel, r.OrderID, err)
	}
	body := cancelBody{ShopID: c.shop, OrderID: r.OrderID, CancelReason: r.CancelReason, CancelComment: r.CancelComment}
	return c.update(ctx, opCancel, r.OrderID, body)
}

// check names the fields as the caller does.
func (r CancelTradeRequest) check(f check.Fields, orderID, reason, comment string) {
	checkOrderID(f, orderID, r.OrderID)
	f.Bytes(reason, r.CancelReason, cancelReasonBytes)
	f.Characters(reason, r.CancelReason, unsafeText)
	f.Bytes(comment, r.CancelComment, cancelCommentBytes)
	f.Characters(comment, r.CancelComment, unsafeText)
}
