package ordertest_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/suite"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/ordertest"
)

// keeper is a shop's stock in memory; break says what it does wrong.
type keeper struct {
	stock map[order.SKU]int64
	wrong string
}

func (k *keeper) ReadStock(_ context.Context, skus ...order.SKU) ([]order.Stock, error) {
	var all []order.Stock
	var err error
	for _, sku := range skus {
		n, ok := k.stock[sku]
		switch {
		case ok || k.wrong == "invents":
			all = append(all, order.Stock{SKU: sku, Quantity: n})
		default:
			err = &order.Error{Class: order.ErrNotFound}
		}
	}
	if k.wrong == "order" && len(all) > 1 {
		all[0], all[1] = all[1], all[0]
	}
	return all, err
}

func (k *keeper) WriteStock(
	ctx context.Context, stocks []order.Stock, opts order.WriteOptions,
) ([]order.Result, error) {
	results := make([]order.Result, len(stocks))
	var failed []error
	for i, s := range stocks {
		r := &results[i]
		*r = order.Result{Mall: order.Rakuten, Shop: "mihon", Ability: order.CanStock, SKU: s.SKU, DryRun: opts.DryRun,
			Outcome: order.Done}
		now, known := k.stock[s.SKU]
		switch {
		case ctx.Err() != nil && k.wrong != "context":
			r.Outcome, r.Err = order.NotSent, &order.Error{Class: order.ErrLocalLimit, Err: ctx.Err()}
		case !known:
			r.Outcome, r.Err = order.Refused, &order.Error{Class: order.ErrNotFound}
		case s.Quantity < 0:
			r.Outcome, r.Err = order.Refused, &order.Error{Class: order.ErrInvalid}
		case opts.DryRun && k.wrong != "dry":
		case k.wrong == "forgets":
		case k.wrong == "adds":
			k.stock[s.SKU] = now + s.Quantity
		default:
			k.stock[s.SKU] = s.Quantity
		}
		if r.Err != nil {
			failed = append(failed, r.Err)
			if r.Outcome == order.Refused && k.wrong != "silent" {
				r.Next = order.Text{EN: "correct it", JA: "修正してください"}
			}
		}
		if k.wrong == "nameless" {
			r.SKU = order.SKU{}
		}
	}
	return results, errors.Join(failed...)
}

// TestStockSuite holds the suite to find each fault, and none in a shop that is well.
func TestStockSuite(t *testing.T) {
	for wrong, want := range map[string]string{
		"": "", "invents": "stock that is not there is named", "order": "stock is read in order", "forgets": "stock set shows",
		"adds": "stock set shows", "dry": "stock dry run changes nothing", "silent": "stock refuses one alone",
		"context": "stock cancelled", "nameless": "stock set shows",
	} {
		t.Run(wrong, func(t *testing.T) {
			r := suite.NewRecord()
			ordertest.TestStock(r, func() (*ordertest.StockSubject, error) {
				one, two := order.SKU{Item: "tea", Variant: "100g"}, order.SKU{Item: "pot"}
				return &ordertest.StockSubject{Keeper: &keeper{map[order.SKU]int64{one: 3, two: 0}, wrong},
					Ready:   []order.SKU{one, two},
					Unknown: order.SKU{Item: "nothing"}}, nil
			})
			require.Len(t, r.Ran(), 8)
			if want == "" {
				require.Empty(t, r.Failed())
				return
			}
			require.Contains(t, r.Failed(), want)
		})
	}
}

var tea, pot = order.SKU{Item: "tea", Variant: "100g"}, order.SKU{Item: "pot"}

func stocked() *ordertest.Shop {
	shop := ordertest.NewShop(ordertest.ShopOptions{})
	shop.SetStock(order.Stock{SKU: tea, Quantity: 3}, order.Stock{SKU: pot})
	return shop
}

func TestShopKeepsStock(t *testing.T) {
	ordertest.TestStock(bubble{t}, func() (*ordertest.StockSubject, error) {
		return &ordertest.StockSubject{Keeper: stocked(), Ready: []order.SKU{tea, pot},
			Unknown: order.SKU{Item: "nothing"}}, nil
	})
}

// TestFaultsOfStock: each strikes a read or one element of a write, and a lost answer leaves open
// what became of it.
func TestFaultsOfStock(t *testing.T) {
	for kind, want := range map[string]struct {
		outcome order.Outcome
		has     int64
	}{
		ordertest.RateLimited: {order.NotSent, 3}, ordertest.Dropped: {order.Unsettled, 3},
		ordertest.ReplyLost: {order.Unsettled, 8}, ordertest.ServerError: {order.Unsettled, 3},
	} {
		t.Run(kind, func(t *testing.T) {
			shop := stocked()
			require.NoError(t, shop.Inject(ordertest.Fault{Kind: kind, Operation: "read_stock"},
				ordertest.Fault{Kind: kind, Operation: string(order.CanStock)}))
			_, err := shop.ReadStock(t.Context(), tea)
			require.ErrorContains(t, err, "injected fault")
			results, err := shop.WriteStock(t.Context(),
				[]order.Stock{{SKU: tea, Quantity: 8}, {SKU: pot, Quantity: 1}}, order.WriteOptions{})
			require.ErrorIs(t, err, results[0].Err)
			require.Equal(t, want.outcome, results[0].Outcome)
			require.Equal(t, order.Yes, results[0].Repeating)
			require.False(t, results[0].Next.IsZero())
			require.Equal(t, order.Done, results[1].Outcome)
			settled, err := shop.Settle(t.Context(), results)
			require.Error(t, err)
			require.Equal(t, want.outcome, settled[0].Outcome)
			got, err := shop.ReadStock(t.Context(), tea, pot)
			require.NoError(t, err)
			require.Equal(t, []order.Stock{{SKU: tea, Quantity: want.has}, {SKU: pot, Quantity: 1}}, got)
			require.Zero(t, shop.PendingFaults())
		})
	}
}

// TestShopRefusesStock that no mall could set: a SKU twice in one call, or without a number.
func TestShopRefusesStock(t *testing.T) {
	shop := stocked()
	results, err := shop.WriteStock(t.Context(), []order.Stock{{SKU: tea, Quantity: 8}, {SKU: tea, Quantity: 9},
		{SKU: pot, Unlimited: true}}, order.WriteOptions{})
	require.ErrorIs(t, err, order.ErrInvalid)
	for _, r := range results {
		require.Equal(t, order.Refused, r.Outcome)
	}
	require.Zero(t, shop.Count(string(order.CanStock)), "nothing was sent")
}
