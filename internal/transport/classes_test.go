package transport_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/transport/transporttest"
	"github.com/jpmall/jpmall/order"
)

func TestClassOf(t *testing.T) {
	for status, class := range map[int]order.Class{
		200: order.ErrUndecodable, 400: order.ErrInvalid, 401: order.ErrUnauthorized, 403: order.ErrForbidden,
		404: order.ErrNotFound,
		405: order.ErrInvalid, 407: order.ErrForbidden, 408: order.ErrTemporary, 409: order.ErrConflict,
		410: order.ErrNotFound,
		412: order.ErrConflict, 422: order.ErrInvalid, 425: order.ErrTemporary, 429: order.ErrRateLimited,
		500: order.ErrTemporary,
		501: order.ErrTemporary, 503: order.ErrTemporary, 599: order.ErrTemporary,
	} {
		require.Equal(t, class, transport.ClassOf(status), "%d", status)
	}
}

// A certificate that is not trusted is no passing trouble: it is told once, with what to look at,
// and nothing has left.
func TestUntrustedCertificate(t *testing.T) {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	dials := 0
	base := &http.Transport{DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
		dials++
		return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
	}}
	defer base.CloseIdleConnections()
	cfg := config(&http.Client{Transport: base})
	cfg.BaseURL = "https://mall.invalid"
	c, err := transport.New(cfg)
	require.NoError(t, err)
	_, err = c.Do(t.Context(), transport.Call{Operation: ship})
	require.ErrorIs(t, err, order.ErrInvalid)
	require.ErrorContains(t, err, "certificate")
	require.False(t, transport.Unsettled(err))
	require.Equal(t, 1, dials)
}

// However a RoundTripper says that it does not trust a certificate.
func TestUntrustedInAnyWords(t *testing.T) {
	for _, cause := range []error{
		&tls.CertificateVerificationError{Err: errors.New("no roots")},
		x509.HostnameError{Certificate: &x509.Certificate{}, Host: "mall.invalid"},
		x509.UnknownAuthorityError{}, x509.CertificateInvalidError{Reason: x509.Expired},
	} {
		cfg := config(&http.Client{Transport: roundTripper(
			func(*http.Request) (*http.Response, error) { return nil, cause })})
		c, err := transport.New(cfg)
		require.NoError(t, err)
		_, err = c.Do(t.Context(), transport.Call{Operation: search})
		require.ErrorIs(t, err, order.ErrInvalid, "%T", cause)
		require.ErrorContains(t, err, "TLS certificate not trusted")
	}
}

// What went wrong on the network is said in words, and reachable by errors.Is.
func TestNetworkErrorsInWords(t *testing.T) {
	own := errors.New("circuit open")
	for text, cause := range map[string]error{
		"connection refused":            &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED},
		"no address for mall.invalid":   &net.DNSError{Name: "mall.invalid", IsNotFound: true},
		"unexpected EOF":                io.ErrUnexpectedEOF,
		"tls: handshake failure":        errors.New("remote error: tls: handshake failure"),
		"no answer in time":             &net.OpError{Op: "read", Err: timeout{}},
		"cancelled by the http.Client":  context.Canceled,
		"server closed idle connection": errors.New("http: server closed idle connection"),
		"tls: first record":             errors.New("tls: first record does not look like a TLS handshake"),
		"local error: tls: bad record":  &net.OpError{Op: "local error", Err: tls.AlertError(20)},
		"transport failed (":            own,
	} {
		bubble(t, serve(answer(200, "")), func(c *transport.Config) {
			c.Limits.MaxAttempts = 1
			c.HTTPClient = &http.Client{Transport: roundTripper(
				func(*http.Request) (*http.Response, error) { return nil, cause })}
		}, func(t *testing.T, c *transport.Client) {
			_, err := c.Do(t.Context(), transport.Call{Operation: search})
			require.ErrorIs(t, err, order.ErrTemporary)
			require.ErrorContains(t, err, text)
			require.ErrorContains(t, err, "check the network and BaseURL")
			require.Equal(t, !errors.Is(cause, context.Canceled), errors.Is(err, cause))
		})
	}
}

type timeout struct{}

func (timeout) Error() string   { return "i/o timeout" }
func (timeout) Timeout() bool   { return true }
func (timeout) Temporary() bool { return true }

// A wait that would outlive the caller's deadline is not begun: the last answer is more use than
// silence until then.
func TestWaitBeyondTheDeadlineIsNotBegun(t *testing.T) {
	s := &script{steps: []http.HandlerFunc{answer(429, "", "Retry-After", "40")}}
	bubble(t, serve(s.ServeHTTP), nil, func(t *testing.T, c *transport.Client) {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		begin := time.Now()
		_, err := c.Do(ctx, transport.Call{Operation: search})
		require.Zero(t, time.Since(begin))
		require.ErrorIs(t, err, order.ErrRateLimited)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, 40*time.Second, asError(t, err).RetryAfter)
	})
}

// A context that ends during a backoff leaves the last answer's class, and says that it ended.
func TestEndDuringBackoffKeepsTheLastAnswer(t *testing.T) {
	torn := func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "9") }
	bubble(t, serve(torn), func(c *transport.Config) {
		c.Limits = transport.Limits{BackoffMin: time.Minute, BackoffMax: time.Minute, MaxAttempts: 9}
	}, func(t *testing.T, c *transport.Client) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Nanosecond, cancel)
		_, err := c.Do(ctx, transport.Call{Operation: memo})
		require.ErrorIs(t, err, order.ErrTemporary)
		require.ErrorIs(t, err, context.Canceled)
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
		require.True(t, transport.Unsettled(err))
	})
}

func TestFallbackIsTold(t *testing.T) {
	var lines bytes.Buffer
	seen := &events{}
	bubble(t, func() *memory { return transporttest.Serve(http.NotFoundHandler()) }, func(c *transport.Config) {
		c.Observer, c.Logger = seen, slog.New(slog.NewTextHandler(&lines, nil))
	}, func(t *testing.T, c *transport.Client) {
		op := c.Row("getOrder")
		require.Equal(t, detail, op)
		require.Zero(t, c.Row("getorder"))
		c.Fallback(t.Context(), op, "ES04-01")
	})
	require.Len(t, seen.of(order.EventFallback), 1)
	require.Equal(t, "ES04-01", seen.all[0].Reason)
	require.Contains(t, lines.String(), "level=WARN msg=fallback")
}

func TestRetryInWords(t *testing.T) {
	require.Equal(t, "unsafe write", transport.Retry(0).String(), "the zero value is the most careful")
	require.Equal(t, "idempotent write", transport.Idempotent.String())
	require.Equal(t, "read", transport.Read.String())
	require.Equal(t, "retry class 7", transport.Retry(7).String())
}
