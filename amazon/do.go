package amazon

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"strings"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// Operation is a raw call. Method and Path may be left empty for an operation of the table (see the package documentation) whose
// path has no placeholder; a given Path is complete, beginning with "/".
type Operation struct {
	Name   string
	Method string
	Path   string
	Query  url.Values
	Token  credential.Secret // a Restricted Data Token, in place of the seller's access token
}

// Reply is what a call brought beside its decoded body.
type Reply struct {
	Status    int
	Header    http.Header
	Body      []byte          // as it came; must not be changed
	RequestID string          // x-amzn-RequestId, for Amazon's support
	RateLimit float64         // x-amzn-RateLimit-Limit, calls per second; 0 when Amazon did not tell
	Attempts  int             // how often it was sent
	Problems  []order.Problem // fields that could not be read; the rest is sound
}

// Do makes a raw call with the same authorisation, quotas, limits and errors as the typed ones. An operation that is not in the
// table, path and all, is treated as an unsafe write: it is never sent again once a byte may have left.
//
// The body is sent as JSON; nil sends none. After an error the Reply holds what came, if anything did.
func (c *Client) Do(ctx context.Context, op Operation, body []byte) (Reply, error) {
	r, listed := lookup(op.Name)
	call := transport.Call{Query: op.Query, Body: body}
	switch {
	case op.Name == "":
		return Reply{}, c.calls.Refuse("", "", errors.New("amazon: Operation.Name is empty"))
	case op.Path == "" && !listed:
		return Reply{}, c.calls.Refuse(op.Name, "", errors.New("amazon: Operation.Path is empty and the name is not in the table"))
	case op.Path == "":
		call.Operation = r.Operation
	default:
		call.Operation = transport.Operation{Name: op.Name, Method: op.Method, Path: op.Path}
		if listed && (op.Method == "" || op.Method == r.Method) {
			if vars, ok := match(r.Path, op.Path); ok {
				call.Operation, call.Vars = r.Operation, vars
				call.ID = lastOf(r.Path, vars)
			}
		}
	}
	return c.send(ctx, call, ticket{auth: r.auth, token: op.Token})
}

// match finds the values of a path's placeholders in a complete path.
func match(pattern, path string) (vars map[string]string, ok bool) {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(have) {
		return nil, false
	}
	for i, segment := range want {
		if name, is := strings.CutPrefix(segment, "{"); is {
			value, err := url.PathUnescape(have[i])
			if err != nil || value == "" {
				return nil, false
			}
			if vars == nil {
				vars = make(map[string]string)
			}
			vars[strings.TrimSuffix(name, "}")] = value
		} else if segment != have[i] {
			return nil, false
		}
	}
	return vars, true
}

// lastOf is the value of a path's last placeholder when nothing stands behind it: the thing that is read. An order's number stands
// before what is read of it, and counts as well.
func lastOf(path string, vars map[string]string) string {
	if id, ok := vars["orderId"]; ok {
		return id
	}
	last := path[strings.LastIndexByte(path, '/')+1:]
	return vars[strings.Trim(last, "{}")]
}

// input is what a typed call sends.
type input struct {
	vars  map[string]string
	query url.Values
	body  any               // nil is no body
	order string            // the order it concerns
	id    string            // what the answer must name, when it is no order
	token credential.Secret // a Restricted Data Token
}

// do makes the call of a table row and decodes the answer into out, which is nil where Amazon answers with nothing.
func (c *Client) do(ctx context.Context, name string, in input, out any) (Reply, error) {
	r, _ := lookup(name)
	call := transport.Call{Operation: r.Operation, Vars: in.vars, Query: in.query, Order: in.order, ID: in.id}
	if in.body != nil {
		body, err := wire.EncodeJSON(in.body)
		if err != nil {
			return Reply{}, c.calls.Refuse(name, in.order, err)
		}
		call.Body = body
	}
	var problems []wire.Problem
	if out != nil {
		call.Accept = func(r *transport.Response) (err error) {
			reflect.ValueOf(out).Elem().SetZero() // of an answer before
			if problems, err = wire.JSON(r.Body, out); err != nil {
				return err
			}
			if rows, ok := out.(interface{ named() error }); ok {
				return rows.named()
			}
			return nil
		}
	}
	reply, err := c.send(ctx, call, ticket{auth: r.auth, token: in.token})
	if err != nil {
		if out != nil {
			reflect.ValueOf(out).Elem().SetZero()
		}
		return reply, err
	}
	reply.Problems = wire.Problems(problems)
	return reply, nil
}

func (c *Client) send(ctx context.Context, call transport.Call, t ticket) (Reply, error) {
	if len(call.Body) > 0 {
		call.ContentType = "application/json"
	}
	resp, err := c.calls.Do(context.WithValue(ctx, ticketKey{}, t), call)
	if resp == nil {
		return Reply{}, err
	}
	return Reply{
		Status: resp.Status, Header: resp.Header, Body: resp.Body, RequestID: resp.RequestID,
		RateLimit: rateLimit(resp.Header), Attempts: resp.Attempts,
	}, err
}
