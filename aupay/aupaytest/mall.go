package aupaytest

import (
	"strings"
	"sync"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// Options says what the mall is like. The zero Options are a shop of 40 orders without quotas.
type Options struct {
	Shop   string // shopId; "" is 10000001
	Seed   uint64 // another seed makes other orders
	Orders int    // how many invented orders of the 14 days before now; 0 is 40, negative is none
	Quotas bool   // enforce a quota: more than one call a second is a 429, which the real mall is not known to answer

	APIKey string    // "" is an invented one
	Issued time.Time // when APIKey was issued: 90 days later it is refused; zero never ends

	Addresses []string   // registered addresses (接続元IPアドレス), see CallFrom; none lets everybody in
	Statuses  []string   // the shop's own statuses; 店長確認中
	Errors    ErrorShape // how errors are written
	Single    bool       // searchTradeNoListProc puts all numbers into one orderInfo, the other of the two shapes that are known of it
	Total     bool       // resultCount is the number of all hits instead of the rows in the reply: sources disagree on it
	Missing   bool       // the answer to an unknown order is success without an order, instead of an error: either may be right
	MaxPage   int        // most rows a page, whatever is asked for; 0 is 1000

	ReadLag time.Duration // how long reads do not show what was written to an order; 0 shows it at once
}

// Mall is a fake mall, an http.Handler. It is safe for concurrent use. Close it when it is no longer needed.
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

// New makes a fake mall with its orders.
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
	m := &Mall{opt: opt, orders: map[string]*Order{}, past: map[string][]before{}, stock: map[string]Stock{}, key: opt.APIKey, issued: opt.Issued}
	m.handler = fake.Handler{
		Operation: func(r *fake.Request) string { return r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:] },
		Log:       &m.log, Faults: &m.faults, Auth: m.auth, Serve: m.serve,
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

// Shop is the shop's number.
func (m *Mall) Shop() string { return m.opt.Shop }
