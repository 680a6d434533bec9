package aupaytest

import (
	"net/http"
	"strconv"
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
	// Issued is when the key was issued: 90 days later it is refused. Zero never ends.
	Issued time.Time
	// Single makes searchTradeNoListProc put all numbers into one orderInfo, the other of the two shapes that are known of it.
	Single  bool
	MaxPage int // most rows a page, whatever is asked for; 0 is 1000
	// Total makes resultCount the number of all hits instead of the rows in the reply: sources disagree on it.
	Total bool
}

// Mall is a fake mall; it is an http.Handler and safe for concurrent use.
type Mall struct {
	opt     Options
	handler fake.Handler
	log     fake.Log
	faults  fake.Faults

	mu      sync.Mutex
	orders  map[string]*Order
	ids     []string // in the order of arrival
	serial  int      // of the last number given
	key     string
	issued  time.Time
	network *fake.Network
}

const keyLife = 90 * 24 * time.Hour

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
	m := &Mall{opt: opt, orders: map[string]*Order{}, key: opt.APIKey, issued: opt.Issued}
	m.handler = fake.Handler{
		Operation: func(r *fake.Request) string { return r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:] },
		Log:       &m.log, Faults: &m.faults, Auth: m.auth, Serve: m.serve,
		Shape: fake.Shape{
			ExpiredKey: func(*fake.Request, fake.Fault) fake.Reply { return refusedKey() },
		},
	}
	if opt.Quotas {
		m.handler.Quotas = fake.NewQuotas(map[string]fake.Rate{})
		rate := fake.Rate{Every: time.Second, Burst: 1, Group: "shop"}
		m.handler.Quotas.Set(map[string]fake.Rate{opList: rate, opNumbers: rate, opGet: rate})
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

// APIKey is the key that is accepted now.
func (m *Mall) APIKey() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.key
}

// Issue makes a new key, as the shop does on the admin screen. The old one is refused from then on; whether the real mall keeps it
// for a while is not known.
func (m *Mall) Issue() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.issued = time.Now()
	m.key = m.opt.APIKey + "-" + strconv.FormatInt(m.issued.Unix(), 10)
	return m.key
}

func (m *Mall) auth(r *fake.Request) (string, *fake.Reply) {
	m.mu.Lock()
	defer m.mu.Unlock()
	expired := !m.issued.IsZero() && time.Since(m.issued) >= keyLife
	if r.Header.Get("Authorization") != "Bearer "+m.key || expired {
		reply := refusedKey()
		return "", &reply
	}
	return m.opt.Shop, nil
}

func refusedKey() fake.Reply {
	return failure(http.StatusUnauthorized, "0002", "認証に失敗しました")
}
