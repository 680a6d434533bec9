package transport_test

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// stub is a client whose server is a function.
func stub(t *testing.T, limits transport.Limits, answer func(*http.Request) *http.Response) *transport.Client {
	cfg := config(&http.Client{Transport: roundTripper(
		func(r *http.Request) (*http.Response, error) { return answer(r), nil })})
	cfg.Limits = limits
	c, err := transport.New(cfg)
	require.NoError(t, err)
	return c
}

// Whatever a path value holds, it arrives whole, as one segment, or the call is refused.
func FuzzPathValue(f *testing.F) {
	for _, seed := range []string{"503-1234567-1234567", "..", ".", "", "a/b", "a?b#c", "%2e%2e", "注文/1", "{id}",
		"\x00\n", "\xff", ";", "a b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, id string) {
		var got *url.URL
		c := stub(t, transport.Limits{}, func(r *http.Request) *http.Response {
			got = r.URL
			return &http.Response{StatusCode: 200, Body: http.NoBody, Request: r}
		})
		_, err := c.Do(t.Context(), transport.Call{Operation: detail, Vars: map[string]string{"id": id}})
		if err != nil {
			require.ErrorIs(t, err, order.ErrInvalid)
			require.Nil(t, got)
			require.Contains(t, []string{"", ".", ".."}, id)
			return
		}
		require.Equal(t, "mall.invalid", got.Host)
		segments := strings.Split(got.EscapedPath(), "/")
		require.Len(t, segments, 4, got.EscapedPath())
		back, err := url.PathUnescape(segments[3])
		require.NoError(t, err)
		require.Equal(t, id, back)
		require.Empty(t, got.RawQuery)
	})
}

// Whatever Retry-After and Date hold, a call ends, waits no longer than its limit, and says no
// negative time.
func FuzzRetryAfter(f *testing.F) {
	for _, seed := range []string{"", "0", "7", "-1", "1.5", "1e300", "NaN", "Inf", "99999999999999999999",
		"Sat, 01 Jan 2000 00:00:09 GMT",
		"Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "soon"} {
		f.Add(seed, "")
		f.Add(seed, "Sat, 01 Jan 2000 00:00:00 GMT")
	}
	f.Fuzz(func(t *testing.T, after, date string) {
		synctest.Test(t, func(t *testing.T) {
			c := stub(t, transport.Limits{MaxAttempts: 2}, func(r *http.Request) *http.Response {
				return &http.Response{StatusCode: 429, Body: http.NoBody, Request: r,
					Header: http.Header{"Retry-After": {after}, "Date": {date}}}
			})
			begin := time.Now()
			_, err := c.Do(t.Context(), transport.Call{Operation: search})
			var e *order.Error
			require.ErrorAs(t, err, &e)
			require.GreaterOrEqual(t, e.RetryAfter, time.Duration(0))
			require.LessOrEqual(t, time.Since(begin), time.Minute)
			if e.RetryAfter > time.Minute {
				require.Zero(t, time.Since(begin))
				require.Equal(t, 1, e.Attempts)
			} else {
				require.Equal(t, 2, e.Attempts)
			}
		})
	})
}

// Whatever length a reply announces and holds, it is given whole or refused, and never beyond the
// limit.
func FuzzBody(f *testing.F) {
	f.Add(int64(-1), 0, 200, false)
	f.Add(int64(10), 10, 200, false)
	f.Add(int64(1<<62), 3, 200, true)
	f.Add(int64(-1), 5000, 500, true)
	f.Add(int64(4096), 4097, 404, false)
	f.Fuzz(func(t *testing.T, announced int64, size, status int, torn bool) {
		if status < 200 || status > 599 || size < 0 || size > 1<<20 {
			return
		}
		const limit, cut = 4096, 512
		c := stub(t, transport.Limits{MaxBody: limit, MaxErrorBody: cut, MaxAttempts: 1},
			func(r *http.Request) *http.Response {
				var body io.Reader = strings.NewReader(strings.Repeat("x", size))
				if torn {
					body = io.MultiReader(body, broken{})
				}
				return &http.Response{StatusCode: status, ContentLength: announced, Body: io.NopCloser(body),
					Request: r,
					Header:  http.Header{}}
			})
		r, err := c.Do(t.Context(), transport.Call{Operation: search})
		if status >= 300 {
			require.Error(t, err)
			require.Len(t, r.Body, min(size, cut))
			return
		}
		if err == nil {
			require.False(t, torn)
			require.Len(t, r.Body, size)
			require.LessOrEqual(t, size, limit)
			require.Equal(t, 200, status, "the only success that is documented")
			return
		}
		require.True(t, torn || size > limit || announced > limit || status != 200)
	})
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("broken") }

// Where a reply ends does not depend on how it comes in, and net/http agrees: what it reads as a
// whole reply ends no later.
func FuzzReplyEnd(f *testing.F) {
	for _, seed := range []string{"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokmore",
		"HTTP/1.1 204 No Content\r\n\r\nx", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\nx",
		"HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 101 S\r\n\r\nabc",
		"nonsense", "HTTP/1.0 200 OK\n\nabc", ""} {
		f.Add([]byte(seed), 3)
	}
	f.Fuzz(func(t *testing.T, reply []byte, step int) {
		end, whole := transport.ReplyEnd(reply, len(reply))
		again, same := transport.ReplyEnd(reply, step)
		require.Equal(t, whole, same)
		require.LessOrEqual(t, end, len(reply))
		if whole {
			require.Equal(t, end, again)
		}
	})
}
