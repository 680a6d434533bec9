package rakuten

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/kit"
	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

var (
	_ order.Confirmer       = (*Client)(nil)
	_ order.Shipper         = (*Client)(nil)
	_ order.Canceller       = (*Client)(nil)
	_ order.Annotator       = (*Client)(nil)
	_ order.DeliveryChanger = (*Client)(nil)
	_ order.Settler         = (*Client)(nil)
)

// How long after a write Rakuten is expected to show it. Neither is documented: both are generous
// guesses.
const (
	shownAfter   = 15 * time.Minute
	queueSettled = 30 * time.Minute // an asynchronous report, from the queue into the order
)

type write = kit.Write[OrderModel]

// writer reads all orders before the first is written to, a hundred a call.
func (c *Client) writer() kit.Writer[OrderModel] {
	return kit.Writer[OrderModel]{
		Call:  batch.Call{Mall: order.Rakuten, Shop: c.shop, Check: c.Check},
		Calls: c.calls, Convert: func(w *OrderModel) order.Order {
			return Convert(w, c.convert)
		},
		Read: c.state, Ahead: true,
	}
}

// done fills in a result that went well from the mall's message.
func done(r *order.Result, m MessageModel, again order.Answer) {
	batch.Done(r, again)
	r.Code, r.Message = m.MessageCode, m.Message
	if m.MessageType == Warning {
		r.Warnings = append(r.Warnings, order.Warning{Code: m.MessageCode, Message: m.Message})
	}
}

// single fills in the result of a successful call about one order, and returns the error of a
// failed one.
func single(r *order.Result, out UpdateResponse, err error, again order.Answer) error {
	r.Warnings = append(r.Warnings, out.Warnings...)
	if err == nil {
		done(r, out.MessageModelList[0], again) // without one of its own there is an error
	}
	return err
}

// about is the part of a joined error that concerns an order, else the part that concerns the whole
// call.
func about(err error, id string) error {
	parts := []error{err}
	var whole error
	for len(parts) > 0 {
		part := parts[0]
		parts = parts[1:]
		if many, ok := part.(interface{ Unwrap() []error }); ok {
			parts = append(parts, many.Unwrap()...)
			continue
		}
		switch order.Concerns(part) {
		case id:
			return part
		case "":
			whole = part
		}
	}
	return whole
}

// state reads orders before a write that depends on their state. missing holds the errors of those
// that cannot be read.
func (c *Client) state(
	ctx context.Context, ids []string,
) (orders map[string]*OrderModel, missing map[string]error) {
	orders, missing = map[string]*OrderModel{}, map[string]error{}
	var unique []string
	for _, id := range ids {
		if _, again := orders[id]; !again && id != "" {
			orders[id] = nil
			unique = append(unique, id)
		}
	}
	if len(unique) == 0 {
		return orders, missing
	}
	var failed error // of the whole shop
	for chunk := range slices.Chunk(unique, c.calls.Row("getOrder").Batch) {
		if failed == nil {
			failed = c.readInto(ctx, chunk, orders, missing)
			continue
		}
		for _, id := range chunk {
			missing[id] = failed
		}
	}
	return orders, missing
}

// readInto reads orders in one call. When it fails as if for the whole shop and Check succeeds, one
// of the orders is the cause: each is then read alone, until three in a row fail so. The returned
// error is that of the shop, which the next call would meet too.
func (c *Client) readInto(
	ctx context.Context, ids []string, orders map[string]*OrderModel, missing map[string]error,
) error {
	out, err := c.GetOrder(ctx, GetOrderRequest{OrderNumberList: ids})
	shop := walk.ShopWide(err) && len(out.OrderModelList) == 0
	if shop && len(ids) > 1 && !errors.Is(err, order.ErrRateLimited) && ctx.Err() == nil &&
		c.Check(ctx) == nil {
		inRow := 0
		for i, id := range ids {
			switch failed := c.readInto(ctx, ids[i:i+1], orders, missing); {
			case failed == nil:
				inRow = 0
			case inRow == 2:
				for _, id := range ids[i:] {
					missing[id] = failed
				}
				return failed
			default:
				inRow++
				missing[id] = failed
			}
		}
		return nil
	}
	for i := range out.OrderModelList {
		orders[out.OrderModelList[i].OrderNumber] = &out.OrderModelList[i]
	}
	for _, id := range ids {
		if orders[id] == nil {
			if missing[id] = about(err, id); missing[id] == nil {
				missing[id] = c.calls.Missing("getOrder", id)
			}
		}
	}
	if shop {
		return err
	}
	return nil
}
