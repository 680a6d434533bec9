package rakuten

import (
	"context"
	"errors"
	"net/http"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// UpdateResponse is the answer to a write: a message for each order, or for each shipping record.
// No error means the documented 200 with a message of success of this operation for this order;
// messages of others are left out. An answer without such a message is [order.ErrUndecodable]: the
// write may have been applied.
type UpdateResponse struct {
	MessageModelList []MessageModel `json:"MessageModelList"`
	// from checks of this package: characters that Rakuten may refuse, by field
	Warnings []order.Warning `json:"-"`
	Reply    Reply           `json:"-"`
}

// validation is what is wrong, and what may be wrong, with a request.
type validation struct{ wrong, doubtful check.Report }

func (v *validation) warnings() []order.Warning {
	var found *check.Error
	if !errors.As(v.doubtful.Err(), &found) {
		return nil
	}
	var all []order.Warning
	for _, f := range found.Findings {
		all = append(all, order.Warning{Field: f.Field, Message: f.Message})
	}
	return all
}

// place is where findings and doubts about a field of a request are added.
type place struct{ wrong, doubtful check.Fields }

func (v *validation) top() place { return place{v.wrong.Fields(), v.doubtful.Fields()} }

func (p place) in(object string) place { return place{p.wrong.In(object), p.doubtful.In(object)} }

func (p place) item(list string, i int) place {
	return place{p.wrong.Item(list, i), p.doubtful.Item(list, i)}
}

// text checks a text of at most most characters. Control characters are refused; 機種依存文字 are
// doubtful, because the list of those that Rakuten refuses is not published.
func (p place) text(field, value string, most int) {
	p.wrong.Chars(field, value, most)
	p.wrong.Characters(field, value, check.Control)
	p.doubtful.Characters(field, value, check.Vendor|check.HalfKana|check.Foreign)
}

// required checks a text that must not be empty.
func (p place) required(field, value string, most int) {
	p.wrong.Required(field, value)
	p.text(field, value, most)
}

// change checks an optional text.
func (p place) change(field string, c Change[string], most int) {
	if c.byMistake() {
		p.wrong.Add(field, "set to an empty text: use Clear to clear it")
	}
	value, _ := c.Get()
	p.text(field, value, most)
}

// number checks an order number.
func (p place) number(field, value string) {
	p.wrong.Required(field, value)
	p.wrong.Bytes(field, value, 382)
}

// update makes a call that writes to orders. It succeeds with the documented 200 and a message of
// this operation for these orders; messages of others are left out, and a reply without one of its
// own is undecodable, whatever it says.
func (c *Client) update(
	ctx context.Context, call transport.Call, in any, v *validation, orders ...string,
) (UpdateResponse, error) {
	var out UpdateResponse
	if err := v.wrong.Err(); err != nil {
		return out, c.calls.Refuse(call.Operation.Name, call.Order, err)
	}
	reply, err := c.send(ctx, call, in, &out)
	out.Reply, out.Warnings = reply, v.warnings()
	said := len(out.MessageModelList)
	out.MessageModelList = own(call.Operation.Name, orders, out.MessageModelList)
	switch {
	case transport.Unsettled(err):
	case err == nil && reply.Status != http.StatusOK:
		out.MessageModelList = nil // whatever they say
		return out, c.foreign(call, reply, "the answer is not the documented 200")
	case len(out.MessageModelList) == 0 && (err == nil || said > 0 || otherWords(err, reply)):
		return out, c.foreign(call, reply, "the answer is not of this operation and order")
	}
	return out, c.outcome(call, reply, out.MessageModelList, err)
}

// otherWords reports whether a refusal in 200 is worded as neither the order API nor the gateway
// before it does.
func otherWords(err error, reply Reply) bool {
	var e *order.Error
	return reply.Status == http.StatusOK && errors.As(err, &e) && e.Class == order.ErrInvalid &&
		gatewayCodes[e.Code].class == 0
}

// foreign is the error of an answer that does not answer the call.
func (c *Client) foreign(call transport.Call, reply Reply, why string) error {
	return c.calls.Undecodable(call.Operation.Name, call.Order,
		transport.Response{Status: reply.Status, RequestID: reply.RequestID,
			Attempts: reply.Attempts}, errors.New(why))
}

// outcome is the error of a call whose reply reports on each element: the failures that the reply
// lists, else that of the call. A lost answer stays one, whatever else the reply holds.
func (c *Client) outcome(
	call transport.Call, reply Reply, messages []MessageModel, err error,
) error {
	if transport.Unsettled(err) {
		return err
	}
	if each := c.failures(call, reply, messages); each != nil {
		return each
	}
	return err
}

// on is the call of an operation about one order.
func (c *Client) on(operation, number string) transport.Call {
	return transport.Call{Operation: c.calls.Row(operation), Order: number}
}
