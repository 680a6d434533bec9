package faulttest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jpmall/jpmall/order"
)

// proxy stands between a client and its mall and lets calls fail in the ways of kinds. Which calls
// fail, and how, follows from the seed as long as the shop is called one call at a time, which a
// feed and a batch of writes do.
type proxy struct {
	mall *mall

	mu      sync.Mutex
	dice    *rand.Rand
	kinds   []kind
	oneIn   int                // one call in so many fails; 0 is none
	meant   func(*call) bool   // of which calls; nil is all
	off     bool               // nothing fails, and nothing lags
	endless int                // how many bodies may go on for ever: each costs the client's whole limit of 64 MiB
	aged    time.Time          // when a read was last given an answer of before
	calls   int                // that could fail
	struck  map[string]int     // by kind
	secrets map[string]bool    // what signed the calls
	answers map[string]reply   // the newest answer of the mall, by request
	by      map[string]reply   // the newest answer with a status of success, by operation
	written map[string]success // the newest success of a write, by operation
	orders  map[string]json.RawMessage
	lag     lag
}

// success is the answer of a write that went well, with the orders that it named.
type success struct {
	reply
	ids []string
}

// lag lets reads show what they showed before.
type lag struct {
	until   time.Time
	begun   time.Time // when its answers were the newest
	answers map[string]reply
	orders  map[string]json.RawMessage // Rakuten's orders come in batches, so each is kept by its number
}

// newProxy makes a proxy that lets one call in five fail.
func newProxy(m *mall, seed uint64, endless int) *proxy {
	return &proxy{
		mall: m, dice: rand.New(rand.NewPCG(seed, uint64(len(m.name)))), kinds: kinds, oneIn: 5, endless: endless,
		struck: map[string]int{}, secrets: map[string]bool{},
		answers: map[string]reply{}, by: map[string]reply{}, written: map[string]success{},
		orders: map[string]json.RawMessage{},
	}
}

// arm lets calls fail, or none any more.
func (p *proxy) arm(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.off = !on
	if !on {
		p.lag = lag{}
		p.mall.clear()
	}
}

// always lets every call that is meant fail in one way.
func (p *proxy) always(k kind, meant func(*call) bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.kinds, p.oneIn, p.meant, p.off = []kind{k}, 1, meant, false
}

// old reports when a read was last given an answer of before.
func (p *proxy) old() time.Time { p.mu.Lock(); defer p.mu.Unlock(); return p.aged }

// RoundTrip sends a request to the mall, or lets it fail.
func (p *proxy) RoundTrip(r *http.Request) (*http.Response, error) {
	c, err := p.newCall(r)
	if err != nil {
		return nil, err
	}
	k, strikes := p.draw(c)
	if !strikes {
		return c.respond(c.forward())
	}
	resp, err := k.play(c)
	p.mall.clear() // what a kind planned at the mall is for this call only
	return resp, err
}

func (p *proxy) newCall(r *http.Request) (*call, error) {
	c := &call{proxy: p, req: r, op: r.Method + " " + anyOrder.ReplaceAllString(r.URL.Path, "{id}")}
	if r.Body != nil {
		var err error
		if c.body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		r.Body.Close()
	}
	c.key = r.Method + " " + r.URL.String() + " " + string(c.body)
	c.token = strings.HasSuffix(r.URL.Path, "/token")
	c.write = !c.token && aWrite.MatchString(r.URL.Path)
	c.json = c.token || p.mall.name == order.Rakuten || p.mall.name == order.Amazon
	c.ids = slices.Compact(slices.Sorted(slices.Values(anyOrder.FindAllString(r.URL.Path+" "+string(c.body), -1))))
	if id := r.URL.Query().Get("orderId"); id != "" {
		c.ids = append(c.ids, id)
	}
	if i := slices.IndexFunc(readings[p.mall.name], func(row reading) bool { return c.is(row.meant) }); i >= 0 {
		row := readings[p.mall.name][i]
		c.member = row.member
		c.count, c.maybe = strings.CutSuffix(row.count, "?")
	} else if c.write {
		c.member = map[order.Mall]string{order.Rakuten: "MessageModelList", order.Yahoo: "Status",
			order.AuPay: "status"}[p.mall.name]
	}
	for meant, frame := range frames[p.mall.name] {
		if c.is(meant) && !c.write && !c.token {
			c.frame = frame
		}
	}
	return c, nil
}

// draw reports which kind strikes a call.
func (p *proxy) draw(c *call) (kind, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.off || p.oneIn == 0 || p.meant != nil && !p.meant(c) {
		return kind{}, false
	}
	for _, name := range []string{"Authorization", "X-Amz-Access-Token"} {
		for secret := range strings.FieldsSeq(c.req.Header.Get(name)) {
			p.secrets[secret] = true
		}
	}
	p.calls++
	if p.dice.IntN(p.oneIn) > 0 {
		return kind{}, false
	}
	if len(p.kinds) == 1 && !p.kinds[0].fits(c) {
		return kind{}, false
	}
	for {
		k := p.kinds[p.dice.IntN(len(p.kinds))]
		if k.name == endlessBody {
			if p.endless <= 0 {
				continue
			}
			p.endless--
		}
		if !k.fits(c) {
			continue
		}
		p.struck[k.name]++
		return k, true
	}
}

