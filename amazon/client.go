package amazon

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/oauth"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// Config is what a Client is made of. Shop and one of Keys and Tokens are required.
type Config struct {
	Shop       string                  // seller id (出品者ID, Merchant Token): Seller Central, アカウント情報
	Keys       credential.Source[Keys] // asked before every call, so that keys can change while the client runs; nil is allowed with Tokens
	HTTPClient *http.Client            // never changed; nil is a private one with sane timeouts. A relay's RoundTripper goes in here
	BaseURL    string                  // "" is Endpoint; a relay or a fake goes here
	PlainHTTP  bool                    // BaseURL may be http to another machine than this one: keys and buyers travel in clear, so only inside a closed network
	Header     http.Header             // sent with every call, for a relay; x-amz-access-token is refused
	Logger     *slog.Logger            // nil is silent
	Observer   order.Observer          // nil is none
	Limiter    order.Limiters          // nil is Amazon's documented quotas, learning from its headers; order.Unlimited for the fake, never for the mall
	KeepBody   bool                    // keep each order's bytes, see order.Order.Body
	Statuses   map[string]order.Status // by fulfillmentStatus; they win over the built-in table
	Slots      timeslot.Matcher        // asked about delivery windows by their hours, see ConvertOptions; nil is timeslot.Default()

	Marketplaces []string               // marketplace ids, all of one region; nil is Japan
	Endpoint     Endpoint               // "" is the production host of the marketplaces' region; the sandboxes are chosen here
	IncludedData []IncludedData         // what orders are read with; nil is DefaultData. IncludeFulfillment cannot be left out
	Tokens       credential.TokenSource // access tokens of the seller from elsewhere, in place of Keys.RefreshToken
	TokenURL     string                 // "" is Login with Amazon
	Store        credential.Store       // shares the seller's access tokens between processes; a private one. nil keeps them in memory
	UserAgent    string                 // "" is jpmall's own; form "App/1.0 (Language=Go/1.26; Platform=linux)"
}

// Client talks to SP-API for one seller in one region. It is safe for concurrent use.
type Client struct {
	cfg    Config
	calls  *transport.Client
	files  *http.Client // downloads report documents
	tokens tokens

	mu         sync.Mutex
	restricted map[string]restricted // Restricted Data Tokens by what they open
}

// Format prints the mall and the shop, whatever the verb: the rest of a Client is keys, tokens and connections.
func (c *Client) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "amazon.Client(%s)", c.cfg.Shop) }

// New checks cfg and makes a Client; nothing is sent. Every field that cannot work is refused by name.
func New(cfg Config) (*Client, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	endpoint, err := endpointFor(cfg.Marketplaces, cfg.Endpoint)
	if err != nil {
		return nil, err
	}
	cfg.Endpoint = endpoint
	base := cfg.BaseURL
	if base == "" {
		base = string(endpoint)
	}
	c := &Client{cfg: cfg, restricted: make(map[string]restricted)}
	if c.tokens, err = newTokens(cfg); err != nil {
		return nil, fmt.Errorf("amazon: Config.TokenURL or Config.Keys: %w", err)
	}
	c.files = cfg.HTTPClient
	if c.files == nil {
		c.files = transport.PrivateClient(downloadTimeout)
	}
	header := cfg.Header.Clone()
	if header == nil {
		header = make(http.Header)
	}
	header.Set("Accept", "application/json")
	c.calls, err = transport.New(transport.Config{
		Mall: order.Amazon, Shop: cfg.Shop, HTTPClient: cfg.HTTPClient, BaseURL: base, PlainHTTP: cfg.PlainHTTP, Header: header, UserAgent: cfg.UserAgent,
		Logger: cfg.Logger, Observer: cfg.Observer, Limiters: cfg.Limiter, Operations: operations(endpoint.Sandbox()),
		Format: transport.JSON, Sign: c.sign, Classify: classify, Renew: c.renew, RequestID: requestID, Learn: learn,
	})
	if err != nil {
		return nil, fmt.Errorf("amazon: Config.BaseURL or Config.Header: %w", err)
	}
	return c, nil
}

