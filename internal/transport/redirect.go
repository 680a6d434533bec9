package transport

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/url"
	"time"
)

const maxRedirects = 3

// ownClient copies the caller's http.Client, whose transport, cookies and timeout are kept, and puts our redirect rule into the
// copy. Without one it makes a private client.
func ownClient(given *http.Client) (own *http.Client, private bool) {
	if given == nil {
		return PrivateClient(2 * time.Minute), true
	}
	c := *given
	c.CheckRedirect = checkRedirect
	return &c, false
}

// PrivateClient makes an http.Client of its own connections, with our redirect rule; timeout is that of a whole exchange.
func PrivateClient(timeout time.Duration) *http.Client {
	return &http.Client{Timeout: timeout, Transport: throughProxy{newTransport(&tls.Config{})}, CheckRedirect: checkRedirect}
}

// newTransport has the limits that http.DefaultTransport lacks: on a silent server, on headers, and on connections per host. It prints
// nothing of what servers send.
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

// checkRedirect follows a GET within its own host only, three times at most. A POST follows none: net/http would turn it into a
// GET or send its body again. What is not followed comes back as it is and is refused by classify.
func checkRedirect(next *http.Request, via []*http.Request) error {
	first := via[0]
	get := first.Method == http.MethodGet || first.Method == http.MethodHead
	if !get || len(via) > maxRedirects || !sameHost(first.URL, next.URL) {
		return http.ErrUseLastResponse
	}
	return nil
}

func sameHost(a, b *url.URL) bool { return a.Scheme == b.Scheme && a.Host == b.Host }

func useLast(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// redirectsTo names where a reply points, without the path and query that may hold anything.
func redirectsTo(h http.Header) string {
	u, err := url.Parse(h.Get("Location"))
	if err != nil || u.Host == "" {
		return "another address"
	}
	return short(u.Scheme+"://"+u.Host, 200)
}
