package yahoo

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
)

// maxStock is the maximum number of codes in a stock call.
const maxStock = 1000

// ItemCode identifies an item or one of its variants.
type ItemCode struct {
	Code    string // half-width letters, digits and hyphens, at most 99
	SubCode string // 個別商品コード; empty for an item without variants
}

// String returns the code as the mall writes it: Code or Code:SubCode.
func (i ItemCode) String() string {
	if i.SubCode == "" {
		return i.Code
	}
	return i.Code + ":" + i.SubCode
}

// StockResponse is the answer to GetStock and SetStock.
type StockResponse struct {
	Available int64   `xml:"totalResultsAvailable,attr"`
	Returned  int64   `xml:"totalResultsReturned,attr"`
	First     int64   `xml:"firstResultPosition,attr"`
	OK        int64   `xml:"ok,attr"`
	NG        int64   `xml:"ng,attr"`
	Stocks    []Stock `xml:"Result"`
	// SetStock: some codes failed (HTTP 207); read the stock with GetStock
	Partial bool  `xml:"-"`
	Reply   Reply `xml:"-"`
}

// Stock is the stock of one code.
type Stock struct {
	ItemCode string `xml:"ItemCode"`
	SubCode  string `xml:"SubCode"`
	// GetStock: 1 if there is a record; 0 if not, then the fields below are empty
	Status         string   `xml:"Status"`
	Quantity       *int64   `xml:"Quantity"`       // nil: unlimited, no record, or failed
	AllowOverdraft *bool    `xml:"AllowOverdraft"` // 超過購入を許可
	IsPublished    *bool    `xml:"IsPublished"`
	UpdateTime     DateTime `xml:"UpdateTime"`
	StockClose     *bool    `xml:"StockClose"`
	// SetStock: why this code failed; several are joined with commas
	ErrorCode string `xml:"ErrorCode"`
}

// GetStock (在庫参照) reads the stock of up to 1,000 codes. Safe to repeat.
//
// https://developer.yahoo.co.jp/webapi/shopping/getStock.html
func (c *Client) GetStock(ctx context.Context, codes []ItemCode) (StockResponse, error) {
	var report check.Report
	joined := joinCodes(report.Fields(), "codes", codes)
	return c.stock(ctx, getStock, &report, url.Values{"item_code": {joined}}, nil)
}

// StockChange sets or adjusts the stock of one code.
type StockChange struct {
	Item ItemCode
	// the new stock, 0 to 999,999,999; if Relative, what is added, -999,999,999 to 999,999,999
	Quantity int64
	Relative bool
	// nil is the mall's default, the store's setting, not what the item had before
	AllowOverdraft *bool
	Reopen         bool // releases the closed flag
}

// SetStock (在庫更新) changes the stock of up to 1,000 codes. Records that are missing are created. A
// code was changed if its element in the answer has no ErrorCode; an answer that lacks a code is an
// error of class [order.ErrUndecodable]. The mall's page says both that one bad code cancels all
// and that codes fail one by one (HTTP 207, Partial): read the stock after a failure. Safe to
// repeat, and repeated by the client, unless a change is Relative.
//
// https://developer.yahoo.co.jp/webapi/shopping/setStock.html
func (c *Client) SetStock(ctx context.Context, changes []StockChange) (StockResponse, error) {
	var report check.Report
	f := report.Fields()
	items := make([]ItemCode, len(changes))
	var quantities, overdrafts, reopens []string
	overdraft, reopen, retry := false, false, transport.Idempotent
	for i, ch := range changes {
		items[i] = ch.Item
		least := int64(0)
		quantity := strconv.FormatInt(ch.Quantity, 10)
		if ch.Relative {
			retry, least = transport.Unsafe, -999_999_999
			if ch.Quantity >= 0 {
				quantity = "+" + quantity
			}
		}
		f.Item("changes", i).Range("Quantity", ch.Quantity, least, 999_999_999)
		quantities = append(quantities, quantity)
		overdrafts, overdraft = append(overdrafts, bit(ch.AllowOverdraft)), overdraft ||
			ch.AllowOverdraft != nil
		closed := ""
		if ch.Reopen {
			closed, reopen = "0", true
		}
		reopens = append(reopens, closed)
	}
	form := url.Values{"item_code": {joinCodes(f, "changes", items)},
		"quantity": {strings.Join(quantities, ",")}}
	if overdraft {
		form.Set("allow_overdraft", strings.Join(overdrafts, ","))
	}
	if reopen {
		form.Set("stock_close", strings.Join(reopens, ","))
	}
	r, err := c.stock(ctx, setStock, &report, form, &retry)
	if err == nil {
		err = c.answered(items, r)
	}
	return r, err
}

// answered refuses an answer to setStock that lacks a code.
func (c *Client) answered(items []ItemCode, r StockResponse) error {
	told := make(map[ItemCode]bool, len(r.Stocks))
	for _, s := range r.Stocks {
		told[ItemCode{Code: s.ItemCode, SubCode: s.SubCode}] = true
	}
	for i, item := range items {
		if !told[item] {
			return c.undecodable(setStock, "", r.Reply,
				fmt.Errorf("the reply says nothing of changes[%d]: read the stock back", i))
		}
	}
	return nil
}

func bit(b *bool) string {
	switch {
	case b == nil:
		return ""
	case *b:
		return "1"
	}
	return "0"
}

func joinCodes(f check.Fields, list string, items []ItemCode) string {
	f.Batch(list, len(items), maxStock)
	words := make([]string, len(items))
	for i, item := range items {
		g := f.Item(list, i)
		g.Required("Code", item.Code)
		for name, part := range map[string]string{"Code": item.Code, "SubCode": item.SubCode} {
			if len(part) > 99 || strings.Trim(part, letters+digits+"-") != "" {
				g.Add(name, "is not up to 99 half-width letters, digits and hyphens")
			}
		}
		words[i] = item.String()
	}
	f.Unique(list, words)
	return strings.Join(words, ",")
}

func (c *Client) stock(
	ctx context.Context, operation string, report *check.Report, form url.Values,
	retry *transport.Retry,
) (StockResponse, error) {
	if err := report.Err(); err != nil {
		return StockResponse{}, c.calls.Refuse(operation, "", err)
	}
	form.Set("seller_id", c.shop)
	var r StockResponse
	reply, err := c.call(ctx, transport.Call{
		Body:        []byte(form.Encode()),
		ContentType: "application/x-www-form-urlencoded; charset=UTF-8", Retry: retry,
	}, operation, "", &r)
	r.Reply, r.Partial = reply, reply.Status == http.StatusMultiStatus
	return r, err
}
