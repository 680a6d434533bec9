package aupay

import (
	"cmp"
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

// The mall's addresses. The test host has its own keys and shop numbers; who may use it is not
// known.
const (
	DefaultBaseURL = "https://api.manager.wowma.jp/wmshopapi"
	TestBaseURL    = "https://sg.manager.wowma.jp/wmshopapi"
)

// Config configures a Client. Shop and Keys are required.
type Config struct {
	Shop string // the shop's number (会員番号, shopId), digits only
	// read before every call, so that keys can change while the client runs
	Keys credential.Source[Keys]
	// never modified; nil is a private one with timeouts. A relay's RoundTripper goes in here
	HTTPClient *http.Client
	BaseURL    string // "" is DefaultBaseURL; a relay or a fake goes here
	// allow an http BaseURL on another machine. Keys and buyers' data are sent in clear text: only
	// inside a closed network
	PlainHTTP bool
	// sent with every call, for a relay; Authorization is refused
	Header   http.Header
	Logger   *slog.Logger   // nil is silent
	Observer order.Observer // nil is none
	// nil is one call a second, see Limits in the package documentation; order.Unlimited is for the
	// fake, never for the mall
	Limiter order.Limiters
	// report to Observer and Logger where replies differ from what is expected, each difference
	// once an hour and client; see order.EventDrift and order.DriftOnce. It needs one of them
	Drift    bool
	KeepBody bool // keep each order's bytes, see order.Order.Body
	// the shop's own statuses (カスタムステータス); they take precedence over the mall's
	Statuses map[string]order.Status
	// reads slot labels, which each shop words itself; nil is timeslot.Default()
	Slots timeslot.Matcher
}

// Client is an API client for one shop on au PAY マーケット. It is safe for concurrent use; all its
// calls share one quota. It implements [order.Source], [order.Shipper], [order.Canceller],
// [order.Settler], [order.StockKeeper], [order.ReadSharer], [credential.Prober] and
// [credential.Coverer].
type Client struct {
	shop     string
	keys     credential.Source[Keys]
	calls    *transport.Client
	convert  ConvertOptions
	keepBody bool
}

// Format prints the mall and the shop, whatever the verb, so that no key is printed.
func (c *Client) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "aupay.Client(%s)", c.shop) }

