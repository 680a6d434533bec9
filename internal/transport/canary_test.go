package transport_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/transport/transporttest"
	"github.com/jpmall/jpmall/order"
)

const (
	canaryKey  = "SP-canary-key-0123456789"
	canaryName = "Kanaria-Hanako"
)

// raw answers each request with fixed bytes and hangs up.
func raw(reply string) func() *transporttest.Memory {
	return func() *transporttest.Memory {
		return &transporttest.Memory{Serve: func(c net.Conn) {
			buf := make([]byte, 64<<10)
			if _, err := c.Read(buf); err == nil {
				_, _ = io.WriteString(c, reply)
			}
		}}
	}
}

// A known key and a known customer's name go through every path that fails or succeeds. Neither
// shows up in an error, however printed, nor in a log line at the lowest level, nor in an event.
func TestNothingSecretOrPersonalLeaves(t *testing.T) {
	both := canaryKey + " " + canaryName
	scenarios := map[string]struct {
		network func() *transporttest.Memory
		change  func(*transport.Config)
	}{
		"success":            {serve(answer(200, both)), nil},
		"refused":            {serve(answer(400, both)), nil},
		"server error":       {serve(answer(500, both)), nil},
		"too much":           {serve(answer(200, strings.Repeat(both, 1000))), func(c *transport.Config) { c.Limits.MaxBody = 100 }},
		"redirect":           {serve(answer(302, both, "Location", "http://evil.invalid/"+canaryName+"?key="+canaryKey)), nil},
		"bad redirect":       {serve(answer(302, both, "Location", "http://%zz/"+canaryName)), nil},
		"bad status line":    {raw("HTTP/1.1 " + canaryName + " " + canaryKey + "\r\n\r\n"), nil},
		"bad protocol":       {raw(canaryName + "/" + canaryKey + " 200 OK\r\n\r\n"), nil},
		"bad header":         {raw("HTTP/1.1 200 OK\r\n" + both + "\r\n\r\n"), nil},
		"bad header line":    {raw("HTTP/1.1 200 OK\r\n " + both + ": 1\r\n\r\n"), nil},
		"bad length":         {raw("HTTP/1.1 200 OK\r\nContent-Length: " + canaryName + "\r\n\r\n"), nil},
		"bad encoding":       {raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: " + canaryName + "\r\n\r\n"), nil},
		"bad chunk":          {raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + canaryName + "\r\n"), nil},
		"bad gzip":           {raw("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 14\r\n\r\n" + canaryName), nil},
		"dropped":            {raw(""), nil},
		"echoed by the mall": {serve(answer(403, both)), echo},
		"silent": {serve(func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // only then does the server notice that the client has gone
			<-r.Context().Done()
		}), func(c *transport.Config) {
			c.HTTPClient.Timeout = 1e9
		}},
		"a caller's transport": {serve(answer(200, "")), func(c *transport.Config) {
			c.HTTPClient = &http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
				return nil, &url.Error{Op: "POST", URL: r.URL.String(), Err: errors.New(both)}
			})}
		}},
		"key with a line break": {serve(answer(200, "")), func(c *transport.Config) {
			c.Sign = func(_ context.Context, r *http.Request, _ []byte) error {
				r.Header["X-Key"] = []string{canaryKey + "\r\n"}
				return nil
			}
		}},
		"renewed": {serve(answer(401, both)), func(c *transport.Config) {
			c.Renew = func(context.Context, *order.Error, *http.Request) (bool, error) { return true, nil }
		}},
	}
	for name, scenario := range scenarios {
		for _, op := range []transport.Operation{search, detail, ship} {
			t.Run(name+" "+op.Name, func(t *testing.T) {
				var lines bytes.Buffer
				logger := slog.New(slog.NewJSONHandler(&lines, &slog.HandlerOptions{Level: slog.LevelDebug - 8}))
				seen := &events{}
				bubble(t, scenario.network, func(c *transport.Config) {
					c.Logger, c.Observer = logger, seen
					c.Header = http.Header{"X-Relay": {canaryKey}}
					c.Sign = func(_ context.Context, r *http.Request, _ []byte) error {
						r.Header.Set("Authorization", "Bearer "+canaryKey)
						return nil
					}
					if scenario.change != nil {
						scenario.change(c)
					}
				}, func(t *testing.T, c *transport.Client) {
					call := transport.Call{Operation: op, Query: url.Values{"name": {canaryName}, "key": {canaryKey}}}
					if op.Name == detail.Name {
						call.Vars = map[string]string{"id": canaryName}
					} else {
						call.Body = []byte(both)
					}
					_, err := c.Do(t.Context(), call)
					logger.Error("failed", "err", err)
					encoded, _ := json.Marshal(err)
					printed := fmt.Sprintf("%v %+v %s %q %s %+v %#v", err, err, encoded, fmt.Sprint(err),
						lines.String(), seen.all, err)
					for _, e := range unwrapped(err) {
						printed += fmt.Sprintf("%v %+v %#v", e, e, e)
					}
					require.NotContains(t, printed, canaryKey)
					require.NotContains(t, printed, canaryName)
					require.Equal(t, name == "key with a line break",
						!slices.ContainsFunc(seen.all, func(e order.Event) bool {
							return e.Kind == order.EventAttempt
						}),
						"only that one is never sent")
					if name != "success" {
						require.Error(t, err)
					}
				})
			})
		}
	}
}

