package rakuten

import (
	"context"
	"slices"
	"strconv"

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
	results := make([]order.Result, len(list))
	ids := make([]string, len(list))
	for i, s := range list {
		ids[i] = s.Order
		results[i].Order, results[i].Parcel = s.Order, s.Parcel
	}
	orders, missing := c.state(ctx, ids)
	var plans []*shipPlan
	byOrder := map[string]*shipPlan{}
	for i, s := range list {
		r := &results[i]
		r.DryRun = opts.DryRun
		w := orders[s.Order]
		switch {
		case s.Order == "":
			c.refused(r, "updateOrderShipping", "Order is required")
			continue
		case w == nil:
			failed(r, missing[s.Order], order.Yes)
			continue
		case w.OrderProgress == CancelFixed:
			c.conflict(r, "updateOrderShipping", "the order is cancelled")
			continue
		}
		plan := byOrder[s.Order]
		if plan == nil {
			plan = newShipPlan(w)
			byOrder[s.Order] = plan
		}
		if err := plan.add(s, r); err != nil {
			c.refused(r, "updateOrderShipping", err.Error())
			continue
		}
		if opts.DryRun {
			dry(r)
		}
		if len(plan.parts) == 1 {
			plans = append(plans, plan)
		}
	}
	if !opts.DryRun {
		c.ship(ctx, plans)
	}
	return results, c.joined(results)
}

func (c *Client) ship(ctx context.Context, plans []*shipPlan) {
	if len(plans) <= shipAtOnce {
		var ended error
		for _, p := range plans {
			if ended != nil {
				p.unsent(ended)
				continue
			}
			out, err := c.UpdateOrderShipping(ctx, p.request)
			p.settle(c, out, out.MessageModelList, err)
			if ends(err) {
				ended = err
			}
		}
		return
	}
	c.shipLater(ctx, plans)
}

// submitted is a batch of the asynchronous report.
type submitted struct {
	plans []*shipPlan
	id    string // empty: nothing of it was accepted
	out   UpdateResponse
	err   error
}

// shipLater submits all orders and then waits for the results.
func (c *Client) shipLater(ctx context.Context, plans []*shipPlan) {
	var batches []submitted
	var ended error
	for batch := range slices.Chunk(plans, c.operation("updateOrderShippingAsync").Batch) {
		requests := make([]OrderShippingModel, len(batch))
		for i, p := range batch {
			requests[i] = p.request
			if ended != nil {
				p.unsent(ended)
			}
		}
		if ended != nil {
			continue
		}
		s := submitted{plans: batch}
		s.id, s.out, s.err = c.UpdateOrderShippingAsync(ctx, requests)
		if ends(s.err) {
			ended = s.err
		}
		batches = append(batches, s)
	}
	for _, s := range batches {
		c.collect(ctx, s)
	}
}

// collect waits for the results of a batch.
func (c *Client) collect(ctx context.Context, s submitted) {
	var answer ShippingResultResponse
	var late error
	if s.id != "" {
		answer, late = c.AwaitOrderShipping(ctx, s.id)
	}
	for _, p := range s.plans {
		number := p.request.OrderNumber
		if own := about(s.err, number); own != nil { // refused at once
			p.settle(c, s.out, ofOrder(s.out.MessageModelList, number), own)
			continue
		}
		if s.id == "" && s.err != nil { // no request id: the mall has accepted none of them
			p.unsent(s.err)
			continue
		}
		i := slices.IndexFunc(answer.ResultShippingModelList, func(r ShippingResult) bool { return r.OrderNumber == number })
		if i < 0 {
			p.unsettled(c, "no result of request id "+strconv.Quote(s.id)+" yet", "ask AwaitOrderShipping with this request id", late)
			continue
		}
		p.settle(c, UpdateResponse{Warnings: s.out.Warnings, Reply: answer.Reply}, answer.ResultShippingModelList[i].MessageModelList, nil)
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
func (p *shipPlan) settle(c *Client, out UpdateResponse, messages []MessageModel, err error) {
	op := c.operation("updateOrderShipping")
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
		r.Repeating = order.Yes
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
			failed(r, c.failure(op, out.Reply, m), order.Yes)
			if len(answered) > len(wrong) {
				r.Next = "some records of it were written: send it again once the others are corrected"
			}
		case err != nil:
			failed(r, err, order.Yes)
		case len(answered) < part.size:
			r.Outcome, r.Message, r.Next = order.Unsettled, "the reply does not tell of every record", "read the order"
		default:
			done(r, *answered[0], order.Yes)
		}
		r.Warnings = append(r.Warnings, out.Warnings...)
	}
}

// unsent fills in results of an order that was not sent.
func (p *shipPlan) unsent(ended error) {
	for _, part := range p.parts {
		unsent(part.result, ended)
	}
}

// unsettled fills in results of which nobody knows yet.
func (p *shipPlan) unsettled(c *Client, message, next string, why error) {
	for _, part := range p.parts {
		r := part.result
		r.Outcome, r.Message, r.Next, r.Repeating = order.Unsettled, message, next, order.Yes
		r.Err = &order.Error{Class: order.ErrTemporary, Mall: order.Rakuten, Shop: c.shop, Operation: "updateOrderShippingAsync", Order: r.Order,
			Message: message, Hint: next, Err: why}
	}
}
