package batch

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// FindStock says how to find out what became of a write of stock.
var FindStock = order.Text{
	EN: "not known whether it was changed: send it again, which is harmless, or read the stock",
	JA: "変更されたか不明です。再送する（二重になる心配はありません）か、在庫を確認してください"}

// NextSKU says what to do about stock that the shop does not have.
var NextSKU = order.Text{
	EN: "check item and variant, or register the item at the mall first; nothing was sent",
	JA: "商品コードとSKUを確認するか、先にモールで商品を登録してください。何も送信していません"}

// Shelf is how a mall reads and sets stock. H is what it keeps besides the quantity.
type Shelf[H any] struct {
	Call      Call
	Operation string // that writes
	Reads     string // the operation that reads
	Size      int    // most SKUs per call
	Most      int64  // greatest quantity; 0 if unknown
	Check     func(order.SKU) error
	// Read returns what the mall has of SKUs; those that it does not have are missing.
	Read func(context.Context, []order.SKU) (map[order.SKU]Held[H], error)
	// Write sets the stock of some SKUs in one call. refused has the mall's errors for single
	// SKUs.
	Write func(context.Context, []order.Stock, map[order.SKU]Held[H]) (refused map[order.SKU]error,
		err error)
}

// Held is what a mall has of a SKU.
type Held[H any] struct {
	Stock order.Stock
	Own   H
}

// ReadStock implements order.StockKeeper.
func (s Shelf[H]) ReadStock(ctx context.Context, skus []order.SKU) ([]order.Stock, error) {
	for i, sku := range skus {
		if err := s.Check(sku); err != nil {
			return nil, s.refuse(s.Reads, fmt.Errorf("skus[%d]: %w", i, err))
		}
	}
	held, err := s.read(ctx, skus)
	if err != nil {
		return nil, err
	}
	var all []order.Stock
	var missing []error
	for _, sku := range skus {
		if h, ok := held[sku]; ok {
			all = append(all, h.Stock)
		} else {
			missing = append(missing, s.missing(s.Reads, sku))
		}
	}
	return all, errors.Join(missing...)
}

func (s Shelf[H]) read(ctx context.Context, skus []order.SKU) (map[order.SKU]Held[H], error) {
	all := map[order.SKU]Held[H]{}
	for part := range slices.Chunk(distinct(skus), s.Size) {
		held, err := s.Read(ctx, part)
		if err != nil {
			return nil, err
		}
		for sku, h := range held {
			all[sku] = h
		}
	}
	return all, nil
}

// WriteStock implements order.StockKeeper.
func (s Shelf[H]) WriteStock(
	ctx context.Context, stocks []order.Stock, opts order.WriteOptions,
) ([]order.Result, error) {
	ctx, b := New(ctx, s.Call, len(stocks), opts)
	w := Write{Operation: s.Operation, Again: order.Yes, Find: FindStock}
	times := map[order.SKU]int{}
	for _, stock := range stocks {
		times[stock.SKU]++
	}
	var good []order.SKU
	var at []int
	for i, stock := range stocks {
		r := b.Result(i, "", "")
		r.SKU = stock.SKU
		err := s.Check(stock.SKU)
		switch {
		case err != nil:
		case stock.Unlimited:
			err = errors.New("unlimited stock cannot be set: give a Quantity")
		case stock.Quantity < 0:
			err = errors.New("the Quantity is negative")
		case s.Most > 0 && stock.Quantity > s.Most:
			err = fmt.Errorf("the Quantity is more than %d", s.Most)
		case times[stock.SKU] > 1:
			err = fmt.Errorf("%d elements are of this SKU: it is unclear which one applies",
				times[stock.SKU])
		default:
			good, at = append(good, stock.SKU), append(at, i)
			continue
		}
		Fail(r, s.refuse(s.Operation, err), w)
	}
	held, err := s.read(ctx, good)
	if err != nil {
		for _, i := range at {
			Fail(b.Result(i, "", ""), err, w)
		}
		return b.Results()
	}
	var ready []int
	for _, i := range at {
		switch r := b.Result(i, "", ""); {
		case !has(held, stocks[i].SKU):
			Fail(r, s.missing(s.Operation, stocks[i].SKU), w)
		case opts.DryRun:
			Done(r, order.Yes)
		default:
			ready = append(ready, i)
		}
	}
	for part := range slices.Chunk(ready, s.Size) {
		s.send(ctx, b, w, stocks, part, held)
	}
	return b.Results()
}

// send makes one call and fills in its results.
func (s Shelf[H]) send(
	ctx context.Context, b *Batch, w Write, stocks []order.Stock, part []int,
	held map[order.SKU]Held[H],
) {
	if b.Over(ctx) {
		for _, i := range part {
			b.Unsent(b.Result(i, "", ""), s.Operation)
		}
		return
	}
	call := make([]order.Stock, len(part))
	for k, i := range part {
		call[k] = stocks[i]
	}
	refused, err := s.Write(ctx, call, held)
	if b.Sent(ctx, err); errors.Is(err, order.ErrTemporary) {
		b.Stop(err) // one call is many SKUs
	}
	for _, i := range part {
		r := b.Result(i, "", "")
		switch own := refused[stocks[i].SKU]; {
		case own != nil:
			Fail(r, own, w)
		case err == nil:
			Done(r, order.Yes)
		case len(refused) > 0:
			Unsettled(r, w, order.Text{EN: "the reply names other SKUs",
				JA: "モールの応答に別のSKUが含まれています"}, err)
		default:
			Fail(r, err, w)
		}
	}
}

func (s Shelf[H]) refuse(operation string, err error) *order.Error {
	return &order.Error{Class: order.ErrInvalid, Mall: s.Call.Mall, Shop: s.Call.Shop,
		Operation: operation, Err: err,
		Hint: transport.UnsentHint}
}

func (s Shelf[H]) missing(operation string, sku order.SKU) *order.Error {
	why := Textf("the shop has no stock of %s", "この店舗に在庫の登録がありません：%s", sku)
	return &order.Error{Class: order.ErrNotFound, Mall: s.Call.Mall, Shop: s.Call.Shop,
		Operation: operation, Message: why.EN, Text: why, Hint: NextSKU}
}

func has[K comparable, V any](m map[K]V, key K) bool { _, ok := m[key]; return ok }

func distinct[T comparable](all []T) []T {
	seen := make(map[T]bool, len(all))
	var each []T
	for _, one := range all {
		if !seen[one] {
			seen[one], each = true, append(each, one)
		}
	}
	return each
}
