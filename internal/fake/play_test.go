package fake_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/fake"
)

// shelf is a small fake mall: it keeps what is written to it.
type shelf struct {
	log     fake.Log
	faults  fake.Faults
	handler fake.Handler
	written chan string
}

const document = `{"orders":["100000-20261101-0000100001","100000-20261101-0000200001"]}`

func newShelf() *shelf {
	s := &shelf{written: make(chan string, 100)}
	s.handler = fake.Handler{
		Operation: func(r *fake.Request) string { return strings.Trim(r.URL.Path, "/") },
		Log:       &s.log,
		Faults:    &s.faults,
		Shape: fake.Shape{
			RateLimited: func(_ *fake.Request, f fake.Fault) fake.Reply {
				return fake.JSON(429, map[string]string{"code": "QuotaExceeded"})
			},
			ExpiredKey: func(*fake.Request, fake.Fault) fake.Reply {
				return fake.XML(401, []byte(`<Error><Code>px-04102</Code></Error>`))
			},
		},
		Auth: func(r *fake.Request) (string, *fake.Reply) {
			key, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
			if !ok {
				refusal := fake.Text(401, "no key")
				return "", &refusal
			}
			return key, nil
		},
		Serve: func(r *fake.Request) fake.Reply {
			if r.Operation == "write" {
				s.written <- string(r.Payload)
			}
			return fake.JSON(200, map[string][]string{
				"orders": {"100000-20261101-0000100001", "100000-20261101-0000200001"}})
		},
	}
	return s
}

// answer is what a client saw of one call.
type answer struct {
	status  int
	body    string
	header  http.Header
	err     error // of the call
	bodyErr error // of reading the body
	took    time.Duration
}

func send(ctx context.Context, client *http.Client, base, operation, body string) answer {
	began := time.Now()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/"+operation, strings.NewReader(body))
	if err != nil {
		return answer{err: err}
	}
	req.Header.Set("Authorization", "Bearer invented-key")
	resp, err := client.Do(req)
	if err != nil {
		return answer{err: err, took: time.Since(began)}
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	return answer{status: resp.StatusCode, body: string(text), header: resp.Header, bodyErr: err,
		took: time.Since(began)}
}

type faultCase struct {
	name    string
	fault   fake.Fault
	applied bool
	check   func(*testing.T, answer)
}

func faultCases() []faultCase {
	status := func(want int, body string) func(*testing.T, answer) {
		return func(t *testing.T, a answer) {
			require.NoError(t, errors.Join(a.err, a.bodyErr))
			require.Equal(t, want, a.status)
			require.Contains(t, a.body, body)
		}
	}
	return []faultCase{
		{"rate limited", fake.Fault{Kind: fake.RateLimited}, false, func(t *testing.T, a answer) {
			status(429, "QuotaExceeded")(t, a)
			require.Empty(t, a.header.Get("Retry-After"))
		}},
		{"rate limited with a hint", fake.Fault{Kind: fake.RateLimited, RetryAfter: 1500 * time.Millisecond}, false,
			func(t *testing.T, a answer) {
				status(429, "QuotaExceeded")(t, a)
				require.Equal(t, "2", a.header.Get("Retry-After"))
			}},
		{"server error", fake.Fault{Kind: fake.ServerError}, false, status(500, "Internal Server Error")},
		{"server error of a kind", fake.Fault{Kind: fake.ServerError, Status: 502}, false, status(502, "502 Bad Gateway")},
		{"server error after the write", fake.Fault{Kind: fake.ServerError, Applied: true}, true, status(500, "")},
		{"page", fake.Fault{Kind: fake.HTMLPage}, false, func(t *testing.T, a answer) {
			status(200, "<html>")(t, a)
			require.Equal(t, "text/html; charset=utf-8", a.header.Get("Content-Type"))
		}},
		{"page with a status", fake.Fault{Kind: fake.HTMLPage, Status: 503}, false, status(503, "<html>")},
		{"maintenance", fake.Fault{Kind: fake.Maintenance}, false, status(503, "メンテナンス中")},
		{"expired key", fake.Fault{Kind: fake.ExpiredKey}, false, status(401, "px-04102")},
		{"malformed", fake.Fault{Kind: fake.Malformed}, true, func(t *testing.T, a answer) {
			status(200, document[:len(document)/2])(t, a)
			require.Less(t, len(a.body), len(document))
		}},
		{"empty body", fake.Fault{Kind: fake.EmptyBody}, true, func(t *testing.T, a answer) {
			status(200, "")(t, a)
			require.Empty(t, a.body)
		}},
		{"redirect", fake.Fault{Kind: fake.Redirect}, false, func(t *testing.T, a answer) {
			status(302, "moved")(t, a)
			require.Equal(t, "https://elsewhere.invalid/write", a.header.Get("Location"))
		}},
		{"redirect somewhere", fake.Fault{Kind: fake.Redirect, Status: 307, Location: "/login"}, false, func(t *testing.T, a answer) {
			status(307, "")(t, a)
			require.Equal(t, "/login", a.header.Get("Location"))
		}},
		{"custom", fake.Fault{Kind: fake.Custom, Status: 418, Body: "short and stout"}, false, status(418, "short and stout")},
		{"dropped", fake.Fault{Kind: fake.Dropped}, false, func(t *testing.T, a answer) { require.ErrorIs(t, a.err, io.EOF) }},
		{"reply lost", fake.Fault{Kind: fake.ReplyLost}, true, func(t *testing.T, a answer) { require.ErrorIs(t, a.err, io.EOF) }},
		{"truncated", fake.Fault{Kind: fake.Truncated}, true, func(t *testing.T, a answer) {
			require.NoError(t, a.err)
			require.ErrorIs(t, a.bodyErr, io.ErrUnexpectedEOF)
			require.Equal(t, document[:len(document)/2], a.body)
		}},
		{"delayed", fake.Fault{Kind: fake.Delayed, Delay: 200 * time.Millisecond}, true, func(t *testing.T, a answer) {
			status(200, document)(t, a)
			require.GreaterOrEqual(t, a.took, 200*time.Millisecond)
		}},
		{"slow body", fake.Fault{Kind: fake.SlowBody, Delay: 210 * time.Millisecond}, true, func(t *testing.T, a answer) {
			status(200, document)(t, a)
			require.GreaterOrEqual(t, a.took, 210*time.Millisecond)
		}},
		{"endless body", fake.Fault{Kind: fake.EndlessBody}, true, func(t *testing.T, a answer) {
			status(200, document[:len(document)-1])(t, a)
			require.Len(t, a.body, 1<<20, "as much as the client takes")
		}},
		{"endless error body", fake.Fault{Kind: fake.EndlessBody, Status: 500}, true, func(t *testing.T, a answer) {
			status(500, "")(t, a)
			require.Len(t, a.body, 1<<20)
		}},
	}
}

// strike plays one fault against a write, and a call after it, which must find everything in order.
func strike(t *testing.T, s *shelf, client *http.Client, base string, tt faultCase) {
	require.NoError(t, s.faults.Add(tt.fault))
	tt.check(t, send(t.Context(), client, base, "write", "hello"))
	applied := 0
	if tt.applied {
		applied = 1
	}
	require.Len(t, s.written, applied)
	require.Zero(t, s.faults.Pending())
	calls := s.log.Calls("write")
	require.Len(t, calls, 1, "net/http must not have sent it again")
	require.Equal(t, tt.fault.Kind, calls[0].Fault)
	require.Equal(t, "hello", string(calls[0].Body))

	after := send(t.Context(), client, base, "read", "")
	require.NoError(t, errors.Join(after.err, after.bodyErr))
	require.Equal(t, document, after.body)
}

func noRedirect(rt http.RoundTripper) *http.Client {
	return &http.Client{Transport: rt, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
}

func TestFaultsInMemory(t *testing.T) {
	for _, tt := range faultCases() {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newShelf()
				network := fake.Transport(&s.handler)
				defer network.Close()
				strike(t, s, noRedirect(network), "https://api.mall.example", tt)
			})
		})
	}
}

