package rakuten

import (
	"context"
	"slices"
	"time"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

// shipAtOnce is how many orders are reported one by one. More go through the asynchronous report: a hundred a call, and one or
// two calls more to see what became of them.
const shipAtOnce = 5

// Ship reports shipping of parcels. The orders are read first, and those that order.MayShip stops are refused: see WriteOptions. A
// number that a record holds already is that record, a record without a number is filled before one is added, and more than 20
// records of a destination are refused. Shipment.Parcel is needed when an order has several destinations, and Lines must be
// everything, because Rakuten ships whole destinations. Up to five orders are reported one by one, more asynchronously: then Ship
// waits for the results within ctx, or ten minutes.
//
// Done means that Rakuten has a message of success for each shipping record, with the record's id, and that the order, read back once
// for the whole call, shows them within WriteOptions.ShownWithin. Without that it is Unsettled: a lost answer, or a report that is in
// the queue still, whose Result.RequestID and Wait say what to ask and when. Settle does so.
//
// Result.Repeating says whether sending the same again is harmless: not, as long as Rakuten may add its records a second time because
// the order does not show them yet; it is when records were only changed or removed.
func (c *Client) Ship(ctx context.Context, list []order.Shipment, opts order.WriteOptions) ([]order.Result, error) {
	w := batch.Write{Operation: "updateOrderShipping", Again: order.No, Wait: shownAfter}
	ctx, b := c.begin(ctx, order.CanShip, len(list), opts)
	var checked []order.Shipment
	var results []*order.Result
	var ids []string
	for i, s := range list {
		r := b.Result(i, s.Order, s.Parcel)
		var report check.Report
		s, r.Warnings = shipment(report.Fields(), s, opts)
		if err := report.Err(); err != nil {
			batch.Fail(r, c.calls.Refuse(w.Operation, s.Order, err), w)
			continue
		}
		r.Numbers = batch.Numbers(s)
		checked, results, ids = append(checked, s), append(results, r), append(ids, s.Order)
	}
	orders, missing := c.state(ctx, ids)
	var plans []*shipPlan
	byOrder := map[string]*shipPlan{}
	for i, s := range checked {
		r, o := results[i], orders[s.Order]
		switch {
		case o == nil:
			batch.Fail(r, missing[s.Order], w)
			continue
		case !c.judge(b, r, o, w):
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
	switch {
	case opts.DryRun:
	case len(plans) > shipAtOnce:
		c.shipLater(ctx, b, plans, w)
	default:
		c.shipEach(ctx, b, plans, w)
	}
	var sent []written
	for _, p := range plans {
		for _, part := range p.parts {
			w.Again = part.again()
			sent = append(sent, written{part.result, w, part.shown})
		}
	}
	c.readBack(ctx, sent, opts)
	return b.Results()
}

// shipment is a shipment that was checked as far as it can be without its order.
func shipment(f check.Fields, s order.Shipment, opts order.WriteOptions) (order.Shipment, []order.Warning) {
	s, warnings := batch.Shipment(f, s, shippingRecords, opts, time.Now())
	if _, ok := CompanyOf(s.Carrier); !ok && s.Carrier != "" {
		batch.NoCode(f, s.Carrier)
	}
	for _, field := range [][2]string{{"CarrierName", s.CarrierName}, {"Method", s.Method}, {"NoNumber", string(s.NoNumber)}} {
		if field[1] != "" {
			warnings = append(warnings, batch.NotTaken(field[0]))
		}
	}
	return s, warnings
}

// shipEach reports orders one by one.
func (c *Client) shipEach(ctx context.Context, b *batch.Batch, plans []*shipPlan, w batch.Write) {
	for _, p := range plans {
		if b.Over(ctx) {
			p.each(func(r *order.Result) { b.Unsent(r, w.Operation) })
			continue
		}
		out, err := c.UpdateOrderShipping(ctx, p.request)
		p.settle(c, out, out.MessageModelList, err, w)
		b.Sent(ctx, err, p.results()...)
	}
}

// submitted is a call of the asynchronous report.
type submitted struct {
	plans []*shipPlan
	id    string // empty: nothing of it was accepted, or the answer was lost
	out   UpdateResponse
	err   error
}

// shipLater submits all orders and then waits for the results.
func (c *Client) shipLater(ctx context.Context, b *batch.Batch, plans []*shipPlan, one batch.Write) {
	w := one
	w.Operation, w.Wait = "updateOrderShippingAsync", queueSettled
	w.Find = "it may be in Rakuten's queue: ask Settle, or read the order, after Wait; do not send it again before"
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
		if s.id == "" && walk.ShopWide(s.err) && !batch.Lost(s.err, w.Operation) && !b.Over(ctx) {
			c.shipEach(ctx, b, chunk, one) // the shop is well: one of them spoils the call
			continue
		}
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
		if refused := about(s.err, number); refused != nil { // at once, or the answer is lost
			p.settle(c, s.out, own(w.Operation, []string{number}, s.out.MessageModelList), refused, w)
			continue
		}
		if s.id == "" && s.err != nil { // no request id: the mall has accepted none of them
			p.each(func(r *order.Result) { batch.Fallen(r, w.Operation, s.err) })
			continue
		}
		p.each(func(r *order.Result) { r.RequestID = s.id })
		i := slices.IndexFunc(answer.ResultShippingModelList, func(r ShippingResult) bool { return r.OrderNumber == number })
		if i < 0 {
			p.each(func(r *order.Result) { batch.Unsettled(r, queued(w), "Rakuten has no result of the report yet", late) })
			continue
		}
		messages := own("updateOrderShipping", []string{number}, answer.ResultShippingModelList[i].MessageModelList)
		p.settle(c, UpdateResponse{Warnings: s.out.Warnings, Reply: answer.Reply}, messages, nil, w)
	}
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
		r, w := part.result, w
		w.Again = part.again()
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
				r.Next, r.Wait = "some records of it were written: correct the others and send it again after Wait", w.Wait
				r.Repeating = part.again()
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

func (p *shipPlan) results() (all []*order.Result) {
	p.each(func(r *order.Result) { all = append(all, r) })
	return all
}
