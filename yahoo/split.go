package yahoo

import (
	"context"
	"errors"

	"github.com/jpmall/jpmall/internal/check"
)

// OrderSplitRequest holds the parameters of OrderSplit. Both parts are given in full.
type OrderSplitRequest struct {
	OrderID       string
	Parts         [2]SplitPart
	OperationUser string // required
}

// SplitPart is one of the two orders to create.
type SplitPart struct {
	PayCharge, ShipCharge, GiftWrapCharge, Discount, UsePoint int64 // yen
	Items                                                     []SplitItem
}

// SplitItem is the quantity of a line that goes into a part.
type SplitItem struct {
	LineID   int64 `xml:"LineId"`
	Quantity int64 `xml:"Quantity"`
}

// OrderSplitResponse is the answer to OrderSplit.
type OrderSplitResponse struct {
	Available int64     `xml:"totalResultsAvailable,attr"`
	Returned  int64     `xml:"totalResultsReturned,attr"`
	OK        int64     `xml:"ok,attr"`
	NG        int64     `xml:"ng,attr"`
	Status    string    `xml:"Result>Status"`
	Orders    []Split   `xml:"Result>OrderInfo"`
	Warnings  []Warning `xml:"Result>Warning"`
	Reply     Reply     `xml:"-"`
}

// Split is one of the two new orders.
type Split struct {
	SplitID int64  `xml:"SplitId"` // 1 or 2, as in the request
	OrderID string `xml:"OrderId"`
}

type splitRequest struct {
	Target   target      `xml:"Target"`
	Orders   []splitPart `xml:"Order"`
	SellerID string      `xml:"SellerId"`
}

type splitPart struct {
	SplitID int64 `xml:"SplitId"`
	Detail  struct {
		PayCharge      *int64 `xml:"PayCharge"` // the mall wants all five, zeros too
		ShipCharge     *int64 `xml:"ShipCharge"`
		GiftWrapCharge *int64 `xml:"GiftWrapCharge"`
		Discount       *int64 `xml:"Discount"`
		UsePoint       *int64 `xml:"UsePoint"`
	} `xml:"Detail"`
	Items []SplitItem `xml:"Item"`
}

var errNoParts = errors.New("the reply does not name the two new orders")

// OrderSplit (注文分割) splits an order into two new ones. The answer names both. Not safe to repeat:
// after a lost answer read the order first; one that was split names the two in ChildOrderID.
//
// https://developer.yahoo.co.jp/webapi/shopping/orderSplit.html
func (c *Client) OrderSplit(
	ctx context.Context, req OrderSplitRequest,
) (OrderSplitResponse, error) {
	var report check.Report
	f := report.Fields()
	f.Required("OperationUser", req.OperationUser)
	doc := splitRequest{Target: target{OrderID: req.OrderID, OperationUser: req.OperationUser},
		SellerID: c.shop}
	for i := range req.Parts {
		p := &req.Parts[i]
		part := splitPart{SplitID: int64(i + 1), Items: p.Items}
		part.Detail.PayCharge = &p.PayCharge
		part.Detail.ShipCharge = &p.ShipCharge
		part.Detail.GiftWrapCharge = &p.GiftWrapCharge
		part.Detail.Discount, part.Detail.UsePoint = &p.Discount, &p.UsePoint
		doc.Orders = append(doc.Orders, part)
		if len(p.Items) == 0 {
			f.Item("Parts", i).Add("Items", "is empty")
		}
		for j, it := range p.Items {
			g := f.Item("Parts", i).Item("Items", j)
			g.Range("LineID", it.LineID, 1, 99)
			g.Range("Quantity", it.Quantity, 1, 999)
		}
	}
	var r OrderSplitResponse
	reply, err := c.update(ctx, orderSplit, req.OrderID, &report, doc, &r)
	r.Reply = reply
	if err == nil {
		err = c.settled(orderSplit, req.OrderID,
			UpdateResponse{Status: r.Status, OK: r.OK, NG: r.NG, Reply: reply})
	}
	if err == nil && (len(r.Orders) != 2 || r.Orders[0].OrderID == "" ||
		r.Orders[1].OrderID == "") {
		err = c.undecodable(orderSplit, req.OrderID, reply, errNoParts)
	}
	return r, err
}
