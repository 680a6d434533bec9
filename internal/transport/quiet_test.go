package transport_test

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
)

// talker answers each request of a connection with reply, and says more after it.
type talker struct {
	reply, more string
	later       bool // not in the same write
	mu          sync.Mutex
	connections int
	ended       chan struct{} // a value for each connection that the client has given up
}

func (s *talker) serve(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.connections++
		s.mu.Unlock()
		go func() {
			defer func() {
				c.Close()
				s.ended <- struct{}{}
			}()
			in := bufio.NewReader(c)
			for {
				r, err := http.ReadRequest(in)
				if err != nil {
					return
				}
				_, _ = io.Copy(io.Discard, r.Body)
				if s.later {
					_, _ = io.WriteString(c, s.reply)
					time.Sleep(20 * time.Millisecond)
					_, _ = io.WriteString(c, s.more)
					continue
				}
				_, _ = io.WriteString(c, s.reply+s.more)
			}
		}()
	}
}

type lockedBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *lockedBuffer) text() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.String()
}

// What a server sends beside its replies stands in no log, and spoils no later request; a server
// that keeps to its replies is talked to over one connection.
func TestNothingOfAServersIsPrinted(t *testing.T) {
	var printed lockedBuffer
	defer log.SetOutput(log.Writer())
	log.SetOutput(&printed)
	trusted := httptest.NewUnstartedServer(nil)
	trusted.StartTLS()
	defer trusted.Close()
	roots := x509.NewCertPool()
	roots.AddCert(trusted.Certificate())

	buyer := `{"name":"` + canaryName + `"}`
	length := func(body string) string {
		return fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	}
	for name, c := range map[string]struct {
		reply, more string
		status      int
		body        string
	}{
		"an announced length":      {length("ok"), buyer, 200, "ok"},
		"chunks":                   {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=y\r\no\r\n1\r\nk\r\n0\r\nX-Trailer: 1\r\n\r\n", buyer, 200, "ok"},
		"nothing announced":        {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", buyer, 200, ""},
		"no content":               {"HTTP/1.1 204 No Content\r\n\r\n", buyer, 204, ""},
		"a hint before":            {"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + length("ok"), buyer, 200, "ok"},
		"a whole second reply":     {length("ok"), length(buyer), 200, "ok"},
		"a lot":                    {length("ok"), strings.Repeat(buyer, 5000), 200, "ok"},
		"bare line ends":           {"HTTP/1.1 200 OK\nContent-Length: 2\n\nok", buyer, 200, "ok"},
		"nothing more":             {length("ok"), "", 200, "ok"},
		"nothing more, chunks":     {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", "", 200, "ok"},
		"nothing more, no content": {"HTTP/1.1 204 No Content\r\n\r\n", "", 204, ""},
	} {
		for _, later := range []bool{false, true} {
			for _, scheme := range []string{"http", "https"} {
				t.Run(fmt.Sprint(name, " ", later, " ", scheme), func(t *testing.T) {
					l, err := net.Listen("tcp", "127.0.0.1:0")
					require.NoError(t, err)
					defer l.Close()
					s := &talker{reply: c.reply, more: c.more, later: later, ended: make(chan struct{}, 9)}
					address := scheme + "://" + l.Addr().String()
					if scheme == "https" {
						cert := trusted.TLS.Certificates
						l = tls.NewListener(l, &tls.Config{Certificates: cert, NextProtos: []string{"http/1.1"}})
					}
					go s.serve(l)
					wire := transport.Private(&tls.Config{RootCAs: roots})
					client := &http.Client{Transport: wire, Timeout: 2 * time.Minute}
					for range 3 {
						resp, err := client.Post(address, "text/plain", strings.NewReader("a request"))
						require.NoError(t, err)
						body, err := io.ReadAll(resp.Body)
						require.NoError(t, err)
						resp.Body.Close()
						require.Equal(t, c.status, resp.StatusCode)
						require.Equal(t, c.body, string(body))
						if c.more != "" { // by then the client has seen it
							<-s.ended
						}
					}
					client.CloseIdleConnections()
					require.NotContains(t, printed.text(), canaryName)
					require.NotContains(t, printed.text(), "Unsolicited")
					s.mu.Lock()
					defer s.mu.Unlock()
					if c.more == "" {
						require.Equal(t, 1, s.connections)
					} else {
						require.Equal(t, 3, s.connections)
					}
				})
			}
		}
	}
}

// A reply ends where net/http takes it to end; one that nobody can measure lasts as long as its
// connection. What belongs to the reply stands before the bar.
func TestReplyEnd(t *testing.T) {
	for name, c := range map[string]struct {
		reply string
		whole bool
	}{
		"length":                    {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok|more", true},
		"length, in any case":       {"HTTP/1.1 200 OK\r\ncontent-length:2\r\n\r\nok|more", true},
		"no length":                 {"HTTP/1.1 200 OK\r\n\r\nok, and more|", false},
		"a bad length":              {"HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nok|", false},
		"a length below nothing":    {"HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok|", false},
		"half a body":               {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nok|", false},
		"half a head":               {"HTTP/1.1 200 OK\r\nContent-Len|", false},
		"a bare status":             {"HTTP/1.1 204\r\n\r\n|more", true},
		"not modified":              {"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n|more", true},
		"half a status":             {"HTTP/1.1 2\r\n\r\nok|", false},
		"another protocol":          {"ICY 200 OK or nearly\r\nContent-Length: 1\r\n\r\nok|", false},
		"go on":                     {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n|more", true},
		"another protocol from now": {"HTTP/1.1 101 Switching Protocols\r\n\r\nok|", false},
		"chunks":                    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n|more", true},
		"a chunk of blank lines":    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n\r\n\r\n\r\n0\r\n\r\n|more", true},
		"a trailer":                 {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Sum: 1\r\n\r\n|more", true},
		"half a chunk":              {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nok|", false},
		"no size":                   {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfour\r\n\r\nok|", false},
		"a size below nothing":      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\nok|", false},
	} {
		reply, more, _ := strings.Cut(c.reply, "|")
		for step := range len(c.reply) + 1 {
			end, whole := transport.ReplyEnd([]byte(reply+more), step)
			require.Equal(t, c.whole, whole, "%s, %d at once", name, step)
			require.Equal(t, len(reply), end, "%s, %d at once", name, step)
		}
	}
}

// Through the tunnel of a proxy a connection serves one request, since nobody sees there what a
// server says beside its replies; the caller's request stays as it was. Without a tunnel the
// connection is kept.
func TestTunnelsServeOneRequest(t *testing.T) {
	mall := httptest.NewTLSServer(http.HandlerFunc(
		func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "ok") }))
	defer mall.Close()
	roots := x509.NewCertPool()
	roots.AddCert(mall.Certificate())
	var connections atomic.Int32
	proxy := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect {
			fmt.Fprint(w, "ok")
			return
		}
		far, err := net.Dial("tcp", r.Host)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		w.WriteHeader(http.StatusOK)
		near, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			far.Close()
			return
		}
		go func() { _, _ = io.Copy(far, near); far.Close() }()
		_, _ = io.Copy(near, far)
		near.Close()
	}))
	proxy.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			connections.Add(1)
		}
	}
	proxy.Start()
	defer proxy.Close()
	at, err := url.Parse(proxy.URL)
	require.NoError(t, err)
	for address, want := range map[string]int32{mall.URL: 3, "http://mall.invalid": 1} {
		connections.Store(0)
		wire := transport.PrivateBehind(at, &tls.Config{RootCAs: roots})
		for range 3 {
			r, err := http.NewRequest(http.MethodGet, address, nil)
			require.NoError(t, err)
			resp, err := wire.RoundTrip(r)
			require.NoError(t, err)
			body, err := io.ReadAll(resp.Body)
			require.NoError(t, err)
			resp.Body.Close()
			require.Equal(t, "ok", string(body))
			require.False(t, r.Close)
		}
		(&http.Client{Transport: wire}).CloseIdleConnections()
		require.Equal(t, want, connections.Load(), address)
	}
}

// A private client waits for nothing without end, and reads no endless header.
func TestPrivateTransportIsBounded(t *testing.T) {
	limits := transport.PrivateTransport()
	for _, d := range []time.Duration{limits.IdleConnTimeout, limits.TLSHandshakeTimeout,
		limits.ResponseHeaderTimeout} {
		require.GreaterOrEqual(t, d, time.Second)
		require.LessOrEqual(t, d, 2*time.Minute)
	}
	require.Positive(t, limits.MaxResponseHeaderBytes)
	require.Positive(t, limits.MaxIdleConns)
	require.Equal(t, time.Minute, transport.PrivateClient(time.Minute).Timeout)
}

// HTTP/2 works over the private transport, and a server's certificate is looked at.
func TestPrivateTransportSpeaksHTTP2(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Proto) }))
	s.EnableHTTP2 = true
	s.StartTLS()
	defer s.Close()
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	client := &http.Client{Transport: transport.Private(&tls.Config{RootCAs: roots})}
	resp, err := client.Get(s.URL)
	require.NoError(t, err)
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	resp.Body.Close()
	require.Equal(t, "HTTP/2.0", string(body))
	client.CloseIdleConnections()

	stranger := transport.PrivateClient(2 * time.Minute)
	_, err = stranger.Get(s.URL)
	require.Error(t, err)
	require.Contains(t, transport.Cause(t.Context(), err).Error(), "not trusted")
	stranger.CloseIdleConnections()
}
