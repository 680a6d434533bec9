package transport

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// Config configures a Client. Mall, BaseURL and Operations are required.
type Config struct {
	Mall order.Mall
	Shop string

	HTTPClient *http.Client   // never changed; nil = a private one with time limits
	BaseURL    string         // http or https, a host, perhaps a path; no query, fragment or user
	PlainHTTP  bool           // allows http to a machine other than this one
	Header     http.Header    // sent with every call, for a relay; Sign overwrites it
	UserAgent  string         // "" = "jpmall/" and the version of the module, if known
	Logger     *slog.Logger   // nil = silent
	Observer   order.Observer // nil = none
	Limiters   order.Limiters // nil = the quotas of Operations
	Operations []Operation
	// calls of all operations that the mall allows per day, for ReadShare; 0 = not documented
	PerDay int
	// of the mall's documents; AnyFormat = only the status of a reply is checked
	Format Format
	Limits Limits

	Drift bool // report deviations from the documented mall to Observer and Logger

	// Weigh examines what an exchange says about the mall's assumptions, and reports it by calling
	// tell. It is called only with Drift: after each complete reply, and again when a reply was
	// decoded. It must not block. nil = never.
	Weigh func(e Evidence, tell Verdict)

	// Sign adds auth to one attempt. req belongs to that attempt and has its body. If Sign fails,
	// nothing is sent. An *order.Error keeps its class; ErrTemporary and ErrRateLimited are tried
	// again.
	Sign func(ctx context.Context, req *http.Request, body []byte) error

	// Classify examines a complete, bounded reply of any status, because malls put errors into a
	// 200. It returns nil, or the mall's refusal with Class, Code, Message, Hint and Order; the
	// transport fills in the rest. A reply with a status below 300 that it accepts is then
	// compared with Operation.Answer. If it returns nil for a status of 400 and above, or an error
	// without a Class, the status decides. For a reply that is not the mall's own document, it
	// should return Strange. nil = the status alone decides.
	Classify func(op Operation, r *Response) *order.Error

	// Renew reports whether a replay with another credential may succeed, such as a refreshed
	// token or another key. It is called at most once per call, after ErrUnauthorized or
	// ErrCredentialExpired. Unsafe operations are replayed too, because the reply proves that
	// nothing was applied. sent is the refused request, its body consumed. If err is an
	// *order.Error, it replaces the mall's refusal.
	Renew func(ctx context.Context, e *order.Error, sent *http.Request) (again bool, err error)

	// Encode encodes the request of Send. ContentType applies to every body whose call sets none.
	Encode      func(any) ([]byte, error)
	ContentType string

	// Tells reports whether a refused reply says what became of single elements, so that Send
	// decodes it nevertheless. nil = never.
	Tells func(*Response) bool

	// RequestID returns the mall's request id from the reply's headers. nil = none.
	RequestID func(http.Header) string

	// Learn returns an operation's quota from a reply (Amazon x-amzn-RateLimit-Limit). A zero
	// Burst keeps the current one. A caller's order.LearningLimiter learns it too. nil = never.
	Learn func(op Operation, r *Response) (Quota, bool)
}

// Limits bound one call. A zero field means its default; a negative one is refused.
type Limits struct {
	// bytes of a reply, after decompression; 64 MiB. More is ErrLocalLimit
	MaxBody      int64
	MaxErrorBody int64 // bytes of a reply with status 300 and above; 64 KiB. More is cut
	MaxAttempts  int   // tries of one call, without a replay after Renew; 4
	// longest wait that a server may ask for; 60 s. More ends the call at once with RetryAfter
	// set. See LongestRetryAfter
	MaxRetryAfter time.Duration
	// time of one call with its backoffs, without waits for quota; 5 min
	MaxElapsed time.Duration
	// upper bound of the first backoff, which is random and whose bound doubles; 500 ms
	BackoffMin time.Duration
	BackoffMax time.Duration // upper bound of every backoff; 30 s
}

