package rakuten

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/pause"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// UpdateOrderShippingAsync (発送完了報告（非同期）) submits the shipping records of up to 100 orders, each at
// most once. The error holds what Rakuten refuses at once. What it accepts is processed later; see
// GetResultUpdateOrderShippingAsync and AwaitOrderShipping. requestID proves only that the report
// is queued. It is empty when nothing was accepted or the answer was lost. Ship submits, waits and
// reads back.
//
// Not safe to repeat when it adds a record: repeating adds another. Otherwise safe, and retried.
// Page: …/rakutenpayorderapi/updateordershippingasync
func (c *Client) UpdateOrderShippingAsync(
	ctx context.Context, orders []OrderShippingModel,
) (requestID string, out UpdateResponse, err error) {
	call := transport.Call{Operation: c.calls.Row("updateOrderShippingAsync"),
		Retry: shippingRetry(orders...)}
	var v validation
	p := v.top()
	p.wrong.Batch("OrderShippingModelList", len(orders), call.Operation.Batch)
	all := make([]string, len(orders))
	normal := make([]OrderShippingModel, len(orders))
	for i, o := range orders {
		all[i], normal[i] = o.OrderNumber, o.normal()
		o.check(p.item("OrderShippingModelList", i))
	}
	p.wrong.Unique("OrderShippingModelList", all)
	in := struct {
		OrderShippingModelList []OrderShippingModel `json:"OrderShippingModelList"`
	}{normal}
	out, err = c.update(ctx, call, in, &v, all...)
	for _, m := range out.MessageModelList {
		if m.RequestID != "" {
			requestID = m.RequestID
		}
	}
	if err == nil && requestID == "" {
		err = c.foreign(call, out.Reply, "accepted without a request id")
	}
	return requestID, out, err
}

// ShippingResult is the result of an asynchronous report for one order.
type ShippingResult struct {
	OrderNumber      string         `json:"orderNumber"` // empty when there is no result
	MessageModelList []MessageModel `json:"MessageModelList"`
}

// ShippingResultResponse is the answer to GetResultUpdateOrderShippingAsync. It has no
// MessageModelList.
type ShippingResultResponse struct {
	ResultShippingModelList []ShippingResult `json:"ResultShippingModelList"`
	Reply                   Reply            `json:"-"`
}

// Ready reports whether there are results. If not, the report is still being processed, or its id
// is unknown or older than 30 days: Rakuten does not distinguish these.
func (r ShippingResultResponse) Ready() bool {
	return slices.ContainsFunc(r.ResultShippingModelList,
		func(s ShippingResult) bool { return s.OrderNumber != "" })
}

// GetResultUpdateOrderShippingAsync (発送完了報告（非同期）結果確認) reads the results of a report, which are kept
// for 30 days. Orders that failed are in the response, not in the error.
//
// Safe to repeat. Page: …/rakutenpayorderapi/getresultupdateordershippingasync
func (c *Client) GetResultUpdateOrderShippingAsync(
	ctx context.Context, requestID string,
) (ShippingResultResponse, error) {
	call := transport.Call{Operation: c.calls.Row("getResultUpdateOrderShippingAsync")}
	if strings.TrimSpace(requestID) == "" {
		return ShippingResultResponse{},
			c.calls.Refuse(call.Operation.Name, call.Order, errors.New("requestId is required"))
	}
	var out ShippingResultResponse
	call.Accept = func(*transport.Response) error {
		for i, r := range out.ResultShippingModelList {
			// without a number it says that there is no result
			if r.OrderNumber == "" && len(r.MessageModelList) == 0 {
				return fmt.Errorf(
					"ResultShippingModelList[%d] has neither an order number nor a message", i)
			}
		}
		return nil
	}
	reply, err := c.send(ctx, call, struct {
		RequestID string `json:"requestId"`
	}{requestID}, &out)
	out.Reply = reply
	return out, err
}

// asyncPatience is how long AwaitOrderShipping waits when ctx has no deadline.
const asyncPatience = 10 * time.Minute

// AwaitOrderShipping waits for the results of a report until ctx ends, or for ten minutes when ctx
// has no deadline. It polls at once, then at intervals that double from two seconds to thirty,
// within the quota. The error joins an *order.Error for each order that failed. When no results
// come in time, it is of class [order.ErrTemporary]. Safe to repeat with the same requestID, also
// in another process: that resumes an interrupted report.
func (c *Client) AwaitOrderShipping(
	ctx context.Context, requestID string,
) (ShippingResultResponse, error) {
	op := c.calls.Row("getResultUpdateOrderShippingAsync")
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, asyncPatience)
		defer cancel()
	}
	wait := 2 * time.Second
	for {
		out, err := c.GetResultUpdateOrderShippingAsync(ctx, requestID)
		if out.Ready() {
			return out, c.shippingFailures(op, out)
		}
		if err != nil && ctx.Err() == nil {
			return out, err
		}
		if err := pause.For(ctx, wait); err != nil {
			return out, &order.Error{Class: order.ErrTemporary, Mall: order.Rakuten, Shop: c.shop,
				Operation: op.Name, Err: err,
				Hint: order.Text{
					EN: "no result yet: ask again with the same request id, within 30 days",
					JA: "結果はまだ出ていません。30日以内に同じリクエストIDで照会し直してください"}}
		}
		wait = min(2*wait, 30*time.Second)
	}
}

// shippingFailures joins the errors of the orders of a report.
func (c *Client) shippingFailures(op transport.Operation, out ShippingResultResponse) error {
	var all []error
	for _, r := range out.ResultShippingModelList {
		for _, m := range r.MessageModelList {
			if m.MessageType == Failure {
				m.OrderNumber = r.OrderNumber
				all = append(all, c.failure(op, out.Reply, m))
			}
		}
	}
	return errors.Join(all...)
}
