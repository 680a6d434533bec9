package rakuten

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
)

// The versions of getOrder. 1 and 2 are refused nowadays; the older of the others will be retired, no date is known.
const (
	oldestVersion = 3
	newestVersion = 10
)

// GetOrderRequest names the orders to read.
type GetOrderRequest struct {
	OrderNumberList []string `json:"orderNumberList"`
	Version         int64    `json:"version"` // 3 to 10; 0 is 10, which OrderModel is made for
}

// GetOrderResponse holds orders in any order; a number that Rakuten does not know is simply missing, and named by an error.
type GetOrderResponse struct {
	Version          int64          `json:"version"` // echoed since version 6
	MessageModelList []MessageModel `json:"MessageModelList"`
	OrderModelList   []OrderModel   `json:"OrderModelList"`
	Reply            Reply          `json:"-"` // of the last call; its Problems are of all
}

// GetOrder (注文情報取得) reads orders of the last 730 days by number. More than 100 numbers become several calls. What single orders
// failed with is joined in the error; the response holds the others.
//
// Read: harmless to repeat. Page: …/rakutenpayorderapi/getorder
func (c *Client) GetOrder(ctx context.Context, in GetOrderRequest) (GetOrderResponse, error) {
	if in.Version == 0 {
		in.Version = newestVersion
	}
	op := c.operation("getOrder")
	call := transport.Call{Operation: op}
	var report check.Report
	f := report.Fields()
	f.Range("version", in.Version, oldestVersion, newestVersion)
	numbers(f, in.OrderNumberList)
	if err := report.Err(); err != nil {
		return GetOrderResponse{}, c.calls.Refuse(call.Operation.Name, call.Order, err)
	}
	if len(in.OrderNumberList) == 1 {
		call.Order = in.OrderNumberList[0]
	}
	return c.readOrders(ctx, call, in.OrderNumberList, func(batch []string) any {
		return GetOrderRequest{OrderNumberList: batch, Version: in.Version}
	})
}

// readOrders makes one call for every 100 orders. A failure of a whole call ends it.
func (c *Client) readOrders(ctx context.Context, call transport.Call, orderNumbers []string,
	request func(batch []string) any) (GetOrderResponse, error) {
	var all GetOrderResponse
	var failed []error
	for batch := range slices.Chunk(orderNumbers, call.Operation.Batch) {
		var part GetOrderResponse
		call.Accept = func(*transport.Response) error { return part.counted() }
		reply, err := c.send(ctx, call, request(batch), &part)
		err = c.outcome(call, reply, part.MessageModelList, err)
		if err == nil || len(part.OrderModelList) > 0 {
			err = errors.Join(err, c.unanswered(call.Operation.Name, batch, &part, reply, err))
		}
		reply.Problems = append(all.Reply.Problems, wire.Shift(reply.Problems, orderList, len(all.OrderModelList))...)
		all.Reply, all.Version = reply, part.Version
		all.MessageModelList = append(all.MessageModelList, part.MessageModelList...)
		all.OrderModelList = append(all.OrderModelList, part.OrderModelList...)
		if err != nil {
			failed = append(failed, err)
			if len(part.OrderModelList) == 0 {
				break
			}
		}
	}
	return all, errors.Join(failed...)
}

// found is the count in the message of a getOrder that went well: 受注情報取得に成功しました。(取得件数2件).
var found = regexp.MustCompile(`取得件数\s*([0-9]{1,6})\s*件`)

// counted compares the orders with the count that the message tells, where it tells one.
func (r *GetOrderResponse) counted() error {
	for _, m := range r.MessageModelList {
		if told := found.FindStringSubmatch(m.Message); told != nil && m.MessageType == Info && told[1] != strconv.Itoa(len(r.OrderModelList)) {
			return fmt.Errorf("the message counts %s orders, the list holds %d", told[1], len(r.OrderModelList))
		}
	}
	for i := range r.OrderModelList {
		if r.OrderModelList[i].OrderNumber == "" {
			return fmt.Errorf("OrderModelList[%d] has no order number", i)
		}
	}
	return nil
}

// unanswered is an error for each number that was asked for and is neither in the list nor in a message, and for each order that was
// not asked for.
func (c *Client) unanswered(operation string, asked []string, r *GetOrderResponse, reply Reply, err error) error {
	seen := make(map[string]bool, len(asked))
	var failed []error
	for i := range r.OrderModelList {
		number := r.OrderModelList[i].OrderNumber
		seen[number] = true
		if !slices.Contains(asked, number) {
			failed = append(failed, c.calls.Undecodable(operation, number, transport.Response{Status: reply.Status, RequestID: reply.RequestID,
				Attempts: reply.Attempts}, errors.New("the mall answered with an order that was not asked for")))
		}
	}
	for _, m := range r.MessageModelList {
		seen[m.OrderNumber] = true
	}
	for _, number := range asked {
		if !seen[number] && about(err, number) == nil {
			failed = append(failed, c.calls.Missing(operation, number))
		}
	}
	return errors.Join(failed...)
}

// numbers checks a list of order numbers of any length.
func numbers(f check.Fields, list []string) {
	if len(list) == 0 {
		f.Add("orderNumberList", "is empty")
	}
	for i, n := range list {
		f := f.Item("orderNumberList", i)
		f.Required("", n)
		f.Bytes("", n, 382)
	}
	f.Unique("orderNumberList", list)
}
