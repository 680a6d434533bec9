package fake

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// idle is how long an unused connection is kept; after that nothing of a network is running,
// whether it was closed or not.
const idle = 10 * time.Second

// Network is an http.RoundTripper that connects every host, http or https, to one handler:
// HTTP/1.1 bytes over net.Pipe, with keep-alive. It works inside a testing/synctest bubble if it
// is created there and closed before the bubble ends.
type Network struct {
	client *http.Transport
	server *server
}

// Transport returns a Network that connects to h.
func Transport(h http.Handler) *Network {
	n := &Network{server: newServer(h)}
	n.client = &http.Transport{
		DialContext:         n.dial,
		DialTLSContext:      n.dial, // the handler sees plain HTTP whatever the scheme
		MaxIdleConnsPerHost: 64,
		IdleConnTimeout:     idle,
	}
	return n
}

// RoundTrip sends a request to the handler.
func (n *Network) RoundTrip(r *http.Request) (*http.Response, error) {
	return n.client.RoundTrip(r)
}

// CloseIdleConnections implements what http.Client calls.
func (n *Network) CloseIdleConnections() { n.client.CloseIdleConnections() }

// Close closes all connections, including those in use, and waits until the handler has returned.
// Later requests fail. It must not be called from the handler.
func (n *Network) Close() {
	n.server.close()
	n.client.CloseIdleConnections()
}

func (n *Network) dial(ctx context.Context, _, addr string) (net.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	near, far := net.Pipe()
	if !n.server.accept(far) {
		return nil, fmt.Errorf("fake: dial %s: %w", addr, net.ErrClosed)
	}
	return near, nil
}

// Listen serves h on a free port of the loopback interface until stop is called, which waits until
// the handler has returned.
func Listen(h http.Handler) (url string, stop func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("fake: cannot listen on loopback: %w", err)
	}
	s := newServer(h)
	s.serve(l)
	return "http://" + l.Addr().String(), s.close, nil
}

// server is an http.Server that knows when its last goroutine is done.
type server struct {
	http    http.Server
	mu      sync.Mutex
	closed  bool
	running sync.WaitGroup // listeners and connections
}

func newServer(h http.Handler) *server {
	s := &server{}
	s.http = http.Server{
		Handler:           h,
		ReadHeaderTimeout: time.Minute,
		ErrorLog:          log.New(io.Discard, "", 0),
		ConnState: func(_ net.Conn, state http.ConnState) {
			switch state {
			case http.StateNew:
				s.running.Add(1)
			case http.StateClosed, http.StateHijacked:
				s.running.Done()
			}
		},
	}
	return s
}

func (s *server) serve(l net.Listener) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.running.Go(func() { _ = s.http.Serve(l) }) // it ends when the listener does
	return true
}

// accept serves one existing connection.
func (s *server) accept(c net.Conn) bool {
	l := &oneConn{conn: c, ended: make(chan struct{})}
	return s.serve(l)
}

func (s *server) close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	_ = s.http.Close()
	s.running.Wait()
}

// oneConn is a listener of one connection. Closing either closes the other.
type oneConn struct {
	conn     net.Conn
	accepted bool
	end      sync.Once
	ended    chan struct{}
}

func (l *oneConn) Accept() (net.Conn, error) {
	if !l.accepted {
		l.accepted = true
		return servedConn{l.conn, l}, nil
	}
	<-l.ended
	return nil, net.ErrClosed
}

func (l *oneConn) Close() error {
	l.end.Do(func() { close(l.ended) })
	return l.conn.Close()
}

func (l *oneConn) Addr() net.Addr { return l.conn.LocalAddr() }

type servedConn struct {
	net.Conn
	listener *oneConn
}

func (c servedConn) Close() error { return c.listener.Close() }
