package aupay

import (
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// SaleStatus is whether an item is on sale (販売ステータス).
type SaleStatus string

// The sale statuses.
const (
	OnSale    SaleStatus = "1" // 販売中
	SaleEnded SaleStatus = "2" // 販売終了
)

// Known reports whether the value is documented.
func (s SaleStatus) Known() bool {
	switch s {
	case OnSale, SaleEnded:
		return true
	}
	return false
}

// StockUpdate sets the stock of one item, named by either LotNumber or ItemCode. Either Count or
// Choices is set. According to the mall's specification, a Count of 0 also ends the sale of the
// item.
type StockUpdate struct {
	LotNumber  string        // ロットナンバー, at most 18 digits
	ItemCode   string        // 商品コード, at most 256 bytes
	Count      *int64        // of an item without variants
	Choices    []ChoiceStock // of an item with variants, each with its Count
	SaleStatus SaleStatus    // empty leaves it unchanged
}

// StockResult is what became of one [StockUpdate].
type StockResult struct {
	LotNumber, ItemCode string
	Outcome             order.Outcome
	DryRun              bool         // nothing was sent; Done means that all checks passed
	Code, Message       string       // the mall's, or ours for a check that failed
	Next                order.Text   // what to do
	Repeating           order.Answer // whether it is safe to send again
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

// UpdateStock (updateStock, 在庫更新) sets the stock of items, 200 a call. It returns one [StockResult]
// for each element, in the same order; the error joins those of all elements that are not done.
// Elements are checked before anything is sent, and a refused one does not stop the others. When
// the mall refuses a call as a whole and names only some of its items, the others are Unsettled. A
// dry run searches each item, one a call, and refuses those that the shop does not have.
//
// Done means that the mall answered the call with status 0; the stock is not read back, since a
// sale in between would change it. Safe to repeat: it sets absolute values, if nothing was sold in
// between.
func (c *Client) UpdateStock(
	ctx context.Context, updates []StockUpdate, opt order.WriteOptions,
) ([]StockResult, error) {
	ctx, b := batch.New(ctx, batch.Call{Mall: order.AuPay, Shop: c.shop, Ability: order.CanStock,
		Check: c.Check}, len(updates), opt)
	invalid := checkStock(updates)
	var ready []int
	for i := range updates {
		r := b.Result(i, "", "")
		switch {
		case invalid[i] != nil:
			batch.Fail(r, c.calls.Refuse(opUpdateStock, "", invalid[i]), stockWrite())
		case opt.DryRun && b.Over(ctx):
			b.Unsent(r, opUpdateStock)
		case opt.DryRun:
			err := c.stocked(ctx, updates[i])
			if err == nil {
				batch.Done(r, order.Yes)
			} else {
				batch.Fail(r, err, stockWrite())
			}
			b.Sent(ctx, err, r)
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
		_, err := c.updateStock(ctx, updates, chunk, b)
		if b.Sent(ctx, err); errors.Is(err, order.ErrTemporary) {
			b.Stop(err) // one call is many items
		}
	}
	all, err := b.Results()
	results := make([]StockResult, len(all))
	for i, r := range all {
		results[i] = StockResult{LotNumber: updates[i].LotNumber, ItemCode: updates[i].ItemCode,
			Outcome: r.Outcome, DryRun: r.DryRun,
			Code: r.Code, Message: r.Message, Next: r.Next, Repeating: r.Repeating, Err: r.Err}
	}
	return results, err
}

// stocked returns an error unless the shop has the item, and all variants, of an update.
func (c *Client) stocked(ctx context.Context, u StockUpdate) error {
	missing := func(what string) error {
		return &order.Error{Class: order.ErrNotFound, Mall: order.AuPay, Shop: c.shop,
			Operation: opUpdateStock, Message: "the shop has no stock of " + what,
			Hint: batch.NextSKU}
	}
	item := cmp.Or(u.ItemCode, u.LotNumber)
	// the search takes less of a code, and matches in part
	part := strings.ToValidUTF8(u.ItemCode[:min(len(u.ItemCode), searchBytes)], "")
	for s, err := range c.Stocks(ctx,
		SearchStocksRequest{LotNumber: u.LotNumber, ItemCode: part}) {
		if err != nil {
			return err
		}
		if u.ItemCode != "" && s.ItemCode != u.ItemCode {
			continue
		}
		if u.Count != nil && s.StockCount == nil {
			return missing(item + " itself, but of its variants")
		}
		for _, want := range u.Choices {
			if !slices.ContainsFunc(s.Choices, func(has ChoiceStock) bool {
				return has.HorizontalCode == want.HorizontalCode &&
					has.VerticalCode == want.VerticalCode
			}) {
				return missing(item + " " + want.HorizontalCode + "/" + want.VerticalCode)
			}
		}
		return nil
	}
	return missing(item)
}

func stockWrite() batch.Write {
	return batch.Write{Operation: opUpdateStock, Again: order.Yes,
		Find: order.Text{EN: "not known whether it was changed: send it again, or read the stock",
			JA: "変更されたか不明です。再送するか、在庫を確認してください"}}
}

// updateStock makes one call for some elements, by index, and fills in their results. named reports
// whether the mall refused single items.
func (c *Client) updateStock(
	ctx context.Context, updates []StockUpdate, chunk []int, b *batch.Batch,
) (named bool, err error) {
	body := stockBody{ShopID: c.shop}
	for _, i := range chunk {
		u := updates[i]
		item := stockItem{LotNumber: u.LotNumber, ItemCode: u.ItemCode, Segment: "1",
			Count: u.Count, SaleStatus: u.SaleStatus, Choices: u.Choices}
		if len(u.Choices) > 0 {
			item.Segment = "2"
		}
		body.Items = append(body.Items, item)
	}
	var answer stockAnswer
	reply, err := c.post(ctx, opUpdateStock, "", body, &answer, &answer.Result)
	if err == nil && (reply.Status != http.StatusOK ||
		len(answer.Counts)+len(answer.Orders)+len(answer.Stocks) > 0 || answer.others(body.Items)) {
		err = c.foreign(opUpdateStock, "", reply)
	}
	refused := answer.refused()
	for _, i := range chunk {
		r := b.Result(i, "", "")
		own, named := refused[[2]string{updates[i].LotNumber, updates[i].ItemCode}]
		switch {
		case named:
			e := mallError(own, &transport.Response{Status: reply.Status})
			reply.scrub(e)
			e.HTTPStatus, e.Attempts = reply.Status, reply.Attempts
			if e.Hint.IsZero() {
				e.Hint = transport.HintOf(e.Class)
			}
			batch.Fail(r, e, stockWrite())
		case err == nil:
			batch.Done(r, order.Yes)
		case len(refused) > 0: // of the others the reply says nothing
			batch.Unsettled(r, stockWrite(), order.Text{EN: "the reply names other items",
				JA: "モールの応答に別の商品が含まれています"}, err)
		default:
			batch.Fail(r, err, stockWrite())
		}
	}
	return len(refused) > 0, err
}

// others reports whether the reply has rows, but none for the items that were sent.
func (a stockAnswer) others(sent []stockItem) bool {
	for _, row := range a.Rows {
		if slices.ContainsFunc(sent, func(s stockItem) bool {
			return s.LotNumber != "" && s.LotNumber == row.LotNumber || s.ItemCode != "" &&
				s.ItemCode == row.ItemCode
		}) {
			return false
		}
	}
	return len(a.Rows) > 0
}

// refused returns the errors of items by lot number and by item code.
func (a stockAnswer) refused() map[[2]string][]APIError {
	all := make(map[[2]string][]APIError)
	for _, row := range a.Rows {
		if len(row.Errors) > 0 {
			all[[2]string{row.LotNumber, ""}] = row.Errors
			all[[2]string{"", row.ItemCode}] = row.Errors
		}
	}
	delete(all, [2]string{})
	return all
}

// checkStock returns what is wrong with each element.
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
			f.Add("", "%d updates of this item: it is unclear which one applies", n)
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
