package yahoo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/oauth"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// The mall's addresses.
const (
	ProductionURL = "https://circus.shopping.yahooapis.jp/ShoppingWebService/V1"
	SandboxURL    = "https://test.circus.shopping.yahooapis.jp/ShoppingWebService/V1"
	TokenURL      = "https://auth.login.yahoo.co.jp/yconnect/v2/token"

	sandboxPrefix = "snbx-"
)

// Config is what a Client is made of. Shop and Keys are required.
type Config struct {
	Shop       string                  // ストアアカウント; one that begins with snbx- is a store of the sandbox
	Keys       credential.Source[Keys] // asked for each call, so that keys can change while the client runs
	HTTPClient *http.Client            // never changed; nil is a private one with sane timeouts
	BaseURL    string                  // "" is ProductionURL, or SandboxURL for a store of the sandbox
	Header     http.Header             // extra headers, for a relay; none of the headers that sign a call
	Logger     *slog.Logger            // nil is silent
	Observer   order.Observer          // nil is none
	Limiter    order.Limiters          // nil is Budget; order.Unlimited for the fake, never for the mall
	KeepBody   bool                    // orders keep the bytes they were read from
	Statuses   map[string]order.Status // the store's own statuses (ストアステータス, "1" to "10"), for orders in processing
	Slots      timeslot.Matcher        // nil is timeslot.Default()

	Tokens   credential.TokenSource // in place of the refresh token in Keys; nil is none. One with a method Invalidate(*oauth2.Token) is told of dead tokens
	TokenURL string                 // "" is the mall's
	Budget   *Budget                // the application's calls, shared by its clients; nil is one of the client's own. Not beside Limiter
	Store    credential.Store       // shares access tokens between processes; a private one. nil keeps them in memory
}

// Client calls the store APIs of one Yahoo! Shopping store. It is safe for concurrent use.
type Client struct {
	shop      string
	transport *transport.Client
	signer    *signer
	session   session
	withdrawn withdrawn
	convert   ConvertOptions
	keepBody  bool
	budget    *Budget
}

// New checks cfg and makes a Client. It sends nothing. Keys that are there at once are checked too; a Source that has to fetch
// them is asked at the first call.
func New(cfg Config) (*Client, error) {
	refuse := func(field, reason string) (*Client, error) {
		return nil, &order.Error{Class: order.ErrInvalid, Mall: order.Yahoo, Shop: cfg.Shop, Err: fmt.Errorf("yahoo: Config.%s %s", field, reason)}
	}
	switch {
	case cfg.Shop == "":
		return refuse("Shop", "is empty: it is the store account (ストアアカウント)")
	case len(cfg.Shop) > 128 || strings.Trim(strings.ToLower(cfg.Shop), "abcdefghijklmnopqrstuvwxyz0123456789-_") != "":
		return refuse("Shop", "is not a store account: letters, digits, hyphens and underscores, at most 128")
	case cfg.Keys == nil:
		return refuse("Keys", "is nil")
	}
	if cfg.Limiter != nil && cfg.Budget != nil {
		return refuse("Budget", "has no effect beside Limiter")
	}
	if cfg.Limiter == nil {
		if cfg.Budget == nil {
			cfg.Budget = new(Budget)
		}
		if cfg.Budget.PerDay < 0 || cfg.Budget.Reserve < 0 || cfg.Budget.Reserve >= cfg.Budget.perDay() {
			return refuse("Budget", "leaves no calls: PerDay and Reserve cannot be negative, nor Reserve all of PerDay")
		}
		cfg.Limiter = cfg.Budget.Limiter
	}
	for _, name := range []string{"Authorization", "X-sws-signature", "X-sws-signature-version"} {
		if cfg.Header.Get(name) != "" {
			return refuse("Header", "sets "+name+", which signs a call")
		}
	}
	s := &signer{shop: cfg.Shop, keys: cfg.Keys, tokens: cfg.Tokens}
	s.oauth = oauth.Config{
		TokenURL: or(cfg.TokenURL, TokenURL), Style: oauth.Basic, HTTPClient: cfg.HTTPClient, Mall: order.Yahoo, Shop: cfg.Shop,
		Logger: cfg.Logger, Observer: cfg.Observer, Store: cfg.Store, StoreKey: storeKey(cfg.Shop, "token"),
	}
	if cfg.Tokens == nil {
		if _, err := s.source(Keys{}); err != nil { // nothing is sent before the first token is asked for
			return refuse("TokenURL", "is not the URL of a token endpoint")
		}
	}
	if err := peek(s); err != nil {
		return refuse("Keys", "cannot be right: "+err.Error())
	}
	base := ProductionURL
	if strings.HasPrefix(cfg.Shop, sandboxPrefix) {
		base = SandboxURL
	}
	t, err := transport.New(transport.Config{
		Mall: order.Yahoo, Shop: cfg.Shop, HTTPClient: cfg.HTTPClient, BaseURL: or(cfg.BaseURL, base), Header: cfg.Header,
		Logger: cfg.Logger, Observer: cfg.Observer, Limiters: cfg.Limiter, Operations: operations(),
		Sign: s.sign, Classify: classify, Renew: s.renew,
	})
	if err != nil {
		return nil, err
	}
	c := &Client{shop: cfg.Shop, transport: t, signer: s, keepBody: cfg.KeepBody, budget: cfg.Budget}
	c.convert = ConvertOptions{Shop: cfg.Shop, Statuses: maps.Clone(cfg.Statuses), Slots: cfg.Slots}
	if c.convert.Slots == nil {
		c.convert.Slots = timeslot.Default()
	}
	return c, nil
}

