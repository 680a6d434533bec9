package rakuten

import (
	"context"
	"slices"
	"strconv"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/order"
)

// shipAtOnce is how many orders are reported one by one. More go through the asynchronous report: a hundred a call, and one or
// two calls more to see what became of them.
const shipAtOnce = 5

// Ship reports shipping of parcels. The orders are read first: a number that a record holds already is that record, a record without
// a number is filled before one is added, and more than 20 records of a destination are refused. Shipment.Parcel is needed when an
// order has several destinations, and Lines must be everything, because Rakuten ships whole destinations. Up to five orders are
// reported one by one, more asynchronously; results that do not come within ctx, or ten minutes, are unsettled and name the request
// id for AwaitOrderShipping.
//
// Result.Repeating says whether repeating is harmless: since the orders are read first it is, once the mall shows what was done.
func (c *Client) Ship(ctx context.Context, list []order.Shipment, opts order.WriteOptions) ([]order.Result, error) {
	w := batch.Write{Operation: "updateOrderShipping", Again: order.Yes}
	b := c.begin(order.CanShip, len(list), opts)
	ids := make([]string, len(list))
	for i, s := range list {
		ids[i] = s.Order
	}
	orders, missing := c.state(ctx, ids)
	var plans []*shipPlan
	byOrder := map[string]*shipPlan{}
	for i, s := range list {
		r := b.Result(i, s.Order, s.Parcel)
		o := orders[s.Order]
		switch {
		case s.Order == "":
			c.refuse(r, w, "Order is required")
			continue
		case o == nil:
			batch.Fail(r, missing[s.Order], w)
			continue
		case o.OrderProgress == CancelFixed:
			c.conflict(r, w, "the order is cancelled")
			continue
		}
		plan := byOrder[s.Order]
		if plan == nil {
			plan = newShipPlan(o)
			byOrder[s.Order] = plan
		}
		if err := plan.add(s, r); err != nil {
			batch.Fail(r, c.calls.Refuse(w.Operation, s.Order, err), w)
			continue
		}
		if opts.DryRun {
			batch.Done(r, order.Yes)
		}
		if len(plan.parts) == 1 {
			plans = append(plans, plan)
		}
	}
	if !opts.DryRun {
		c.ship(ctx, b, plans, w)
	}
	return b.Results()
}

func (c *Client) ship(ctx context.Context, b *batch.Batch, plans []*shipPlan, w batch.Write) {
	if len(plans) > shipAtOnce {
		c.shipLater(ctx, b, plans)
		return
	}
	for _, p := range plans {
		if b.Over(ctx) {
			p.each(func(r *order.Result) { b.Unsent(r, w.Operation) })
			continue
		}
		out, err := c.UpdateOrderShipping(ctx, p.request)
		p.settle(c, out, out.MessageModelList, err, w)
		b.Sent(ctx, err)
	}
}

// submitted is a call of the asynchronous report.
type submitted struct {
	plans []*shipPlan
	id    string // empty: nothing of it was accepted
	out   UpdateResponse
	err   error
}

// shipLater submits all orders and then waits for the results.
func (c *Client) shipLater(ctx context.Context, b *batch.Batch, plans []*shipPlan) {
	w := batch.Write{Operation: "updateOrderShippingAsync", Again: order.Yes}
	var calls []submitted
	for chunk := range slices.Chunk(plans, c.operation(w.Operation).Batch) {
		over := b.Over(ctx)
		requests := make([]OrderShippingModel, len(chunk))
		for i, p := range chunk {
			requests[i] = p.request
			if over {
				p.each(func(r *order.Result) { b.Unsent(r, w.Operation) })
			}
		}
		if over {
			continue
		}
		s := submitted{plans: chunk}
		s.id, s.out, s.err = c.UpdateOrderShippingAsync(ctx, requests)
		b.Sent(ctx, s.err)
		calls = append(calls, s)
	}
	for _, s := range calls {
		c.collect(ctx, s, w)
	}
}

// collect waits for the results of a call.
func (c *Client) collect(ctx context.Context, s submitted, w batch.Write) {
	var answer ShippingResultResponse
	var late error
	if s.id != "" {
		answer, late = c.AwaitOrderShipping(ctx, s.id)
	}
	for _, p := range s.plans {
		number := p.request.OrderNumber
		if own := about(s.err, number); own != nil { // refused at once
			p.settle(c, s.out, ofOrder(s.out.MessageModelList, number), own, w)
			continue
		}
		if s.id == "" && s.err != nil { // no request id: the mall has accepted none of them
			p.each(func(r *order.Result) { batch.Fallen(r, w.Operation, s.err) })
			continue
		}
		i := slices.IndexFunc(answer.ResultShippingModelList, func(r ShippingResult) bool { return r.OrderNumber == number })
		if i < 0 {
			ask := w
			ask.Find = "ask AwaitOrderShipping with this request id"
			p.each(func(r *order.Result) {
				batch.Unsettled(r, ask, "no result of request id "+strconv.Quote(s.id)+" yet", late)
			})
			continue
		}
		p.settle(c, UpdateResponse{Warnings: s.out.Warnings, Reply: answer.Reply}, answer.ResultShippingModelList[i].MessageModelList, nil, w)
	}
}

// ofOrder keeps the messages that name the order, or name none.
func ofOrder(messages []MessageModel, number string) []MessageModel {
	var own []MessageModel
	for _, m := range messages {
		if m.OrderNumber == number || m.OrderNumber == "" {
			own = append(own, m)
		}
	}
	return own
}

// settle fills in the results of an order's shipments from the messages, one for each record in the order of the request.
func (p *shipPlan) settle(c *Client, out UpdateResponse, messages []MessageModel, err error, w batch.Write) {
	records := p.records()
	byRecord := make([]*MessageModel, len(records))
	for i := range messages {
		n := int(messages[i].DataNumber)
		if n == 0 && len(messages) == len(records) {
			n = i + 1
		}
		if n >= 1 && n <= len(records) {
			byRecord[n-1] = &messages[i]
		}
	}
	for _, part := range p.parts {
		r := part.result
		var answered, wrong []*MessageModel
		for i, of := range records {
			if m := byRecord[i]; of.part == part && m != nil {
				answered = append(answered, m)
				if m.MessageType == Failure {
					wrong = append(wrong, m)
				} else if of.added && m.ShippingDetailID != 0 {
					r.Records = append(r.Records, id(m.ShippingDetailID))
				}
			}
		}
		switch {
		case len(wrong) > 0:
			m := *wrong[0]
			m.OrderNumber = r.Order
			batch.Fail(r, c.failure(c.operation("updateOrderShipping"), out.Reply, m), w)
			if len(answered) > len(wrong) {
				r.Next = "some records of it were written: send it again once the others are corrected"
			}
		case err != nil:
			batch.Fail(r, err, w)
		case len(answered) < part.size:
			batch.Unsettled(r, w, "the reply does not tell of every record", nil)
		default:
			done(r, *answered[0], w.Again)
		}
		r.Warnings = append(r.Warnings, out.Warnings...)
	}
}

// each goes over the results of an order's shipments.
func (p *shipPlan) each(fill func(*order.Result)) {
	for _, part := range p.parts {
		fill(part.result)
	}
}
