package transport_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

func endless(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		chunk := bytes.Repeat([]byte("0"), 32<<10)
		for {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}
}

// bomb is 16 MiB in a few kilobytes.
func bomb(t *testing.T, status int) http.HandlerFunc {
	var packed bytes.Buffer
	out := gzip.NewWriter(&packed)
	_, err := out.Write(make([]byte, 16<<20))
	require.NoError(t, err)
	require.NoError(t, out.Close())
	return answer(status, packed.String(), "Content-Encoding", "gzip")
}

func TestEndlessBodies(t *testing.T) {
	const limit, errorLimit = 1 << 20, 8 << 10
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		class   order.Class
		body    int
	}{
		"endless":             {endless(200), order.ErrLocalLimit, 0},
		"gzip bomb":           {bomb(t, 200), order.ErrLocalLimit, 0},
		"endless error":       {endless(400), order.ErrInvalid, errorLimit},
		"gzip bomb, an error": {bomb(t, 403), order.ErrForbidden, errorLimit},
		"endless redirect":    {endless(301), order.ErrInvalid, errorLimit},
		"endless choices":     {endless(300), order.ErrInvalid, errorLimit},
		"announced": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "99999999999")
			_, _ = w.Write([]byte("x"))
		}, order.ErrLocalLimit, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{steps: []http.HandlerFunc{test.handler}}
			bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
				c.Limits = transport.Limits{MaxBody: limit, MaxErrorBody: errorLimit}
			}, func(t *testing.T, c *transport.Client) {
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				r, err := c.Do(t.Context(), transport.Call{Operation: search})
				runtime.ReadMemStats(&after)
				require.ErrorIs(t, err, test.class)
				require.Equal(t, 1, s.count(), "it would be no shorter next time")
				require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(12*limit), "of all that was ever allocated")
				if test.body == 0 {
					require.Nil(t, r)
				} else {
					require.Len(t, r.Body, test.body)
				}
			})
		})
	}
}

// The limit itself is allowed, one byte more is not.
func TestBodyLimitIsExact(t *testing.T) {
	for _, chunked := range []bool{false, true} {
		for size, ok := range map[int]bool{0: true, 511: true, 512: true, 999: true, 1000: true, 1001: false,
			5000: false} {
			bubble(t, serve(func(w http.ResponseWriter, _ *http.Request) {
				if chunked {
					w.(http.Flusher).Flush()
				}
				_, _ = io.WriteString(w, strings.Repeat("a", size))
			}), func(c *transport.Config) { c.Limits.MaxBody = 1000 }, func(t *testing.T, c *transport.Client) {
				r, err := c.Do(t.Context(), transport.Call{Operation: search})
				if !ok {
					require.ErrorIs(t, err, order.ErrLocalLimit)
					return
				}
				require.NoError(t, err)
				require.Len(t, r.Body, size)
			})
		}
	}
}

// A write whose answer was too large to read is one whose outcome nobody knows.
func TestUnreadAnswerOfAWriteIsUnsettled(t *testing.T) {
	bubble(t, serve(answer(200, strings.Repeat("a", 100))), func(c *transport.Config) { c.Limits.MaxBody = 10 },
		func(t *testing.T, c *transport.Client) {
			_, err := c.Do(t.Context(), transport.Call{Operation: ship})
			require.ErrorIs(t, err, order.ErrLocalLimit)
			require.True(t, transport.Unsettled(err))
		})
}

func TestRedirects(t *testing.T) {
	elsewhere := func(w http.ResponseWriter, r *http.Request) bool {
		if r.Host != "mall.invalid" {
			w.Header().Set("X-Auth", r.Header.Get("Authorization")+r.Header.Get("X-Key"))
			return true
		}
		return false
	}
	hops := 0
	for name, test := range map[string]struct {
		op   transport.Operation
		code int
		to   string
		seen int
		ok   bool
		hint string
	}{
		"GET, same host":           {detail, 302, "http://mall.invalid/api/order/1?done=1", 2, true, ""},
		"GET, another host":        {detail, 302, "http://evil.invalid/steal?key=s3cr3t-query", 1, false, "http://evil.invalid"},
		"GET, another scheme":      {detail, 301, "https://mall.invalid/api/order/1", 1, false, "https://mall.invalid"},
		"GET, another port":        {detail, 301, "http://mall.invalid:81/", 1, false, "http://mall.invalid:81"},
		"GET, round and round":     {detail, 302, "http://mall.invalid/api/orders/1", 4, false, "http://mall.invalid"},
		"POST, same host":          {search, 307, "http://mall.invalid/api/order/1?done=1", 1, false, "http://mall.invalid"},
		"POST, made a GET":         {search, 303, "http://mall.invalid/api/order/1?done=1", 1, false, "http://mall.invalid"},
		"POST, nowhere":            {search, 302, "", 1, false, "another address"},
		"POST, several places":     {search, 300, "http://mall.invalid/", 1, false, "http://mall.invalid"},
		"POST, an unknown one":     {search, 399, "http://mall.invalid/", 1, false, "http://mall.invalid"},
		"POST, a relative address": {ship, 308, "/elsewhere", 1, false, "another address"},
	} {
		t.Run(name, func(t *testing.T) {
			hops = 0
			bubble(t, serve(func(w http.ResponseWriter, r *http.Request) {
				hops++
				if elsewhere(w, r) || r.URL.Query().Get("done") != "" {
					return
				}
				if test.to != "" {
					w.Header().Set("Location", test.to)
				}
				w.WriteHeader(test.code)
			}), func(c *transport.Config) { c.Header = http.Header{"X-Key": {"relay-key-1234"}} },
				func(t *testing.T, c *transport.Client) {
					call := transport.Call{Operation: test.op}
					if test.op.Name == detail.Name {
						call.Vars = map[string]string{"id": "1"}
					}
					_, err := c.Do(t.Context(), call)
					require.Equal(t, test.seen, hops)
					if test.ok {
						require.NoError(t, err)
						return
					}
					require.ErrorIs(t, err, order.ErrInvalid)
					require.ErrorContains(t, err, "redirects to "+test.hint)
					require.NotContains(t, err.Error(), "s3cr3t-query")
					require.NotContains(t, err.Error(), "the answer is")
					require.Equal(t, test.code, asError(t, err).HTTPStatus)
				})
		})
	}
}
