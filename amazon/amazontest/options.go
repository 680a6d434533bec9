package amazontest

import (
	"cmp"
	"net/http"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// Options is what a fake mall begins with. The zero Options works.
type Options struct {
	Shop        string // seller id; "" is an invented one
	Marketplace string // "" is Japan's
	Seed        uint64 // another seed gives other orders
	Orders      int    // invented orders of the last 14 days; 0 is 40, negative is none
	Quotas      bool   // enforce the documented quotas
	Roles       []Role // of the application; nil is all

	ClientID     string // each "" is an invented one
	ClientSecret string
	RefreshToken string

	SecretIssued time.Time // when ClientSecret was made: 180 days later it is refused; zero never ends
	AuthorizedAt time.Time // when the seller authorised: 365 days later RefreshToken is refused; zero never ends

	ApplicationID string // "" is an invented one
	RedirectURI   string // the registered one; "" takes any
	Draft         bool   // the application is not published: its consent page wants version=beta

	AccessTokenLife time.Duration // 0 is one hour
	PageTokenLife   time.Duration // 0 is 24 hours
	ReportsInUTF8   bool          // instead of Shift_JIS
	ReadLag         time.Duration // how long a confirmed package does not show in the order
}

// Role is what an application was granted.
type Role string

// The roles that this fake looks at.
const (
	RoleOrders   Role = "Inventory and Order Tracking" // without it every call of the Orders API is a 403
	RoleDelivery Role = "Direct-to-Consumer Delivery"  // without it names, addresses and telephone numbers are absent
	RoleTax      Role = "Tax Invoicing"                // without it taxRegistrations are absent
)

func (o Options) withDefaults() Options {
	o.Shop = cmp.Or(o.Shop, "A0MIHONSELLER0")
	o.Marketplace = cmp.Or(o.Marketplace, japan)
	o.ClientID = cmp.Or(o.ClientID, "amzn1.application-oa2-client.00000000mihon")
	o.ApplicationID = cmp.Or(o.ApplicationID, "amzn1.sp.solution.00000000-mihon")
	o.ClientSecret = cmp.Or(o.ClientSecret, "amzn1.oa2-cs.v1.00000000mihonsecret")
	o.RefreshToken = cmp.Or(o.RefreshToken, "Atzr|mihon-refresh-token-0001")
	o.AccessTokenLife = cmp.Or(o.AccessTokenLife, time.Hour)
	o.PageTokenLife = cmp.Or(o.PageTokenLife, 24*time.Hour)
	o.Orders = max(cmp.Or(o.Orders, 40), 0)
	if o.Roles == nil {
		o.Roles = []Role{RoleOrders, RoleDelivery, RoleTax}
	}
	return o
}

const japan = "A1VC38T7YXB528"

// Server is a fake mall on the loopback interface.
type Server struct {
	*Mall
	URL      string // for Config.BaseURL
	TokenURL string // for Config.TokenURL
	stop     func()
}

// NewServer starts a fake mall on a free port of the loopback interface. Close it when done.
func NewServer(o Options) (*Server, error) {
	m := New(o)
	url, stop, err := fake.Listen(m)
	if err != nil {
		m.Close()
		return nil, err
	}
	return &Server{Mall: m, URL: url, TokenURL: url + tokenPath, stop: stop}, nil
}

// Close stops the server and waits until its last request is answered.
func (s *Server) Close() {
	s.stop()
	s.Mall.Close()
}

// Transport serves the mall in memory, whatever the host of a request. Every call gives the same one; Close closes it.
func (m *Mall) Transport() http.RoundTripper { return m.network }

// Close closes the connections of Transport.
func (m *Mall) Close() { m.network.Close() }

// Shop is the seller id.
func (m *Mall) Shop() string { return m.options.Shop }

// ClientID is the application's LWA client id.
func (m *Mall) ClientID() string { return m.options.ClientID }

// ClientSecret is the application's LWA client secret of now.
func (m *Mall) ClientSecret() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.secret.current
}

// RefreshToken is the refresh token of the seller's authorisation.
func (m *Mall) RefreshToken() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.options.RefreshToken
}

// SetRoles replaces the application's roles from the next call on.
func (m *Mall) SetRoles(roles ...Role) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.options.Roles = roles
}
