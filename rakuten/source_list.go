package rakuten

import (
	"context"
	"iter"
	"strconv"
	"time"

	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

var _ order.Lister = (*Client)(nil)

// List yields the orderProgress of each order. It implements [order.Lister]. It calls searchOrder
// for one orderProgress after another, 1,000 numbers a call, with at least one call for each of the
// nine. They are read in the order in which an order passes through them, so that an order that
// moves on meanwhile is listed twice and not missed. An unknown orderProgress is not listed.
func (c *Client) List(ctx context.Context, from, to time.Time) iter.Seq2[order.Row, error] {
	return func(yield func(order.Row, error) bool) {
		for _, p := range orderProgressNames {
			wanted, mark := []OrderProgress{p.value}, mark(p.value)
			plan := c.plan(order.Query{})
			plan.Search = func(ctx context.Context, s walk.Step) (walk.Page, error) {
				page, err := c.page(ctx, s, wanted)
				// rows that are looked at no further
				page.Orders = make([]order.Order, len(page.Refs))
				for i, r := range page.Refs {
					page.Orders[i].ID = r.ID
				}
				page.Refs = nil
				return page, err
			}
			for o, err := range walk.Orders(ctx, order.Query{From: from, To: to}, plan) {
				if err != nil {
					yield(order.Row{}, err)
					return
				}
				if !yield(order.Row{ID: o.ID, Mark: mark}, nil) {
					return
				}
			}
		}
	}
}

// Mark returns the order's orderProgress as List yields it, or "" for an order that was not read by
// this package. It implements [order.Lister].
func (c *Client) Mark(o order.Order) string {
	w, ok := Raw(o)
	if !ok {
		return ""
	}
	return mark(w.OrderProgress)
}

func mark(p OrderProgress) string { return strconv.FormatInt(int64(p), 10) }
