package aupay

import (
	"context"
	"net/http"
	"net/url"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// Reply is what the mall answered, beside what was decoded.
type Reply struct {
	Status   int // of HTTP
	Header   http.Header
	Body     []byte          // bounded; XML unless something went wrong
	Result   Result          // the head of the reply, with every error row
	Attempts int             // how often it was sent
	Problems []order.Problem // fields that could not be read; the rest of the reply is sound
}

// get makes one typed GET and fills answer, of which result and reply are parts.
func (c *Client) get(ctx context.Context, name string, query func(shop string) (url.Values, error), answer any, result *Result, reply *Reply) error {
	q, err := query(c.shop)
	if err != nil {
		return c.refuse(name, q.Get("orderId"), err)
	}
	call := transport.Call{Operation: c.operation(name), Query: q, ContentType: formType, Order: q.Get("orderId")}
	return c.send(ctx, call, answer, result, reply)
}

// send makes a call and decodes its reply, also one that tells of a failure: it may say what became of single elements.
func (c *Client) send(ctx context.Context, call transport.Call, answer any, result *Result, reply *Reply) error {
	r, err := c.calls.Do(ctx, call)
	if r == nil {
		return err
	}
	*reply = Reply{Status: r.Status, Header: r.Header, Body: r.Body, Attempts: r.Attempts}
	problems, unread := wire.XML(r.Body, answer)
	switch {
	case err != nil:
	case unread != nil:
		return &order.Error{
			Class: order.ErrUndecodable, Mall: order.AuPay, Shop: c.shop, Operation: call.Operation.Name, Order: call.Order,
			HTTPStatus: r.Status, Attempts: r.Attempts, Err: unread, Hint: laterHint,
		}
	default:
		for _, p := range problems {
			reply.Problems = append(reply.Problems, order.Problem{Field: p.Path, Reason: "not readable as " + p.Want, Text: p.Text})
		}
	}
	reply.Result = *result
	reply.Result.Errors = result.rows()
	return err
}

// operation finds a row that is in the table.
func (c *Client) operation(name string) transport.Operation {
	op, _ := c.calls.Operation(name)
	return op
}

// refuse makes the error of a request that was not sent.
func (c *Client) refuse(operation, orderID string, err error) *order.Error {
	return &order.Error{
		Class: order.ErrInvalid, Mall: order.AuPay, Shop: c.shop, Operation: operation, Order: orderID, Err: err, Hint: "nothing was sent",
	}
}

// post makes one typed POST; the request is written as XML, which refuses what XML cannot carry.
func (c *Client) post(ctx context.Context, name, orderID string, request, answer any, result *Result, reply *Reply) error {
	body, err := wire.EncodeXML(request)
	if err != nil {
		return c.refuse(name, orderID, err)
	}
	call := transport.Call{Operation: c.operation(name), Body: body, ContentType: xmlType, Order: orderID}
	return c.send(ctx, call, answer, result, reply)
}
