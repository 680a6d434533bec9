package rakuten

import "context"

// CancelRequest cancels an order.
type CancelRequest struct {
	OrderNumber             string             `json:"orderNumber"`
	InventoryRestoreType    RestoreInventory   `json:"inventoryRestoreType"`    // 0 is the item's own setting
	ChangeReasonDetailApply ChangeReasonDetail `json:"changeReasonDetailApply"` // required; 16 is Rakuten's alone
}

// CancelOrder (注文キャンセル) cancels an order in 100, 200 or 300. An order whose 発送日 is entered is refused: delete the date first. The
// message says that the request was taken (依頼が完了しました): Cancel reads the order back.
//
// Unsafe. Page: …/rakutenpayorderapi/cancelorder
func (c *Client) CancelOrder(ctx context.Context, in CancelRequest) (UpdateResponse, error) {
	return c.cancel(ctx, "cancelOrder", in)
}

// CancelOrderAfterShipping (注文キャンセル（発送後）) cancels an order in 500, 600, 700 or 800, for good: use it once the goods are back.
//
// Unsafe. Page: …/rakutenpayorderapi/cancelorderaftershipping
func (c *Client) CancelOrderAfterShipping(ctx context.Context, in CancelRequest) (UpdateResponse, error) {
	return c.cancel(ctx, "cancelOrderAfterShipping", in)
}

func (c *Client) cancel(ctx context.Context, operation string, in CancelRequest) (UpdateResponse, error) {
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
