package aupaytest

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// Options says what the fake mall is like. The zero Options are a good shop.
type Options struct {
	Shop   string // shopId; "10000001"
	APIKey string // an invented one
	Seed   uint64 // another seed makes other orders
	Orders int    // how many; 40. A negative number makes none
	Quotas bool   // refuse more than one call per second with 429, which the real mall is not known to do

	Issued    time.Time  // when the key was issued: 90 days later it is refused. Zero never ends
	Addresses []string   // registered addresses (接続元IPアドレス), see CallFrom; none lets everybody in
	Statuses  []string   // the shop's own statuses; 店長確認中
	Errors    ErrorShape // how errors are written
	Single    bool       // searchTradeNoListProc puts all numbers into one orderInfo, the other of the two shapes that are known of it
	Total     bool       // resultCount is the number of all hits instead of the rows in the reply: sources disagree on it
	Missing   bool       // the answer to an unknown order is success without an order, instead of an error: either may be right
	MaxPage   int        // most rows a page, whatever is asked for; 0 is 1000
}

// Mall is a fake mall; it is an http.Handler and safe for concurrent use.
type Mall struct {
	opt     Options
	handler fake.Handler
	log     fake.Log
	faults  fake.Faults

	mu      sync.Mutex
	orders  map[string]*Order
	ids     []string         // in the order of arrival
	serial  int              // of the last number given
	stock   map[string]Stock // by item code
	key     string
	keys    int // how many were issued
	issued  time.Time
	caller  string
	network *fake.Network
}

// New makes a fake mall with seeded orders of the two weeks before now.
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
	m := &Mall{opt: opt, orders: map[string]*Order{}, stock: map[string]Stock{}, key: opt.APIKey, issued: opt.Issued}
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
	return m
}

// ServeHTTP answers as the mall does.
func (m *Mall) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.handler.ServeHTTP(w, r) }

// Transport leads every request to the mall over connections in memory, so that it works with testing/synctest. Close ends it.
func (m *Mall) Transport() http.RoundTripper {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.network == nil {
		m.network = fake.Transport(m)
	}
	return m.network
}

// Close ends the connections that Transport made.
func (m *Mall) Close() {
	m.mu.Lock()
	network := m.network
	m.network = nil
	m.mu.Unlock()
	if network != nil {
		network.Close()
	}
}

// Server is a fake mall on loopback.
type Server struct {
	*Mall
	URL  string // base URL for the client's Config
	stop func()
}

// NewServer makes a fake mall and serves it on a free port of the loopback interface.
func NewServer(opt Options) (*Server, error) {
	m := New(opt)
	url, stop, err := fake.Listen(m)
	if err != nil {
		return nil, err
	}
	return &Server{Mall: m, URL: url, stop: stop}, nil
}

// Close stops serving.
func (s *Server) Close() {
	s.stop()
	s.Mall.Close()
}

// Shop is the shop's number.
func (m *Mall) Shop() string { return m.opt.Shop }
