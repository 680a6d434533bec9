package aupay

import (
	"context"
	"fmt"
	"slices"
)

// SearchResponse is the answer to SearchTradeInfoList.
type SearchResponse struct {
	Result Result `xml:"result"`
	// ResultCount is the number of orders in this reply by some sources, of all hits by others: do
	// not page by it.
	ResultCount int64       `xml:"resultCount"`
	Orders      []OrderInfo `xml:"orderInfo"`
	Reply       Reply       `xml:"-"`
}

// SearchTradeInfoList (searchTradeInfoListProc, 受注情報取得API（一括）) reads one page of whole orders. The
// order of rows is not documented, and new orders can shift pages between two calls;
// [Client.Orders] and [Client.OrdersBy] handle both, and longer periods. At most 31 days, two
// statuses and 1000 orders a call. Safe to repeat.
func (c *Client) SearchTradeInfoList(ctx context.Context, r SearchRequest) (SearchResponse, error) {
	var answer SearchResponse
	reply, err := c.get(ctx, opList, r.query, &answer, &answer.Result, func() error {
		for i := range answer.Orders {
			if answer.Orders[i].OrderID == "" {
				return fmt.Errorf("orderInfo[%d] has no orderId", i)
			}
		}
		return counted(len(answer.Orders), answer.ResultCount, r.StartCount,
			orDefault(r.TotalCount, maxPage))
	})
	answer.Reply = reply
	for i := range answer.Orders {
		answer.Orders[i].Unify()
	}
	return answer, err
}

// NumbersResponse is the answer to SearchTradeNoList.
type NumbersResponse struct {
	Result      Result `xml:"result"`
	ResultCount int64  `xml:"resultCount"` // see SearchResponse
	// Rows hold the numbers: by one source one row with all of them, by another one row for each.
	// Numbers reads both.
	Rows []struct {
		OrderIDs []string `xml:"orderId"`
	} `xml:"orderInfo"`
	Reply Reply `xml:"-"`
}

// Numbers returns the order numbers of the page.
func (r NumbersResponse) Numbers() []string {
	var all []string
	for _, row := range r.Rows {
		all = append(all, row.OrderIDs...)
	}
	return all
}

// SearchTradeNoList (searchTradeNoListProc, 受注番号取得API) reads one page of order numbers, with the
// parameters and limits of SearchTradeInfoList. Safe to repeat.
func (c *Client) SearchTradeNoList(ctx context.Context, r SearchRequest) (NumbersResponse, error) {
	var answer NumbersResponse
	reply, err := c.get(ctx, opNumbers, r.query, &answer, &answer.Result, func() error {
		for i, row := range answer.Rows {
			if len(row.OrderIDs) == 0 || slices.Contains(row.OrderIDs, "") {
				return fmt.Errorf("orderInfo[%d] has no orderId", i)
			}
		}
		return counted(len(answer.Numbers()), answer.ResultCount, r.StartCount,
			orDefault(r.TotalCount, maxPage))
	})
	answer.Reply = reply
	return answer, err
}

// counted compares the rows of a page, which begins at row start, with the count in the reply.
// Whether that counts this page or all hits is not known. Either way there cannot be more rows than
// counted, nor fewer on a page that is not full. A count of zero beside rows is a missing one. The
// mall's largest page is not known either: a page shorter than asked for, but of a round length,
// may be a full one.
func counted(rows int, count int64, start, asked int) error {
	start = max(start, 1)
	missing := int64(start-1+rows) < count
	full := rows >= asked || rows > 0 && rows%roundPage == 0
	if count > 0 && int64(rows) > count || missing && !full {
		return fmt.Errorf("%d rows from row %d on, where the mall counts %d", rows, start, count)
	}
	return nil
}

// roundPage is the mall's default page; its largest is assumed to be a multiple.
const roundPage = 10
