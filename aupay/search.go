package aupay

import "context"

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
	err := c.get(ctx, opList, r.query, &answer, &answer.Result, &answer.Reply)
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
	err := c.get(ctx, opNumbers, r.query, &answer, &answer.Result, &answer.Reply)
	return answer, err
}
