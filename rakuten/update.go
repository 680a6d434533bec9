package rakuten

import (
	"context"
	"errors"
	"net/http"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// UpdateResponse is the answer of a write: a message for each order, or for each shipping record. A write without an error is proven by
// Rakuten's own message of success, in the documented 200, with the code of this operation and the number of this order; messages
// of others are left out. An answer without its own message is order.ErrUndecodable: the write may have been applied.
type UpdateResponse struct {
	MessageModelList []MessageModel  `json:"MessageModelList"`
	Warnings         []order.Warning `json:"-"` // of our own checks: characters that Rakuten may refuse, by field
	Reply            Reply           `json:"-"`
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

// place is where a field of a request stands: findings and doubts about it go there.
type place struct{ wrong, doubtful check.Fields }

func (v *validation) top() place { return place{v.wrong.Fields(), v.doubtful.Fields()} }

func (p place) in(object string) place { return place{p.wrong.In(object), p.doubtful.In(object)} }

func (p place) item(list string, i int) place {
	return place{p.wrong.Item(list, i), p.doubtful.Item(list, i)}
}

// text checks a text of at most most characters. Characters that are no text at all are refused; 機種依存文字, which Rakuten refuses
// by a list that it does not publish, are doubtful.
func (p place) text(field, value string, most int) {
	p.wrong.Chars(field, value, most)
	p.wrong.Characters(field, value, check.Control)
	p.doubtful.Characters(field, value, check.Vendor|check.HalfKana|check.Foreign)
}

// required is text that has to be there.
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

// update makes a call that writes to orders. Done is what Rakuten says of this operation and these orders, in the documented 200:
// messages of others are left out, and a reply that has none of its own is undecodable, whatever it says.
func (c *Client) update(ctx context.Context, call transport.Call, in any, v *validation, orders ...string) (UpdateResponse, error) {
	out := UpdateResponse{Warnings: v.warnings()}
	if err := v.wrong.Err(); err != nil {
		return out, c.calls.Refuse(call.Operation.Name, call.Order, err)
	}
	reply, err := c.send(ctx, call, in, &out)
	out.Reply = reply
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

// otherWords reports whether a refusal in 200 is worded as neither the order API nor the gateway before it does.
func otherWords(err error, reply Reply) bool {
	var e *order.Error
	return reply.Status == http.StatusOK && errors.As(err, &e) && e.Class == order.ErrInvalid && gatewayCodes[e.Code].class == 0
}

// foreign is the error of an answer that does not tell of the call.
func (c *Client) foreign(call transport.Call, reply Reply, why string) error {
	return c.calls.Undecodable(call.Operation.Name, call.Order,
		transport.Response{Status: reply.Status, RequestID: reply.RequestID, Attempts: reply.Attempts}, errors.New(why))
}

// outcome is the error of a call whose reply says what became of each element: each failure by itself where the reply lists
// them, else that of the call. A lost answer stays one, whatever else the reply held.
func (c *Client) outcome(call transport.Call, reply Reply, messages []MessageModel, err error) error {
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
	return transport.Call{Operation: c.operation(operation), Order: number}
}