// unwrapped lists an error and all that can be reached from it.
func unwrapped(err error) []error {
	if err == nil {
		return nil
	}
	all := []error{err}
	switch u := err.(type) {
	case interface{ Unwrap() error }:
		all = append(all, unwrapped(u.Unwrap())...)
	case interface{ Unwrap() []error }:
		for _, e := range u.Unwrap() {
			all = append(all, unwrapped(e)...)
		}
	}
	return all
}

// echo is a mall that repeats the key in its message and its code.
func echo(c *transport.Config) {
	c.Classify = func(transport.Operation, *transport.Response) *order.Error {
		return &order.Error{Class: order.ErrForbidden, Code: "KEY-" + canaryKey,
			Message: "key " + canaryKey + " is not allowed"}
	}
}

// The log has these fields and no others.
func TestLogFields(t *testing.T) {
	var lines bytes.Buffer
	s := &script{steps: []http.HandlerFunc{answer(503, "", "X-Id", "req-9"), answer(200, "four")}}
	bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
		c.Logger = slog.New(slog.NewJSONHandler(&lines, &slog.HandlerOptions{Level: slog.LevelDebug}))
		c.RequestID = func(h http.Header) string { return h.Get("X-Id") }
	}, func(t *testing.T, c *transport.Client) {
		_, err := c.Do(t.Context(), transport.Call{Operation: search})
		require.NoError(t, err)
		c.Page(t.Context(), search, 12, time.Now())
	})
	allowed := map[string]bool{"time": true, "level": true, "msg": true, "mall": true, "shop": true, "operation": true,
		"attempt": true,
		"status":  true, "class": true, "code": true, "duration": true, "wait": true, "reason": true, "request_id": true, "bytes": true, "cause": true,
		"items": true}
	var messages []string
	for line := range strings.Lines(lines.String()) {
		var fields map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &fields))
		for name := range fields {
			require.True(t, allowed[name], "field %s", name)
		}
		messages = append(messages, fmt.Sprint(fields["level"], " ", fields["msg"]))
		if fields["msg"] == "attempt" { // what there is not is not said
			_, class := fields["class"]
			_, id := fields["request_id"]
			refused := fields["status"] == 503.0
			require.Equal(t, []bool{refused, refused}, []bool{class, id})
		}
	}
	require.Equal(t, []string{"DEBUG attempt", "WARN trying again", "DEBUG waited", "DEBUG attempt",
		"DEBUG page"}, messages)
}

