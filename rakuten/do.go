package rakuten

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"reflect"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// Operation names a raw call. An operation of the table needs nothing but its Name.
type Operation struct {
	Name   string     // Rakuten's own name, for errors, logs and the quota
	Method string     // empty: as in the table
	Path   string     // empty: as in the table
	Query  url.Values // never logged

	Vars map[string]string // for the {placeholders} of the path, escaped
}

// Reply is what came back, beside what was decoded.
type Reply struct {
	Status    int
	Header    http.Header
	Body      []byte
	RequestID string          // Rakuten's id of the request, for its support desk
	Attempts  int             // how often it was sent
	Problems  []order.Problem // fields that could not be read; the rest of the reply is sound

	redact func(string) string // takes the request's credentials out of the mall's words
}

// Do is the raw call: a JSON body, or nil, as it is, with the same auth, quota, limits and errors as the typed calls. An operation
// that is not in the table, or whose method or path differs from it, counts as an unsafe write and is never sent twice. Errors
// that the reply gives for single orders are joined; the Reply is there with them.
func (c *Client) Do(ctx context.Context, op Operation, body []byte) (Reply, error) {
	row, _ := c.calls.Operation(op.Name)
	if op.Method != "" && op.Method != row.Method || op.Path != "" && op.Path != row.Path { // not that of the table
		row = transport.Operation{Method: cmp.Or(op.Method, row.Method), Path: cmp.Or(op.Path, row.Path), Quota: row.Quota}
	}
	row.Name = op.Name
	var messages struct {
		MessageModelList []MessageModel `json:"MessageModelList"`
	}
	call := transport.Call{Operation: row, Vars: op.Vars, Query: op.Query, Body: body}
	reply, err := c.call(ctx, call, &messages)
	reply.Problems = nil // those of the messages; the body is the caller's to read
	if err != nil {
		return reply, err
	}
	return reply, c.failures(call, reply, messages.MessageModelList)
}

// operation finds a row that is in the table.
func (c *Client) operation(name string) transport.Operation {
	op, _ := c.calls.Operation(name)
	return op
}

// send makes a typed call: in is written, out is filled from the reply, also from one that tells of a failure.
func (c *Client) send(ctx context.Context, call transport.Call, in, out any) (Reply, error) {
	if in != nil {
		body, err := wire.EncodeJSON(in)
		if err != nil {
			return Reply{}, c.calls.Refuse(call.Operation.Name, call.Order, err)
		}
		call.Body = body
	}
	return c.call(ctx, call, out)
}

// contentType is sent as it stands: without the charset the gateway answers 415.
const contentType = "application/json; charset=utf-8"

func (c *Client) call(ctx context.Context, call transport.Call, out any) (Reply, error) {
	if call.Body != nil {
		call.ContentType = contentType
	}
	var problems []wire.Problem
	var before reflect.Value
	if further := call.Accept; out != nil {
		before = reflect.New(reflect.TypeOf(out).Elem()).Elem()
		before.Set(reflect.ValueOf(out).Elem())
		call.Accept = func(r *transport.Response) (err error) {
			if r.Status == http.StatusNoContent {
				return nil
			}
			problems, err = decode(r.Body, out, before)
			switch {
			case call.Operation.Doc == "" && errors.Is(err, wire.ErrMalformed):
				return nil // the older APIs of RMS, which are not in the table, answer in XML
			case err == nil && further != nil:
				return further(r)
			}
			return err
		}
	}
	var used credential.Secret
	r, err := c.calls.Do(context.WithValue(ctx, usedKey{}, &used), call)
	if err != nil {
		reply := replyOf(r)
		if r != nil && r.Status >= http.StatusBadRequest && out != nil {
			// A failed batch says in its body what became of each order. A success that is none of the documented ones says nothing.
			_, _ = decode(r.Body, out, before)
		}
		var e *order.Error
		if errors.As(err, &e) {
			return reply, c.auth.explain(e, call.Operation)
		}
		return reply, err
	}
	c.auth.accept(used)
	reply := replyOf(r)
	reply.Problems = wire.Problems(problems)
	return reply, nil
}

func replyOf(r *transport.Response) Reply {
	if r == nil {
		return Reply{}
	}
	return Reply{Status: r.Status, Header: r.Header, Body: r.Body, RequestID: r.RequestID, Attempts: r.Attempts, redact: r.Redact}
}

// decode reads a reply into out. Of a document that is broken nothing is kept: an order that ends in the middle looks whole.
// before is what out held before the call, and holds again when an attempt has left something in it.
func decode(body []byte, out any, before reflect.Value) ([]wire.Problem, error) {
	target := reflect.ValueOf(out).Elem()
	target.Set(before)
	problems, err := wire.JSON(body, out)
	if err != nil {
		target.Set(before)
	}
	return problems, err
}
