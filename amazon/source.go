package amazon

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

var _ order.Source = (*Client)(nil)

// Orders reads orders with searchOrders, 100 a page. A row is a whole order, so there are no detail
// calls. It implements [order.Source].
//
// Query.By may be [order.ByPlaced] (createdTime) or [order.ByUpdated] (lastUpdatedTime). Query.IDs
// are read with getOrder, one by one. Query.Known is called for every row, but saves no call.
//
// The orders of a page come in no promised order. Query.To is sent only when it is more than five
// minutes ago, because Amazon refuses a bound in the last two minutes. A page token lives for 24
// hours. When it would end before the quota allows the next page, or when Amazon refuses it, the
// window of at most 30 days is read again and orders already seen are left out.
//
// Revision is lastUpdatedTime. If that is in whole seconds and less than three of them before the
// reading, which only a reading by number can meet, the revision is provisional and a later reading
// replaces it: another update may come within the same second.
func (c *Client) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return func(yield func(order.Order, error) bool) {
		s := search{c: c, statuses: filter(q, c.cfg.Statuses)}
		walk.Orders(ctx, q, c.plan(s.page))(yield)
	}
}

// Order reads one order by its number, with getOrder.
func (c *Client) Order(ctx context.Context, id string) (order.Order, error) {
	return walk.One(ctx, id, c.plan(nil))
}

func (c *Client) plan(page func(context.Context, walk.Step) (walk.Page, error)) walk.Plan {
	return walk.Plan{
		Mall: order.Amazon, Shop: c.cfg.Shop, Operation: "searchOrders", Fetch: "getOrder",
		ByUpdated: true, MaxWindow: maxWindow, Grain: time.Millisecond,
		Search: page, Detail: c.details, Probe: c.Check, Batch: 1,
		Paged: func(ctx context.Context, rows int, start time.Time) {
			c.calls.Page(ctx, c.calls.Row("searchOrders"), rows, start)
		},
	}
}

// maxWindow is our own bound, as Amazon has none. It is what is read again when a page token ends,
// and costs one more call a month.
const maxWindow = 30 * 24 * time.Hour

// boundAge is how old the end of a window must be to be sent. Amazon requires two minutes, by its
// own clock.
const boundAge = 5 * time.Minute

// tokenLife is how long a page token is used, from the answer that had it. It is less than Amazon's
// 24 hours by more than an answer can take.
const tokenLife = 24*time.Hour - 5*time.Minute

// search is one iteration over searchOrders.
type search struct {
	c        *Client
	statuses []FulfillmentStatus
	issued   time.Time // when the current page token arrived
	bounded  bool      // the window's upper bound is sent
}

// page reads one page of a window. All parameters but the token stay the same from page to page, as
// Amazon requires.
func (s *search) page(ctx context.Context, step walk.Step) (walk.Page, error) {
	if step.Page == 1 { // chosen once, since all pages need the same bound
		s.bounded = !step.Window.Open && time.Since(step.Window.To) > boundAge
	}
	life := ctx
	if step.Token != "" {
		end := s.issued.Add(tokenLife)
		if !time.Now().Before(end) {
			return walk.Page{}, fmt.Errorf("%w: %w", walk.ErrTokenExpired, &order.Error{
				Class: order.ErrLocalLimit, Operation: "searchOrders",
				Message: "the page token expired (after 24 hours) before the next page was requested",
			})
		}
		var cancel context.CancelFunc
		// waiting for the quota beyond it is useless
		life, cancel = context.WithDeadline(ctx, end)
		defer cancel()
	}
	got, err := s.c.SearchOrders(life, s.request(step))
	if err != nil {
		if step.Token != "" && ctx.Err() == nil && tokenOver(life, err) {
			return walk.Page{}, fmt.Errorf("%w: %w", walk.ErrTokenExpired, err)
		}
		return walk.Page{}, err
	}
	s.issued = time.Now()
	next := got.Pagination.NextToken
	return walk.Page{Orders: s.c.rows(&got), More: next != "", Next: next}, nil
}

// tokenOver reports whether a page failed because of its token: the wait for the quota reached the
// end of the token's life, or would have, or Amazon refused it. Nothing else differs from the
// request for the first page, so invalid input means the token.
func tokenOver(life context.Context, err error) bool {
	var e *order.Error
	waited := errors.As(err, &e) && e.Class == order.ErrLocalLimit && e.Attempts == 0
	return life.Err() != nil || waited || errors.Is(err, order.ErrInvalid)
}

func (s *search) request(step walk.Step) SearchOrdersRequest {
	req := SearchOrdersRequest{
		FulfillmentStatuses: s.statuses, MarketplaceIDs: s.c.cfg.Marketplaces,
		IncludedData:      s.c.cfg.IncludedData,
		MaxResultsPerPage: 100, PaginationToken: step.Token,
	}
	from, to := step.Window.From, step.Window.To
	if !s.bounded {
		to = time.Time{}
	}
	if step.Query.By == order.ByUpdated {
		req.LastUpdatedAfter, req.LastUpdatedBefore = from, to
	} else {
		req.CreatedAfter, req.CreatedBefore = from, to
	}
	return req
}

// rows converts a page. Problems are added to the order they concern.
func (c *Client) rows(got *SearchOrdersResponse) []order.Order {
	orders := make([]order.Order, len(got.Orders))
	for i := range got.Orders {
		w := got.Orders[i] // a copy, so that an order that is kept does not keep its whole page
		orders[i] = c.converted(&w, got.Reply)
	}
	var bodies [][]byte
	if c.cfg.KeepBody {
		bodies = wire.Elements(got.Reply.Body, "orders")
	}
	wire.Attach(orders, "orders", got.Reply.Problems, bodies)
	return orders
}

// converted converts an order that was just read.
func (c *Client) converted(w *Order, reply Reply) order.Order {
	o := c.convert(w)
	updated, _ := w.LastUpdatedTime.Time()
	o.Revision = walk.Provisional(o.Revision, updated, reply.Header)
	return o
}

// details reads single orders; the plan asks for one at a time.
func (c *Client) details(ctx context.Context, ids []string) ([]order.Order, error) {
	orders := make([]order.Order, 0, len(ids))
	for _, id := range ids {
		got, err := c.GetOrder(ctx, GetOrderRequest{OrderID: id, IncludedData: c.cfg.IncludedData})
		if err != nil {
			return orders, err
		}
		o := c.converted(&got.Order, got.Reply)
		for _, p := range got.Reply.Problems {
			p.Field = strings.TrimPrefix(p.Field, "order.")
			o.Problems = append(o.Problems, p)
		}
		if c.cfg.KeepBody {
			o = o.WithNative(&got.Order, got.Reply.Body)
		}
		orders = append(orders, o)
	}
	return orders, nil
}
