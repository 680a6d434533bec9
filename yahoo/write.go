package yahoo

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/check"
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

// shownAfter is how long after an update the order surely shows it: a generous guess, since the mall promises nothing.
const shownAfter = 15 * time.Minute

// codeLater is the warning of a cancellation that is accepted and carried out later; nobody knows when.
const codeLater = "od91704"

// write is one element of a batch. All of the mall's writes take one order a call, one call a second.
type write struct {
	batch.Write
	order    string
	parcel   string
	warnings []order.Warning
	blind    bool // no state forbids it: only a dry run reads the order before
	// send makes the call, given the order as it was just read, and fills what it knows into the result. With dry it makes the
	// checks and sends nothing.
	send func(ctx context.Context, r *order.Result, now *OrderInfo, dry bool) ([]Warning, error)
	// lacks says what of the write an order, read with fields, does not show; "" when it shows all. A code tells that the order says
	// otherwise, which no waiting will change.
	lacks  func(*OrderInfo) (text, code string)
	fields []Field
	err    error // found before anything was sent
}

func written(operation string, again order.Answer) batch.Write {
	return batch.Write{Operation: operation, Again: again, Wait: shownAfter}
}

// run makes writes one after the other, each after its order was read. A failure that the next one would meet as well ends it: what is
// left is not sent. The mall's answers name no order, so they prove nothing by themselves: the orders are read back at the end.
func (c *Client) run(ctx context.Context, ability order.Ability, writes []write, opts order.WriteOptions) ([]order.Result, error) {
	b := batch.New(batch.Call{Mall: order.Yahoo, Shop: c.shop, Ability: ability, Check: c.Check}, len(writes), opts)
	ctx = writing(ctx)
	var accepted []pending
	for i, w := range writes {
		r := b.Result(i, w.order, w.parcel)
		r.Warnings = w.warnings
		err := w.err
		if err == nil {
			err = checkID(w.order)
		}
		switch {
		case err != nil:
			batch.Fail(r, c.refusal(w.Operation, w.order, err), w.Write)
		case b.Over(ctx):
			b.Unsent(r, w.Operation)
		default:
			ended, err := c.perform(ctx, b, w, r)
			b.Sent(ctx, err, r)
			if !ended {
				accepted = append(accepted, pending{write: w, result: r})
			}
		}
	}
	c.readBack(ctx, accepted, opts)
	return b.Results()
}

// refusal makes the error of a failed check, where the check has not made it yet.
func (c *Client) refusal(operation, id string, err error) error {
	if errors.As(err, new(*order.Error)) {
		return err
	}
	return c.calls.Refuse(operation, id, err)
}

// perform makes one write and fills in its result, unless the mall accepted it: then it is not ended. The error is the one of the mall
// that it ended with.
func (c *Client) perform(ctx context.Context, b *batch.Batch, w write, r *order.Result) (ended bool, err error) {
	var now *OrderInfo
	if r.DryRun || !w.blind {
		if now, err = c.writable(ctx, w); err != nil {
			batch.Fail(r, err, w.Write)
			return true, err
		}
		if !b.Judge(r, Convert(now, c.convert), w.Write) {
			return true, nil
		}
	}
	warnings, err := w.send(ctx, r, now, r.DryRun)
	for _, warning := range warnings {
		r.Warnings = append(r.Warnings, order.Warning{Code: warning.Code, Message: or(warning.Message, warning.Meaning())})
	}
	switch {
	case err == nil && r.DryRun:
		batch.Done(r, w.Again)
		return true, nil
	case err == nil:
		return false, nil
	}
	if doubtful(err, w.Operation) {
		lacks, code, readErr := c.look(ctx, w)
		if readErr == nil && lacks == "" {
			batch.Done(r, w.Again)
			r.Message = "the answer was lost or a failure; the order, read again, shows that the change was made"
			return true, nil
		}
		contradicted(r, lacks, code)
	}
	batch.Fail(r, err, w.Write)
	if r.Outcome != order.Unsettled {
		r.Records, r.Numbers = nil, nil
	}
	return true, err
}

