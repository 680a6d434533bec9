package rakuten

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jpmall/jpmall/internal/transport"
)

// ConfirmOrder (注文確認) accepts orders in 注文確認待ち (100). More than 100 numbers become several calls; what single orders failed with
// is joined in the error. The message that names an order proves that it was confirmed; an order without one may or may not be.
//
// Idempotent: confirming twice changes nothing, the second time is refused with ERROR_103. Page: …/rakutenpayorderapi/confirmorder
func (c *Client) ConfirmOrder(ctx context.Context, orderNumbers []string) (UpdateResponse, error) {
	var v validation
	numbers(v.wrong.Fields(), orderNumbers)
	return c.batches(ctx, "confirmOrder", orderNumbers, &v, func(batch []string) any {
		return struct {
			OrderNumberList []string `json:"orderNumberList"`
		}{batch}
	})
}

// UpdateOrderSubStatus (サブステータス情報更新) sets the sub-status of orders that are not cancelled; Clear takes it away. The sub-status
// must belong to the orders' orderProgress, see GetSubStatusList. More than 100 numbers become several calls; what single orders
// failed with is joined in the error.
//
// Idempotent. Page: …/rakutenpayorderapi/updateordersubstatus
func (c *Client) UpdateOrderSubStatus(ctx context.Context, subStatusID Change[int64], orderNumbers []string) (UpdateResponse, error) {
	var v validation
	numbers(v.wrong.Fields(), orderNumbers)
	if subStatusID.IsZero() || subStatusID.byMistake() {
		v.top().wrong.Add("subStatusId", "is required: Set an id or Clear it")
	}
	return c.batches(ctx, "updateOrderSubStatus", orderNumbers, &v, func(batch []string) any {
		return struct {
			SubStatusID     Change[int64] `json:"subStatusId"` // both fields are required, null is a value
			OrderNumberList []string      `json:"orderNumberList"`
		}{subStatusID, batch}
	})
}

// batches makes one call for every 100 orders and one result of all. A failure of a whole call ends it: the orders behind it
// were not sent.
func (c *Client) batches(ctx context.Context, operation string, orderNumbers []string, v *validation,
	request func(batch []string) any) (UpdateResponse, error) {
	call := transport.Call{Operation: c.operation(operation)}
	if err := v.wrong.Err(); err != nil {
		return UpdateResponse{}, c.calls.Refuse(call.Operation.Name, call.Order, err)
	}
	all := UpdateResponse{Warnings: v.warnings()}
	var failed []error
	for batch := range slices.Chunk(orderNumbers, call.Operation.Batch) {
		part, err := c.update(ctx, call, request(batch), v, batch...)
		all.MessageModelList = append(all.MessageModelList, part.MessageModelList...)
		all.Reply = part.Reply
		if err != nil {
			failed = append(failed, err)
		}
		if err != nil && len(part.MessageModelList) == 0 {
			break
		}
	}
	return all, errors.Join(failed...)
}

// GetSubStatusListResponse lists the shop's sub-statuses.
type GetSubStatusListResponse struct {
	MessageModelList []MessageModel `json:"MessageModelList"`
	StatusModelList  []StatusModel  `json:"StatusModelList"`
	Reply            Reply          `json:"-"`
}

// StatusModel is one orderProgress with the sub-statuses that belong to it.
type StatusModel struct {
	OrderProgress      OrderProgress    `json:"orderProgress"`
	SubStatusModelList []SubStatusModel `json:"SubStatusModelList"`
}

// SubStatusModel (サブステータス) is one of the shop's own statuses.
type SubStatusModel struct {
	SubStatusID   int64  `json:"subStatusId"`
	SubStatusName string `json:"subStatusName"`
	Orderby       *int64 `json:"orderby"` // Rakuten's spelling
}

// GetSubStatusList (サブステータス情報取得) lists the shop's sub-statuses.
//
// Read: harmless to repeat. Page: …/rakutenpayorderapi/getsubstatuslist
func (c *Client) GetSubStatusList(ctx context.Context) (GetSubStatusListResponse, error) {
	call := transport.Call{Operation: c.operation("getSubStatusList")}
	var out GetSubStatusListResponse
	call.Accept = func(*transport.Response) error { return out.named() }
	reply, err := c.send(ctx, call, struct{}{}, &out)
	out.Reply = reply
	return out, c.outcome(call, reply, out.MessageModelList, err)
}

// named refuses rows that do not say which status they are.
func (r *GetSubStatusListResponse) named() error {
	for i, status := range r.StatusModelList {
		if status.OrderProgress == 0 {
			return fmt.Errorf("StatusModelList[%d] has no orderProgress", i)
		}
		for j, sub := range status.SubStatusModelList {
			if sub.SubStatusID == 0 {
				return fmt.Errorf("StatusModelList[%d].SubStatusModelList[%d] has no subStatusId", i, j)
			}
		}
	}
	return nil
}
