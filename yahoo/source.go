package yahoo

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"sync"
	"time"

	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

var _ order.Source = (*Client)(nil)

// Orders yields the orders placed in a window, oldest first. It implements [order.Source]. It reads
// orderList in pages of up to 2,000 rows, then orderInfo, one order a second, for each order that
// has a wanted status and is not known to Query.Known. The mall cannot search by last update
// (ByUpdated is refused): read a window again and compare revisions.
//
// After a full page, the window is read on from the time of the page's last row, so that orders
// which appear or disappear between two calls cannot push others off a page. Orders on fraud hold
// and those that the buyer may still cancel are included and flagged. Statuses are compared after
// the search, because a search by status would miss orders that change while the list is read. With
// Query.IDs there are no list rows: Known is called after the order was read.
//
// An order that was updated less than three seconds before it was read has a provisional revision,
// which a later list replaces: the mall writes LastUpdateTime in seconds, and a second update in the
// same second could not be seen otherwise. Such an order may come twice without a difference.
func (c *Client) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return func(yield func(order.Order, error) bool) {
		// a plan remembers the page it is at, so each iteration has its own
		walk.Orders(ctx, q, c.plan(q))(yield)
	}
}

// Order reads one order by its number.
func (c *Client) Order(ctx context.Context, id string) (order.Order, error) {
	return walk.One(ctx, id, c.plan(order.Query{}))
}

func (c *Client) plan(q order.Query) walk.Plan {
	r := reading{c: c, listed: make(map[string]listed), seen: make(map[string]bool)}
	list := c.calls.Row(orderList)
	return walk.Plan{
		Mall: order.Yahoo, Shop: c.shop, Operation: orderList, Fetch: orderInfo,
		Grain: time.Second, MaxTotal: MaxPage, Search: r.search, Detail: r.detail, Probe: r.c.Check,
		Batch: 1,
		Paged: func(ctx context.Context, rows int, start time.Time) {
			c.calls.Page(ctx, list, rows, start)
		},
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

// listed is an order's state by its list row.
type listed struct {
	revision string
	updated  DateTime
	readOnly bool
	status   order.Status // Unknown where the row lacks a part of it
}

// older reports whether an order was read in a state from before its row: the two operations need
// not be equally fresh.
func (l listed) older(w *OrderInfo) bool {
	row, told := l.updated.Time()
	info, said := w.LastUpdateTime.Time()
	return told && said && info.Before(row)
}

// differs reports whether an order was read in another state than its row. LastUpdateTime does not
// show all of it: the end of the buyer's ten minutes and a lifted fraud hold leave it as it is.
func (l listed) differs(w *OrderInfo, status order.Status) bool {
	return l.readOnly != w.IsReadOnly || l.status != order.Unknown && l.status != status
}

// doubts counts how often orders differed from their rows. It is safe for concurrent use.
type doubts struct {
	mu    sync.Mutex
	times map[order.Ref]int
}

// Such an order is read again a few times only, since the mall may write its two answers differently
// for good. After a restart it is counted anew.
const (
	mostDoubts  = 5
	doubtedRefs = 10_000 // orders remembered; all are forgotten when there are more
)

// again reports whether an order that differs from its row is to be read again.
func (d *doubts) again(ref order.Ref) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.times == nil || len(d.times) >= doubtedRefs {
		d.times = make(map[order.Ref]int)
	}
	d.times[ref]++
	return d.times[ref] < mostDoubts
}

// search reads a page. The step's token is the index of its first row, counted by the rows that
// came, since the mall may give fewer than asked for.
func (r *reading) search(ctx context.Context, s walk.Step) (walk.Page, error) {
	start := 1
	if s.Token != "" {
		start, _ = strconv.Atoi(s.Token) // our own
	}
	doc, err := r.c.OrderList(ctx, OrderListRequest{
		Condition: Condition{
			// both inclusive, in seconds
			OrderTimeFrom: s.Window.From, OrderTimeTo: s.Window.To.Add(-time.Second),
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
	page := walk.Page{Total: int(*doc.TotalCount), Until: until(doc.Orders)}
	// A row that lacks a part of its status leaves the choice to the whole order.
	whole := !r.c.withdrawn.touches(orderList, statusFields...)
	for i := range doc.Orders {
		row := &doc.Orders[i]
		r.seen[row.OrderID] = true
		status := order.Unknown
		if whole {
			status = statusOf(row.state(), r.c.convert.Statuses)
			if !s.Query.Wants(status) && row.OrderID != "" {
				continue
			}
		}
		updated, _ := row.LastUpdateTime.Time()
		revision := walk.Provisional(revisionOfRow(row), updated, doc.Reply.Header)
		r.listed[row.OrderID] = listed{revision, row.LastUpdateTime, row.IsReadOnly, status}
		page.Refs = append(page.Refs, order.Ref{ID: row.OrderID, Revision: revision})
	}
	if next := start + len(doc.Orders); len(doc.Orders) > 0 && next <= page.Total {
		page.More, page.Next = true, strconv.Itoa(next)
	} else if len(r.seen) < page.Total && page.Total <= MaxPage {
		// a longer list is not read to its end, see plan
		return walk.Page{}, &order.Error{Class: order.ErrTemporary, Mall: order.Yahoo,
			Shop: r.c.shop, Operation: orderList,
			Err: fmt.Errorf("%d rows, where the mall counts %d", len(r.seen), page.Total),
			Hint: order.Text{EN: "orders of this window are missing in the list; read it again",
				JA: "この期間の注文が一覧から抜けています。もう一度読み込んでください"}}
	}
	return page, nil
}

// until is the instant of the last row, if the rows come by their instants as they were asked for.
func until(rows []OrderRow) (last time.Time) {
	for i := range rows {
		at, told := rows[i].OrderTime.Time()
		if !told || at.Before(last) {
			return time.Time{}
		}
		last = at
	}
	return last
}

// detail reads one order. It gets the revision of its row, with which Query.Known was called. An
// order in another state than its row keeps its own revision, so that it is read again.
func (r *reading) detail(ctx context.Context, ids []string) ([]order.Order, error) {
	doc, err := r.c.OrderInfo(ctx, OrderInfoRequest{OrderID: ids[0]})
	if err != nil {
		return nil, err
	}
	o := Convert(&doc.Order, r.c.convert)
	updated, _ := doc.Order.LastUpdateTime.Time()
	o.Revision = walk.Provisional(o.Revision, updated, doc.Reply.Header)
	if row, ok := r.listed[o.ID]; ok && !row.older(&doc.Order) &&
		!(row.differs(&doc.Order, o.Status) &&
			r.c.doubts.again(order.Ref{ID: o.ID, Revision: row.revision})) {
		o.Revision = row.revision
	}
	o.Problems = append(o.Problems, doc.Reply.Problems...)
	var body []byte
	if r.c.keepBody {
		body = doc.Reply.Body
	}
	return []order.Order{o.WithNative(&doc.Order, body)}, nil
}
