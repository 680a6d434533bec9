package aupay

import (
	"context"
	"fmt"
	"slices"
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
		for i := range answer.Orders {
			if answer.Orders[i].OrderID == "" {
				return fmt.Errorf("orderInfo[%d] has no orderId", i)
			}
		}
		return counted(len(answer.Orders), answer.ResultCount, r.StartCount, orDefault(r.TotalCount, maxPage))
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
		for i, row := range answer.Rows {
			if len(row.OrderIDs) == 0 || slices.Contains(row.OrderIDs, "") {
				return fmt.Errorf("orderInfo[%d] has no orderId", i)
			}
		}
		return counted(len(answer.Numbers()), answer.ResultCount, r.StartCount, orDefault(r.TotalCount, maxPage))
	})
	return answer, err
}

// counted compares the rows of a page, whose first one has the index start, with its count. Whether that is of this page or of all
// hits is not known: either way rows that are not counted, and a page that is not full and lacks rows that its count promises, cannot
// be. A count of zero beside rows is one that was not told. The longest page that the mall gives is not known either: one that is
// shorter than asked for but of a round length may be that.
func counted(rows int, count int64, start, asked int) error {
	start = max(start, 1)
	missing := int64(start-1+rows) < count
	full := rows >= asked || rows > 0 && rows%roundPage == 0
	if count > 0 && int64(rows) > count || missing && !full {
		return fmt.Errorf("%d rows from row %d on, where the mall counts %d", rows, start, count)
	}
	return nil
}

// roundPage is the mall's default page, of which its longest is taken to be a multiple.
const roundPage = 10