// A line about another attempt says why, where no status does; never in words of the server.
func TestLogOfARetrySaysWhy(t *testing.T) {
	refuse := func(text string) func(*transport.Config) {
		return func(c *transport.Config) {
			c.HTTPClient = &http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
				if text == "" {
					return nil, io.EOF
				}
				return nil, errors.New(text)
			})}
		}
	}
	for want, change := range map[string]func(*transport.Config){
		"EOF": refuse(""), "transport failed (*errors.errorString)": refuse(canaryName + canaryKey),
		"the answer is an HTML page": func(c *transport.Config) {
			c.Classify = func(_ transport.Operation, r *transport.Response) *order.Error {
				return transport.Strange(transport.JSON, r)
			}
		},
		"-": func(c *transport.Config) {
			c.Classify = func(transport.Operation, *transport.Response) *order.Error {
				return &order.Error{Class: order.ErrTemporary, Err: errors.New("trouble with " + canaryName)}
			}
		},
	} {
		var lines bytes.Buffer
		page := answer(502, "<!DOCTYPE html><html><body>"+canaryName+"</body></html>")
		bubble(t, serve(page), func(c *transport.Config) {
			c.Logger = slog.New(slog.NewJSONHandler(&lines, nil))
			change(c)
		}, func(t *testing.T, c *transport.Client) {
			_, err := c.Do(t.Context(), transport.Call{Operation: search})
			require.Error(t, err)
		})
		first, _, _ := strings.Cut(lines.String(), "\n")
		var fields map[string]any
		require.NoError(t, json.Unmarshal([]byte(first), &fields))
		require.Equal(t, "trying again", fields["msg"])
		require.Equal(t, "temporary", fields["class"])
		if want == "-" {
			require.NotContains(t, fields, "cause")
		} else {
			require.Equal(t, want, fields["cause"])
		}
		require.NotContains(t, lines.String(), canaryName)
		require.NotContains(t, lines.String(), canaryKey)
	}
}

func TestEvents(t *testing.T) {
	seen := &events{}
	s := &script{steps: []http.HandlerFunc{answer(503, "sorry", "Retry-After", "2", "X-Id", "a"),
		answer(200, "four", "X-Id", "b")}}
	bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
		c.Observer = seen
		c.RequestID = func(h http.Header) string { return h.Get("X-Id") }
	}, func(t *testing.T, c *transport.Client) {
		_, err := c.Do(t.Context(), transport.Call{Operation: search})
		require.NoError(t, err)
		c.Page(t.Context(), search, 12, s.at[0])
	})
	var short []string
	for _, e := range seen.all {
		require.Equal(t, order.Rakuten, e.Mall)
		require.Equal(t, "example-shop", e.Shop)
		require.Equal(t, "searchOrder", e.Operation)
		short = append(short, fmt.Sprintf("%s %d %s %d %q %d %q %s %d", e.Kind, e.Attempt, e.Duration, e.HTTPStatus,
			e.Class, e.Bytes, e.RequestID, e.Reason, e.Items))
	}
	require.Equal(t, []string{
		`attempt 1 0s 503 "temporary" 5 "a"  0`, `wait 1 2s 0 "unclassified" 0 "" backoff 0`,
		`attempt 2 0s 200 "unclassified" 4 "b"  0`, `call 2 2s 200 "unclassified" 4 "b"  0`,
		`page 0 2s 0 "unclassified" 0 ""  12`,
	}, short)
}

// An attempt whose body broke off has a status and an id, though no reply came of it; a replay with
// another credential is not waited for.
func TestEventsOfWhatFailed(t *testing.T) {
	torn := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "9")
		w.Header().Set("X-Id", "torn")
	}
	seen := &events{}
	s := &script{steps: []http.HandlerFunc{answer(401, "", "X-Id", "old key"), torn}}
	bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
		c.Observer = seen
		c.RequestID = func(h http.Header) string { return h.Get("X-Id") }
		c.Renew = func(context.Context, *order.Error, *http.Request) (bool, error) { return true, nil }
	}, func(t *testing.T, c *transport.Client) {
		_, err := c.Do(t.Context(), transport.Call{Operation: ship})
		require.ErrorIs(t, err, order.ErrTemporary)
	})
	var short []string
	for _, e := range seen.all {
		short = append(short, fmt.Sprintf("%s %d %s %q", e.Kind, e.HTTPStatus, e.Class, e.RequestID))
	}
	require.Equal(t, []string{`attempt 401 unauthorized "old key"`, `attempt 200 temporary "torn"`,
		`call 200 temporary "torn"`}, short)
}

