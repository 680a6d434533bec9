package aupaytest

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// Options configures a Mall. The zero Options are a shop of 40 orders without quotas.
type Options struct {
	Shop string // shopId; "" is 10000001
	Seed uint64 // another seed makes other orders
	// how many invented orders of the 14 days before now, whose items are in stock; 0 is 40,
	// negative is none
	Orders int
	// answer more than one call a second with a 429; not known of the real mall
	Quotas bool

	APIKey string    // "" is an invented one
	Issued time.Time // when APIKey was issued: it expires 90 days later; zero: never

	Addresses []string   // registered addresses (接続元IPアドレス), see CallFrom; none: all are accepted
	Statuses  []string   // the shop's own statuses; nil is 店長確認中
	Errors    ErrorShape // the form of errors
	// searchTradeNoListProc puts all numbers into one orderInfo, not each into its own: sources
	// disagree
	Single bool
	// resultCount is the number of all hits, not of the rows in the reply: sources disagree
	Total bool
	// the answer to an unknown order is success without an order, not an error: which one the real
	// mall gives is not known
	Missing bool
	MaxPage int // most rows a page, whatever totalCount is; 0 is 1000

	// how long after a write to an order reads show it; 0 is at once
	ReadLag time.Duration
}

// Mall is a fake mall, an http.Handler. It is safe for concurrent use. Close it when it is no
// longer needed.
type Mall struct {
	opt     Options
	handler fake.Handler
	log     fake.Log
	faults  fake.Faults
	network *fake.Network

	mu     sync.Mutex
	orders map[string]*Order
	past   map[string][]before // by number, see Options.ReadLag
	ids    []string            // in the order of arrival
	placed fake.Times
	serial int              // of the last number given
	stock  map[string]Stock // by item code
	key    string
	keys   int // how many were issued
	issued time.Time
	caller string
}

// New returns a fake mall with its orders.
func New(opt Options) *Mall {
	if opt.Shop == "" {
		opt.Shop = "10000001"
	}
	if opt.APIKey == "" {
		opt.APIKey = "invented-aupay-api-key"
	}
	if opt.MaxPage == 0 {
		opt.MaxPage = 1000
	}
	if opt.Orders == 0 {
		opt.Orders = 40
	}
	if opt.Statuses == nil {
		opt.Statuses = []string{"店長確認中"}
	}
	m := &Mall{opt: opt, orders: map[string]*Order{}, past: map[string][]before{},
		stock: map[string]Stock{}, key: opt.APIKey, issued: opt.Issued}
	m.faults.Script.Operations = slices.Sorted(maps.Keys(methods))
	m.handler = fake.Handler{
		Operation: func(r *fake.Request) string {
			return r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
		},
		Log: &m.log, Faults: &m.faults, Auth: m.auth, Serve: m.serve,
		Shape: fake.Shape{
			ExpiredKey: func(*fake.Request, fake.Fault) fake.Reply { return m.refusedKey() },
		},
	}
	if opt.Quotas {
		rates := make(map[string]fake.Rate)
		for operation := range methods {
			rates[operation] = fake.Rate{Every: time.Second, Burst: 1, Group: "shop"}
		}
		m.handler.Quotas = fake.NewQuotas(rates)
	}
	m.seed(time.Now())
	m.network = fake.Transport(m)
	return m
}

// Shop returns the shop's number.
func (m *Mall) Shop() string { return m.opt.Shop }
