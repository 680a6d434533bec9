package yahoo

import (
	"context"
	"errors"
	"slices"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

// settleFields are what Settle reads of an order.
var settleFields = []Field{"OrderId", "OrderStatus", "IsSeen", "ShipStatus", "ShipCompanyCode", "ShipInvoiceNumber1", "ShipInvoiceNumber2"}

// Settle is order.Settler: each order of an unsettled result is read once. A memo and a delivery wish are not kept in a Result, so
// those of Annotate and ChangeDelivery stay Unsettled: compare with the order, or send them again, which is harmless.
func (c *Client) Settle(ctx context.Context, results []order.Result) ([]order.Result, error) {
	return batch.Settle(writing(ctx), results, func(ctx context.Context, open []*order.Result) {
		type answer struct {
			order *OrderInfo
			err   error
		}
		read := make(map[string]answer)
		var over error // the mall answers nothing at all
		for _, r := range open {
			a, known := read[r.Order]
			if !known && over == nil {
				doc, err := c.OrderInfo(ctx, OrderInfoRequest{OrderID: r.Order, Fields: settleFields})
				a = answer{order: &doc.Order, err: err}
				read[r.Order] = a
				if walk.ShopWide(err) {
					over = err
				}
			}
			switch w := settles(r.Ability); {
			case over != nil:
				batch.Open(r, w, over)
			case a.err != nil:
				batch.Open(r, w, a.err)
			default:
				settle(r, w, a.order)
			}
		}
	})
}

// settles is the write of an ability.
func settles(ability order.Ability) batch.Write {
	switch ability {
	case order.CanShip:
		return written(orderShipStatusChange, order.Yes)
	case order.CanCancel:
		return written(orderStatusChange, order.NotTold)
	}
	return written(orderChange, order.Yes)
}

var (
	errNotKept = errors.New("the result does not hold what was written: compare it with the order")
	errCarrier = errors.New("the order shows another carrier than the one that was reported, see Warnings")
)

func settle(r *order.Result, w batch.Write, now *OrderInfo) {
	shown := false
	switch r.Ability {
	case order.CanShip:
		if warned(r, WarnCarrierDiffers) {
			batch.Open(r, w, errCarrier)
			return
		}
		shown = shippedAs(now, r)
	case order.CanConfirm:
		shown = now.IsSeen
	case order.CanCancel:
		shown = cancelled(now)
		if warned(r, codeLater) {
			w.Wait = 0 // however late, it may still come
		}
	default:
		batch.Open(r, w, errNotKept)
		return
	}
	if shown {
		batch.Done(r, w.Again)
		return
	}
	batch.Absent(r, w)
}

// shippedAs tells whether an order shows what a result of Ship reported. A result with Records and no Numbers took numbers away.
func shippedAs(now *OrderInfo, r *order.Result) bool {
	places := [maxNumbers]string{now.Ship.ShipInvoiceNumber1, now.Ship.ShipInvoiceNumber2}
	if len(r.Numbers) == 0 && len(r.Records) > 0 {
		return !slices.ContainsFunc(r.Records, func(id string) bool { i, ok := placeOf(id); return ok && places[i] != "" })
	}
	for _, number := range r.Numbers {
		if !slices.ContainsFunc(places[:], func(now string) bool { return order.SameTracking(now, number) }) {
			return false
		}
	}
	return now.Ship.ShipStatus == ShipDone || now.Ship.ShipStatus == ShipArrived
}
