// Package transporttest has servers for the tests of internal/transport and of what is built on
// it. Their connections are in memory, so that testing/synctest supports them.
package transporttest

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

// Memory is a network whose connections are net.Pipe pairs. Each dial, whatever its address,
// passes the far end to Serve.
type Memory struct {
	Serve func(net.Conn)
	Dial  func(address string) error // called before each dial; an error refuses it. nil = never

	mu     sync.Mutex
	closed bool
	open   []net.Conn
	group  sync.WaitGroup
}

// Client returns an http.Client on the network, with connection pooling.
func (m *Memory) Client() *http.Client {
	return &http.Client{Transport: &http.Transport{DialContext: m.DialContext,
		MaxIdleConnsPerHost: 16, IdleConnTimeout: time.Minute}}
}

// DialContext is for http.Transport.
func (m *Memory) DialContext(_ context.Context, network, address string) (net.Conn, error) {
	if m.Dial != nil {
		if err := m.Dial(address); err != nil {
			return nil, &net.OpError{Op: "dial", Net: network, Err: err}
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	// A transport may still dial for a request that another connection has served: nothing may join
	// the group once Close waits for it.
	if m.closed {
		return nil, &net.OpError{Op: "dial", Net: network, Err: net.ErrClosed}
	}
	near, far := net.Pipe()
	m.open = append(m.open, near, far)
	m.group.Go(func() {
		defer far.Close()
		m.Serve(far)
	})
	return near, nil
}

// Close ends all connections and waits for their servers. Later dials fail.
func (m *Memory) Close() {
	m.mu.Lock()
	m.closed = true
	for _, c := range m.open {
		c.Close()
	}
	m.open = nil
	m.mu.Unlock()
	m.group.Wait()
}

// Serve returns a network on which handler answers HTTP requests, as by net/http's server.
func Serve(handler http.Handler) *Memory {
	return &Memory{Serve: func(c net.Conn) {
		l := &once{conn: c, done: make(chan struct{})}
		server := &http.Server{Handler: handler}
		server.ConnState = func(_ net.Conn, s http.ConnState) {
			if s == http.StateClosed || s == http.StateHijacked {
				l.Close()
			}
		}
		_ = server.Serve(l) // ends with the connection, always with an error
	}}
}

// once is a listener with one connection.
type once struct {
	conn net.Conn
	mu   sync.Mutex
	done chan struct{}
	shut bool
}

func (l *once) Accept() (net.Conn, error) {
	l.mu.Lock()
	c := l.conn
	l.conn = nil
	l.mu.Unlock()
	if c != nil {
		return c, nil
	}
	<-l.done
	return nil, net.ErrClosed
}

func (l *once) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.shut {
		l.shut = true
		close(l.done)
	}
	return nil
}

func (l *once) Addr() net.Addr { return &net.UnixAddr{Name: "memory"} }
