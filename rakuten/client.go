package rakuten

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// [DefaultBaseURL] is the production endpoint. There is no sandbox.
const DefaultBaseURL = "https://api.rms.rakuten.co.jp"

// Config configures a Client. Shop and Keys are required.
type Config struct {
	// a name for the shop, for instance its 店舗URL; it appears in orders, errors and logs
	Shop string
	// read before every call, so that keys can change while the client runs
	Keys credential.Source[Keys]
	// never modified; nil is a private one with timeouts. A relay's RoundTripper goes in here
	HTTPClient *http.Client
	BaseURL    string // "" is DefaultBaseURL; set it for a relay or a fake
	// allow an http BaseURL on another machine. Keys and buyers' data are sent in clear text: only
	// inside a closed network
	PlainHTTP bool
	// sent with every call, for a relay; Authorization is refused
	Header   http.Header
	Logger   *slog.Logger   // nil is silent
	Observer order.Observer // nil is none
	// nil is one call a second, Rakuten's guideline; order.Unlimited is for the fake, never for the
	// mall
	Limiter order.Limiters
	// report to Observer and Logger where replies differ from what is expected, each difference
	// once an hour and client; see order.EventDrift and order.DriftOnce. It needs one of them
	Drift    bool
	KeepBody bool // keep each order's bytes, see order.Order.Body
	// the shop's own sub-statuses (サブステータス) by name, see ConvertOptions
	Statuses map[string]order.Status
	// reads slot labels in remarks (備考), which each shop words itself; nil is timeslot.Default()
	Slots timeslot.Matcher
}

// Client is an API client for one shop on Rakuten Ichiba. It is safe for concurrent use; all its
// calls share one quota. It implements [order.Source], [order.Lister], [order.Confirmer],
// [order.Shipper], [order.Canceller], [order.Annotator], [order.DeliveryChanger], [order.Settler],
// [order.StockKeeper], [order.ReadSharer], [credential.Prober] and [credential.Coverer].
type Client struct {
	shop     string
	calls    *transport.Client
	auth     *authority
	trials   trials
	convert  ConvertOptions
	keepBody bool
}

// Format prints the mall and the shop, whatever the verb, so that no key is printed.
func (c *Client) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "rakuten.Client(%s)", c.shop) }

// New validates cfg and returns a Client. It sends nothing. An error names the field that is wrong.
func New(cfg Config) (*Client, error) {
	refuse := func(text string) (*Client, error) {
		return nil, &order.Error{Class: order.ErrInvalid, Mall: order.Rakuten, Shop: cfg.Shop,
			Err: errors.New(text)}
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
		shop: cfg.Shop,
		auth: &authority{source: cfg.Keys},
		convert: ConvertOptions{Shop: cfg.Shop, Statuses: maps.Clone(cfg.Statuses),
			Slots: cfg.Slots},
		keepBody: cfg.KeepBody,
	}
	if c.convert.Slots == nil {
		c.convert.Slots = timeslot.Default()
	}
	var err error
	c.calls, err = transport.New(transport.Config{
		Mall: order.Rakuten, Shop: cfg.Shop, HTTPClient: cfg.HTTPClient, BaseURL: cfg.BaseURL,
		PlainHTTP: cfg.PlainHTTP, Header: cfg.Header,
		Logger: cfg.Logger, Observer: cfg.Observer, Limiters: cfg.Limiter, Drift: cfg.Drift,
		Weigh: c.weigh, Operations: operations(),
		Format: transport.JSON, Encode: wire.EncodeJSON, ContentType: contentType, Tells: tells,
		Sign: c.auth.sign, Renew: c.auth.renew, Classify: classify,
		RequestID: func(h http.Header) string { return h.Get("RequestId") },
	})
	if err != nil {
		return nil, err
	}
	c.auth.fallback = func(ctx context.Context, refused *order.Error) {
		c.calls.Fallback(ctx, transport.Operation{Name: refused.Operation},
			"old license key: "+refused.Code)
	}
	return c, nil
}

// CloseIdleConnections closes connections that no call uses. The client stays usable. Connections
// of [Config.HTTPClient] belong to the caller and stay open.
func (c *Client) CloseIdleConnections() { c.calls.CloseIdleConnections() }

// Mall returns [order.Rakuten].
func (c *Client) Mall() order.Mall { return order.Rakuten }

// Shop returns [Config.Shop].
func (c *Client) Shop() string { return c.shop }

// Check makes the cheapest real call, a search of the last minute, to find out whether the keys
// work. Its error says whether key, function or propagation is the likely cause, and what to do;
// see [order.Class] for the classes. It takes one call of the quota. Safe to repeat.
func (c *Client) Check(ctx context.Context) error {
	now := time.Now()
	_, err := c.SearchOrder(ctx, SearchOrderRequest{
		DateType: ByOrderDate, StartDatetime: NewDateTime(now.Add(-time.Minute)),
		EndDatetime:            NewDateTime(now),
		PaginationRequestModel: &PaginationRequest{RequestRecordsAmount: 1, RequestPage: 1},
	})
	return err
}

// Operation names a raw call. One that is in the table of the package documentation needs only its
// Name.
type Operation struct {
	Name   string // Rakuten's name, for errors, logs and the quota
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
	RequestID string // Rakuten's id of the request, for its support desk
	Attempts  int    // how often the call was sent
	// fields that could not be read; the rest of the reply is intact
	Problems []order.Problem

	// shortens the mall's texts and removes the request's credentials from them
	scrub func(*order.Error)
}

// Do makes a raw call with the auth, quota, limits and errors of the typed calls. body is JSON and
// sent unchanged; nil sends none. An operation that is not in the table, or whose method or path
// differs from it, is treated as an unsafe write and is never sent twice. Errors of single orders
// in the reply are joined. The Reply is filled on errors too, if there was one.
func (c *Client) Do(ctx context.Context, op Operation, body []byte) (Reply, error) {
	call := c.calls.Resolve(transport.Raw(op), body)
	var messages struct {
		_                wire.Partial
		MessageModelList []MessageModel `json:"MessageModelList"`
	}
	reply, err := c.send(ctx, call, nil, &messages)
	reply.Problems = nil // those of the messages; the body is the caller's to read
	if err != nil {
		return reply, err
	}
	return reply, c.failures(call, reply, messages.MessageModelList)
}

// contentType is sent unchanged: without the charset the gateway answers 415.
const contentType = "application/json; charset=utf-8"

// tells reports whether a reply's body says what became of each order of a batch. That of a failed
// batch does; that of an undocumented success does not.
func tells(r *transport.Response) bool { return r.Status >= http.StatusBadRequest }

// send makes a call, notes which key was accepted, and completes a refusal of the key.
func (c *Client) send(ctx context.Context, call transport.Call, in, out any) (Reply, error) {
	var used credential.Secret
	a, err := c.calls.Send(context.WithValue(ctx, usedKey{}, &used), call, in, out)
	reply := Reply{Status: a.Status, Header: a.Header, Body: a.Body, RequestID: a.RequestID,
		Attempts: a.Attempts,
		Problems: a.Problems, scrub: a.Scrub}
	var e *order.Error
	switch {
	case err == nil:
		c.auth.accept(used)
	case errors.As(err, &e):
		err = c.auth.explain(e, call.Operation)
	}
	return reply, err
}
