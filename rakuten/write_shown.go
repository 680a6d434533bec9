package rakuten

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/order"
)

// written is a write that Rakuten's message says to be done, and how to see it in the order.
type written struct {
	result *order.Result
	write  batch.Write
	shown  func(*OrderModel) bool
}

// readBack looks whether the orders show what was written, a hundred a call, for as long as WriteOptions.ShownWithin allows. What they do
// not show is Unsettled.
func (c *Client) readBack(ctx context.Context, sent []written, opts order.WriteOptions) {
	sent = slices.DeleteFunc(sent, func(w written) bool { return w.result.Outcome != order.Done || w.result.DryRun })
	if len(sent) == 0 {
		return
	}
	var missing map[string]error
	_, _ = batch.Shown(ctx, opts, func(ctx context.Context) (bool, error) {
		ids := make([]string, len(sent))
		for i, w := range sent {
			ids[i] = w.result.Order
		}
		var orders map[string]*OrderModel
		orders, missing = c.state(ctx, ids)
		sent = slices.DeleteFunc(sent, func(w written) bool {
			o := orders[w.result.Order]
			return o != nil && w.shown(o)
		})
		return len(sent) == 0, errors.Join(slices.Collect(maps.Values(missing))...)
	})
	for _, w := range sent {
		batch.NotShown(w.result, w.write, missing[w.result.Order])
	}
}

// shown reports whether an order has what a change of its memo, delivery date and slot set. White space is the mall's own.
func (in UpdateOrderMemoRequest) shown(o *OrderModel) bool {
	same := true
	if !in.Memo.IsZero() {
		memo, _ := in.Memo.Get()
		same = slices.Equal(strings.Fields(o.Memo), strings.Fields(memo))
	}
	if !in.DeliveryDate.IsZero() {
		want, _ := in.DeliveryDate.Get()
		day, _ := o.DeliveryDate.Date()
		same = same && day == want
	}
	if term, ok := in.ShippingTerm.Get(); ok {
		same = same && (o.ShippingTerm != nil && *o.ShippingTerm == term || o.ShippingTerm == nil && term == 0)
	}
	return same
}

// shown reports whether an order has the records of a shipment: the ids that Rakuten told, the numbers, and none that was removed.
func (p *shipPart) shown(o *OrderModel) bool {
	i := slices.IndexFunc(o.PackageModelList, func(k PackageModel) bool { return id(k.BasketID) == p.result.Parcel })
	if i < 0 {
		return false
	}
	records := o.PackageModelList[i].ShippingModelList
	there := func(record string) bool {
		return slices.ContainsFunc(records, func(s ShippingModel) bool { return id(s.ShippingDetailID) == record })
	}
	for _, record := range p.result.Records {
		if !there(record) {
			return false
		}
	}
	return !slices.ContainsFunc(p.removed, there) && !slices.ContainsFunc(p.result.Numbers, func(number string) bool {
		return !slices.ContainsFunc(records, func(s ShippingModel) bool { return sameNumber(s.ShippingNumber, number) })
	})
}
