package rakutentest

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// Options configures a Mall. The zero Options are a shop of 40 orders without quotas.
type Options struct {
	Shop string // number of the shop, the first part of order numbers; "" is 123456
	Seed uint64 // another seed gives other orders
	// how many invented orders, of the last 14 days, whose items are in stock; 0 is 40, negative is
	// none
	Orders int
	Quotas bool // enforce Rakuten's guideline: more than one call a second is a 429

	ServiceSecret string    // "" is an invented one
	LicenseKey    string    // "" is an invented one
	Issued        time.Time // when LicenseKey was issued; zero is ten days before now
	// how long a key from IssueKey is refused; 0 is 20 minutes, negative is none
	Propagation time.Duration
	OldKeyDies  bool // issuing a key ends the previous one at once

	// how long Rakuten takes from 注文確認 to 発送待ち, and from 発送日 to 発送済; 0 is at once
	Step    time.Duration
	Queue   time.Duration // how long an asynchronous report stays in the queue; 0 is Step
	ReadLag time.Duration // how long getOrder does not show a write; 0 shows it at once
}

// Mall is a fake mall, an http.Handler. It is safe for concurrent use. Close it when it is no
// longer needed.
type Mall struct {
	options Options
	handler fake.Handler
	log     fake.Log
	faults  fake.Faults
	network *fake.Network

	mu        sync.Mutex
	keys      []licence
	off       map[string]bool // operations whose function is not ticked
	orders    map[string]*orderModel
	numbers   []string // in the order of their making
	removed   []string // numbers that only the search knows
	placed    fake.Times
	moving    map[string]*orderModel // orders with a next transition, by number
	nextID    int64
	subStatus []subStatus
	jobs      map[string]*job
	past      map[string][]before // by order number, see Options.ReadLag
	stock     map[variant]*stock

	routes map[string]route
}

// New returns a fake mall with its orders.
func New(o Options) *Mall {
	if o.Shop == "" {
		o.Shop = "123456"
	}
	if o.ServiceSecret == "" {
		o.ServiceSecret = "SP000000_mihonServiceSec"
	}
	if o.LicenseKey == "" {
		o.LicenseKey = "SL000000_mihonLicenseKey"
	}
	if o.Orders == 0 {
		o.Orders = 40
	}
	if o.Issued.IsZero() {
		o.Issued = time.Now().AddDate(0, 0, -10)
	}
	if o.Propagation == 0 {
		o.Propagation = 20 * time.Minute
	}
	m := &Mall{options: o, off: map[string]bool{}, orders: map[string]*orderModel{},
		moving: map[string]*orderModel{}, nextID: 2_000_000_001,
		keys:      []licence{newLicence(o.LicenseKey, o.Issued, o.Issued)},
		subStatus: shopSubStatuses(), jobs: map[string]*job{}, past: map[string][]before{},
		stock: map[variant]*stock{}}
	m.routes = m.operations()
	m.faults.Script.Operations = slices.Sorted(maps.Keys(m.routes))
	m.handler = fake.Handler{Operation: operation, Log: &m.log, Faults: &m.faults, Shape: shape(),
		Auth: m.authorize, Serve: m.serve}
	if o.Quotas {
		rates := map[string]fake.Rate{}
		for name := range m.routes {
			rates[name] = fake.Rate{Every: time.Second, Group: "rms"}
		}
		m.handler.Quotas = fake.NewQuotas(rates)
	}
	m.seed(max(o.Orders, 0))
	m.network = fake.Transport(m)
	return m
}

// Shop returns the shop's number.
func (m *Mall) Shop() string { return m.options.Shop }

// ServiceSecret returns the shop's serviceSecret.
func (m *Mall) ServiceSecret() string { return m.options.ServiceSecret }

// call is a request as its operation receives it.
type call struct {
	*fake.Request
	now time.Time
}

// route is one operation.
type route struct {
	method string
	run    func(call) fake.Reply
}