// check fills in defaults and refuses what cannot work.
func (cfg *Config) check() error {
	shop, err := check.Key("Config.Shop", cfg.Shop)
	if err != nil {
		return fmt.Errorf("amazon: %w", err)
	}
	cfg.Shop = shop
	if cfg.Keys == nil && cfg.Tokens == nil {
		return errors.New("amazon: Config.Keys is nil (or give Config.Tokens)")
	}
	if len(cfg.Marketplaces) == 0 {
		cfg.Marketplaces = []string{Japan}
	}
	if len(cfg.Marketplaces) > maxMarketplaces {
		return fmt.Errorf("amazon: Config.Marketplaces has %d entries, the most is %d", len(cfg.Marketplaces), maxMarketplaces)
	}
	if len(cfg.IncludedData) == 0 {
		cfg.IncludedData = DefaultData()
	}
	if !slices.Contains(cfg.IncludedData, IncludeFulfillment) {
		return errors.New("amazon: Config.IncludedData lacks IncludeFulfillment, without which no order has a status")
	}
	for name := range cfg.Header {
		if http.CanonicalHeaderKey(name) == accessTokenKey {
			return errors.New("amazon: Config.Header sets x-amz-access-token, which is the client's own")
		}
	}
	if cfg.TokenURL == "" {
		cfg.TokenURL = lwaURL
	}
	if cfg.UserAgent == "" {
		cfg.UserAgent = "jpmall/0 (Language=Go/" + strings.TrimPrefix(runtime.Version(), "go") + "; Platform=" + runtime.GOOS + ")"
	}
	if len(cfg.UserAgent) > maxUserAgent {
		return fmt.Errorf("amazon: Config.UserAgent is longer than %d characters", maxUserAgent)
	}
	cfg.Marketplaces, cfg.IncludedData = slices.Clone(cfg.Marketplaces), slices.Clone(cfg.IncludedData)
	cfg.Statuses = maps.Clone(cfg.Statuses)
	if cfg.Slots == nil {
		cfg.Slots = timeslot.Default()
	}
	return nil
}

const (
	downloadTimeout = time.Hour // of a report, for callers whose context and http.Client have no end of their own
	maxMarketplaces = 50
	maxUserAgent    = 500
)

// CloseIdleConnections gives back connections that no call uses. The client can be used on. Those of Config.HTTPClient are its owner's
// to close and stay.
func (c *Client) CloseIdleConnections() {
	c.calls.CloseIdleConnections()
	for _, t := range c.tokens {
		if own, ok := t.(*oauth.Source); ok {
			own.CloseIdleConnections()
		}
	}
	if c.cfg.HTTPClient == nil {
		c.files.CloseIdleConnections()
	}
}

// Mall is order.Amazon.
func (c *Client) Mall() order.Mall { return order.Amazon }

// Shop is Config.Shop.
func (c *Client) Shop() string { return c.cfg.Shop }

// Check asks for the seller's marketplaces, the cheapest real call. It proves the client id, the secret, the refresh token, the
// region and the authorisation, and that the seller takes part in Config.Marketplaces; its error says which of them is wrong. It
// cannot prove the roles that orders need: a missing one shows as order.ErrForbidden at the first SearchOrders.
func (c *Client) Check(ctx context.Context) error {
	got, err := c.GetMarketplaceParticipations(ctx)
	if err != nil || c.cfg.Endpoint.Sandbox() { // the sandbox answers with a canned seller
		return err
	}
	var there []string
	for _, p := range got.Payload {
		if p.Participation.IsParticipating {
			there = append(there, p.Marketplace.ID)
		}
	}
	for _, id := range c.cfg.Marketplaces {
		if !slices.Contains(there, id) {
			return &order.Error{
				Class: order.ErrForbidden, Mall: order.Amazon, Shop: c.cfg.Shop, Operation: "getMarketplaceParticipations",
				HTTPStatus: got.Reply.Status, RequestID: got.Reply.RequestID, Attempts: got.Reply.Attempts,
				Message: "the keys work, but the seller does not take part in marketplace " + id,
				Hint:    "the keys may be those of another seller; the seller takes part in: " + orNone(there),
			}
		}
	}
	return nil
}

func orNone(ids []string) string {
	if len(ids) == 0 {
		return "none"
	}
	return strings.Join(ids, ", ")
}

func (c *Client) convert(w *Order) order.Order {
	return Convert(w, ConvertOptions{Shop: c.cfg.Shop, Statuses: c.cfg.Statuses, Slots: c.cfg.Slots})
}
