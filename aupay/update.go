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

// Byte limits of what is written, from the column sizes that clients took from the mall's
// specification. Whether the mall counts in UTF-8 is not known; it is the stricter way.
const (
	carrierBytes       = 1
	numberBytes        = 15
	cancelReasonBytes  = 2
	cancelCommentBytes = 100
)

// UpdateTradeInfoRequest holds the parameters of UpdateTradeInfo. A nil field is not sent and stays
// unchanged. A pointer to a zero value is sent as an empty element; whether that clears the field
// is not known. At least one field must be set.
type UpdateTradeInfoRequest struct {
	OrderID         string
	ShippingDate    *order.Date // 発送日
	ShippingCarrier *Carrier    // 配送会社, at most 1 byte
	ShippingNumber  *string     // お荷物伝票番号, at most 15 bytes; the mall holds one
}

// UpdateResponse is the answer to an update. It names no order: success means only that the mall
// answered with HTTP 200 and status 0. To see the effect, read the order, as Ship, Cancel and
// ChangeStatus do.
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

// UpdateTradeInfo (updateTradeInfoProc, 受注情報更新API) sets shipping date, carrier and tracking number
// of one order. It does not change the status and sends no mail; see UpdateTradeSts, and Ship for
// both. The number is sent as [order.ReadTracking] spells it, and refused if that fails. A nil
// error is no proof: see [UpdateResponse]. Safe to repeat: it sets absolute values (inferred).
func (c *Client) UpdateTradeInfo(
	ctx context.Context, r UpdateTradeInfoRequest,
) (UpdateResponse, error) {
	var answer UpdateResponse
	if err := r.check(); err != nil {
		return answer, c.calls.Refuse(opUpdate, r.OrderID, err)
	}
	body := tradeInfoBody{ShopID: c.shop, OrderID: r.OrderID, ShippingCarrier: r.ShippingCarrier,
		ShippingNumber: r.ShippingNumber}
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

// update makes a call that succeeds with a result of status 0 and nothing else, in HTTP 200. A
// document of another call may say status 0, too, but proves nothing.
func (c *Client) update(
	ctx context.Context, operation, orderID string, body any,
) (UpdateResponse, error) {
	var answer struct {
		Result Result     `xml:"result"`
		Count  []string   `xml:"resultCount"`
		Orders []struct{} `xml:"orderInfo"`
		Stocks []struct{} `xml:"searchResult"`
		Rows   []struct{} `xml:"updateResult"`
	}
	reply, err := c.post(ctx, operation, orderID, body, &answer, &answer.Result)
	if err == nil && (reply.Status != http.StatusOK ||
		len(answer.Count)+len(answer.Orders)+len(answer.Stocks)+len(answer.Rows) > 0) {
		err = c.foreign(operation, orderID, reply)
	}
	return UpdateResponse{Result: answer.Result, Reply: reply}, err
}

// foreign is the error of an answer that is not about the call.
func (c *Client) foreign(operation, orderID string, reply Reply) error {
	return c.calls.Undecodable(operation, orderID,
		transport.Response{Status: reply.Status, Attempts: reply.Attempts},
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

// checkNumber refuses what is not a tracking number, or is longer than the mall holds once
// normalised. An empty one is no number.
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

// UpdateTradeStsRequest holds the parameters of UpdateTradeSts.
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

// UpdateTradeSts (updateTradeStsProc, 受注ステータス更新API) sets the status of one order. A status that
// only the mall or cancelTradeProc sets is refused; whether the shop has a status of its own, the
// mall checks. ChangeStatus does it for many orders. A nil error is no proof: see [UpdateResponse].
// Safe to repeat: it sets an absolute value (inferred).
func (c *Client) UpdateTradeSts(
	ctx context.Context, r UpdateTradeStsRequest,
) (UpdateResponse, error) {
	var answer UpdateResponse
	var report check.Report
	r.check(report.Fields(), "orderId", "orderStatus")
	if err := report.Err(); err != nil {
		return answer, c.calls.Refuse(opStatus, r.OrderID, err)
	}
	body := tradeStsBody{ShopID: c.shop, OrderID: r.OrderID, OrderStatus: r.OrderStatus}
	return c.update(ctx, opStatus, r.OrderID, body)
}

// check names the fields as the caller does.
func (r UpdateTradeStsRequest) check(f check.Fields, orderID, status string) {
	checkOrderID(f, orderID, r.OrderID)
	checkStatus(f, status, r.OrderStatus)
	if r.OrderStatus != "" && !r.OrderStatus.Settable() {
		f.Add(status, "cannot be set: it is the mall's, or cancelTradeProc's, to set")
	}
}

// CancelTradeRequest holds the parameters of CancelTrade.
type CancelTradeRequest struct {
	OrderID string
	// a code of at most 2 bytes. The list is not public; one source sends 9 with a free comment
	CancelReason  string
	CancelComment string // at most 100 bytes; empty is left out
}

type cancelBody struct {
	XMLName       xml.Name `xml:"request"`
	ShopID        string   `xml:"shopId"`
	OrderID       string   `xml:"orderId"`
	CancelReason  string   `xml:"cancelReason"`
	CancelComment string   `xml:"cancelComment,omitempty"`
}

// CancelTrade (cancelTradeProc, 取引キャンセル) cancels one whole order. Only one source shows this call.
// A nil error is no proof: see [UpdateResponse]. Not safe to repeat: the effect of a second call is
// not known, so it is never sent twice; after a lost answer, read the order.
func (c *Client) CancelTrade(ctx context.Context, r CancelTradeRequest) (UpdateResponse, error) {
	var answer UpdateResponse
	var report check.Report
	report.Fields().Required("cancelReason", r.CancelReason)
	r.check(report.Fields(), "orderId", "cancelReason", "cancelComment")
	if err := report.Err(); err != nil {
		return answer, c.calls.Refuse(opCancel, r.OrderID, err)
	}
	body := cancelBody{ShopID: c.shop, OrderID: r.OrderID, CancelReason: r.CancelReason,
		CancelComment: r.CancelComment}
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
