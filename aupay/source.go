package aupay

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

var _ order.Source = (*Client)(nil)

// Orders reads the orders of a window, a page of up to 1000 at a time; it implements order.Source. The mall searches by days, so rows
// outside the window are left out here. It has no filter by the last change (order.ByUpdated is refused), no order of rows and no
// total that can be relied on: pages are read until one is not full, and a row that comes twice is yielded once. A query by
// numbers makes one call for each.
func (c *Client) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return walk.Orders(ctx, q, c.plan())
}

// Order reads one order; it implements order.Source.
func (c *Client) Order(ctx context.Context, id string) (order.Order, error) {
	return walk.One(ctx, id, c.plan())
}

func (c *Client) plan() walk.Plan {
	list, _ := c.calls.Operation(opList)
	return walk.Plan{
		Mall: order.AuPay, Shop: c.cfg.Shop, Operation: opList, Fetch: opGet,
		MaxWindow: maxDays * 24 * time.Hour, Grain: 24 * time.Hour,
		Search: c.searchPage, Detail: c.detail, Batch: 1,
		Paged: func(ctx context.Context, rows int, start time.Time) { c.calls.Page(ctx, list, rows, start) },
	}
}

func (c *Client) searchPage(ctx context.Context, step walk.Step) (walk.Page, error) {
	answer, err := c.SearchTradeInfoList(ctx, SearchRequest{
		StartDate: order.DateOf(step.Window.From), EndDate: order.DateOf(step.Window.To.Add(-time.Second)),
		TotalCount: maxPage, StartCount: step.Start(maxPage),
	})
	if err != nil {
		return walk.Page{}, err
	}
	// A full page may be the last one; resultCount cannot tell, since sources disagree on what it counts.
	page := walk.Page{More: len(answer.Orders) >= maxPage}
	for i := range answer.Orders {
		page.Orders = append(page.Orders, c.convert(&answer.Orders[i], answer.Reply, fmt.Sprintf("orderInfo[%d].", i)))
	}
	return page, nil
}

func (c *Client) detail(ctx context.Context, ids []string) ([]order.Order, error) {
	var orders []order.Order
	var failed []error
	for _, id := range ids {
		answer, err := c.SearchTradeInfo(ctx, id)
		if err != nil {
			if errors.Is(err, order.ErrNotFound) {
				failed = append(failed, err)
				continue
			}
			return orders, errors.Join(append(failed, err)...)
		}
		orders = append(orders, c.convert(answer.Order, answer.Reply, "orderInfo."))
	}
	return orders, errors.Join(failed...)
}

// convert makes an order of the row at path, with the problems of that row.
func (c *Client) convert(w *OrderInfo, reply Reply, path string) order.Order {
	o := Convert(w, ConvertOptions{Shop: c.cfg.Shop, Statuses: c.cfg.Statuses, Slots: c.slots})
	for _, p := range reply.Problems {
		if strings.HasPrefix(p.Field, path) {
			o.Problems = append(o.Problems, p)
		}
	}
	if c.cfg.KeepBody {
		o = o.WithNative(w, reply.Body)
	}
	return o
}
