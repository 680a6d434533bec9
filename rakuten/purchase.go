package rakuten

import (
	"context"
	"slices"

	"github.com/jpmall/jpmall/internal/transport"
)

// GetOrderItem (購入商品情報取得) reads orders of the last 730 days without personal data. [OrdererModel]
// holds only the prefecture; recipients, remarks, memo and details of cards and coupons are
// missing. Convert sets [order.NoPersonalData] on such an order.
//
// More than 100 numbers become several calls. Safe to repeat. Page: …/purchaseitemapi/getorderitem
func (c *Client) GetOrderItem(
	ctx context.Context, orderNumbers []string,
) (GetOrderResponse, error) {
	call := transport.Call{Operation: c.calls.Row("getOrderItem"), Asked: itemNamed}
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

// itemNames are the names that a reply of getOrderItem has for certain.
var itemNames = []string{"orderNumber", "orderProgress", "orderDatetime", "goodsPrice",
	"requestPrice", "totalPrice", "PackageModelList", "basketId", "ItemModelList", "itemDetailId",
	"itemName", "price", "units", "taxRate", "priceTaxIncl"}

func itemNamed(name string) bool { return slices.Contains(itemNames, name) }
