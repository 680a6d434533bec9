package aupay

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strconv"
	"time"

	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

var _ order.Source = (*Client)(nil)

// Orders reads the orders of a window, up to 1000 a call; it implements order.Source. The mall searches by days, so rows outside the
// window are left out here. It has no filter by the last change (order.ByUpdated is refused; see SearchOrders for windows by
// other dates), no order of rows and no total that can be relied on: pages are read until one is not full, they overlap so that
// rows that move between two calls are noticed, and a row that comes twice is yielded once. A row is a whole order: Query.Known
// saves no call, but the caller's work. A query by numbers makes one call for each.
func (c *Client) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return c.walk(ctx, q, SearchRequest{}, c.plan())
}

// Order reads one order; it implements order.Source.
func (c *Client) Order(ctx context.Context, id string) (order.Order, error) {
	return walk.One(ctx, id, c.plan())
}

// SearchOrders reads the orders of a search with any number of pages, days and statuses: longer periods are read in windows of 31 days,
// TotalCount and StartCount are left to it, and more than two statuses are picked out here, since an order that moves from one to
// another between two calls would be missed. It stands in for the search by the last change that the mall lacks: read the last
// days ByOrderDate again and again, and the last days ByShippingDate for what was shipped late, and compare revisions. Errors
// are those of order.Source.
func (c *Client) SearchOrders(ctx context.Context, r SearchRequest) iter.Seq2[order.Order, error] {
	refused := r.checkWhole()
	wanted := func(OrderStatus) bool { return true }
	if len(r.Statuses) > maxStatuses {
		set := make(map[OrderStatus]bool, len(r.Statuses))
		for _, s := range r.Statuses {
			set[s] = true
		}
		wanted, r.Statuses = func(s OrderStatus) bool { return set[s] }, nil
	}
	plan := c.plan()
	// ByUpdated, because the window is not about Placed: what the mall counts into it is in it.
	plan.ByUpdated = true
	q := order.Query{By: order.ByUpdated, From: r.StartDate.Time(), To: r.EndDate.AddDays(1).Time()}
	return func(yield func(order.Order, error) bool) {
		if refused != nil {
			yield(order.Order{}, c.calls.Refuse(opList, "", refused))
			return
		}
		for o, err := range c.walk(ctx, q, r, plan) {
			if err == nil && !wanted(OrderStatus(o.MallStatus)) {
				continue
			}
			if !yield(o, err) {
				return
			}
		}
	}
}

func (c *Client) walk(ctx context.Context, q order.Query, r SearchRequest, plan walk.Plan) iter.Seq2[order.Order, error] {
	return func(yield func(order.Order, error) bool) {
		reading := reading{c: c, request: r} // remembers the page it is at, so each iteration has its own
		plan := plan
		plan.Search = reading.page
		walk.Orders(ctx, q, plan)(yield)
	}
}

func (c *Client) plan() walk.Plan {
	list := c.operation(opList)
	return walk.Plan{
		Mall: order.AuPay, Shop: c.shop, Operation: opList, Fetch: opGet,
		MaxWindow: maxDays * 24 * time.Hour, Grain: 24 * time.Hour,
		Detail: c.detail, Probe: c.Check, Batch: 1,
		Paged: func(ctx context.Context, rows int, start time.Time) { c.calls.Page(ctx, list, rows, start) },
	}
}

// overlap is how many rows of a page are read again with the next one. The last of them must come back where it stood.
const overlap = 20

// maxMoved is how often a window is read again because its rows moved.
const maxMoved = 2

// reading is what one iteration remembers of the page it is at.
type reading struct {
	c       *Client
	request SearchRequest // but for days and page
	window  walk.Window
	last    string // number of the last row of the page before
	at      int    // where it should come back on this one
	moved   int    // how often rows have moved in this window
}

// page reads one page of whole orders. The step's token is the index of its first row, counted by the rows that came.
func (r *reading) page(ctx context.Context, s walk.Step) (walk.Page, error) {
	if s.Window != r.window {
		r.window, r.moved = s.Window, 0
	}
	req := r.request
	req.StartDate, req.EndDate = order.DateOf(s.Window.From), order.DateOf(s.Window.To.Add(-time.Second))
	req.TotalCount, req.StartCount = maxPage, 1
	if s.Token != "" {
		req.StartCount, _ = strconv.Atoi(s.Token) // our own
	}
	answer, err := r.c.SearchTradeInfoList(ctx, req)
	if err != nil {
		return walk.Page{}, err
	}
	rows := len(answer.Orders)
	before := req.StartCount - 1
	if s.Token != "" {
		if err := r.steady(answer.Orders); err != nil {
			return walk.Page{}, err
		}
	}
	page := walk.Page{Orders: r.c.rows(&answer)}
	// A full page may be the last one. resultCount, which some sources take for the total, can only add a call, never end the reading.
	if rows >= maxPage || rows > 0 && answer.ResultCount > int64(before+rows) {
		again := min(overlap, rows-1)
		r.last, r.at = answer.Orders[rows-1].OrderID, again-1
		page.More, page.Next = true, strconv.Itoa(before+rows+1-again)
	}
	return page, nil
}

// steady looks for the last row of the page before. Where it stood still, no row before it has come, gone or changed places. Where
// it did not, orders may have slipped past, so the window is read again, what was seen being left out. A busy shop's list may
// never stand still: then it is enough that the pages still touch.
func (r *reading) steady(rows []OrderInfo) error {
	at := slices.IndexFunc(rows, func(w OrderInfo) bool { return w.OrderID == r.last })
	switch {
	case at == r.at:
		return nil
	case r.moved < maxMoved:
		r.moved++
		return walk.ErrTokenExpired
	case at < 0:
		return r.trouble(order.ErrTemporary, "the list kept changing while it was read")
	}
	return nil
}

func (r *reading) trouble(class order.Class, text string) error {
	return &order.Error{Class: class, Mall: order.AuPay, Shop: r.c.shop, Operation: opList, Err: errors.New(text),
		Hint: "orders after this point were not read; read the window again"}
}
