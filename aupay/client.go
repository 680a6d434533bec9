package aupay

import (
	"cmp"
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

// The mall's addresses. Who may use the test host is not known; it has keys and shop ids of its own.
const (
	DefaultBaseURL = "https://api.manager.wowma.jp/wmshopapi"
	TestBaseURL    = "https://sg.manager.wowma.jp/wmshopapi"
)

// Config is what a Client is made of. Shop and Keys are required.
type Config struct {
	Shop       string                  // the shop's number (会員番号, shopId), digits only
	Keys       credential.Source[Keys] // asked before every call, so that keys can change while the client runs
	HTTPClient *http.Client            // never changed; nil is a private one with sane timeouts. A relay's RoundTripper goes in here
	BaseURL    string                  // "" is DefaultBaseURL; a relay or a fake goes here
	PlainHTTP  bool                    // BaseURL may be http to another machine than this one: keys and buyers travel in clear, so only inside a closed network
	Header     http.Header             // sent with every call, for a relay; Authorization is refused
	Logger     *slog.Logger            // nil is silent
	Observer   order.Observer          // nil is none
	Limiter    order.Limiters          // nil is one call a second, see Limits of the package documentation; order.Unlimited for the fake, never for the mall
	KeepBody   bool                    // keep each order's bytes, see order.Order.Body
	Statuses   map[string]order.Status // the shop's own status texts (カスタムステータス); they win over the mall's table
	Slots      timeslot.Matcher        // reads slot labels, which each shop words itself; nil is timeslot.Default()
}

// Client works for one shop of au PAY マーケット. It is safe for concurrent use; all its calls share one quota. Client is an
// order.Source, an order.Shipper and an order.Canceller.
type Client struct {
	shop     string
	keys     credential.Source[Keys]
	calls    *transport.Client
	convert  ConvertOptions
	keepBody bool
}

// Format prints the mall and the shop, whatever the verb: the rest of a Client is keys, tokens and connections.
func (c *Client) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "aupay.Client(%s)", c.shop) }

// New checks cfg and makes a Client; it sends nothing. The zero Config is refused. The error names the field.
func New(cfg Config) (*Client, error) {
	refuse := func(text string) (*Client, error) {
		return nil, &order.Error{Class: order.ErrInvalid, Mall: order.AuPay, Shop: cfg.Shop, Err: errors.New(text)}
	}
	switch {
	case cfg.Shop == "":
		return refuse("Config.Shop is empty: it is the shop's number (会員番号)")
	case !digits(cfg.Shop) || len(cfg.Shop) > maxShopDigits:
		return refuse("Config.Shop is not a number of at most 18 digits (会員番号)")
	case cfg.Keys == nil:
		return refuse("Config.Keys is nil; credential.Static(aupay.Keys{…}) is a fixed one")
	case cfg.Header.Get("Authorization") != "":
		return refuse("Config.Header may not set Authorization: the key comes from Config.Keys")
	}
	c := &Client{
		shop: cfg.Shop, keys: cfg.Keys, keepBody: cfg.KeepBody,
		convert: ConvertOptions{Shop: cfg.Shop, Statuses: maps.Clone(cfg.Statuses), Slots: cfg.Slots},
	}
	if c.convert.Slots == nil {
		c.convert.Slots = timeslot.Default()
	}
	var err error
	c.calls, err = transport.New(transport.Config{
		Mall: order.AuPay, Shop: cfg.Shop, HTTPClient: cfg.HTTPClient, BaseURL: cmp.Or(cfg.BaseURL, DefaultBaseURL), PlainHTTP: cfg.PlainHTTP, Header: cfg.Header,
		Logger: cfg.Logger, Observer: cfg.Observer, Limiters: cfg.Limiter, Operations: operations(),
		Format: transport.XML, Sign: c.sign, Renew: c.renew, Classify: classify,
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

const maxShopDigits = 18

// CloseIdleConnections gives back connections that no call uses. The client can be used on. Those of Config.HTTPClient are its owner's
// to close and stay.
func (c *Client) CloseIdleConnections() { c.calls.CloseIdleConnections() }

// Mall is order.AuPay.
func (c *Client) Mall() order.Mall { return order.AuPay }

// Shop is Config.Shop.
func (c *Client) Shop() string { return c.shop }

// Check makes the cheapest real call, the numbers of today's orders with one row, and tells by its error whether the key, its age,
// the registered address or the shop's number is wrong, and what to do; see order.Class for the classes. One call of the quota.
// It is a read: repeating it is harmless.
func (c *Client) Check(ctx context.Context) error {
	today := order.DateOf(time.Now())
	_, err := c.SearchTradeNoList(ctx, SearchRequest{StartDate: today, EndDate: today, TotalCount: 1})
	return err
}
