package yahoo

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jpmall/jpmall/internal/transport"
)

// OrderInfoRequest holds the parameters of [OrderInfo].
type OrderInfoRequest struct {
	OrderID string
	Fields  []Field // from InfoFields; nil is all that are not retired
}

// OrderInfoResponse is the answer to [OrderInfo].
type OrderInfoResponse struct {
	Available int64     `xml:"totalResultsAvailable,attr"`
	Returned  int64     `xml:"totalResultsReturned,attr"`
	First     int64     `xml:"firstResultPosition,attr"`
	Status    string    `xml:"Result>Status"`
	Order     OrderInfo `xml:"Result>OrderInfo"`
	Warnings  []Warning `xml:"Result>Warning"`
	Reply     Reply     `xml:"-"`
}

// Warning is a warning of the mall about a call that succeeded.
type Warning struct {
	Code    string `xml:"Code"`
	Message string `xml:"Message"` // usually empty
	Detail  string `xml:"Detail"`
}

type infoRequest struct {
	Target struct {
		OrderID string `xml:"OrderId"`
		Field   string `xml:"Field"`
	} `xml:"Target"`
	SellerID string `xml:"SellerId"`
}

// OrderInfo (注文詳細) reads one order in full. An order that the store does not have is an error of
// class [order.ErrNotFound]. One order a call; one call per second. Safe to repeat.
//
// https://developer.yahoo.co.jp/webapi/shopping/orderInfo.html
func (c *Client) OrderInfo(ctx context.Context, req OrderInfoRequest) (OrderInfoResponse, error) {
	if req.Fields != nil {
		return c.orderInfo(ctx, req)
	}
	var doc OrderInfoResponse
	err := c.askAll(ctx, orderInfo, usedInfoFields(), func(fields []Field) (err error) {
		doc, err = c.orderInfo(ctx, OrderInfoRequest{OrderID: req.OrderID, Fields: fields})
		return err
	})
	return doc, err
}

func (c *Client) orderInfo(ctx context.Context, req OrderInfoRequest) (OrderInfoResponse, error) {
	body, err := c.infoBody(req)
	if err != nil {
		return OrderInfoResponse{}, c.calls.Refuse(orderInfo, req.OrderID, err)
	}
	var doc OrderInfoResponse
	doc.Reply, err = c.call(ctx, transport.Call{Body: body, Asked: among(req.Fields),
		Accept: func(*transport.Response) error {
			return doc.complete(req)
		}}, orderInfo, req.OrderID, &doc)
	return doc, err
}

func (c *Client) infoBody(req OrderInfoRequest) ([]byte, error) {
	if err := checkID(req.OrderID); err != nil {
		return nil, err
	}
	joined, bad := joinFields(req.Fields, InfoFields())
	switch {
	case bad != "":
		return nil,
			fmt.Errorf("field %q is not known to orderInfo; the mall would refuse the whole call",
				string(bad))
	case joined == "":
		return nil, errors.New("field list is empty; nil is all fields")
	}
	var doc infoRequest
	doc.Target.OrderID, doc.Target.Field, doc.SellerID = req.OrderID, joined, c.shop
	return encode(doc)
}

var errNoOrder = errors.New("the reply holds no order")

// complete refuses a reply without the order's number, if OrderId was requested.
func (doc *OrderInfoResponse) complete(req OrderInfoRequest) error {
	asked := slices.Contains(req.Fields, "OrderId")
	if asked && doc.Order.OrderID == "" {
		return errNoOrder
	}
	return nil
}
