package transport

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// Client makes calls to one shop of one mall. It is safe for concurrent use.
type Client struct {
	cfg        Config
	base       *url.URL
	http       *http.Client // a copy of the caller's with our redirect rule
	private    bool         // the connections are ours to close
	operations map[string]Operation
	shapes     map[string]*wire.Shape // of the answers of operations

	mu      sync.Mutex
	buckets map[string]*bucket // by group or operation name
}

// New checks cfg and makes a Client. Its error is an *order.Error of class ErrInvalid that names the field.
func New(cfg Config) (*Client, error) {
	refuse := func(err error) (*Client, error) {
		return nil, &order.Error{Class: order.ErrInvalid, Mall: cfg.Mall, Shop: cfg.Shop, Err: err}
	}
	if cfg.Mall == "" {
		return refuse(errors.New("config field Mall is missing"))
	}
	base, err := parseBase(cfg.BaseURL, cfg.PlainHTTP)
	if err != nil {
		return refuse(err)
	}
	if err := checkHeader(cfg.Header); err != nil {
		return refuse(err)
	}
	if cfg.Limits, err = cfg.Limits.withDefaults(); err != nil {
		return refuse(err)
	}
	cfg.Header = cfg.Header.Clone()
	cfg.UserAgent = orDefault(cfg.UserAgent, "jpmall")

	c := &Client{cfg: cfg, base: base, operations: map[string]Operation{}, shapes: map[string]*wire.Shape{}, buckets: map[string]*bucket{}}
	groups := map[string]Quota{}
	for _, op := range cfg.Operations {
		if err := op.check(); err != nil {
			return refuse(err)
		}
		if _, twice := c.operations[op.Name]; twice {
			return refuse(fmt.Errorf("operation %s stands twice in the table", op.Name))
		}
		c.operations[op.Name] = op
		shape, err := wire.ParseShape(op.Answer.Members...)
		if err != nil {
			return refuse(fmt.Errorf("operation %s: %w", op.Name, err))
		}
		c.shapes[op.Name] = &shape
		if g := op.Quota.Group; g != "" {
			if first, ok := groups[g]; ok && first != op.Quota {
				return refuse(fmt.Errorf("operation %s: quota differs from that of its group %s", op.Name, g))
			}
			groups[g] = op.Quota
		}
	}
	c.http, c.private = ownClient(cfg.HTTPClient)
	return c, nil
}

// Call is one call to make. Nothing in it is changed. Body must stay as it is even after Do has returned: a connection that was
// given up may still be reading it.
type Call struct {
	Operation   Operation         // from the table, or a raw one: then it counts as Unsafe, whatever it says
	Vars        map[string]string // for the placeholders of the path
	Query       url.Values
	Header      http.Header
	Body        []byte
	ContentType string
	Order       string // the order number that the call concerns, for errors
	ID          string // what the answer must name where its members say so (=$); "" = Order
	Retry       *Retry // for a request that proves itself safer, or more dangerous, than its operation; table operations only

	// Accept reads a reply that is the documented answer by status and shape, inside the attempt, so that one that cannot be read is
	// asked for again. Its error makes the reply undecodable, unless it is an *order.Error. It may be called several times; the
	// last call counts. nil = the reply is not looked into.
	Accept func(*Response) error
}

// Response is a complete reply.
type Response struct {
	Status    int
	Header    http.Header
	Body      []byte // whole for a status below 300; above, cut at Limits.MaxErrorBody
	RequestID string
	Attempts  int           // how often the call was sent
	Duration  time.Duration // of the last attempt, from sending to the end of the body

	sent *http.Request // that was answered, for Redact
}

// Do makes one call and returns the mall's reply. The error is always an *order.Error; when there was a reply it is returned
// too, so that results per order can be read from it. After an error of a write, ask Unsettled whether it may have been applied.
//
// A done ctx ends Do at once, wherever it waits, and errors.Is finds its error.
func (c *Client) Do(ctx context.Context, call Call) (*Response, error) {
	x, err := c.newExchange(ctx, call)
	if err != nil {
		return nil, &order.Error{Class: order.ErrInvalid, Mall: c.cfg.Mall, Shop: c.cfg.Shop,
			Operation: call.Operation.Name, Order: call.Order, Err: err, Hint: "nothing was sent"}
	}
	ctx = c.begin(ctx, x.event(order.EventCall, 0, x.start))
	r, err := x.run(ctx)
	x.observeCall(ctx, r, err)
	return r, err
}

// Operation finds a row of the table.
func (c *Client) Operation(name string) (Operation, bool) {
	op, ok := c.operations[name]
	return op, ok
}

// CloseIdleConnections closes pooled connections when they are the client's own; those of a caller's http.Client stay.
func (c *Client) CloseIdleConnections() {
	if c.private {
		c.http.CloseIdleConnections()
	}
}

// resolve finds the row that counts for a call. A raw operation is Unsafe unless it is a row of the table, path and all: a name
// alone proves nothing about another path.
func (c *Client) resolve(call Call) (op Operation, retry Retry, listed bool, err error) {
	op = call.Operation
	if row, ok := c.operations[op.Name]; ok && row.Method == op.Method && row.Path == op.Path {
		if call.Retry != nil {
			return row, *call.Retry, true, nil
		}
		return row, row.Retry, true, nil
	}
	op.Retry = Unsafe
	return op, Unsafe, false, op.check()
}
