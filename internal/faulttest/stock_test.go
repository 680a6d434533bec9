package faulttest_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/ordertest"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// rakutenStock is a shop with two SKUs, one of which has a lead time that nobody may lose.
func rakutenStock(t *testing.T) (*rakuten.Client, *ordertest.StockSubject) {
	m := rakutentest.New(rakutentest.Options{Orders: -1})
	t.Cleanup(m.Close)
	m.SetStock("mihon-pot", "red", 0)
	c, err := rakuten.New(rakuten.Config{Shop: "mihon-shop", HTTPClient: &http.Client{Transport: m.Transport()},
		Limiter: order.Unlimited,
		Keys: credential.Static(rakuten.Keys{ServiceSecret: credential.NewSecret(m.ServiceSecret()),
			LicenseKey: credential.NewSecret(m.LicenseKey())})})
	require.NoError(t, err)
	_, err = c.UpsertInventories(t.Context(), []rakuten.StockChange{
		{Variant: rakuten.Variant{ManageNumber: "mihon-tea", VariantID: "100g"}, Mode: rakuten.Absolute, Quantity: 5,
			OperationLeadTime: &rakuten.OperationLeadTime{NormalDeliveryTimeID: new(int64(3))},
			ShipFromIDs:       []int64{1}},
	})
	require.NoError(t, err)
	return c, &ordertest.StockSubject{Keeper: c, Unknown: order.SKU{Item: "mihon-nothing", Variant: "1"},
		Ready: []order.SKU{{Item: "Mihon-Tea", Variant: "100g"}, {Item: "mihon-pot", Variant: "red"}}}
}

func yahooStock(t *testing.T) (*yahootest.Mall, *ordertest.StockSubject) {
	m := yahootest.New(yahootest.Options{Orders: -1})
	t.Cleanup(m.Close)
	m.SetStock("mihon-tea:100g", yahootest.Stock{Quantity: 5, Overdraft: true})
	m.SetStock("mihon-pot", yahootest.Stock{Quantity: 0, Closed: true})
	m.SetStock("mihon-gift", yahootest.Stock{Quantity: -1})
	c, err := yahoo.New(yahoo.Config{Shop: m.Shop(), HTTPClient: &http.Client{Transport: m.Transport()},
		Limiter: order.Unlimited,
		Keys: credential.Static(yahoo.Keys{ClientID: m.ClientID(), ClientSecret: credential.NewSecret(m.ClientSecret()),
			RefreshToken: credential.NewSecret(m.RefreshToken()), ConsentedAt: m.ConsentedAt()})})
	require.NoError(t, err)
	return m, &ordertest.StockSubject{Keeper: c, Unknown: order.SKU{Item: "mihon-nothing"},
		Ready: []order.SKU{{Item: "mihon-tea", Variant: "100g"}, {Item: "mihon-pot"}}}
}

func aupayStock(t *testing.T) (*aupaytest.Mall, *ordertest.StockSubject) {
	m := aupaytest.New(aupaytest.Options{Orders: -1})
	t.Cleanup(m.Close)
	m.SetStock(aupaytest.Stock{LotNumber: "700000001", ItemCode: "mihon-tea", Choices: []aupaytest.Choice{
		{Horizontal: "M", Vertical: "-", Count: 5}, {Horizontal: "L", Vertical: "-", Count: 2},
	}})
	m.SetStock(aupaytest.Stock{LotNumber: "700000002", ItemCode: "mihon-pot", Count: 9})
	c, err := aupay.New(aupay.Config{Shop: m.Shop(), HTTPClient: &http.Client{Transport: m.Transport()},
		Limiter: order.Unlimited,
		Keys:    credential.Static(aupay.Keys{APIKey: credential.NewSecret(m.APIKey())})})
	require.NoError(t, err)
	return m, &ordertest.StockSubject{Keeper: c, Unknown: order.SKU{Item: "mihon-nothing"},
		Ready: []order.SKU{{Item: "mihon-tea", Variant: "M/-"}, {Item: "mihon-tea", Variant: "L/-"},
			{Item: "mihon-pot"}}}
}

