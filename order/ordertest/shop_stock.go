package ordertest

import (
	"context"
	"errors"
	"fmt"

	"github.com/jpmall/jpmall/order"
)

const readStock = "read_stock"

// SetStock adds SKUs to the shop, or replaces their stock, as a sale or the mall may at any time.
func (s *Shop) SetStock(stocks ...order.Stock) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range stocks {
		s.stock[one.SKU] = one
	}
}

// ReadStock reads stock, in one call. It implements [order.StockKeeper].
func (s *Shop) ReadStock(ctx context.Context, skus ...order.SKU) ([]order.Stock, error) {
	if err := s.reach(ctx, readStock, ""); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []order.Stock
	var missing []error
	for _, sku := range skus {
		if one, there := s.stock[sku]; there {
			all = append(all, one)
		} else {
			missing = append(missing, s.failure(order.ErrNotFound, readStock, "", noSKU(sku)))
		}
	}
	return all, errors.Join(missing...)
}

// WriteStock sets stock. It implements [order.StockKeeper]. What is Unsettled may be sent again or
// read; as at the malls, Settle does not find it out.
func (s *Shop) WriteStock(
	ctx context.Context, stocks []order.Stock, opts order.WriteOptions,
) ([]order.Result, error) {
	times := map[order.SKU]int{}
	for _, one := range stocks {
		times[one.SKU]++
	}
	jobs := make([]job, len(stocks))
	for i, one := range stocks {
		jobs[i] = job{sku: one.SKU, set: func(commit bool) *order.Error {
			return s.setStock(one, times[one.SKU], commit)
		}}
	}
	return s.write(ctx, order.CanStock, jobs, opts)
}

// setStock checks an element and, if commit is set, applies it.
func (s *Shop) setStock(one order.Stock, times int, commit bool) *order.Error {
	refused := &order.Error{Class: order.ErrInvalid, Hint: nothingSent}
	_, there := s.stock[one.SKU]
	switch {
	case one.Unlimited:
		refused.Err = errors.New("unlimited stock cannot be set")
	case one.Quantity < 0:
		refused.Err = errors.New("field Quantity is negative")
	case times > 1:
		refused.Err = fmt.Errorf("%d elements are of this SKU", times)
	case !there:
		refused.Class, refused.Err = order.ErrNotFound, noSKU(one.SKU)
	default:
		if commit {
			s.stock[one.SKU] = one
		}
		return nil
	}
	return refused
}

func noSKU(sku order.SKU) error { return fmt.Errorf("the shop has no stock of %s", sku) }
