package amazontest

import (
	"cmp"
	"time"
)

// Options says what the mall is like. The zero Options are a seller's account of 40 orders without quotas.
type Options struct {
	Shop   string // seller id; "" is an invented one
	Seed   uint64 // another seed makes other orders
	Orders int    // how many invented orders of the 14 days before now; 0 is 40, negative is none
	Quotas bool   // enforce the documented quotas: what is above them is a 429

	Marketplace string // "" is Japan's
	Roles       []Role // of the application; nil is all

	ClientID     string // each "" is an invented one
	ClientSecret string
	RefreshToken string

	SecretIssued time.Time // when ClientSecret was made: 180 days later it is refused; zero never ends
	AuthorizedAt time.Time // when the seller authorised: 365 days later RefreshToken is refused; zero never ends

	// RotateRefreshTokens makes each refresh give a new refresh token and refuse the old one from then on. Amazon is not known to do
	// so; other services do.
	RotateRefreshTokens bool

	ApplicationID string // "" is an invented one
	RedirectURI   string // the registered one; "" takes any
	Draft         bool   // the application is not published: its consent page wants version=beta

	AccessTokenLife time.Duration // 0 is one hour
	PageTokenLife   time.Duration // 0 is 24 hours
	ReportsInUTF8   bool          // instead of Shift_JIS
	ReadLag         time.Duration // how long a confirmed package does not show in the order, while its quantities do
	CountsLag       bool          // ReadLag holds for quantities and status, too
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

// RefreshToken is the refresh token of the seller's authorisation that is accepted now.
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