// New validates cfg and returns a Client. It sends nothing. An error names the field that is wrong.
func New(cfg Config) (*Client, error) {
	refuse := func(text string) (*Client, error) {
		return nil, &order.Error{Class: order.ErrInvalid, Mall: order.AuPay, Shop: cfg.Shop,
			Err: errors.New(text)}
	}
	if cfg.Shop == "" {
		return refuse("Config.Shop is empty: it is the shop's number (会員番号)")
	}
	if err := shopNumber(cfg.Shop); err != nil {
		return refuse("Config.Shop " + err.Error() + " (会員番号)")
	}
	switch {
	case cfg.Keys == nil:
		return refuse("Config.Keys is nil; credential.Static(aupay.Keys{…}) is a fixed one")
	case cfg.Header.Get("Authorization") != "":
		return refuse("Config.Header may not set Authorization: the key comes from Config.Keys")
	}
	c := &Client{
		shop: cfg.Shop, keys: cfg.Keys, keepBody: cfg.KeepBody,
		convert: ConvertOptions{Shop: cfg.Shop, Statuses: maps.Clone(cfg.Statuses),
			Slots: cfg.Slots},
	}
	if c.convert.Slots == nil {
		c.convert.Slots = timeslot.Default()
	}
	var err error
	c.calls, err = transport.New(transport.Config{
		Mall: order.AuPay, Shop: cfg.Shop, HTTPClient: cfg.HTTPClient,
		BaseURL: cmp.Or(cfg.BaseURL, DefaultBaseURL), PlainHTTP: cfg.PlainHTTP, Header: cfg.Header,
		Logger: cfg.Logger, Observer: cfg.Observer, Limiters: cfg.Limiter, Drift: cfg.Drift,
		Weigh: c.weigh, Operations: operations(),
		Format: transport.XML, Encode: wire.EncodeXML, ContentType: xmlType, Tells: tells,
		Sign: c.sign, Renew: c.renew, Classify: classify,
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

const maxShopDigits = 18

// shopNumber refuses what cannot be the number of a shop.
func shopNumber(text string) error {
	if !digits(text) || len(text) > maxShopDigits {
		return fmt.Errorf("is not a number of at most %d digits", maxShopDigits)
	}
	return nil
}

// CloseIdleConnections closes connections that no call uses. The client stays usable. Connections
// of [Config.HTTPClient] belong to the caller and stay open.
func (c *Client) CloseIdleConnections() { c.calls.CloseIdleConnections() }

// Mall returns [order.AuPay].
func (c *Client) Mall() order.Mall { return order.AuPay }

// Shop returns [Config.Shop].
func (c *Client) Shop() string { return c.shop }

// Check makes the cheapest real call: the numbers of today's orders, one row. Its error says
// whether the key, its age, the registered address or the shop's number is wrong, and what to do;
// see [order.Class] for the classes. It takes one call of the quota. Safe to repeat.
func (c *Client) Check(ctx context.Context) error {
	today := order.DateOf(time.Now())
	_, err := c.SearchTradeNoList(ctx,
		SearchRequest{StartDate: today, EndDate: today, TotalCount: 1})
	return err
}

// Operation names a raw call. One that is in the table of the package documentation needs only its
// Name. For any other, an empty Method is POST and an empty Path is the Name.
type Operation struct {
	// the mall's name of it, for errors, logs and the quota: doCreditCertainProc, …
	Name   string
	Method string // "" is the table's
	// below the base URL, complete or with {placeholders}; "" is the table's
	Path  string
	Query url.Values        // never logged; shopId is added to a GET when it is missing
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
	Problems []order.Problem
	Result   Result // the head of the reply, with every error row

	// bounds the mall's words and takes the request's credentials out of them
	scrub func(*order.Error)
}

// Do makes a raw call with the auth, quota, limits and errors of the typed calls. body is XML and
// sent unchanged; nil sends none. An operation that is not in the table, or whose method or path
// differs from it, is treated as an unsafe write and is never sent twice. The Reply is filled on
// errors too, if there was one.
func (c *Client) Do(ctx context.Context, op Operation, body []byte) (Reply, error) {
	if c.calls.Row(op.Name).Name == "" {
		op.Method, op.Path = cmp.Or(op.Method, http.MethodPost), cmp.Or(op.Path, "/"+op.Name)
	}
	call := c.calls.Resolve(transport.Raw(op), body)
	call.Operation.Quota = perShop
	call.ContentType = xmlType
	if call.Operation.Method == http.MethodGet {
		call.ContentType = formType
		if !call.Query.Has("shopId") {
			call.Query = maps.Clone(call.Query)
			if call.Query == nil {
				call.Query = url.Values{}
			}
			call.Query.Set("shopId", c.shop)
		}
	}
	var head struct {
		_      wire.Partial
		Result Result `xml:"result"`
	}
	return c.send(ctx, call, nil, &head, &head.Result)
}

// The content types that the mall wants; a GET has one too, although it has no body.
const (
	formType = "application/x-www-form-urlencoded; charset=UTF-8"
	xmlType  = "application/xml; charset=utf-8"
)

// get makes one typed GET and fills answer, of which result is a part. accept checks the answer;
// nil accepts any.
func (c *Client) get(ctx context.Context, name string, query func(shop string) (url.Values, error),
	answer any, result *Result,
	accept func() error) (Reply, error) {
	q, err := query(c.shop)
	if err != nil {
		return Reply{}, c.calls.Refuse(name, q.Get("orderId"), err)
	}
	call := transport.Call{Operation: c.calls.Row(name), Query: q, ContentType: formType,
		Order: q.Get("orderId")}
	if accept != nil {
		call.Accept = func(*transport.Response) error { return accept() }
	}
	return c.send(ctx, call, nil, answer, result)
}

// post makes one typed POST. Writing the request as XML refuses what XML cannot carry.
func (c *Client) post(
	ctx context.Context, name, orderID string, request, answer any, result *Result,
) (Reply, error) {
	return c.send(ctx, transport.Call{Operation: c.calls.Row(name), Order: orderID}, request,
		answer, result)
}

// tells reports that any reply may say what became of single elements.
func tells(*transport.Response) bool { return true }

// send makes a call; result is the head of answer.
func (c *Client) send(
	ctx context.Context, call transport.Call, request, answer any, result *Result,
) (Reply, error) {
	a, err := c.calls.Send(ctx, call, request, answer)
	reply := Reply{Status: a.Status, Header: a.Header, Body: a.Body, RequestID: a.RequestID,
		Attempts: a.Attempts, Problems: a.Problems,
		Result: *result, scrub: a.Scrub}
	reply.Result.Errors = result.rows()
	return reply, err
}
