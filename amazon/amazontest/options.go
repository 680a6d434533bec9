package amazontest

import (
	"cmp"
	"time"
)

// Options configure the mall. The zero Options are a seller's account of 40 orders without quotas.
type Options struct {
	Shop   string // seller id; "" is an invented one
	Seed   uint64 // each seed makes other orders
	Orders int    // invented orders of the 14 days before now; 0 is 40, negative is none
	Quotas bool   // enforce the documented quotas: calls above them get 429

	Marketplace string // "" is Japan's
	Roles       []Role // of the application; nil is all

	ClientID     string // each "" is an invented one
	ClientSecret string
	RefreshToken string

	// when ClientSecret was issued: 180 days later it is refused; zero never expires
	SecretIssued time.Time
	// when the seller authorised: 365 days later RefreshToken is refused; zero never expires
	AuthorizedAt time.Time

	// RotateRefreshTokens makes each refresh return a new refresh token, from which on the old one
	// is refused. Amazon is not known to do so; other services do.
	RotateRefreshTokens bool

	ApplicationID string // "" is an invented one
	RedirectURI   string // the registered one; "" accepts any
	Draft         bool   // the application is not published: its consent page requires version=beta

	AccessTokenLife time.Duration // 0 is one hour
	PageTokenLife   time.Duration // 0 is 24 hours
	ReportsInUTF8   bool          // instead of Shift_JIS
	// how long a confirmed package does not show in the order, although its quantities do
	ReadLag   time.Duration
	CountsLag bool // ReadLag applies to quantities and status, too
}

// Role is a role of an application.
type Role string

// The roles that the fake checks.
const (
	// without it and RoleDelivery, searchOrders, getOrder and the two shipment operations are a 403
	RoleOrders Role = "Inventory and Order Tracking"
	// without it names, addresses and telephone numbers are absent
	RoleDelivery Role = "Direct-to-Consumer Delivery"
	RoleTax      Role = "Tax Invoicing" // without it taxRegistrations are absent
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

// Shop returns the seller id.
func (m *Mall) Shop() string { return m.options.Shop }

// ClientID returns the application's LWA client id.
func (m *Mall) ClientID() string { return m.options.ClientID }

// ClientSecret returns the application's current LWA client secret.
func (m *Mall) ClientSecret() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.secret.current
}

// RefreshToken returns the refresh token that is accepted now.
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
