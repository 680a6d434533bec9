package rakuten

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// DefaultBaseURL is the real mall. There is no sandbox.
const DefaultBaseURL = "https://api.rms.rakuten.co.jp"

// Config is what a Client is made of. Shop and Keys are required.
type Config struct {
	Shop       string                  // a name for the shop (店舗URL, say); it stands in orders, errors and logs
	Keys       credential.Source[Keys] // asked before every call, so that keys can change while the client runs
	HTTPClient *http.Client            // never changed; nil is a private one with sane timeouts. A relay's RoundTripper goes in here
	BaseURL    string                  // "" is DefaultBaseURL; a relay or a fake goes here
	PlainHTTP  bool                    // BaseURL may be http to another machine than this one: keys and buyers travel in clear, so only inside a closed network
	Header     http.Header             // sent with every call, for a relay; Authorization is refused
	Logger     *slog.Logger            // nil is silent
	Observer   order.Observer          // nil is none
	Limiter    order.Limiters          // nil is one call a second, Rakuten's guideline; order.Unlimited for the fake, never for the mall
	KeepBody   bool                    // keep each order's bytes, see order.Order.Body
	Statuses   map[string]order.Status // the shop's own sub-statuses (サブステータス) by name; they win over the mall's table, see ConvertOptions
	Slots      timeslot.Matcher        // reads slot labels in remarks (備考), which each shop words itself; nil is timeslot.Default()
}

// Client is one shop's access to the order side of RMS WEB SERVICE. It is safe for concurrent use; all its calls share one quota.
// Client is an order.Source, does the writes of package order, and is a credential.Prober.
type Client struct {
	shop     string
	calls    *transport.Client
	auth     *authority
	convert  ConvertOptions
	keepBody bool
}

// Format prints the mall and the shop, whatever the verb: the rest of a Client is keys, tokens and connections.
func (c *Client) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "rakuten.Client(%s)", c.shop) }

// New checks cfg and makes a Client; it sends nothing. The error names the field.
func New(cfg Config) (*Client, error) {
	refuse := func(text string) (*Client, error) {
		return nil, &order.Error{Class: order.ErrInvalid, Mall: order.Rakuten, Shop: cfg.Shop, Err: errors.New(text)}
	}
	switch {
	case cfg.Shop == "":
		return refuse("Config.Shop is empty")
	case cfg.Keys == nil:
		return refuse("Config.Keys is missing")
	case cfg.Header.Get("Authorization") != "":
		return refuse("Config.Header may not set Authorization: keys come from Config.Keys")
	}
	if cfg.BaseURL == "" {
		cfg.BaseURL = DefaultBaseURL
	}
	c := &Client{
		shop:     cfg.Shop,
		auth:     &authority{source: cfg.Keys},
		convert:  ConvertOptions{Shop: cfg.Shop, Statuses: maps.Clone(cfg.Statuses), Slots: cfg.Slots},
		keepBody: cfg.KeepBody,
	}
	if c.convert.Slots == nil {
		c.convert.Slots = timeslot.Default()
	}
	var err error
	c.calls, err = transport.New(transport.Config{
		Mall: order.Rakuten, Shop: cfg.Shop, HTTPClient: cfg.HTTPClient, BaseURL: cfg.BaseURL, PlainHTTP: cfg.PlainHTTP, Header: cfg.Header,
		Logger: cfg.Logger, Observer: cfg.Observer, Limiters: cfg.Limiter, Operations: operations(),
		Format: transport.JSON, Sign: c.auth.sign, Renew: c.auth.renew, Classify: classify,
		RequestID: func(h http.Header) string { return h.Get("RequestId") },
	})
	if err != nil {
		return nil, err
	}
	c.auth.fallback = func(ctx context.Context, refused *order.Error) {
		c.calls.Fallback(ctx, transport.Operation{Name: refused.Operation}, "old license key: "+refused.Code)
	}
	return c, nil
}

// CloseIdleConnections gives back connections that no call uses. The client can be used on. Those of Config.HTTPClient are its owner's
// to close and stay.
func (c *Client) CloseIdleConnections() { c.calls.CloseIdleConnections() }

// Mall is order.Rakuten.
func (c *Client) Mall() order.Mall { return order.Rakuten }

// Shop is Config.Shop.
func (c *Client) Shop() string { return c.shop }

// Check makes the cheapest real call, a search of the last minute, and tells whether the keys work. Its error says which of key,
// function or propagation it may be, and what to do; see order.Class for the classes. One call of the quota, harmless to repeat.
func (c *Client) Check(ctx context.Context) error {
	now := time.Now()
	_, err := c.SearchOrder(ctx, SearchOrderRequest{
		DateType: ByOrderDate, StartDatetime: NewDateTime(now.Add(-time.Minute)), EndDatetime: NewDateTime(now),
		PaginationRequestModel: &PaginationRequest{RequestRecordsAmount: 1, RequestPage: 1},
	})
	return err
}
