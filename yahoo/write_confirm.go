package yahoo

import (
	"context"

	"github.com/jpmall/jpmall/order"
)

// Confirm marks orders as seen (IsSeen), which takes them out of 新規注文. It implements
// [order.Confirmer]. Each order is read first, one more call: one that is shipped, completed or
// cancelled is refused unless WriteOptions.AnyState. The mall's answer names no order, so the
// orders are read back at the end. Safe to repeat.
func (c *Client) Confirm(
	ctx context.Context, list []order.Confirmation, opts order.WriteOptions,
) ([]order.Result, error) {
	writes := make([]write, len(list))
	seen := true
	for i, e := range list {
		writes[i] = c.change(e.Order, nil, OrderChange{IsSeen: &seen},
			func(w *OrderInfo) bool { return w.IsSeen })
	}
	return c.run(ctx, order.CanConfirm, writes, opts)
}
