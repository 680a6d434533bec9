package transport_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

func TestConfigIsChecked(t *testing.T) {
	for name, change := range map[string]func(*transport.Config){
		"Mall":                          func(c *transport.Config) { c.Mall = "" },
		"BaseURL is miss":               func(c *transport.Config) { c.BaseURL = "" },
		"start with":                    func(c *transport.Config) { c.BaseURL = "ftp://mall.invalid" },
		"has no host":                   func(c *transport.Config) { c.BaseURL = "https:///path" },
		"no host":                       func(c *transport.Config) { c.BaseURL = "https://:443/path" },
		"set PlainHTTP":                 func(c *transport.Config) { c.PlainHTTP = false },
		"user name":                     func(c *transport.Config) { c.BaseURL = "https://u:p4ss@mall.invalid" },
		"query":                         func(c *transport.Config) { c.BaseURL = "https://mall.invalid?key=p4ss" },
		"not a URL":                     func(c *transport.Config) { c.BaseURL = "https://mall.invalid/%zzp4ss" },
		"\"..\"":                        func(c *transport.Config) { c.BaseURL = "https://mall.invalid/a/../b" },
		"accept-encoding":               func(c *transport.Config) { c.Header = http.Header{"accept-encoding": {"gzip"}} },
		"control char":                  func(c *transport.Config) { c.Header = http.Header{"X-Relay": {"p4ss\n"}} },
		"needs an Observer or a Logger": func(c *transport.Config) { c.Drift = true },
		"negative":                      func(c *transport.Config) { c.Limits.MaxBody = -1 },
		"twice":                         func(c *transport.Config) { c.Operations = append(c.Operations, c.Operations[0]) },
		"no name":                       func(c *transport.Config) { c.Operations[0].Name = "" },
		"HTTP method":                   func(c *transport.Config) { c.Operations[0].Method = "post" },
		"start with /":                  func(c *transport.Config) { c.Operations[0].Path = "order" },
		"leaves its":                    func(c *transport.Config) { c.Operations[0].Path = "/a/../b" },
		"holds a query":                 func(c *transport.Config) { c.Operations[0].Path = "/a?b=c" },
		"other half":                    func(c *transport.Config) { c.Operations[0].Path = "/orders/{id" },
		"quota of one":                  func(c *transport.Config) { c.Operations[0].Quota.Every = -1 },
		"per 24h0m0.000":                func(c *transport.Config) { c.Operations[0].Quota.Every = 24*time.Hour + 1 },
		"burst -1":                      func(c *transport.Config) { c.Operations[0].Quota.Burst = -1 },
		"burst 10001":                   func(c *transport.Config) { c.Operations[0].Quota.Burst = 10_001 },
		"retry class 3":                 func(c *transport.Config) { c.Operations[0].Retry = transport.Read + 1 },
	} {
		t.Run(name, func(t *testing.T) {
			cfg := config(nil)
			change(&cfg)
			_, err := transport.New(cfg)
			require.ErrorIs(t, err, order.ErrInvalid)
			require.ErrorContains(t, err, name)
			require.NotContains(t, err.Error(), "p4ss")
		})
	}
}

// Keys travel in clear to this machine only, unless that is meant.
func TestPlainHTTP(t *testing.T) {
	for base, ok := range map[string]bool{
		"https://mall.invalid": true, "http://localhost:8080/api": true, "http://LOCALHOST.": true,
		"http://mall.localhost": true, "http://127.0.0.1": true, "http://127.8.9.1:81": true, "http://[::1]": true,
		"http://[::ffff:127.0.0.1]": true,
		"http://mall.invalid":       false, "http://10.0.0.1": false, "http://[2001:db8::1]": false,
		"http://localhost.invalid": false, "http://mylocalhost": false,
	} {
		cfg := config(nil)
		cfg.BaseURL, cfg.PlainHTTP = base, false
		cfg.Operations[0].Quota = transport.Quota{Every: 24 * time.Hour, Burst: 10_000} // the most
		_, err := transport.New(cfg)
		if ok {
			require.NoError(t, err, base)
			continue
		}
		require.ErrorContains(t, err, "PlainHTTP", base)
	}
}

// A header that HTTP cannot carry is told by New, without its value.
func TestHeaderNames(t *testing.T) {
	for _, name := range []string{"", "X Relay", "X-Relay:", "X-Relay\x7f", "X-Relay\n", "X-鍵", "(X)"} {
		cfg := config(nil)
		cfg.Header = http.Header{name: {"p4ss"}}
		_, err := transport.New(cfg)
		require.ErrorContains(t, err, "a header name holds a character", "%q", name)
		require.NotContains(t, err.Error(), "p4ss")
	}
	for value, ok := range map[string]bool{"a\tb ~": true, "鍵": true, "a\nb": false, "a\x1fb": false,
		"a\x7fb": false} {
		cfg := config(nil)
		cfg.Header = http.Header{"!#$%&'*+-.^_`|~09AZaz": {value}}
		_, err := transport.New(cfg)
		require.Equal(t, ok, err == nil, "%q: %v", value, err)
	}
}

