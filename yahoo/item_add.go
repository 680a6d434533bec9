package yahoo

import (
	"context"

	"github.com/jpmall/jpmall/internal/check"
)

// OrderItemAddRequest holds the parameters of OrderItemAdd.
type OrderItemAddRequest struct {
	OrderID       string
	IsQuotation   bool // take title and price from the item database
	Items         []NewItem
	OperationUser string
}

// NewItem is a line to add.
type NewItem struct {
	LineID int64  `xml:"LineId"` // number of the last line + 1, then ascending
	ItemID string `xml:"ItemId" max:"228"`
	Title  string `xml:"Title" max:"225"` // required unless quoted
	// yen with 10 % tax; required unless quoted
	UnitPrice    *int64           `xml:"UnitPrice"`
	IsQuotation  *bool            `xml:"IsQuotation"` // overrides the request's; nil does not
	SubCode      string           `xml:"SubCode" max:"99"`
	Options      []NewItemOption  `xml:"ItemOption"`
	Inscriptions []NewInscription `xml:"Inscription"`
	Quantity     int64            `xml:"Quantity"`
}

// NewItemOption is a choice of the buyer. All fields are required.
type NewItemOption struct {
	Index int64  `xml:"Index"`
	Name  string `xml:"Name" max:"84"`
	Value string `xml:"Value" max:"84"`
}

// NewInscription is a text to be put on the goods (名入れ).
type NewInscription struct {
	Index int64  `xml:"Index"`
	Name  string `xml:"Name" max:"90"`
	Value string `xml:"Value" max:"180"`
}

type itemAddRequest struct {
	Target target `xml:"Target"`
	Order  struct {
		Items []NewItem `xml:"Item"`
	} `xml:"Order"`
	SellerID string `xml:"SellerId"`
}

// OrderItemAdd (注文ライン追加) adds lines to an order. The mall mails the buyer about the new amount. The
// answer names no order: confirm the change with [OrderInfo]. Not safe to repeat: after a lost
// answer read the order first.
//
// https://developer.yahoo.co.jp/webapi/shopping/orderItemAdd.html
func (c *Client) OrderItemAdd(
	ctx context.Context, req OrderItemAddRequest,
) (UpdateResponse, error) {
	var report check.Report
	f := report.Fields()
	if len(req.Items) == 0 {
		f.Add("Items", "is empty")
	}
	for i := range req.Items {
		checkNewItem(f.Item("Items", i), &req.Items[i], req.IsQuotation)
		if i > 0 && req.Items[i].LineID <= req.Items[i-1].LineID {
			f.Item("Items", i).Add("LineID", "lines must ascend")
		}
	}
	doc := itemAddRequest{Target: target{OrderID: req.OrderID, IsQuotation: &req.IsQuotation,
		OperationUser: req.OperationUser}, SellerID: c.shop}
	doc.Order.Items = req.Items
	return c.simple(ctx, orderItemAdd, req.OrderID, &report, doc)
}

func checkNewItem(f check.Fields, it *NewItem, quoted bool) {
	if it.IsQuotation != nil {
		quoted = *it.IsQuotation
	}
	f.Range("LineID", it.LineID, 1, 99)
	f.Range("Quantity", it.Quantity, 1, 999)
	f.Required("ItemID", it.ItemID)
	if !quoted {
		f.Required("Title", it.Title)
		if it.UnitPrice == nil {
			f.Add("UnitPrice", "is required when the item is not quoted")
		}
	}
	for i, o := range it.Options {
		g := f.Item("Options", i)
		g.Range("Index", o.Index, 1, 20)
		g.Required("Name", o.Name)
		g.Required("Value", o.Value)
	}
	for i, in := range it.Inscriptions {
		g := f.Item("Inscriptions", i)
		g.Range("Index", in.Index, 1, 20)
		g.Required("Name", in.Name)
	}
	if n := len(it.Options) + len(it.Inscriptions); n > 20 {
		f.Add("Options", "%d with the inscriptions, at most 20", n)
	}
}
