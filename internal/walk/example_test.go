package walk_test

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

// client stands for a mall's client, such as rakuten's.
type client struct{ mall }

// Orders implements order.Source.
func (c *client) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return walk.Orders(ctx, q, c.plan())
}

// Order implements order.Source.
func (c *client) Order(ctx context.Context, id string) (order.Order, error) {
	return walk.One(ctx, id, c.plan())
}

func (c *client) plan() walk.Plan {
	return walk.Plan{
		Mall: order.Rakuten, Shop: "example-shop", Operation: "searchOrder", Fetch: "getOrder",
		MaxWindow: 63 * 24 * time.Hour, Grain: time.Second, MaxTotal: 15_000,
		Search: func(ctx context.Context, s walk.Step) (walk.Page, error) {
			numbers, total, err := c.searchOrder(ctx, s.Window.From, s.Window.To, s.Page)
			if err != nil {
				return walk.Page{}, err
			}
			page := walk.Page{Total: total, More: s.Page*1000 < total}
			for _, n := range numbers {
				page.Refs = append(page.Refs, order.Ref{ID: n})
			}
			return page, nil
		},
		Detail: c.Detail, Batch: 100,
	}
}

func (c *client) searchOrder(
	ctx context.Context, from, to time.Time, page int,
) (numbers []string, total int, err error) {
	list, err := c.Search(ctx, walk.Step{Window: walk.Window{From: from, To: to}, Page: page})
	for _, ref := range list.Refs {
		numbers = append(numbers, ref.ID)
	}
	return numbers, list.Total, err
}

func ExampleOrders() {
	from := time.Date(2026, 8, 1, 0, 0, 0, 0, order.JST)
	c := &client{mall{size: 1000, orders: invent(3, from, 40*24*time.Hour)}}
	for o, err := range c.Orders(context.Background(), order.Query{From: from, To: from.AddDate(0, 6, 0)}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(o.ID, o.Placed.Format("2006-01-02"))
	}
	fmt.Println(len(c.searches), "searches", len(c.details), "detail calls")
	o, err := c.Order(context.Background(), "100000-20260910-00001")
	fmt.Println(o.ID, err)
	// Output:
	// 100000-20260801-00000 2026-08-01
	// 100000-20260910-00001 2026-09-10
	// 100000-20261020-00002 2026-10-20
	// 3 searches 2 detail calls
	// 100000-20260910-00001 <nil>
}