// doubtful tells whether an error leaves a doubt that the order can take away: the answer was lost, or a refusal came as a failure of
// the mall's server.
func doubtful(err error, operation string) bool {
	var e *order.Error
	return batch.Lost(err, operation) ||
		errors.As(err, &e) && e.Operation == operation && e.HTTPStatus >= http.StatusInternalServerError && e.Code != ""
}

// writable reads the order of a write, and refuses one that the mall has locked.
func (c *Client) writable(ctx context.Context, w write) (*OrderInfo, error) {
	doc, err := c.OrderInfo(ctx, OrderInfoRequest{OrderID: w.order})
	switch {
	case err != nil:
		return nil, err
	case doc.Order.IsReadOnly:
		return nil, c.calls.Conflict(w.Operation, w.order, "the buyer can still cancel the order: it cannot be changed in its first ten minutes")
	}
	return &doc.Order, nil
}

// pending is a write that the mall has accepted.
type pending struct {
	write
	result *order.Result
	text   string // what the order lacks
	code   string
	err    error // or why it could not be read
}

// contradicted notes what an order says against a write.
func contradicted(r *order.Result, text, code string) {
	if code != "" {
		r.Warnings = append(r.Warnings, order.Warning{Code: code, Message: text})
	}
}

// readBack looks for accepted writes as long as the caller allows. What the order does not show by then is unsettled.
func (c *Client) readBack(ctx context.Context, left []pending, opts order.WriteOptions) {
	if len(left) == 0 {
		return
	}
	_, _ = batch.Shown(ctx, opts, func(ctx context.Context) (bool, error) { // what was found is in the results
		all := left
		left = nil
		waiting := false
		for _, p := range all {
			if p.code == "" {
				p.text, p.code, p.err = c.look(ctx, p.write)
			}
			if p.err == nil && p.text == "" {
				batch.Done(p.result, p.Again)
				continue
			}
			waiting = waiting || p.code == ""
			left = append(left, p)
		}
		return !waiting, nil
	})
	for _, p := range left {
		if warned(p.result, codeLater) {
			p.Wait = 0
		}
		contradicted(p.result, p.text, p.code)
		batch.Unsettled(p.result, p.Write, or(p.text, "the mall accepted it, but the order could not be read back"), p.err)
	}
}

// warned tells whether a result has a warning.
func warned(r *order.Result, code string) bool {
	return slices.ContainsFunc(r.Warnings, func(w order.Warning) bool { return w.Code == code })
}

// look reads the order and says what of a write it does not show.
func (c *Client) look(ctx context.Context, w write) (lacks, code string, err error) {
	doc, err := c.OrderInfo(ctx, OrderInfoRequest{OrderID: w.order, Fields: append([]Field{"OrderId"}, w.fields...)})
	if err != nil {
		return "", "", err
	}
	lacks, code = w.lacks(&doc.Order)
	return lacks, code, nil
}

// absent makes a write's lacks of whether an order shows it.
func absent(shows func(*OrderInfo) bool) func(*OrderInfo) (string, string) {
	return func(w *OrderInfo) (string, string) {
		if shows(w) {
			return "", ""
		}
		return "the mall accepted it, but the order does not show it yet", ""
	}
}

// change is a write of one OrderChange; shows and fields tell how it shows in the order.
func (c *Client) change(id string, err error, change OrderChange, shows func(*OrderInfo) bool, fields ...Field) write {
	req := OrderChangeRequest{OrderID: id, Order: change}
	if err == nil {
		err = c.checked(orderChange, id, req)
	}
	return write{Write: written(orderChange, order.Yes), order: id, err: err, lacks: absent(shows), fields: fields,
		send: func(ctx context.Context, _ *order.Result, _ *OrderInfo, dry bool) ([]Warning, error) {
			if dry {
				return nil, nil
			}
			r, err := c.OrderChange(ctx, req)
			return r.Warnings, err
		}}
}

// request is a change of one order.
type request interface {
	prepare(shop string) (*check.Report, any)
}

// checked makes all checks of a change and sends nothing.
func (c *Client) checked(operation, id string, req request) error {
	report, doc := req.prepare(c.shop)
	_, err := c.document(operation, id, report, doc)
	return err
}
