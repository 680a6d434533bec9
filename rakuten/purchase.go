package rakuten

import (
	"context"

	"github.com/jpmall/jpmall/internal/transport"
)

// GetOrderItem (購入商品API, getOrderItem) reads orders of the last 730 days without personal data: OrdererModel holds the prefecture alone,
// there are no recipients, no remarks, no memo and no details of cards and coupons. Convert marks such an order NoPersonalData.
// More than 100 numbers become several calls.
//
// Read: harmless to repeat. Page: …/purchaseitemapi/getorderitem
func (c *Client) GetOrderItem(ctx context.Context, orderNumbers []string) (GetOrderResponse, error) {
	call := transport.Call{Operation: c.operation("getOrderItem")}
	var v validation
	numbers(v.wrong.Fields(), orderNumbers)
	if err := v.wrong.Err(); err != nil {
		return GetOrderResponse{}, c.calls.Refuse(call.Operation.Name, call.Order, err)
	}
	return c.readOrders(ctx, call, orderNumbers, func(batch []string) any {
		return struct {
			OrderNumberList []string `json:"orderNumberList"`
		}{batch}
	})
}
