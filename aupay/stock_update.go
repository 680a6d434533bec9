package aupay

import (
	"context"
	"encoding/xml"
	"errors"
	"net/http"
	"slices"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// SaleStatus is 販売ステータス.
type SaleStatus string

// The sale statuses.
const (
	OnSale    SaleStatus = "1" // 販売中
	SaleEnded SaleStatus = "2" // 販売終了
)

// StockUpdate sets the stock of one item, named by exactly one of LotNumber and ItemCode. Either Count or Choices is given. A Count of
// 0 ends the sale of the item by itself, as the mall's sheet says.
type StockUpdate struct {
	LotNumber  string        // ロットナンバー, at most 18 digits
	ItemCode   string        // 商品コード, at most 256 bytes
	Count      *int64        // of an item without variants
	Choices    []ChoiceStock // of an item with variants, each with its Count
	SaleStatus SaleStatus    // empty leaves it as it is
}

// StockResult is what became of one StockUpdate.
type StockResult struct {
	LotNumber, ItemCode string
	Outcome             order.Outcome
	DryRun              bool         // nothing was sent; Done means that all checks passed
	Code, Message       string       // the mall's, or ours for a check that failed
	Next                string       // what to do
	Repeating           order.Answer // whether sending the same again is harmless
	Err                 error        // the *order.Error; nil when Done
}

type stockBody struct {
	XMLName xml.Name    `xml:"request"`
	ShopID  string      `xml:"shopId"`
	Items   []stockItem `xml:"stockUpdateItem"`
}

type stockItem struct {
	LotNumber  string        `xml:"lotNumber,omitempty"`
	ItemCode   string        `xml:"itemCode,omitempty"`
	Segment    string        `xml:"stockSegment"` // 1 plain, 2 per choice
	Count      *int64        `xml:"stockCount"`
	SaleStatus SaleStatus    `xml:"saleStatus,omitempty"`
	Choices    []ChoiceStock `xml:"choicesStocks"`
}

type stockAnswer struct {
	Result Result     `xml:"result"`
	Counts []string   `xml:"resultCount"`  // of other calls
	Orders []struct{} `xml:"orderInfo"`    // the same
	Stocks []struct{} `xml:"searchResult"` // the same
	Rows   []struct {
		LotNumber string     `xml:"lotNumber"`
		ItemCode  string     `xml:"itemCode"`
		Errors    []APIError `xml:"error"`
	} `xml:"updateResult"`
}

// UpdateStock (updateStock, 在庫更新) sets the stock of items, 200 a call. There is one StockResult for each element, in the same order,
// whatever happened; the error joins those of every element that was not done. Elements are checked before anything is sent, and
// refused ones do not stop others. It sets absolute values, so repeating it is harmless as far as nothing was sold in between.
// When the mall refuses a call as a whole and names only some of its items, what became of the others is not known. Done is the mall's
// status 0 for the call; the stock is not read back, since a sale in between would contradict it.
func (c *Client) UpdateStock(ctx context.Context, updates []StockUpdate, opt order.WriteOptions) ([]StockResult, error) {
	ctx, b := batch.New(ctx, batch.Call{Mall: order.AuPay, Shop: c.shop, Ability: order.CanStock, Check: c.Check}, len(updates), opt)
	invalid := checkStock(updates)
	var ready []int
	for i := range updates {
		r := b.Result(i, "", "")
		switch {
		case invalid[i] != nil:
			batch.Fail(r, c.calls.Refuse(opUpdateStock, "", invalid[i]), stockWrite())
		case opt.DryRun:
			batch.Done(r, order.Yes)
		default:
			ready = append(ready, i)
		}
	}
	for chunk := range slices.Chunk(ready, maxStockBatch) {
		if b.Over(ctx) {
			for _, i := range chunk {
				b.Unsent(b.Result(i, "", ""), opUpdateStock)
			}
			continue
		}
		err := c.updateStock(ctx, updates, chunk, b)
		if b.Sent(ctx, err); errors.Is(err, order.ErrTemporary) {
			b.Stop(err) // one call is many items
		}
	}
	all, err := b.Results()
	results := make([]StockResult, len(all))
	for i, r := range all {
		results[i] = StockResult{LotNumber: updates[i].LotNumber, ItemCode: updates[i].ItemCode, Outcome: r.Outcome, DryRun: r.DryRun,
			Code: r.Code, Message: r.Message, Next: r.Next, Repeating: r.Repeating, Err: r.Err}
	}
	return results, err
}

func stockWrite() batch.Write {
	return batch.Write{Operation: opUpdateStock, Again: order.Yes, Find: "not known whether it was changed: send it again, or read the stock"}
}

// updateStock makes one call for some elements, by index, and fills in their results.
func (c *Client) updateStock(ctx context.Context, updates []StockUpdate, chunk []int, b *batch.Batch) error {
	body := stockBody{ShopID: c.shop}
	for _, i := range chunk {
		u := updates[i]
		item := stockItem{LotNumber: u.LotNumber, ItemCode: u.ItemCode, Segment: "1", Count: u.Count, SaleStatus: u.SaleStatus, Choices: u.Choices}
		if len(u.Choices) > 0 {
			item.Segment = "2"
		}
		body.Items = append(body.Items, item)
	}
	var answer stockAnswer
	var reply Reply
	err := c.post(ctx, opUpdateStock, "", body, &answer, &answer.Result, &reply)
	if err == nil && (reply.Status != http.StatusOK || len(answer.Counts)+len(answer.Orders)+len(answer.Stocks) > 0 || answer.others(body.Items)) {
		err = c.foreign(opUpdateStock, "", reply)
	}
	refused := answer.refused()
	secret := ""
	if len(refused) > 0 {
		secret = c.secret(ctx)
	}
	for _, i := range chunk {
		r := b.Result(i, "", "")
		own, named := refused[[2]string{updates[i].LotNumber, updates[i].ItemCode}]
		switch {
		case named:
			e := mallError(own, &transport.Response{Status: reply.Status})
			e.Code, e.Message = clean(e.Code, secret), clean(e.Message, secret)
			e.HTTPStatus, e.Attempts = reply.Status, reply.Attempts
			if e.Hint == "" {
				e.Hint = transport.HintOf(e.Class)
			}
			batch.Fail(r, e, stockWrite())
		case err == nil:
			batch.Done(r, order.Yes)
		case len(refused) > 0: // of the others the reply says nothing
			batch.Unsettled(r, stockWrite(), "the reply names other items", err)
		default:
			batch.Fail(r, err, stockWrite())
		}
	}
	return err
}

// others reports whether the reply has rows, and none of them is of the items that were sent.
func (a stockAnswer) others(sent []stockItem) bool {
	for _, row := range a.Rows {
		if slices.ContainsFunc(sent, func(s stockItem) bool {
			return s.LotNumber != "" && s.LotNumber == row.LotNumber || s.ItemCode != "" && s.ItemCode == row.ItemCode
		}) {
			return false
		}
	}
	return len(a.Rows) > 0
}

// refused are the items that the reply names with an error, under each way to name them.
func (a stockAnswer) refused() map[[2]string][]APIError {
	all := make(map[[2]string][]APIError)
	for _, row := range a.Rows {
		if len(row.Errors) > 0 {
			all[[2]string{row.LotNumber, ""}], all[[2]string{"", row.ItemCode}] = row.Errors, row.Errors
		}
	}
	delete(all, [2]string{})
	return all
}

// checkStock tells for each element what is wrong with it.
func checkStock(updates []StockUpdate) []error {
	times := make(map[[2]string]int, len(updates))
	for _, u := range updates {
		times[[2]string{u.LotNumber, u.ItemCode}]++
	}
	all := make([]error, len(updates))
	for i, u := range updates {
		var report check.Report
		f := report.Fields()
		if (u.LotNumber == "") == (u.ItemCode == "") {
			f.Add("", "needs exactly one of LotNumber and ItemCode")
		} else if n := times[[2]string{u.LotNumber, u.ItemCode}]; n > 1 {
			f.Add("", "%d updates of this item: which one counts cannot be told", n)
		}
		checkItem(f, u.LotNumber, u.ItemCode, itemCodeBytes)
		if (u.Count == nil) == (len(u.Choices) == 0) {
			f.Add("Count", "give either Count or Choices")
		}
		checkCount(f, "Count", u.Count)
		if u.SaleStatus != "" && u.SaleStatus != OnSale && u.SaleStatus != SaleEnded {
			f.Add("SaleStatus", "is neither 1 nor 2")
		}
		for j, choice := range u.Choices {
			g := f.Item("Choices", j)
			if choice.Count == nil {
				g.Add("Count", "is required")
			}
			checkCount(g, "Count", choice.Count)
			g.Characters("HorizontalCode", choice.HorizontalCode, unsafeText)
			g.Characters("VerticalCode", choice.VerticalCode, unsafeText)
		}
		all[i] = report.Err()
	}
	return all
}

func checkCount(f check.Fields, field string, n *int64) {
	if n != nil && *n < 0 { // the upper bound is not known
		f.Add(field, "is negative")
	}
}
