package yahoo

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"reflect"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// Operation names a raw call. With a Name from the operation table (see the package documentation), Method and Path may be empty.
type Operation struct {
	Name   string
	Method string
	Path   string // below the base URL, from "/"
	Query  url.Values
}

// Reply is what came back.
type Reply struct {
	Status          int
	Header          http.Header
	Body            []byte // of a typed call: nil unless Config.KeepBody is set
	RequestID       string // the mall has none
	Attempts        int
	Problems        []order.Problem // fields that could not be read; they are zero
	AuthorizeStatus AuthorizeStatus // what the mall made of the public-key signature
}

// Do makes a raw call with the same auth, quota, limits and errors as the typed ones. body is sent as XML; where the query of a
// GET is to be sent, it is in op.Query. An operation that is not in the table counts as an unsafe write: it is sent once. The
// Reply is filled on errors too, when there was one.
func (c *Client) Do(ctx context.Context, op Operation, body []byte) (Reply, error) {
	row, ok := c.calls.Operation(op.Name)
	if !ok || op.Method != "" && op.Method != row.Method || op.Path != "" && op.Path != row.Path {
		row = transport.Operation{Name: op.Name, Method: op.Method, Path: op.Path}
	}
	reply, _, err := c.send(ctx, transport.Call{Operation: row, Query: op.Query, Body: body})
	return reply, err
}

// send makes a call and takes note of what the reply says about the session.
func (c *Client) send(ctx context.Context, call transport.Call) (Reply, []byte, error) {
	if len(call.Body) > 0 && call.ContentType == "" {
		call.ContentType = "application/xml; charset=UTF-8"
	}
	var used signed
	r, err := c.calls.Do(context.WithValue(ctx, signedKey{}, &used), call)
	if r == nil {
		return Reply{}, nil, err
	}
	c.heed(ctx, call.Operation, r, used)
	reply := Reply{Status: r.Status, Header: r.Header, Body: r.Body, RequestID: r.RequestID, Attempts: r.Attempts,
		AuthorizeStatus: statusIn(r.Header)}
	return reply, r.Body, c.over(err, reply.AuthorizeStatus, used)
}

// call is a typed call of the operation table: id is the order it concerns, into the document to fill.
func (c *Client) call(ctx context.Context, call transport.Call, name, id string, into any) (Reply, error) {
	call.Operation, _ = c.calls.Operation(name)
	call.Order = id
	var problems []wire.Problem
	further := call.Accept
	call.Accept = func(r *transport.Response) (err error) {
		reflect.ValueOf(into).Elem().SetZero() // of an answer before
		if problems, err = wire.XML(r.Body, into); err == nil && further != nil {
			err = further(r)
		}
		return err
	}
	reply, _, err := c.send(ctx, call)
	if !c.keepBody {
		reply.Body = nil
	}
	if err != nil {
		reflect.ValueOf(into).Elem().SetZero()
		return reply, err
	}
	reply.Problems = wire.Problems(problems)
	return reply, nil
}

func (c *Client) undecodable(operation, id string, r Reply, err error) *order.Error {
	return c.calls.Undecodable(operation, id, transport.Response{Status: r.Status, Attempts: r.Attempts}, err)
}

var errNoStatus = errors.New("the reply has no status OK")
