package yahoo

import (
	"context"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// ReadStock reads the stock of items and variants (在庫参照), 1,000 a call. It implements
// [order.StockKeeper]. Safe to repeat.
func (c *Client) ReadStock(ctx context.Context, skus ...order.SKU) ([]order.Stock, error) {
	return c.shelf().ReadStock(ctx, skus)
}

// WriteStock sets stock (在庫更新), 1,000 codes a call. It implements [order.StockKeeper]. The stock is
// read first, one more call. Whether orders beyond the stock are accepted (超過購入) stays unchanged,
// and a closed item stays closed; SetStock changes both. Safe to repeat: it sets numbers.
func (c *Client) WriteStock(
	ctx context.Context, stocks []order.Stock, opts order.WriteOptions,
) ([]order.Result, error) {
	return c.shelf().WriteStock(ctx, stocks, opts)
}

func (c *Client) shelf() batch.Shelf[*bool] {
	return batch.Shelf[*bool]{
		Call: batch.Call{Mall: order.Yahoo, Shop: c.shop, Ability: order.CanStock,
			Check: c.Check},
		Operation: setStock, Reads: getStock, Size: maxStock, Most: 999_999_999, Check: checkSKU,
		Read: c.readStock, Write: c.writeStock,
	}
}

func codeOf(sku order.SKU) ItemCode { return ItemCode{Code: sku.Item, SubCode: sku.Variant} }

func checkSKU(sku order.SKU) error {
	var report check.Report
	joinCodes(report.Fields(), "sku", []ItemCode{codeOf(sku)})
	return report.Err()
}

func (c *Client) readStock(
	ctx context.Context, skus []order.SKU,
) (map[order.SKU]batch.Held[*bool], error) {
	codes := make([]ItemCode, len(skus))
	for i, sku := range skus {
		codes[i] = codeOf(sku)
	}
	r, err := c.GetStock(ctx, codes)
	if err != nil {
		return nil, err
	}
	held := map[order.SKU]batch.Held[*bool]{}
	for _, s := range r.Stocks {
		if s.Status != "1" {
			continue
		}
		stock := order.Stock{SKU: order.SKU{Item: s.ItemCode, Variant: s.SubCode},
			Unlimited: s.Quantity == nil}
		if s.Quantity != nil {
			stock.Quantity = *s.Quantity
		}
		held[stock.SKU] = batch.Held[*bool]{Stock: stock, Own: s.AllowOverdraft}
	}
	return held, nil
}

func (c *Client) writeStock(
	ctx context.Context, stocks []order.Stock, held map[order.SKU]batch.Held[*bool],
) (map[order.SKU]error, error) {
	changes := make([]StockChange, len(stocks))
	for i, s := range stocks {
		changes[i] = StockChange{Item: codeOf(s.SKU), Quantity: s.Quantity,
			AllowOverdraft: held[s.SKU].Own}
	}
	r, err := c.SetStock(ctx, changes)
	refused := map[order.SKU]error{}
	for _, s := range r.Stocks {
		if s.ErrorCode == "" {
			continue
		}
		e := &order.Error{Class: order.ErrInvalid, Mall: order.Yahoo, Shop: c.shop,
			Operation: setStock, HTTPStatus: r.Reply.Status,
			RequestID: r.Reply.RequestID, Attempts: r.Reply.Attempts, Code: s.ErrorCode,
			Hint: transport.HintOf(order.ErrInvalid)}
		for _, row := range codes {
			if row.code == s.ErrorCode && !row.hint.IsZero() {
				e.Class, e.Hint = row.class, row.hint
			}
		}
		refused[order.SKU{Item: s.ItemCode, Variant: s.SubCode}] = e
	}
	return refused, err
}
