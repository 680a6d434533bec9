package kobune

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/jpmall/jpmall/order"
)

// operation is a row of the shop's API.
type operation struct {
	name   string
	method string
	again  bool // a repeated call does nothing twice
}

var (
	list   = operation{"list", http.MethodGet, true}
	read   = operation{"read", http.MethodGet, true}
	ship   = operation{"ship", http.MethodPost, false} // a second one would be a second parcel
	cancel = operation{"cancel", http.MethodPost, true}
	key    = operation{"key", http.MethodGet, true}
)

const (
	attempts = 4
	maxReply = 8 << 20
)

// fault is an error of a call, with what a write has to know of it.
type fault struct {
	err   *order.Error
	again bool // it may go better later
	kept  bool // the request may have been applied
}

// call makes one call, and repeats it where that is harmless. id names the order that it concerns,
// if there is one.
func (c *Client) call(ctx context.Context, op operation, id, path string, in, out any) *fault {
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return &fault{err: c.error(op, id, order.ErrInvalid, err)}
		}
	}
	pause := c.cfg.Pause
	for n := 1; ; n++ {
		f := c.attempt(ctx, op, id, path, body, out, n)
		if f == nil || !f.again || n == attempts || f.kept && !op.again || ctx.Err() != nil {
			return f
		}
		timer := time.NewTimer(max(pause, f.err.RetryAfter))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			f.err.Err = ctx.Err()
			return f
		}
		pause *= 2
	}
}

func (c *Client) error(op operation, id string, class order.Class, err error) *order.Error {
	return &order.Error{Class: class, Mall: Mall, Shop: c.cfg.Shop, Operation: op.name, Order: id,
		Err: err}
}

// attempt is one HTTP exchange, told to the Observer.
func (c *Client) attempt(
	ctx context.Context, op operation, id, path string, body []byte, out any, n int,
) (f *fault) {
	fail := func(class order.Class, err error) *fault {
		return &fault{err: c.error(op, id, class, err)}
	}
	if err := c.cfg.Limiter.Wait(ctx); err != nil {
		return fail(order.ErrLocalLimit, err)
	}
	secret, err := c.cfg.Key.Current(ctx)
	if err != nil {
		return fail(order.ErrUnauthorized, err)
	}
	req, err := http.NewRequestWithContext(ctx, op.method, c.base.String()+path,
		bytes.NewReader(body))
	if err != nil {
		return fail(order.ErrInvalid, err)
	}
	req.Header.Set("Authorization", "Bearer "+secret.Reveal())
	event := order.Event{Kind: order.EventAttempt, Mall: Mall, Shop: c.cfg.Shop, Operation: op.name,
		Method: op.method, Attempt: n, Start: time.Now()}
	defer func() {
		if f != nil {
			f.err.Attempts, event.Class, event.RetryAfter = n, f.err.Class, f.err.RetryAfter
		}
		if c.cfg.Observer != nil {
			event.Duration = time.Since(event.Start)
			c.cfg.Observer.Observe(ctx, event)
		}
	}()
	resp, err := c.cfg.HTTPClient.Do(req)
	if err != nil {
		f = fail(order.ErrTemporary, err)
		f.again, f.kept = true, true
		return f
	}
	defer func() { _ = resp.Body.Close() }() // it was only read
	event.HTTPStatus = resp.StatusCode
	reply, err := io.ReadAll(io.LimitReader(resp.Body, maxReply+1))
	switch {
	case err != nil:
		f = fail(order.ErrTemporary, err)
		f.again, f.kept = true, true
	case len(reply) > maxReply:
		f = fail(order.ErrLocalLimit, fmt.Errorf("the reply has more than %d bytes", maxReply))
		f.kept = true
	case resp.StatusCode != http.StatusOK:
		f = c.refused(op, id, resp, reply)
	case json.Unmarshal(reply, out) != nil:
		f = fail(order.ErrUndecodable, fmt.Errorf("the reply is not the JSON of %s", op.name))
		f.kept = true
	}
	return f
}

// refused reads an error of the shop.
func (c *Client) refused(op operation, id string, resp *http.Response, reply []byte) *fault {
	var said struct{ Code, Message string }
	_ = json.Unmarshal(reply, &said) // a page of a proxy has neither
	f := &fault{err: c.error(op, id, order.ErrTemporary, nil)}
	f.err.HTTPStatus, f.err.Code, f.err.Message = resp.StatusCode, said.Code, said.Message
	switch status := resp.StatusCode; {
	case said.Code == "key_over":
		f.err.Class, f.err.Hint = order.ErrCredentialExpired, newKey
	case status == http.StatusUnauthorized:
		f.err.Class, f.err.Hint = order.ErrUnauthorized, theKeys
	case status == http.StatusForbidden:
		f.err.Class = order.ErrForbidden
	case status == http.StatusNotFound && said.Code != "":
		f.err.Class, f.err.Hint = order.ErrNotFound, nextNumber
	case status == http.StatusConflict:
		f.err.Class, f.err.Hint = order.ErrConflict, nextOrder
	case status == http.StatusTooManyRequests:
		f.err.Class, f.again = order.ErrRateLimited, true
		if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil {
			f.err.RetryAfter = time.Duration(min(max(s, 0), 3600)) * time.Second
		}
	case said.Code == "maintenance":
		f.err.Class, f.again = order.ErrMaintenance, true
	case status >= 500:
		f.again, f.kept = true, true
	default:
		f.err.Class = order.ErrInvalid
	}
	return f
}
