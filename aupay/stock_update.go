package aupay

import (
	"context"
	"encoding/xml"
	"errors"
	"slices"

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
	Result Result `xml:"result"`
	Rows   []struct {
		LotNumber string     `xml:"lotNumber"`
		ItemCode  string     `xml:"itemCode"`
		Errors    []APIError `xml:"error"`
	} `xml:"updateResult"`
}

// UpdateStock (updateStock, 在庫更新) sets the stock of items, 200 a call. There is one StockResult for each element, in the same order,
// whatever happened; the error joins those of every element that was not done. Elements are checked before anything is sent, and
// refused ones do not stop others. It sets absolute values, so repeating it is harmless as far as nothing was sold in between.
// When the mall refuses a call as a whole and names only some of its items, what became of the others is not known.
func (c *Client) UpdateStock(ctx context.Context, updates []StockUpdate, opt order.WriteOptions) ([]StockResult, error) {
	results := make([]StockResult, len(updates))
	invalid := checkStock(updates)
	var ready []int
	for i, u := range updates {
		r := &results[i]
		r.LotNumber, r.ItemCode, r.DryRun, r.Repeating = u.LotNumber, u.ItemCode, opt.DryRun, order.Yes
		switch {
		case invalid[i] != nil:
			r.fail(order.Refused, c.refuse(opUpdateStock, "", invalid[i]), "correct the element and send it again")
			r.Message = invalid[i].Error()
		case opt.DryRun:
			r.Outcome = order.Done
		default:
			ready = append(ready, i)
		}
	}
	var broken *order.Error
	for batch := range slices.Chunk(ready, maxStockBatch) {
		if broken != nil {
			e := c.notSent(ctx, broken, &write{operation: opUpdateStock})
			for _, i := range batch {
				results[i].fail(order.Refused, e, "not sent, because an earlier call met a failure of the whole shop: send it again when that is over")
			}
			continue
		}
		if e := c.updateStock(ctx, updates, batch, results); e != nil && (shopWide(e) || errors.Is(e, order.ErrTemporary)) {
			broken = e
		}
	}
	var failed []error
	for i := range results {
		if err := results[i].Err; err != nil {
			failed = append(failed, err)
		}
	}
	return results, errors.Join(failed...)
}

func (r *StockResult) fail(outcome order.Outcome, e *order.Error, next string) {
	r.Outcome, r.Err, r.Next, r.Code, r.Message = outcome, e, next, e.Code, e.Message
}

// updateStock makes one call for the elements of a batch, by index, and fills in their results.
func (c *Client) updateStock(ctx context.Context, updates []StockUpdate, batch []int, results []StockResult) *order.Error {
	body := stockBody{ShopID: c.shop}
	for _, i := range batch {
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
	var whole *order.Error
	if err != nil && !errors.As(err, &whole) {
		whole = c.refuse(opUpdateStock, "", err)
	}
	refused := answer.refused()
	secret := ""
	if len(refused) > 0 {
		secret = c.secret(ctx)
	}
	for _, i := range batch {
		r := &results[i]
		own, named := refused[r.key()]
		switch {
		case named:
			e := mallError(own, &transport.Response{Status: reply.Status})
			e.Code, e.Message = clean(e.Code, secret), clean(e.Message, secret)
			e.Mall, e.Shop, e.Operation, e.HTTPStatus, e.Attempts = order.AuPay, c.shop, opUpdateStock, reply.Status, reply.Attempts
			r.fail(order.Refused, e, "read the mall's words; the item is as it was")
		case whole == nil:
			r.Outcome = order.Done
		case whole.Attempts == 0:
			r.fail(order.Refused, whole, "nothing was sent: send it again")
		case len(refused) == 0 && !transport.Unsettled(err) && !errors.Is(err, order.ErrUndecodable):
			r.fail(order.Refused, whole, "read the mall's words; nothing was changed")
		default:
			r.fail(order.Unsettled, whole, "not known whether it was changed: send it again, or read the stock")
		}
	}
	return whole
}

// key names an item as updateResult does.
func (r *StockResult) key() [2]string { return [2]string{r.LotNumber, r.ItemCode} }

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
