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

// Orders reads the orders of a window, up to 1000 a call. It implements [order.Source]. The mall
// searches by day, so rows outside the window are dropped here. It has no search by last change:
// [order.ByUpdated] is refused, see OrdersBy for windows by other dates.
//
// The mall documents no order of rows and returns no reliable total. Pages are read until one is
// not full. They overlap, so that rows that move between two calls are noticed, and an order that
// comes twice is yielded once. A row is a whole order, so Query.Known saves the caller work, but no
// call. A query by numbers makes one call per order. Safe to repeat.
func (c *Client) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return c.walk(ctx, q, SearchRequest{}, c.plan())
}

// Order reads one order by its number. It implements [order.Source]. Safe to repeat.
func (c *Client) Order(ctx context.Context, id string) (order.Order, error) {
	return walk.One(ctx, id, c.plan())
}

// OrdersBy reads the orders of a search of any number of pages, days and statuses. Longer periods
// are read in windows of 31 days; TotalCount and StartCount must be zero. More than two statuses
// are filtered here, since an order that changes its status between two calls would be missed.
// Errors are those of [order.Source]. Safe to repeat.
//
// The mall has no search by last change. Instead, read the last days again [ByOrderDate], and
// [ByShippingDate] for what was shipped late, and compare revisions.
func (c *Client) OrdersBy(ctx context.Context, r SearchRequest) iter.Seq2[order.Order, error] {
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
	// ByUpdated, because the window need not be about Placed: the mall decides what is in it.
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

func (c *Client) walk(
	ctx context.Context, q order.Query, r SearchRequest, plan walk.Plan,
) iter.Seq2[order.Order, error] {
	return func(yield func(order.Order, error) bool) {
		// reading remembers its page, so each iteration has its own
		reading := reading{c: c, request: r}
		plan := plan
		plan.Search = reading.page
		walk.Orders(ctx, q, plan)(yield)
	}
}

func (c *Client) plan() walk.Plan {
	list := c.calls.Row(opList)
	return walk.Plan{
		Mall: order.AuPay, Shop: c.shop, Operation: opList, Fetch: opGet,
		MaxWindow: maxDays * 24 * time.Hour, Grain: 24 * time.Hour,
		Detail: c.detail, Probe: c.Check, Batch: 1,
		Paged: func(ctx context.Context, rows int, start time.Time) {
			c.calls.Page(ctx, list, rows, start)
		},
	}
}

// overlap is how many rows of a page are read again with the next one. The last row of the page
// must come back at the expected place.
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

// page reads one page of whole orders. The step's token is the index of its first row.
func (r *reading) page(ctx context.Context, s walk.Step) (walk.Page, error) {
	if s.Window != r.window {
		r.window, r.moved = s.Window, 0
	}
	req := r.request
	req.StartDate = order.DateOf(s.Window.From)
	req.EndDate = order.DateOf(s.Window.To.Add(-time.Second))
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
	// A full page may be the last one. resultCount, by some sources the total, can only add a call,
	// never end the reading.
	if rows >= maxPage || rows > 0 && answer.ResultCount > int64(before+rows) {
		again := min(overlap, rows-1)
		r.last, r.at = answer.Orders[rows-1].OrderID, again-1
		page.More, page.Next = true, strconv.Itoa(before+rows+1-again)
	}
	return page, nil
}

// steady looks for the last row of the previous page. If it is where it should be, no row before it
// has come, gone or changed places. If not, orders may have been missed: the window is read again,
// without what was seen. A busy shop's list may never be stable; after maxMoved times it is enough
// that the pages still touch.
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
	return &order.Error{Class: class, Mall: order.AuPay, Shop: r.c.shop, Operation: opList,
		Err: errors.New(text),
		Hint: order.Text{EN: "orders after this point were not read; read the window again",
			JA: "これより後の受注は読み込んでいません。同じ期間をもう一度読み込んでください"}}
}
