package transport

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// quiet is a connection that hides from net/http what no request asked for. net/http prints what a
// server sends on an idle connection with the standard logger, and has no switch for it: that may
// be the rest of a reply longer than announced, such as an order with its buyer. A quiet
// connection knows where a reply ends, discards what follows, and fails from then on.
type quiet struct {
	net.Conn

	mu     sync.Mutex
	reply  framer
	unfit  bool // the server has sent what no request asked for
	waited bool // a reply is expected
}

var errUnasked = errors.New("the server sent data that no request asked for")

// Read returns what belongs to the expected reply.
func (c *quiet) Read(p []byte) (int, error) {
	if c.done() {
		return 0, errUnasked
	}
	n, err := c.Conn.Read(p)
	if n == 0 {
		return 0, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	used := 0
	if c.waited {
		var whole bool
		used, whole = c.reply.feed(p[:n])
		c.waited = !whole
	}
	if used == n {
		return n, err
	}
	c.unfit = true
	clear(p[used:n])
	if used == 0 {
		return 0, errUnasked
	}
	return used, nil
}

// Write begins a request, unless one is in progress. On an unfit connection it writes nothing, so
// that net/http takes another one, knowing that the request was not sent.
func (c *quiet) Write(p []byte) (int, error) {
	c.mu.Lock()
	if c.unfit {
		c.mu.Unlock()
		return 0, errUnasked
	}
	if !c.waited {
		c.waited, c.reply = true, framer{bodiless: bytes.HasPrefix(p, []byte("HEAD "))}
	}
	c.mu.Unlock()
	return c.Conn.Write(p)
}

func (c *quiet) done() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.unfit
}

// framer finds the end of one HTTP/1 reply. One that it does not understand is treated as ending
// with the connection: net/http refuses it, or does not reuse the connection.
type framer struct {
	bodiless bool // the answer to HEAD

	state   frameState
	line    []byte // of head, chunk size or trailer, as far as received
	status  int
	length  int64 // of the body, -1 = unknown; then what is left of the body or chunk
	chunked bool
	begun   bool // the status line has been read
}

type frameState uint8

const (
	inHead frameState = iota
	inBody
	inChunkSize
	inChunk
	inChunkEnd
	inTrailer
	endless
)

// maxLine is longer than any line of a reply's framing.
const maxLine = 1 << 20

// feed consumes bytes, and returns how many of them belong to the reply and whether it is
// complete.
func (f *framer) feed(p []byte) (used int, whole bool) {
	for used < len(p) {
		switch f.state {
		case endless:
			return len(p), false
		case inBody, inChunk:
			n := min(int64(len(p)-used), f.length)
			used += int(n)
			if f.length -= n; f.length > 0 {
				return used, false
			}
			if f.state == inBody {
				return used, true
			}
			f.state = inChunkEnd
		default:
			end := bytes.IndexByte(p[used:], '\n')
			if end < 0 {
				f.line = append(f.line, p[used:]...)
				if len(f.line) > maxLine {
					f.state = endless
				}
				return len(p), false
			}
			line := bytes.TrimRight(append(f.line, p[used:used+end]...), "\r")
			used += end + 1
			f.line = nil
			if f.take(line) {
				return used, true
			}
		}
	}
	return used, false
}

// take consumes a line, and reports whether the reply ends with it.
func (f *framer) take(line []byte) (whole bool) {
	switch f.state {
	case inHead:
		switch {
		case !f.begun:
			f.begun, f.length = true, -1
			if len(line) < len("HTTP/1.1 200") || !bytes.HasPrefix(line, []byte("HTTP/1.")) {
				f.state = endless
				return false
			}
			f.status, _ = strconv.Atoi(string(line[9:12]))
		case len(line) == 0:
			return f.headed()
		default:
			f.header(line)
		}
	case inChunkSize:
		size, _, _ := bytes.Cut(line, []byte(";"))
		n, err := strconv.ParseInt(string(bytes.TrimSpace(size)), 16, 64)
		switch {
		case err != nil || n < 0:
			f.state = endless
		case n == 0:
			f.state = inTrailer
		default:
			f.state, f.length = inChunk, n
		}
	case inChunkEnd:
		f.state = inChunkSize
	case inTrailer:
		return len(line) == 0
	}
	return false
}

func (f *framer) header(line []byte) {
	name, value, _ := bytes.Cut(line, []byte(":"))
	value = bytes.TrimSpace(value)
	switch {
	case bytes.EqualFold(name, []byte("Content-Length")):
		if n, err := strconv.ParseInt(string(value), 10, 64); err == nil && n >= 0 {
			f.length = n
		}
	case bytes.EqualFold(name, []byte("Transfer-Encoding")):
		f.chunked = bytes.EqualFold(value, []byte("chunked"))
	}
}

// headed handles the end of a head.
func (f *framer) headed() (whole bool) {
	switch {
	case f.status == http.StatusSwitchingProtocols:
		f.state = endless
	case f.status >= 100 && f.status < 200: // the reply itself follows
		*f = framer{bodiless: f.bodiless}
	case f.bodiless, f.status == http.StatusNoContent, f.status == http.StatusNotModified:
		return true
	case f.chunked:
		f.state = inChunkSize
	case f.length == 0:
		return true
	case f.length > 0:
		f.state = inBody
	default:
		f.state = endless
	}
	return false
}

// dialQuiet and dialQuietTLS dial quiet connections. HTTP/2 needs none: it has its own frames, and
// net/http prints nothing.
func dialQuiet(d *net.Dialer) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := d.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &quiet{Conn: c}, nil
	}
}

func dialQuietTLS(
	d *net.Dialer, base *tls.Config, handshake time.Duration,
) func(context.Context, string, string) (net.Conn, error) {
	cfg := base.Clone()
	cfg.NextProtos = []string{"h2", "http/1.1"}
	secure := tls.Dialer{NetDialer: d, Config: cfg}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		ctx, cancel := context.WithTimeout(ctx, d.Timeout+handshake)
		defer cancel()
		c, err := secure.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		if c.(*tls.Conn).ConnectionState().NegotiatedProtocol == "h2" {
			return c, nil
		}
		return &quiet{Conn: c}, nil
	}
}

// throughProxy is the private transport behind a possible proxy. Through a proxy's tunnel,
// net/http does TLS by itself, where a connection cannot be quiet, so such a connection serves one
// request.
type throughProxy struct{ *http.Transport }

func (t throughProxy) RoundTrip(r *http.Request) (*http.Response, error) {
	if proxy, err := t.Proxy(r); err == nil && proxy != nil && r.URL.Scheme == "https" {
		once := *r
		once.Close = true
		r = &once
	}
	return t.Transport.RoundTrip(r)
}
