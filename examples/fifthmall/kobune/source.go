package kobune

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/url"
	"time"

	"github.com/jpmall/jpmall/order"
)

var _ order.Source = (*Client)(nil)

// maxWindow is how long a window of the shop may be.
const maxWindow = 31 * 24 * time.Hour

// Orders implements order.Source: windows of 31 days, pages of 20 orders, each order once.
func (c *Client) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return func(yield func(order.Order, error) bool) {
		if err := q.Validate(); err != nil {
			yield(order.Order{}, c.error(list, "", order.ErrInvalid, err))
			return
		}
		if err := ctx.Err(); err != nil {
			yield(order.Order{}, c.error(list, "", order.ErrTemporary, err))
			return
		}
		w := walk{Client: c, query: q, yield: yield, seen: map[string]bool{}}
		if len(q.IDs) > 0 {
			w.numbers(ctx)
			return
		}
		to := q.To
		if to.IsZero() {
			to = time.Now()
		}
		for from := q.From; from.Before(to); from = from.Add(maxWindow) {
			if !w.window(ctx, from, earlier(from.Add(maxWindow), to)) {
				return
			}
		}
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// walk is one iteration. Its methods report whether to go on.
type walk struct {
	*Client
	query order.Query
	yield func(order.Order, error) bool
	seen  map[string]bool
}

func (w *walk) numbers(ctx context.Context) {
	for _, id := range w.query.IDs {
		if w.seen[id] {
			continue
		}
		w.seen[id] = true
		o, err := w.Client.Order(ctx, id)
		if err != nil && ctx.Err() != nil {
			w.yield(order.Order{}, w.error(read, "", order.ErrTemporary, ctx.Err()))
			return
		}
		if err == nil && (!w.query.Wants(o.Status) || w.query.Known != nil &&
			w.query.Known(o.Ref())) {
			continue
		}
		if !w.yield(o, err) {
			return
		}
	}
}

func (w *walk) window(ctx context.Context, from, to time.Time) bool {
	by := "ordered"
	if w.query.By == order.ByUpdated {
		by = "changed"
	}
	for page := 1; ; page++ {
		var reply struct {
			Orders []json.RawMessage
			More   bool
		}
		q := url.Values{"by": {by}, "from": {from.UTC().Format(time.RFC3339Nano)},
			"to": {to.UTC().Format(time.RFC3339Nano)}, "page": {fmt.Sprint(page)}}
		if f := w.call(ctx, list, "", "/v1/orders?"+q.Encode(), nil, &reply); f != nil {
			w.yield(order.Order{}, f.err)
			return false
		}
		for _, raw := range reply.Orders {
			if !w.row(raw) {
				return false
			}
		}
		if !reply.More {
			return true
		}
	}
}

// row yields an order that is wanted. One that moved to a later page while the list was read comes
// twice.
func (w *walk) row(raw json.RawMessage) bool {
	ref, err := w.ref(raw)
	if err != nil {
		w.yield(order.Order{}, w.error(list, "", order.ErrUndecodable, err))
		return false
	}
	if w.seen[ref.ID] {
		return true
	}
	w.seen[ref.ID] = true
	if w.query.Known != nil && w.query.Known(ref) {
		return true
	}
	o, err := w.convert(ref, raw)
	if err != nil {
		return w.yield(order.Order{Mall: Mall, Shop: w.cfg.Shop, ID: ref.ID},
			w.error(list, ref.ID, order.ErrUndecodable, err))
	}
	return !w.query.Wants(o.Status) || w.yield(o, nil)
}

// Order implements order.Source.
func (c *Client) Order(ctx context.Context, id string) (order.Order, error) {
	var raw json.RawMessage
	if f := c.call(ctx, read, id, "/v1/orders/"+url.PathEscape(id), nil, &raw); f != nil {
		return order.Order{}, f.err
	}
	ref, err := c.ref(raw)
	if err == nil && ref.ID != id {
		err = fmt.Errorf("the reply is about order %s", ref.ID)
	}
	var o order.Order
	if err == nil {
		o, err = c.convert(ref, raw)
	}
	if err != nil {
		return order.Order{}, c.error(read, id, order.ErrUndecodable, err)
	}
	return o, nil
}
