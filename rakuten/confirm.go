package rakuten

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jpmall/jpmall/internal/transport"
)

// ConfirmOrder (注文確認) accepts orders in 注文確認待ち (100). A message of success proves that the order it
// names was confirmed; an order without a message may or may not be. Errors of single orders are
// joined.
//
// More than 100 numbers become several calls. Safe to repeat: a confirmed order is refused with
// ERROR_103. Page: …/rakutenpayorderapi/confirmorder
func (c *Client) ConfirmOrder(ctx context.Context, orderNumbers []string) (UpdateResponse, error) {
	var v validation
	numbers(v.wrong.Fields(), orderNumbers)
	return c.batches(ctx, "confirmOrder", orderNumbers, &v, func(batch []string) any {
		return struct {
			OrderNumberList []string `json:"orderNumberList"`
		}{batch}
	})
}

// UpdateOrderSubStatus (サブステータス情報更新) sets the sub-status of orders that are not cancelled; Clear
// removes it. The sub-status must belong to the orders' orderProgress, see GetSubStatusList. Errors
// of single orders are joined.
//
// More than 100 numbers become several calls. No error means that Rakuten reports success for each
// order; nothing is read back. Safe to repeat: it sets a whole value. Page:
// …/rakutenpayorderapi/updateordersubstatus
func (c *Client) UpdateOrderSubStatus(
	ctx context.Context, subStatusID Change[int64], orderNumbers []string,
) (UpdateResponse, error) {
	var v validation
	numbers(v.wrong.Fields(), orderNumbers)
	if subStatusID.IsZero() || subStatusID.byMistake() {
		v.top().wrong.Add("subStatusId", "is required: Set an id or Clear it")
	}
	return c.batches(ctx, "updateOrderSubStatus", orderNumbers, &v, func(batch []string) any {
		return struct {
			// both fields are required, null is a value
			SubStatusID     Change[int64] `json:"subStatusId"`
			OrderNumberList []string      `json:"orderNumberList"`
		}{subStatusID, batch}
	})
}

// batches makes one call for every 100 orders and joins the results. A failure of a whole call ends
// it: the orders after it are not sent.
func (c *Client) batches(ctx context.Context, operation string, orderNumbers []string,
	v *validation,
	request func(batch []string) any) (UpdateResponse, error) {
	call := transport.Call{Operation: c.calls.Row(operation)}
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

// GetSubStatusListResponse is the answer to GetSubStatusList.
type GetSubStatusListResponse struct {
	MessageModelList []MessageModel `json:"MessageModelList"`
	StatusModelList  []StatusModel  `json:"StatusModelList"`
	Reply            Reply          `json:"-"`
}

// StatusModel is one orderProgress with its sub-statuses.
type StatusModel struct {
	OrderProgress      OrderProgress    `json:"orderProgress"`
	SubStatusModelList []SubStatusModel `json:"SubStatusModelList"`
}

// SubStatusModel (サブステータス) is a status defined by the shop.
type SubStatusModel struct {
	SubStatusID   int64  `json:"subStatusId"`
	SubStatusName string `json:"subStatusName"`
	Orderby       *int64 `json:"orderby"` // Rakuten's spelling
}

// GetSubStatusList (サブステータス情報取得) lists the shop's sub-statuses.
//
// Safe to repeat. Page: …/rakutenpayorderapi/getsubstatuslist
func (c *Client) GetSubStatusList(ctx context.Context) (GetSubStatusListResponse, error) {
	call := transport.Call{Operation: c.calls.Row("getSubStatusList")}
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
				return fmt.Errorf("StatusModelList[%d].SubStatusModelList[%d] has no subStatusId",
					i, j)
			}
		}
	}
	return nil
}
