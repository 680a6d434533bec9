package oauth

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// Style is how the client's id and secret are sent. It is never found out by trying, since that burns one-time codes.
type Style uint8

// The styles.
const (
	Basic  Style = iota // in the Authorization header; Yahoo! prefers it
	Params              // in the form; Amazon's way
)

// Config is a token endpoint and who asks it. TokenURL, Mall and Credentials are required.
type Config struct {
	TokenURL  string // http or https, no query
	PlainHTTP bool   // TokenURL may be http to another machine than this one
	// Credentials gives the client id and secret, asked for each request so that they can be rotated. A client without a secret
	// (Yahoo! クライアントサイド) gives an empty one; its id is then sent in the form.
	Credentials func(ctx context.Context) (id string, secret credential.Secret, err error)
	Style       Style

	HTTPClient *http.Client // never changed; nil = a private one
	UserAgent  string
	Mall       order.Mall
	Shop       string
	Logger     *slog.Logger   // nil = silent
	Observer   order.Observer // nil = none

	// Store, with StoreKey, shares tokens between processes: a token is stored before it is used, one that another process has
	// stored is used without asking for one more, and of several that renew at once all end with the first one's, also where the
	// server gives a new refresh token each time and refuses the old one. A token that could not be stored is not used; the next
	// refresh stores it again instead of asking for another. nil = tokens are kept in memory only.
	Store    credential.Store
	StoreKey string
}

const (
	advisory  = 2 * time.Minute  // from this long before its end a token is renewed in the background
	mandatory = 30 * time.Second // from this long before its end nobody gets it any more
	pause     = 5 * time.Second  // no request this long after a failure, nor for a token this young
	timeout   = 30 * time.Second // end of a refresh, whoever waits
)

// operation names the token request in errors, events and logs.
const operation = "token"

// client makes the transport of one kind of grant. The retry class belongs to the grant: a code works once, while neither mall is
// known to rotate refresh tokens, so that asking for an access token changes nothing.
func (c Config) client(retry transport.Retry) (*transport.Client, transport.Operation, error) {
	refuse := func(text string) error {
		return &order.Error{Class: order.ErrInvalid, Mall: c.Mall, Shop: c.Shop, Operation: operation, Err: errors.New(text)}
	}
	none := transport.Operation{}
	switch {
	case c.Credentials == nil:
		return nil, none, refuse("config field Credentials is missing")
	case c.Style > Params:
		return nil, none, refuse("config field Style is neither Basic nor Params")
	case c.Store != nil && c.StoreKey == "":
		return nil, none, refuse("config field Store goes with StoreKey")
	}
	u, err := url.Parse(c.TokenURL)
	if err != nil || u.Path == "" {
		return nil, none, refuse("config field TokenURL is not the URL of a token endpoint")
	}
	// EscapedPath would bring escapes into an operation's path; no token endpoint needs them.
	op := transport.Operation{Name: operation, Method: http.MethodPost, Path: u.Path, Retry: retry}
	u.Path, u.RawPath = "", ""
	t, err := transport.New(transport.Config{
		Mall: c.Mall, Shop: c.Shop, HTTPClient: c.HTTPClient, BaseURL: u.String(), PlainHTTP: c.PlainHTTP, UserAgent: c.UserAgent,
		Logger: c.Logger, Observer: c.Observer, Operations: []transport.Operation{op},
		Limits: transport.Limits{
			MaxBody: maxBody, MaxErrorBody: maxBody, MaxAttempts: 3, MaxRetryAfter: 10 * time.Second,
			MaxElapsed: timeout, BackoffMin: 250 * time.Millisecond, BackoffMax: 2 * time.Second,
		},
		Header:    http.Header{"Accept": {"application/json"}},
		Sign:      c.sign,
		Classify:  classify,
		RequestID: func(h http.Header) string { return h.Get("X-Amzn-Requestid") },
	})
	return t, op, err
}

const maxBody = 64 << 10
