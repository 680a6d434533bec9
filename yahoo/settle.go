package yahoo

import (
	"context"
	"errors"
	"slices"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/kit"
	"github.com/jpmall/jpmall/order"
)

// Settle finds out what became of unsettled writes. It implements [order.Settler]. It reads each
// order once. A Result does not hold the memo or the delivery wish, so results of Annotate and
// ChangeDelivery stay Unsettled: compare with the order, or send them again. Safe to repeat.
func (c *Client) Settle(ctx context.Context, results []order.Result) ([]order.Result, error) {
	w := c.writer()
	return w.Settle(ctx, results, func(r *order.Result) kit.Settling[OrderInfo] {
		switch r.Ability {
		case order.CanShip:
			s := kit.Settling[OrderInfo]{Write: written(orderShipStatusChange, order.Yes),
				Shows: shippedAs}
			if warned(r, WarnCarrierDiffers) {
				s.Shows, s.Err = nil, errCarrier
			}
			return s
		case order.CanConfirm:
			return kit.Settling[OrderInfo]{Write: written(orderChange, order.Yes),
				Shows: func(_ *order.Result, now *OrderInfo) bool { return now.IsSeen }}
		case order.CanCancel:
			s := kit.Settling[OrderInfo]{Write: written(orderStatusChange, order.NotTold),
				Shows: func(_ *order.Result, now *OrderInfo) bool { return cancelled(now) }}
			if warned(r, codeLater) {
				s.Wait = 0 // however late, it may still come
			}
			return s
		}
		return kit.Settling[OrderInfo]{Write: written(orderChange, order.Yes),
			Err: batch.ErrNotKept}
	})
}

var errCarrier = errors.New(
	"the order shows another carrier than the one that was reported, see Warnings")

// shippedAs reports whether an order shows what a result of Ship reported. A result with Records
// and no Numbers took numbers away.
func shippedAs(r *order.Result, now *OrderInfo) bool {
	places := [maxNumbers]string{now.Ship.ShipInvoiceNumber1, now.Ship.ShipInvoiceNumber2}
	if len(r.Numbers) == 0 && len(r.Records) > 0 {
		return !slices.ContainsFunc(r.Records,
			func(id string) bool { i, ok := placeOf(id); return ok && places[i] != "" })
	}
	for _, number := range r.Numbers {
		if !slices.ContainsFunc(places[:],
			func(now string) bool { return order.SameTracking(now, number) }) {
			return false
		}
	}
	return now.Ship.ShipStatus == ShipDone || now.Ship.ShipStatus == ShipArrived
}
