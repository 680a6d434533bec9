package rakuten

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

var _ order.Source = (*Client)(nil)

// Orders yields the shop's orders by 注文日時, oldest first: searchOrder in windows of 63 days and pages of 1,000, getOrder in batches
// of 100, so that 1,000 orders take eleven calls. A window that holds more than the 15,000 orders which a search exposes is
// halved. From may lie 730 days back; order.ByUpdated is refused, for Rakuten cannot search by it. Query.Known is asked without
// a revision: the list is bare numbers. See order.Source for the rest.
func (c *Client) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return walk.Orders(ctx, q, c.plan(q))
}

// Order reads one order of the last 730 days by its number.
func (c *Client) Order(ctx context.Context, id string) (order.Order, error) {
	return walk.One(ctx, id, c.plan(order.Query{}))
}

func (c *Client) plan(q order.Query) walk.Plan {
	search := c.operation("searchOrder")
	wanted := c.progresses(q.Statuses)
	return walk.Plan{
		Mall: order.Rakuten, Shop: c.shop, Operation: search.Name, Fetch: "getOrder",
		Check: func(q order.Query) error {
			if !q.From.IsZero() && time.Since(q.From) > searchPast {
				return errors.New("query: From is more than 730 days ago, which is as far as Rakuten answers")
			}
			return nil
		},
		MaxWindow: searchWindow, Grain: time.Second,
		// Nobody has seen what Rakuten counts above its limit, so a count that touches it is taken for more.
		MaxTotal: searchTotal - 1,
		Search: func(ctx context.Context, s walk.Step) (walk.Page, error) {
			return c.page(ctx, s, wanted)
		},
		Detail: c.details, Probe: c.Check, Batch: c.operation("getOrder").Batch,
		Paged: func(ctx context.Context, rows int, start time.Time) { c.calls.Page(ctx, search, rows, start) },
	}
}

func (c *Client) page(ctx context.Context, s walk.Step, wanted []OrderProgress) (walk.Page, error) {
	out, err := c.SearchOrder(ctx, SearchOrderRequest{
		OrderProgressList: wanted, DateType: ByOrderDate,
		StartDatetime: NewDateTime(s.Window.From), EndDatetime: NewDateTime(s.Window.To),
		PaginationRequestModel: &PaginationRequest{
			RequestRecordsAmount: searchRecords, RequestPage: int64(s.Page), SortModelList: OldestFirst()},
	})
	if err != nil {
		return walk.Page{}, err
	}
	page := walk.Page{Refs: make([]order.Ref, len(out.OrderNumberList))}
	for i, number := range out.OrderNumberList {
		page.Refs[i].ID = number
	}
	if p := out.PaginationResponseModel; p != nil {
		if p.TotalRecordsAmount != nil {
			page.Total = int(*p.TotalRecordsAmount)
		}
		page.More = p.TotalPages != nil && int64(s.Page) < *p.TotalPages || int64(s.Page)*searchRecords < int64(page.Total)
	}
	return page, nil
}

// spareCalls bounds what finding one order that spoils its batch may cost: 100 halve seven times.
const spareCalls = 14

// details reads up to 100 orders; those that are missing in the reply are walk's to report.
func (c *Client) details(ctx context.Context, ids []string) ([]order.Order, error) {
	spare := spareCalls
	return c.halving(ctx, ids, &spare)
}

// halving reads orders and, when the mall refuses the whole batch without naming an order, its halves. Nobody has published what
// getOrder answers to an unknown number: leaving it out is one way, refusing all of them is the other.
func (c *Client) halving(ctx context.Context, ids []string, spare *int) ([]order.Order, error) {
	orders, err := c.batch(ctx, ids)
	if len(ids) == 1 || len(orders) > 0 || !spoiled(err) || *spare < 2 {
		return orders, err
	}
	*spare -= 2
	first, err1 := c.halving(ctx, ids[:len(ids)/2], spare)
	second, err2 := c.halving(ctx, ids[len(ids)/2:], spare)
	return append(first, second...), errors.Join(err1, err2)
}

// spoiled tells whether an error may be that of one order in a batch: the order API's own refusal, but not of the request's form.
func spoiled(err error) bool {
	var e *order.Error
	if !errors.As(err, &e) || e.Order != "" || !strings.HasPrefix(e.Code, codePrefix) {
		return false
	}
	for ending := range generic {
		if strings.HasSuffix(e.Code, ending) {
			return false
		}
	}
	return e.Class == order.ErrInvalid || e.Class == order.ErrNotFound || e.Class == order.ErrConflict
}

func (c *Client) batch(ctx context.Context, ids []string) ([]order.Order, error) {
	out, err := c.GetOrder(ctx, GetOrderRequest{OrderNumberList: ids})
	orders := make([]order.Order, len(out.OrderModelList))
	for i := range out.OrderModelList {
		w := out.OrderModelList[i] // a copy, so that an order that is kept does not keep its whole batch
		orders[i] = Convert(&w, c.convert)
	}
	var bodies [][]byte
	if c.keepBody {
		bodies = wire.Elements(out.Reply.Body, orderList)
	}
	wire.Attach(orders, orderList, out.Reply.Problems, bodies)
	return orders, err
}

// orderList is where the orders stand in a reply of getOrder.
const orderList = "OrderModelList"

// sources says which orderProgress an order of a status can have: the table of statusOf turned round, with what else it looks
// at. A status that is not here can come from any.
var sources = map[order.Status][]OrderProgress{
	order.New:             {AwaitingConfirmation},
	order.AwaitingPayment: {RakutenProcessing},
	order.ReadyToShip:     {AwaitingShipment},
	order.Reserved:        {AwaitingConfirmation, RakutenProcessing, AwaitingShipment},
	order.OnHold:          {AwaitingConfirmation, RakutenProcessing, AwaitingShipment, AwaitingChangeFix},
	order.Shipped:         {ShippedProgress, PaymentInProgress},
	order.Completed:       {PaymentDone},
	order.CancelRequested: {AwaitingCancelFix},
}

// progresses narrows a search to what the wanted statuses can come from, so that no detail call is paid for the others. Nil is
// all: also where the shop's own statuses can turn any order into any.
func (c *Client) progresses(statuses []order.Status) []OrderProgress {
	if len(c.convert.Statuses) > 0 {
		return nil
	}
	var list []OrderProgress
	for _, s := range statuses {
		from, ok := sources[s]
		if !ok {
			return nil
		}
		list = append(list, from...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
