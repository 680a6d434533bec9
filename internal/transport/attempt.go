package transport

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jpmall/jpmall/order"
)

// oldSignature is how long a signed request may wait before it is signed again.
const oldSignature = 5 * time.Second

// try makes one attempt. It signs the request before it waits for the quota, since getting a token
// may take longer than the pause between two calls.
func (x *exchange) try(ctx context.Context) outcome {
	if err := ctx.Err(); err != nil {
		return outcome{fail: &order.Error{Class: order.ErrLocalLimit, Err: err}}
	}
	req, fail := x.signed(ctx)
	if fail != nil {
		return outcome{fail: fail}
	}
	begin := time.Now()
	if fail = x.acquire(ctx); fail == nil && time.Since(begin) > oldSignature {
		req, fail = x.signed(ctx)
	}
	if fail != nil {
		return outcome{fail: fail}
	}
	return x.send(ctx, req)
}

// bounded returns ctx limited to what is left of MaxElapsed, for callers whose context and
// http.Client have no limit.
func (x *exchange) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, max(x.c.cfg.Limits.MaxElapsed-x.elapsed(), time.Millisecond))
}

func (x *exchange) signed(ctx context.Context) (*http.Request, *order.Error) {
	signing, cancel := x.bounded(ctx)
	defer cancel()
	req, fail := x.request(signing)
	// our limit must not pass for the caller's context
	if fail != nil && signing.Err() != nil && ctx.Err() == nil {
		fail = &order.Error{Class: order.ErrTemporary, Err: &cause{text: "no credential in time"}}
	}
	return req, fail
}

// send does the HTTP exchange.
func (x *exchange) send(ctx context.Context, req *http.Request) outcome {
	bounded, cancel := x.bounded(ctx)
	defer cancel()
	sent := sentinel{replay: func() {
		if x.place(bounded) != nil {
			cancel()
		}
	}}
	o, begin := outcome{req: req}, time.Now()
	seen := sent.trace(bounded)
	if x.c.cfg.Observer != nil {
		seen = x.c.begin(seen, x.event(order.EventAttempt, x.tries, begin))
	}
	req = req.WithContext(seen)
	resp, err := x.c.http.Do(req)
	if o.sent = err == nil || sent.maybe(); o.sent {
		x.attempts++
	}
	if err != nil {
		o.fail = x.networkFailure(ctx, err, o.sent)
	} else {
		x.receive(ctx, &o, &Response{Status: resp.StatusCode, Header: resp.Header, sent: req},
			resp, begin)
	}
	if x.c.cfg.Observer != nil || x.c.cfg.Logger != nil {
		x.observeAttempt(seen, o, begin)
	}
	return o
}

// receive reads a reply within the limits, classifies it, and learns the quota from it.
func (x *exchange) receive(
	ctx context.Context, o *outcome, reply *Response, resp *http.Response, begin time.Time,
) {
	defer resp.Body.Close()
	if x.c.cfg.RequestID != nil {
		reply.RequestID = Line(x.c.cfg.RequestID(resp.Header), 200)
	}
	var err error
	reply.Body, err = readBody(resp, x.c.cfg.Limits)
	reply.Duration, reply.Attempts = time.Since(begin), x.attempts
	if err != nil {
		o.fail = x.bodyFailure(ctx, err)
		o.fail.HTTPStatus, o.fail.RequestID = reply.Status, reply.RequestID
		return
	}
	o.reply = reply
	o.fail = x.classify(reply)
	if x.bucket != nil || x.learner != nil {
		x.learn(reply, o.fail)
	}
	if x.c.drift != nil {
		x.weigh(reply.sent.Context(), *o)
	}
}

// classify applies the mall's rules, and compares what they accept with the documented answer.
func (x *exchange) classify(r *Response) *order.Error {
	var fail *order.Error
	if x.c.cfg.Classify != nil {
		fail = x.c.cfg.Classify(x.op, r)
	}
	if fail == nil && r.Status < http.StatusMultipleChoices {
		if fail = x.answered(r); fail == nil {
			return nil
		}
	}
	return refusal(r, fail)
}

