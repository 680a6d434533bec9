package rakuten

import "context"

// CancelRequest holds the parameters of CancelOrder and CancelOrderAfterShipping.
type CancelRequest struct {
	OrderNumber string `json:"orderNumber"`
	// 0 follows the item's own setting
	InventoryRestoreType RestoreInventory `json:"inventoryRestoreType"`
	// required; 16 is for Rakuten only
	ChangeReasonDetailApply ChangeReasonDetail `json:"changeReasonDetailApply"`
}

// CancelOrder (注文キャンセル) cancels an order in orderProgress 100, 200 or 300. According to a single
// source, an order with a 発送日 is refused until the date is deleted. A message of success only says
// that the request was accepted (依頼が完了しました); Cancel reads the order back.
//
// Not safe to repeat. Page: …/rakutenpayorderapi/cancelorder
func (c *Client) CancelOrder(ctx context.Context, in CancelRequest) (UpdateResponse, error) {
	return c.cancel(ctx, "cancelOrder", in)
}

// CancelOrderAfterShipping (注文キャンセル（発送後）) cancels an order in orderProgress 500, 600, 700 or 800
// for good: use it once the goods are back.
//
// No error means that Rakuten reports success for this order; nothing is read back.
// Not safe to repeat. Page: …/rakutenpayorderapi/cancelorderaftershipping
func (c *Client) CancelOrderAfterShipping(
	ctx context.Context, in CancelRequest,
) (UpdateResponse, error) {
	return c.cancel(ctx, "cancelOrderAfterShipping", in)
}

func (c *Client) cancel(
	ctx context.Context, operation string, in CancelRequest,
) (UpdateResponse, error) {
	var v validation
	p := v.top()
	p.number("orderNumber", in.OrderNumber)
	p.wrong.Range("inventoryRestoreType", int64(in.InventoryRestoreType), 0, 2)
	p.reason("changeReasonDetailApply", in.ChangeReasonDetailApply)
	return c.update(ctx, c.on(operation, in.OrderNumber), in, &v, in.OrderNumber)
}

// reason checks a reason that a shop may give.
func (p place) reason(field string, r ChangeReasonDetail) {
	switch {
	case r == 0:
		p.wrong.Add(field, "is required")
	case !r.Known() || r == ReasonNoAddress:
		p.wrong.Add(field, "is not a reason that a shop may give")
	}
}
