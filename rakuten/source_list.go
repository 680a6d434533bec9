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

// List tells in which orderProgress each order stands: searchOrder for one orderProgress after another, a thousand numbers a call and
// one call at least for each of the nine. They are read in the order in which an order goes through them, so that one that moves
// on meanwhile comes twice rather than not at all. It implements order.Lister; an orderProgress that this package does not
// know is not listed.
func (c *Client) List(ctx context.Context, from, to time.Time) iter.Seq2[order.Row, error] {
	return func(yield func(order.Row, error) bool) {
		for _, p := range orderProgressNames {
			wanted, mark := []OrderProgress{p.value}, mark(p.value)
			plan := c.plan(order.Query{})
			plan.Search = func(ctx context.Context, s walk.Step) (walk.Page, error) {
				page, err := c.page(ctx, s, wanted)
				page.Orders = make([]order.Order, len(page.Refs)) // rows that are looked at no further
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

// Mark is the order's orderProgress as List tells it; empty for an order without its Raw.
func (c *Client) Mark(o order.Order) string {
	w, ok := Raw(o)
	if !ok {
		return ""
	}
	return mark(w.OrderProgress)
}

func mark(p OrderProgress) string { return strconv.FormatInt(int64(p), 10) }