// answered refuses a successful reply that is not the documented answer of a table operation, or
// that the call does not accept. It runs inside the attempt, so that a read is tried again as
// after a 5xx.
func (x *exchange) answered(r *Response) *order.Error {
	if x.listed {
		if fail := x.documented(r); fail != nil {
			return fail
		}
	}
	if x.call.Accept == nil {
		return nil
	}
	err := x.call.Accept(r)
	if err == nil {
		return nil
	}
	var own *order.Error
	if errors.As(err, &own) {
		return own
	}
	return unreadable(x.c.cfg.Format, r, err)
}

// documented compares status and shape.
func (x *exchange) documented(r *Response) (fail *order.Error) {
	a, f := x.op.Answer, x.c.cfg.Format
	switch {
	case !a.expects(r.Status):
		return undocumented(f, r, fmt.Errorf("status %d, where the mall documents %s", r.Status,
			a.documented()))
	case !a.Empty:
	case r.Status == http.StatusNoContent || len(bytes.TrimSpace(r.Body)) == 0:
		return nil
	default:
		return undocumented(f, r, errors.New("a body, where the mall documents none"))
	}
	var err error
	switch shape := x.c.shapes[x.op.Name]; f {
	case JSON:
		err = shape.JSON(r.Body, cmp.Or(x.call.ID, x.call.Order))
	case XML:
		err = shape.XML(r.Body, cmp.Or(x.call.ID, x.call.Order))
	}
	if err != nil {
		return unreadable(f, r, err)
	}
	return nil
}

// target builds the URL and the headers that all attempts share.
func (x *exchange) target() error {
	path, err := expand(x.op.Path, x.call.Vars)
	if err != nil {
		return err
	}
	if err := checkHeader(x.call.Header); err != nil {
		return err
	}
	u := *x.c.base
	u.RawPath = strings.TrimSuffix(x.c.base.EscapedPath(), "/") + path
	if u.Path, err = url.PathUnescape(u.RawPath); err != nil {
		return errors.New("the path cannot be written as a URL")
	}
	u.RawQuery = x.call.Query.Encode()
	x.url = &u

	h := make(http.Header, len(x.c.cfg.Header)+len(x.call.Header)+4)
	for _, from := range []http.Header{x.c.cfg.Header, x.call.Header} {
		for name, values := range from {
			h[http.CanonicalHeaderKey(name)] = values
		}
	}
	if x.call.ContentType != "" {
		h["Content-Type"] = []string{x.call.ContentType}
	}
	if h["User-Agent"] == nil {
		h["User-Agent"] = []string{x.c.cfg.UserAgent}
	}
	x.header = h
	return nil
}

// expand fills the placeholders of a path. Each value stays within its segment: slashes are
// escaped, and "", "." and ".." are refused. The error does not quote a value, which may be
// personal.
func expand(path string, vars map[string]string) (string, error) {
	var b strings.Builder
	used := 0
	for {
		before, rest, open := strings.Cut(path, "{")
		b.WriteString(before)
		if !open {
			break
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			return "", fmt.Errorf("path has an open brace at %q", name)
		}
		value, ok := vars[name]
		switch {
		case !ok || value == "":
			return "", fmt.Errorf("%s is missing", name)
		case value == "." || value == "..":
			return "", fmt.Errorf("%s cannot be a path segment", name)
		}
		b.WriteString(url.PathEscape(value))
		used++
		path = after
	}
	if used < len(vars) {
		return "", fmt.Errorf("%d of %d path values have no place in the path", len(vars)-used,
			len(vars))
	}
	return b.String(), nil
}

// request builds the signed request of one attempt, with its own headers and body.
func (x *exchange) request(ctx context.Context) (*http.Request, *order.Error) {
	u := *x.url
	req := (&http.Request{
		Method: x.op.Method, URL: &u, Host: u.Host, Header: x.header.Clone(),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}).WithContext(ctx)
	x.fillBody(req)
	if x.c.cfg.Sign == nil {
		return req, nil
	}
	if err := x.c.cfg.Sign(ctx, req, x.call.Body); err != nil {
		return nil, signFailure(ctx, err)
	}
	// A pasted key with a line break in it: net/http would refuse it too, but too late to tell that
	// nothing was sent.
	if err := checkValues(req.Header); err != nil {
		return nil, &order.Error{Class: order.ErrInvalid, Err: err,
			Hint: order.Text{EN: "check the credential; nothing was sent",
				JA: "認証情報を確認してください。何も送信していません"}}
	}
	return req, nil
}

