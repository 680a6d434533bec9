package yahoo

import (
	"context"
	"errors"
	"fmt"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
)

// [MaxPage] is the maximum number of rows in a page of orderList.
const MaxPage = 2000

// Sort is the sort order of orderList's rows.
type Sort string

// The values of Sort. Empty is [OldestFirst].
const (
	OldestFirst Sort = "+order_time"
	NewestFirst Sort = "-order_time"
)

// OrderListRequest holds the parameters of OrderList.
type OrderListRequest struct {
	Condition Condition
	Fields    []Field // from ListFields; nil is all of them
	Result    int     // rows a page, 1 to MaxPage; 0 is the mall's default of 10
	Start     int     // index of the first row, from 1; 0 is 1
	Sort      Sort
}

// OrderListResponse is the answer to OrderList: one page of orders.
type OrderListResponse struct {
	Status     string     `xml:"Status"`
	TotalCount *int64     `xml:"Search>TotalCount"` // of all pages
	Orders     []OrderRow `xml:"Search>OrderInfo"`  // empty past the end
	Reply      Reply      `xml:"-"`
}

type listRequest struct {
	Search struct {
		Result    int       `xml:"Result"`
		Start     int       `xml:"Start"`
		Sort      Sort      `xml:"Sort"`
		Condition Condition `xml:"Condition"`
		Field     string    `xml:"Field"`
	} `xml:"Search"`
	SellerID string `xml:"SellerId"`
}

// OrderList (注文検索) searches orders. There is no condition on the last update. Orders that the buyer
// may still cancel are left out unless [Condition.ReadOnlyMode] says otherwise. At most 2,000 rows
// a page; one call per second. Safe to repeat.
//
// https://developer.yahoo.co.jp/webapi/shopping/orderList.html
func (c *Client) OrderList(ctx context.Context, req OrderListRequest) (OrderListResponse, error) {
	if req.Fields != nil {
		return c.orderList(ctx, req)
	}
	var doc OrderListResponse
	err := c.askAll(ctx, orderList, ListFields(), func(fields []Field) (err error) {
		req.Fields = fields
		doc, err = c.orderList(ctx, req)
		return err
	})
	return doc, err
}

func (c *Client) orderList(ctx context.Context, req OrderListRequest) (OrderListResponse, error) {
	body, err := c.listBody(req)
	if err != nil {
		return OrderListResponse{}, c.calls.Refuse(orderList, "", err)
	}
	var doc OrderListResponse
	doc.Reply, err = c.call(ctx, transport.Call{Body: body, Asked: among(req.Fields),
		Accept: func(*transport.Response) error {
			return doc.counted(max(req.Start, 1))
		}}, orderList, "", &doc)
	return doc, err
}

// counted compares a page, whose first row has the index start, with the total count.
func (r *OrderListResponse) counted(start int) error {
	rows := int64(len(r.Orders))
	switch {
	case r.TotalCount == nil:
		return errors.New("the count cannot be read")
	case rows > *r.TotalCount, rows == 0 && *r.TotalCount >= int64(start):
		return fmt.Errorf("%d rows from row %d on, where the mall counts %d in all", rows, start,
			*r.TotalCount)
	}
	return nil
}

func (c *Client) listBody(req OrderListRequest) ([]byte, error) {
	var report check.Report
	f := report.Fields()
	f.Range("Result", int64(req.Result), 0, MaxPage)
	f.Range("Start", int64(req.Start), 0, 1<<31)
	if req.Sort != "" && req.Sort != OldestFirst && req.Sort != NewestFirst {
		f.Add("Sort", "the mall knows %s and %s only", OldestFirst, NewestFirst)
	}
	if !req.Condition.bounded() {
		f.Add("Condition",
			"needs OrderID, or an order, publication or payment-change time; the mall answers anything else with a 500")
	}
	if p := req.Condition.IsPayMethodChangePossible; p != nil && !*p {
		f.Add("Condition.IsPayMethodChangePossible", "the mall cannot search for false")
	}
	allowed := append(ListFields(), split(extraListFields)...)
	joined, bad := joinFields(req.Fields, allowed)
	if bad != "" {
		f.Add("Fields", "%q is no field of orderList; the mall would refuse the whole call",
			string(bad))
	} else if joined == "" {
		f.Add("Fields", "is empty; nil is all fields")
	}
	if err := report.Err(); err != nil {
		return nil, err
	}
	var doc listRequest
	doc.Search.Result, doc.Search.Start, doc.Search.Sort = req.Result, req.Start, req.Sort
	doc.Search.Condition, doc.Search.Field, doc.SellerID = req.Condition, joined, c.shop
	return encode(doc)
}
