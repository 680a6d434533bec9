package aupay_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/order"
)

func TestStocksReadsEveryPage(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: 1})
	for i := range 600 {
		mall.SetStock(aupaytest.Stock{ItemCode: fmt.Sprintf("sample-%04d", i), LotNumber: fmt.Sprint(800000000 + i),
			Count: int64(i)})
	}
	found := map[string]aupay.Stock{}
	for s, err := range client.Stocks(t.Context(), aupay.SearchStocksRequest{}) {
		require.NoError(t, err)
		found[s.ItemCode] = s
	}
	require.Len(t, found, 620)
	require.Equal(t, 2, mall.Count("searchStocks"))
	require.EqualValues(t, 599, *found["sample-0599"].StockCount)
	for code, s := range found {
		stock, _ := mall.Stock(code)
		require.Len(t, s.Choices, len(stock.Choices))
		require.Equal(t, len(s.Choices) > 0, s.StockCount == nil)
	}

	from := int64(590)
	page, err := client.SearchStocks(t.Context(),
		aupay.SearchStocksRequest{ItemCode: "sample", StockCountFrom: &from, TotalCount: 4, StartCount: 9})
	require.NoError(t, err)
	require.EqualValues(t, 10, page.MaxCount)
	require.Len(t, page.Stocks, 2)
	page, err = client.SearchStocks(t.Context(), aupay.SearchStocksRequest{LotNumber: "800000007"})
	require.NoError(t, err)
	require.Equal(t, "sample-0007", page.Stocks[0].ItemCode)
}

func TestStocksWithOddCounts(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	last := func(inner string) (n int, last error) {
		mall.ClearFaults()
		require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom, Times: -1,
			Body: "<response><result><status>0</status></result><searchResult>" + inner +
				"</searchResult></response>"}))
		for _, err := range client.Stocks(t.Context(), aupay.SearchStocksRequest{}) {
			if last = err; err == nil {
				n++
			}
		}
		return n, last
	}
	const row = "<resultStocks><itemCode>a</itemCode><stockCount>1</stockCount></resultStocks>"
	n, err := last(row)
	require.NoError(t, err)
	require.Equal(t, 1, n, "no count: a page that is not full is the last one")
	n, err = last("<maxCount>19</maxCount>" + strings.Repeat(row, 10))
	require.NoError(t, err)
	require.Equal(t, 1, n, "a page that comes again ends it")
	_, err = last("<maxCount>9</maxCount>" + row)
	require.ErrorIs(t, err, order.ErrUndecodable, "fewer rows than the page itself counts")
	_, err = last("<resultStocks><x/></resultStocks>")
	require.ErrorIs(t, err, order.ErrUndecodable, "a row that says nothing")
	_, err = last("<maxCount>9</maxCount>")
	require.ErrorIs(t, err, order.ErrUndecodable)
}

// TestLiteralStocks reads a reply that is written from the mall's description.
func TestLiteralStocks(t *testing.T) {
	mall, client := open(t, aupaytest.Options{})
	require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom, Body: literal(t, "searchStocks.xml")}))
	page, err := client.SearchStocks(t.Context(), aupay.SearchStocksRequest{})
	require.NoError(t, err)
	require.Empty(t, page.Reply.Problems)
	n := func(n int64) *int64 { return &n }
	require.Equal(t, []aupay.Stock{
		{ItemCode: "sample-mug", StockCount: n(12)},
		{ItemCode: "sample-shirt", Choices: []aupay.ChoiceStock{{HorizontalCode: "NV", VerticalCode: "-", Count: n(3)}, {HorizontalCode: "WH", Count: n(0)}}},
	}, page.Stocks)
}

func TestUpdateStockSplitsAndTellsEachItem(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: 1})
	var updates []aupay.StockUpdate
	for i := range 450 {
		code := fmt.Sprintf("sample-%04d", i)
		if i != 7 {
			mall.SetStock(aupaytest.Stock{ItemCode: code, LotNumber: fmt.Sprint(800000000 + i)})
		}
		updates = append(updates, aupay.StockUpdate{ItemCode: code, Count: new(int64(i + 1))})
	}
	updates[8].Count = nil
	results, err := client.UpdateStock(t.Context(), updates, order.WriteOptions{})
	require.Error(t, err)
	require.Equal(t, 3, mall.Count("updateStock"))
	require.Equal(t, order.Refused, results[7].Outcome)
	require.Contains(t, results[7].Message, "該当する商品")
	require.Equal(t, order.Refused, results[8].Outcome)
	require.Contains(t, results[8].Message, "Count or Choices")
	require.Equal(t, order.Unsettled, results[6].Outcome, "the mall refused the call and named another item")
	require.Equal(t, order.Yes, results[6].Repeating)
	require.Equal(t, order.Done, results[449].Outcome)
	stock, _ := mall.Stock("sample-0449")
	require.EqualValues(t, 450, stock.Count)
}

func TestUpdateStockByChoiceAndLot(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	mall.SetStock(aupaytest.Stock{ItemCode: "shirt",
		Choices: []aupaytest.Choice{{Horizontal: "NV", Vertical: "-", Count: 1}}})
	mall.SetStock(aupaytest.Stock{ItemCode: "mug", LotNumber: "700000003", Count: 5})
	results, err := client.UpdateStock(t.Context(), []aupay.StockUpdate{
		{ItemCode: "shirt", Choices: []aupay.ChoiceStock{{HorizontalCode: "NV", VerticalCode: "-", Count: new(int64(0))}}},
		{LotNumber: "700000003", Count: new(int64(2)), SaleStatus: aupay.SaleEnded},
	}, order.WriteOptions{})
	require.NoError(t, err)
	require.Equal(t, order.Done, results[1].Outcome)
	require.Equal(t, flat(literal(t, "updateStock.xml")), flat(string(mall.Calls("updateStock")[0].Body)))
	shirt, _ := mall.Stock("shirt")
	require.Zero(t, shirt.Choices[0].Count)
	mug, _ := mall.Stock("mug")
	require.Equal(t, aupaytest.Stock{ItemCode: "mug", LotNumber: "700000003", Count: 2, Ended: true}, mug)
}

func TestUpdateStockFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall, client := open(t, aupaytest.Options{Orders: -1})
		var updates []aupay.StockUpdate
		for i := range 201 {
			updates = append(updates, aupay.StockUpdate{ItemCode: fmt.Sprint("item-", i), Count: new(int64(1))})
		}
		for name, tc := range map[string]struct {
			fault aupaytest.Fault
			first order.Outcome
			last  order.Outcome
			calls int
		}{
			"refused as a whole": {aupaytest.Fault{Kind: aupaytest.Custom, Body: refusal, Times: -1}, order.Refused, order.Refused, 2},
			"answer lost":        {aupaytest.Fault{Kind: aupaytest.ReplyLost, Times: -1}, order.Unsettled, order.NotSent, 4},
			"key over":           {aupaytest.Fault{Kind: aupaytest.ExpiredKey, Times: -1}, order.Refused, order.NotSent, 2},
		} {
			mall.ClearFaults()
			before := mall.Count("")
			require.NoError(t, mall.Inject(tc.fault))
			results, err := client.UpdateStock(t.Context(), updates, order.WriteOptions{})
			require.Error(t, err)
			require.Equal(t, tc.first, results[0].Outcome, name)
			require.Equal(t, tc.last, results[200].Outcome, name)
			require.Error(t, results[200].Err)
			require.Equal(t, tc.calls, mall.Count("")-before, name)
		}
		mall.Close()
	})
}

func TestUpdateStockIsRefusedBeforeItIsSent(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	one := new(int64(1))
	for want, u := range map[string]aupay.StockUpdate{
		"exactly one of":              {Count: one},
		"LotNumber: is not a number":  {LotNumber: "x", Count: one},
		"Count: is negative":          {ItemCode: "a", Count: new(int64(-1))},
		"give either Count":           {ItemCode: "a", Count: one, Choices: []aupay.ChoiceStock{{Count: one}}},
		"Choices[0].Count: is requir": {ItemCode: "a", Choices: []aupay.ChoiceStock{{}}},
		"SaleStatus":                  {ItemCode: "a", Count: one, SaleStatus: "3"},
	} {
		results, err := client.UpdateStock(t.Context(), []aupay.StockUpdate{u}, order.WriteOptions{})
		require.ErrorIs(t, err, order.ErrInvalid, want)
		require.Contains(t, results[0].Message, want)
	}
	results, err := client.UpdateStock(t.Context(),
		[]aupay.StockUpdate{{ItemCode: "a", Count: one}, {ItemCode: "a", Count: one}}, order.WriteOptions{DryRun: true})
	require.Error(t, err)
	require.Contains(t, results[0].Message, "2 updates of this item")
	_, err = client.SearchStocks(t.Context(),
		aupay.SearchStocksRequest{TotalCount: 501, StockCountFrom: new(int64(-1)), LotNumber: "x"})
	require.ErrorContains(t, err, "TotalCount")
	require.ErrorContains(t, err, "StockCountFrom")
	require.ErrorContains(t, err, "LotNumber")
	require.Zero(t, mall.Count(""))
}

// A dry run refuses what the mall would refuse, and sends nothing.
func TestUpdateStockDryRunKnowsTheShopsItems(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	long := strings.Repeat("茶", 80)
	mall.SetStock(aupaytest.Stock{ItemCode: "mug", LotNumber: "800000001"})
	mall.SetStock(aupaytest.Stock{ItemCode: long, LotNumber: "800000003"})
	mall.SetStock(aupaytest.Stock{ItemCode: "shirt", LotNumber: "800000002",
		Choices: []aupaytest.Choice{{Horizontal: "NV", Vertical: "M"}}})
	one := new(int64(1))
	updates := []aupay.StockUpdate{
		{ItemCode: "mug", Count: one}, {LotNumber: "800000001", Count: one}, {ItemCode: long, Count: one},
		{ItemCode: "shirt", Choices: []aupay.ChoiceStock{{HorizontalCode: "NV", VerticalCode: "M", Count: one}}},
		{ItemCode: "mu", Count: one}, {LotNumber: "899999999", Count: one}, {ItemCode: "shirt", Count: one},
		{LotNumber: "800000002", Choices: []aupay.ChoiceStock{{HorizontalCode: "WH", VerticalCode: "M", Count: one}}},
	}
	for i, u := range updates {
		dry, err := client.UpdateStock(t.Context(), []aupay.StockUpdate{u}, order.WriteOptions{DryRun: true})
		require.True(t, dry[0].DryRun)
		require.Zero(t, mall.Count("updateStock"))
		want := order.Done
		if i > 3 {
			want = order.Refused
			require.ErrorIs(t, err, order.ErrNotFound)
			require.NotEmpty(t, dry[0].Next)
		}
		require.Equal(t, want, dry[0].Outcome, "%d: %s", i, dry[0].Message)
	}
	for i, u := range updates {
		real, _ := client.UpdateStock(t.Context(), []aupay.StockUpdate{u}, order.WriteOptions{})
		require.Equal(t, i > 3, real[0].Outcome == order.Refused, "%d", i)
	}
}