// missed takes back that a kind struck: it found nothing to change.
func (p *proxy) missed(name string) { p.mu.Lock(); defer p.mu.Unlock(); p.struck[name]-- }

// roll is one of n, from 0.
func (p *proxy) roll(n int) int { p.mu.Lock(); defer p.mu.Unlock(); return p.dice.IntN(n) }

// call is one request on its way.
type call struct {
	*proxy
	req    *http.Request
	body   []byte
	key    string // the whole request
	op     string // method and path without what names one order
	ids    []string
	write  bool
	token  bool // the token endpoint of Yahoo! or Amazon
	json   bool
	member string // what the mall documents to be in the answer: of a list its rows
	count  string // how many rows there are, where the mall tells
	maybe  bool   // the count may be left out
	frame  string // what else is always in the answer, even of a list without rows
}

// frames are the members that the answer to a read always has beside what it is about, by a part of
// the request.
var frames = map[order.Mall]map[string]string{
	order.Rakuten: {"/searchOrder/": "PaginationResponseModel"},
	order.Yahoo:   {"/orderList": "Search", "/orderInfo": "ResultSet", "/orderCount": "Result"},
	order.AuPay:   {"/search": "result"},
}

var (
	anyOrder = regexp.MustCompile(`\b(\d{6}-\d{8}-\d{10}|\d{3}-\d{7}-\d{7}|mihon-store-\d+|9\d{8})\b`)
	aWrite   = regexp.MustCompile(
		`/(update|confirm|cancel|set|order\w*(Change|Add|Split|Number|Cancel)$)\w*/?$|shipmentConfirmation$|upsert$`)
)

// is reports whether a request is one of the meant, which is a part of method, address and body.
func (c *call) is(meant string) bool {
	return strings.Contains(c.req.Method+" "+c.req.URL.String()+" "+string(c.body), meant)
}

// reply is an answer as bytes.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// respond makes of a reply what a RoundTripper gives.
func (c *call) respond(r reply, err error) (*http.Response, error) {
	if err != nil {
		return nil, err
	}
	return &http.Response{
		Status: fmt.Sprintf("%d %s", r.status, http.StatusText(r.status)), StatusCode: r.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: r.header, Request: c.req,
		Body: io.NopCloser(bytes.NewReader(r.body)), ContentLength: int64(len(r.body)),
	}, nil
}

// pass sends the request to the mall as it is.
func (c *call) pass() (*http.Response, error) {
	r := c.req.Clone(c.req.Context())
	if c.req.Body != nil {
		r.Body = io.NopCloser(bytes.NewReader(c.body))
	}
	return c.mall.wire.RoundTrip(r)
}

// forward sends the request and reads the answer, or an older one while reads lag.
func (c *call) forward() (reply, error) {
	resp, err := c.pass()
	if err != nil {
		return reply{}, err
	}
	defer resp.Body.Close()
	r := reply{status: resp.StatusCode, header: resp.Header}
	if r.body, err = io.ReadAll(resp.Body); err != nil {
		return reply{}, err
	}
	return c.remember(r), nil
}

func (c *call) remember(r reply) reply {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r.status >= 300 || c.token {
		return r
	}
	if c.write {
		if len(c.ids) == 1 {
			c.written[c.op] = success{r, c.ids}
		}
		return r
	}
	if time.Now().Before(c.lag.until) {
		if time.Since(c.lag.begun) > late { // lag came upon lag
			c.aged = time.Now()
		}
		if old, there := c.lag.answers[c.key]; there {
			return old
		}
		r.body = replaceOrders(r.body, c.lag.orders)
		return r
	}
	for id, o := range ordersIn(r.body) {
		c.orders[id] = o
	}
	c.answers[c.key], c.by[c.op] = r, r
	return r
}

// late lets reads show for a while what they showed until now.
func (p *proxy) late(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Now().Before(p.lag.until) { // the oldest picture stays
		p.lag.until = time.Now().Add(d)
		return
	}
	p.lag = lag{time.Now().Add(d), time.Now(), maps.Clone(p.answers), maps.Clone(p.orders)}
}

// ordersIn finds the orders of a getOrder of Rakuten.
func ordersIn(body []byte) map[string]json.RawMessage {
	if !bytes.Contains(body, []byte(`"OrderModelList"`)) {
		return nil
	}
	var in struct{ OrderModelList []json.RawMessage }
	if json.Unmarshal(body, &in) != nil {
		return nil
	}
	found := map[string]json.RawMessage{}
	for _, o := range in.OrderModelList {
		var of struct {
			OrderNumber string `json:"orderNumber"`
		}
		if json.Unmarshal(o, &of) == nil {
			found[of.OrderNumber] = o
		}
	}
	return found
}

func replaceOrders(body []byte, old map[string]json.RawMessage) []byte {
	for id, o := range ordersIn(body) {
		if was, there := old[id]; there {
			body = bytes.Replace(body, o, was, 1)
		}
	}
	return body
}
