package aupay

import (
	"context"
	"slices"
	"strings"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/order"
)

// manyItems is up to how many items are searched one by one; for more the whole shop is read, 500
// items a call.
const manyItems = 10

// ReadStock reads the stock of items and variants. It implements [order.StockKeeper]. The mall
// searches one item code a call, so for more than ten items the stock of the whole shop is read.
// Safe to repeat.
func (c *Client) ReadStock(ctx context.Context, skus ...order.SKU) ([]order.Stock, error) {
	return c.shelf().ReadStock(ctx, skus)
}

// WriteStock sets the stock of items and variants. It implements [order.StockKeeper]. Variants of
// one item go in one update. According to the mall's specification, a quantity of 0 also ends the
// sale of an item without variants; UpdateStock sets the sale status. Safe to repeat: it sets
// absolute values, if nothing was sold in between.
func (c *Client) WriteStock(
	ctx context.Context, stocks []order.Stock, opts order.WriteOptions,
) ([]order.Result, error) {
	return c.shelf().WriteStock(ctx, stocks, opts)
}

func (c *Client) shelf() batch.Shelf[struct{}] {
	return batch.Shelf[struct{}]{
		Call: batch.Call{Mall: order.AuPay, Shop: c.shop, Ability: order.CanStock,
			Check: c.Check},
		Operation: opUpdateStock, Reads: opSearchStocks, Size: maxStockBatch, Check: checkSKU,
		Read: c.readStock, Write: c.writeStock,
	}
}

func checkSKU(sku order.SKU) error {
	var report check.Report
	f := report.Fields()
	f.Required("Item", sku.Item)
	f.Bytes("Item", sku.Item, searchBytes)
	f.Characters("Item", sku.Item, unsafeText)
	f.Characters("Variant", sku.Variant, unsafeText)
	if sku.Variant != "" && strings.Count(sku.Variant, "/") != 1 {
		f.Add("Variant",
			`is not the horizontal and the vertical code with a slash between them, such as "M/-"`)
	}
	return report.Err()
}

func (c *Client) readStock(
	ctx context.Context, skus []order.SKU,
) (map[order.SKU]batch.Held[struct{}], error) {
	wanted := map[order.SKU]bool{}
	var items []string
	for _, sku := range skus {
		if wanted[sku] = true; !slices.Contains(items, sku.Item) {
			items = append(items, sku.Item)
		}
	}
	searches := []SearchStocksRequest{{}}
	if len(items) <= manyItems {
		searches = nil
		for _, item := range items {
			searches = append(searches, SearchStocksRequest{ItemCode: item})
		}
	}
	held := map[order.SKU]batch.Held[struct{}]{}
	found := func(sku order.SKU, n *int64) {
		if n != nil && wanted[sku] {
			held[sku] = batch.Held[struct{}]{Stock: order.Stock{SKU: sku, Quantity: *n}}
		}
	}
	for _, search := range searches {
		for s, err := range c.Stocks(ctx, search) {
			if err != nil {
				return nil, err
			}
			found(order.SKU{Item: s.ItemCode}, s.StockCount)
			for _, choice := range s.Choices {
				found(order.SKU{Item: s.ItemCode,
					Variant: choice.HorizontalCode + "/" + choice.VerticalCode}, choice.Count)
			}
		}
	}
	return held, nil
}

// writeStock makes one call of up to 200 items.
func (c *Client) writeStock(
	ctx context.Context, stocks []order.Stock, _ map[order.SKU]batch.Held[struct{}],
) (map[order.SKU]error, error) {
	var updates []StockUpdate
	at := map[string]int{}
	for _, s := range stocks {
		i, there := at[s.Item]
		if !there {
			i = len(updates)
			at[s.Item], updates = i, append(updates, StockUpdate{ItemCode: s.Item})
		}
		if s.Variant == "" {
			updates[i].Count = &s.Quantity
			continue
		}
		horizontal, vertical, _ := strings.Cut(s.Variant, "/")
		updates[i].Choices = append(updates[i].Choices,
			ChoiceStock{HorizontalCode: horizontal, VerticalCode: vertical, Count: &s.Quantity})
	}
	all := make([]int, len(updates))
	for i, err := range checkStock(updates) {
		if err != nil {
			return nil, c.calls.Refuse(opUpdateStock, "", err)
		}
		all[i] = i
	}
	_, b := batch.New(ctx, batch.Call{Mall: order.AuPay, Shop: c.shop, Ability: order.CanStock},
		len(updates), order.WriteOptions{})
	named, err := c.updateStock(ctx, updates, all, b)
	if !named {
		return nil, err
	}
	refused := map[order.SKU]error{}
	results, _ := b.Results() // its error is that of the results
	for _, s := range stocks {
		if r := results[at[s.Item]]; r.Outcome == order.Refused {
			refused[s.SKU] = r.Err
		}
	}
	return refused, err
}
