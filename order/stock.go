package order

import (
	"context"
	"strconv"
)

// SKU identifies what a shop keeps in stock: an item (商品), or one of its variants (SKU, 個別商品, 選択肢).
//
// It is not [Line.SKU], the shop's own code as it appears in orders, but [Line.Stock].
type SKU struct {
	Item string `json:"item"` // 商品管理番号 at Rakuten, 商品コード at Yahoo! and au
	// Variant is the SKU管理番号 at Rakuten, where every item has one; the 個別商品コード at Yahoo!; and at au
	// the horizontal and the vertical code joined by a slash ("M/-"). Empty is the item itself.
	Variant string `json:"variant,omitempty"`
}

// String returns item and variant joined by a colon.
func (s SKU) String() string {
	if s.Variant == "" {
		return s.Item
	}
	return s.Item + ":" + s.Variant
}

// Stock is how many of a SKU can be sold (在庫数).
type Stock struct {
	SKU
	Quantity int64 `json:"quantity"`
	// the mall does not count it: Quantity means nothing, and WriteStock refuses it
	Unlimited bool `json:"unlimited,omitempty"`
}

// String returns the SKU and its quantity: "sample-tea:100g 5".
func (s Stock) String() string {
	if s.Unlimited {
		return s.SKU.String() + " unlimited"
	}
	return s.SKU.String() + " " + strconv.FormatInt(s.Quantity, 10)
}

// StockKeeper reads and sets the stock of a shop. As finds it; for a mall without it, the row
// [CanStock] of its Capabilities says why. Both methods send batches of the size that the mall
// allows and are safe for concurrent use.
type StockKeeper interface {
	// ReadStock returns the stock of each SKU that the shop has, in the order of skus. The error
	// joins an *Error of class ErrNotFound for each that the shop does not have; any other failure
	// ends the call. Safe to repeat.
	ReadStock(ctx context.Context, skus ...SKU) ([]Stock, error)

	// WriteStock sets stock to absolute numbers. Like all writes it returns one Result for each
	// element, with its SKU. A SKU that the shop does not have is refused, not created. What else
	// is set for it (overdraft, lead times) is read first and kept. Safe to repeat as long as
	// nothing was sold in between. For the same reason Done is the mall's answer alone: stock is
	// not read back.
	WriteStock(ctx context.Context, stocks []Stock, opts WriteOptions) ([]Result, error)
}
