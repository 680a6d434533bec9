package yahoo

import (
	"context"
	"strings"

	"github.com/jpmall/jpmall/order"
)

// Annotate replaces the store's memo (社内メモ, Notes) of orders; an empty Memo clears it. It
// implements [order.Annotator]. At most 1,500 bytes. The mall's answer names no order, so the
// orders are read back at the end. The mall refuses a cancelled order, and so does a dry run, which
// reads the orders first. Safe to repeat.
func (c *Client) Annotate(
	ctx context.Context, list []order.Annotation, opts order.WriteOptions,
) ([]order.Result, error) {
	writes := make([]write, len(list))
	for i, e := range list {
		memo := e.Memo
		writes[i] = c.change(e.Order, nil, OrderChange{Notes: &memo},
			func(w *OrderInfo) bool { return same(w.Notes, memo) })
		writes[i].Blind = true // the mall itself refuses a cancelled order
		writes[i].Allow = func(_ *order.Result, now *OrderInfo) error {
			if cancelled(now) {
				return c.calls.Conflict(orderChange, e.Order,
					order.Text{EN: "the order is cancelled", JA: "キャンセル済みです"})
			}
			return nil
		}
	}
	return c.run(ctx, order.CanAnnotate, writes, opts)
}

// same compares texts without the white space around them and without regard to the kind of line
// break.
func same(a, b string) bool {
	tidy := func(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }
	return tidy(a) == tidy(b)
}
