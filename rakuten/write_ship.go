package rakuten

import (
	"context"
	"slices"
	"time"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/kit"
	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// shipAtOnce is how many orders are reported one by one. More go through the asynchronous report:
// 100 a call, and one or two calls more for the results.
const shipAtOnce = 5

// Ship reports parcels as shipped. It implements [order.Shipper]. The orders are read first, and
// those that [order.MayShip] stops are refused: see WriteOptions. Up to five orders are reported
// one by one. More are reported asynchronously: Ship then waits for the results until ctx ends, or
// for ten minutes when ctx has no deadline.
//
// Shipment.Parcel is required when an order has several destinations. Lines must hold all of the
// destination, because Rakuten ships whole destinations. A number that a record already holds is
// not added again, and a record without a number is filled before one is added. More than 20
// records of a destination are refused.
//
// Done means that Rakuten reports success for each shipping record and that the order, read back
// once for the whole call, shows them within WriteOptions.ShownWithin. Otherwise the result is
// Unsettled: the answer was lost, or the report is still queued. Result.RequestID and Wait then say
// what to look up and when; Settle does so.
//
// Result.Repeating says whether it is safe to repeat. It is not while the order does not show added
// records, which Rakuten may add a second time. It is when records were only changed or removed.
func (c *Client) Ship(
	ctx context.Context, list []order.Shipment, opts order.WriteOptions,
) ([]order.Result, error) {
	writes := make([]write, len(list))
	byOrder := map[string]*shipPlan{}
	for i, s := range list {
		w := write{Write: batch.Write{Operation: "updateOrderShipping", Again: order.No,
			Wait: shownAfter}, Order: s.Order, Parcel: s.Parcel}
		var report check.Report
		s, w.Warnings = batch.Shipment(report.Fields(), s, takes, opts, time.Now())
		w.Err, w.Numbers = report.Err(), batch.Numbers(s)
		var part *shipPart
		w.Allow = func(r *order.Result, o *OrderModel) (err error) {
			if byOrder[s.Order] == nil {
				byOrder[s.Order] = newShipPlan(o)
			}
			if part, err = byOrder[s.Order].add(s, r); err == nil {
				writes[i].Again = part.again()
			}
			return err
		}
		w.Lacks = kit.Shown(func(o *OrderModel) bool { return part.shown(o) })
		writes[i] = w
	}
	w := c.writer()
	w.Together = func(ctx context.Context, b *batch.Batch, ready []*sending) {
		var plans []*shipPlan // in the order of their first shipments
		for _, s := range ready {
			if p := byOrder[s.Order]; !slices.Contains(plans, p) {
				plans = append(plans, p)
			}
		}
		one := batch.Write{Operation: "updateOrderShipping", Again: order.No, Wait: shownAfter}
		if len(plans) > shipAtOnce {
			c.shipLater(ctx, b, plans, one)
		} else {
			c.shipEach(ctx, b, plans, one)
		}
	}
	return w.Write(ctx, order.CanShip, writes, opts)
}

// takes is what Rakuten can hold of a shipment.
var takes = batch.Takes{Numbers: shippingRecords, Parcel: true,
	Code: func(c timeslot.Carrier) bool { _, ok := CompanyOf(c); return ok }}

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
func (c *Client) shipLater(
	ctx context.Context, b *batch.Batch, plans []*shipPlan, one batch.Write,
) {
	w := one
	w.Operation, w.Wait = "updateOrderShippingAsync", queueSettled
	w.Find = order.Text{
		EN: "it may be in Rakuten's queue: ask Settle, or read the order, after Wait; do not send it again before",
		JA: "楽天で処理待ちの可能性があります。待ち時間が過ぎてから受注を確認してください。それまで再送しないでください"}
	var calls []submitted
	for chunk := range slices.Chunk(plans, c.calls.Row(w.Operation).Batch) {
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
			p.settle(c, s.out, own(w.Operation, []string{number}, s.out.MessageModelList), refused,
				w)
			continue
		}
		if s.id == "" && s.err != nil { // no request id: the mall has accepted none of them
			p.each(func(r *order.Result) { batch.Fallen(r, w.Operation, s.err) })
			continue
		}
		p.each(func(r *order.Result) { r.RequestID = s.id })
		i := slices.IndexFunc(answer.ResultShippingModelList,
			func(r ShippingResult) bool { return r.OrderNumber == number })
		if i < 0 {
			p.each(func(r *order.Result) {
				batch.Unsettled(r, queued(w), order.Text{
					EN: "Rakuten has no result of the report yet",
					JA: "楽天での発送報告の処理がまだ終わっていません"}, late)
			})
			continue
		}
		messages := own("updateOrderShipping", []string{number},
			answer.ResultShippingModelList[i].MessageModelList)
		p.settle(c, UpdateResponse{Warnings: s.out.Warnings, Reply: answer.Reply}, messages, nil, w)
	}
}

// settle fills in the results of an order's shipments from the messages, one for each record in the
// order of the request.
func (p *shipPlan) settle(
	c *Client, out UpdateResponse, messages []MessageModel, err error, w batch.Write,
) {
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
			batch.Fail(r, c.failure(c.calls.Row("updateOrderShipping"), out.Reply, m), w)
			if len(answered) > len(wrong) {
				r.Next, r.Wait = order.Text{
					EN: "some records of it were written: correct the others and send it again after Wait",
					JA: "一部の発送明細は登録されました。残りを修正し、待ち時間が過ぎてから再送してください"}, w.Wait
				r.Repeating = part.again()
			}
		case err != nil:
			batch.Fail(r, err, w)
		case len(answered) < part.size:
			batch.Unsettled(r, w, order.Text{EN: "the reply does not cover every record",
				JA: "一部の発送明細の結果がモールの応答にありません"}, nil)
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