// A mall's message keeps its words: only what Sign put into the headers is taken out, if it is
// long enough to be a key.
func TestOnlyCredentialsAreTakenOut(t *testing.T) {
	message := "want application/json or application/xml of jpmall/1.2.3, not eight-ch or 7-chars"
	bubble(t, serve(answer(400, "")), func(c *transport.Config) {
		c.UserAgent = "jpmall/1.2.3"
		c.Sign = func(_ context.Context, r *http.Request, _ []byte) error {
			r.Header.Set("Authorization", "Key eight-ch 7-chars")
			r.Header.Set("Accept", "application/json")
			return nil
		}
		c.Classify = func(transport.Operation, *transport.Response) *order.Error {
			return &order.Error{Class: order.ErrInvalid, Message: message}
		}
	}, func(t *testing.T, c *transport.Client) {
		_, err := c.Do(t.Context(), transport.Call{Operation: ship, ContentType: "application/xml"})
		require.Equal(t, strings.Replace(message, "eight-ch", "[redacted]", 1), asError(t, err).Message)
	})
	e := order.Error{Code: " E1\n", Message: strings.Repeat("長", 500) + "長い"}
	new(transport.Response).Scrub(&e) // a reply to no request of ours
	require.Equal(t, order.Error{Code: "E1", Message: strings.Repeat("長", 500) + "…"}, e)
	require.Equal(t, "five5", transport.Line("five5", 5), "what fits is not cut")
}

// spans is a Tracer that keeps the tree of what began and ended.
type spans struct {
	mu    sync.Mutex
	lines []string
}

type span struct{}

func (s *spans) note(ctx context.Context, word string, e order.Event) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	parent, _ := ctx.Value(span{}).(string)
	s.lines = append(s.lines, strings.TrimSpace(
		fmt.Sprintf("%s %s %s %d %s", word, e.Kind, e.Method, e.Attempt, e.Server))+" in "+parent)
	return parent
}

func (s *spans) Begin(ctx context.Context, e order.Event) context.Context {
	parent := s.note(ctx, "begin", e)
	return context.WithValue(ctx, span{}, fmt.Sprintf("%s/%s%d", parent, e.Kind, e.Attempt))
}

func (s *spans) Observe(ctx context.Context, e order.Event) { s.note(ctx, "end", e) }

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestTracer: a call surrounds its attempts and waits, each attempt its own exchange, and the
// request carries the attempt's context.
func TestTracer(t *testing.T) {
	seen := &spans{}
	s := &script{steps: []http.HandlerFunc{answer(503, "sorry"), answer(200, "four")}}
	var carried, server string
	bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
		c.Observer = seen
		c.Limits.BackoffMin = time.Second
		base := c.HTTPClient.Transport
		c.HTTPClient = &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			carried, _ = r.Context().Value(span{}).(string)
			server = r.URL.Host
			return base.RoundTrip(r)
		})}
	}, func(t *testing.T, c *transport.Client) {
		_, err := c.Do(context.WithValue(t.Context(), span{}, "caller"), transport.Call{Operation: search})
		require.NoError(t, err)
	})
	require.Equal(t, "caller/call0/attempt2", carried, "a trace id can travel with the request")
	require.Equal(t, []string{
		"begin call POST 0 " + server + " in caller",
		"begin attempt POST 1 " + server + " in caller/call0",
		"end attempt POST 1 " + server + " in caller/call0/attempt1",
		"end wait  1 in caller/call0",
		"begin attempt POST 2 " + server + " in caller/call0",
		"end attempt POST 2 " + server + " in caller/call0/attempt2",
		"end call POST 2 " + server + " in caller/call0",
	}, seen.lines)
}
