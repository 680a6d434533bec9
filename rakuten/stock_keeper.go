package rakuten

import (
	"context"
	"strings"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/order"
)

// stockBatch is the most SKUs of inventories.bulk.upsert; a read takes more.
const stockBatch = 400

// maxQuantity is the greatest stock of a SKU.
const maxQuantity = 99_999

// ReadStock reads the stock of SKUs (商品管理番号 and SKU管理番号). It implements [order.StockKeeper].
func (c *Client) ReadStock(ctx context.Context, skus ...order.SKU) ([]order.Stock, error) {
	return c.shelf().ReadStock(ctx, skus)
}

// WriteStock sets the stock of SKUs, 400 a call. It implements [order.StockKeeper]. Rakuten erases
// the lead time (出荷リードタイム) and the origin of a SKU unless they are sent along, so they are read
// first and sent back.
func (c *Client) WriteStock(
	ctx context.Context, stocks []order.Stock, opts order.WriteOptions,
) ([]order.Result, error) {
	return c.shelf().WriteStock(ctx, stocks, opts)
}

func (c *Client) shelf() batch.Shelf[Inventory] {
	return batch.Shelf[Inventory]{
		Call: batch.Call{Mall: order.Rakuten, Shop: c.shop, Ability: order.CanStock,
			Check: c.Check},
		Operation: "inventories.bulk.upsert", Reads: "inventories.bulk.get", Size: stockBatch,
		Most: maxQuantity, Check: checkSKU, Read: c.readStock, Write: c.writeStock,
	}
}

func variantOf(sku order.SKU) Variant {
	return Variant{ManageNumber: sku.Item, VariantID: sku.Variant}
}

func checkSKU(sku order.SKU) error {
	var report check.Report
	variantOf(sku).check(report.Fields())
	return report.Err()
}

func (c *Client) readStock(
	ctx context.Context, skus []order.SKU,
) (map[order.SKU]batch.Held[Inventory], error) {
	asked := make([]Variant, len(skus))
	for i, sku := range skus {
		asked[i] = variantOf(sku)
	}
	r, err := c.GetInventories(ctx, asked)
	if err != nil {
		return nil, err
	}
	told := map[Variant]Inventory{}
	for _, i := range r.Inventories {
		told[Variant{strings.ToLower(i.ManageNumber), i.VariantID}] = i
	}
	held := map[order.SKU]batch.Held[Inventory]{}
	for _, sku := range skus {
		i, ok := told[Variant{strings.ToLower(sku.Item), sku.Variant}]
		if ok && i.Quantity != nil {
			held[sku] = batch.Held[Inventory]{Stock: order.Stock{SKU: sku, Quantity: *i.Quantity},
				Own: i}
		}
	}
	return held, nil
}

func (c *Client) writeStock(
	ctx context.Context, stocks []order.Stock, held map[order.SKU]batch.Held[Inventory],
) (map[order.SKU]error, error) {
	changes := make([]StockChange, len(stocks))
	for i, s := range stocks {
		own := held[s.SKU].Own
		changes[i] = StockChange{Variant: variantOf(s.SKU), Mode: Absolute, Quantity: s.Quantity,
			OperationLeadTime: own.OperationLeadTime, ShipFromIDs: own.ShipFromIDs}
	}
	_, err := c.UpsertInventories(ctx, changes)
	return nil, err
}
