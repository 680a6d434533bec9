package transporttest

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// Case is one operation of a client. Call calls it over the given http.Client at any base URL that
// starts with http://.
type Case struct {
	Name  string
	Retry transport.Retry // the class in the operation's table row
	Call  func(ctx context.Context, client *http.Client) error
}

// ProveRetry checks that requests follow each operation's retry class. Its server reads a request
// to the end, as if to apply it, and drops the connection: an unsafe write must arrive once and be
// reported as unsettled, anything else must arrive again. answer may reply to requests other than
// the operation's (a token endpoint); nil = none. Time is simulated, and Call must leave no
// goroutine running.
func ProveRetry(
	t *testing.T, cases []Case, answer func(*http.Request) (status int, body string, ok bool),
) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { prove(t, c, answer) })
		})
	}
}

func prove(t *testing.T, c Case, answer func(*http.Request) (int, string, bool)) {
	var seen atomic.Int32
	network := Dropping(func(r *http.Request) (int, string, bool) {
		if answer != nil {
			if status, body, ok := answer(r); ok {
				return status, body, true
			}
		}
		seen.Add(1)
		return 0, "", false
	})
	client := network.Client()
	err := c.Call(t.Context(), client)
	client.CloseIdleConnections()
	network.Close()

	n := seen.Load()
	switch {
	case n == 0:
		t.Fatalf("nothing was sent: %v", err)
	case err == nil:
		t.Fatalf("a call whose answer was lost gave no error")
	case !errors.Is(err, order.ErrTemporary):
		t.Errorf("a lost answer is %v, want class temporary", err)
	case c.Retry == transport.Unsafe && n != 1:
		t.Errorf("an unsafe write was sent %d times", n)
	case c.Retry != transport.Unsafe && n < 2:
		t.Errorf("a lost answer of an operation that is %s was not asked for again", c.Retry)
	}
	if want := c.Retry != transport.Read; transport.Unsettled(err) != want {
		t.Errorf("Unsettled is %t for an operation that is %s: %v", !want, c.Retry, err)
	}
}

// Dropping returns a network that reads each request to its end and then drops the connection,
// unless answer replies.
func Dropping(answer func(*http.Request) (status int, body string, ok bool)) *Memory {
	return &Memory{Serve: func(c net.Conn) {
		in := bufio.NewReader(c)
		for {
			r, err := http.ReadRequest(in)
			if err != nil {
				return
			}
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			status, text, ok := answer(r)
			if !ok {
				return
			}
			if reply(c, status, text) != nil {
				return
			}
		}
	}}
}

// reply writes a whole HTTP reply and keeps the connection open.
func reply(w io.Writer, status int, body string) error {
	_, err := fmt.Fprintf(w,
		"HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		status, http.StatusText(status), len(body), body)
	return err
}