// peek checks keys that are at hand, so that a mistyped one shows at once. The context has ended: a Source that would have to
// wait for its keys gives up and is asked again later.
func peek(s *signer) error {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	keys, err := s.keys.Current(ctx)
	if err != nil {
		return nil
	}
	_, err = keys.clean(s.tokens == nil)
	return err
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// Mall is order.Yahoo.
func (c *Client) Mall() order.Mall { return order.Yahoo }

// Shop is the store account.
func (c *Client) Shop() string { return c.shop }

// Budget is the application's calls that this client counts; nil when Config.Limiter was given.
func (c *Client) Budget() *Budget { return c.budget }

// Check makes the cheapest real call, orderList of one row, and so tells whether token, approval, IP address and rights are
// right. Its error says what to do. It does not tell whether the public-key signature is accepted: see Session afterwards.
func (c *Client) Check(ctx context.Context) error {
	now := time.Now()
	_, err := c.OrderList(ctx, OrderListRequest{
		Condition: Condition{OrderTimeFrom: now.Add(-time.Hour), OrderTimeTo: now}, Fields: []Field{"OrderId"}, Result: 1,
	})
	return err
}

// Operation names a raw call. With a Name from the operation table (see the package documentation), Method and Path may be empty.
type Operation struct {
	Name   string
	Method string
	Path   string // below the base URL, from "/"
	Query  url.Values
}

// Reply is what came back.
type Reply struct {
	Status          int
	Header          http.Header
	Body            []byte // of a typed call: nil unless Config.KeepBody is set
	RequestID       string // the mall has none
	Attempts        int
	Problems        []order.Problem // fields that could not be read; they are zero
	AuthorizeStatus AuthorizeStatus // what the mall made of the public-key signature
}

// Do makes a raw call with the same auth, quota, limits and errors as the typed ones. body is sent as XML; where the query of a
// GET is to be sent, it is in op.Query. An operation that is not in the table counts as an unsafe write: it is sent once. The
// Reply is filled on errors too, when there was one.
func (c *Client) Do(ctx context.Context, op Operation, body []byte) (Reply, error) {
	row, ok := c.transport.Operation(op.Name)
	if !ok || op.Method != "" && op.Method != row.Method || op.Path != "" && op.Path != row.Path {
		row = transport.Operation{Name: op.Name, Method: op.Method, Path: op.Path}
	}
	reply, _, err := c.send(ctx, transport.Call{Operation: row, Query: op.Query, Body: body})
	return reply, err
}

// send makes a call and takes note of what the reply says about the session.
func (c *Client) send(ctx context.Context, call transport.Call) (Reply, []byte, error) {
	if len(call.Body) > 0 && call.ContentType == "" {
		call.ContentType = "application/xml; charset=UTF-8"
	}
	var used signed
	r, err := c.transport.Do(context.WithValue(ctx, signedKey{}, &used), call)
	if r == nil {
		return Reply{}, nil, err
	}
	c.heed(ctx, call.Operation, r, used)
	reply := Reply{Status: r.Status, Header: r.Header, Body: r.Body, RequestID: r.RequestID, Attempts: r.Attempts,
		AuthorizeStatus: statusIn(r.Header)}
	return reply, r.Body, c.over(err, reply.AuthorizeStatus, used)
}

// call is a typed call of the operation table: id is the order it concerns, into the document to fill.
func (c *Client) call(ctx context.Context, call transport.Call, name, id string, into any) (Reply, error) {
	call.Operation, _ = c.transport.Operation(name)
	call.Order = id
	reply, body, err := c.send(ctx, call)
	if !c.keepBody {
		reply.Body = nil
	}
	if err != nil {
		return reply, err
	}
	problems, err := wire.XML(body, into)
	if err != nil {
		return reply, c.undecodable(name, id, reply, err)
	}
	for _, p := range problems {
		reply.Problems = append(reply.Problems, order.Problem{Field: p.Path, Reason: "not readable as " + p.Want, Text: p.Text})
	}
	return reply, nil
}

func (c *Client) undecodable(operation, id string, r Reply, err error) *order.Error {
	return &order.Error{Class: order.ErrUndecodable, Mall: order.Yahoo, Shop: c.shop, Operation: operation, Order: id,
		HTTPStatus: r.Status, Attempts: r.Attempts, Err: err}
}

var errNoStatus = errors.New("the reply has no status OK")
