package rakuten

import (
	"context"
	"errors"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// ChangeDelivery sets delivery date and slot of orders, one call each. It implements
// [order.DeliveryChanger]. Rakuten has one of each for a whole order. A slot that it cannot hold
// (half hours, an open end, night) is refused, see [TermOf]. The orders are read first; those that
// are shipped or cancelled are refused, see WriteOptions.AnyState.
//
// Done means that Rakuten reports success and the order, read back once for the whole call, has
// date and slot within WriteOptions.ShownWithin. Safe to repeat: it sets whole values.
func (c *Client) ChangeDelivery(
	ctx context.Context, list []order.DeliveryChange, opts order.WriteOptions,
) ([]order.Result, error) {
	return c.memos(ctx, order.CanChangeDelivery, len(list), opts,
		func(i int) (UpdateOrderMemoRequest, error) {
			d := list[i]
			in := UpdateOrderMemoRequest{OrderNumber: d.Order}
			if d.Date == nil && d.Slot == nil {
				return in, errors.New("neither Date nor Slot is given")
			}
			if d.Date != nil {
				in.DeliveryDate = Set(*d.Date)
				if d.Date.IsZero() {
					in.DeliveryDate = Clear[order.Date]()
				}
			}
			if d.Slot != nil {
				if *d.Slot == timeslot.Unresolved {
					return in, errors.New("the slot is unresolved")
				}
				term, ok := TermOf(*d.Slot)
				if !ok {
					return in, errors.New("no shippingTerm of Rakuten says " + d.Slot.String() +
						": it knows whole hours from 7 to 24, morning and afternoon")
				}
				in.ShippingTerm = Set(term)
			}
			return in, nil
		})
}
