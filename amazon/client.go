package amazon

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/oauth"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// Config configures a Client. Shop and one of Keys and Tokens are required.
type Config struct {
	Shop string // seller id (出品者ID, Merchant Token): Seller Central, アカウント情報
	// read before every call, so that keys can change while the client runs; may be nil with Tokens
	Keys credential.Source[Keys]
	// never modified; nil is a private one with timeouts. A relay's RoundTripper goes in here
	HTTPClient *http.Client
	BaseURL    string // "" is Endpoint; a relay or a fake goes here
	// allow an http BaseURL on another machine. Keys and buyers' data are sent in clear text: only
	// inside a closed network
	PlainHTTP bool
	// sent with every call, for a relay; x-amz-access-token is refused
	Header   http.Header
	Logger   *slog.Logger   // nil is silent
	Observer order.Observer // nil is none
	// nil keeps to Amazon's documented quotas and adopts the rates in its headers; order.Unlimited
	// is for the fake, never for Amazon
	Limiter order.Limiters
	// report to Observer and Logger where replies differ from what is expected, each difference
	// once an hour and client; see order.EventDrift and order.DriftOnce. It needs one of them
	Drift    bool
	KeepBody bool                    // keep each order's bytes, see order.Order.Body
	Statuses map[string]order.Status // by fulfillmentStatus; they override the built-in table
	// maps delivery windows by their hours, see ConvertOptions; nil is timeslot.Default()
	Slots timeslot.Matcher

	Marketplaces []string // marketplace ids, all in one region; nil is Japan
	// "" is the production host of the marketplaces' region; a sandbox is chosen here
	Endpoint Endpoint
	// the parts of an order to read, IncludeFulfillment among them; nil is DefaultData
	IncludedData []IncludedData
	// supplies the seller's access tokens, in place of Keys.RefreshToken
	Tokens   credential.TokenSource
	TokenURL string // "" is Login with Amazon
	// shares the seller's access tokens between processes; must be private. nil keeps them in
	// memory
	Store credential.Store
	// "" is jpmall's own; form "App/1.0 (Language=Go/1.26; Platform=linux)"
	UserAgent string
}

// Client is an API client for one seller on Amazon, in one region. It is safe for concurrent use;
// all its calls share one quota per operation. It implements [order.Source], [order.Shipper],
// [order.Settler], [order.ReadSharer], [credential.Prober] and [credential.Coverer].
type Client struct {
	cfg    Config
	calls  *transport.Client
	files  *http.Client // downloads report documents
	tokens tokens

	mu         sync.Mutex
	restricted map[string]restricted // Restricted Data Tokens by resource
}

// Format prints the mall and the shop, whatever the verb, so that no key is printed.
func (c *Client) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "amazon.Client(%s)", c.cfg.Shop) }

// New validates cfg and returns a Client. It sends nothing. An error names the field that is wrong
// and is of class [order.ErrInvalid].
func New(cfg Config) (*Client, error) {
	refuse := func(err error) (*Client, error) {
		return nil, &order.Error{Class: order.ErrInvalid, Mall: order.Amazon, Shop: cfg.Shop,
			Err: err}
	}
	if err := cfg.check(); err != nil {
		return refuse(err)
	}
	endpoint, err := endpointFor(cfg.Marketplaces, cfg.Endpoint)
	if err != nil {
		return refuse(err)
	}
	cfg.Endpoint = endpoint
	base := cfg.BaseURL
	if base == "" {
		base = string(endpoint)
	}
	c := &Client{cfg: cfg, restricted: make(map[string]restricted)}
	if c.tokens, err = newTokens(cfg); err != nil {
		return refuse(fmt.Errorf("amazon: Config.TokenURL or Config.Keys: %w", cause(err)))
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
		Mall: order.Amazon, Shop: cfg.Shop, HTTPClient: cfg.HTTPClient, BaseURL: base,
		PlainHTTP: cfg.PlainHTTP, Header: header, UserAgent: cfg.UserAgent,
		Logger: cfg.Logger, Observer: cfg.Observer, Limiters: cfg.Limiter, Drift: cfg.Drift,
		Weigh: c.weigh, Operations: operations(endpoint.Sandbox()),
		Format: transport.JSON, Encode: wire.EncodeJSON, ContentType: "application/json",
		Sign: c.sign, Classify: classify, Renew: c.renew,
		RequestID: requestID, Learn: learn,
	})
	if err != nil {
		return refuse(fmt.Errorf("amazon: Config.BaseURL or Config.Header: %w", cause(err)))
	}
	return c, nil
}

