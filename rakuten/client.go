package rakuten

import (
	"context"
	"errors"
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

// DefaultBaseURL is the real mall. There is no sandbox.
const DefaultBaseURL = "https://api.rms.rakuten.co.jp"

// Config is what a Client is made of. Shop and Keys are required.
type Config struct {
	Shop       string                  // a name for the shop (店舗URL, say); it stands in orders, errors and logs
	Keys       credential.Source[Keys] // asked before every call
	HTTPClient *http.Client            // never changed; nil is a private one with sane timeouts
	BaseURL    string                  // "" is DefaultBaseURL
	Header     http.Header             // sent with every call, for a relay; Authorization is refused
	Logger     *slog.Logger            // nil is silent
	Observer   order.Observer          // nil is none
	Limiter    order.Limiters          // nil is one call a second, Rakuten's guideline; order.Unlimited for the fake
	KeepBody   bool                    // keep each order's bytes, see order.Order.Body

	Statuses map[string]order.Status // the shop's own sub-statuses, see ConvertOptions
	Slots    timeslot.Matcher        // reads slot labels in remarks; nil is timeslot.Reader
}

// Client is one shop's access to the order side of RMS WEB SERVICE. It is safe for concurrent use; all its calls share one quota.
// Client is an order.Source, does the writes of package order, and is a credential.Prober.
type Client struct {
	shop     string
	wire     *transport.Client
	auth     *authority
	convert  ConvertOptions
	keepBody bool
}

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
	var err error
	c.wire, err = transport.New(transport.Config{
		Mall: order.Rakuten, Shop: cfg.Shop, HTTPClient: cfg.HTTPClient, BaseURL: cfg.BaseURL, Header: cfg.Header,
		Logger: cfg.Logger, Observer: cfg.Observer, Limiters: cfg.Limiter, Operations: operations(),
		Sign: c.auth.sign, Renew: c.auth.renew, Classify: classify,
		RequestID: func(h http.Header) string { return h.Get("RequestId") },
	})
	if err != nil {
		return nil, err
	}
	c.auth.fallback = func(ctx context.Context, refused *order.Error) {
		c.wire.Fallback(ctx, transport.Operation{Name: refused.Operation}, "old license key: "+refused.Code)
	}
	return c, nil
}

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

// Operation names a raw call. An operation of the table needs nothing but its Name.
type Operation struct {
	Name   string     // Rakuten's own name, for errors, logs and the quota
	Method string     // empty: as in the table
	Path   string     // empty: as in the table
	Query  url.Values // never logged

	Vars map[string]string // for the {placeholders} of the path, escaped
}

// Reply is what came back, beside what was decoded.
type Reply struct {
	Status    int
	Header    http.Header
	Body      []byte
	RequestID string          // Rakuten's id of the request, for its support desk
	Attempts  int             // how often it was sent
	Problems  []order.Problem // fields that could not be read; the rest of the reply is sound
}

// Do is the raw call: a JSON body, or nil, as it is, with the same auth, quota, limits and errors as the typed calls. An operation
// that is not in the table, or whose method or path differs from it, counts as an unsafe write and is never sent twice. Errors
// that the reply gives for single orders are joined; the Reply is there with them.
func (c *Client) Do(ctx context.Context, op Operation, body []byte) (Reply, error) {
	row, listed := c.wire.Operation(op.Name)
	row.Name = op.Name
	if op.Method != "" {
		row.Method = op.Method
	}
	if op.Path != "" {
		row.Path = op.Path
	}
	var messages struct {
		MessageModelList []MessageModel `json:"MessageModelList"`
	}
	call := transport.Call{Operation: row, Vars: op.Vars, Query: op.Query, Body: body}
	reply, err := c.call(ctx, call, &messages)
	reply.Problems = nil // those of the messages; the body is the caller's to read
	if !listed && reply.Status < 300 && errors.Is(err, wire.ErrMalformed) {
		return reply, nil // the older APIs of RMS answer in XML
	}
	if err != nil {
		return reply, err
	}
	return reply, c.failures(call, reply, messages.MessageModelList)
}

// operation finds a row that is in the table.
func (c *Client) operation(name string) transport.Operation {
	op, _ := c.wire.Operation(name)
	return op
}

// send makes a typed call: in is written, out is filled from the reply, also from one that tells of a failure.
func (c *Client) send(ctx context.Context, call transport.Call, in, out any) (Reply, error) {
	if in != nil {
		body, err := wire.EncodeJSON(in)
		if err != nil {
			return Reply{}, c.refuse(call, err)
		}
		call.Body = body
	}
	return c.call(ctx, call, out)
}

// contentType is sent as it stands: without the charset the gateway answers 415.
const contentType = "application/json; charset=utf-8"

func (c *Client) call(ctx context.Context, call transport.Call, out any) (Reply, error) {
	if call.Body != nil {
		call.ContentType = contentType
	}
	var used credential.Secret
	r, err := c.wire.Do(context.WithValue(ctx, usedKey{}, &used), call)
	if err != nil {
		reply := replyOf(r)
		if r != nil && len(r.Body) > 0 && out != nil {
			_, _ = decode(r.Body, out) // a failed batch says in its body what became of each order
		}
		var e *order.Error
		if errors.As(err, &e) {
			return reply, c.auth.explain(e, call.Operation)
		}
		return reply, err
	}
	c.auth.accept(used)
	reply := replyOf(r)
	if len(r.Body) == 0 || out == nil {
		return reply, nil
	}
	problems, err := decode(r.Body, out)
	if err != nil {
		return reply, &order.Error{Class: order.ErrUndecodable, Mall: order.Rakuten, Shop: c.shop, Operation: call.Operation.Name,
			Order: call.Order, HTTPStatus: r.Status, RequestID: r.RequestID, Attempts: r.Attempts, Err: err}
	}
	for _, p := range problems {
		reply.Problems = append(reply.Problems, order.Problem{Field: p.Path, Reason: "not readable as " + p.Want, Text: p.Text})
	}
	return reply, nil
}

func replyOf(r *transport.Response) Reply {
	if r == nil {
		return Reply{}
	}
	return Reply{Status: r.Status, Header: r.Header, Body: r.Body, RequestID: r.RequestID, Attempts: r.Attempts}
}

// refuse is the error of a request that is not sent.
func (c *Client) refuse(call transport.Call, err error) error {
	return &order.Error{Class: order.ErrInvalid, Mall: order.Rakuten, Shop: c.shop, Operation: call.Operation.Name,
		Order: call.Order, Err: err, Hint: "nothing was sent"}
}
