package yahootest

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// Options configures a Mall. The zero Options are a store of 40 orders without quotas, whose
// consent was given just now.
type Options struct {
	Shop string // store account; "" is mihon-store
	Seed uint64 // a different seed makes different orders
	// how many invented orders of the 14 days before now, whose items are in stock; 0 is 40,
	// negative is none
	Orders int
	// enforce the documented quotas: more than one call a second for each URL is a 429
	Quotas bool

	ClientID     string    // "" is an invented one
	ClientSecret string    // the same
	RefreshToken string    // the same
	ConsentedAt  time.Time // zero is now

	// RotateRefreshTokens makes each refresh return a new refresh token; the old one is refused
	// from then on. Yahoo! is not known to do so; other services do.
	RotateRefreshTokens bool

	PageLimit int // maximum rows in a page of orderList; 0 is the mall's 2,000

	// how long orderInfo and orderList do not show a change made by the API; 0 shows it at once
	ReadLag time.Duration
	// cancellations are answered with od91704 and carried out after this time; 0 is at once
	CancelLater time.Duration
	// MethodCarriers maps delivery methods to the carriers tied to them in the store's settings
	// (postage2: 1002). If a request names both a method and a carrier, the tied one wins. nil ties
	// postage1 to 1001, postage2 to 1002 and postage3 to 1003.
	MethodCarriers map[string]string
}

// The mall's numbers.
const (
	maxPage          = 2000
	accessTokenLife  = time.Hour
	refreshTokenLife = 28 * 24 * time.Hour
	unsignedSession  = 12 * time.Hour
	signedSession    = 28 * 24 * time.Hour
	publicKeyLife    = 365 * 24 * time.Hour
	cancelWindow     = 10 * time.Minute // in which the buyer may cancel

	apiPath   = "/ShoppingWebService/V1/"
	tokenPath = "/yconnect/v2/token"

	// the operations of YConnect
	opToken   = "token"
	opConsent = "authorization"
)

// Mall is a fake mall and an http.Handler. It is safe for concurrent use. Close it when it is no
// longer needed.
type Mall struct {
	handler fake.Handler
	log     fake.Log
	faults  fake.Faults
	network *fake.Network
	options Options

	mu        sync.Mutex
	grants    []*grant
	tokens    map[string]*token
	codes     map[string]*code
	publicKey []*publicKey
	blockedIP bool
	orders    map[string]*Order
	ids       []string        // of orders, by time, as orderList sorts them
	numbers   []string        // of orders, in the order of their arrival
	odd       map[string]bool // orders whose OrderTime is not when they were placed
	nextID    int
	serial    int // of tokens
	mailed    int
	stocks    map[string]Stock
	withdrawn map[string]bool
}

// New returns a fake mall with its orders.
func New(o Options) *Mall {
	o.Shop = cmp.Or(o.Shop, "mihon-store")
	o.ClientID = cmp.Or(o.ClientID, "dj00aiZpPW1paG9uLWNsaWVudC1pZA--")
	o.ClientSecret = cmp.Or(o.ClientSecret, "mihon-client-secret-0000000000")
	o.RefreshToken = cmp.Or(o.RefreshToken, "mihon-refresh-token-0000000000")
	if o.ConsentedAt.IsZero() {
		o.ConsentedAt = time.Now()
	}
	if o.Orders == 0 {
		o.Orders = 40
	}
	if o.MethodCarriers == nil {
		o.MethodCarriers = map[string]string{"postage1": "1001", "postage2": "1002",
			"postage3": "1003"}
	}
	if o.PageLimit <= 0 || o.PageLimit > maxPage {
		o.PageLimit = maxPage
	}
	m := &Mall{options: o, tokens: make(map[string]*token), orders: make(map[string]*Order),
		stocks: make(map[string]Stock), withdrawn: make(map[string]bool),
		nextID: 10_000_001}
	m.grants = []*grant{{refresh: o.RefreshToken, at: o.ConsentedAt}}
	m.publicKey = []*publicKey{newPublicKey("1", time.Now())}
	m.faults.Script.Operations = append(slices.Sorted(maps.Keys(apis)), opConsent, opToken)
	m.handler = fake.Handler{
		Operation: func(r *fake.Request) string { return operation(r.URL.Path) },
		Log:       &m.log, Faults: &m.faults, Auth: m.auth, Serve: m.serve, Gzip: true,
		Shape: shape(),
	}
	if o.Quotas {
		m.handler.Quotas = quotas()
	}
	if o.Orders > 0 {
		m.seed(o.Seed, o.Orders)
	}
	m.network = fake.Transport(m)
	return m
}

func operation(path string) string {
	switch path {
	case tokenPath:
		return opToken
	case authorizationPath:
		return opConsent
	}
	if name, ok := strings.CutPrefix(path, apiPath); ok {
		return name
	}
	return ""
}

// Withdraw removes a field: from now on the mall refuses calls that request it.
func (m *Mall) Withdraw(field string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.withdrawn[field] = true
}

// Mailed returns how many mails the mall has sent to buyers, for cancellations and added lines.
func (m *Mall) Mailed() int { m.mu.Lock(); defer m.mu.Unlock(); return m.mailed }

// Shop returns the store account.
func (m *Mall) Shop() string { return m.options.Shop }
