package transport

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// Call is one call to make. The transport does not modify it. Do not modify Body even after Do has
// returned: an abandoned connection may still be reading it.
type Call struct {
	// from the table, or a raw one, which is always treated as Unsafe
	Operation   Operation
	Vars        map[string]string // for the placeholders of the path
	Query       url.Values
	Header      http.Header
	Body        []byte
	ContentType string
	Order       string // the order number that the call concerns, for errors
	// what the answer must name where its members say so (=$); "" = Order
	ID string
	// reports whether a name was requested, if the mall returns only what is requested; only then
	// can it be missing. nil = all
	Asked func(string) bool
	// overrides the retry class of a table operation, for a request that is safer or less safe
	// than it
	Retry *Retry

	// Accept examines a reply that is the documented answer by status and shape. It runs inside
	// the attempt, so that a reply that cannot be read is requested again. Its error makes the
	// reply undecodable, unless it is an *order.Error. It may be called several times; the last
	// call is valid. nil = every reply is accepted.
	Accept func(*Response) error
}

// Response is a complete reply.
type Response struct {
	Status    int
	Header    http.Header
	Body      []byte // complete for a status below 300; above, cut at Limits.MaxErrorBody
	RequestID string
	Attempts  int           // how often the call was sent
	Duration  time.Duration // of the last attempt, from sending to the end of the body
	// fields that Send could not read; none after a failure
	Problems []order.Problem

	sent *http.Request // the answered request, for redact
}

// Send makes a typed call: it encodes in with Config.Encode (nil: call.Body is sent), sends it,
// and decodes the reply into out (nil: not at all). Decoding is part of the attempt, so that a
// read with a broken answer is sent again. call.Accept then examines the reply. After a failure
// out is zero, unless Config.Tells allows the reply; the Response is zero if there was none.
func (c *Client) Send(ctx context.Context, call Call, in, out any) (Response, error) {
	if in != nil {
		body, err := c.cfg.Encode(in)
		if err != nil {
			return Response{}, c.Refuse(call.Operation.Name, call.Order, err)
		}
		call.Body = body
	}
	if len(call.Body) > 0 {
		call.ContentType = cmp.Or(call.ContentType, c.cfg.ContentType)
	}
	var problems []wire.Problem
	if accept := call.Accept; out != nil {
		call.Accept = func(r *Response) (err error) {
			problems, err = fill(call, r, out, func() ([]wire.Problem, error) {
				if c.drift != nil {
					return c.watched(ctx, call, r, out)
				}
				return c.decode(r, out, nil)
			})
			if err == nil && accept != nil {
				err = accept(r)
			}
			return err
		}
	}
	r, err := c.Do(ctx, call)
	if r == nil {
		r = new(Response)
	}
	switch {
	case err == nil && len(problems) > 0:
		r.Problems = wire.Problems(problems)
	case err == nil || out == nil:
	case r.Status != 0 && c.cfg.Tells != nil && c.cfg.Tells(r):
		// The failure is what counts.
		_, _ = fill(call, r, out, func() ([]wire.Problem, error) { return c.decode(r, out, nil) })
	default:
		zero(out)
	}
	return *r, err
}

// fill decodes a reply into out. Of a broken document nothing is kept: an order that is cut in the
// middle looks complete. The answer of a raw operation is left to the caller.
func fill(
	call Call, r *Response, out any, decode func() ([]wire.Problem, error),
) ([]wire.Problem, error) {
	zero(out) // of an answer before
	raw := call.Operation.Doc == ""
	if raw && len(bytes.TrimSpace(r.Body)) == 0 {
		return nil, nil
	}
	problems, err := decode()
	if err != nil {
		zero(out)
	}
	if raw && errors.Is(err, wire.ErrMalformed) {
		return nil, nil
	}
	return problems, err
}

func zero(out any) { reflect.ValueOf(out).Elem().SetZero() }

// decode decodes r into out in the mall's format.
func (c *Client) decode(r *Response, out any, w *wire.Watch) ([]wire.Problem, error) {
	if c.cfg.Format == XML {
		return wire.XMLWatched(r.Body, out, w)
	}
	return wire.JSONWatched(r.Body, out, w)
}

// Do makes one call and returns the mall's reply. The error is always an *order.Error. If there
// was a reply, it is returned with the error, so that results per order can be read from it. After
// an error of a write, Unsettled reports whether it may have been applied.
//
// When ctx is done, Do returns at once, and errors.Is finds ctx's error.
func (c *Client) Do(ctx context.Context, call Call) (*Response, error) {
	x, err := c.newExchange(call)
	if err != nil {
		return nil, c.Refuse(call.Operation.Name, call.Order, err)
	}
	if c.cfg.Observer == nil {
		return x.run(ctx)
	}
	ctx = c.begin(ctx, x.event(order.EventCall, 0, x.start))
	r, err := x.run(ctx)
	x.observeCall(ctx, r, err)
	return r, err
}

// Row returns an operation of the table, or the zero Operation.
func (c *Client) Row(name string) Operation { return c.operations[name] }

