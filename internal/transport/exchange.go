package transport

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	"github.com/jpmall/jpmall/order"
)

// exchange is the state of one call. It belongs to the goroutine of Do; go-retryablehttp calls back on that goroutine only.
type exchange struct {
	c       *Client
	call    Call
	op      Operation
	listed  bool // op is a row of the table
	retry   Retry
	url     *url.URL
	header  http.Header
	limiter order.Limiter // the caller's, or
	bucket  *bucket       // ours; both nil = no quota

	start    time.Time
	queued   time.Duration // waited for quota, which MaxElapsed does not count
	tries    int           // begun
	attempts int           // sent, as far as can be told
	asked    bool          // Renew was asked
	replayed bool          // and allowed a replay, which counts as no try
	lost     bool          // an attempt of a write ended without an answer that could be understood
	waiting  time.Time
	wait     time.Duration
	last     outcome
}

// outcome is how one try ended: fail is nil when it went well, reply is nil when none came.
type outcome struct {
	reply *Response
	fail  *order.Error
	sent  bool // a byte may have left
	req   *http.Request
}

func (c *Client) newExchange(ctx context.Context, call Call) (*exchange, error) {
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
	}
	if x.limiter == nil {
		x.bucket = c.bucketOf(op)
	}
	return x, nil
}

// run is the outer loop: go-retryablehttp turns it, this package decides. The loop's http.Client is made for one call and has
// nothing but the attempt in it, so that CloseIdleConnections, which the library calls on every failure, reaches no pool, and
// no redirect or time limit applies twice.
func (x *exchange) run(ctx context.Context) (*Response, error) {
	loop := retryablehttp.Client{
		HTTPClient:   &http.Client{Transport: attempt{x}, CheckRedirect: useLast},
		RetryMax:     x.c.cfg.Limits.MaxAttempts + 1, // an outer bound only: again counts
		CheckRetry:   func(ctx context.Context, _ *http.Response, _ error) (bool, error) { return x.again(ctx), nil },
		Backoff:      func(_, _ time.Duration, _ int, _ *http.Response) time.Duration { return x.wait },
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
		PrepareRetry: func(*http.Request) error { x.rested(ctx); return nil },
	}
	// The loop's request is a token: each attempt makes its own from x.
	token := &http.Request{Method: x.op.Method, URL: x.url, Host: x.url.Host, Header: http.Header{}}
	resp, err := loop.Do(&retryablehttp.Request{Request: token.WithContext(ctx)})
	if resp != nil {
		resp.Body.Close()
	}
	x.rested(ctx) // a wait that the context ended
	if x.last.fail == nil && err == nil && x.last.reply != nil {
		x.last.reply.Attempts = x.attempts
		return x.last.reply, nil
	}
	return x.failure(ctx)
}
