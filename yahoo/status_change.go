package yahoo

import (
	"context"
	"unicode/utf8"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/order"
)

// OrderStatusChangeRequest holds the parameters of OrderStatusChange.
type OrderStatusChangeRequest struct {
	OrderID            string
	Status             OrderStatus  // OrderReserved to OrderCompleted
	IsPointFix         bool         // fix the points; must be true with OrderCompleted
	CancelReason       CancelReason // only with OrderCancelled; if empty the mall sets 210
	CancelReasonDetail string       // 10 to 200 characters, required with CancelStoreOther
	OperationUser      string       // name of the operator, at most 120 characters
}

type statusRequest struct {
	Target target `xml:"Target"`
	Order  struct {
		OrderStatus  OrderStatus  `xml:"OrderStatus"`
		CancelReason CancelReason `xml:"CancelReason"`
		// the page prints its path as /Req/Oeder, evidently a typing error
		CancelReasonDetail string `xml:"CancelReasonDetail"`
	} `xml:"Order"`
	SellerID string `xml:"SellerId"`
}

// OrderStatusChange (注文ステータス変更) changes the order status: hold, cancel, complete. On cancellation
// the mall mails the buyer. A change that the order's state forbids is an error of class
// [order.ErrConflict]. A change with warnings was made; od91704 means that a cancellation is
// accepted and carried out later. The answer names no order: confirm the change with [OrderInfo].
// Not safe to repeat: after a lost answer read the order first.
//
// https://developer.yahoo.co.jp/webapi/shopping/orderStatusChange.html
func (c *Client) OrderStatusChange(
	ctx context.Context, req OrderStatusChangeRequest,
) (UpdateResponse, error) {
	report, doc := req.prepare(c.shop)
	return c.simple(ctx, orderStatusChange, req.OrderID, report, doc)
}

// prepare returns the document and what is wrong with it.
func (r OrderStatusChangeRequest) prepare(shop string) (*check.Report, any) {
	report := new(check.Report)
	f := report.Fields()
	switch r.Status {
	case OrderReserved, OrderProcessing, OrderHeld, OrderCancelled, OrderCompleted:
	default:
		f.Add("Status", "is not one of 1 to 5")
	}
	if r.Status == OrderCompleted && !r.IsPointFix {
		f.Add("IsPointFix", "must be true to complete an order")
	}
	checkCancel(f, r)
	doc := statusRequest{Target: target{OrderID: r.OrderID, IsPointFix: &r.IsPointFix,
		OperationUser: r.OperationUser}, SellerID: shop}
	doc.Order.OrderStatus = r.Status
	doc.Order.CancelReason = r.CancelReason
	doc.Order.CancelReasonDetail = r.CancelReasonDetail
	return report, doc
}

// The length of CancelReasonDetail, in characters.
const minDetail, maxDetail = 10, 200

func checkCancel(f check.Fields, req OrderStatusChangeRequest) {
	switch n := utf8.RuneCountInString(req.CancelReasonDetail); {
	case req.Status != OrderCancelled && (req.CancelReason != "" || n > 0):
		f.Add("CancelReason", "belongs to OrderCancelled only")
	case req.CancelReason != "" && !req.CancelReason.Writable():
		f.Add("CancelReason", "is not one that a store may give: 100 to 180, 200 to 230")
	case req.CancelReason == CancelStoreOther && (n < minDetail || n > maxDetail):
		f.Add("CancelReasonDetail", "%d characters, want %d to %d with reason 230", n, minDetail,
			maxDetail)
	case req.CancelReason != CancelStoreOther && n > 0:
		f.Add("CancelReasonDetail", "belongs to reason 230 only")
	}
}

// Writable reports whether a store may give this reason.
func (v CancelReason) Writable() bool {
	return v.Known() && len(v) == 3 && (v[0] == '1' || v[0] == '2')
}

// OrderPayStatusChangeRequest holds the parameters of OrderPayStatusChange.
type OrderPayStatusChangeRequest struct {
	OrderID       string
	PayStatus     PayStatus
	PayDate       order.Date // zero: left to the mall
	OperationUser string
}

type payStatusRequest struct {
	Target target `xml:"Target"`
	Order  struct {
		Pay struct {
			PayStatus PayStatus  `xml:"PayStatus"`
			PayDate   order.Date `xml:"PayDate"`
		} `xml:"Pay"`
	} `xml:"Order"`
	SellerID string `xml:"SellerId"`
}

// OrderPayStatusChange (入金ステータス変更) marks an order as paid or as awaiting payment. The answer names
// no order: confirm the change with [OrderInfo]. Not safe to repeat: after a lost answer read the
// order first.
//
// https://developer.yahoo.co.jp/webapi/shopping/orderPayStatusChange.html
func (c *Client) OrderPayStatusChange(
	ctx context.Context, req OrderPayStatusChangeRequest,
) (UpdateResponse, error) {
	var report check.Report
	if !req.PayStatus.Known() {
		report.Fields().Add("PayStatus", "is neither 0 nor 1")
	}
	doc := payStatusRequest{Target: target{OrderID: req.OrderID, OperationUser: req.OperationUser},
		SellerID: c.shop}
	doc.Order.Pay.PayStatus, doc.Order.Pay.PayDate = req.PayStatus, req.PayDate
	return c.simple(ctx, orderPayStatusChange, req.OrderID, &report, doc)
}