// cause returns the error inside an *order.Error, so that mall and shop are named once.
func cause(err error) error {
	var told *order.Error
	if errors.As(err, &told) && told.Err != nil {
		return told.Err
	}
	return err
}

// check fills in defaults and refuses invalid values.
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
		return fmt.Errorf("amazon: Config.Marketplaces has %d entries, the most is %d",
			len(cfg.Marketplaces), maxMarketplaces)
	}
	if len(cfg.IncludedData) == 0 {
		cfg.IncludedData = DefaultData()
	}
	if !slices.Contains(cfg.IncludedData, IncludeFulfillment) {
		return errors.New(
			"amazon: Config.IncludedData lacks IncludeFulfillment, without which no order has a status")
	}
	for name := range cfg.Header {
		if http.CanonicalHeaderKey(name) == accessTokenKey {
			return errors.New(
				"amazon: Config.Header sets x-amz-access-token, which is the client's own")
		}
	}
	if cfg.TokenURL == "" {
		cfg.TokenURL = lwaURL
	}
	if cfg.UserAgent == "" {
		cfg.UserAgent = "jpmall/0 (Language=Go/" + strings.TrimPrefix(runtime.Version(), "go") +
			"; Platform=" + runtime.GOOS + ")"
	}
	if len(cfg.UserAgent) > maxUserAgent {
		return fmt.Errorf("amazon: Config.UserAgent is longer than %d characters", maxUserAgent)
	}
	cfg.Marketplaces = slices.Clone(cfg.Marketplaces)
	cfg.IncludedData = slices.Clone(cfg.IncludedData)
	cfg.Statuses = maps.Clone(cfg.Statuses)
	if cfg.Slots == nil {
		cfg.Slots = timeslot.Default()
	}
	return nil
}

const (
	// of a report's download, when neither the context nor the http.Client has a deadline
	downloadTimeout = time.Hour
	maxMarketplaces = 50
	maxUserAgent    = 500
)

// CloseIdleConnections closes connections that no call uses. The client stays usable. Connections
// of [Config.HTTPClient] belong to the caller and stay open.
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

// Mall returns [order.Amazon].
func (c *Client) Mall() order.Mall { return order.Amazon }

// Shop returns [Config.Shop].
func (c *Client) Shop() string { return c.cfg.Shop }

// Check calls getMarketplaceParticipations, the cheapest real call. It verifies the client id, the
// secret, the refresh token, the region and the authorisation, and that the seller takes part in
// [Config.Marketplaces]; its error says which is wrong. It cannot verify the roles that orders
// need: a missing one shows as [order.ErrForbidden] at the first SearchOrders. In a sandbox the
// marketplaces are not checked.
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
				Class: order.ErrForbidden, Mall: order.Amazon, Shop: c.cfg.Shop,
				Operation:  "getMarketplaceParticipations",
				HTTPStatus: got.Reply.Status, RequestID: got.Reply.RequestID,
				Attempts: got.Reply.Attempts,
				Message:  "the keys work, but the seller does not take part in marketplace " + id,
				Hint: order.Text{
					EN: "the keys may be those of another seller; the seller takes part in: " +
						cmp.Or(strings.Join(there, ", "), "none"),
					JA: "別の出品者のキーの可能性があります。この出品者のマーケットプレイス：" +
						cmp.Or(strings.Join(there, "、"), "なし")},
			}
		}
	}
	return nil
}

func (c *Client) convert(w *Order) order.Order {
	return Convert(w, ConvertOptions{Shop: c.cfg.Shop, Statuses: c.cfg.Statuses,
		Slots: c.cfg.Slots})
}

// Operation names a raw call. One that is in the table of the package documentation needs only its
// Name, and Vars for the placeholders of its path.
type Operation struct {
	Name   string // as in the table, or any other; for errors, logs and the quota
	Method string // "" is the table's
	// below the base URL, complete or with {placeholders}; "" is the table's
	Path  string
	Query url.Values        // never logged
	Vars  map[string]string // values of the {placeholders} of Path, which are escaped
	Token credential.Secret // a Restricted Data Token, in place of the seller's access token
}

