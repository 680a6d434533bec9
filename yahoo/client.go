package yahoo

import (
	"cmp"
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
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// The mall's URLs.
const (
	ProductionURL = "https://circus.shopping.yahooapis.jp/ShoppingWebService/V1"
	SandboxURL    = "https://test.circus.shopping.yahooapis.jp/ShoppingWebService/V1"
	TokenURL      = "https://auth.login.yahoo.co.jp/yconnect/v2/token"

	sandboxPrefix = "snbx-"
)

// Config configures a Client. Shop and Keys are required.
type Config struct {
	// store account (ストアアカウント); one that begins with snbx- is a sandbox store
	Shop string
	// read before every call, so that keys can change while the client runs
	Keys credential.Source[Keys]
	// never modified; nil is a private one with timeouts. A relay's RoundTripper goes in here
	HTTPClient *http.Client
	// "" is ProductionURL, or SandboxURL for a sandbox store; set it for a relay or a fake
	BaseURL string
	// allow an http BaseURL on another machine. Keys and buyers' data are sent in clear text: only
	// inside a closed network
	PlainHTTP bool
	// sent with every call, for a relay; headers that sign a call are refused
	Header   http.Header
	Logger   *slog.Logger   // nil is silent
	Observer order.Observer // nil is none
	Limiter  order.Limiters // nil is Budget; order.Unlimited is for the fake, never for the mall
	// report to Observer and Logger where replies differ from what is expected, each difference
	// once an hour and client; see order.EventDrift and order.DriftOnce. It needs one of them
	Drift    bool
	KeepBody bool // keep each order's bytes, see order.Order.Body
	// maps the store's own statuses (ストアステータス, "1" to "10") of orders in processing
	Statuses map[string]order.Status
	// reads slot labels, which each store words itself; nil is timeslot.Default()
	Slots timeslot.Matcher

	// used in place of Keys.RefreshToken; nil is none. A method Invalidate(*oauth2.Token), if there
	// is one, is called with tokens that the mall refused
	Tokens   credential.TokenSource
	TokenURL string // "" is the mall's
	// call allowance, shared by the application's clients; nil is a private one. It must be nil if
	// Limiter is set
	Budget *Budget
	// shares access tokens between processes; must be private. nil keeps them in memory
	Store credential.Store
}

// Client is an API client for one store on Yahoo! Shopping. It is safe for concurrent use; all its
// calls share one quota. It implements [order.Source], [order.Confirmer], [order.Shipper],
// [order.Canceller], [order.Annotator], [order.DeliveryChanger], [order.Settler],
// [order.StockKeeper], [order.ReadSharer], [credential.Prober] and [credential.Coverer].
type Client struct {
	shop      string
	calls     *transport.Client
	signer    *signer
	session   session
	withdrawn withdrawn
	doubts    doubts
	convert   ConvertOptions
	keepBody  bool
	budget    *Budget
}

// Format prints the mall and the shop, whatever the verb, so that no key is printed.
func (c *Client) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "yahoo.Client(%s)", c.shop) }

