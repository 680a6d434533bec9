package transport

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/url"
	"time"
)

const maxRedirects = 3

// PrivateClient returns an http.Client with its own connections and our redirect rule. timeout
// applies to a whole exchange.
func PrivateClient(timeout time.Duration) *http.Client {
	return &http.Client{Timeout: timeout, Transport: throughProxy{newTransport(&tls.Config{})},
		CheckRedirect: checkRedirect}
}

// newTransport returns a transport with the limits that http.DefaultTransport lacks: on a silent
// server, on headers, and on connections per host. It prints nothing that servers send.
func newTransport(secure *tls.Config) *http.Transport {
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	const handshake = 10 * time.Second
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialQuiet(dialer),
		DialTLSContext:         dialQuietTLS(dialer, secure, handshake),
		TLSClientConfig:        secure,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    16,
		IdleConnTimeout:        60 * time.Second,
		TLSHandshakeTimeout:    handshake,
		ResponseHeaderTimeout:  90 * time.Second,
		MaxResponseHeaderBytes: 1 << 20,
	}
}

// checkRedirect follows a GET or HEAD up to three times within its host. No POST is followed:
// net/http would turn it into a GET or send its body again. A redirect that is not followed is
// returned, and classify refuses it.
func checkRedirect(next *http.Request, via []*http.Request) error {
	first := via[0]
	get := first.Method == http.MethodGet || first.Method == http.MethodHead
	if !get || len(via) > maxRedirects || !sameHost(first.URL, next.URL) {
		return http.ErrUseLastResponse
	}
	return nil
}

func sameHost(a, b *url.URL) bool { return a.Scheme == b.Scheme && a.Host == b.Host }

// redirectsTo returns the target host of a redirect, without its path and query.
func redirectsTo(h http.Header) string {
	u, err := url.Parse(h.Get("Location"))
	if err != nil || u.Host == "" {
		return "another address"
	}
	return Line(u.Scheme+"://"+u.Host, 200)
}
