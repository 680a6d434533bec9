package aupay

import (
	"context"
	"fmt"
	"iter"
	"net/url"
	"strconv"

	"github.com/jpmall/jpmall/internal/check"
)

// Limits of the stock calls.
const (
	maxStockPage  = 500 // items a page of searchStocks; the mall's default is 10
	maxStockBatch = 200 // items a call of updateStock
	lotBytes      = 18
	itemCodeBytes = 256 // of updateStock; searchStocks takes 128
	searchBytes   = 128
	maxStock      = 99999 // five digits
)

// SearchStocksRequest holds the parameters of SearchStocks. Empty fields do not filter. There is an
// upper bound beside StockCountFrom, but no source shows its name; [Client.Do] can send it.
type SearchStocksRequest struct {
	LotNumber      string // ロットナンバー, at most 18 digits
	ItemCode       string // 商品コード, matches in part, at most 128 bytes
	StockCountFrom *int64 // the least count, up to 99999
	TotalCount     int    // rows a page, 1 to 500; 0 is 500
	StartCount     int    // first row, from 1; 0 is 1
}

// SearchStocksResponse is the answer to SearchStocks.
type SearchStocksResponse struct {
	Result   Result  `xml:"result"`
	MaxCount int64   `xml:"searchResult>maxCount"` // hits of the whole search
	Stocks   []Stock `xml:"searchResult>resultStocks"`
	Reply    Reply   `xml:"-"`
}

// Stock is the stock of one item.
type Stock struct {
	ItemCode   string        `xml:"itemCode"`
	StockCount *int64        `xml:"stockCount"`    // nil when missing
	Choices    []ChoiceStock `xml:"choicesStocks"` // none for an item without variants
}

// ChoiceStock is the stock of one variant (選択肢別在庫).
type ChoiceStock struct {
	// each code is "-" or empty when the item has no such axis
	HorizontalCode string `xml:"choicesStockHorizontalCode"`
	VerticalCode   string `xml:"choicesStockVerticalCode"`
	Count          *int64 `xml:"choicesStockCount"`
}

// SearchStocks (searchStocks, 在庫検索) reads one page of stock, of up to 500 items. Safe to repeat.
func (c *Client) SearchStocks(
	ctx context.Context, r SearchStocksRequest,
) (SearchStocksResponse, error) {
	var answer SearchStocksResponse
	reply, err := c.get(ctx, opSearchStocks, r.query, &answer, &answer.Result, func() error {
		for i, s := range answer.Stocks {
			// an item need not have a code
			if s.ItemCode == "" && s.StockCount == nil && len(s.Choices) == 0 {
				return fmt.Errorf("resultStocks[%d] says nothing", i)
			}
		}
		return counted(len(answer.Stocks), answer.MaxCount, r.StartCount,
			orDefault(r.TotalCount, maxStockPage))
	})
	answer.Reply = reply
	return answer, err
}

func (r SearchStocksRequest) query(shop string) (url.Values, error) {
	var report check.Report
	f := report.Fields()
	checkItem(f, r.LotNumber, r.ItemCode, searchBytes)
	f.Range("TotalCount", int64(r.TotalCount), 0, maxStockPage)
	if r.StartCount < 0 {
		f.Add("StartCount", "is negative")
	}
	q := url.Values{
		"shopId": {shop}, "totalCount": {strconv.Itoa(orDefault(r.TotalCount, maxStockPage))},
		"startCount": {strconv.Itoa(orDefault(r.StartCount, 1))},
	}
	if r.LotNumber != "" {
		q.Set("lotNumber", r.LotNumber)
	}
	if r.ItemCode != "" {
		q.Set("itemCode", r.ItemCode)
	}
	if n := r.StockCountFrom; n != nil {
		f.Range("StockCountFrom", *n, 0, maxStock)
		q.Set("stockCountFrom", strconv.FormatInt(*n, 10))
	}
	return q, report.Err()
}

// checkItem refuses what cannot name an item.
func checkItem(f check.Fields, lot, code string, codeBytes int) {
	if lot != "" && !digits(lot) {
		f.Add("LotNumber", "is not a number")
	}
	f.Bytes("LotNumber", lot, lotBytes)
	f.Bytes("ItemCode", code, codeBytes)
	f.Characters("ItemCode", code, unsafeText)
}

// Stocks reads all pages of a search; TotalCount and StartCount are ignored. An item that comes on
// two pages is yielded once. The order of rows is not documented, so an item that moves between two
// calls may be missed. An error is the last element. Safe to repeat.
func (c *Client) Stocks(ctx context.Context, r SearchStocksRequest) iter.Seq2[Stock, error] {
	return func(yield func(Stock, error) bool) {
		r := r // each iteration has its own page
		seen := make(map[string]bool)
		for r.TotalCount, r.StartCount = maxStockPage, 1; ; {
			page, err := c.SearchStocks(ctx, r)
			if err != nil {
				yield(Stock{}, err)
				return
			}
			fresh := false
			for _, s := range page.Stocks {
				if s.ItemCode != "" && seen[s.ItemCode] {
					continue
				}
				fresh, seen[s.ItemCode] = true, true
				if !yield(s, nil) {
					return
				}
			}
			r.StartCount += len(page.Stocks)
			// the count may be missing
			last := int64(r.StartCount) > page.MaxCount &&
				(page.MaxCount > 0 || len(page.Stocks) < maxStockPage)
			if !fresh || last {
				return
			}
		}
	}
}