// TestStockOfEveryMall holds the three malls that have stock to one contract.
func TestStockOfEveryMall(t *testing.T) {
	t.Parallel()
	for name, open := range map[order.Mall]func(*testing.T) *ordertest.StockSubject{
		order.Rakuten: func(t *testing.T) *ordertest.StockSubject { _, s := rakutenStock(t); return s },
		order.Yahoo:   func(t *testing.T) *ordertest.StockSubject { _, s := yahooStock(t); return s },
		order.AuPay:   func(t *testing.T) *ordertest.StockSubject { _, s := aupayStock(t); return s },
	} {
		t.Run(string(name), func(t *testing.T) {
			ordertest.TestStock(t, func() (*ordertest.StockSubject, error) { return open(t), nil })
		})
	}
}

// TestStockOfALine reads the stock of what was ordered, by the lines alone.
func TestStockOfALine(t *testing.T) {
	t.Parallel()
	for _, open := range openers {
		m := open(1, 10, false)
		t.Cleanup(m.close)
		m.limits = order.Unlimited
		source, known := m.source(t, m.wire), 0
		for o, err := range source.Orders(t.Context(), order.Query{From: time.Now().AddDate(0, 0, -30)}) {
			require.NoError(t, err)
			for _, l := range o.Lines() {
				if l.Stock == (order.SKU{}) {
					continue
				}
				m.stock(l.Stock, 7)
				got, err := source.(order.StockKeeper).ReadStock(t.Context(), l.Stock)
				require.NoError(t, err)
				require.Equal(t, []order.Stock{{SKU: l.Stock, Quantity: 7}}, got)
				known++
			}
		}
		require.Equal(t, m.stock != nil, known > 0, m.name)
	}
}

// TestStockKeepsWhatStandsBesideTheNumber writes a number, and finds lead time, origin and
// overdraft as they were.
func TestStockKeepsWhatStandsBesideTheNumber(t *testing.T) {
	t.Parallel()
	c, s := rakutenStock(t)
	_, err := s.Keeper.WriteStock(t.Context(), []order.Stock{{SKU: s.Ready[0], Quantity: 8}}, order.WriteOptions{})
	require.NoError(t, err)
	got, _, err := c.GetInventory(t.Context(), rakuten.Variant{ManageNumber: "mihon-tea", VariantID: "100g"})
	require.NoError(t, err)
	require.Equal(t, []any{int64(8), int64(3), []int64{1}},
		[]any{*got.Quantity, *got.OperationLeadTime.NormalDeliveryTimeID, got.ShipFromIDs})

	m, s := yahooStock(t)
	_, err = s.Keeper.WriteStock(t.Context(),
		[]order.Stock{{SKU: s.Ready[0], Quantity: 8}, {SKU: s.Ready[1], Quantity: 1}}, order.WriteOptions{})
	require.NoError(t, err)
	tea, _ := m.GetStock("mihon-tea:100g")
	require.True(t, tea.Overdraft)
	pot, _ := m.GetStock("mihon-pot")
	require.True(t, pot.Closed && !pot.Overdraft)

	unlimited, err := s.Keeper.ReadStock(t.Context(), order.SKU{Item: "mihon-gift"})
	require.NoError(t, err)
	require.True(t, unlimited[0].Unlimited)
	results, err := s.Keeper.WriteStock(t.Context(), unlimited, order.WriteOptions{})
	require.ErrorContains(t, err, "unlimited stock cannot be set")
	require.Equal(t, order.Refused, results[0].Outcome)

	shop, s := aupayStock(t)
	results, err = s.Keeper.WriteStock(t.Context(),
		[]order.Stock{{SKU: s.Ready[0], Quantity: 1}, {SKU: order.SKU{Item: "mihon-pot", Variant: "M"}}},
		order.WriteOptions{})
	require.ErrorContains(t, err, "slash between them")
	require.Equal(t, []order.Outcome{order.Done, order.Refused},
		[]order.Outcome{results[0].Outcome, results[1].Outcome})
	left, _ := shop.Stock("mihon-tea")
	require.Equal(t, []aupaytest.Choice{{Horizontal: "M", Vertical: "-", Count: 1},
		{Horizontal: "L", Vertical: "-", Count: 2}}, left.Choices)
}

