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
	"github.com/jpmall/jpmall/internal/pause"
	"github.com/jpmall/jpmall/order"
)

// Config holds what a Notifier needs. URL is required.
type Config struct {
	// URL is the http or https address to post to. Chat systems put a password into it, so only its
	// scheme and host appear in errors and logs.
	URL credential.Secret

	// never modified; nil is a private one. Redirects are not followed
	HTTPClient *http.Client
	// added to each request, such as Authorization; New copies it
	Header map[string]credential.Secret

	// Encode builds the body of a notice, for systems that expect their own form; see Slack,
	// Chatwork and Teams. Nil is the notice in JSON.
	Encode func(credential.Notice) ([]byte, error)

	ContentType string // of the body; "" is JSON

	Attempts int           // at most; 0 means 5
	Timeout  time.Duration // of one attempt; 0 means 15 s
	// the longest wait between two attempts, Retry-After included; 0 means 30 s
	MaxWait time.Duration
}

const (
	firstWait    = time.Second
	maxBody      = 1 << 20  // of a request
	maxReplyRead = 16 << 10 // read and discarded, so that the connection can be used again
)

// Notifier posts notices. It implements [credential.Notifier] and is safe for concurrent use.
//
// Any 2xx answer is success. Network errors, 408, 425, 429 and 5xx are retried, after growing
// random waits or as long as Retry-After says. If that is longer than MaxWait, Notify returns at
// once, with the wait in the error's RetryAfter. A receiver may get a notice twice; the header
// Idempotency-Key and the field "key" identify it.
type Notifier struct {
	cfg    Config
	target *url.URL
	client http.Client
}

// Format prints the scheme and host of the URL, and nothing else.
func (n *Notifier) Format(f fmt.State, _ rune) {
	if n.target == nil {
		fmt.Fprint(f, "webhook.Notifier()")
		return
	}
	fmt.Fprintf(f, "webhook.Notifier(%s://%s)", n.target.Scheme, n.target.Host)
}

// New validates cfg and returns a Notifier. It sends nothing.
func New(cfg Config) (*Notifier, error) {
	target, err := url.Parse(cfg.URL.Reveal())
	switch {
	case cfg.URL.IsZero():
		return nil, errors.New("webhook: URL is empty")
	case err != nil, target.Scheme != "http" && target.Scheme != "https", target.Host == "":
		// err would quote it
		return nil, errors.New("webhook: URL is not an absolute http or https address")
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
	// A POST that follows a redirect becomes a GET, or carries the notice and the headers to
	// another host.
	n.client.CheckRedirect = func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}
	return n, nil
}

// Notify posts the notice. Its error is an *order.Error with the notice's mall and shop and the
// operation "webhook".
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
		if pause.For(ctx, n.pause(fail.Attempts, after)) != nil {
			fail.Err = ctx.Err()
			return &fail
		}
	}
}

// post makes one attempt; status is 0 when there was no answer.
func (n *Notifier) post(
	ctx context.Context, body []byte, key string,
) (status int, after time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, n.cfg.Timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, n.target.String(),
		bytes.NewReader(body))
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
	// The content of the answer is not used, so failing to read it changes nothing.
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, maxReplyRead))
	return response.StatusCode, retryAfter(response.Header.Get("Retry-After"), time.Now()), nil
}

// pause returns how long to wait after an attempt: as Retry-After says, or a random part of a
// doubling wait.
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
