package order

import "time"

// Ability is something that a mall supports or does not.
type Ability string

// The abilities.
const (
	CanRead           Ability = "read"
	CanReadUpdated    Ability = "read_updated" // search by the instant of the last change
	CanFollow         Ability = "follow"       // changes inside a window, see Capability.Window
	CanConfirm        Ability = "confirm"
	CanShip           Ability = "ship"
	CanCancel         Ability = "cancel"
	CanAnnotate       Ability = "annotate"
	CanChangeDelivery Ability = "change_delivery"
	CanPayment        Ability = "payment"
	CanStock          Ability = "stock"
	CanExpiry         Ability = "credential_expiry" // the end of a credential can be asked from the mall
	CanPush           Ability = "push"
	CanSandbox        Ability = "sandbox"
)

// Capability is one row of what a mall supports.
type Capability struct {
	Ability Ability
	Yes     bool
	Limit   int           // a number that goes with it: tracking numbers per order for CanShip; 0 for none
	Window  time.Duration // for CanFollow: how far back changes are seen
	Every   time.Duration // for CanFollow: how often the quota lets the orders be looked at, with half of it left; 0 for once a minute
	Note    string        // footnote, in English
	NoteJa  string        // the same in Japanese
}

// Page is a screen of the mall on which a shop sets something up.
type Page struct {
	For   string // what is set up there, in English
	ForJa string // the same in Japanese
	Where string // the way there, in the mall's own words
	URL   string // where its address is public
}

// Capabilities is what a mall supports, as data. The tables in README are made from it.
type Capabilities struct {
	Mall  Mall
	Rows  []Capability
	Pages []Page // where a shop sets up keys, addresses, functions and slots
}

// Get finds the row of an ability; ok is false when the mall says nothing about it, which counts as no.
func (c Capabilities) Get(a Ability) (row Capability, ok bool) {
	for _, r := range c.Rows {
		if r.Ability == a {
			return r, true
		}
	}
	return Capability{}, false
}

// Can tells whether the mall supports the ability.
func (c Capabilities) Can(a Ability) bool {
	row, ok := c.Get(a)
	return ok && row.Yes
}