// operations are what the mall can do, by name.
func (m *Mall) operations() map[string]route {
	post := func(run func(call) fake.Reply) route { return route{http.MethodPost, run} }
	return map[string]route{
		"searchOrder":                       post(m.searchOrder),
		"getOrder":                          post(m.getOrder),
		"confirmOrder":                      post(m.confirmOrder),
		"updateOrderShipping":               post(m.updateOrderShipping),
		"updateOrderShippingAsync":          post(m.updateOrderShippingAsync),
		"getResultUpdateOrderShippingAsync": post(m.getResult),
		"getSubStatusList":                  post(m.getSubStatusList),
		"updateOrderSubStatus":              post(m.updateOrderSubStatus),
		"updateOrderMemo":                   post(m.updateOrderMemo),
		"updateOrderRemarks":                post(m.updateOrderRemarks),
		"updateOrderSender":                 post(m.updateOrderSender(100, 200, 300)),
		"updateOrderSenderAfterShipping":    post(m.updateOrderSender(500, 600, 700)),
		"cancelOrder":                       post(m.cancelOrder(100, 200, 300)),
		"cancelOrderAfterShipping":          post(m.cancelOrder(500, 600, 700, 800)),
		"updateOrderOrderer":                post(m.updateOrderOrderer),
		"updateOrderDelivery":               post(m.updateOrderDelivery),
		"getPayment":                        post(m.getPayment),
		"getOrderItem":                      post(m.getOrderItem),
		"license.expiryDate.get":            {http.MethodGet, m.licenseExpiry},
		"inventories.variants.get":          {http.MethodGet, m.inventoryGet},
		"inventories.variants.upsert":       {http.MethodPut, m.inventoryUpsert},
		"inventories.bulk.get":              post(m.inventoryBulkGet),
		"inventories.bulk.get.range":        {http.MethodGet, m.inventoryRange},
		"inventories.bulk.upsert":           post(m.inventoryBulkUpsert),
	}
}

const (
	orderPath = "/es/2.0/order/"
	stockPath = "/es/2.1/inventories/"
)

// operation names a request by its path; the trailing slash may be missing.
func operation(r *fake.Request) string {
	path := strings.TrimSuffix(r.URL.Path, "/")
	if name, ok := strings.CutPrefix(path, orderPath); ok {
		return name
	}
	switch path {
	case "/es/2.0/purchaseItem/getOrderItem":
		return "getOrderItem"
	case "/es/1.0/license-management/license-key/expiry-date":
		return "license.expiryDate.get"
	case stockPath + "bulk-get":
		return "inventories.bulk.get"
	case stockPath + "bulk-get/range":
		return "inventories.bulk.get.range"
	case stockPath + "bulk-upsert":
		return "inventories.bulk.upsert"
	}
	if _, ok := variantOf(path); ok {
		if r.Method == http.MethodGet {
			return "inventories.variants.get"
		}
		return "inventories.variants.upsert"
	}
	return path
}

// serve checks what all operations share. It is called with the mall unlocked.
func (m *Mall) serve(r *fake.Request) fake.Reply {
	op, ok := m.routes[r.Operation]
	switch {
	case !ok:
		return fake.JSON(http.StatusNotFound, gatewayBody("ES02-01", "Not Found"))
	case r.Method != op.method:
		return fake.JSON(http.StatusMethodNotAllowed, gatewayBody("ES03-01", "Method Not Allowed"))
	case r.Method != http.MethodGet &&
		!strings.Contains(strings.ToLower(r.Header.Get("Content-Type")), "charset="):
		return fake.Text(http.StatusUnsupportedMediaType, "Unsupported Media Type")
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	var reply fake.Reply
	m.lagging(m.lastDue(now), func() { m.advance(now) })
	m.lagging(now, func() {
		reply = op.run(call{r, now})
		m.advance(now)
	})
	return reply.With("RequestId", requestID(r)).With("Timestamp",
		now.UTC().Format("2006-01-02T15:04:05"))
}
