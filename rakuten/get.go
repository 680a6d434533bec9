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

// The versions of getOrder. 1 and 2 are refused; the older of the others will be retired, on no
// known date.
const (
	oldestVersion = 3
	newestVersion = 10
)

// GetOrderRequest holds the parameters of GetOrder.
type GetOrderRequest struct {
	OrderNumberList []string `json:"orderNumberList"`
	Version         int64    `json:"version"` // 3 to 10; 0 is 10, the version of OrderModel
}

// GetOrderResponse is the answer to GetOrder and GetOrderItem, with the orders in any order. A
// number that Rakuten does not know is missing, and an error names it.
type GetOrderResponse struct {
	Version          int64          `json:"version"` // echoed since version 6
	MessageModelList []MessageModel `json:"MessageModelList"`
	OrderModelList   []OrderModel   `json:"OrderModelList"`
	Reply            Reply          `json:"-"` // of the last call, with the Problems of all
}

// GetOrder (注文情報取得) reads orders of the last 730 days by number. Errors of single orders are
// joined; the response holds the other orders.
//
// More than 100 numbers become several calls. Safe to repeat. Page: …/rakutenpayorderapi/getorder
func (c *Client) GetOrder(ctx context.Context, in GetOrderRequest) (GetOrderResponse, error) {
	if in.Version == 0 {
		in.Version = newestVersion
	}
	op := c.calls.Row("getOrder")
	call := transport.Call{Operation: op, Asked: since(in.Version)}
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

// newer are the names of OrderModel that older versions of getOrder do not have.
var newer = map[string]int64{"socialGiftFlag": 10, "inputFlag": 10, "dropOffFlag": 9,
	"dropOffLocation": 9, "SkuModelList": 7, "defaultDeliveryCompanyCode": 4}

// since reports whether a version of getOrder has a name.
func since(version int64) func(string) bool {
	return func(name string) bool { return newer[name] <= version }
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
		reply.Problems = append(all.Reply.Problems,
			wire.Shift(reply.Problems, orderList, len(all.OrderModelList))...)
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

// found is the count in the message of a successful getOrder: 受注情報取得に成功しました。(取得件数2件).
var found = regexp.MustCompile(`取得件数\s*([0-9]{1,6})\s*件`)

// counted compares the orders with the count in the message, if there is one.
func (r *GetOrderResponse) counted() error {
	for _, m := range r.MessageModelList {
		if told := found.FindStringSubmatch(m.Message); told != nil && m.MessageType == Info &&
			told[1] != strconv.Itoa(len(r.OrderModelList)) {
			return fmt.Errorf("the message counts %s orders, the list holds %d", told[1],
				len(r.OrderModelList))
		}
	}
	for i := range r.OrderModelList {
		if r.OrderModelList[i].OrderNumber == "" {
			return fmt.Errorf("OrderModelList[%d] has no order number", i)
		}
	}
	return nil
}

// unanswered returns an error for each number that is neither in the list nor in a message, and for
// each order in the list that was not requested.
func (c *Client) unanswered(
	operation string, asked []string, r *GetOrderResponse, reply Reply, err error,
) error {
	seen := make(map[string]bool, len(asked))
	var failed []error
	for i := range r.OrderModelList {
		number := r.OrderModelList[i].OrderNumber
		seen[number] = true
		if !slices.Contains(asked, number) {
			failed = append(failed, c.calls.Undecodable(operation, number,
				transport.Response{Status: reply.Status, RequestID: reply.RequestID,
					Attempts: reply.Attempts}, errors.New(
					"the mall answered with an order that was not asked for")))
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
