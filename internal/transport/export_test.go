package transport

import (
	"crypto/tls"
	"net/http"
	"net/url"
)

// Private is the transport of a private client that trusts what secure says.
func Private(secure *tls.Config) http.RoundTripper { return throughProxy{newTransport(secure)} }

// PrivateTransport is what a private client's connections are made by.
func PrivateTransport() *http.Transport { return newTransport(&tls.Config{}) }

// PrivateBehind is that of a client with a proxy before the mall.
func PrivateBehind(proxy *url.URL, secure *tls.Config) http.RoundTripper {
	t := newTransport(secure)
	t.Proxy = http.ProxyURL(proxy)
	return throughProxy{t}
}

// ReplyEnd feeds a reply to a framer in steps, and tells how much of it belongs to the reply and
// whether that is whole.
func ReplyEnd(reply []byte, step int) (end int, whole bool) {
	var f framer
	for end < len(reply) && !whole {
		part := reply[end:min(end+max(step, 1), len(reply))]
		var used int
		used, whole = f.feed(part)
		end += used
		if !whole && used < len(part) {
			return end, false
		}
	}
	return end, whole
}

// AgentOf is the User-Agent of a program that was built so.
var AgentOf = agentOf

// ReadBody reads a reply of at most so many bytes.
func ReadBody(r *http.Response, limit int64) ([]byte, error) {
	return readBody(r, Limits{MaxBody: limit, MaxErrorBody: limit})
}
