package transport

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/jpmall/jpmall/order"
)

// target makes the URL and the headers that all attempts share.
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

// request makes the signed request of one attempt: its own header map, its own body.
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
	// A pasted key with a line break in it: net/http would refuse it too, but too late to tell that nothing was sent.
	if err := checkValues(req.Header); err != nil {
		return nil, &order.Error{Class: order.ErrInvalid, Err: err, Hint: "check the credential; nothing was sent"}
	}
	return req, nil
}

// fillBody gives a request its body. net/http replays a request by itself when a pooled connection dies under it: always while
// nothing was written, but also after writing when the method is GET or HEAD, or an Idempotency-Key header is there. The second
// would send an unsafe call twice behind our back; a body without GetBody prevents it.
func (x *exchange) fillBody(req *http.Request) {
	body := x.call.Body
	replayable := req.Method == http.MethodGet || req.Method == http.MethodHead || req.Method == http.MethodOptions ||
		req.Method == http.MethodTrace || req.Header["Idempotency-Key"] != nil || req.Header["X-Idempotency-Key"] != nil
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
		req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	}
}
