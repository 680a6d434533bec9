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

// Orders reads orders with searchOrders, a page of 100 at a time; a row is a whole order, so there are no detail calls. Both
// order.ByPlaced (createdTime) and order.ByUpdated (lastUpdatedTime) work, and Query.IDs reads with getOrder one by one. Query.Known
// is asked for every row, which saves the caller's work but no call.
//
// The orders of a page come as Amazon sends them, which is in no promised order. The upper bound of the window is left to Amazon
// when it is less than five minutes ago, since Amazon refuses one of the last two. A page token lives 24 hours: when it would end before the quota lets it be used, or Amazon
// no longer takes it, the window of at most 30 days is read again and orders that were seen are left out.
func (c *Client) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return func(yield func(order.Order, error) bool) {
		s := search{c: c, statuses: filter(q, c.cfg.Statuses)}
		walk.Orders(ctx, q, c.plan(s.page))(yield)
	}
}

// Order reads one order with getOrder.
func (c *Client) Order(ctx context.Context, id string) (order.Order, error) {
	return walk.One(ctx, id, c.plan(nil))
}

func (c *Client) plan(page func(context.Context, walk.Step) (walk.Page, error)) walk.Plan {
	return walk.Plan{
		Mall: order.Amazon, Shop: c.cfg.Shop, Operation: "searchOrders", Fetch: "getOrder",
		ByUpdated: true, MaxWindow: maxWindow, Grain: time.Millisecond,
		Search: page, Detail: c.details, Probe: c.Check, Batch: 1,
		Paged: func(ctx context.Context, rows int, start time.Time) {
			op, _ := c.calls.Operation("searchOrders")
			c.calls.Page(ctx, op, rows, start)
		},
	}
}

// maxWindow is our own bound: Amazon has none. It is what is read again when a page token ends, and costs one more call a month.
const maxWindow = 30 * 24 * time.Hour

// boundAge is how old the end of a window must be to be sent: Amazon wants two minutes, by its own clock.
const boundAge = 5 * time.Minute

// tokenLife is how long a page token is used, counted from the answer that brought it: less than the 24 hours that Amazon promises
// by more than an answer can take.
const tokenLife = 24*time.Hour - 5*time.Minute

// search is one iteration over searchOrders.
type search struct {
	c        *Client
	statuses []FulfillmentStatus
	issued   time.Time // when the page token in hand came
	bounded  bool      // the window's upper bound is sent
}

// page reads one page of a window. All parameters but the token stay the same from page to page, as Amazon demands.
func (s *search) page(ctx context.Context, step walk.Step) (walk.Page, error) {
	if step.Page == 1 { // chosen once, since all pages need the same bound
		s.bounded = !step.Window.Open && time.Since(step.Window.To) > boundAge
	}
	life := ctx
	if step.Token != "" {
		end := s.issued.Add(tokenLife)
		if !time.Now().Before(end) {
			return walk.Page{}, fmt.Errorf("%w: %w", walk.ErrTokenExpired, &order.Error{
				Class: order.ErrLocalLimit, Operation: "searchOrders", Message: "the page token's 24 hours are over before the next page was asked for",
			})
		}
		var cancel context.CancelFunc
		life, cancel = context.WithDeadline(ctx, end) // a wait for the quota beyond it would be for nothing
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

// tokenOver tells whether a page call failed for its token: the quota's wait would end after its life, or did, or Amazon refused
// it. A request with a token differs from the first page's in nothing else, so an invalid input means the token.
func tokenOver(life context.Context, err error) bool {
	var e *order.Error
	waited := errors.As(err, &e) && e.Class == order.ErrLocalLimit && e.Attempts == 0
	return life.Err() != nil || waited || errors.Is(err, order.ErrInvalid)
}

func (s *search) request(step walk.Step) SearchOrdersRequest {
	req := SearchOrdersRequest{
		FulfillmentStatuses: s.statuses, MarketplaceIDs: s.c.cfg.Marketplaces, IncludedData: s.c.cfg.IncludedData,
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

// rows converts a page. Problems go to the order they concern.
func (c *Client) rows(got *SearchOrdersResponse) []order.Order {
	orders := make([]order.Order, len(got.Orders))
	for i := range got.Orders {
		w := got.Orders[i] // a copy, so that an order that is kept does not keep its whole page
		orders[i] = c.convert(&w)
	}
	var bodies [][]byte
	if c.cfg.KeepBody {
		bodies = wire.Elements(got.Reply.Body, "orders")
	}
	wire.Attach(orders, "orders", got.Reply.Problems, bodies)
	return orders
}

// details reads single orders; the plan asks for one at a time.
func (c *Client) details(ctx context.Context, ids []string) ([]order.Order, error) {
	orders := make([]order.Order, 0, len(ids))
	for _, id := range ids {
		got, err := c.GetOrder(ctx, GetOrderRequest{OrderID: id, IncludedData: c.cfg.IncludedData})
		if err != nil {
			return orders, err
		}
		o := c.convert(&got.Order)
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
