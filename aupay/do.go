package aupay

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"reflect"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// Operation is a call of the mall by its own name, for the calls that this package does not type: the mall gives their sheets to
// merchants only.
type Operation struct {
	Name   string     // searchTradeInfoProc, doCreditCertainProc, …
	Method string     // HTTP method; empty is the one of the operation table, or POST
	Path   string     // below the base URL; empty is "/" and the name
	Query  url.Values // shopId is added to a GET when it is missing
}

// Reply is what the mall answered, beside what was decoded.
type Reply struct {
	Status   int // of HTTP
	Header   http.Header
	Body     []byte          // bounded; XML unless something went wrong
	Result   Result          // the head of the reply, with every error row
	Attempts int             // how often it was sent
	Problems []order.Problem // fields that could not be read; the rest of the reply is sound
}

// Do makes a raw call with the same key, quota, limits and errors as the typed ones. A body is sent as XML. An operation that is
// not in the table counts as an unsafe write: it is not sent again once a byte may have left. When there was a reply it is
// returned beside the error.
func (c *Client) Do(ctx context.Context, op Operation, body []byte) (Reply, error) {
	row, known := c.calls.Operation(op.Name)
	if !known {
		row = transport.Operation{Name: op.Name, Method: http.MethodPost, Path: "/" + op.Name, Quota: perShop}
	}
	if op.Method != "" {
		row.Method = op.Method
	}
	if op.Path != "" {
		row.Path = op.Path
	}
	call := transport.Call{Operation: row, Query: op.Query, Body: body, ContentType: xmlType}
	if row.Method == http.MethodGet {
		call.ContentType = formType
		if !call.Query.Has("shopId") {
			call.Query = maps.Clone(call.Query)
			if call.Query == nil {
				call.Query = url.Values{}
			}
			call.Query.Set("shopId", c.shop)
		}
	}
	var reply Reply
	var head struct {
		Result Result `xml:"result"`
	}
	err := c.send(ctx, call, &head, &head.Result, &reply)
	return reply, err
}

// The content types that the mall wants; a GET has one too, although it has no body.
const (
	formType = "application/x-www-form-urlencoded; charset=UTF-8"
	xmlType  = "application/xml; charset=utf-8"
)

// get makes one typed GET and fills answer, of which result and reply are parts. further looks at the answer; nil accepts it.
func (c *Client) get(ctx context.Context, name string, query func(shop string) (url.Values, error), answer any, result *Result, reply *Reply,
	further func() error) error {
	q, err := query(c.shop)
	if err != nil {
		return c.calls.Refuse(name, q.Get("orderId"), err)
	}
	call := transport.Call{Operation: c.operation(name), Query: q, ContentType: formType, Order: q.Get("orderId")}
	if further != nil {
		call.Accept = func(*transport.Response) error { return further() }
	}
	return c.send(ctx, call, answer, result, reply)
}

// send makes a call and decodes its reply, also one that tells of a failure: it may say what became of single elements.
func (c *Client) send(ctx context.Context, call transport.Call, answer any, result *Result, reply *Reply) error {
	var problems []wire.Problem
	read := func(r *transport.Response) (err error) {
		reflect.ValueOf(answer).Elem().SetZero() // of an answer before
		problems, err = wire.XML(r.Body, answer)
		return err
	}
	further := call.Accept
	call.Accept = func(r *transport.Response) error {
		err := read(r)
		if err == nil && further != nil {
			err = further(r)
		}
		return err
	}
	r, err := c.calls.Do(ctx, call)
	if r == nil {
		reflect.ValueOf(answer).Elem().SetZero()
		return err
	}
	if err != nil && read(r) != nil {
		reflect.ValueOf(answer).Elem().SetZero()
	}
	*reply = Reply{Status: r.Status, Header: r.Header, Body: r.Body, Attempts: r.Attempts, Result: *result}
	reply.Result.Errors = result.rows()
	if err == nil {
		reply.Problems = wire.Problems(problems)
	}
	return err
}

// operation finds a row that is in the table.
func (c *Client) operation(name string) transport.Operation {
	op, _ := c.calls.Operation(name)
	return op
}

// post makes one typed POST; the request is written as XML, which refuses what XML cannot carry.
func (c *Client) post(ctx context.Context, name, orderID string, request, answer any, result *Result, reply *Reply) error {
	body, err := wire.EncodeXML(request)
	if err != nil {
		return c.calls.Refuse(name, orderID, err)
	}
	call := transport.Call{Operation: c.operation(name), Body: body, ContentType: xmlType, Order: orderID}
	return c.send(ctx, call, answer, result, reply)
}