// New validates cfg and returns a Client. It sends nothing. An error names the field that is wrong.
// Keys that cfg.Keys returns without waiting are validated too, others at the first call.
func New(cfg Config) (*Client, error) {
	refuse := func(field, reason string) (*Client, error) {
		return nil, &order.Error{Class: order.ErrInvalid, Mall: order.Yahoo, Shop: cfg.Shop,
			Err: fmt.Errorf("yahoo: Config.%s %s", field, reason)}
	}
	switch {
	case cfg.Shop == "":
		return refuse("Shop", "is empty: it is the store account (ストアアカウント)")
	case cfg.Keys == nil:
		return refuse("Keys", "is nil")
	}
	if err := storeAccount(cfg.Shop); err != nil {
		return refuse("Shop", err.Error())
	}
	if cfg.Limiter != nil && cfg.Budget != nil {
		return refuse("Budget", "has no effect beside Limiter")
	}
	perDay := CallsPerDay
	if cfg.Limiter == nil {
		if cfg.Budget == nil {
			cfg.Budget = new(Budget)
		}
		if cfg.Budget.PerDay < 0 || cfg.Budget.Reserve < -1 ||
			cfg.Budget.Reserve >= cfg.Budget.perDay() {
			return refuse("Budget",
				"leaves no calls: PerDay cannot be negative, Reserve not less than -1, nor all of PerDay")
		}
		cfg.Limiter, perDay = cfg.Budget.Limiter, cfg.Budget.perDay()
	}
	for _, name := range []string{"Authorization", "X-sws-signature", "X-sws-signature-version"} {
		if cfg.Header.Get(name) != "" {
			return refuse("Header", "sets "+name+", which signs a call")
		}
	}
	s := &signer{shop: cfg.Shop, keys: cfg.Keys, tokens: cfg.Tokens}
	s.oauth = oauth.Config{
		TokenURL: cmp.Or(cfg.TokenURL, TokenURL), PlainHTTP: cfg.PlainHTTP, Style: oauth.Basic,
		HTTPClient: cfg.HTTPClient, Mall: order.Yahoo, Shop: cfg.Shop,
		Logger: cfg.Logger, Observer: cfg.Observer, Store: cfg.Store,
		StoreKey: oauth.StoreKey(order.Yahoo, cfg.Shop, "token"),
	}
	if cfg.Tokens == nil {
		// nothing is sent before the first token is asked for
		if _, err := s.source(Keys{}); err != nil {
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
	c := &Client{shop: cfg.Shop, signer: s, keepBody: cfg.KeepBody, budget: cfg.Budget}
	c.convert = ConvertOptions{Shop: cfg.Shop, Statuses: maps.Clone(cfg.Statuses), Slots: cfg.Slots}
	if c.convert.Slots == nil {
		c.convert.Slots = timeslot.Default()
	}
	var err error
	c.calls, err = transport.New(transport.Config{
		Mall: order.Yahoo, Shop: cfg.Shop, HTTPClient: cfg.HTTPClient,
		BaseURL: cmp.Or(cfg.BaseURL, base), PlainHTTP: cfg.PlainHTTP, Header: cfg.Header,
		Logger: cfg.Logger, Observer: cfg.Observer, Limiters: cfg.Limiter, Drift: cfg.Drift,
		Weigh: c.weigh, Operations: operations(), PerDay: perDay,
		Format: transport.XML, ContentType: "application/xml; charset=UTF-8",
		Sign: s.sign, Classify: classify, Renew: s.renew,
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

// storeAccount refuses what cannot be a store account.
func storeAccount(text string) error {
	if len(text) > 128 || strings.Trim(strings.ToLower(text),
		"abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
		return errors.New(
			"is not a store account: letters, digits, hyphens and underscores, at most 128")
	}
	return nil
}

// peek validates keys that are available now, so that a mistyped one shows at once. The context has
// ended: a Source that would have to wait for its keys gives up and is called again later.
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

// CloseIdleConnections closes connections that no call uses. The client stays usable. Connections
// of [Config.HTTPClient] belong to the caller and stay open.
func (c *Client) CloseIdleConnections() {
	c.calls.CloseIdleConnections()
	c.signer.mu.Lock()
	defer c.signer.mu.Unlock()
	if c.signer.src != nil {
		c.signer.src.CloseIdleConnections()
	}
}

// Mall returns [order.Yahoo].
func (c *Client) Mall() order.Mall { return order.Yahoo }

// Shop returns [Config.Shop].
func (c *Client) Shop() string { return c.shop }

// Budget returns the Budget that counts the client's calls; nil if [Config.Limiter] was set.
func (c *Client) Budget() *Budget { return c.budget }

// Check makes the cheapest real call, orderList of one row. It verifies token, approval, IP address
// and rights; an error says what to do. It does not verify that the public-key signature is
// accepted: see Session afterwards.
func (c *Client) Check(ctx context.Context) error {
	_, err := c.lookOnce(ctx)
	return err
}

// lookOnce makes the cheapest real call: one row of the last hour's list.
func (c *Client) lookOnce(ctx context.Context) (OrderListResponse, error) {
	now := time.Now()
	return c.OrderList(ctx, OrderListRequest{
		Condition: Condition{OrderTimeFrom: now.Add(-time.Hour), OrderTimeTo: now},
		Fields:    []Field{"OrderId"}, Result: 1,
	})
}

// Operation names a raw call. One that is in the table of the package documentation needs only its
// Name.
type Operation struct {
	Name   string // the mall's name, for errors, logs and the quota
	Method string // "" is the table's
	// below the base URL, complete or with {placeholders}; "" is the table's
	Path  string
	Query url.Values        // never logged
	Vars  map[string]string // values of the {placeholders} of Path, which are escaped
}

// Reply is the HTTP reply to a call.
type Reply struct {
	Status    int
	Header    http.Header
	Body      []byte // as received; must not be modified
	RequestID string // always empty: the mall sends none
	Attempts  int    // how often the call was sent
	// fields that could not be read; the rest of the reply is intact
	Problems        []order.Problem
	AuthorizeStatus AuthorizeStatus // whether the mall accepted the public-key signature
}

// Do makes a raw call with the auth, quota, limits and errors of the typed calls. body is XML and
// sent unchanged; nil sends none. The parameters of a GET go into op.Query. An operation that is
// not in the table, or whose method or path differs from it, is treated as an unsafe write and is
// never sent twice. The Reply is filled on errors too, if there was one.
func (c *Client) Do(ctx context.Context, op Operation, body []byte) (Reply, error) {
	return c.send(ctx, c.calls.Resolve(transport.Raw(op), body), nil)
}

// send makes a call and keeps what the reply says about the session.
func (c *Client) send(ctx context.Context, call transport.Call, out any) (Reply, error) {
	var used signed
	a, err := c.calls.Send(context.WithValue(ctx, signedKey{}, &used), call, nil, out)
	status := statusIn(a.Header)
	c.heed(ctx, call.Operation, status, used)
	return Reply{Status: a.Status, Header: a.Header, Body: a.Body, RequestID: a.RequestID,
		Attempts: a.Attempts, Problems: a.Problems,
		AuthorizeStatus: status}, c.over(err, status, used)
}

// call makes a typed call of the operation table. id is the order that it concerns; into is the
// document to fill.
func (c *Client) call(
	ctx context.Context, call transport.Call, name, id string, into any,
) (Reply, error) {
	call.Operation, call.Order = c.calls.Row(name), id
	return c.send(ctx, call, into)
}

func (c *Client) undecodable(operation, id string, r Reply, err error) *order.Error {
	return c.calls.Undecodable(operation, id,
		transport.Response{Status: r.Status, Attempts: r.Attempts}, err)
}

var errNoStatus = errors.New("the reply has no status OK")
