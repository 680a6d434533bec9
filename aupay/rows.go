package aupay

import (
	"context"
	"slices"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// detail reads one order; the plan reads one at a time.
func (c *Client) detail(ctx context.Context, ids []string) ([]order.Order, error) {
	answer, err := c.SearchTradeInfo(ctx, ids[0])
	if err != nil {
		return nil, err
	}
	page := SearchResponse{Orders: answer.Orders, Reply: answer.Reply}
	return c.rows(&page), nil
}

// rows converts a page. A field that could not be read is reported with the order it belongs to.
func (c *Client) rows(page *SearchResponse) []order.Order {
	orders := make([]order.Order, len(page.Orders))
	for i := range page.Orders {
		w := page.Orders[i] // a copy, so that an order that is kept does not keep its whole page
		orders[i] = Convert(&w, c.convert)
	}
	wire.Attach(orders, "orderInfo", page.Reply.Problems, c.bodies(page))
	return orders
}

// bodies splits a reply into the bytes of its orders, if they are to be kept.
func (c *Client) bodies(page *SearchResponse) [][]byte {
	if !c.keepBody {
		return nil
	}
	var raw struct {
		Orders []struct {
			Inner string `xml:",innerxml"`
		} `xml:"orderInfo"`
	}
	if _, err := wire.XML(page.Reply.Body, &raw); err != nil {
		return nil // it was decoded a moment ago: both read the same elements
	}
	bodies := make([][]byte, len(raw.Orders))
	for i, o := range raw.Orders {
		bodies[i] = slices.Concat([]byte("<orderInfo>"), []byte(o.Inner), []byte("</orderInfo>"))
	}
	return bodies
}
