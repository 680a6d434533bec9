package order_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// TestStockPrintsItsNumber: a Stock is a SKU with a number, and prints both.
func TestStockPrintsItsNumber(t *testing.T) {
	tea := order.SKU{Item: "sample-tea", Variant: "100g"}
	require.Equal(t, "sample-tea:100g 5", fmt.Sprint(order.Stock{SKU: tea, Quantity: 5}))
	require.Equal(t, "sample-tea:100g unlimited", fmt.Sprint(order.Stock{SKU: tea, Unlimited: true}))
}

// shelf is a stall that counts what it sells.
type shelf struct {
	*depot
	counts map[order.SKU]int64
}

func (s *shelf) ReadStock(_ context.Context, skus ...order.SKU) (all []order.Stock, err error) {
	for _, sku := range skus {
		all = append(all, order.Stock{SKU: sku, Quantity: s.counts[sku]})
	}
	return all, nil
}

func (s *shelf) WriteStock(_ context.Context, stocks []order.Stock, o order.WriteOptions) ([]order.Result, error) {
	results := make([]order.Result, len(stocks))
	for i, x := range stocks {
		results[i] = order.Result{Mall: s.Mall(), Shop: s.Shop(), Ability: order.CanStock, SKU: x.SKU,
			Outcome: order.Done, DryRun: o.DryRun}
		if !o.DryRun {
			s.counts[x.SKU] = x.Quantity
		}
	}
	return results, nil
}

// The stock of a shop, wherever the mall has it: Rakuten, Yahoo! and au do. Every SKU has a result
// of its own.
func ExampleStockKeeper() {
	ctx := context.Background()
	tea := order.SKU{Item: "sample-tea", Variant: "100g"}
	var shop order.Source = &shelf{market(), map[order.SKU]int64{tea: 5}} // or the client of a mall

	keeper, ok := order.As[order.StockKeeper](shop)
	if !ok {
		fmt.Println(shop.Mall(), "has no stock to write") // its Capabilities say why
		return
	}
	for _, try := range []order.WriteOptions{{DryRun: true}, {}} {
		results, err := keeper.WriteStock(ctx, []order.Stock{{SKU: tea, Quantity: 3}}, try)
		if err != nil {
			fmt.Println(err) // joins those of the results
		}
		stocks, err := keeper.ReadStock(ctx, tea)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(results[0].Outcome, stocks[0])
	}
	// Output:
	// done sample-tea:100g 5
	// done sample-tea:100g 3
}
