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

// cause is a network error in words that quote nothing of a request or reply. net/http quotes URLs
// with their query and malformed replies with their data, and a caller's RoundTripper may quote
// anything.
type cause struct {
	text string
	// one of the known errors, for errors.As; never what net/http returned, whose text may quote
	// the server
	err error
	// is compares a target with what net/http or the caller's RoundTripper returned, which is not
	// exposed otherwise.
	is func(target error) bool
}

func (c *cause) Error() string { return c.text }
func (c *cause) Unwrap() error { return c.err }

// Is matches an error of the caller's own RoundTripper.
func (c *cause) Is(target error) bool { return c.is != nil && c.is(target) }

// Cause returns an error of net/http without what it quotes. If ctx has ended, it is ctx.Err().
// Any other time limit is not a context error.
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
	return &cause{text: describe(err), err: known(err),
		is: func(target error) bool { return errors.Is(err, target) }}
}

// plainErrors are the network errors that quote nothing.
var plainErrors = []error{io.ErrUnexpectedEOF, io.EOF, net.ErrClosed, io.ErrClosedPipe,
	syscall.ECONNREFUSED, syscall.ECONNRESET, syscall.EPIPE,
	syscall.ETIMEDOUT, syscall.EHOSTUNREACH, syscall.ENETUNREACH}

// known returns the error within err that may be exposed: one that quotes nothing from a server.
func known(err error) error {
	for _, k := range plainErrors {
		if errors.Is(err, k) {
			return k
		}
	}
	if dns := (*net.DNSError)(nil); errors.As(err, &dns) {
		return &net.DNSError{Err: "no address", Name: Line(dns.Name, 200),
			IsNotFound: dns.IsNotFound, IsTimeout: dns.IsTimeout, IsTemporary: dns.IsTemporary}
	}
	return nil
}

// Texts of plain errors of net/http and its friends that quote nothing, or whose quotation is cut
// off here.
var plain = []string{
	"http: server closed idle connection", "http: server gave HTTP response to HTTPS client",
	"net/http: TLS handshake timeout",
	"net/http: timeout awaiting response headers", "net/http: HTTP/1.x transport connection broken",
	"net/http: server response headers exceeded", "malformed HTTP response",
	"malformed HTTP version", "malformed HTTP status code",
	"malformed MIME header", "http2: ", "gzip: invalid header", "gzip: invalid checksum",
	"flate: corrupt input",
	"proxyconnect tcp", "Proxy Authentication Required", "io: read/write on closed pipe",
	"invalid byte in chunk length",
}

func describe(err error) string {
	for _, known := range plainErrors {
		if errors.Is(err, known) {
			if op := new(net.OpError); errors.As(err, &op) && op.Addr != nil {
				return op.Op + " " + op.Addr.String() + ": " + known.Error()
			}
			return known.Error()
		}
	}
	var dns *net.DNSError
	if errors.As(err, &dns) {
		return "no address for " + Line(dns.Name, 200)
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
	if errors.As(err, &alert) || strings.HasPrefix(text, "tls: ") ||
		strings.HasPrefix(text, "remote error: tls: ") {
		return Line(text, 200)
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
	return errors.As(err, &verify) || errors.As(err, &host) || errors.As(err, &authority) ||
		errors.As(err, &invalid)
}
