package yahoo

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/oauth"
	"github.com/jpmall/jpmall/internal/transport"
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
	Shop       string                  // store account (ストアアカウント); one that begins with snbx- is a store of the sandbox
	Keys       credential.Source[Keys] // asked before every call, so that keys can change while the client runs
	HTTPClient *http.Client            // never changed; nil is a private one with sane timeouts. A relay's RoundTripper goes in here
	BaseURL    string                  // "" is ProductionURL, or SandboxURL for a store of the sandbox; a relay or a fake goes here
	PlainHTTP  bool                    // BaseURL may be http to another machine than this one: keys and buyers travel in clear, so only inside a closed network
	Header     http.Header             // sent with every call, for a relay; what signs a call is refused
	Logger     *slog.Logger            // nil is silent
	Observer   order.Observer          // nil is none
	Limiter    order.Limiters          // nil is Budget; order.Unlimited for the fake, never for the mall
	KeepBody   bool                    // keep each order's bytes, see order.Order.Body
	Statuses   map[string]order.Status // the store's own statuses (ストアステータス, "1" to "10"), for orders in processing
	Slots      timeslot.Matcher        // reads slot labels, which each store words itself; nil is timeslot.Default()

	Tokens   credential.TokenSource // in place of the refresh token in Keys; nil is none. One with a method Invalidate(*oauth2.Token) is told of dead tokens
	TokenURL string                 // "" is the mall's
	Budget   *Budget                // the application's calls, shared by its clients; nil is one of the client's own. Not beside Limiter
	Store    credential.Store       // shares access tokens between processes; a private one. nil keeps them in memory
}

// Client calls the store APIs of one Yahoo! Shopping store. It is safe for concurrent use.
type Client struct {
	shop      string
	calls     *transport.Client
	signer    *signer
	session   session
	withdrawn withdrawn
	convert   ConvertOptions
	keepBody  bool
	budget    *Budget
}

// Format prints the mall and the shop, whatever the verb: the rest of a Client is keys, tokens and connections.
func (c *Client) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "yahoo.Client(%s)", c.shop) }

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
		TokenURL: or(cfg.TokenURL, TokenURL), PlainHTTP: cfg.PlainHTTP, Style: oauth.Basic, HTTPClient: cfg.HTTPClient, Mall: order.Yahoo, Shop: cfg.Shop,
		Logger: cfg.Logger, Observer: cfg.Observer, Store: cfg.Store, StoreKey: oauth.StoreKey(order.Yahoo, cfg.Shop, "token"),
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
		Mall: order.Yahoo, Shop: cfg.Shop, HTTPClient: cfg.HTTPClient, BaseURL: or(cfg.BaseURL, base), PlainHTTP: cfg.PlainHTTP, Header: cfg.Header,
		Logger: cfg.Logger, Observer: cfg.Observer, Limiters: cfg.Limiter, Operations: operations(),
		Format: transport.XML, Sign: s.sign, Classify: classify, Renew: s.renew,
	})
	if err != nil {
		return nil, err
	}
	c := &Client{shop: cfg.Shop, calls: t, signer: s, keepBody: cfg.KeepBody, budget: cfg.Budget}
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

// CloseIdleConnections gives back connections that no call uses. The client can be used on. Those of Config.HTTPClient are its owner's
// to close and stay.
func (c *Client) CloseIdleConnections() {
	c.calls.CloseIdleConnections()
	c.signer.mu.Lock()
	defer c.signer.mu.Unlock()
	if c.signer.src != nil {
		c.signer.src.CloseIdleConnections()
	}
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
