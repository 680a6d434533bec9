package order

import "time"

// Ability is something that a mall may support.
type Ability string

// The abilities.
const (
	CanRead           Ability = "read"
	CanReadUpdated    Ability = "read_updated" // search by the time of the last change
	CanFollow         Ability = "follow"       // see changes inside a window; see Capability.Window
	CanConfirm        Ability = "confirm"
	CanShip           Ability = "ship"
	CanCancel         Ability = "cancel"
	CanAnnotate       Ability = "annotate"
	CanChangeDelivery Ability = "change_delivery"
	CanPayment        Ability = "payment"
	CanStock          Ability = "stock"
	CanExpiry         Ability = "credential_expiry" // the mall reports when a credential expires
	CanPush           Ability = "push"
	CanSandbox        Ability = "sandbox"
)

// Capability is whether a mall supports an ability, and with which limits.
type Capability struct {
	Ability Ability
	Yes     bool
	Limit   int           // the limit, such as tracking numbers per order for CanShip; 0 for none
	Window  time.Duration // for CanFollow: how far back changes are seen
	// for CanFollow: how often orders can be polled with half of the quota left; 0 means once a
	// minute
	Every time.Duration
	Note  Text // footnote
}

// Page is a screen of the mall where a shop sets something up.
type Page struct {
	For   Text   // what is set up there
	Where string // the path to it, in the mall's own words
	URL   string // where its address is public
}

// Capabilities is what a mall supports, as data. The tables in README and capabilities.md are
// generated from it.
type Capabilities struct {
	Mall  Mall
	Rows  []Capability
	Pages []Page // where a shop sets up keys, addresses, functions and slots
}

// Get returns the row of an ability. ok is false if there is none, which is treated as not
// supported.
func (c Capabilities) Get(a Ability) (row Capability, ok bool) {
	for _, r := range c.Rows {
		if r.Ability == a {
			return r, true
		}
	}
	return Capability{}, false
}

// Can reports whether the mall supports the ability.
func (c Capabilities) Can(a Ability) bool {
	row, ok := c.Get(a)
	return ok && row.Yes
}
