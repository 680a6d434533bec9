package rakuten

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// UpdateOrderShippingAsync (発送完了報告（非同期）) submits the shipping records of up to 100 orders, each at most once. What Rakuten refuses
// at once is in the error; what it accepts is worked on later, see GetResultUpdateOrderShippingAsync and AwaitOrderShipping.
// requestID is empty when nothing was accepted, or when the answer was lost. The id proves that the report is in the queue, and nothing
// more. ReportShipping does both.
//
// Unsafe when it adds a record, otherwise idempotent. Page: …/rakutenpayorderapi/updateordershippingasync
func (c *Client) UpdateOrderShippingAsync(ctx context.Context, orders []OrderShippingModel) (requestID string, out UpdateResponse, err error) {
	call := transport.Call{Operation: c.operation("updateOrderShippingAsync"), Retry: shippingRetry(orders...)}
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

// ShippingResult is what became of one order of an asynchronous report.
type ShippingResult struct {
	OrderNumber      string         `json:"orderNumber"` // empty: there is no result
	MessageModelList []MessageModel `json:"MessageModelList"`
}

// ShippingResultResponse is what became of an asynchronous report. It has no messages of its own.
type ShippingResultResponse struct {
	ResultShippingModelList []ShippingResult `json:"ResultShippingModelList"`
	Reply                   Reply            `json:"-"`
}

// Ready tells whether there are results. Without them the request is still being worked on, or its id is unknown, or older than
// 30 days: Rakuten does not tell these apart.
func (r ShippingResultResponse) Ready() bool {
	return slices.ContainsFunc(r.ResultShippingModelList, func(s ShippingResult) bool { return s.OrderNumber != "" })
}

// GetResultUpdateOrderShippingAsync (発送完了報告（非同期）結果確認) asks once for the results of a report; they are kept 30 days. Orders that
// failed are in the response, not in the error.
//
// Read: harmless to repeat. Page: …/rakutenpayorderapi/getresultupdateordershippingasync
func (c *Client) GetResultUpdateOrderShippingAsync(ctx context.Context, requestID string) (ShippingResultResponse, error) {
	call := transport.Call{Operation: c.operation("getResultUpdateOrderShippingAsync")}
	if strings.TrimSpace(requestID) == "" {
		return ShippingResultResponse{}, c.calls.Refuse(call.Operation.Name, call.Order, errors.New("requestId is required"))
	}
	var out ShippingResultResponse
	call.Accept = func(*transport.Response) error {
		for i, r := range out.ResultShippingModelList {
			if r.OrderNumber == "" && len(r.MessageModelList) == 0 { // without a number it says that there is no result
				return fmt.Errorf("ResultShippingModelList[%d] has neither an order number nor a message", i)
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

// asyncPatience is how long AwaitOrderShipping asks when ctx has no deadline.
const asyncPatience = 10 * time.Minute

// AwaitOrderShipping asks for the results of a report until they are there, more and more seldom (two seconds, doubling to half a
// minute) and within the quota, until ctx ends or for ten minutes when it has no end. It can be called again with the same
// requestID, also by another process: that is how an interrupted report is resumed. The error joins an *order.Error for each
// order that failed; results that did not come in time are an error of class order.ErrTemporary.
func (c *Client) AwaitOrderShipping(ctx context.Context, requestID string) (ShippingResultResponse, error) {
	op := c.operation("getResultUpdateOrderShippingAsync")
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
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return out, &order.Error{Class: order.ErrTemporary, Mall: order.Rakuten, Shop: c.shop, Operation: op.Name, Err: ctx.Err(),
				Hint: "no result yet: ask again with the same request id, within 30 days"}
		case <-timer.C:
		}
		wait = min(2*wait, 30*time.Second)
	}
}

// shippingFailures joins what the orders of a report failed with.
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

// ShippingReport is an asynchronous report of shipping. Its RequestIDs are worth storing before its end is known: with them
// AwaitOrderShipping resumes it.
type ShippingReport struct {
	RequestIDs []string                 // one for each 100 orders that were accepted
	Results    []ShippingResultResponse // in the same order
	Submitted  []UpdateResponse         // what the submissions answered
}

// ReportShipping reports shipping of any number of orders: it submits them in hundreds, calls accepted (which may be nil) with each
// request id as soon as there is one, and waits for the results. The error joins everything that failed, by order.
//
// Unsafe when it adds a record: after an error, resume with AwaitOrderShipping instead of repeating.
func (c *Client) ReportShipping(ctx context.Context, orders []OrderShippingModel, accepted func(requestID string)) (ShippingReport, error) {
	var report ShippingReport
	var failed []error
	for batch := range slices.Chunk(orders, c.operation("updateOrderShippingAsync").Batch) {
		id, out, err := c.UpdateOrderShippingAsync(ctx, batch)
		report.Submitted = append(report.Submitted, out)
		if err != nil {
			failed = append(failed, err)
		}
		if id != "" {
			report.RequestIDs = append(report.RequestIDs, id)
			if accepted != nil {
				accepted(id)
			}
		} else if err != nil && len(out.MessageModelList) == 0 {
			break // the call itself failed; so would the next
		}
	}
	for _, id := range report.RequestIDs {
		out, err := c.AwaitOrderShipping(ctx, id)
		report.Results = append(report.Results, out)
		if err != nil {
			failed = append(failed, err)
		}
	}
	return report, errors.Join(failed...)
}
