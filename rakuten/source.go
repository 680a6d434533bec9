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

// Orders yields the shop's orders by 注文日時, oldest first. It implements [order.Source]. It calls
// searchOrder in windows of 63 days and pages of 1,000, and getOrder in batches of 100: 1,000
// orders take eleven calls. A window with more than the 15,000 orders that a search exposes is
// split. From may be at most 730 days ago. [order.ByUpdated] is refused, because Rakuten cannot
// search by it. Query.Known is called without a revision, because the list holds only numbers.
func (c *Client) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return walk.Orders(ctx, q, c.plan(q))
}

// Order reads one order by its number. The order must be from the last 730 days.
func (c *Client) Order(ctx context.Context, id string) (order.Order, error) {
	return walk.One(ctx, id, c.plan(order.Query{}))
}

func (c *Client) plan(q order.Query) walk.Plan {
	search := c.calls.Row("searchOrder")
	wanted := c.progresses(q.Statuses)
	return walk.Plan{
		Mall: order.Rakuten, Shop: c.shop, Operation: search.Name, Fetch: "getOrder",
		Check: func(q order.Query) error {
			if !q.From.IsZero() && time.Since(q.From) > searchPast {
				e := c.calls.Refuse(search.Name, "", errors.New(
					"query: From is more than 730 days ago, which is as far as Rakuten answers"))
				e.Hint = order.Text{EN: "give a From within the last 730 days",
					JA: "検索期間の開始日時を730日以内にしてください"}.And(e.Hint)
				return e
			}
			return nil
		},
		MaxWindow: searchWindow, Grain: time.Second,
		// Nobody has seen what Rakuten counts above its limit, so a count that touches it is taken
		// for more.
		MaxTotal: searchTotal - 1,
		Search: func(ctx context.Context, s walk.Step) (walk.Page, error) {
			return c.page(ctx, s, wanted)
		},
		Detail: c.details, Probe: c.Check, Batch: c.calls.Row("getOrder").Batch,
		Paged: func(ctx context.Context, rows int, start time.Time) {
			c.calls.Page(ctx, search, rows, start)
		},
	}
}

func (c *Client) page(ctx context.Context, s walk.Step, wanted []OrderProgress) (walk.Page, error) {
	out, err := c.SearchOrder(ctx, SearchOrderRequest{
		OrderProgressList: wanted, DateType: ByOrderDate,
		StartDatetime: NewDateTime(s.Window.From), EndDatetime: NewDateTime(s.Window.To),
		PaginationRequestModel: &PaginationRequest{
			RequestRecordsAmount: searchRecords, RequestPage: int64(s.Page),
			SortModelList: OldestFirst()},
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
		page.More = p.TotalPages != nil && int64(s.Page) < *p.TotalPages ||
			int64(s.Page)*searchRecords < int64(page.Total)
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

// halving reads orders and, when the mall refuses a whole batch without naming an order, its
// halves. It is not documented whether getOrder leaves an unknown number out or refuses all of
// them.
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

// spoiled reports whether an error may be that of one order in a batch: the order API's own
// refusal, but not of the request's form.
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
	return e.Class == order.ErrInvalid || e.Class == order.ErrNotFound ||
		e.Class == order.ErrConflict
}

func (c *Client) batch(ctx context.Context, ids []string) ([]order.Order, error) {
	out, err := c.GetOrder(ctx, GetOrderRequest{OrderNumberList: ids})
	orders := make([]order.Order, len(out.OrderModelList))
	for i := range out.OrderModelList {
		// a copy, so that an order that is kept does not keep its whole batch
		w := out.OrderModelList[i]
		orders[i] = Convert(&w, c.convert)
	}
	var bodies [][]byte
	if c.keepBody {
		bodies = wire.Elements(out.Reply.Body, orderList)
	}
	wire.Attach(orders, orderList, out.Reply.Problems, bodies)
	return orders, err
}

// orderList is where the orders are in a reply of getOrder.
const orderList = "OrderModelList"

// sources is the orderProgress values that an order of a status can have: the inverse of statusOf.
// A status that is not here can come from any.
var sources = map[order.Status][]OrderProgress{
	order.New:             {AwaitingConfirmation},
	order.AwaitingPayment: {RakutenProcessing},
	order.ReadyToShip:     {AwaitingShipment},
	order.Reserved:        {AwaitingConfirmation, RakutenProcessing, AwaitingShipment},
	order.OnHold: {AwaitingConfirmation, RakutenProcessing, AwaitingShipment,
		AwaitingChangeFix},
	order.Shipped:         {ShippedProgress, PaymentInProgress},
	order.Completed:       {PaymentDone},
	order.CancelRequested: {AwaitingCancelFix},
}

// progresses narrows a search to what the wanted statuses can come from, which saves detail calls
// for the others. Nil is all, also where the shop's own statuses can turn any order into any.
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