func TestFaultsOnLoopback(t *testing.T) {
	for _, tt := range faultCases() {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newShelf()
			base, stop, err := fake.Listen(&s.handler)
			require.NoError(t, err)
			defer stop()
			transport := &http.Transport{}
			defer transport.CloseIdleConnections()
			strike(t, s, noRedirect(transport), base, tt)
		})
	}
}

// TestTimeIsExact shows what simulated time is for: delays are met to the nanosecond, and a
// deadline inside them is too.
func TestTimeIsExact(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf()
		network := fake.Transport(&s.handler)
		defer network.Close()
		client := &http.Client{Transport: network}

		for _, kind := range []string{fake.Delayed, fake.SlowBody} {
			require.NoError(t, s.faults.Add(fake.Fault{Kind: kind, Delay: 7 * time.Minute}))
			a := send(t.Context(), client, "http://mall", "read", "")
			require.Equal(t, document, a.body)
			require.Equal(t, 7*time.Minute, a.took)
		}

		require.NoError(t, s.faults.Add(fake.Fault{Kind: fake.Delayed, Delay: time.Hour}))
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		a := send(ctx, client, "http://mall", "read", "")
		require.ErrorIs(t, a.err, context.DeadlineExceeded)
		require.Equal(t, 30*time.Second, a.took)

		require.NoError(t, s.faults.Add(fake.Fault{Kind: fake.SlowBody, Delay: time.Hour}))
		ctx, cancel = context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		a = send(ctx, client, "http://mall", "read", "")
		require.ErrorIs(t, a.bodyErr, context.DeadlineExceeded)
		require.NotEmpty(t, a.body)
		require.Equal(t, 30*time.Second, a.took)
	})
}

func TestTruncatedNothing(t *testing.T) {
	s := newShelf()
	s.handler.Serve = func(*fake.Request) fake.Reply { return fake.Reply{} }
	network := fake.Transport(&s.handler)
	defer network.Close()
	require.NoError(t, s.faults.Add(fake.Fault{Kind: fake.Truncated}))
	a := send(t.Context(), &http.Client{Transport: network}, "http://mall", "read", "")
	require.ErrorIs(t, a.bodyErr, io.ErrUnexpectedEOF, "an empty body is cut as well")
}

func TestCompression(t *testing.T) {
	s := newShelf()
	s.handler.Gzip = true
	network := fake.Transport(&s.handler)
	defer network.Close()
	client := &http.Client{Transport: network}

	require.Equal(t, document, send(t.Context(), client, "http://mall", "read", "").body)

	req, err := http.NewRequest(http.MethodGet, "http://mall/read", nil)
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer invented-key")
	req.Header.Set("Accept-Encoding", "gzip")
	resp, err := client.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	packed, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.True(t, bytes.HasPrefix(packed, []byte{0x1f, 0x8b}))

	require.NoError(t, s.faults.Add(fake.Fault{Kind: fake.Truncated}))
	require.ErrorIs(t, send(t.Context(), client, "http://mall", "read", "").bodyErr, io.ErrUnexpectedEOF)
}
