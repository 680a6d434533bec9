package timeslot

// Slot is a delivery slot (お届け時間帯); zero is unresolved.
type Slot uint32

// The slots without hours.
const (
	Unresolved Slot = iota
	NoPreference
	Morning
	Afternoon
	Night
)

// Carrier is a delivery company (配送会社).
type Carrier string

// Label is a slot label with what is known of where it stood.
type Label struct{ Text, Mall, Shop, Method string }

// Match is what a Matcher made of a label.
type Match struct {
	Slot          Slot
	Matcher, Rule string
}

// Matcher reads labels.
type Matcher interface{ Match(Label) (Match, bool) }

type none struct{}

func (none) Match(Label) (Match, bool) { return Match{}, false }

// Default is the matcher used when none is given.
func Default() Matcher { return none{} }
