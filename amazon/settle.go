package amazon

import (
	"context"
	"slices"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

// Settle is order.Settler: each order of an unsettled result is read once, and the result is Done when the order shows the package,
// by its reference or by its tracking number. A package that does not show 15 minutes after it was sent counts as dropped: Refused,
// and sending it again is harmless.
func (c *Client) Settle(ctx context.Context, results []order.Result) ([]order.Result, error) {
	return batch.Settle(ctx, results, func(ctx context.Context, open []*order.Result) {
		type answer struct {
			order *Order
			err   error
		}
		read := make(map[string]answer)
		var over error // Amazon answers nothing at all
		for _, r := range open {
			a, known := read[r.Order]
			if !known && over == nil {
				got, err := c.GetOrder(ctx, GetOrderRequest{OrderID: r.Order, IncludedData: shipData})
				a = answer{order: &got.Order, err: err}
				read[r.Order] = a
				if walk.ShopWide(err) {
					over = err
				}
			}
			switch {
			case a.err == nil && a.order != nil && a.order.showsAll(r):
				batch.Done(r, order.Yes)
			case a.err == nil && a.order != nil:
				batch.Absent(r, shipWrite)
			case a.err != nil:
				batch.Open(r, shipWrite, a.err)
			default:
				batch.Open(r, shipWrite, over)
			}
		}
	})
}

// showsAll tells whether an order shows what a result of Ship reported.
func (w *Order) showsAll(r *order.Result) bool {
	if len(r.Records) == 1 && len(r.Numbers) == 1 && w.shows(r.Records[0], r.Numbers[0], true) {
		return true
	}
	for _, number := range r.Numbers {
		if !slices.ContainsFunc(w.Packages, func(p OrderPackage) bool { return order.SameTracking(p.TrackingNumber, number) }) {
			return false
		}
	}
	return len(r.Numbers) > 0
}
