package transport

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/order"
)

// Config is what a Client is made of. Mall, BaseURL and Operations are required.
type Config struct {
	Mall order.Mall
	Shop string

	HTTPClient *http.Client   // the caller's, never changed; nil = a private one with sane timeouts
	BaseURL    string         // http or https, a host, perhaps a path; no query, fragment or user
	PlainHTTP  bool           // BaseURL may be http to another machine than this one
	Header     http.Header    // sent with every call, for a relay; auth of Sign wins over it
	UserAgent  string         // "" = "jpmall"
	Logger     *slog.Logger   // nil = silent
	Observer   order.Observer // nil = none
	Limiters   order.Limiters // nil = the quotas of Operations
	Operations []Operation
	Format     Format // of the mall's documents; AnyFormat = only the status of an answer is looked at
	Limits     Limits

	// Sign adds auth to one attempt, fresh each time; req is that attempt's own and has its body. When it fails nothing is sent.
	// An *order.Error keeps its class; a class of ErrTemporary or ErrRateLimited is tried again.
	Sign func(ctx context.Context, req *http.Request, body []byte) error

	// Classify looks at a complete, bounded reply and returns nil for what is no refusal of the mall's, or the error: Class, Code,
	// Message, Hint, Order. The rest is filled by the transport. It sees every status, because malls put errors into a 200. A
	// status below 300 that it lets pass is held against Operation.Answer afterwards. When it returns nil for a status of 400 and
	// above, or an error without a Class, the status decides: a reply that is not the mall's own document should be Strange.
	// nil = the status alone decides.
	Classify func(op Operation, r *Response) *order.Error

	// Renew is asked, at most once per call, when the answer was ErrUnauthorized or ErrCredentialExpired: may a replay with
	// another credential succeed (token refreshed, other key)? The replay is allowed for unsafe operations too, because the
	// answer proves that the call was refused before it was applied. sent is the refused request, body spent.
	// An error of its own replaces the mall's refusal when it is an *order.Error.
	Renew func(ctx context.Context, e *order.Error, sent *http.Request) (again bool, err error)

	// RequestID finds the mall's request id in the reply's headers. nil = none.
	RequestID func(http.Header) string

	// Learn adjusts an operation's quota from a reply (Amazon x-amzn-RateLimit-Limit). A zero Burst keeps the present one.
	// A Limiter of the caller's is told when it is an order.LearningLimiter. nil = none.
	Learn func(op Operation, r *Response) (Quota, bool)
}

// Limits bound what one call may cost. A zero field means its default; a negative one is refused.
type Limits struct {
	MaxBody       int64         // bytes of a reply, after decompression; 64 MiB. More is ErrLocalLimit
	MaxErrorBody  int64         // bytes of a reply with status 300 and above; 64 KiB. More is cut
	MaxAttempts   int           // tries of one call; 4. A replay after Renew comes on top
	MaxRetryAfter time.Duration // longest wait that a server may ask for; 60 s. More ends the call at once with RetryAfter set, see LongestRetryAfter
	MaxElapsed    time.Duration // time of one call with its backoffs, without waits for quota; 5 min
	BackoffMin    time.Duration // ceiling of the first backoff, which is random below it and doubles; 500 ms
	BackoffMax    time.Duration // ceiling of every backoff; 30 s
}

func (l Limits) withDefaults() (Limits, error) {
	if l.MaxBody < 0 || l.MaxErrorBody < 0 || l.MaxAttempts < 0 || l.MaxRetryAfter < 0 || l.MaxElapsed < 0 ||
		l.BackoffMin < 0 || l.BackoffMax < 0 {
		return l, errors.New("a limit is negative")
	}
	l.MaxBody = orDefault(l.MaxBody, 64<<20)
	l.MaxErrorBody = orDefault(l.MaxErrorBody, 64<<10)
	l.MaxAttempts = orDefault(l.MaxAttempts, 4)
	l.MaxRetryAfter = orDefault(l.MaxRetryAfter, time.Minute)
	l.MaxElapsed = orDefault(l.MaxElapsed, 5*time.Minute)
	l.BackoffMin = orDefault(l.BackoffMin, 500*time.Millisecond)
	l.BackoffMax = orDefault(l.BackoffMax, 30*time.Second)
	return l, nil
}

func orDefault[T comparable](v, d T) T {
	var zero T
	if v == zero {
		return d
	}
	return v
}

// parseBase checks a base URL. The text itself stays out of the error, since a user's paste may hold a password.
func parseBase(text string, plainHTTP bool) (*url.URL, error) {
	u, err := url.Parse(text)
	switch {
	case text == "":
		return nil, errors.New("BaseURL is missing")
	case err != nil:
		return nil, errors.New("BaseURL is not a URL")
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, errors.New("BaseURL must start with https:// (or http://)")
	case u.Host == "" || u.Hostname() == "":
		return nil, errors.New("BaseURL has no host")
	case u.Scheme == "http" && !plainHTTP && !loopback(u.Hostname()):
		return nil, errors.New("BaseURL is http: keys and buyers' data would travel in clear; use https, or set PlainHTTP if that is meant")
	case u.User != nil:
		return nil, errors.New("BaseURL holds a user name; use Header for a relay's auth")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return nil, errors.New("BaseURL has a query or a fragment")
	case slices.Contains(strings.Split(u.Path, "/"), ".."):
		return nil, errors.New(`BaseURL holds ".."`)
	}
	return u, nil
}

// loopback tells whether a host is this machine.
func loopback(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.Unmap().IsLoopback()
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// Headers that belong to net/http: set by hand they would break framing, or decompression and with it the bound on its result.
var reserved = []string{"Accept-Encoding", "Connection", "Content-Length", "Host", "Trailer", "Transfer-Encoding", "Upgrade"}

func checkHeader(h http.Header) error {
	for name := range h {
		if slices.Contains(reserved, http.CanonicalHeaderKey(name)) {
			return fmt.Errorf("header %s cannot be set", name)
		}
	}
	return checkValues(h)
}

// checkValues refuses what HTTP cannot carry, without repeating a value.
func checkValues(h http.Header) error {
	for name, values := range h {
		if name == "" || strings.ContainsFunc(name, notToken) {
			return errors.New("a header name holds a character that HTTP does not allow")
		}
		for _, v := range values {
			if strings.ContainsFunc(v, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
				return fmt.Errorf("header %s holds a line break or another control character", name)
			}
		}
	}
	return nil
}

func notToken(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
}
