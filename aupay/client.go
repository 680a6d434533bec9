package aupay

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// The mall's addresses. Who may use the test host is not known; it has keys and shop ids of its own.
const (
	DefaultBaseURL = "https://api.manager.wowma.jp/wmshopapi"
	TestBaseURL    = "https://sg.manager.wowma.jp/wmshopapi"
)

// Config says which shop to work for. Shop and Keys are required.
type Config struct {
	Shop       string                  // the shop's number (会員番号, shopId), digits only
	Keys       credential.Source[Keys] // asked for each call, so a key can change while the client runs
	HTTPClient *http.Client            // nil is a private one; a given one is never changed
	BaseURL    string                  // "" is DefaultBaseURL; a relay with a registered address goes here
	Header     http.Header             // extra headers for a relay; Authorization cannot be set
	Logger     *slog.Logger            // nil is silent
	Observer   order.Observer          // nil is none
	Limiter    order.Limiters          // nil is one call per second
	KeepBody   bool                    // keep the bytes of each order: Order.Body
	Statuses   map[string]order.Status // the shop's own status texts; they win over the mall's table
	Slots      timeslot.Matcher        // nil is timeslot.Default()
}

// Client works for one shop of au PAY マーケット. It is safe for concurrent use.
type Client struct {
	cfg   Config
	keys  credential.Source[Keys]
	calls *transport.Client
	slots timeslot.Matcher
}

// New checks the configuration; the zero Config is refused. Nothing is sent.
func New(cfg Config) (*Client, error) {
	switch {
	case cfg.Shop == "":
		return nil, errors.New("aupay: Config.Shop is empty")
	case strings.Trim(cfg.Shop, "0123456789") != "" || len(cfg.Shop) > 18:
		return nil, errors.New("aupay: Config.Shop is not a number of at most 18 digits")
	case cfg.Keys == nil:
		return nil, errors.New("aupay: Config.Keys is nil; credential.Static(aupay.Keys{…}) is a fixed one")
	case cfg.Header.Get("Authorization") != "":
		return nil, errors.New("aupay: Config.Header sets Authorization, which is the key's place")
	}
	if cfg.BaseURL == "" {
		cfg.BaseURL = DefaultBaseURL
	}
	if cfg.Slots == nil {
		cfg.Slots = timeslot.Default()
	}
	c := &Client{cfg: cfg, keys: cfg.Keys, slots: cfg.Slots}
	calls, err := transport.New(transport.Config{
		Mall: order.AuPay, Shop: cfg.Shop, HTTPClient: cfg.HTTPClient, BaseURL: cfg.BaseURL, Header: cfg.Header, Logger: cfg.Logger,
		Observer: cfg.Observer, Limiters: cfg.Limiter, Operations: operations(), Sign: c.sign, Classify: classify,
	})
	if err != nil {
		return nil, fmt.Errorf("aupay: Config: %w", err)
	}
	c.calls = calls
	return c, nil
}

// Mall is order.AuPay.
func (c *Client) Mall() order.Mall { return order.AuPay }

// Shop is Config.Shop.
func (c *Client) Shop() string { return c.cfg.Shop }

// Check makes the cheapest real call, the numbers of today's orders with one row, and tells by its error whether the key, the
// registered address or the shop number is wrong, and what to do. It is a read: repeating it is harmless.
func (c *Client) Check(ctx context.Context) error {
	today := order.DateOf(now())
	_, err := c.SearchTradeNoList(ctx, SearchRequest{StartDate: today, EndDate: today, TotalCount: 1})
	return err
}

// Operation is a call of the mall by its own name, for the calls that this package does not type: the mall gives their sheets to
// merchants only.
type Operation struct {
	Name   string     // searchTradeInfoProc, doCreditCertainProc, …
	Method string     // HTTP method; empty is the one of the operation table, or POST
	Path   string     // below the base URL; empty is "/" and the name
	Query  url.Values // shopId is added to a GET when it is missing
}

// Reply is what the mall answered.
type Reply struct {
	Status   int // of HTTP
	Header   http.Header
	Body     []byte // bounded; XML unless something went wrong
	Result   Result // the head of the reply, with every error row
	Attempts int
	Problems []order.Problem // fields that could not be read
}

// Do makes a raw call with the same key, quota, limits and errors as the typed ones. A body is sent as XML. An operation that is
// not in the table counts as an unsafe write: it is not sent again once a byte may have left. When there was a reply it is
// returned beside the error.
func (c *Client) Do(ctx context.Context, op Operation, body []byte) (Reply, error) {
	row, known := c.calls.Operation(op.Name)
	if !known {
		row = transport.Operation{Name: op.Name, Method: http.MethodPost, Path: "/" + op.Name, Quota: perShop}
	}
	if op.Method != "" {
		row.Method = op.Method
	}
	if op.Path != "" {
		row.Path = op.Path
	}
	call := transport.Call{Operation: row, Query: op.Query, Body: body, ContentType: formType}
	if row.Method == http.MethodGet {
		if !call.Query.Has("shopId") {
			call.Query = withShop(call.Query, c.cfg.Shop)
		}
	} else {
		call.ContentType = xmlType
	}
	r, err := c.calls.Do(ctx, call)
	return newReply(r), err
}

// The content types that the mall wants; a GET has one too, although it has no body.
const (
	formType = "application/x-www-form-urlencoded; charset=UTF-8"
	xmlType  = "application/xml; charset=utf-8"
)

func withShop(query url.Values, shop string) url.Values {
	with := url.Values{"shopId": {shop}}
	for name, values := range query {
		with[name] = values
	}
	return with
}
