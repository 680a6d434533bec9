package yahoo

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"time"

	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

var _ order.Source = (*Client)(nil)

// Orders yields the orders placed in a window, oldest first: orderList in pages of up to 2,000 rows, then orderInfo for each order
// that Query.Known does not know and whose status was asked for, one a second. The mall cannot search by the last update
// (ByUpdated is refused); changes are found by reading a window again and comparing revisions.
//
// A window that holds more than one page is halved, so each page is a whole answer of its own and orders that come or go between
// two calls cannot push others off it. Orders on fraud hold and those that the buyer may still cancel are included and flagged.
// The mall searches nothing by status here, since an order that changes while the list is read would be missed. Known is not
// asked with a list row for Query.IDs: there is none.
func (c *Client) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return func(yield func(order.Order, error) bool) {
		walk.Orders(ctx, q, c.plan(q))(yield) // a plan remembers the page it is at, so each iteration has its own
	}
}

// Order reads one order by its number.
func (c *Client) Order(ctx context.Context, id string) (order.Order, error) {
	return walk.One(ctx, id, c.plan(order.Query{}))
}

func (c *Client) plan(q order.Query) walk.Plan {
	r := reading{c: c, listed: make(map[string]listed), seen: make(map[string]bool)}
	list, _ := c.calls.Operation(orderList)
	return walk.Plan{
		Mall: order.Yahoo, Shop: c.shop, Operation: orderList, Fetch: orderInfo,
		Grain: time.Second, MaxTotal: MaxPage, Search: r.search, Detail: r.detail, Probe: r.c.Check, Batch: 1,
		Paged: func(ctx context.Context, rows int, start time.Time) { c.calls.Page(ctx, list, rows, start) },
		Check: func(order.Query) error {
			for i, id := range q.IDs {
				if err := checkID(id); err != nil {
					return errors.New("IDs[" + strconv.Itoa(i) + "]: " + err.Error())
				}
			}
			return nil
		},
	}
}

// reading is what one iteration remembers of the page it is at.
type reading struct {
	c      *Client
	listed map[string]listed // by order number
	seen   map[string]bool   // the rows of this window, from its first page on
}

// listed is what a row of the list told of an order's state.
type listed struct {
	revision string
	updated  DateTime
}

// older tells whether an order was read in a state from before its row: the two operations need not be equally fresh.
func (l listed) older(w *OrderInfo) bool {
	row, told := l.updated.Time()
	info, said := w.LastUpdateTime.Time()
	return told && said && info.Before(row)
}

// search reads a page. The step's token is the index of its first row, counted by the rows that came, since the mall may give
// fewer than asked for.
func (r *reading) search(ctx context.Context, s walk.Step) (walk.Page, error) {
	start := 1
	if s.Token != "" {
		start, _ = strconv.Atoi(s.Token) // our own
	}
	doc, err := r.c.OrderList(ctx, OrderListRequest{
		Condition: Condition{
			OrderTimeFrom: s.Window.From, OrderTimeTo: s.Window.To.Add(-time.Second), // both inclusive, in seconds
			ReadOnlyMode: ReadAll, FraudHoldDisplayType: "1",
		},
		Result: MaxPage, Start: start, Sort: OldestFirst,
	})
	if err != nil {
		return walk.Page{}, err
	}
	clear(r.listed)
	if start == 1 {
		clear(r.seen)
	}
	page := walk.Page{Total: int(*doc.TotalCount)}
	// A row that lacks a part of its status leaves the choice to the whole order.
	whole := !r.c.withdrawn.touches(orderList, statusFields...)
	for i := range doc.Orders {
		row := &doc.Orders[i]
		r.seen[row.OrderID] = true
		if whole && !s.Query.Wants(statusOf(row.state(), r.c.convert.Statuses)) && row.OrderID != "" {
			continue
		}
		revision := revisionOfRow(row)
		r.listed[row.OrderID] = listed{revision, row.LastUpdateTime}
		page.Refs = append(page.Refs, order.Ref{ID: row.OrderID, Revision: revision})
	}
	if next := start + len(doc.Orders); len(doc.Orders) > 0 && next <= page.Total {
		page.More, page.Next = true, strconv.Itoa(next)
	} else if len(r.seen) < page.Total && page.Total <= MaxPage { // a longer list is not read to its end, see plan
		return walk.Page{}, &order.Error{Class: order.ErrTemporary, Mall: order.Yahoo, Shop: r.c.shop, Operation: orderList,
			Err:  fmt.Errorf("%d rows, where the mall counts %d", len(r.seen), page.Total),
			Hint: "orders of this window are missing in the list; read it again"}
	}
	return page, nil
}

// detail reads one order. It goes under its row's revision, which Query.Known was asked with; one that is older than its row keeps its
// own, so that it is not taken for what the row told, and is read again.
func (r *reading) detail(ctx context.Context, ids []string) ([]order.Order, error) {
	doc, err := r.c.OrderInfo(ctx, OrderInfoRequest{OrderID: ids[0]})
	if err != nil {
		return nil, err
	}
	o := Convert(&doc.Order, r.c.convert)
	if row, ok := r.listed[o.ID]; ok && !row.older(&doc.Order) {
		o.Revision = row.revision
	}
	o.Problems = append(o.Problems, doc.Reply.Problems...)
	return []order.Order{o.WithNative(&doc.Order, doc.Reply.Body)}, nil
}