func TestPathValuesStayInTheirSegment(t *testing.T) {
	var got string
	network := serve(func(_ http.ResponseWriter, r *http.Request) { got = r.RequestURI })
	for name, test := range map[string]struct {
		vars map[string]string
		want string // "" = refused
	}{
		"plain":     {map[string]string{"id": "503-1234567-1234567"}, "/api/orders/503-1234567-1234567?a=1"},
		"slash":     {map[string]string{"id": "a/b?c#d%e"}, "/api/orders/a%2Fb%3Fc%23d%25e?a=1"},
		"Japanese":  {map[string]string{"id": "注文"}, "/api/orders/%E6%B3%A8%E6%96%87?a=1"},
		"braces":    {map[string]string{"id": "{id}"}, "/api/orders/%7Bid%7D?a=1"},
		"climbing":  {map[string]string{"id": ".."}, ""},
		"here":      {map[string]string{"id": "."}, ""},
		"empty":     {map[string]string{"id": ""}, ""},
		"missing":   {nil, ""},
		"too many":  {map[string]string{"id": "1", "x": "Yamada"}, ""},
		"wrong one": {map[string]string{"x": "Yamada"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, network, nil, func(t *testing.T, c *transport.Client) {
				got = ""
				_, err := c.Do(t.Context(), transport.Call{Operation: detail, Vars: test.vars,
					Query: url.Values{"a": {"1"}}})
				require.Equal(t, test.want, got)
				if test.want != "" {
					require.NoError(t, err)
					return
				}
				require.ErrorIs(t, err, order.ErrInvalid)
				require.Zero(t, asError(t, err).Attempts)
				require.NotContains(t, err.Error(), "Yamada")
				if name == "too many" {
					require.ErrorContains(t, err, "1 of 2 path values")
				}
			})
		})
	}
}

func TestHeaders(t *testing.T) {
	var got http.Header
	bubble(t, serve(func(_ http.ResponseWriter, r *http.Request) { got = r.Header }), func(c *transport.Config) {
		c.Header = http.Header{"x-relay": {"r"}, "X-Both": {"config"}}
		c.UserAgent = "jpmall/1 shop/2"
	}, func(t *testing.T, c *transport.Client) {
		_, err := c.Do(t.Context(), transport.Call{Operation: search, Header: http.Header{"X-Both": {"call"}},
			Body: []byte("<a/>"), ContentType: "application/xml"})
		require.NoError(t, err)
		require.Equal(t, "r", got.Get("X-Relay"))
		require.Equal(t, []string{"call"}, got["X-Both"])
		require.Equal(t, "jpmall/1 shop/2", got.Get("User-Agent"))
		require.Equal(t, "application/xml", got.Get("Content-Type"))
		_, err = c.Do(t.Context(), transport.Call{Operation: search, Header: http.Header{"Host": {"x"}}})
		require.ErrorIs(t, err, order.ErrInvalid)
	})
}

// The caller's http.Client and everything it points to stay as they were, whatever happens to
// calls.
func TestCallersClientIsUntouched(t *testing.T) {
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	base := &countingTransport{}
	rule := func(*http.Request, []*http.Request) error { return nil }
	given := &http.Client{Transport: base, Jar: jar, Timeout: time.Minute, CheckRedirect: rule}
	before := *given
	header := http.Header{"X-Relay": {"r"}}
	cfg := config(given)
	cfg.Header = header
	c, err := transport.New(cfg)
	require.NoError(t, err)
	for _, op := range []transport.Operation{search, ship, cancel} {
		_, _ = c.Do(t.Context(), transport.Call{Operation: op, Body: []byte("x")})
	}
	c.CloseIdleConnections()
	require.Equal(t, reflect.ValueOf(rule).Pointer(), reflect.ValueOf(given.CheckRedirect).Pointer())
	after := *given
	before.CheckRedirect, after.CheckRedirect = nil, nil
	require.Equal(t, before, after)
	require.Equal(t, http.Header{"X-Relay": {"r"}}, header)
	require.Same(t, base, given.Transport)
	require.EqualValues(t, 3, base.calls, "it is in use")
	require.False(t, base.closed, "its pool is not ours to close, not even after failures")
}

type countingTransport struct {
	mu     sync.Mutex
	calls  int
	closed bool
}

func (c *countingTransport) CloseIdleConnections() { c.closed = true }

func (c *countingTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls++
	return &http.Response{StatusCode: 400, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("no")),
		Request: r}, nil
}

// One client, many goroutines, all paths: for the race detector.
func TestOneClientManyGoroutines(t *testing.T) {
	seen := &events{}
	s := &script{steps: []http.HandlerFunc{answer(200, "ok")}}
	var n atomic.Int32
	fail := func(w http.ResponseWriter, r *http.Request) {
		if n.Add(1)%3 == 0 {
			w.WriteHeader(500)
			return
		}
		s.ServeHTTP(w, r)
	}
	bubble(t, serve(fail), func(c *transport.Config) {
		c.Observer = seen
		c.Learn = func(transport.Operation, *transport.Response) (transport.Quota, bool) {
			return transport.Quota{Every: time.Millisecond, Burst: 3}, true
		}
	}, func(t *testing.T, c *transport.Client) {
		header, body := http.Header{"X-Shared": {"1"}}, []byte(`{"shared":true}`)
		var group sync.WaitGroup
		for range 50 {
			group.Go(func() {
				for _, op := range []transport.Operation{search, memo, slow} {
					_, err := c.Do(t.Context(), transport.Call{Operation: op, Header: header, Body: body})
					if err != nil {
						require.ErrorIs(t, err, order.ErrTemporary)
					}
				}
			})
		}
		group.Wait()
		require.GreaterOrEqual(t, len(seen.of(order.EventAttempt)), 150)
	})
}