// TestStockWhoseAnswerIsLost is unsettled, and harmless to repeat.
func TestStockWhoseAnswerIsLost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, s := yahooStock(t)
		_, err := s.Keeper.ReadStock(context.Background(), s.Ready...)
		require.NoError(t, err)
		require.NoError(t, m.Inject(yahootest.Fault{Operation: "setStock", Kind: yahootest.ReplyLost, Times: -1}))
		results, err := s.Keeper.WriteStock(t.Context(), []order.Stock{{SKU: s.Ready[0], Quantity: 8}},
			order.WriteOptions{})
		require.Error(t, err)
		require.Equal(t, []any{order.Unsettled, order.Yes}, []any{results[0].Outcome, results[0].Repeating})
		require.Contains(t, results[0].Next.JA, "在庫を確認してください")
		m.Close()
	})
}

// TestMissingStockNamesWhatWasAsked: the error of a SKU that a shop does not have is that of the
// call that asked.
func TestMissingStockNamesWhatWasAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, ofRakuten := rakutenStock(t)
		_, ofYahoo := yahooStock(t)
		_, ofAupay := aupayStock(t)
		for operation, s := range map[string]*ordertest.StockSubject{
			"inventories.bulk.get": ofRakuten, "getStock": ofYahoo, "searchStocks": ofAupay,
		} {
			_, err := s.Keeper.ReadStock(t.Context(), s.Unknown)
			var e *order.Error
			require.ErrorAs(t, err, &e)
			require.ErrorIs(t, err, order.ErrNotFound)
			require.Equal(t, operation, e.Operation)
		}
	})
}

// TestSeededOrdersAreInStock: what the lines of a fake's own orders sell can be read and set.
func TestSeededOrdersAreInStock(t *testing.T) {
	t.Parallel()
	for _, shop := range []struct {
		open func(seed uint64, n int, quotas bool) *mall
		skus func(o order.Order) []order.SKU
	}{
		{openRakuten, func(o order.Order) (all []order.SKU) {
			w, _ := rakuten.Raw(o)
			for _, p := range w.PackageModelList {
				for _, i := range p.ItemModelList {
					for _, s := range i.SkuModelList {
						all = append(all, order.SKU{Item: i.ManageNumber, Variant: s.VariantID})
					}
				}
			}
			return all
		}},
		{openYahoo, func(o order.Order) (all []order.SKU) {
			for _, l := range o.Parcels[0].Lines {
				sku := order.SKU{Item: l.ItemID}
				if l.SKU != l.ItemID {
					sku.Variant = l.SKU
				}
				all = append(all, sku)
			}
			return all
		}},
		{openAuPay, func(o order.Order) (all []order.SKU) {
			w, _ := aupay.Raw(o)
			for _, d := range w.Details {
				sku := order.SKU{Item: d.ItemCode}
				if d.ItemManagementID != "" {
					sku.Variant = strings.TrimPrefix(d.ItemManagementID, "-") + "/-"
				}
				all = append(all, sku)
			}
			return all
		}},
	} {
		m := shop.open(7, 60, false)
		t.Cleanup(m.close)
		m.limits = order.Unlimited
		source, err := m.open(&http.Client{Transport: m.wire})
		require.NoError(t, err)
		var skus []order.SKU
		for o, err := range source.Orders(t.Context(), order.Query{IDs: m.ids()}) {
			require.NoError(t, err)
			skus = append(skus, shop.skus(o)...)
		}
		require.Greater(t, len(skus), 60, "%s", m.name)
		stocks, err := source.(order.StockKeeper).ReadStock(t.Context(), skus...)
		require.NoError(t, err, "%s", m.name)
		for _, s := range stocks {
			require.Positive(t, s.Quantity, "%s %s", m.name, s.SKU)
		}
	}
}