// exchange is the state of one call. It belongs to the goroutine of Do; go-retryablehttp calls
// back only on that goroutine.
type exchange struct {
	c       *Client
	call    Call
	op      Operation
	listed  bool // op is a row of the table
	retry   Retry
	url     *url.URL
	header  http.Header
	limiter order.Limiter         // the caller's; nil = bucket
	bucket  *bucket               // ours; nil = no quota
	learner order.LearningLimiter // limiter, if it learns from replies

	start    time.Time
	queued   time.Duration // time spent waiting for quota, which MaxElapsed does not include
	tries    int           // started
	attempts int           // sent, as far as known
	asked    bool          // Renew was called
	replayed bool          // Renew allowed a replay, which is not counted as a try
	lost     bool          // an attempt of a write ended without an intelligible reply
	waiting  time.Time
	wait     time.Duration
	last     outcome
}

// outcome is the result of one try: fail is nil on success, reply is nil if there was none.
type outcome struct {
	reply *Response
	fail  *order.Error
	sent  bool // a byte may have been sent
	req   *http.Request
}

func (c *Client) newExchange(call Call) (*exchange, error) {
	op, retry, listed, err := c.resolve(call)
	if err != nil {
		return nil, err
	}
	x := &exchange{c: c, call: call, op: op, listed: listed, retry: retry, start: time.Now()}
	if err := x.target(); err != nil {
		return nil, err
	}
	if c.cfg.Limiters != nil {
		x.limiter = c.cfg.Limiters(op.Name)
		x.learner, _ = x.limiter.(order.LearningLimiter)
	}
	if x.limiter == nil && op.Quota.Every > 0 {
		x.bucket = c.bucketOf(op)
	}
	return x, nil
}

// resolve returns the row for a call. A raw operation is Unsafe unless name, method and path are
// those of a row: a name alone says nothing about another path.
func (c *Client) resolve(call Call) (op Operation, retry Retry, listed bool, err error) {
	op = call.Operation
	if row, ok := c.operations[op.Name]; ok && row.Method == op.Method && row.Path == op.Path {
		if call.Retry != nil {
			return row, *call.Retry, true, nil
		}
		return row, row.Retry, true, nil
	}
	op.Retry = Unsafe
	return op, Unsafe, false, op.check()
}

// run runs the loop of a call, outermost first:
//
//	retry( auth -> quota -> send -> limit -> classify )
//
// go-retryablehttp runs the loop, again decides, and the exchange holds the results. The loop's
// http.Client exists for one call and has the exchange as its transport, so CloseIdleConnections,
// which the library calls on every failure, reaches no pool, and no redirect rule or time limit
// applies twice.
func (x *exchange) run(ctx context.Context) (*Response, error) {
	// Both hooks below are called without asking whether they are there. Of the others none is set:
	// without Logger the loop prints nothing (it would print URLs), an ErrorHandler would see
	// nothing but a bound that is never reached, and PrepareRetry, RequestLogHook, ResponseLogHook
	// and the waits have their places in RoundTrip and in again.
	loop := retryablehttp.Client{
		HTTPClient: &http.Client{Transport: x},
		RetryMax:   x.c.cfg.Limits.MaxAttempts + 1, // an outer bound only: again counts
		// decides by the failure's class and the call's retry class, which the library's own policy
		// does not know
		CheckRetry: func(ctx context.Context, _ *http.Response, _ error) (bool, error) {
			return x.last.fail != nil && x.again(ctx), nil
		},
		// is what again has found to fit into the call's time, and what the mall asks for
		Backoff: func(time.Duration, time.Duration, int, *http.Response) time.Duration {
			return x.wait
		},
	}
	// The loop's request is a token: each attempt makes its own from x.
	token := &http.Request{Method: x.op.Method, URL: x.url, Host: x.url.Host, Header: http.Header{}}
	_, err := loop.Do(&retryablehttp.Request{Request: token.WithContext(ctx)})
	if !x.waiting.IsZero() { // the context has ended the wait
		x.rested(ctx)
	}
	if err == nil && x.last.fail == nil && x.last.reply != nil {
		x.last.reply.Attempts = x.attempts
		return x.last.reply, nil
	}
	return x.failure(ctx)
}

// RoundTrip makes one attempt. It always reports success to the loop, which cannot judge a reply
// that has been read or an error that has been classified.
func (x *exchange) RoundTrip(token *http.Request) (*http.Response, error) {
	ctx := token.Context()
	if !x.waiting.IsZero() {
		x.rested(ctx)
	}
	x.tries++
	x.last = x.try(ctx)
	x.settle()
	return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody, Request: token}, nil
}

// settle records whether a write may have been applied with an unknown outcome.
func (x *exchange) settle() {
	o := x.last
	if o.fail == nil || !o.sent || x.retry == Read {
		return
	}
	switch o.fail.Class {
	case order.ErrTemporary, order.ErrUndecodable, order.ErrLocalLimit:
		x.lost = true
	}
	if o.reply != nil && o.reply.Status == http.StatusSeeOther {
		x.lost = true // "done, look there" is what 303 means
	}
}

func (x *exchange) elapsed() time.Duration { return time.Since(x.start) - x.queued }
