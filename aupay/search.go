package aupay

import (
	"context"
	"fmt"
)

// SearchResponse is a page of orders.
type SearchResponse struct {
	Result Result `xml:"result"`
	// ResultCount is the number of orders in this reply by some sources, and of all hits by others: never page by it.
	ResultCount int64       `xml:"resultCount"`
	Orders      []OrderInfo `xml:"orderInfo"`
	Reply       Reply       `xml:"-"`
}

// SearchTradeInfoList (searchTradeInfoListProc, 受注情報取得API（一括）) reads whole orders. It is a read: repeating it is harmless. The order
// of rows is not documented, and new orders can shift pages between two calls: Client.Orders and Client.SearchOrders take care
// of both, and of longer periods.
func (c *Client) SearchTradeInfoList(ctx context.Context, r SearchRequest) (SearchResponse, error) {
	var answer SearchResponse
	err := c.get(ctx, opList, r.query, &answer, &answer.Result, &answer.Reply, func() error {
		return counted(len(answer.Orders), answer.ResultCount, r.StartCount)
	})
	for i := range answer.Orders {
		answer.Orders[i].Unify()
	}
	return answer, err
}

// NumbersResponse is a page of order numbers.
type NumbersResponse struct {
	Result      Result `xml:"result"`
	ResultCount int64  `xml:"resultCount"` // see SearchResponse
	// Rows hold the numbers: by one source one row with all numbers, by another one row each. Numbers reads both.
	Rows []struct {
		OrderIDs []string `xml:"orderId"`
	} `xml:"orderInfo"`
	Reply Reply `xml:"-"`
}

// Numbers are the order numbers of the page, wherever they stand.
func (r NumbersResponse) Numbers() []string {
	var all []string
	for _, row := range r.Rows {
		all = append(all, row.OrderIDs...)
	}
	return all
}

// SearchTradeNoList (searchTradeNoListProc, 受注番号取得API) reads order numbers only, by the same search. It is a read: repeating it is
// harmless.
func (c *Client) SearchTradeNoList(ctx context.Context, r SearchRequest) (NumbersResponse, error) {
	var answer NumbersResponse
	err := c.get(ctx, opNumbers, r.query, &answer, &answer.Result, &answer.Reply, func() error {
		return counted(len(answer.Numbers()), answer.ResultCount, r.StartCount)
	})
	return answer, err
}

// counted compares the rows of a page, whose first one has the index start, with its count. Whether that is of this page or of all
// hits is not known: either way rows that are not counted, and a page without the rows that its count promises, cannot be. A count
// of zero beside rows is one that was not told.
func counted(rows int, count int64, start int) error {
	if count > 0 && int64(rows) > count || rows == 0 && count >= int64(max(start, 1)) {
		return fmt.Errorf("%d rows from row %d on, where the mall counts %d", rows, max(start, 1), count)
	}
	return nil
}