// fillBody sets the body of a request. net/http replays a request by itself when a pooled
// connection fails: always if nothing was written, but also after writing if the method is GET or
// HEAD or an Idempotency-Key header is set. The latter would send an unsafe call twice unnoticed;
// a body without GetBody prevents it.
func (x *exchange) fillBody(req *http.Request) {
	body := x.call.Body
	replayable := req.Method == http.MethodGet || req.Method == http.MethodHead ||
		req.Method == http.MethodOptions ||
		req.Method == http.MethodTrace || req.Header["Idempotency-Key"] != nil ||
		req.Header["X-Idempotency-Key"] != nil
	guard := x.retry == Unsafe && replayable
	if len(body) == 0 {
		if guard {
			req.Body = io.NopCloser(bytes.NewReader(nil))
		}
		return
	}
	req.ContentLength = int64(len(body))
	req.Body = io.NopCloser(bytes.NewReader(body))
	if !guard {
		req.GetBody = func() (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(body)), nil
		}
	}
}

// sentinel records whether a byte of an attempt may have been sent. It errs on the side of yes:
// getting a connection is treated as sending, and so is a RoundTripper that does not report to
// httptrace. net/http may call the hooks after the attempt has ended, hence the atomics.
type sentinel struct {
	asked  atomic.Bool // the transport asked for a connection, so it reports to httptrace
	got    atomic.Bool // it got one
	wrote  atomic.Bool // it wrote to the connection
	replay func()      // called before net/http replays a read by itself: see fillBody
}

func (s *sentinel) trace(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { s.asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) {
			s.got.Store(true)
			if s.wrote.Swap(false) {
				s.replay() // the mall counts that call too
			}
		},
		WroteHeaders: func() { s.wrote.Store(true) },
	})
}

// maybe reports whether a byte may have been sent.
func (s *sentinel) maybe() bool { return s.got.Load() || !s.asked.Load() }

// errTooLarge means that a reply exceeds Limits.MaxBody.
var errTooLarge = errors.New("reply is larger than the limit")

// readBody reads a reply in bounded memory. A failed reply is cut at MaxErrorBody, or where it
// breaks off: its status already says that it failed. A successful one above MaxBody is refused,
// since half of it must not pass for the whole. The limit applies after decompression. A reply
// that ends before its announced length is io.ErrUnexpectedEOF.
func readBody(resp *http.Response, l Limits) ([]byte, error) {
	limit, cut := l.MaxBody, false
	if resp.StatusCode >= http.StatusMultipleChoices {
		limit, cut = min(l.MaxErrorBody, l.MaxBody), true
	}
	if resp.ContentLength > limit && !cut {
		return nil, errTooLarge
	}
	// An announced length saves the growing, but it is only the server's word: no more than 1 MiB
	// is taken on trust.
	size := min(max(resp.ContentLength+1, 512), limit+1, 1<<20)
	buf := make([]byte, 0, size)
	for {
		if len(buf) == cap(buf) {
			// append grows big slices by a quarter, so that a body of unannounced length would be
			// copied four times over.
			buf = slices.Grow(buf, int(min(int64(cap(buf)), limit+1-int64(len(buf)))))
		}
		room := min(int64(cap(buf)), limit+1)
		n, err := resp.Body.Read(buf[len(buf):room])
		buf = buf[:len(buf)+n]
		switch {
		case int64(len(buf)) > limit && cut:
			return buf[:limit], nil
		case int64(len(buf)) > limit:
			return nil, errTooLarge
		case errors.Is(err, io.EOF), err != nil && cut:
			return buf, nil
		case err != nil:
			return nil, err
		}
	}
}