// Reply is the HTTP reply to a call.
type Reply struct {
	Status    int
	Header    http.Header
	Body      []byte // as received; must not be modified
	RequestID string // x-amzn-RequestId, for Amazon's support
	Attempts  int    // how often the call was sent
	// fields that could not be read; the rest of the reply is intact
	Problems []order.Problem
	// x-amzn-RateLimit-Limit in calls per second; 0 when Amazon did not send it
	RateLimit float64
}

// Do makes a raw call with the auth, quota, limits and errors of the typed calls. body is JSON and
// sent unchanged; nil sends none. An operation that is not in the table, or whose method or path
// differs from it, is treated as an unsafe write and is never sent twice. The Reply is filled on
// errors too, if there was one.
func (c *Client) Do(ctx context.Context, op Operation, body []byte) (Reply, error) {
	call := c.calls.Resolve(transport.Raw{Name: op.Name, Method: op.Method, Path: op.Path,
		Query: op.Query, Vars: op.Vars}, body)
	return c.send(ctx, call, op.Token, nil, nil)
}

// input is what a typed call sends.
type input struct {
	vars  map[string]string
	query url.Values
	body  any               // nil is no body
	order string            // the order it concerns
	id    string            // what the answer must name, where that is no order
	token credential.Secret // a Restricted Data Token
}

// forOrder is the input of a call that concerns one order; a nil body sends none.
func forOrder(id string, body any) input {
	return input{vars: map[string]string{"orderId": id}, body: body, order: id}
}

// do makes the call of a table row and decodes the answer into out. A nil out is for operations
// that Amazon answers without content.
func (c *Client) do(ctx context.Context, name string, in input, out any) (Reply, error) {
	call := transport.Call{Operation: c.calls.Row(name), Vars: in.vars, Query: in.query,
		Order: in.order, ID: in.id, Asked: included(in.query)}
	if rows, ok := out.(interface{ named() error }); ok {
		call.Accept = func(*transport.Response) error { return rows.named() }
	}
	return c.send(ctx, call, in.token, in.body, out)
}

func (c *Client) send(
	ctx context.Context, call transport.Call, token credential.Secret, in, out any,
) (Reply, error) {
	t := ticket{auth: lookup(call.Operation.Name).auth, token: token}
	a, err := c.calls.Send(context.WithValue(ctx, ticketKey{}, t), call, in, out)
	return Reply{Status: a.Status, Header: a.Header, Body: a.Body, RequestID: a.RequestID,
		Attempts: a.Attempts, Problems: a.Problems,
		RateLimit: rateLimit(a.Header)}, err
}

// rateLimit reads x-amzn-RateLimit-Limit, the current rate in calls per second. It is 0 when the
// header was not sent.
func rateLimit(h http.Header) float64 {
	v, err := strconv.ParseFloat(h.Get("x-amzn-RateLimit-Limit"), 64)
	if err != nil || !(v > 0 && v < 1e6) {
		return 0
	}
	return v
}

// slowest is how many times slower than documented a rate of Amazon may be.
const slowest = 20

// learn adopts the rate that Amazon sends. The header holds the rate, not the burst.
func learn(op transport.Operation, r *transport.Response) (transport.Quota, bool) {
	every := announced(r)
	return transport.Quota{Every: every}, every > 0 && believable(op, every)
}

// announced returns the pause between two calls at the rate that a reply holds; 0 is none. The
// header is believed only on 20x, 400 and 404.
func announced(r *transport.Response) time.Duration {
	if r.Status/100 != 2 && r.Status != http.StatusBadRequest && r.Status != http.StatusNotFound {
		return 0
	}
	rate := rateLimit(r.Header)
	if rate == 0 {
		return 0
	}
	return time.Duration(min(float64(time.Second)/rate, float64(24*time.Hour)))
}

// believable reports whether a rate is no mistake. One that is would put a followed shop to sleep,
// for days if it comes with every reply; if Amazon means it, it refuses calls with 429 as well.
func believable(op transport.Operation, every time.Duration) bool {
	if documented := op.Quota.Every; documented > 0 && every > slowest*documented {
		return false
	}
	return every <= transport.LongestRetryAfter
}
