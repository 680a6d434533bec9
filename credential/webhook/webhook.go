package webhook

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// Config says where notices go. URL is needed.
type Config struct {
	// URL is the address to post to, http or https. Chat systems put their password into it: it is never logged and never part
	// of an error, save its scheme and host.
	URL credential.Secret

	HTTPClient *http.Client                 // nil: one of its own. It is never changed; redirects are not followed
	Header     map[string]credential.Secret // added to each request, such as Authorization; it is copied

	// Encode makes the body of a notice, for systems that want a form of their own: Slack, Chatwork and Teams are there. Nil: the
	// notice as it is, in JSON.
	Encode func(credential.Notice) ([]byte, error)

	ContentType string // of the body; "" means JSON

	Attempts int           // at most; 0 means 5
	Timeout  time.Duration // of one attempt; 0 means 15 s
	MaxWait  time.Duration // the longest wait between two attempts, Retry-After included; 0 means 30 s
}

const (
	firstWait    = time.Second
	maxBody      = 1 << 20  // of a request
	maxReplyRead = 16 << 10 // read and thrown away, so that the connection can be used again
)

// Notifier posts notices. It is safe for concurrent use.
//
// Any 2xx answer is success. It tries again after network errors, 408, 425, 429 and 5xx, with growing random waits, or as long as
// Retry-After asks. If that is longer than MaxWait, it gives up at once, and the error says how long. A receiver may so see a
// notice twice; the header Idempotency-Key and the field "key" tell.
type Notifier struct {
	cfg    Config
	target *url.URL
	client http.Client
}

// Format prints where notices go by scheme and host, which is what may be told of the address.
func (n *Notifier) Format(f fmt.State, _ rune) {
	if n.target == nil {
		fmt.Fprint(f, "webhook.Notifier()")
		return
	}
	fmt.Fprintf(f, "webhook.Notifier(%s://%s)", n.target.Scheme, n.target.Host)
}

// New checks the configuration. Nothing is sent.
func New(cfg Config) (*Notifier, error) {
	target, err := url.Parse(cfg.URL.Reveal())
	switch {
	case cfg.URL.IsZero():
		return nil, errors.New("webhook: URL is empty")
	case err != nil, target.Scheme != "http" && target.Scheme != "https", target.Host == "":
		return nil, errors.New("webhook: URL is not an absolute http or https address") // err would quote it
	case cfg.Attempts < 0, cfg.Timeout < 0, cfg.MaxWait < 0:
		return nil, errors.New("webhook: Attempts, Timeout and MaxWait must not be negative")
	}
	if cfg.Encode == nil {
		cfg.Encode = func(n credential.Notice) ([]byte, error) { return json.Marshal(n) }
	}
	if cfg.Attempts == 0 {
		cfg.Attempts = 5
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = 15 * time.Second
	}
	if cfg.MaxWait == 0 {
		cfg.MaxWait = 30 * time.Second
	}
	cfg.Header = maps.Clone(cfg.Header)
	n := &Notifier{cfg: cfg, target: target}
	if cfg.HTTPClient != nil {
		n.client = *cfg.HTTPClient
	}
	// A POST that follows a redirect becomes a GET, or carries the notice and the headers to another host.
	n.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return n, nil
}

// Notify posts the notice. Its error is an *order.Error of the notice's mall and shop, operation "webhook".
func (n *Notifier) Notify(ctx context.Context, notice credential.Notice) error {
	fail := order.Error{Mall: notice.Mall, Shop: notice.Shop, Operation: "webhook"}
	if n.target == nil {
		fail.Class, fail.Err = order.ErrInvalid, errors.New("a Notifier is made by New")
		return &fail
	}
	body, err := n.cfg.Encode(notice)
	if err == nil && len(body) > maxBody {
		err = fmt.Errorf("%d bytes, more than %d", len(body), maxBody)
	}
	if err != nil {
		fail.Class, fail.Err = order.ErrInvalid, fmt.Errorf("the body cannot be made: %w", err)
		return &fail
	}
	for {
		if err := ctx.Err(); err != nil {
			fail.Class, fail.Err = order.ErrTemporary, err
			return &fail
		}
		fail.Attempts++
		status, after, err := n.post(ctx, body, notice.Key)
		if err == nil && status/100 == 2 {
			return nil
		}
		fail.HTTPStatus, fail.RetryAfter, fail.Err = status, after, err
		fail.Class = classOf(status)
		if !retryable(status) || fail.Attempts >= n.cfg.Attempts || after > n.cfg.MaxWait {
			return &fail
		}
		if !sleep(ctx, n.pause(fail.Attempts, after)) {
			fail.Err = ctx.Err()
			return &fail
		}
	}
}

// post makes one attempt; status is 0 when there was no answer.
func (n *Notifier) post(ctx context.Context, body []byte, key string) (status int, after time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, n.cfg.Timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, n.target.String(), bytes.NewReader(body))
	if err != nil {
		return 0, 0, n.redact(err)
	}
	for name, value := range n.cfg.Header {
		request.Header.Set(name, value.Reveal())
	}
	request.Header.Set("Content-Type", cmp.Or(n.cfg.ContentType, "application/json; charset=utf-8"))
	request.Header.Set("User-Agent", "jpmall-credential")
	if key != "" {
		request.Header.Set("Idempotency-Key", url.QueryEscape(key)) // shop ids need not be ASCII
	}
	response, err := n.client.Do(request)
	if err != nil {
		return 0, 0, n.redact(err)
	}
	defer response.Body.Close()
	// What the receiver writes is of no use and may be anything; failing to read it changes nothing.
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, maxReplyRead))
	return response.StatusCode, retryAfter(response.Header.Get("Retry-After"), time.Now()), nil
}

// pause is how long to wait after an attempt: as asked, or a random part of a doubling wait.
func (n *Notifier) pause(attempt int, asked time.Duration) time.Duration {
	if asked > 0 {
		return asked
	}
	limit := min(firstWait<<min(attempt-1, 10), n.cfg.MaxWait)
	return limit/2 + rand.N(limit/2+1)
}

func retryable(status int) bool {
	switch status {
	case 0, http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	}
	return status >= 500
}

func classOf(status int) order.Class {
	switch {
	case status == http.StatusTooManyRequests:
		return order.ErrRateLimited
	case retryable(status):
		return order.ErrTemporary
	case status == http.StatusUnauthorized:
		return order.ErrUnauthorized
	case status == http.StatusForbidden:
		return order.ErrForbidden
	case status == http.StatusNotFound || status == http.StatusGone:
		return order.ErrNotFound
	}
	return order.ErrInvalid
}

// sleep waits, and tells whether the context let it.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
