package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"syscall"
)

// cause is a network error in words that are known to hold nothing from a request or a reply. net/http quotes URLs with their
// query and malformed replies with their data, and a caller's RoundTripper may say anything.
type cause struct {
	text string
	err  error // reachable for errors.Is and errors.As; nil when it would pass for the caller's own context error
}

func (c *cause) Error() string { return c.text }
func (c *cause) Unwrap() error { return c.err }

// Cause makes a safe error of what net/http returned. A time limit that was not the caller's context is no context error.
func Cause(ctx context.Context, err error) error {
	if done := ctx.Err(); done != nil {
		return done
	}
	for u := (*url.Error)(nil); errors.As(err, &u); { // its text has the URL in it
		err = u.Err
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return &cause{text: "no answer in time"}
	case errors.Is(err, context.Canceled):
		return &cause{text: "cancelled by the http.Client"}
	}
	return &cause{text: describe(err), err: err}
}

// Texts of plain errors of net/http and its friends that quote nothing, or whose quotation is cut off here.
var plain = []string{
	"http: server closed idle connection", "http: server gave HTTP response to HTTPS client", "net/http: TLS handshake timeout",
	"net/http: timeout awaiting response headers", "net/http: HTTP/1.x transport connection broken",
	"net/http: server response headers exceeded", "malformed HTTP response", "malformed HTTP version", "malformed HTTP status code",
	"malformed MIME header", "http2: ", "gzip: invalid header", "gzip: invalid checksum", "flate: corrupt input",
	"proxyconnect tcp", "Proxy Authentication Required", "io: read/write on closed pipe", "invalid byte in chunk length",
}

func describe(err error) string {
	for _, known := range []error{io.ErrUnexpectedEOF, io.EOF, net.ErrClosed, io.ErrClosedPipe, syscall.ECONNREFUSED,
		syscall.ECONNRESET, syscall.EPIPE, syscall.ETIMEDOUT, syscall.EHOSTUNREACH, syscall.ENETUNREACH} {
		if errors.Is(err, known) {
			if op := new(net.OpError); errors.As(err, &op) && op.Addr != nil {
				return op.Op + " " + op.Addr.String() + ": " + known.Error()
			}
			return known.Error()
		}
	}
	var dns *net.DNSError
	if errors.As(err, &dns) {
		return "no address for " + short(dns.Name, 200)
	}
	if untrusted(err) {
		return "TLS certificate not trusted"
	}
	text := err.Error()
	for _, p := range plain {
		if strings.HasPrefix(text, p) {
			return strings.TrimSuffix(strings.TrimSpace(p), ":")
		}
	}
	var alert tls.AlertError
	if errors.As(err, &alert) || strings.HasPrefix(text, "tls: ") || strings.HasPrefix(text, "remote error: tls: ") {
		return short(text, 200)
	}
	var netErr net.Error
	if errors.As(err, &netErr) && netErr.Timeout() {
		return "no answer in time"
	}
	return fmt.Sprintf("transport failed (%T)", err)
}

func untrusted(err error) bool {
	var verify *tls.CertificateVerificationError
	var host x509.HostnameError
	var authority x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	return errors.As(err, &verify) || errors.As(err, &host) || errors.As(err, &authority) || errors.As(err, &invalid)
}
