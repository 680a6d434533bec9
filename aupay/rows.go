package aupay

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// detail reads one order; the plan asks for one at a time.
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
		orders[i] = Convert(&page.Orders[i], c.convert)
	}
	for _, p := range page.Reply.Problems {
		if i, field, ok := rowOf(p.Field); ok && i < len(orders) {
			p.Field = field
			orders[i].Problems = append(orders[i].Problems, p)
		}
	}
	for i, body := range c.bodies(page) {
		orders[i] = orders[i].WithNative(&page.Orders[i], body)
	}
	return orders
}

// rowOf takes "orderInfo[3].detail[0].unit" apart.
func rowOf(path string) (index int, field string, ok bool) {
	rest, ok := strings.CutPrefix(path, "orderInfo[")
	if !ok {
		return 0, "", false
	}
	number, field, ok := strings.Cut(rest, "]")
	index, err := strconv.Atoi(number)
	return index, strings.TrimPrefix(field, "."), ok && err == nil
}

// bodies cuts a reply into the bytes of its orders, if they are to be kept.
func (c *Client) bodies(page *SearchResponse) [][]byte {
	if !c.keepBody {
		return nil
	}
	var raw struct {
		Orders []struct {
			Inner string `xml:",innerxml"`
		} `xml:"orderInfo"`
	}
	if _, err := wire.XML(page.Reply.Body, &raw); err != nil || len(raw.Orders) != len(page.Orders) {
		return nil // it was decoded a moment ago: both read the same elements
	}
	bodies := make([][]byte, len(raw.Orders))
	for i, o := range raw.Orders {
		bodies[i] = slices.Concat([]byte("<orderInfo>"), []byte(o.Inner), []byte("</orderInfo>"))
	}
	return bodies
}
