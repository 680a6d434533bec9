package rakuten

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jpmall/jpmall/internal/batch"
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

// How long after a write was sent Rakuten surely shows it. Nobody has published either: both are generous guesses.
const (
	shownAfter   = 15 * time.Minute
	queueSettled = 30 * time.Minute // an asynchronous report, from the queue into the order
)

func (c *Client) begin(ctx context.Context, ability order.Ability, n int, opts order.WriteOptions) (context.Context, *batch.Batch) {
	return batch.New(ctx, batch.Call{Mall: order.Rakuten, Shop: c.shop, Ability: ability, Check: c.Check}, n, opts)
}

// judge looks at an order that was just read.
func (c *Client) judge(b *batch.Batch, r *order.Result, w *OrderModel, of batch.Write) bool {
	return b.Judge(r, Convert(w, c.convert), of)
}

// refuse fills in a result of an element that failed a check; nothing was sent for it.
func (c *Client) refuse(r *order.Result, w batch.Write, why string) {
	batch.Fail(r, c.calls.Refuse(w.Operation, r.Order, errors.New(why)), w)
}

// conflict fills in a result of an order whose state does not allow the write; nothing was sent for it.
func (c *Client) conflict(r *order.Result, w batch.Write, why string) {
	batch.Fail(r, c.calls.Conflict(w.Operation, r.Order, why), w)
}

// done fills in a result that went well from the mall's message.
func done(r *order.Result, m MessageModel, again order.Answer) {
	batch.Done(r, again)
	r.Code, r.Message = m.MessageCode, m.Message
	if m.MessageType == Warning {
		r.Warnings = append(r.Warnings, order.Warning{Code: m.MessageCode, Message: m.Message})
	}
}

// single fills in the result of a call about one order.
func single(r *order.Result, out UpdateResponse, err error, w batch.Write) {
	r.Warnings = append(r.Warnings, out.Warnings...)
	if err != nil {
		batch.Fail(r, err, w)
		return
	}
	done(r, out.MessageModelList[0], w.Again) // without one of its own there is an error
}

// about is what of a joined error concerns an order: its own part, else the part that concerns the whole call.
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

// state reads orders before a write that depends on how they stand. What an order that cannot be read failed with is in missing.
func (c *Client) state(ctx context.Context, ids []string) (orders map[string]*OrderModel, missing map[string]error) {
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
	for chunk := range slices.Chunk(unique, c.operation("getOrder").Batch) {
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

// readInto reads orders in one call. When it fails as if the whole shop were refused, and the shop is well, one of them spoils it:
// then each is read by itself, until three in a row fail so. The error is that of the shop, which the next call would meet too.
func (c *Client) readInto(ctx context.Context, ids []string, orders map[string]*OrderModel, missing map[string]error) error {
	out, err := c.GetOrder(ctx, GetOrderRequest{OrderNumberList: ids})
	shop := walk.ShopWide(err) && len(out.OrderModelList) == 0
	if shop && len(ids) > 1 && !errors.Is(err, order.ErrRateLimited) && ctx.Err() == nil && c.Check(ctx) == nil {
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
