// Package kobune makes a shop system that jpmall does not support a mall like the others: an
// order.Source with Ship and Cancel, and a key watched by a credential.Monitor. It imports public
// packages only.
//
//	client.go   Config, New
//	call.go     one call: quota, key, retry, error classes
//	convert.go  the shop's order → order.Order
//	source.go   order.Source
//	write.go    order.Shipper, order.Canceller, order.Settler
//	key.go      the rule for the key's lifetime, and querying its end
//	words.go    what to do next, in English and Japanese
package kobune

import (
	"errors"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/time/rate"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// Mall is the name of the shop system, as people read it. Nothing registers it.
const Mall order.Mall = "小舟カート"

// Config says which shop, and how to reach it. Shop, BaseURL and Key are needed.
type Config struct {
	Shop       string
	BaseURL    string
	Key        credential.Source[credential.Secret] // asked before every call
	HTTPClient *http.Client                         // nil is http.DefaultClient
	Limiter    order.Limiter                        // nil is 40 calls a second; the shop allows 50
	Observer   order.Observer                       // nil is none
	Slots      timeslot.Matcher                     // nil is timeslot.Default()
	// before the second attempt, doubled before each further one; 0 is half a second
	Pause time.Duration
}

// Client is one shop. It is safe for concurrent use.
type Client struct {
	cfg  Config
	base *url.URL
}

// New checks the configuration. It sends nothing.
func New(cfg Config) (*Client, error) {
	refuse := func(text string) (*Client, error) {
		return nil, &order.Error{Class: order.ErrInvalid, Mall: Mall, Shop: cfg.Shop,
			Err: errors.New("kobune: Config." + text)}
	}
	base, err := url.Parse(cfg.BaseURL)
	switch {
	case cfg.Shop == "":
		return refuse("Shop is empty")
	case err != nil || base.Host == "":
		return refuse("BaseURL is no URL")
	case cfg.Key == nil:
		return refuse("Key is nil")
	}
	if cfg.HTTPClient == nil {
		cfg.HTTPClient = http.DefaultClient
	}
	if cfg.Limiter == nil {
		cfg.Limiter = rate.NewLimiter(40, 1)
	}
	if cfg.Slots == nil {
		cfg.Slots = timeslot.Default()
	}
	if cfg.Pause == 0 {
		cfg.Pause = 500 * time.Millisecond
	}
	return &Client{cfg: cfg, base: base}, nil
}

// Mall is that of the package.
func (c *Client) Mall() order.Mall { return Mall }

// Shop is that of the Config.
func (c *Client) Shop() string { return c.cfg.Shop }

// Capabilities says what the shop supports. A Feed takes from it that changes can be searched for.
func (c *Client) Capabilities() order.Capabilities {
	return order.Capabilities{Mall: Mall, Rows: []order.Capability{
		{Ability: order.CanRead, Yes: true},
		{Ability: order.CanReadUpdated, Yes: true},
		{Ability: order.CanFollow, Yes: true, Window: 365 * 24 * time.Hour, Every: time.Minute},
		{Ability: order.CanShip, Yes: true},
		{Ability: order.CanCancel, Yes: true},
		{Ability: order.CanExpiry, Yes: true},
	}}
}