func (l Limits) withDefaults() (Limits, error) {
	if l.MaxBody < 0 || l.MaxErrorBody < 0 || l.MaxAttempts < 0 || l.MaxRetryAfter < 0 ||
		l.MaxElapsed < 0 ||
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

// Client makes calls to one shop of one mall. It is safe for concurrent use.
type Client struct {
	cfg        Config
	base       *url.URL
	http       *http.Client // a copy of the caller's with our redirect rule
	private    bool         // the connections are our own
	operations map[string]Operation
	shapes     map[string]*wire.Shape // of the answers of operations

	used  used    // of its quotas, by reads
	drift *ledger // what was reported; nil without Config.Drift

	mu      sync.Mutex
	buckets map[string]*bucket // by group or operation name
}

// New validates cfg and returns a Client. It sends nothing. The error is an *order.Error of class
// ErrInvalid that names the field.
func New(cfg Config) (*Client, error) {
	refuse := func(err error) (*Client, error) {
		return nil, &order.Error{Class: order.ErrInvalid, Mall: cfg.Mall, Shop: cfg.Shop, Err: err}
	}
	if cfg.Mall == "" {
		return refuse(errors.New("config field Mall is missing"))
	}
	base, err := parseBase(cfg.BaseURL, cfg.PlainHTTP)
	if err != nil {
		return refuse(err)
	}
	if err := checkHeader(cfg.Header); err != nil {
		return refuse(err)
	}
	if cfg.Limits, err = cfg.Limits.withDefaults(); err != nil {
		return refuse(err)
	}
	if cfg.Drift && cfg.Observer == nil && cfg.Logger == nil {
		return refuse(
			errors.New("config field Drift needs an Observer or a Logger"))
	}
	cfg.Header = cfg.Header.Clone()
	cfg.UserAgent = orDefault(cfg.UserAgent, agent())

	c := &Client{cfg: cfg, base: base, operations: map[string]Operation{},
		shapes: map[string]*wire.Shape{}, buckets: map[string]*bucket{}}
	if cfg.Drift {
		c.drift = &ledger{told: map[place]time.Time{}}
	}
	groups := map[string]Quota{}
	for _, op := range cfg.Operations {
		if err := op.check(); err != nil {
			return refuse(err)
		}
		if _, twice := c.operations[op.Name]; twice {
			return refuse(fmt.Errorf("operation %s stands twice in the table", op.Name))
		}
		c.operations[op.Name] = op
		shape, err := wire.ParseShape(op.Answer.Members...)
		if err != nil {
			return refuse(fmt.Errorf("operation %s: %w", op.Name, err))
		}
		c.shapes[op.Name] = &shape
		if g := op.Quota.Group; g != "" {
			if first, ok := groups[g]; ok && first != op.Quota {
				return refuse(fmt.Errorf("operation %s: quota differs from that of its group %s",
					op.Name, g))
			}
			groups[g] = op.Quota
		}
	}
	if c.private = cfg.HTTPClient == nil; c.private {
		c.http = PrivateClient(2 * time.Minute)
	} else { // a copy: its transport, cookies and timeout are kept
		own := *cfg.HTTPClient
		own.CheckRedirect = checkRedirect
		c.http = &own
	}
	return c, nil
}

// parseBase checks a base URL. The error does not quote it, since it may hold a password.
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
	case u.Scheme == "http" && !plainHTTP && !Loopback(u.Hostname()):
		return nil,
			errors.New(
				"BaseURL is http: keys and buyers' data would travel in clear; use https, or set PlainHTTP if that is meant")
	case u.User != nil:
		return nil, errors.New("BaseURL holds a user name; use Header for a relay's auth")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return nil, errors.New("BaseURL has a query or a fragment")
	case slices.Contains(strings.Split(u.Path, "/"), ".."):
		return nil, errors.New(`BaseURL holds ".."`)
	}
	return u, nil
}

// Loopback reports whether a host is this machine.
func Loopback(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.Unmap().IsLoopback()
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// agent is the User-Agent: this library, with its version where the build has one.
var agent = sync.OnceValue(func() string {
	info, _ := debug.ReadBuildInfo()
	return agentOf(info)
})

const (
	library = "jpmall"
	module  = "github.com/jpmall/jpmall"
)

// agentOf returns the User-Agent of a program. It names no version for a local checkout or
// replacement.
func agentOf(info *debug.BuildInfo) string {
	if info == nil {
		return library
	}
	for _, m := range append([]*debug.Module{&info.Main}, info.Deps...) {
		if m.Path != module {
			continue
		}
		if m.Replace != nil {
			m = m.Replace
		}
		if strings.HasPrefix(m.Version, "v") && m.Version != "v0.0.0" {
			return library + "/" + m.Version
		}
	}
	return library
}

// CloseIdleConnections closes idle connections of a private http.Client; those of a caller's stay
// open.
func (c *Client) CloseIdleConnections() {
	if c.private {
		c.http.CloseIdleConnections()
	}
}

// Headers that net/http sets. Setting them by hand would break framing, or decompression and with
// it the limit on its result.
var reserved = []string{"Accept-Encoding", "Connection", "Content-Length", "Host", "Trailer",
	"Transfer-Encoding", "Upgrade"}

func checkHeader(h http.Header) error {
	for name := range h {
		if slices.Contains(reserved, http.CanonicalHeaderKey(name)) {
			return fmt.Errorf("header %s cannot be set", name)
		}
	}
	return checkValues(h)
}

// checkValues refuses what HTTP does not allow, without quoting a value.
func checkValues(h http.Header) error {
	for name, values := range h {
		if name == "" || strings.ContainsFunc(name, notToken) {
			return errors.New("a header name holds a character that HTTP does not allow")
		}
		for _, v := range values {
			if strings.ContainsFunc(v, func(r rune) bool {
				return r < ' ' && r != '\t' || r == 0x7f
			}) {
				return fmt.Errorf("header %s holds a line break or another control character", name)
			}
		}
	}
	return nil
}

func notToken(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
}
